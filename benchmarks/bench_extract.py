"""Speed of the extractors in a warm child process, beside the plain library that supplies the same data.

Everything is measured in processor time of all processes that take part, over files of more than one million bytes
about fictional people; the ratios are what counts, for no machine is quiet. Usage::

    python -m benchmarks.bench_extract [--rows N] [--rounds N] [--only xlsx,docx,…]

Prints one JSON object: for each kind the size, MB/s of ours and of the library, ``ratio`` (ours : library), and how
many segments came out. For sheets two ratios are told: ``ratio_values`` beside the library's bare rows of values, and
``ratio`` beside the same library when a program adds to each value what we supply with it (address, head of the
column, rest of the row); ``same`` says whether both came to the very same strings, and only then are the two
comparable. No library tells which cells of a sheet are hidden and gives their values faster than openpyxl does;
beside calamine, which gives values alone, ``ratio_values`` is told as well. An old Word document has no library: its
ratio is left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import python_calamine
from lxml import html as lxml_html
from openpyxl.utils import get_column_letter
from striprtf.striprtf import rtf_to_text

from extractors.limits import Limits
from extractors.process import Reader
from tests.fixtures.leaky.making.worddoc import Run, document
from tests.fixtures.leaky.making.workbook import Sheet, workbook
from tests.fixtures.leaky.making.zips import packed

_HEADS = ("序号", "姓名", "村", "身份证号", "一卡通账号", "联系电话", "金额", "备注")
_NAMES = ["周禾", "吴小满", "郑河", "王杏", "冯青禾", "陈柳", "褚小溪", "卫平"]
#: A cell: its value, its address, what stands around it.
Cell = tuple[str, str, str]
_TICKS = os.sysconf("SC_CLK_TCK")


def rows(count: int) -> list[list[str]]:
    """A list of people who do not exist."""
    return [
        [
            str(n), _NAMES[n % 8], f"河湾村{n % 40}组", f"3499011990{n % 12 + 1:02}{n % 28 + 1:02}{n % 1000:03}X",
            f"10000349901{n:08}", f"1380000{n % 10000:04}", f"{n % 900 + 100}", f"第{n % 7}批，柳溪市民政局审核通过",
        ]
        for n in range(count)
    ]  # fmt: skip


def make_xlsx(people: list[list[str]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in [list(_HEADS), *people]:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_docx(people: list[list[str]]) -> bytes:
    """Paragraphs, then a table: written as XML, for the library takes minutes to write it."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    made = zipfile.ZipFile(buffer)
    parts: dict[str, str | bytes] = {name: made.read(name) for name in made.namelist()}

    def text(value: str) -> str:
        return f"<w:p><w:r><w:t>{value}</w:t></w:r></w:p>"

    body = "".join(text("，".join(row)) for row in people)
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{text(value)}</w:tc>" for value in row) + "</w:tr>"
        for row in people[: len(people) // 10]
    )
    old = parts["word/document.xml"]
    assert isinstance(old, bytes)
    grid = "<w:tblPr/><w:tblGrid>" + "<w:gridCol/>" * 8 + "</w:tblGrid>"
    parts["word/document.xml"] = old.decode().replace("<w:body>", f"<w:body>{body}<w:tbl>{grid}{table}</w:tbl>")
    return packed(parts)


def make_html(people: list[list[str]]) -> bytes:
    """A page with one long table."""
    body = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in people)
    return f"<html><head><title>公示</title></head><body><table>{body}</table></body></html>".encode()


def make_csv(people: list[list[str]]) -> bytes:
    """Comma-separated values."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_HEADS, *people])
    return buffer.getvalue().encode("utf-8-sig")


def make_rtf(people: list[list[str]]) -> bytes:
    """Paragraphs with every sign of Chinese escaped, as Word writes them."""
    signs = "".join("，".join(row) + r"\par " for row in people)
    escaped = "".join(s if ord(s) < 128 else f"\\u{ord(s) if ord(s) < 32768 else ord(s) - 65536}?" for s in signs)
    return (r"{\rtf1\ansi\ansicpg936\uc1 " + escaped + "}").encode()


def make_doc(people: list[list[str]]) -> bytes:
    """One run of text: the pages of looks hold a hundred at most."""
    return document([Run("".join("，".join(row) + "；" for row in people) + "\r")])


def make_zip(people: list[list[str]]) -> bytes:
    """Twenty lists in one archive, hardly packed."""
    size = max(1, len(people) // 20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.csv", make_csv(people[number * size : (number + 1) * size]))
    return buffer.getvalue()


def _openpyxl(data: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        (
            cell.coordinate,
            cell.value,
            cell.number_format,
            cell.font.color,
            sheet.column_dimensions[cell.column_letter].hidden,
        )
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def _calamine(data: bytes) -> object:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [[[str(value) for value in row] for row in book.get_sheet_by_name(n).to_python()] for n in book.sheet_names]


def _docx(data: bytes) -> object:
    made = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in made.paragraphs]
    return texts + [cell.text for table in made.tables for row in table.rows for cell in row.cells]


def _csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def _zip(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [_csv(archive.read(name)) for name in archive.namelist()]


def _addressed(rows: list[list[str]], place: str) -> list[Cell]:
    """What a program must add to the rows of a library to have the same data: of each cell its value, its address, and
    what stands around it (head of the column and the other cells of the row, of which 200 characters are kept)."""
    heads = rows[0]
    told: list[Cell] = []
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value:
                head = heads[column] if number > 1 else ""
                others = "\t".join(row[:column] + row[column + 1 :])
                told.append((value, f"{place}!{get_column_letter(column + 1)}{number}", f"{head}\t{others}"[:200]))
    return told


def _csv_cells(data: bytes) -> list[Cell]:
    return _addressed(_csv(data), "名单.csv")


def _zip_cells(data: bytes) -> list[Cell]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            cell for name in archive.namelist() for cell in _addressed(_csv(archive.read(name)), f"名单.zip!{name}")
        ]


def _xls_cells(data: bytes) -> list[Cell]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        cell
        for name in book.sheet_names
        for cell in _addressed(
            [[str(value) for value in row] for row in book.get_sheet_by_name(name).to_python()], f"名单.xls!{name}"
        )
    ]


def _html(data: bytes) -> object:
    return "\n".join(lxml_html.fromstring(data).itertext())


#: Kind: how a file is made, how many times the rows, the library with the same data, the library with values alone.
KINDS: dict[str, tuple[Callable[[list[list[str]]], bytes], float, Callable[[bytes], object] | None]] = {
    "xlsx": (make_xlsx, 1, _openpyxl),
    "xls": (lambda people: workbook([Sheet("名单", [list(_HEADS), *people])]), 0.25, _calamine),
    "docx": (make_docx, 3, _docx),
    "html": (make_html, 1, _html),
    "csv": (make_csv, 1, _csv),
    "rtf": (make_rtf, 1, lambda data: rtf_to_text(data.decode("latin-1"))),
    "doc": (make_doc, 1, None),
    "zip": (make_zip, 1, _zip),
}


#: Kind: the library's values with address and surroundings.
SAME: dict[str, Callable[[bytes], list[Cell]]] = {"csv": _csv_cells, "zip": _zip_cells, "xls": _xls_cells}


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _least(work: Callable[[], object], used: Callable[[], float], rounds: int) -> float:
    """The least seconds of processor time that ``work`` took."""
    times: list[float] = []
    for _ in range(rounds):
        start = used()
        work()
        times.append(used() - start)
    return max(min(times), 1 / _TICKS)


def measure(kind: str, count: int, rounds: int) -> dict[str, object]:
    """One kind of file."""
    make, times, library = KINDS[kind]
    data = make(rows(int(count * times)))
    reader = Reader()
    limits = Limits(seconds=600, total_seconds=600)

    def ours() -> int:
        return len(reader.read(data, f"名单.{kind}", field="attachment:1", media_type="", limits=limits).segments)

    try:
        segments = ours()  # warm
        child = reader._child
        assert child is not None
        pid = child._process.pid
        seconds = _least(ours, lambda: time.process_time() + _processor(pid), rounds)
        found = reader.read(data, f"名单.{kind}", field="attachment:1", media_type="", limits=limits).segments
    finally:
        reader.close()
    # names of the files in an archive are segments, but no cells
    cells = [(s.text, s.locator, s.context) for s in found if s.context]
    del found
    told: dict[str, object] = {"bytes": len(data), "segments": segments, "mb_per_second": _speed(data, seconds)}
    if library is not None:
        theirs = _least(lambda: library(data), time.process_time, rounds)
        told |= {"library_mb_per_second": _speed(data, theirs), "ratio": round(seconds / theirs, 2)}
        if same := SAME.get(kind):
            theirs = _least(lambda: same(data), time.process_time, rounds)
            told |= {"ratio_values": told["ratio"], "ratio": round(seconds / theirs, 2), "same": cells == same(data)}
    if kind == "xlsx":
        told["ratio_values"] = round(seconds / _least(lambda: _calamine(data), time.process_time, rounds), 2)
    return told


def _speed(data: bytes, seconds: float) -> float:
    return round(len(data) / 1e6 / seconds, 2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=24_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(KINDS))
    chosen = parser.parse_args()
    told = {kind: measure(kind, chosen.rows, chosen.rounds) for kind in chosen.only.split(",")}
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
