"""The measures of GB/T 9704-2012 on the printed page, in millimetres, from the text and from the picture of it."""

from __future__ import annotations

import subprocess
import time

import pytest
from pypdfium2 import PdfDocument

from domain.errors import PrintError
from reports.documents import layout, printing
from tests.reports.papers import FULL, long_paper

MM = 25.4 / 72
needs_printer = pytest.mark.skipif(not printing.find_printer(), reason="LibreOffice is not installed: nothing prints")
pytestmark = needs_printer


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("printed") / "paper.pdf"
    path.write_bytes(printing.pdf(long_paper()))
    return PdfDocument(path)


def characters(sheet):
    """Every character with its box (left, bottom, right, top) in points."""
    text = sheet.get_textpage()
    return [
        (character, text.get_charbox(at, loose=True))
        for at in range(text.count_chars())
        if (character := text.get_text_range(at, 1)).strip()
    ]


def full_page(pdf):
    """The number of a page that holds nothing but the long paragraph."""
    for number in range(len(pdf)):
        body = [one for one, _ in characters(pdf[number]) if one not in "—0123456789"]
        if set(body) == {FULL} and len(body) > 500:
            return number
    raise AssertionError("no page is full")


def test_the_page_is_a4(pdf):
    assert [round(size * MM) for size in pdf[0].get_size()] == [210, 297]


def test_a_full_page_has_22_lines_of_28_characters(pdf):
    rows: dict[int, int] = {}
    for character, (_, bottom, _, _) in characters(pdf[full_page(pdf)]):
        if character == FULL:
            rows[round(bottom)] = rows.get(round(bottom), 0) + 1
    assert len(rows) == 22
    assert set(rows.values()) == {28}


def test_text_fills_the_type_area_to_the_millimetre(pdf):
    sheet = pdf[full_page(pdf)]
    width, height = sheet.get_size()
    boxes = [box for character, box in characters(sheet) if character == FULL]
    left, right = min(box[0] for box in boxes) * MM, (width - max(box[2] for box in boxes)) * MM
    assert left == pytest.approx(28, abs=1)
    assert right == pytest.approx(26, abs=1)
    centres = sorted({round((height - (box[1] + box[3]) / 2) * MM, 1) for box in boxes})
    pitch = (centres[-1] - centres[0]) / 21
    assert pitch == pytest.approx(225 / 22, abs=0.05)
    # Half a line above the middle of the first line, half below that of the last: the edges of the type area.
    assert centres[0] - pitch / 2 == pytest.approx(37, abs=1)
    assert 297 - (centres[-1] + pitch / 2) == pytest.approx(35, abs=1)


def test_the_picture_of_the_page_has_the_same_edges(pdf):
    dots = 8  # a millimetre
    sheet = pdf[full_page(pdf)]
    picture = sheet.render(scale=dots * 25.4 / 72).to_pil().convert("L").point(lambda shade: 255 * (shade < 128))
    left, top, right, _ = (side / dots for side in picture.getbbox())
    body = picture.crop((0, 0, picture.width, 263 * dots))
    bottom = body.getbbox()[3] / dots
    # A character is drawn a little inside its square, and the square is 5.6 of the 10.2 mm of a line.
    assert left == pytest.approx(28, abs=1)
    assert 210 - right == pytest.approx(26, abs=1)
    assert top == pytest.approx(37 + (10.2 - 5.6) / 2, abs=1.2)
    assert 297 - bottom == pytest.approx(35 + (10.2 - 5.6) / 2, abs=1.2)


def test_page_numbers_stand_outside_and_7_mm_below(pdf):
    for number in (0, 1, 2):
        sheet = pdf[number]
        width, height = sheet.get_size()
        dashes = [box for character, box in characters(sheet) if character == "—" and (height - box[1]) * MM > 262]
        assert len(dashes) == 2, number
        if number % 2 == 0:  # page 1, 3
            assert (width - max(box[2] for box in dashes)) * MM == pytest.approx(26 + 14 * MM, abs=1)
        else:
            assert min(box[0] for box in dashes) * MM == pytest.approx(28 + 14 * MM, abs=1)
        middle = (height - sum(dashes[0][side] for side in (1, 3)) / 2) * MM
        assert middle == pytest.approx(262 + 7, abs=1)


def test_annexes_lie_across_with_their_header_on_each_page(pdf):
    across = [n for n in range(len(pdf)) if pdf[n].get_size()[0] > pdf[n].get_size()[1]]
    assert len(across) >= 3
    for number in across:
        text = pdf[number].get_textpage().get_text_range()
        assert all(header in text for header in ("序号", "名称", "链接", "问题"))
        width, height = pdf[number].get_size()
        boxes = [box for character, box in characters(pdf[number]) if character not in "—0123456789"]
        assert min(box[0] for box in boxes) * MM > 35 - 1
        assert (width - max(box[2] for box in boxes)) * MM > 37 - 1
        assert (height - max(box[3] for box in boxes)) * MM > 28 - 1


def test_no_page_holds_the_signature_alone():
    for characters_of_text in range(350, 700, 70):
        pages = [
            "".join(one for one, _ in characters(sheet))
            for sheet in PdfDocument(printing.pdf(long_paper(characters_of_text, annexes=(), copies="", printer="")))
        ]
        (signed,) = [text for text in pages if "2026年10月9日" in text]
        assert "更新" in signed, characters_of_text


def test_the_file_opens_without_repair(tmp_path):
    """LibreOffice reads the docx, writes it again, and nothing of its text is lost."""
    import docx

    source = tmp_path / "paper.docx"
    source.write_bytes(layout.render(long_paper(300)))
    again = tmp_path / "again"
    printer = printing.find_printer()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [printer, "--headless", profile, "--convert-to", "docx", "--outdir", str(again), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    def words(path):
        return [p.text for p in docx.Document(str(path)).paragraphs if p.text.strip()]

    assert words(again / "paper.docx") == words(source)


def test_a_printer_that_hangs_is_stopped(tmp_path, monkeypatch):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & wait\n")
    slow.chmod(0o755)
    monkeypatch.setenv(printing.VARIABLE, str(slow))
    start = time.monotonic()
    with pytest.raises(PrintError, match="没有印完"):
        printing.pdf(long_paper(10), patience=0.5)
    assert time.monotonic() - start < 5


def test_without_a_printer_the_reason_and_the_way_out_are_told(monkeypatch):
    monkeypatch.setenv(printing.VARIABLE, "nowhere-at-all")
    with pytest.raises(PrintError, match=r"没有 LibreOffice.*另存为 PDF"):
        printing.pdf(long_paper(10))


def test_a_printer_that_prints_nothing_is_told(tmp_path, monkeypatch):
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 0\n")
    idle.chmod(0o755)
    monkeypatch.setenv(printing.VARIABLE, str(idle))
    with pytest.raises(PrintError, match="没有印出文件"):
        printing.pdf(long_paper(10))


def test_the_workbook_opens_without_repair(tmp_path):
    """LibreOffice reads the ledger; its first sheet has every row."""
    from reports import ledger_book
    from tests.reports.test_ledger import HEAD, row

    ledger_book.write(tmp_path / "ledger.xlsx", HEAD, [row(number) for number in range(50)])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [printing.find_printer(), "--headless", profile, "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "ledger.xlsx")], check=False, capture_output=True, timeout=120)
    made = tmp_path / "ledger.csv"
    if not made.is_file():
        pytest.skip("LibreOffice Calc is not installed: it opens no workbook")
    assert len(made.read_text("utf-8").splitlines()) == 51
