"""A site on Hanweb: a first group of records inside the page, the next ones behind ``dataproxy.jsp``.

The trait ``groups`` of an account is how the next group is named: ``link`` (a ``nextgroup`` with an address),
``numbers`` (only the script knows, and asks by record numbers) or ``repeat`` (the first group comes a second time).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from domain.clock import in_china
from replica.request import Request
from replica.site_pages.frame import page
from replica.world import WorldAccount, WorldPost

GROUP = 12
_PER_PAGE = 4
_LIST = re.compile(r"/col/col(\d+)/index\.html")
PROXY = "/module/web/jpage/dataproxy.jsp"
_UNIT = "212860"


def article_path(post: WorldPost) -> str:
    """Where an article lies; its key is the site's own ``art_<column>_<number>``."""
    moment = in_china(post.published_at)
    return f"/art/{moment.year}/{moment.month}/{moment.day}/{post.key}.html"


def wanted(path: str) -> str:
    """The column that ``path`` asks for; empty where it is no list."""
    found = _LIST.fullmatch(path)
    return found[1] if found else ""


def column_page(entry: WorldAccount, posts: Sequence[WorldPost], column: str) -> str:
    """The page of a column with its first group."""
    inner = f"""<div id="{_UNIT}"><script type="text/xml"><datastore>{_next(entry, column, 1, len(posts))}
<recordset>{_records(posts[:GROUP])}</recordset></datastore></script></div>
<script>$('#{_UNIT}').jpage({{themeName:'default',showMode:'full',totalRecord:{len(posts)},openCookies:false,groupSize:3,
proxyUrl:'{PROXY}',perPage:{_PER_PAGE},barPosition:'bottom',ajaxParam:{{col:1,appid:'1',webid:'3',path:'/',
columnid:'{column}',unitid:'{_UNIT}',webname:'{entry.account.name}',permissiontype:0}}}});</script>"""
    return page(entry, entry.account.name, inner, {"ColumnName": "通知公告", "ColumnType": "通知公告"})


def group(entry: WorldAccount, posts: Sequence[WorldPost], request: Request) -> str | None:
    """One further group; ``None`` where the request names no column, as it must."""
    form = {**request.query, **request.form()}
    if form.get("unitid") != _UNIT or not form.get("columnid"):
        return None
    if "startrecord" in form:
        start = int(form["startrecord"]) - 1
        shown, following = posts[start : int(form["endrecord"])], ""
    else:
        number = int(form.get("page", "1"))
        back = 1 if entry.traits.get("groups") == "repeat" else 0
        start = (number - back) * GROUP
        shown = posts[start : start + GROUP]
        following = _next(entry, form["columnid"], number + 1, len(posts) + back * GROUP)
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><datastore>{following}<totalrecord>{len(posts)}</totalrecord>"
        f"<recordset>{_records(shown)}</recordset></datastore>"
    )


def article_page(entry: WorldAccount, post: WorldPost, body: str) -> str:
    """An article between the marks of its template."""
    published = in_china(post.published_at)
    inner = (
        f'<div class="art_title"><!--<$[信息名称]>begin-->{escape(post.title)}<!--<$[信息名称]>end--></div>'
        f'<div class="art_info">发布时间：{published:%Y-%m-%d %H:%M}　'
        f"信息来源：{escape(post.repost_source or '本站')}</div>"
        f'<div class="art_con"><!--ZJEG_RSS.content.begin-->\n{body}\n<!--ZJEG_RSS.content.end--></div>'
    )
    meta = {"ArticleTitle": post.title, "PubDate": f"{published:%Y-%m-%d %H:%M}", "ContentSource": ""}
    return page(entry, post.title, inner, meta)


def _records(posts: Sequence[WorldPost]) -> str:
    return "".join(
        f"<record><![CDATA[<li><a href='{article_path(post)}' title='{escape(post.title)}' target='_blank'>"
        f"{escape(post.title)}</a><span>{in_china(post.published_at):%Y-%m-%d}</span></li>]]></record>"
        for post in posts
    )


def _next(entry: WorldAccount, column: str, number: int, total: int) -> str:
    if entry.traits.get("groups", "link") == "numbers" or number * GROUP >= total:
        return "<nextgroup></nextgroup>"
    address = (
        f"{PROXY}?page={number}&appid=1&webid=3&path=/&columnid={column}&unitid={_UNIT}&webname={entry.account.name}"
        "&permissiontype=0"
    )
    return f'<nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>'
