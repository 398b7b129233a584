"""One article of a government website, in the variants of Lonsun, TRS, Hanweb and gov.cn."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.parsing.dates import china_date
from crawler.parsing.mainbody import main_body
from crawler.parsing.markup import all_by_class, anchors, by_class, by_id, inner_text, pictures, tree
from crawler.platforms.website.keys import key_of
from crawler.platforms.website.site import Page, foreign_source
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost

_BODY_CLASSES = (
    "j-fontContent", "TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "wenzhang_main", "ls-article-info",
    "vF_detail_main", "article-content", "pages_content", "xxgk_wenzhang",
)  # fmt: skip
_BODY_IDS = ("zoom", "UCAP-CONTENT", "Zoom", "zoomcon")
_TITLE_CLASSES = ("newstitle", "wztit", "xxgk_wztit", "article-title")
_INFO_CLASSES = ("fbsj", "res", "wzxx", "info", "xxgk_info", "pages-date", "article-info", "wz_info", "pages-info")
#: The line under the title where no label says what its date is.
_BARE_DATE = re.compile(r"^\W*(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?)")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|dps|ofd|ceb|rtf|csv|txt|zip|rar|7z|mp[34])$", re.IGNORECASE)
#: Scripts that hand out a file whose name stands in the query, or nowhere.
_DOWNLOAD = re.compile(r"/(?:downfile|download(?:file)?|attachdown|filedown)\.(?:jsp|do|action|aspx)$", re.IGNORECASE)
_FAST_DFS = re.compile(r"/group\d*/M\d{2}/")
_PUBLISHED = re.compile(r"(?:发布(?:时间|日期)|发文日期|公告时间|时间)\s*[:：]?\s*(\d{4}\s*[-年/.].{0,22})")
_SOURCE = re.compile(r"(?:信息)?来源\s*[:：]\s*([^\s|【\[]{1,40})")
_FILE_NAME = re.compile(r"\.\w{2,4}$")
_HANWEB_BODY = re.compile(
    r"<!--\s*(?:ZJEG_RSS\.content\.begin|<\$\[信息内容\]>begin)\s*-->(.*?)<!--\s*(?:ZJEG_RSS\.content\.end|<\$\[信息内容\]>end)\s*-->",
    re.DOTALL,
)
_NOT_PRESS = re.compile(r"^(?:浏览|阅读|点击|字体|打印|作者)")


def read_article(page: Page) -> RawPost | None:
    """The article of ``page``; ``None`` where no known body is found on it."""
    body = _body(page.root)
    if body is None:
        body = _marked(page) if "begin-->" in page.text else None
    if body is None and page.meta.get("articletitle"):
        body = main_body(page.root)  # an article by its own word, in a layout of its own
    if body is None:
        return None
    title = _title(page)
    if not title and not page.meta.get("pubdate"):
        return None
    facts = _disclosure_facts(page.root)
    info = _info_line(page.root, body)
    declared = page.meta.get("pubdate", "")
    published = china_date(declared) or china_date(facts.get("发布日期", "")) or _published_in(info)
    source = page.meta.get("contentsource", "") or _source_in(info) or facts.get("发布机构", "")
    files, links = _files_and_links(body, page)
    text = readable_text(body)
    images = pictures(body, page.url)
    video = next(iter(body.iter("video")), None)
    detail = "" if published else "页面没有标明发布时间"
    embedded = next(body.iter("video", "audio", "iframe", "embed", "object"), None)
    is_empty = not (text or images or files or links) and embedded is None
    return RawPost(
        outcome=Outcome.LAYOUT_CHANGED if is_empty else Outcome.OK,
        kind=PostKind.VIDEO if video is not None and len(text) < 200 else PostKind.ARTICLE,
        account=page.site_name,
        account_key=page.host,
        post_key=key_of(page.url or page.meta.get("url", "")),
        url=page.url or page.meta.get("url", ""),
        title=title,
        text=text,
        published_at=published,
        repost_source=foreign_source(source, page.site_name),
        images=images,
        links=links,
        attachments=files,
        detail="页面是文章页，但读不到正文；请人工打开核对" if is_empty else detail,
    )


def _body(root: Any) -> Any | None:
    """The element that holds the article: of the known ones the first kind present, of that kind the fullest."""
    for name in _BODY_CLASSES:
        candidates = list(all_by_class(root, name))
        if candidates:
            return max(candidates, key=lambda element: len("".join(element.itertext())))
    return next((found for name in _BODY_IDS if (found := by_id(root, name)) is not None), None)


def _marked(page: Page) -> Any | None:
    """The body between the marks that Hanweb leaves in a page; they are comments, and gone from the tree."""
    found = _HANWEB_BODY.search(page.text)
    return tree(found[1]) if found and found[1].strip() else None


def _title(page: Page) -> str:
    if declared := " ".join(page.meta.get("articletitle", "").split()):
        return declared
    heading = by_class(page.root, *_TITLE_CLASSES)
    if heading is None:
        heading = next((found for found in page.root.iter("h1") if inner_text(found)), None)
    if heading is not None:
        return inner_text(heading)
    return ""


def _info_line(root: Any, body: Any) -> str:
    """The lines around the title that say when and from where, without the body."""
    parts = [inner_text(found) for name in _INFO_CLASSES for found in all_by_class(root, name)]
    for name, label in (("pubTime", "发布时间："), ("sourceName", "来源：")):
        found = by_id(root, name)
        parts += [label + inner_text(found)] if found is not None else []
    if not any(china_date(part) for part in parts):
        before = body.xpath("preceding::text()[contains(., '发布时间') or contains(., '发布日期')]/..")
        parts.extend(
            inner_text(element.getparent() if element.getparent() is not None else element) for element in before
        )
    return " ".join(parts)


def _published_in(info: str) -> Any:
    found = _PUBLISHED.search(info) or _BARE_DATE.match(info)
    return china_date(found[1]) if found else None


def _source_in(info: str) -> str:
    found = _SOURCE.search(info)
    return "" if found is None or _NOT_PRESS.match(found[1]) else found[1]


def _disclosure_facts(root: Any) -> dict[str, str]:
    """The table above a disclosure document: 索引号, 发布机构, 发布日期, 发文字号 …"""
    facts: dict[str, str] = {}
    for row in root.iter("tr"):
        cells = [inner_text(cell) for cell in row if cell.tag in ("td", "th")]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            name = label.replace(" ", "").rstrip("：:")
            if name in (
                "索引号",
                "信息分类",
                "发布机构",
                "成文日期",
                "生成日期",
                "发布日期",
                "发文字号",
                "有效性",
                "关键词",
            ):
                facts.setdefault(name, value)
    return facts


@dataclass(slots=True)
class _Found:
    files: dict[str, RawAttachment]
    links: dict[str, None]


def _files_and_links(body: Any, page: Page) -> tuple[tuple[RawAttachment, ...], tuple[str, ...]]:
    """Files of the article (also those listed beside the body) and the links of its body."""
    found = _Found({}, {})
    parent = body.getparent()
    outer = parent if parent is not None and parent.tag not in ("body", "html") else body
    for address, anchor in anchors(outer, page.url):
        if is_file(address):
            found.files.setdefault(address, _attachment(address, anchor))
    for address, _ in anchors(body, page.url):
        if address not in found.files:
            found.links.setdefault(address)
    return tuple(found.files.values()), tuple(found.links)


def is_file(address: str) -> bool:
    """True when ``address`` is a document to be fetched, not a page."""
    parts = urlsplit(address)
    path = parts.path
    if _DOWNLOAD.search(path) or any(_FILE.search(value) for _, value in parse_qsl(parts.query)):
        return True
    return bool(_FILE.search(path) or (_FAST_DFS.search(path) and not path.lower().endswith((".jpg", ".png", ".gif"))))


def _attachment(address: str, anchor: Any) -> RawAttachment:
    own_name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    shown = inner_text(anchor)
    titled = " ".join((anchor.get("title") or "").split())
    name = next((word for word in (titled, shown) if _FILE_NAME.search(word)), shown or titled or own_name)
    return RawAttachment(url=address, name=name, media_type=mimetypes.guess_type(own_name)[0] or "")
