"""Pictures of captured pages, rendered offline: no script runs, no request leaves the machine, private values are gone.

The page is altered before the browser sees it: what is to be hidden is replaced by black bars in the text itself, so
that no trick of the page can bring it back; what was found is marked. The browser is given these bytes for the page's
own address, and nothing for any other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.browser import launch_arguments
from crawler.parsing.markup import decode, tree

#: Width of the page and greatest height of a picture (CSS pixels); a longer page is shown around the first mark.
WIDTH, HEIGHT = 900, 6000
#: Time for one page (milliseconds).
_PATIENCE = 20_000
_BAR = "█"
#: A run of digits that may be somebody's number is hidden, whether or not a rule has reported it.
_NUMBER = re.compile(r"\d(?:[ \u00a0\-]?\d){9,}[\dXx]?")
_REMOVED = (
    *("script", "noscript", "iframe", "frame", "object", "embed", "base", "template", "applet", "video", "audio"),
    *(
        "textarea",
        "img",
        "picture",
        "image",
        "link",
    ),  # pictures in the page could show what is hidden
)
_SPACES = re.compile(r"\s+")
_STYLE = """
html, body { visibility: visible !important; opacity: 1 !important; background: #fff; }
#js_content, #page-content, .rich_media_content { visibility: visible !important; opacity: 1 !important; }
mark.xunjian-mark { background: #ffe45c !important; color: #111 !important; outline: 2px solid #c4161c !important; }
.xunjian-head { all: initial; display: block; font: 13px/1.6 sans-serif; color: #333; background: #f2f3f5;
  border-bottom: 2px solid #c4161c; padding: 8px 12px; word-break: break-all; }
"""
_SKIPPED = frozenset({"style", "title", "head"})
_VISIBLE = "marks => marks.filter(mark => mark.getClientRects().length > 0).length"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotTask:
    """One page: its captured bytes, what is marked (sentences as they stand in the text), and what is hidden.

    ``text`` is shown instead of a reply that is no page; ``heading`` is a line above the page.
    """

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str = ""
    marks: tuple[str, ...] = field(default=(), repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)
    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture (PNG), how many of the sentences the page holds, whether a mark can be seen, and whether the picture
    shows a part of the page only."""

    png: bytes = field(repr=False)
    marked: int
    visible: bool = False
    cut: bool = False


class Photographer:
    """One browser for many pages. Raises what the browser's library raises; the caller tells."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def shoot(self, task: ShotTask) -> Shot:
        """The picture of one page."""
        page_source, marked = prepare(task)
        context = self._browser.new_context(
            java_script_enabled=False,
            offline=False,  # the page itself comes from here; whatever else is asked for is refused below
            viewport={"width": WIDTH, "height": 1000},
            service_workers="block",
            accept_downloads=False,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        try:
            served = False

            def answer(route: Any) -> None:
                nonlocal served
                if not served and route.request.is_navigation_request():
                    served = True
                    route.fulfill(status=200, content_type="text/html; charset=utf-8", body=page_source)
                else:
                    route.abort()

            context.route("**/*", answer)
            page = context.new_page()
            page.set_default_timeout(_PATIENCE)
            page.goto("https://capture.invalid/", wait_until="domcontentloaded", timeout=_PATIENCE)
            return self._picture(page, marked)
        finally:
            context.close()

    @staticmethod
    def _picture(page: Any, marked: int) -> Shot:
        height = int(page.evaluate("Math.max(document.documentElement.scrollHeight, document.body.scrollHeight)"))
        marks = page.locator("mark.xunjian-mark")
        visible = bool(marked and marks.evaluate_all(_VISIBLE))
        if height <= HEIGHT:
            return Shot(page.screenshot(full_page=True, timeout=_PATIENCE), marked, visible)
        box = marks.first.bounding_box() if visible else None
        top = max(min((box["y"] if box else 0) - HEIGHT / 3, height - HEIGHT), 0)
        area = {"x": 0, "y": top, "width": WIDTH, "height": HEIGHT}
        return Shot(page.screenshot(full_page=True, clip=area, timeout=_PATIENCE), marked, visible, cut=True)


@contextmanager
def photographer(path: str) -> Iterator[Photographer]:
    """A browser at ``path`` for as long as pictures are made. It can reach no host: every name leads nowhere."""
    from playwright.sync_api import sync_playwright

    arguments = [one for one in launch_arguments(None) if not one.startswith("--host-resolver-rules")]
    arguments.append("--host-resolver-rules=MAP * ~NOTFOUND")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=arguments, timeout=30_000)
        try:
            yield Photographer(browser)
        finally:
            browser.close()


def prepare(task: ShotTask) -> tuple[bytes, int]:
    """The page as the browser is to show it, and how many of the sentences are marked in it."""
    root = _page(task)
    for element in list(root.iter(*_REMOVED)):
        _drop(element)
    for element in list(root.iter("meta")):
        _drop(element)  # a refresh would lead away, a policy would forbid our marks
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if name.lower().startswith("on") or name.lower() in ("srcdoc", "title", "alt", "placeholder", "value"):
                del element.attrib[name]
    body = next(root.iter("body"), root)
    places = [_Place(element, tail) for element, tail in _texts(body)]
    marked = _mark(places, task.marks, task.hidden)
    head = next(root.iter("head"), None)
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    style = etree.SubElement(head, "style")
    style.text = _STYLE
    note = etree.Element("div", {"class": "xunjian-head"})
    note.text = task.heading
    body.insert(0, note)
    note.tail, body.text = body.text, None
    return b"<!doctype html>" + bytes(etree.tostring(root, method="html", encoding="utf-8")), marked


def _page(task: ShotTask) -> Any:
    kind = task.content_type.lower()
    start = task.body[:512].lstrip().lower()
    if "html" in kind or start.startswith((b"<!doctype html", b"<html")):
        return tree(decode(task.body, task.content_type))
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in task.text.splitlines() if line.strip())
    return tree(f"<html><head></head><body><h2>{html.escape(task.title)}</h2>{lines}</body></html>")


@dataclass(slots=True)
class _Place:
    """A text node: the text of ``element``, or the one after it."""

    element: Any
    tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""

    def put(self, pieces: Sequence[tuple[str, bool]]) -> None:
        """Replace the text by pieces, some of them marked."""
        element = self.element
        first, rest = "", list(pieces)
        if rest and not rest[0][1]:
            first = rest.pop(0)[0]
        made: list[Any] = []
        for text, is_mark in rest:
            if is_mark:
                node = etree.Element("mark", {"class": "xunjian-mark"})
                node.text = text
                made.append(node)
            elif made:
                made[-1].tail = text
            else:
                first += text
        if self.tail:
            element.tail = first
            parent = element.getparent()
            at = parent.index(element) + 1
            for offset, node in enumerate(made):
                parent.insert(at + offset, node)
        else:
            element.text = first
            for offset, node in enumerate(made):
                element.insert(offset, node)


def _texts(body: Any) -> list[tuple[Any, bool]]:
    """Every text node below ``body``, in reading order."""
    found: list[tuple[Any, bool]] = []
    waiting: list[tuple[Any, bool]] = [(body, False)]
    while waiting:  # without recursion: some pages nest thousands of elements
        element, tail = waiting.pop()
        if tail:
            found.append((element, True))
        elif isinstance(element.tag, str) and element.tag.lower() not in _SKIPPED:
            found.append((element, False))
            for child in reversed(element):
                waiting += [(child, True), (child, False)]
    return found


def _mark(places: Sequence[_Place], marks: Iterable[str], hidden: Iterable[str]) -> int:
    """Mark the sentences and put bars over what is hidden, over the borders of elements; returns how many sentences
    were found."""
    joined: list[str] = []
    where: list[tuple[int, int]] = []
    for number, place in enumerate(places):
        for offset, sign in enumerate(place.text):
            if not sign.isspace():
                joined.append(sign)
                where.append((number, offset))
    text = "".join(joined)
    bars = {position for start, end in _spans(text, hidden) for position in range(start, end)}
    bars |= {position for match in _NUMBER.finditer(text) for position in range(*match.span())}
    lit: set[int] = set()
    found = 0
    for sentence in marks:
        spans = list(_spans(text, (sentence,)))
        found += bool(spans)
        for start, end in spans:
            lit.update(range(start, end))
    if not bars and not lit:
        return found
    barred = {where[position] for position in bars}
    marked = {where[position] for position in lit}
    for number, place in enumerate(places):
        own = place.text
        flags = [((number, offset) in barred, (number, offset) in marked) for offset in range(len(own))]
        if not any(bar or mark for bar, mark in flags):
            continue
        pieces: list[tuple[str, bool]] = []
        for sign, (bar, mark) in zip(own, flags, strict=True):
            shown = _BAR if bar else sign
            if pieces and pieces[-1][1] == mark:
                pieces[-1] = (pieces[-1][0] + shown, mark)
            else:
                pieces.append((shown, mark))
        place.put(pieces)
    return found


def _spans(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    for one in wanted:
        bare = _SPACES.sub("", one)
        at = text.find(bare) if bare else -1
        while at >= 0:
            yield at, at + len(bare)
            at = text.find(bare, at + len(bare))


def _drop(element: Any) -> None:
    """Remove an element, and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
