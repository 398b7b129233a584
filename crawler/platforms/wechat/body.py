"""The body of an article as a reader sees it: text, pictures, links, sound and video."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree

from crawler.parsing.addresses import canonical_address
from crawler.parsing.markup import all_by_class, by_id, tree
from domain.markup import UNREAD, readable_text, tidy
from domain.post import RawAttachment

HOME = "https://mp.weixin.qq.com/"
#: Interactive layouts put their text into SVG, which is read here.
_UNREAD = UNREAD - {"svg"}
#: Parts of the page that are not the article.
_NOISE_IDS = (
    "js_tags_preview_toast",
    "content_bottom_area",
    "js_temp_bottom_area",
    "js_pc_qr_code",
    "js_top_ad_area",
    "js_row_immersive_stream_wrap",
)
_NOISE_TAGS = ("script", "style", "mp-style-type", "noscript", "template")
_NOISE_CLASSES = ("code-snippet__line-index", "code-snippet__line_index")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|br|section|span|div|a|img|strong|em|h\d|ul|ol|li|b|i|font|table)\b[^>]*>", re.IGNORECASE)
_LINE = re.compile(r"\r\n?|\n")
_VIDEO_ID = re.compile(r"[?&]vid=(\w+)")
_DOCUMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|txt|csv)$", re.IGNORECASE)
_PROGRAM_CARDS = ("mp-miniprogram", "mp-common-miniprogram", "mp-weapp")
#: How a mini program stands among the links: no web address, so nothing tries to open it.
PROGRAM = "weixin://miniprogram/"
_PLACEHOLDER = re.compile(r"^data:|pic_blank\.gif|/zh_CN/htmledition/js/images/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """What one body holds."""

    text: str = ""
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    attachments: tuple[RawAttachment, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to see or hear."""
        return not (self.text or self.images or self.attachments)


def read_body(element: Any) -> Body:
    """Read the element that holds an article. The element is changed: noise is taken out."""
    drop_noise(element)
    _write_cards(element)
    images, links, files = _images(element), _links(element), _files(element)
    for line in element.xpath(".//pre//code"):
        etree.SubElement(line, "br")
    return Body(readable_text(element, unread=_UNREAD), images, links, files)


def read_fragment(markup: str, *, keep_lines: bool = False) -> Body:
    """Read a body that comes as a string: HTML, or plain text with entities and line breaks.

    ``keep_lines``: its line breaks are shown as such even among links (picture and text messages).
    """
    if _MARKUP.search(markup):
        return read_body(tree(_LINE.sub("<br>", markup) if keep_lines else markup))
    return Body(text=tidy(html.unescape(markup)))


def drop_noise(element: Any) -> None:
    """Take out what belongs to the page and not to the article, and what is not displayed."""
    unwanted = [node for name in _NOISE_IDS if (node := by_id(element, name)) is not None]
    unwanted.extend(element.iter(*_NOISE_TAGS))
    for name in _NOISE_CLASSES:
        unwanted.extend(all_by_class(element, name))
    unwanted.extend(node for node in element.iterdescendants() if _NOT_DISPLAYED.search(node.get("style") or ""))
    for node in unwanted:
        _remove(node, element)


def _remove(node: Any, root: Any) -> None:
    parent = node.getparent()
    if node is root or parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def address(value: str) -> str:
    """``value`` as an absolute https address; WeChat addresses in their canonical form; empty for no web address."""
    value = html.unescape(value.strip())
    if not value or value.startswith(("javascript:", "#", "data:", "mailto:", "tel:")):
        return ""
    try:
        joined = urljoin(HOME, value)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    if parts.hostname == "mp.weixin.qq.com":
        return canonical_address(joined)
    return joined


def image_address(value: str) -> str:
    """The address of a picture (https for WeChat's own servers), or empty for a placeholder."""
    value = html.unescape(value.strip())
    if not value or _PLACEHOLDER.search(value):
        return ""
    try:
        joined = urljoin(HOME, value)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    if parts.scheme == "http" and (parts.hostname or "").endswith((".qpic.cn", ".qlogo.cn", ".weixin.qq.com")):
        return f"https{joined[4:]}"
    return joined


def _images(element: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for node in element.iter():
        if node.tag in ("img", "image"):
            for name in ("data-src", "data-original", "src", "href"):
                if target := image_address(node.get(name) or ""):
                    found.setdefault(target)
                    break
        background = _BACKGROUND.search(html.unescape(node.get("style") or ""))
        if background and (target := image_address(background[1])):
            found.setdefault(target)
    return tuple(found)


def _links(element: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for node in element.iter("a"):
        for name in ("href", "data-link", "data-url", "data-href"):
            if target := address(node.get(name) or ""):
                found.setdefault(target)
                break
    found.update(dict.fromkeys(_programs(element)))
    return tuple(found)


def _write_cards(element: Any) -> None:
    """Put into words what a card shows: it has no text of its own until the page's scripts run."""
    for node in element.iter(*_PROGRAM_CARDS, "mp-common-videosnap"):
        if "".join(node.itertext()).strip():
            continue
        if node.tag == "mp-common-videosnap":
            shown, label = _attribute(node, "data-desc", "data-nickname"), "视频号"
        else:
            shown = _attribute(node, "data-miniprogram-title", "data-miniprogram-nickname", "title")
            label = "小程序"
        if shown:
            node.text = f"［{label}］{shown}"
            etree.SubElement(node, "br")


def _programs(element: Any) -> Iterator[str]:
    """The mini programs that cards and linked words open."""
    for node in element.iter():
        program = _attribute(node, "data-miniprogram-appid", "data-weapp-appid") if isinstance(node.tag, str) else ""
        if program:
            path = _attribute(node, "data-miniprogram-path", "data-weapp-path").lstrip("/")
            yield f"{PROGRAM}{program}/{path}".rstrip("/")


def _attribute(node: Any, *names: str) -> str:
    return next((html.unescape(value).strip() for name in names if (value := node.get(name))), "")


def _files(element: Any) -> tuple[RawAttachment, ...]:
    found: dict[str, RawAttachment] = {}

    def add(url: str, name: str, media_type: str) -> None:
        if url:
            found.setdefault(url, RawAttachment(url=url, name=html.unescape(name).strip(), media_type=media_type))

    for node in element.iter("mp-common-mpaudio", "mpvoice", "qqmusic"):
        voice = node.get("voice_encode_fileid") or ""
        if voice:
            add(voice_address(voice), node.get("name") or "", "audio")
    for node in element.iter("iframe", "mpvideo", "video"):
        source = html.unescape(node.get("data-src") or node.get("src") or "")
        video = node.get("data-mpvid") or node.get("vid") or ""
        if node.tag == "iframe" and not (
            "video_iframe" in (node.get("class") or "") or "video" in source or _VIDEO_ID.search(source)
        ):
            continue
        target = image_address(source) or (
            f"{HOME}mp/readtemplate?t=pages/video_player_tmpl&vid={video}" if video else ""
        )
        add(target, node.get("data-title") or "", "video")
    for node in element.iter("a"):
        target = address(node.get("href") or "")
        if target and _DOCUMENT.search(urlsplit(target).path):
            add(target, " ".join("".join(node.itertext()).split()), "")
    return tuple(found.values())


def voice_address(file_id: str) -> str:
    """Where the sound file with that id lies."""
    return f"https://res.wx.qq.com/voice/getvoice?mediaid={quote(file_id, safe='=')}"
