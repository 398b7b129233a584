"""Word documents (docx): paragraphs and tables with their places, and what the file keeps unseen."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.errors import DocumentError
from domain.post import Segment, Unexamined
from extractors.model import Context, Embedded, Extraction
from extractors.office.package import Package
from extractors.office.wordtext import Story, styles_of

_PARTS = (
    (r"word/header\d*\.xml", "页眉"),
    (r"word/footer\d*\.xml", "页脚"),
    (r"word/footnotes\.xml", "脚注"),
    (r"word/endnotes\.xml", "尾注"),
    (r"word/comments\.xml", "批注"),
    (r"word/glossary/document\.xml", "自动图文集"),
)
_UNSEEN = ("批注", "自动图文集")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError`` where the document cannot be read at all."""
    package = Package(body, context)
    document = package.xml("word/document.xml")
    styles = _styles(package)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    main = document.find("{*}body")
    if main is not None:
        segments.extend(Story(context, "", styles).told(main))
    del document
    for pattern, label in _PARTS:
        for number, part in enumerate(package.matching(pattern), 1):
            shown = label if number == 1 else f"{label}{number}"
            try:
                story = Story(context, shown, styles, unseen=label in _UNSEEN)
                segments.extend(story.told(package.xml(part)))
            except DocumentError as error:
                unexamined.append(context.unexamined(error.problem, shown))
    segments.extend(_settings(package, context))
    segments.extend(package.properties())
    files = tuple(_files(package))
    links = tuple(dict.fromkeys(package.links()))
    segments.extend(package.leftovers())
    if "word/vbaProject.bin" in package:
        unexamined.append(context.unexamined("含宏，宏未运行也未检查，请人工核看", "宏"))
    return Extraction(tuple(segments), tuple(unexamined), links, files)


def _styles(package: Package) -> dict[str, str]:
    if "word/styles.xml" not in package:
        return {}
    return styles_of(package.xml("word/styles.xml"))


def _settings(package: Package, context: Context) -> Iterator[Segment]:
    """Variables of the document: values that fields may show, and nobody sees otherwise."""
    if "word/settings.xml" not in package:
        return
    settings: etree._Element = package.xml("word/settings.xml")
    for node in settings.iter(f"{_W}docVar"):
        if value := (node.get(f"{_W}val") or "").strip():
            yield context.segment(value, f"文档变量（{node.get(f'{_W}name') or ''}）", hidden=True)
    package.unread.add("word/settings.xml")  # the rest of it is looked through for numbers


def _files(package: Package) -> Iterator[Embedded]:
    yield from package.files(r"word/(media|embeddings)/.*|docProps/thumbnail\..*")
    for target, outside in package.targets("word/document.xml").values():
        # parts in another format that Word takes in when it opens the document
        if not outside and target in package and target.endswith((".html", ".htm", ".mht", ".rtf", ".txt", ".docx")):
            package.unread.discard(target)
            yield Embedded(target.rsplit("/", 1)[-1], lambda target=target: package.read(target))  # type: ignore[misc]
