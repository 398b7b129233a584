"""Column pages, the disclosure list with the fragment that fills it, and the feed with its broken dates."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from domain.clock import in_china
from replica.site_pages.addresses import article_path, is_disclosed, organ_of, site_of
from replica.site_pages.article import body_html
from replica.site_pages.frame import page
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 15
_SHOWN_TITLE = 18


def column_posts(world: World, entry: WorldAccount, column: str) -> list[WorldPost]:
    """The articles of a column, newest first."""
    return [
        post
        for post in world.posts_of(entry.account.id)
        if not is_disclosed(post) and not post.withdrawn and post.traits.get("column", "1") == column
    ]


def disclosed_posts(world: World, entry: WorldAccount) -> list[WorldPost]:
    """The documents of the disclosure list, newest first."""
    return [post for post in world.posts_of(entry.account.id) if is_disclosed(post) and not post.withdrawn]


def columns_of(world: World, entry: WorldAccount) -> list[str]:
    """The columns that hold anything, in the order of their numbers."""
    return sorted(
        {post.traits.get("column", "1") for post in world.posts_of(entry.account.id) if not is_disclosed(post)}
    )


def column_page(world: World, entry: WorldAccount, column: str, number: int) -> str:
    """Page ``number`` (from 1) of a column. A line without a link divides every five rows."""
    posts = column_posts(world, entry, column)
    count = max(1, -(-len(posts) // PAGE_SIZE))
    shown = posts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = []
    if number == 1 and column == columns_of(world, entry)[0] and "external_url" in entry.traits:
        rows.append(_external_row(entry))
    for place, post in enumerate(shown):
        rows.append(_row(entry, post, place))
        if place % 5 == 4:
            rows.append('<li class="lm_line"></li>')
    inner = f"""<div class="wwz_top position_list"><a href="/">首页</a> &gt;
<a href="/content/column/{column}?pageIndex=1">栏目</a></div>
<ul class="doc_list list-{column}">
{chr(10).join(rows)}
</ul>
<div class="pagination page" id="page_{column}"></div>
<script>Ls.pagination("#page_{column}",{{"columnId":"{column}","pageIndex":{number},"pageSize":{PAGE_SIZE},"pageCount":{count},
"total":{len(posts)},"link":"/content/column/{column}?pageIndex="}});</script>"""
    return page(entry, entry.account.name, inner, {"ColumnName": f"栏目{column}", "ColumnType": "新闻动态"})


def _row(entry: WorldAccount, post: WorldPost, place: int) -> str:
    day = f"{in_china(post.published_at):%Y-%m-%d}"
    short = post.title if len(post.title) <= _SHOWN_TITLE else post.title[:_SHOWN_TITLE] + "…"
    date = f'<span class="right date">{day}</span>' if place % 2 else f'<span class="date">[{day}]</span>'
    return (
        f'<li class="num{place % 5}"><a href="{article_path(entry, post)}" target="_blank" '
        f'title="{escape(post.title)}">{escape(short)}</a>{date}</li>'
    )


def _external_row(entry: WorldAccount) -> str:
    """A row that leads to somebody else's article."""
    title = escape(entry.traits.get("external_title", ""))
    return (
        f'<li class="num0"><a href="{escape(entry.traits["external_url"])}" target="_blank" title="{title}">{title}</a>'
        f'<span class="right date">{entry.traits.get("external_on", "")}</span></li>'
    )


def disclosure_index(entry: WorldAccount) -> str:
    """The page that names organ and site to its script, and shows no document itself."""
    inner = f"""<div class="xxgk_left">政府信息公开目录</div><div class="xxgk_right" id="xxgkList"></div>
<script>var xxgk={{siteId:"{site_of(entry)}",organId:"{organ_of(entry)}"}};
$.get("/site/label/8888",{{labelName:"publicInfoList",siteId:"{site_of(entry)}",organId:"{organ_of(entry)}"}});</script>"""
    return page(entry, "政府信息公开", inner, {"ColumnName": "政府信息公开", "ColumnType": "信息公开"})


def disclosure_fragment(world: World, entry: WorldAccount, number: int, size: int) -> str:
    """One page of the disclosure list, as its script loads it."""
    posts = disclosed_posts(world, entry)[(number - 1) * size : number * size]
    if not posts:
        return '<div class="xxgk_nav_none">暂无相关信息</div>'
    rows = "\n".join(
        f'<li class="clearfix"><a class="title" href="https://{entry.account.key}{article_path(entry, post)}" '
        f'title="{escape(post.title)}" target="_blank">{escape(post.title)}</a>'
        f'<span class="date">{in_china(post.published_at):%Y-%m-%d}</span></li>'
        for post in posts
    )
    return f'<ul class="clearfix xxgk_nav_list">\n{rows}\n</ul>'


def feed(entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    """RSS whose dates are those of a database: no weekday, no zone, a fraction of a second."""
    items = "".join(
        f"<item><title><![CDATA[{post.title}]]></title>"
        f"<link>https://{entry.account.key}{article_path(entry, post)}</link>"
        f"<pubDate>{in_china(post.published_at):%Y-%m-%d %H:%M:%S}.0</pubDate>"
        f"<description><![CDATA[{body_html(post)}]]></description></item>\n"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(entry.account.name)}</title><link>https://{entry.account.key}/</link>"
        f"<description>{escape(entry.account.name)}</description>\n{items}</channel></rss>\n"
    )
