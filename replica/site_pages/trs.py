"""A site on TRS: static pages ``index.html``, ``index_1.html``, articles under ``YYYYMM/tYYYYMMDD_<id>.html``.

The trait ``pager`` of an account is how its pages count: ``call`` (``createPageHTML``), ``variables`` or ``object``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from domain.clock import in_china
from replica.site_pages.frame import page
from replica.world import WorldAccount, WorldPost

PAGE_SIZE = 15
_LIST = re.compile(r"/(\w+)/(?:index(?:_(\d+))?\.html)?")


def article_path(post: WorldPost) -> str:
    """Where an article lies."""
    moment = in_china(post.published_at)
    return f"/{post.traits.get('column', 'tzgg')}/{moment:%Y%m}/t{moment:%Y%m%d}_{post.key.rpartition('_')[2]}.html"


def wanted(path: str) -> tuple[str, int] | None:
    """The column and the page (from 0) that ``path`` asks for; ``None`` where it is no list."""
    found = _LIST.fullmatch(path)
    return (found[1], int(found[2] or 0)) if found else None


def list_page(entry: WorldAccount, posts: Sequence[WorldPost], number: int) -> str | None:
    """Page ``number`` of a column; ``None`` behind its end."""
    count = max(1, -(-len(posts) // PAGE_SIZE))
    if number >= count:
        return None
    rows = "\n".join(
        f'<li><a href="./{article_path(post).split("/", 2)[2]}" title="{escape(post.title)}">{escape(post.title)}</a>'
        f"<i>{in_china(post.published_at):%Y-%m-%d}</i></li>"
        for post in posts[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    )
    pager = {
        "call": f'createPageHTML({count}, {number}, "index", "html");',
        "variables": f"var countPage = {count}//共多少页\nvar currentPage = {number};",
        "object": f'Pager({{size:{count}, current:{number}, prefix:"index",suffix:"html"}});',
    }[entry.traits.get("pager", "call")]
    inner = (
        f'<div class="right_list"><ul class="gl_list">\n{rows}\n</ul>'
        f'<div class="page"><script>{pager}</script></div></div>'
    )
    return page(entry, entry.account.name, inner, {"ColumnName": "通知公告", "ColumnType": "通知公告"})


def article_page(entry: WorldAccount, post: WorldPost, body: str) -> str:
    """An article; its body stands in the editor's own element, with a style sheet in it."""
    published = in_china(post.published_at)
    inner = (
        f'<div class="xl_title"><h1>{escape(post.title)}</h1></div>'
        f'<div class="xl_info">发布时间：{published:%Y-%m-%d %H:%M}</div>'
        f'<div class="view TRS_UEDITOR trs_paper_default"><style>.trs_paper_default p{{line-height:2}}</style>\n'
        f"{body}\n</div>"
    )
    meta = {"ArticleTitle": post.title, "PubDate": f"{published:%Y-%m-%d %H:%M}", "ContentSource": ""}
    return page(entry, post.title, inner, meta)
