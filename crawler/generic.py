"""A page of a platform that has no reader of its own: title, text and date by what pages have in common.

For pages that people bring by hand (人民号, 新华号, 百家号, 学习强国号 …). A page that shows no article is
``LAYOUT_CHANGED``, never an empty post.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.parsing.dates import china_date, from_epoch
from crawler.parsing.mainbody import LEAST, main_body
from crawler.parsing.markup import anchors, decode, inner_text, metas, pictures, tree
from crawler.parsing.post_keys import key_in_address
from crawler.platforms.website.article import is_file
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

#: Names under which pages declare when they were published, in the order in which they are trusted.
_DATES = ("article:published_time", "og:release_date", "pubdate", "publishdate", "bytedance:published_time", "date")
_WHEN = re.compile(r"(?:发布|发表)(?:时间|于)?\s*[:：]?\s*(20\d{2}\s*[-年/.].{0,20})")
_EPOCH = re.compile(r"[\"'](?:publish(?:ed)?_?(?:time|at)|create_?time)[\"']\s*:\s*[\"']?(\d{10,13})", re.IGNORECASE)
_GONE = re.compile(r"(?:内容|文章|作品|视频|页面)(?:已经?)?(?:不存在|被删除|已删除|已下架|下架)")


def read(body: bytes, url: str, fetched_at: datetime, *, content_type: str = "") -> Reading:
    """The article on a saved page. ``fetched_at`` is asked for so that every reader is called alike."""
    del fetched_at
    text = decode(body, content_type)
    root = tree(text)
    meta = metas(root)
    address = url or meta.get("og:url", "")
    element = main_body(root)
    shown = readable_text(element) if element is not None else ""
    title = _title(root, meta)
    video = next(root.iter("video"), None) is not None
    if _GONE.search(readable_text(root)[:200]) and len(shown) < 60:
        return Reading(outcome=Outcome.DELETED, detail="页面提示内容不存在或已删除")
    if not title or (len(shown) < LEAST and not video):
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="页面里找不到文章的标题和正文；请改用表格导入")
    post = RawPost(
        kind=PostKind.VIDEO if video and len(shown) < 200 else PostKind.ARTICLE,
        post_key=key_in_address(address) if address else "",
        url=address,
        title=title,
        text=shown,
        published_at=_published(root, meta, text),
        images=pictures(element, address) if element is not None else (),
        links=_links(element, address, files=False),
        attachments=tuple(RawAttachment(url=found) for found in _links(element, address, files=True)),
    )
    return Reading(outcome=Outcome.OK, kind=post.kind, posts=(post,))


def _title(root: Any, meta: dict[str, str]) -> str:
    declared = meta.get("og:title") or meta.get("articletitle") or meta.get("twitter:title") or ""
    if declared.strip():
        return " ".join(declared.split())
    for name in ("h1", "title"):
        found = next((inner_text(e) or (e.text or "").strip() for e in root.iter(name)), "")
        if found:
            return found
    return ""


def _published(root: Any, meta: dict[str, str], text: str) -> datetime | None:
    for name in _DATES:
        if value := meta.get(name, ""):
            try:
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is not None:
                    return moment
            except ValueError:
                pass
            if (found := china_date(value)) is not None:
                return found
    for element in root.iter("time"):
        if (found := china_date(element.get("datetime") or inner_text(element))) is not None:
            return found
    shown = readable_text(root)
    labelled = _WHEN.search(shown)
    if labelled is not None and (found := china_date(labelled[1])) is not None:
        return found
    if epoch := _EPOCH.search(text):
        return from_epoch(int(epoch[1]))
    return None


def _links(element: Any | None, base: str, *, files: bool) -> tuple[str, ...]:
    if element is None:
        return ()
    found = (address for address, _ in anchors(element, base) if urlsplit(address).netloc)
    return tuple(dict.fromkeys(address for address in found if is_file(address) is files))
