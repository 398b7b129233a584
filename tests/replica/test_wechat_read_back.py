"""What the reader makes of the replica's pages is what the world put into them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from crawler.platforms.wechat import page
from domain.outcome import Outcome
from domain.post import PostKind
from replica.platforms import rss_bridge, wechat
from replica.platforms.rss_bridge import HOSTS, WEWE, feed_url
from replica.request import Reply, Request
from replica.wechat_pages.addresses import album_url, short_url
from replica.wechat_pages.article import article_page
from replica.wechat_pages.notice import State, notice_page
from replica.wechat_pages.tokens import RID, error
from replica.world import Wall

BUREAU = "wechat:gh_0000liuxi001"
ALBUMS = ("3300000000000000001", "3300000000000000002", "3300000000000000003")
KEYS = (
    "2650000100_1",
    "2650000099_1",
    "2650000098_1",
    "2650000096_1",
    "2650000096_2",
    "2650000093_1",
    "2650000092_1",
    "2650000090_1",
)


def read(world, reply, url=""):
    return page.read(
        reply.body, url, world.now, status=reply.status, content_type=reply.headers.get("Content-Type", "")
    )


def find(world, key):
    return next(post for post in world.posts_of(BUREAU) if post.key == key)


@pytest.mark.parametrize("notation", ["2025", "2026"])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("with_url", [True, False])
def test_every_kind_reads_back(world, key, notation, with_url):
    post = replace(find(world, key), notation=notation)
    other = replace(world, posts={BUREAU: (post,)})
    address = short_url(post)
    parts = address.removeprefix("https://mp.weixin.qq.com")
    reply = wechat.answer(other, Request("GET", "mp.weixin.qq.com", "https", parts))
    reading = read(world, reply, address if with_url else "")
    assert reading.outcome is Outcome.OK, reading.detail
    seen = reading.post
    assert seen is not None
    assert (seen.kind, seen.post_key, seen.title) == (post.kind, post.key, post.title)
    assert seen.text == "\n".join(post.paragraphs)
    assert seen.published_at == post.published_at.astimezone(UTC)
    assert (seen.account, seen.account_key) == ("柳溪民政", "gh_0000liuxi001")
    assert seen.repost_source == post.repost_source
    assert bool(seen.original) == bool(post.original)
    assert len(seen.images) == len(post.images)
    assert [url for url in seen.links if "liuxi.gov.cn" in url] == [url for _, url in post.links]


@pytest.mark.parametrize("kind", [PostKind.PICTURE, PostKind.TEXT, PostKind.ARTICLE])
def test_links_read_back_from_every_kind(world, kind):
    links = (
        ("救助热线", "https://www.liuxi.gov.cn/dead.htm"),
        ("办事指南", "https://www.liuxi.gov.cn/guide.htm?a=1&b=2"),
    )
    post = replace(find(world, "2650000096_2"), kind=kind, links=links)
    reply = wechat.answer(
        replace(world, posts={BUREAU: (post,)}),
        Request("GET", "mp.weixin.qq.com", "https", short_url(post).removeprefix("https://mp.weixin.qq.com")),
    )
    seen = read(world, reply).post
    assert seen is not None and seen.links == tuple(url for _, url in links)
    assert seen.text == "\n".join((*post.paragraphs, "办事指南"))


def test_cards_read_back(world):
    plain = find(world, "2650000090_1")
    entry = world.by_id[BUREAU]
    cards = {"mini_program": "wx00000000000000aa|pages/index.html?a=1|婚登预约", "channels_card": "柳溪民政|端午安康"}
    page = article_page(entry, replace(plain, traits=cards)).encode()
    post = read(world, Reply(200, {}, page)).post
    assert "［小程序］婚登预约" in post.text.split("\n")
    assert "［视频号］端午安康" in post.text.split("\n")
    assert "weixin://miniprogram/wx00000000000000aa/pages/index.html?a=1" in post.links


@pytest.mark.parametrize("notation", ["2025", "2026"])
def test_a_share_card_reads_back(world, notation):
    post = replace(find(world, "2650000097_1"), notation=notation)
    reply = wechat.answer(
        replace(world, posts={BUREAU: (post,)}),
        Request("GET", "mp.weixin.qq.com", "https", short_url(post).removeprefix("https://mp.weixin.qq.com")),
    )
    seen = read(world, reply).post
    assert seen is not None and seen.outcome is Outcome.OK
    assert seen.kind is PostKind.SHARE_CARD and seen.repost_source == "云江民政"
    assert seen.title == post.title and post.paragraphs[0] in seen.text


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (State.DELETED, Outcome.DELETED),
        (State.VIOLATION, Outcome.VIOLATION),
        (State.INFRINGEMENT, Outcome.VIOLATION),
        (State.UNAVAILABLE, Outcome.UNAVAILABLE),
        (State.BAD_PARAMETER, Outcome.BAD_REQUEST),
        (State.MIGRATED, Outcome.MIGRATED),
        (State.CANCELLED, Outcome.CLOSED),
        (State.EXPIRED, Outcome.EXPIRED),
        (State.THROTTLED, Outcome.RATE_LIMITED),
        (State.VERIFY, Outcome.VERIFY_WALL),
    ],
)
def test_every_state_reads_back(world, state, outcome):
    body = notice_page(state, account="柳溪民政", target="https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA")
    assert page.read(body.encode(), "", world.now).outcome is outcome


def test_the_english_deleted_page_reads_back(world):
    body = notice_page(State.DELETED, lang="en").encode()
    assert page.read(body, "", world.now).outcome is Outcome.DELETED


def test_an_unknown_layout_is_said_to_be_one(world):
    reply = wechat.answer(
        replace(world, accounts=(replace(world.accounts[0], wall=Wall.LAYOUT_CHANGED),)),
        Request(
            "GET",
            "mp.weixin.qq.com",
            "https",
            short_url(find(world, KEYS[0])).removeprefix("https://mp.weixin.qq.com"),
        ),
    )
    assert read(world, reply).outcome is Outcome.LAYOUT_CHANGED


def test_albums_read_back(world, ask):
    account = world.by_id[BUREAU].account
    for album, count in zip(ALBUMS, (20, 1, 0), strict=True):
        reading = read(world, ask(album_url(account, album) + "&f=json"))
        assert len(reading.posts) == count
        assert reading.outcome is (Outcome.OK if count else Outcome.EMPTY)
    first = read(world, ask(album_url(account, ALBUMS[0]) + "&f=json"))
    assert first.kind is PostKind.LIST and first.cursor
    assert first.posts[0].post_key == world.posts_of(BUREAU)[0].key


def test_the_about_page_reads_back(world, ask):
    reading = read(world, ask("https://mp.weixin.qq.com/mp/aboutbiz?__biz=MzA5MDAwMDAwMQ=="))
    assert reading.kind is PostKind.PROFILE
    assert "柳溪市民政局" in str(reading.profile)


@pytest.mark.parametrize(
    ("code", "message", "outcome"),
    [
        (45009, "reach max api daily quota limit", Outcome.QUOTA),
        (48001, "api unauthorized", Outcome.NOT_AUTHORIZED),
        (40164, "invalid ip 127.0.0.1, not in whitelist", Outcome.NOT_AUTHORIZED),
    ],
)
def test_errors_of_the_interface_read_back(world, code, message, outcome):
    reply = error(code, message)
    assert RID in reply.body.decode()
    assert read(world, reply, "https://api.weixin.qq.com/cgi-bin/freepublish/batchget").outcome is outcome


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("content", ["", "full"])
def test_feeds_of_every_bridge_read_back(world, host, content):
    entry = replace(world.by_id["wechat:gh_0000liuxi002"], traits={"feed_content": content})
    served = replace(world, accounts=(entry,))
    address = feed_url(host, entry)
    reply = rss_bridge.answer(served, Request("GET", host, "http", address.removeprefix(f"http://{host}")))
    reading = read(served, reply, address)
    posts = world.posts_of("wechat:gh_0000liuxi002")
    assert [post.title for post in reading.posts] == [post.title for post in posts]
    assert [post.published_at for post in reading.posts] == [post.published_at.astimezone(UTC) for post in posts]


def test_a_failing_bridge_and_an_apology_read_back(world):
    entry = world.by_id["wechat:gh_0000liuxi002"]
    for traits, outcome in (({"feed_down": "1"}, Outcome.BRIDGE_ERROR), ({"feed_content": "failed"}, Outcome.OK)):
        changed = replace(entry, traits=traits)
        address = feed_url(WEWE, changed)
        path = address.removeprefix(f"http://{WEWE}")
        reply = rss_bridge.answer(replace(world, accounts=(changed,)), Request("GET", WEWE, "http", path))
        reading = read(world, reply, address)
        assert reading.outcome is outcome
        assert all(post.outcome is Outcome.BRIDGE_ERROR for post in reading.posts)
