"""Subtitle files: srt, vtt, ass, ssa and lrc, each line with its time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Context, Extraction
from extractors.plain import decode

_ARROW = re.compile(r"^\s*((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->", re.MULTILINE)
_DIALOGUE = re.compile(r"^(Dialogue|Comment):\s*(.*)$", re.MULTILINE)
_LYRIC = re.compile(r"^((?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\])+)(.*)$", re.MULTILINE)
_MARKS = re.compile(r"<[^<>\n]{0,80}>|\{[^{}\n]{0,200}\}")
#: Fields before the text of a line of an ass file.
_FIELDS = 9


def extract(body: bytes, context: Context) -> Extraction:
    """One segment a line, at ``字幕 00:01:02``. Raises ``DocumentError`` for an unknown encoding."""
    text = decode(body, context).replace("\r\n", "\n")
    segments = [
        context.segment(shown, f"字幕 {time}", hidden=unseen) for time, shown, unseen in cues(text) if shown.strip()
    ]
    if not segments and text.strip():
        segments = [context.segment(text)]
    return Extraction(tuple(segments))


def cues(text: str) -> Iterator[tuple[str, str, bool]]:
    """Time, text, and whether it is not shown (a comment), of each line."""
    if _DIALOGUE.search(text):
        for kind, rest in _DIALOGUE.findall(text):
            fields = rest.split(",", _FIELDS)
            if len(fields) > _FIELDS:
                shown = _MARKS.sub("", fields[_FIELDS]).replace("\\N", "\n").replace("\\n", "\n")
                yield fields[1].strip(), shown, kind == "Comment"
    elif _ARROW.search(text):
        starts = list(_ARROW.finditer(text))
        for match, following in zip(starts, [*starts[1:], None], strict=True):
            head = text.find("\n", match.end())
            if head < 0:
                return
            block = text[head + 1 : following.start() if following else len(text)]
            # the number or the name of the next line stands after an empty line
            lines = re.split(r"\n\s*\n", block.strip("\n"))[0]
            yield match[1].replace(",", ".").split(".")[0], _MARKS.sub("", lines).strip(), False
    else:
        for times, shown in _LYRIC.findall(text):
            yield times[1:].split("]")[0], shown.strip(), False
