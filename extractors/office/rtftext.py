"""RTF, group by group: what is seen, and what is hidden, deleted, white, tiny, or lies in a destination of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.I
)
#: Destinations whose text is told, with their names; one that is not here and is marked ``\*`` is passed over.
_TOLD = {
    "header": "页眉", "headerl": "页眉", "headerr": "页眉", "headerf": "页眉",
    "footer": "页脚", "footerl": "页脚", "footerr": "页脚", "footerf": "页脚",
    "footnote": "脚注", "annotation": "批注", "atnauthor": "批注", "info": "文档属性", "shptxt": "文本框",
    "docvar": "文档变量", "userprops": "文档属性", "fldinst": "域代码", "bkmkstart": "书签",
    "wzDescription": "替代文字",
    "sv": "图形属性", "formfield": "表单域",
}  # fmt: skip
_UNSEEN = frozenset(("批注", "文档属性", "文档变量", "域代码", "书签", "替代文字", "图形属性", "表单域"))
_SKIPPED = frozenset((
    "fonttbl", "stylesheet", "pict", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles",
    "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "blipuid", "filetbl", "pgdsctbl", "sn",
))  # fmt: skip
_CODEPAGES = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 65001: "utf-8"}
_SIGNS = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
          "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " "}  # fmt: skip
_DEEPEST = 2000
_TINY_HALF_POINTS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a cell of one kind: ``place`` names the destination, ``why`` the reason it is not seen; ``end`` is
    ``cell``, ``row`` or ``par``."""

    place: str
    why: str
    text: str
    end: str


@dataclass(frozen=True, slots=True)
class _State:
    place: str = ""
    skip: bool = False
    hidden: bool = False
    deleted: bool = False
    white: bool = False
    tiny: bool = False
    after_unicode: int = 1

    @property
    def why(self) -> str:
        if self.deleted:
            return "修订中已删除"
        if self.hidden:
            return "隐藏文字"
        return "白色文字" if self.white else "极小字号" if self.tiny else ""


@dataclass(slots=True)
class Reader:
    """Reads one document; ``objects`` are the hexadecimal data of embedded objects."""

    objects: list[bytes] = field(default_factory=list)
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _white: set[int] = field(default_factory=set)
    _encoding: str = "gb18030"
    _raw: bytearray = field(default_factory=bytearray)
    _texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _starred: bool = False
    _ignore: int = 0

    def pieces(self, body: bytes) -> Iterator[Piece]:
        """Every paragraph and cell in order, each kind of unseen text apart."""
        self._white = _white_colours(body)
        for match in _TOKEN.finditer(body):
            word, number, hexa, symbol, brace, text = match.groups()
            if word == b"u" and number is not None:  # nearly every sign of a Chinese text
                self._flush()
                self._add(chr(int(number) % 65536))
                self._ignore = self._state.after_unicode
                continue
            if hexa is not None:
                if self._ignore:
                    self._ignore -= 1
                else:
                    self._raw.append(int(hexa, 16))
                continue
            if text is not None:
                self._plain(text)
                continue
            self._flush()
            if brace == b"{":
                if len(self._stack) > _DEEPEST:
                    raise RecursionError
                self._stack.append(self._state)
                self._starred = False
            elif brace == b"}":
                place = self._state.place
                self._state = self._stack.pop() if self._stack else _State()
                if place != self._state.place:
                    yield from self._end("par", place)
            elif symbol is not None:
                self._symbol(symbol)
            elif word is not None:
                end = self._word(word.decode("ascii"), number)
                if end:
                    yield from self._end(end, self._state.place)
        self._flush()
        yield from self._end("par", "")

    @property
    def is_open(self) -> bool:
        """True where groups are left open: the end of the document is missing."""
        return bool(self._stack)

    def _plain(self, text: bytes) -> None:
        if self._ignore:
            skipped = min(self._ignore, len(text))
            self._ignore -= skipped
            text = text[skipped:]
        if self._state.skip:
            if self._state.place == "objdata":
                self.objects[-1:] = [self.objects[-1] + text] if self.objects else [text]
            return
        self._raw += text

    def _flush(self) -> None:
        if self._raw:
            if not self._state.skip:
                self._add(self._raw.decode(self._encoding, "replace"))
            self._raw.clear()

    def _add(self, text: str) -> None:
        if not self._state.skip:
            self._texts.setdefault((self._state.place, self._state.why), []).append(text)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\\", b"{", b"}"):
            self._add(symbol.decode())
        elif symbol == b"~":
            self._add(" ")
        elif symbol in (b"_", b"-"):
            self._add("-" if symbol == b"_" else "")

    def _word(self, word: str, number: bytes | None) -> str:
        value = int(number) if number else None
        on = value != 0
        state = self._state
        starred, self._starred = self._starred, False
        if word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in ("par", "sect", "page", "cell", "row", "nestcell", "nestrow"):
            return {"cell": "cell", "nestcell": "cell", "row": "row", "nestrow": "row"}.get(word, "par")
        elif word == "uc":
            self._state = replace(state, after_unicode=value or 0)
        elif word == "v":
            self._state = replace(state, hidden=on)
        elif word in ("deleted", "nonshppict"):
            self._state = replace(state, deleted=on) if word == "deleted" else replace(state, skip=True)
        elif word == "cf":
            self._state = replace(state, white=(value or 0) in self._white)
        elif word in ("highlight", "cb", "chcbpat") and value:
            self._state = replace(state, white=False)
        elif word == "fs" and value is not None:
            self._state = replace(state, tiny=value < _TINY_HALF_POINTS)
        elif word == "plain":
            self._state = replace(state, hidden=False, deleted=False, white=False, tiny=False)
        elif word == "ansicpg" and value:
            self._encoding = _CODEPAGES.get(value, "gb18030" if value in (0, 1252) else f"cp{value}")
            try:
                "".encode(self._encoding)
            except LookupError:
                self._encoding = "gb18030"
        elif word in _SKIPPED or word == "colortbl":
            if word == "objdata":
                self.objects.append(b"")
            self._state = replace(state, skip=True, place=word if word == "objdata" else state.place)
        elif word in _TOLD and not state.skip:
            self._state = replace(state, place=_TOLD[word])
        elif starred:
            self._state = replace(state, skip=state.skip or word not in ("shpinst", "nesttableprops", "cs", "fldtype"))
        return ""

    def _end(self, end: str, place: str) -> Iterator[Piece]:
        """What has been gathered for ``place``: each kind of unseen text, then what is seen."""
        wanted = sorted((key for key in self._texts if key[0] == place), key=lambda key: not key[1])
        told = False
        for key in wanted:
            joined = "".join(self._texts.pop(key)).strip()
            text = joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            if text and key[1]:
                yield Piece(place, key[1], text, "part")
                told = True
            elif text:
                yield Piece(place, place if place in _UNSEEN else "", text, end)
                return
        if place == "" and (told or end != "par"):
            yield Piece("", "", "", end)


def _white_colours(body: bytes) -> set[int]:
    """The numbers of the colours that are white."""
    table = re.search(rb"\{\\colortbl([^}]*)\}", body)
    if not table:
        return set()
    white: set[int] = set()
    for number, entry in enumerate(table[1].split(b";")):
        parts = dict(re.findall(rb"\\(red|green|blue)(\d+)", entry))
        if len(parts) == 3 and all(int(value) >= 245 for value in parts.values()):
            white.add(number)
    return white
