"""What parent and child say to each other, in frames. Nothing that a child says is executed or unpickled: it may have
fallen to the file it read."""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from domain.post import Origin, Segment, Spot, Unexamined
from extractors.cells import ROW, Grid, Shape
from extractors.model import Extraction

#: Kinds of frames. To the child: ``JOB`` (what to do) and ``BODY`` (the file). From it: ``READY``, ``PLACE`` (where the
#: work has come to), ``RESULT`` (one file is done) and ``DONE``.
JOB, BODY, READY, PLACE, RESULT, DONE = b"J", b"B", b"S", b"P", b"R", b"D"
HEADER = struct.Struct("<cQ")
_LENGTH = struct.Struct("<Q")
_ORIGINS = tuple(Origin)
_FLAGS = {origin: 2 * number for number, origin in enumerate(_ORIGINS)}


def write(stream: BinaryIO, kind: bytes, *parts: bytes) -> None:
    """One frame, sent at once."""
    stream.write(HEADER.pack(kind, sum(map(len, parts))))
    for part in parts:
        stream.write(part)
    stream.flush()


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """One frame, or ``None`` at the end of the stream."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    kind, length = HEADER.unpack(head)
    return kind, stream.read(length)


def encode(found: Extraction, path: str) -> list[bytes]:
    """An extraction in columns: a sheet has hundreds of thousands of small texts."""
    segments = found.segments
    head: dict[str, Any] = {
        "path": path,
        "count": len(segments),
        "fields": _runs([segment.field for segment in segments]),
        "unexamined": [[part.part, part.reason] for part in found.unexamined],
        "links": list(found.links),
        "spots": {
            str(number): [[spot.start, spot.end, list(spot.box), spot.confidence] for spot in segment.spots]
            for number, segment in enumerate(segments)
            if segment.spots
        },
    }
    head["grids"] = [
        [place, grid.field, grid.prefix, grid.hidden, [[s.columns, s.heads, s.whys] for s in grid.shapes]]
        for place, grid in found.grids
    ]
    flags = bytes([_FLAGS[segment.origin] + segment.hidden for segment in segments])
    columns = [json.dumps(head).encode(), flags]
    for texts in (
        [segment.text for segment in segments],
        [segment.locator for segment in segments],
        [segment.context for segment in segments],
    ):
        columns.append(array("Q", map(len, texts)).tobytes())
        columns.append("".join(texts).encode("utf-8", "surrogatepass"))
    for _, grid in found.grids:
        columns += array("Q", grid.numbers).tobytes(), array("Q", grid.forms).tobytes()
        columns.append(ROW.join(grid.rows).encode("utf-8", "surrogatepass"))
    return [piece for column in columns for piece in (_LENGTH.pack(len(column)), column)]


def decode(payload: bytes, make: Callable[..., Segment] = Segment) -> tuple[str, Extraction]:
    """The inverse of ``encode``, with every cell as a segment; raises ``ValueError`` (or a kind of it) for anything
    malformed."""
    columns: list[bytes] = []
    at = 0
    while at < len(payload):
        if at + _LENGTH.size > len(payload):
            raise ValueError("cut off")
        (length,) = _LENGTH.unpack_from(payload, at)
        at += _LENGTH.size
        columns.append(payload[at : at + length])
        at += length
    try:
        head_column, flags, *rest = columns
        rest, cells = rest[:6], rest[6:]
        head = json.loads(head_column)
        texts, locators, contexts = (_column(*rest[index : index + 2]) for index in (0, 2, 4))
        fields = [name for name, count in head["fields"] for _ in range(count)]
        if not len(texts) == len(locators) == len(contexts) == len(fields) == len(flags):
            raise ValueError("columns of unequal length")
        spots = {int(number): tuple(map(_spot, found)) for number, found in head["spots"].items()}
        segments = tuple(
            make(name, text, _ORIGINS[flag >> 1], bool(flag & 1), locator, context, spots.get(number, ()))
            for number, (name, text, flag, locator, context) in enumerate(
                zip(fields, texts, flags, locators, contexts, strict=True)
            )
        )
        unexamined = tuple(Unexamined(str(part), str(reason)) for part, reason in head["unexamined"])
        if len(cells) != 3 * len(head["grids"]):
            raise ValueError("columns of unequal length")
        grids = tuple(_grid(told, *cells[3 * n : 3 * n + 3]) for n, told in enumerate(head["grids"]))
        found = Extraction(segments, unexamined, tuple(map(str, head["links"])), grids=grids)
        return str(head["path"]), found.opened()
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"malformed: {error}") from error


def _column(lengths: bytes, blob: bytes) -> list[str]:
    text = blob.decode("utf-8", "surrogatepass")
    values: list[str] = []
    at = 0
    for size in _integers(lengths):
        values.append(text[at : at + size])
        at += size
    return values


def _grid(told: Sequence[Any], numbers: bytes, forms: bytes, rows: bytes) -> tuple[int, Grid]:
    place, name, prefix, hidden, shapes = told
    grid = Grid(str(name), str(prefix), bool(hidden), [Shape(*(tuple(map(str, part)) for part in s)) for s in shapes])
    grid.numbers, grid.forms = _integers(numbers).tolist(), _integers(forms).tolist()
    grid.rows = rows.decode("utf-8", "surrogatepass").split(ROW)
    return int(place), grid


def _integers(data: bytes) -> array[int]:
    values = array("Q")
    values.frombytes(data)
    return values


def _spot(row: Sequence[Any]) -> Spot:
    start, end, (left, top, width, height), confidence = row
    return Spot(int(start), int(end), (int(left), int(top), int(width), int(height)), confidence)


def _runs(values: Sequence[str]) -> list[list[object]]:
    runs: list[list[Any]] = []
    for value in values:
        if runs and runs[-1][0] == value:
            runs[-1][1] += 1
        else:
            runs.append([value, 1])
    return runs
