"""The bureau's websites. Every host under ``.example`` that stands in the register answers as one.

Traits of an account: ``cms`` (``trs`` or ``hanweb`` with their own traits; else Lonsun), ``state`` (below),
``site_id``, ``organ_id``, and ``external_title``, ``external_url``, ``external_on`` (date) of a
column entry that leads elsewhere. Traits of a post: ``column``, ``variant`` (``0`` … ``3``, the layout), ``date``
(``missing``: no PubDate), ``file_number`` of a disclosure document, whose key begins with ``public-``.

States: ``challenge_412`` and ``challenge_521`` (a firewall wants a script run), ``broken`` (500), ``busy`` (503 with
Retry-After), ``silent`` (no answer in time), ``moved`` (every page redirects to the trait ``new_host``),
``column_gone`` (lists answer 404), ``half`` (the second page of a list fails), ``nothing`` (暂无相关信息),
``forbidden`` (403), ``script_only`` (articles are filled by script).
"""

from __future__ import annotations

import re
import time

from replica.request import Reply, Request, html_reply, redirect, text_reply
from replica.site_pages import hanweb, trs
from replica.site_pages.addresses import articles, attachments
from replica.site_pages.article import article_page
from replica.site_pages.frame import page
from replica.site_pages.lists import (
    column_page,
    columns_of,
    disclosed_posts,
    disclosure_fragment,
    disclosure_index,
    feed,
)
from replica.world import Wall, World, WorldAccount

HOSTS = ("*.example",)

_COLUMN = re.compile(r"/content/column/(\d+)")
_STATIC = re.compile(r"/lm/(\d+)/(?:index\.html)?")
#: How long a silent site keeps a visitor waiting (seconds).
SILENCE = 3.0
_FEED_LENGTH = 20
_PICTURE = re.compile(r"/group\d+/M\d\d/.+\.(?:jpg|png|gif)")
#: The smallest GIF there is.
_DOT = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")

_CHALLENGE = """<html><head><script>document.cookie="wzws_sessionid=1;path=/";location.reload();</script></head>
<body></body></html>"""
_NEW_LAYOUT = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>新版试运行</title></head>
<body><div id="root" data-build="2026.4"></div><script src="/static/app.3f2c1.js"></script></body></html>"""


def answer(world: World, request: Request) -> Reply:
    """A page of the site, or its 404."""
    entry = world.by_id.get(f"website:{request.host}")
    if request.path == "/robots.txt":
        closed = entry is not None and entry.wall is Wall.ROBOTS
        return text_reply("User-agent: *\nDisallow: /\n" if closed else "User-agent: *\nDisallow: /admin/\n")
    if entry is None:
        return _nothing()
    if entry.wall is Wall.VERIFY:
        return html_reply(_CHALLENGE, headers={"Set-Cookie": "wzws_sessionid=0; path=/"})
    if entry.wall is Wall.RATE_LIMITED:
        return html_reply("<html><body>您的访问过于频繁，请稍后再试</body></html>", 403)
    if entry.wall is Wall.LAYOUT_CHANGED:
        return html_reply(_NEW_LAYOUT)
    if (reply := _state(entry, request)) is not None:
        return reply
    return _article(world, request) or _list(world, entry, request) or _file(world, request) or _other(entry, request)


def _article(world: World, request: Request) -> Reply | None:
    found = articles(world).get((request.host, request.path))
    if found is None:
        return None
    entry, post = found
    body = article_page(entry, post).encode("utf-8")
    # One of the layouts is sent under a wrong encoding: the page itself says what it is.
    charset = "ISO-8859-1" if post.traits.get("variant") == "1" else "UTF-8"
    return Reply(200, {"Content-Type": f"text/html; charset={charset}"}, body)


def _state(entry: WorldAccount, request: Request) -> Reply | None:
    """What the account's state answers instead of the page; ``None`` where the page is served."""
    is_list = "/column/" in request.path or "/label/" in request.path or "index" in request.path
    match entry.traits.get("state", ""):
        case "challenge_412" | "challenge_521" as state:
            return html_reply(_CHALLENGE, int(state[-3:]))
        case "broken":
            return html_reply("<html><body>Internal Server Error</body></html>", 500)
        case "busy":
            return html_reply("<html><body>Service Unavailable</body></html>", 503, {"Retry-After": "120"})
        case "forbidden":
            return html_reply("<html><body>403 Forbidden</body></html>", 403)
        case "silent":
            time.sleep(SILENCE)
            return html_reply("<html></html>")
        case "moved":
            return redirect(f"https://{entry.traits['new_host']}{request.path}", 301)
        case "column_gone" if is_list:
            return _nothing()
        case "half" if _number(request, "pageIndex", 1) > 1:
            return html_reply("<html><body>Bad Gateway</body></html>", 502)
        case "nothing" if is_list:
            return html_reply('<div class="xxgk_nav_none">暂无相关信息</div>')
        case "script_only" if not is_list:
            return html_reply(_NEW_LAYOUT)
    return None


def _list(world: World, entry: WorldAccount, request: Request) -> Reply | None:
    if entry.traits.get("cms") in ("trs", "hanweb"):
        return _other_system(world, entry, request)
    number = _number(request, "pageIndex", 1)
    if found := _COLUMN.fullmatch(request.path) or _STATIC.fullmatch(request.path):
        if found[1] not in columns_of(world, entry):
            return None
        return html_reply(column_page(world, entry, found[1], number))
    if request.path.startswith("/public/column/"):
        return html_reply(disclosure_index(entry))
    if request.path == "/site/label/8888":
        return html_reply(disclosure_fragment(world, entry, number, _number(request, "pageSize", 15)))
    if request.path == "/rss/rss.xml":
        posts = [post for post in world.posts_of(entry.account.id) if not post.withdrawn]
        shown = [post for post in posts if post not in disclosed_posts(world, entry)][:_FEED_LENGTH]
        return Reply(200, {"Content-Type": "text/xml;charset=UTF-8"}, feed(entry, shown).encode("utf-8"))
    return None


def _other_system(world: World, entry: WorldAccount, request: Request) -> Reply | None:
    posts = [post for post in world.posts_of(entry.account.id) if not post.withdrawn]
    text: str | None = None
    if entry.traits["cms"] == "trs" and (asked := trs.wanted(request.path)) is not None:
        text = trs.list_page(entry, posts, asked[1])
    elif column := hanweb.wanted(request.path):
        text = hanweb.column_page(entry, posts, column)
    elif request.path == hanweb.PROXY:
        xml = hanweb.group(entry, posts, request)
        return Reply(200, {"Content-Type": "text/xml;charset=UTF-8"}, xml.encode("utf-8")) if xml else _nothing()
    return html_reply(text) if text is not None else None


def _file(world: World, request: Request) -> Reply | None:
    file = attachments(world).get((request.host, request.path))
    if file is not None:
        return Reply(200, {"Content-Type": file.media_type}, file.body)
    if _PICTURE.fullmatch(request.path):
        return Reply(200, {"Content-Type": "image/gif"}, _DOT)
    return None


def _other(entry: WorldAccount, request: Request) -> Reply:
    if request.path in ("/", "/index.html"):
        return html_reply(page(entry, entry.account.name, "<div class='main'><p>欢迎访问。</p></div>", {}))
    if request.path.startswith("/old/"):
        return redirect(f"https://{entry.account.key}/", 301)
    return _nothing()


def _nothing() -> Reply:
    return html_reply(
        '<html><head><meta charset="utf-8"><title>404</title></head>'
        "<body><p>抱歉，您访问的页面不存在。</p></body></html>",
        404,
    )


def _number(request: Request, name: str, default: int) -> int:
    value = request.query.get(name, "")
    return max(int(value), 1) if value.isdigit() else default
