"""Bridges that turn accounts into feeds, each with the habits of its program.

The host says which program it is; the path names the account by ``gh_…`` key, by ``__biz`` or by ``MP_WXS_<number>``.
Traits of an account: ``feed_frozen_at`` (ISO instant: the bridge knows nothing newer), ``feed_content`` (``full``: the
whole text stands in the feed, ``failed``: the bridge's own apology does). ``feed_down`` set to ``1``, or a wall before
the account, makes the bridge fail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from domain.clock import in_china
from replica.request import Reply, Request, html_reply, text_reply
from replica.wechat_pages.addresses import biz_of, bizuin_of, long_url, short_url
from replica.wechat_pages.body import body_html
from replica.wechat_pages.pagedata import description
from replica.world import Wall, World, WorldAccount, WorldPost

WERSS, RSSHUB, WEWE, WECHAT2RSS = "werss.test", "rsshub.test", "wewe-rss.test", "wechat2rss.test"
HOSTS = (WERSS, RSSHUB, WEWE, WECHAT2RSS)
_LENGTH = 20


def feed_url(host: str, entry: WorldAccount) -> str:
    """The address of an account's feed on one of the bridges."""
    account = entry.account
    paths = {
        WERSS: f"/feed/MP_WXS_{bizuin_of(account)}.rss",
        RSSHUB: f"/wechat/mp/msgalbum/{biz_of(account)}/1",
        WEWE: f"/feeds/MP_WXS_{bizuin_of(account)}.rss",
        WECHAT2RSS: f"/feed/{bizuin_of(account)}.xml",
    }
    return f"http://{host}{paths[host]}"


def answer(world: World, request: Request) -> Reply:
    """A feed, or the way this program fails."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    entry = _find(world, request.path)
    if entry is None:
        return html_reply("<html><body>404 Not Found</body></html>", 404)
    if entry.wall is Wall.RATE_LIMITED:
        return html_reply("<html><body>429 Too Many Requests</body></html>", 429)
    if entry.wall not in (Wall.NONE, Wall.QUOTA, Wall.ROBOTS) or entry.traits.get("feed_down") == "1":
        return html_reply(_FAILURE, 503)
    posts = _known_posts(world, entry)[:_LENGTH]
    text = _PROGRAMS[request.host](world, entry, posts)
    return Reply(200, {"Content-Type": "application/xml; charset=utf-8"}, text.encode("utf-8"))


def _find(world: World, path: str) -> WorldAccount | None:
    parts = {part.rsplit(".", 1)[0] if part.endswith((".rss", ".xml")) else part for part in path.split("/")}
    for entry in world.of_platform("wechat"):
        number = bizuin_of(entry.account)
        if parts & {entry.account.key, biz_of(entry.account), f"MP_WXS_{number}", number} - {""}:
            return entry
    return None


def _known_posts(world: World, entry: WorldAccount) -> tuple[WorldPost, ...]:
    """A bridge keeps what was withdrawn, and knows nothing newer than the moment it froze."""
    frozen = entry.traits.get("feed_frozen_at")
    limit = datetime.fromisoformat(frozen) if frozen else world.now
    return tuple(post for post in world.posts_of(entry.account.id) if post.published_at <= limit)


def _content(entry: WorldAccount, post: WorldPost) -> str:
    mode = entry.traits.get("feed_content", "")
    if mode == "failed":
        return "获取全文失败，请重试~"
    return body_html(entry, post) if mode == "full" else ""


def _werss(world: World, entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    """WeRSS: an ``id`` element that RSS does not have, dates in China time without saying so, CDATA escaped twice."""
    items = []
    for post in posts:
        content = _content(entry, post)
        full = f"<content:encoded>&lt;![CDATA[{escape(content)}]]&gt;</content:encoded>" if content else ""
        items.append(
            f"<item><id>{post.key}</id><title>{escape(post.title)}</title>"
            f"<description>{escape(description(post))}</description>"
            f"<guid>{short_url(post)}</guid><link>{short_url(post)}</link>"
            f'<enclosure url="{escape(_cover(post))}" length="0" type="image/jpeg"/>{full}'
            f"<pubDate>{in_china(post.published_at):%a, %d %b %Y %H:%M:%S} </pubDate></item>"
        )
    return _channel(entry, "WeRSS", items, namespaces='xmlns:content="http://purl.org/rss/1.0/modules/content/"')


def _rsshub(world: World, entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    """RSSHub: dates in GMT, the long address, the whole text in ``description``."""
    items = [
        f"<item><title>{escape(post.title)}</title>"
        f"<description>{escape(_content(entry, post) or description(post))}</description>"
        f"<link>{escape(_https(entry, post))}</link>"
        f'<guid isPermaLink="false">{escape(_https(entry, post))}</guid>'
        f"<pubDate>{_gmt(post)}</pubDate><author>{escape(entry.account.name)}</author></item>"
        for post in posts
    ]
    head = (
        f"<generator>RSSHub</generator><webMaster>contact@rsshub.test (RSSHub)</webMaster><language>zh-cn</language>"
        f"<lastBuildDate>{format_datetime(world.now.astimezone(UTC), usegmt=True)}</lastBuildDate><ttl>5</ttl>"
    )
    return _channel(entry, f"{entry.account.name} - Powered by RSSHub", items, head=head)


def _wewe(world: World, entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    """wewe-rss: the short address as link and guid, dates in GMT, the cover as enclosure."""
    items = []
    for post in posts:
        content = _content(entry, post)
        full = f"<content:encoded>{_cdata(content)}</content:encoded>" if content else ""
        items.append(
            f"<item><title>{_cdata(post.title)}</title><link>{short_url(post)}</link><guid>{short_url(post)}</guid>"
            f"<pubDate>{_gmt(post)}</pubDate>{full}"
            f'<enclosure length="0" type="image/jpg" url="{escape(_cover(post))}"/></item>'
        )
    return _channel(entry, "", items, namespaces='xmlns:content="http://purl.org/rss/1.0/modules/content/"')


def _wechat2rss(world: World, entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    """wechat2rss: the long address with its whole tail, dates at +0800."""
    items = [
        f"<item><title>{escape(post.title)}</title>"
        f"<link>{escape(long_url(entry.account, post, decorated=True))}</link>"
        f"<description>{escape(_content(entry, post) or description(post))}</description>"
        f"<pubDate>{in_china(post.published_at):%a, %d %b %Y %H:%M:%S} +0800</pubDate></item>"
        for post in posts
    ]
    return _channel(entry, "", items)


_PROGRAMS: dict[str, Callable[[World, WorldAccount, Sequence[WorldPost]], str]] = {
    WERSS: _werss,
    RSSHUB: _rsshub,
    WEWE: _wewe,
    WECHAT2RSS: _wechat2rss,
}


def _channel(
    entry: WorldAccount, description_text: str, items: Sequence[str], *, head: str = "", namespaces: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {namespaces}><channel>'
        f"<title>{escape(entry.account.name)}</title><link>https://mp.weixin.qq.com</link>"
        f"<description>{escape(description_text or entry.description)}</description>"
        f"{head}{''.join(items)}</channel></rss>"
    )


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _cover(post: WorldPost) -> str:
    return post.images[0] if post.images else ""


def _https(entry: WorldAccount, post: WorldPost) -> str:
    return long_url(entry.account, post)


def _gmt(post: WorldPost) -> str:
    return format_datetime(post.published_at.astimezone(UTC), usegmt=True)


_FAILURE = """<!DOCTYPE html><html lang="en"><head><title>Welcome to RSSHub!</title></head><body>
<h1>Looks like something went wrong</h1><p>Error Message:<br><code>FetchError: [GET] 403 Forbidden</code></p>
</body></html>
"""
