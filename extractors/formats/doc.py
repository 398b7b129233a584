"""Old Word documents (doc, and wps of the same container), read without any program of Office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.post import Origin, Segment
from extractors.model import Ability, Context, Extraction
from extractors.office.grid import Heads, surroundings
from extractors.office.ole import Container, ability, left_in
from extractors.office.package import LONG_NUMBER
from extractors.office.wordbinary import Run, WordBinary

_SIGNS = {"\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}
_ODD = re.compile("[\x00-\x08\x0e-\x1d]")
_LINK = re.compile(r'HYPERLINK\s+"(https?://[^"]+)"')


def abilities() -> Iterator[Ability]:
    """Whether the container can be opened."""
    yield ability("旧版 Word 文档（doc、wps）")


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError``, ``MissingTool``."""
    container = Container(body, context)
    main = container.find("WordDocument")
    if not main:
        raise context.problem("不是 Word 文档（可能是其他程序的文件），请用原软件另存为 docx 后再查")
    tables = {name: container.read(stream) for name in ("0Table", "1Table") if (stream := container.find(name))}
    raw = container.read(main)
    document = WordBinary(raw, tables, context)
    segments: list[Segment] = []
    links: list[str] = []
    for name, runs in document.parts():
        segments.extend(_Part(context, name, links).told(runs))
    segments.extend(container.properties())
    rest = bytearray(raw)
    for begin, end in document.covered():
        rest[begin:end] = b"\x00" * (min(end, len(rest)) - min(begin, len(rest)))
    segments.extend(left_in(bytes(rest), "删改前的文字", context))
    segments.extend(container.leftovers([main, container.find("0Table"), container.find("1Table")]))
    return Extraction(tuple(segments), links=tuple(dict.fromkeys(links)), embedded=tuple(container.embedded()))


class _Part:
    """One part of the text: paragraphs and rows of tables with their places."""

    def __init__(self, context: Context, name: str, links: list[str]) -> None:
        self._context = context
        self._name = name
        self._links = links
        self._paragraphs = self._tables = 0

    def told(self, runs: list[Run]) -> Iterator[Segment]:
        cells: list[list[tuple[str, str]]] = [[]]
        heads, row = Heads(), 0
        for pieces, end, mark in _lines(self._fields(runs)):
            if end == "\r" and mark != "cell":
                row = 0
                if pieces:
                    self._paragraphs += 1
                    yield from self._texts(pieces, f"{self._name}第{self._paragraphs}段", "")
            elif end == "\r":
                cells[-1] += [*pieces, ("\n", "")]
            elif mark == "row" or (not mark and not pieces and not cells[-1]):
                if not row:
                    self._tables += 1
                    heads = Heads()
                row += 1
                yield from self._row(cells[:-1], heads, row)
                cells = [[]]
            else:
                cells[-1] += pieces
                cells.append([])
        yield from self._row([cell for cell in cells if cell], heads, row + 1)

    def _row(self, cells: list[list[tuple[str, str]]], heads: Heads, number: int) -> Iterator[Segment]:
        texts = ["".join(text for text, why in cell if not why).strip() for cell in cells]
        filled = {column: text for column, text in enumerate(texts) if text}
        heads.see(number, filled)
        values, index = list(filled.values()), 0
        for column, cell in enumerate(cells):
            around = surroundings(heads.of(column, filled, texts[column]), values, index)
            index += bool(texts[column])
            yield from self._texts(cell, f"{self._name}表{self._tables}第{number}行第{column + 1}列", around)

    def _texts(self, pieces: list[tuple[str, str]], place: str, around: str) -> Iterator[Segment]:
        by_look: dict[str, list[str]] = {}
        for text, why in pieces:
            by_look.setdefault(why, []).append(text)
        unseen = self._name in ("批注", "宏文字")
        for why, found in by_look.items():
            text = "".join(found).strip()
            if text:
                origin = Origin.COMMENT if self._name == "批注" else Origin.DOCUMENT
                shown = f"{place}（{why}）" if why else place
                yield self._context.segment(text, shown, hidden=bool(why) or unseen, origin=origin, context=around)

    def _fields(self, runs: list[Run]) -> Iterator[Run]:
        """The runs without the codes of fields: what a field shows stays, its code is looked at for numbers."""
        inside: list[str] = []
        code: list[str] = []
        for run in runs:
            kept: list[str] = []
            for piece in re.split("([\x13\x14\x15])", run.text):
                if piece == "\x13":
                    inside.append("code")
                elif piece == "\x14" and inside:
                    inside[-1] = "result"
                elif piece == "\x15" and inside:
                    inside.pop()
                elif "code" in inside:
                    code.append(piece)
                else:
                    kept.append(piece)
                if code and piece in ("\x14", "\x15") and "code" not in inside:
                    text = "".join(code).strip()
                    code = []
                    self._links.extend(_LINK.findall(text))
                    if LONG_NUMBER.search(text):
                        yield Run(text, "域代码", run.mark)
            yield Run("".join(kept), run.why, run.mark)


def _lines(runs: Iterator[Run]) -> Iterator[tuple[list[tuple[str, str]], str, str]]:
    """Paragraphs and cells: their texts with the reason each is unseen, the sign that ends them, and the mark of it."""
    pieces: list[tuple[str, str]] = []
    for run in runs:
        for part in re.split("([\r\x07])", run.text):
            if part in ("\r", "\x07"):
                yield pieces, part, run.mark
                pieces = []
            else:
                text = _ODD.sub("", "".join(_SIGNS.get(sign, sign) for sign in part))
                if text:
                    pieces.append((text, run.why))
    if pieces:
        yield pieces, "\r", ""
