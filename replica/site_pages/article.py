"""Article pages: four layouts of news, and the table of a disclosure document."""

from __future__ import annotations

from html import escape

from domain.clock import in_china
from replica.site_pages import hanweb, trs
from replica.site_pages.addresses import file_path, is_disclosed
from replica.site_pages.frame import page
from replica.world import WorldAccount, WorldPost

#: Class of the body, of the title, and whether the meta tags shout, by the trait ``variant``.
_LAYOUTS = {
    "0": ('class="wzcon j-fontContent"', "newstitle", False),
    "1": ('class="j-fontContent newscontnet minh500"', "wztit", True),
    "2": ('class="ls-article-info j-fontContent"', "newstitle", False),
    "3": ('id="zoom"', "wztit", False),
}


def article_page(entry: WorldAccount, post: WorldPost) -> str:
    """The page of ``post``. With the trait ``date`` set to ``missing`` only the line under the title says when."""
    if is_disclosed(post):
        return _disclosure_page(entry, post)
    if entry.traits.get("cms") == "trs":
        return trs.article_page(entry, post, body_html(post))
    if entry.traits.get("cms") == "hanweb":
        return hanweb.article_page(entry, post, body_html(post))
    body_mark, title_class, shouted = _LAYOUTS[post.traits.get("variant", "0")]
    published = in_china(post.published_at)
    source = post.repost_source or ""
    meta = {"ArticleTitle": post.title, "ContentSource": source, "Keywords": "", "Author": ""}
    if post.traits.get("date") != "missing":
        meta["PubDate"] = f"{published:%Y-%m-%d %H:%M}"
    inner = f"""<div class="wwz_top position_list wzpos"><a href="/">首页</a> &gt; <a href="/content/column/{
        post.traits.get("column", "1")
    }?pageIndex=1">栏目</a> &gt; <span>正文</span></div>
<div class="content">
<h1 class="{title_class}">{escape(post.title)}</h1>
<div class="wzxx"><span class="fbsj">发布时间：{published:%Y-%m-%d %H:%M}</span>
<span class="res">信息来源：{escape(source or entry.account.sponsor)}</span>
<span>浏览次数：<script>document.write("");</script></span> <span>字体：[ <a href="javascript:;">大</a>
<a href="javascript:;">中</a> <a href="javascript:;">小</a> ]</span></div>
<div {body_mark}>
{body_html(post)}
</div>
<div class="wzxgxx"><h2>相关阅读</h2><ul><li><a href="/">更多内容</a></li></ul></div>
</div>"""
    return page(entry, f"{post.title}_{entry.account.name}", inner, meta, shouted=shouted)


def _disclosure_page(entry: WorldAccount, post: WorldPost) -> str:
    published = in_china(post.published_at)
    number = post.key.rpartition("-")[2]
    rows = (
        (("索引号", f"LX000{number}"), ("信息分类", "其他/公告")),
        (("发布机构", entry.account.sponsor), ("成文日期", f"{published:%Y-%m-%d}")),
        (("发文字号", post.traits.get("file_number", "")), ("发布日期", f"{published:%Y-%m-%d %H:%M}")),
        (("有效性", "有效"), ("关键词", "")),
    )
    table = "".join(
        "<tr>" + "".join(f"<th>{label}：</th><td>{escape(value)}</td>" for label, value in row) + "</tr>"
        for row in rows
    )
    inner = f"""<div class="xxgk_main"><table class="xxgk_table" width="100%">{table}</table>
<h1 class="wztit xxgk_wztit">{escape(post.title)}</h1>
<div class="xxgk_wenzhang"><div class="j-fontContent">
{body_html(post)}
</div></div></div>"""
    meta = {"ArticleTitle": post.title, "PubDate": f"{published:%Y-%m-%d %H:%M:%S}", "ContentSource": ""}
    return page(entry, post.title, inner, meta)


def body_html(post: WorldPost) -> str:
    """Paragraphs, tables, pictures and files of ``post``."""
    waiting = dict(post.links)
    blocks = [
        _table(paragraph) if "\t" in paragraph else f"<p>{_linked(paragraph, waiting)}</p>"
        for paragraph in post.paragraphs
    ]
    blocks += [f'<p><a href="{escape(url)}" target="_blank">{escape(text)}</a></p>' for text, url in waiting.items()]
    blocks += [f'<p style="text-align:center"><img src="{escape(image)}" alt=""></p>' for image in post.images]
    blocks += [
        f'<p class="fujian">附件：<a href="{file_path(post, file)}" target="_blank">{escape(file.name)}</a></p>'
        for file in post.files
    ]
    return "\n".join(blocks)


def _linked(paragraph: str, waiting: dict[str, str]) -> str:
    """The paragraph with the links whose text stands in it; those are taken out of ``waiting``."""
    shown = escape(paragraph)
    for text in [text for text in waiting if text in paragraph]:
        anchor = f'<a href="{escape(waiting.pop(text))}" target="_blank">{escape(text)}</a>'
        shown = shown.replace(escape(text), anchor, 1)
    return shown


def _table(paragraph: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in line.split("\t")) + "</tr>"
        for line in paragraph.split("\n")
    )
    return f'<table border="1" cellspacing="0"><tbody>{rows}</tbody></table>'
