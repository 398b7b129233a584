"""Damaged and made-up files: no reader may crash or hang, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extractors.driver import extract_here
from tests.fixtures.drawing import pictures
from tests.fixtures.drawing.pdf import Page, Pdf, box, drawn, note, shown

_BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def _sketch() -> Image.Image:
    sheet = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(sheet).rectangle((10, 10, 60, 40), fill="navy")
    return sheet


def _animation() -> bytes:
    return pictures.saved(_sketch(), "GIF", save_all=True, append_images=[_sketch().rotate(20)])


def _document() -> bytes:
    page = Page(
        shown("349901199001011231", 60, 700) + box(50, 690, 100, 20) + drawn("I", 60, 300, 200, 100),
        {"I": _sketch()},
        [note("甲")],
    )
    return Pdf([page], files={"a.txt": b"x"}, properties={"Title": "t"}, fields={"f": "v"}).bytes()


_SEEDS = {
    "a.png": pictures.saved(_sketch()),
    "a.jpg": pictures.saved(_sketch(), "JPEG"),
    "a.gif": _animation(),
    "a.tif": pictures.saved(_sketch(), "TIFF"),
    "a.bmp": pictures.saved(_sketch(), "BMP"),
    "a.webp": pictures.saved(_sketch(), "WEBP"),
    "a.pdf": _document(),
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text style="display:none">3499</text><a href="http://e.cn"/></svg>',
    "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n甲\n".encode(),
    "a.ass": b"Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,x\n",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch):
    """The engine has tests of its own; here it would only cost time."""
    monkeypatch.setattr("extractors.pictures.engine.recognise", lambda picture: [])


@pytest.mark.parametrize("name", _SEEDS)
@_BOUNDED
@given(data=st.data())
def test_damaged_files_end_with_a_result(name, data):
    body = bytearray(_SEEDS[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        match data.draw(st.sampled_from(("flip", "cut", "repeat", "zero"))):
            case "flip":
                body[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del body[at : at + data.draw(st.integers(1, 40))]
            case "repeat":
                body[at:at] = body[at : at + data.draw(st.integers(1, 200))]
            case _:
                body[at : at + 8] = bytes(8)
        if not body:
            break
    found = extract_here(bytes(body), name, field="attachment:1")
    assert all(part.reason for part in found.unexamined)
    for segment in found.segments:
        assert all(0 <= spot.start < spot.end <= len(segment.text) for spot in segment.spots)


@pytest.mark.parametrize("name", ["a.svg", "b.svg"])
def test_a_vector_picture_that_unfolds_without_end_is_not_opened(name):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a0 "x">{entities}]><svg xmlns="http://www.w3.org/2000/svg"><text>&a9;</text></svg>'
    found = extract_here(body.encode(), name, field="body")
    assert not found.segments
    assert "实体" in found.unexamined[0].reason
