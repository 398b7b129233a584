"""Files made to do harm end within their limits, each with one clear message, and the run goes on."""

from __future__ import annotations

import gzip
import io
import os
import struct
import time
import zipfile

import openpyxl
import py7zr
import pytest

from extractors import extract
from extractors.limits import Limits
from tests.fixtures.leaky import places
from tests.fixtures.leaky.making.worddoc import Run, document
from tests.fixtures.leaky.making.workbook import Sheet, record, workbook
from tests.fixtures.leaky.making.zips import changed, packed
from tests.fixtures.leaky.registry import ID_NUMBER
from tests.fixtures.leaky.workbooks import cell

_LIMITS = Limits(seconds=20, total_seconds=30, unpacked_bytes=8 * 2**20)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_SHEET = "xl/worksheets/sheet1.xml"


def _nest(levels: int) -> bytes:
    body = packed({"末.txt": "到底了"})
    for number in range(levels):
        body = packed({f"{number}.zip": body})
    return body


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("零.bin", "w") as part,
    ):
        for _ in range(300):
            part.write(b"\x00" * 2**20)
    return buffer.getvalue()


def _many_bombs() -> bytes:
    """Each within the limit of one file, together beyond that of all."""
    return packed({f"{number}.bin": os.urandom(2**20) for number in range(12)})


def _laughing(name: str, root: str) -> bytes:
    text = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "哈">{_LAUGHS}]><{root}>&l11;</{root}>'
    return packed({name: text, "[Content_Types].xml": "<Types/>"})


def _million_rows(filled: bool) -> bytes:
    def rows(text: str) -> str:
        last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>末行</t></is></c></row>'
        between = "".join(f'<row r="{n}"/>' for n in range(3, 1_048_576)) if filled else ""
        return text.replace("</sheetData>", f"{between}{last}</sheetData>").replace("A1:C2", "A1:XFD1048576")

    return changed(cell(ID_NUMBER), {_SHEET: rows})


def _encrypted_zip() -> bytes:
    data = bytearray(packed({"名单.txt": "x"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic) + offset
        data[at] |= 1
    return bytes(data)


def _encrypted_7z() -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password="柳溪") as archive:
        archive.writestr("x", "名单.txt")
    return buffer.getvalue()


def _encrypted_doc() -> bytes:
    data = bytearray(document([Run("x\r")]))
    at = data.find(b"\xec\xa5\xc1\x00")
    struct.pack_into("<H", data, at + 10, 0x0300)
    return bytes(data)


def _deep_xml() -> bytes:
    deep = "<w:p>" * 5000 + "</w:p>" * 5000
    text = f'<w:document xmlns:w="x"><w:body>{deep}</w:body></w:document>'
    return packed({"word/document.xml": text})


HOSTILE = {
    "压缩炸弹": (_bomb, "炸弹.zip", "解开后过大"),
    "很多压缩炸弹": (_many_bombs, "炸弹.zip", "超过 8 MB"),
    "42 层嵌套": (lambda: _nest(42), "套娃.zip", "嵌套超过"),
    "上万个文件": (lambda: packed({f"{n}.txt": "x" for n in range(12_000)}), "多.zip", "12000 个文件"),
    "docx 实体炸弹": (lambda: _laughing("word/document.xml", "a"), "笑.docx", "实体定义"),
    "xlsx 实体炸弹": (lambda: _laughing("xl/workbook.xml", "a"), "笑.xlsx", "实体定义"),
    "docx 层层嵌套": (_deep_xml, "深.docx", "过深"),
    "gz 炸弹": (lambda: gzip.compress(b"\x00" * (100 * 2**20)), "零.txt.gz", "过大"),
    "加密 zip": (_encrypted_zip, "密.zip", "密码"),
    "加密 7z": (_encrypted_7z, "密.7z", "密码"),
    "加密 xls": (lambda: workbook([Sheet("甲", [["x"]])], records=record(0x2F, b"\x01\x00" * 3)), "密.xls", "密码"),
    "加密 doc": (_encrypted_doc, "密.doc", "密码"),
    "rar 没有解压程序": (lambda: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 40, "包.rar", "再查"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_within_its_limits_with_a_clear_message(name):
    build, file, words = HOSTILE[name]
    data = build()
    started = time.monotonic()
    found = extract(data, file, field="attachment:1", limits=_LIMITS)
    assert time.monotonic() - started < 30
    told = [f"{part.part}：{part.reason}" for part in found.unexamined]
    assert any(words in line for line in told), told
    assert all("请" in line for line in told), told
    assert extract("好".encode(), "好.html", field="body").segments


@pytest.mark.parametrize("filled", [False, True])
def test_a_million_rows_are_declared_and_two_are_there(filled):
    started = time.monotonic()
    found = extract(_million_rows(filled), "大.xlsx", field="body", limits=Limits(seconds=30))
    assert time.monotonic() - started < 20
    assert "名单!A1048576" in [segment.locator for segment in found.segments]
    assert not found.unexamined


def test_more_cells_than_the_limit_are_told():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("大")
    for number in range(3000):
        sheet.append([number + 10**11] * 4)
    buffer = io.BytesIO()
    book.save(buffer)
    found = extract(buffer.getvalue(), "大.xlsx", field="body", limits=Limits(segments=5000))
    assert len(found.segments) == 5000
    assert "文字过多" in found.unexamined[0].reason
    assert found.unexamined[0].part.startswith("大!A1251")


_OWN = ("xlsx", "xls", "csv", "docx", "doc", "wps", "rtf", "odt", "ods", "ofd", "html", "zip", "7z", "tar.gz")
SAMPLES = {place.kind: place for place in places() if place.kind in _OWN}


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_file_cut_off_anywhere_is_told_or_read(kind):
    data, file = SAMPLES[kind].leaky, SAMPLES[kind].file
    for share in (0.15, 0.5, 0.9, 0.99):
        found = extract(data[: int(len(data) * share)], file, field="attachment:1", limits=_LIMITS)
        assert found.segments or found.unexamined
        assert all("崩溃" not in part.reason for part in found.unexamined)


@pytest.mark.parametrize("ending", ["docx", "xls", "pdf", "zip", "txt", "jpg", ""])
def test_a_wrong_ending_does_not_matter(ending):
    found = extract(cell(ID_NUMBER), f"名单.{ending}".rstrip("."), field="body")
    assert "名单!C2" in [segment.locator for segment in found.segments]
