"""Marked pictures of a draft: a frame around each place, no number to be read."""

from __future__ import annotations

import io
import stat

import pytest
from PIL import Image

from extractors.driver import extract_here
from pipelines import evidence_pictures
from scanners.factory import ScannerSpec, scanner_for
from tests.fixtures.drawing import needs, pictures
from tests.fixtures.drawing.pdf import Page, Pdf, box, shown

ID = "349901199001011231"
_SPEC = ScannerSpec(b"k" * 32, families=frozenset({"privacy"}))


def _written(tmp_path, data: bytes, name: str):
    extraction = extract_here(data, name, field="body")
    findings = scanner_for(_SPEC).scan_post(extraction.segments)
    assert findings
    return evidence_pictures.write(tmp_path / "evidence", data, name, findings, extraction.segments)


def test_a_picture_is_framed_and_its_numbers_are_gone(tmp_path):
    needs.recognition()
    sheet = pictures.table(
        "救助公示", [("姓名", "身份证号"), ("程某", ID), ("周某", "20260101001")], columns=(0.6, 6, 12)
    )
    (path,) = _written(tmp_path, pictures.saved(sheet), "名单.png")
    assert path.name == "名单.png-图1.png"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = extract_here(path.read_bytes(), path.name, field="body")
    text = "".join(segment.text for segment in again.segments)
    assert "救助公示" in text
    assert not any(run in text for run in (ID[:8], ID[6:14], ID[-6:], "20260101001"))
    assert (220, 20, 30) in {color for _, color in Image.open(io.BytesIO(path.read_bytes())).getcolors(1 << 20)}


def test_a_hidden_place_is_framed_on_its_page(tmp_path):
    content = shown(f"程某 身份证号 {ID}", 60, 700) + box(140, 696, 130, 16)
    (path,) = _written(tmp_path, Pdf([Page(b""), Page(content)]).bytes(), "名单.pdf")
    assert path.name == "名单.pdf-第2页.png"
    assert (220, 20, 30) in {color for _, color in Image.open(path).getcolors(1 << 20)}


def test_places_inside_other_files_are_left_out():
    from extractors.evidence import Marks
    from extractors.evidence import pictures as marked

    assert marked(b"PK", "a.zip", [Marks("b.png!图1", ((1, 1, 2, 2),), ())]) == {}


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    from domain.errors import ConfigError

    (tmp_path / "evidence").write_text("a file")
    content = shown(f"程某 身份证号 {ID}", 60, 700)
    with pytest.raises(ConfigError, match="--evidence-dir"):
        _written(tmp_path, Pdf([Page(content)]).bytes(), "名单.pdf")
