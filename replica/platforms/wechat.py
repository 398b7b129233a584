"""WeChat's public pages: articles, albums, about pages, and the walls before them.

Traits of a post: ``state`` (a ``notice.State``), ``lang`` (``en``: deleted page in English), ``migrated_to`` (address),
``reason`` (violation), ``author``, ``digest``, ``source_url``, ``source_author``, ``source_title``, ``reprint_url``,
``audio`` and ``video`` (an embedded voice's title, a video's id), ``profile_card``, ``claim``, ``album`` (an album id),
``mini_program`` (AppID, path and title of a card, parted by ``|``), ``channels_card`` (name, words),
``show_type`` (a rarer number of the post's kind).
Traits of an account: see ``about`` and ``album``; ``state`` puts every page of the account into that state.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache, lru_cache

from domain.post import PostKind
from replica.request import Reply, Request, html_reply, redirect, text_reply
from replica.wechat_pages.about import about_page
from replica.wechat_pages.addresses import Located, biz_of, directory, short_id
from replica.wechat_pages.album import album_reply
from replica.wechat_pages.article import article_page
from replica.wechat_pages.notice import State, notice_page, verify_location, verify_page
from replica.wechat_pages.share import share_page
from replica.world import Wall, World, WorldAccount, WorldFile

HOSTS = ("mp.weixin.qq.com", "mmbiz.qpic.cn", "mmbiz.qlogo.cn", "wx.qlogo.cn", "res.wx.qq.com")

_ARTICLES = frozenset((PostKind.ARTICLE, PostKind.SHARE_CARD))


def answer(world: World, request: Request) -> Reply:
    """The answer of the platform; a path it does not know is its own 404."""
    if request.path == "/robots.txt":
        return text_reply(_robots(world))
    if request.host != "mp.weixin.qq.com":
        return _static(world, request)
    if request.path == "/s" or request.path.startswith("/s/"):
        return _article(world, request)
    if request.path == "/mp/appmsgalbum":
        return _listing(world, request)
    if request.path == "/mp/aboutbiz":
        return _about(world, request)
    if request.path == "/mp/wappoc_appmsgcaptcha":
        return html_reply(verify_page())
    if request.path == "/mp/profile_ext":
        return html_reply("<html><body><p>请在微信客户端打开链接</p></body></html>")
    return html_reply("<html><head><title>404</title></head><body>404 Not Found</body></html>", 404)


def _article(world: World, request: Request) -> Reply:
    if "tempkey" in request.query or "signature" in request.query:
        return html_reply(notice_page(State.EXPIRED))
    book = directory(world)
    found = book.by_query(request.query) if request.path == "/s" else book.by_short.get(request.path[len("/s/") :])
    if found is None:
        return html_reply(notice_page(State.BAD_PARAMETER))
    return _walled(found.entry, request) or _shown(found)


def _shown(found: Located) -> Reply:
    entry, post = found.entry, found.post
    state = post.traits.get("state") or entry.traits.get("state") or (State.DELETED if post.withdrawn else None)
    if state is not None:
        page = notice_page(
            State(state),
            account=entry.account.name,
            lang=post.traits.get("lang", "zh"),
            target=post.traits.get("migrated_to", ""),
            reason=post.traits.get("reason", ""),
        )
        return html_reply(page)
    return html_reply(article_page(entry, post) if post.kind in _ARTICLES else share_page(entry, post))


def _listing(world: World, request: Request) -> Reply:
    entry = directory(world).by_biz.get(request.query.get("__biz", ""))
    if entry is None:
        return html_reply(notice_page(State.BAD_PARAMETER))
    return _walled(entry, request) or album_reply(world, entry, request.query)


def _about(world: World, request: Request) -> Reply:
    entry = directory(world).by_biz.get(request.query.get("__biz", ""))
    if entry is None:
        return html_reply(notice_page(State.BAD_PARAMETER))
    return _walled(entry, request) or html_reply(about_page(entry))


def _walled(entry: WorldAccount, request: Request) -> Reply | None:
    """What a visitor meets instead of the account; ``QUOTA`` and ``ROBOTS`` stand elsewhere."""
    if entry.wall in (Wall.VERIFY, Wall.LOGIN):
        return redirect(verify_location(request.url))
    if entry.wall is Wall.RATE_LIMITED:
        return html_reply(notice_page(State.THROTTLED))
    if entry.wall is Wall.LAYOUT_CHANGED:
        return html_reply(_UNKNOWN_LAYOUT)
    return None


#: A page such as none was ever seen: it neither shows content nor says why not.
_UNKNOWN_LAYOUT = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>微信</title></head>
<body><div id="app" data-v-2027=""></div><script>window.__BOOT__={"route":"reader"};</script></body></html>
"""


def _robots(world: World) -> str:
    """Open, except for the pages of accounts that stand behind ``Wall.ROBOTS``."""
    lines = ["User-agent: *"]
    for entry in world.of_platform("wechat"):
        if entry.wall is Wall.ROBOTS:
            biz = biz_of(entry.account)
            lines += [f"Disallow: /*__biz={form}" for form in dict.fromkeys((biz, biz.replace("=", "%3D")))]
            lines += [f"Disallow: /s/{short_id(post)}" for post in world.posts_of(entry.account.id)]
    return "\n".join([*lines, "Allow: /", ""])


def _static(world: World, request: Request) -> Reply:
    """Pictures of the image hosts: the file of a post whose name is a part of the path, else a small plain one."""
    if request.host == "res.wx.qq.com":
        return Reply(404, {"Content-Type": "text/plain"}, b"")
    pictures = _pictures(world)
    found = next((pictures[part] for part in request.path.split("/") if part in pictures), None)
    media_type, body = (found.media_type, found.body) if found else ("image/png", _plain_picture())
    return Reply(200, {"Content-Type": media_type, "Cache-Control": "max-age=2592000"}, body)


@lru_cache(maxsize=8)
def _pictures(world: World) -> dict[str, WorldFile]:
    return {
        file.name: file
        for entry in world.of_platform("wechat")
        for post in world.posts_of(entry.account.id)
        for file in post.files
        if file.media_type.startswith("image/")
    }


@cache
def _plain_picture(width: int = 64, height: int = 48) -> bytes:
    rows = (b"\x00" + b"\xd8\xe4\xee" * width) * height
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
