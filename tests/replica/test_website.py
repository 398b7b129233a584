"""The bureau's websites in the replica: lists, layouts of articles, the disclosure list, the feed, files, walls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from html import escape

import pytest

from crawler.platforms.website import page
from domain.outcome import Outcome
from domain.post import PostKind, RawPost
from extractors.extract import extract
from replica.demo import build
from replica.platforms import website
from replica.request import Request
from replica.server import answer_world
from replica.site_pages.addresses import article_path
from replica.world import Wall, World, WorldPost

HOST = "mzj.liuxi.example"
SITE = f"website:{HOST}"
COLUMNS = ("10001", "10002", "10003")


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


def read(world: World, reply, url: str):
    return page.read(reply.body, url, world.now, status=reply.status, content_type=reply.headers["Content-Type"])


def walk(world: World, ask, url: str) -> list[RawPost]:
    posts: list[RawPost] = []
    seen: set[str] = set()
    while url:
        assert url not in seen
        seen.add(url)
        reading = read(world, ask(url), url)
        assert reading.kind is PostKind.LIST, reading.detail
        posts += reading.posts
        url = reading.cursor.get("url", "")
    return posts


def address(world: World, post: WorldPost) -> str:
    return f"https://{HOST}{article_path(world.by_id[SITE], post)}"


def test_columns_and_disclosure_list_show_everything(world, ask):
    shown = [
        post for column in COLUMNS for post in walk(world, ask, f"https://{HOST}/content/column/{column}?pageIndex=1")
    ]
    disclosed = walk(world, ask, f"https://{HOST}/public/column/6796201?type=4&action=list&nav=3&catId=6717201")
    external = [post for post in shown if post.kind is PostKind.SHARE_CARD]
    own = {post.post_key: post for post in (*shown, *disclosed) if post not in external}
    assert set(own) == {post.key for post in world.posts_of(SITE)}
    assert all(post.post_key.startswith("public-") for post in disclosed)
    assert len(disclosed) > 5
    assert [post.url.startswith("https://mp.weixin.qq.com/s/") for post in external] == [True]
    for post in world.posts_of(SITE):
        assert own[post.key].title == post.title
        assert own[post.key].url == address(world, post)
        assert own[post.key].published_at == post.published_at.replace(hour=0, minute=0)


def test_a_column_has_pages_a_divider_and_cut_titles(world, ask):
    text = ask(f"https://{HOST}/content/column/10001?pageIndex=1").body.decode()
    assert '<li class="lm_line">' in text
    assert "…</a>" in text
    assert ask(f"https://{HOST}/lm/10001/index.html").body.decode() == text
    assert ask(f"https://{HOST}/lm/10001/index_2.html").status == 404
    assert ask(f"https://{HOST}/content/column/99999").status == 404


def test_every_article_reads_back(world, ask):
    layouts = set()
    for post in world.posts_of(SITE):
        url = address(world, post)
        reading = read(world, ask(url), url)
        seen = reading.post
        assert seen is not None, reading.detail
        layouts.add((post.traits["variant"], "date" in post.traits))
        assert (seen.post_key, seen.title) == (post.key, post.title)
        assert seen.published_at == post.published_at.astimezone(UTC)
        assert " ".join(seen.text.split()).startswith(" ".join("\n".join(post.paragraphs).split()))
        assert len(seen.images) == len(post.images)
        assert [file.name for file in seen.attachments] == [file.name for file in post.files]
        assert list(seen.links) == [url for _, url in post.links]
    assert len(layouts) >= 6


def test_the_header_lies_about_the_encoding(world, ask):
    post = next(post for post in world.posts_of(SITE) if post.traits["variant"] == "1" and not post.key.startswith("p"))
    reply = ask(address(world, post))
    assert reply.headers["Content-Type"] == "text/html; charset=ISO-8859-1"
    assert escape(post.title) in reply.body.decode("utf-8")


def test_files_are_real(world, ask):
    names = []
    for post in world.posts_of(SITE):
        if not post.files:
            continue
        url = address(world, post)
        reading = read(world, ask(url), url)
        for attachment, file in zip(reading.post.attachments, post.files, strict=True):
            assert "/group1/M00/" in attachment.url
            reply = ask(attachment.url)
            assert reply.body == file.body
            found = extract(reply.body, attachment.name, field="attachment:1", media_type=reply.headers["Content-Type"])
            assert found.segments
            assert not found.unexamined
            names.append(file.name.rpartition(".")[2])
    assert sorted(set(names)) == ["csv", "docx", "xlsx"]


def test_feed_with_broken_dates(world, ask):
    url = f"https://{HOST}/rss/rss.xml?siteId=6795621"
    reply = ask(url)
    newest = world.posts_of(SITE)[0]
    assert f"<pubDate>{newest.published_at:%Y-%m-%d %H:%M:%S}.0</pubDate>" in reply.body.decode()
    reading = read(world, reply, url)
    assert reading.posts[0].published_at == newest.published_at
    assert reading.posts[0].post_key == newest.key


def test_an_empty_disclosure_list(world, ask):
    url = f"https://{HOST}/site/label/8888?labelName=publicInfoList&siteId=1&organId=2&pageIndex=99&pageSize=15"
    assert "暂无相关信息" in ask(url).body.decode()
    assert read(world, ask(url), url).outcome is Outcome.EMPTY


def test_walls(world):
    for wall, outcome in (
        (Wall.VERIFY, Outcome.VERIFY_WALL),
        (Wall.RATE_LIMITED, Outcome.RATE_LIMITED),
        (Wall.LAYOUT_CHANGED, Outcome.LAYOUT_CHANGED),
    ):
        walled = replace(world, accounts=(replace(world.by_id[SITE], wall=wall),))
        reply = website.answer(walled, Request("GET", HOST, "https", "/content/column/10001", {"pageIndex": "1"}))
        assert read(world, reply, f"https://{HOST}/content/column/10001").outcome is outcome


def test_robots(ask):
    assert b"Disallow: /\n" in ask("https://shzz.liuxi.example/robots.txt").body
    assert b"Disallow: /\n" not in ask(f"https://{HOST}/robots.txt").body


def test_links_dead_moved_and_living(world):
    def status(url: str) -> int:
        host, _, path = url.removeprefix("https://").partition("/")
        return answer_world(world, Request("GET", host, "https", f"/{path}")).status

    assert {status(url) for url in world.dead_links} == {404}
    assert {status(url) for url in world.live_links} == {200}
    assert status(f"https://{HOST}/old/guide.html") == 301
    assert status(f"https://{HOST}/") == 200
    assert status("https://nobody.example/") == 404


def test_a_withdrawn_article_is_gone_from_page_and_list(world):
    first, *rest = world.posts_of(SITE)
    other = replace(world, posts={SITE: (replace(first, withdrawn=True), *rest)})
    column = Request("GET", HOST, "https", f"/content/column/{first.traits['column']}", {"pageIndex": "1"})
    assert first.key not in website.answer(other, column).body.decode()
    reply = website.answer(other, Request("GET", HOST, "https", article_path(world.by_id[SITE], first)))
    assert read(world, reply, "").outcome is Outcome.DELETED
    assert world.now - first.published_at < timedelta(days=7)
