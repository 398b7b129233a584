"""Evidence of what was found in a picture or on a page: the picture with a frame around each place, every number in it
painted black. Runs in a child process of its own, as extraction does.

``python -m extractors.evidence FOLDER`` reads one order (JSON, a line) and the file from standard input, and writes
``0.png``, ``1.png`` … into ``FOLDER``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from domain.post import Box
from extractors import sandbox
from extractors.model import Context

#: What a child may take (bytes, seconds).
_MEMORY, _SECONDS = 2 * 1024 * 1024 * 1024, 60.0
#: Pages are rendered at so many pixels a point; pictures are shrunk to this long side.
_SCALE, _LONG_SIDE = 2.0, 4000
_FRAME = (220, 20, 30)
_PAGE, _TURN = re.compile(r"第(\d+)页"), re.compile(r"图1第(\d+)[帧页]")
_PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked at one locator: ``framed`` are places of findings, ``black`` is painted over."""

    locator: str
    framed: tuple[Box, ...]
    black: tuple[Box, ...]


def pictures(data: bytes, name: str, marks: Sequence[Marks]) -> dict[str, bytes]:
    """The marked pictures (PNG) by locator. Places in files inside the file, and whatever cannot be drawn, are left
    out."""
    known = [mark for mark in marks if "!" not in mark.locator and (_PAGE.match(mark.locator) or "图1" in mark.locator)]
    if not known:
        return {}
    order = json.dumps({"name": name, "marks": [asdict(mark) for mark in known]}).encode() + b"\n"
    with tempfile.TemporaryDirectory(prefix="xunjian-") as folder:
        try:
            subprocess.run(
                [sys.executable, "-m", "extractors.evidence", folder],
                input=order + data,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS * 2,
                check=False,
                cwd=_PROJECT,
            )
        except subprocess.TimeoutExpired:
            return {}
        made = {mark.locator: Path(folder) / f"{number}.png" for number, mark in enumerate(known)}
        return {locator: path.read_bytes() for locator, path in made.items() if path.is_file()}


def main() -> None:
    """The child."""
    folder = Path(sys.argv[1])
    order = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    sandbox.enter(folder)
    sandbox.bound(_MEMORY, _SECONDS)
    for number, mark in enumerate(order["marks"]):
        _draw(body, str(order["name"]), mark, folder / f"{number}.png")


def _draw(body: bytes, name: str, mark: Mapping[str, object], out: Path) -> None:
    locator = str(mark["locator"])
    picture, scale = _page(body, locator) if body.startswith(b"%PDF-") else _frame(body, name, locator)
    pen = ImageDraw.Draw(picture)
    for left, top, width, height in _boxes(mark["black"]):
        pen.rectangle(_scaled(left, top, width, height, scale, 1), fill=(0, 0, 0))
    for left, top, width, height in _boxes(mark["framed"]):
        pen.rectangle(_scaled(left, top, width, height, scale, 5), outline=_FRAME, width=4)
    if max(picture.size) > _LONG_SIDE:
        picture.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.LANCZOS)
    picture.save(out, "PNG")


def _page(body: bytes, locator: str) -> tuple[Image.Image, float]:
    import pypdfium2 as pdfium

    found = _PAGE.match(locator)
    with pdfium.PdfDocument(body) as document:
        page = document[int(found[1]) - 1 if found else 0]
        return page.render(scale=_SCALE).to_pil().convert("RGB"), _SCALE


def _frame(body: bytes, name: str, locator: str) -> tuple[Image.Image, float]:
    from extractors.pictures.opening import open_picture

    wanted = _TURN.match(locator)
    frame = f"第{wanted[1]}" if wanted else ""
    for place, picture in open_picture(body, Context(name=name, field="body")).frames():
        if place.startswith(frame):
            return picture, 1.0
    raise LookupError(locator)


def _boxes(record: object) -> list[Box]:
    assert isinstance(record, list)
    return [(int(left), int(top), int(width), int(height)) for left, top, width, height in record]


def _scaled(left: int, top: int, width: int, height: int, scale: float, margin: int) -> tuple[float, ...]:
    return (
        left * scale - margin,
        top * scale - margin,
        (left + width) * scale + margin,
        (top + height) * scale + margin,
    )


if __name__ == "__main__":
    main()
