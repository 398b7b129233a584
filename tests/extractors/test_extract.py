"""Files written here with the office libraries, read back through ``extract``."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from domain.post import Origin
from extractors import extract
from extractors.sniff import kind_of


def _docx(build) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx(build) -> bytes:
    book = openpyxl.Workbook()
    build(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_encoding_an_office_writes(encoding):
    found = extract("柳溪市民政局通知".encode(encoding), "稿件.txt", field="body")
    assert [segment.text for segment in found.segments] == ["柳溪市民政局通知"]
    assert not found.unexamined


def test_undecodable_text_is_reported_with_a_remedy():
    found = extract(b"\x81\xff\xff\xff abc", "稿件.txt", field="body")
    assert not found.segments
    assert "另存为 UTF-8" in found.unexamined[0].reason


def test_html_breaks_lines_at_blocks_and_marks_what_is_not_shown():
    page = (
        "<html><head><title>公示</title><script>var 忽略=1</script></head><body><p>第一<b>段</b></p><!-- 内部备注 -->"
    )
    page += '<table><tr><td>甲</td><td>乙</td></tr></table><img alt="名单截图"><a href="https://liuxi.example/a">附件</a></body>'
    found = extract(page.encode(), "a.html", field="body")
    shown = {segment.field: segment.text for segment in found.segments if not segment.hidden}
    assert shown == {"title": "公示", "body": "第一段\n甲\t乙\n附件"}
    assert {(segment.text, segment.origin) for segment in found.segments if segment.hidden} == {
        ("内部备注", Origin.COMMENT),
        ("名单截图", Origin.METADATA),
    }
    assert found.links == ("https://liuxi.example/a",)


def test_sheet_gives_each_cell_its_address_head_and_row_and_marks_hidden_sheets():
    def build(book):
        book.active.title = "名单"
        book.active.append(["姓名", "账号"])
        book.active.append(["周某", 6222000000000000007])
        secret = book.create_sheet("底册")
        secret["B3"] = "原始数据"
        secret.sheet_state = "hidden"

    found = extract(_xlsx(build), "补贴.xlsx", field="attachment:1")
    places = {segment.locator: segment for segment in found.segments}
    assert places["补贴.xlsx!名单!B2"].context == "账号\t周某"
    assert places["补贴.xlsx!底册!B3（隐藏工作表）"].hidden
    assert not places["补贴.xlsx!名单!A1"].hidden


def test_docx_reads_paragraphs_tables_and_tracked_deletions():
    def build(document):
        document.add_paragraph("第一段")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["姓名", "电话", "周某", "0564-0000000"], strict=True):
            cell.text = text
        paragraph = document.add_paragraph("保留")
        deletion, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
        text.text = "删去的号码"
        run.append(text)
        deletion.append(run)
        paragraph._p.append(deletion)
        document.add_paragraph().add_run("隐身").font.hidden = True
        paragraph._p.find(qn("w:r"))

    found = extract(_docx(build), "稿.docx", field="body")
    places = {segment.locator: segment for segment in found.segments}
    assert places["第1段"].text == "第一段"
    assert places["表1第2行第2列"].context == "电话\t周某"
    assert places["第2段"].text == "保留"
    assert places["第2段（修订中已删除）"].text == "删去的号码"
    assert places["第2段（修订中已删除）"].hidden
    assert places["第3段（隐藏文字）"].hidden


def _pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(out)


def test_pdf_text_and_pages_without_any():
    assert extract(_pdf("Notice 2026"), "a.pdf", field="body").segments[0].text == "Notice 2026"
    empty = extract(_pdf(""), "空白.pdf", field="attachment:1")
    assert not empty.segments
    assert not empty.unexamined


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.docx", "空的"),
        (b"PK\x03\x04broken", "坏.docx", "文件损坏"),
        (b"PK\x03\x04broken", "坏.zip", "压缩包"),
        (b"%PDF-1.7 broken", "坏.pdf", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.doc", "再查"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "坏.xls", "损坏"),
        (b"\x89PNG\r\n\x1a\n", "图.png", "查"),
        (b"\x00\x01\x02\x03", "未知.bin", "不认识"),
    ],
)
def test_what_cannot_be_read_is_said_with_reason_and_remedy(data, name, words):
    found = extract(data, name, field="attachment:1")
    assert not found.segments
    assert [part.part for part in found.unexamined] == [name]
    assert words in found.unexamined[0].reason


def test_a_zip_bomb_inside_a_docx_is_not_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (130 * 1024 * 1024) + b"</a>")
    found = extract(buffer.getvalue(), "大.docx", field="attachment:1")
    assert "过大" in found.unexamined[0].reason


def test_the_bytes_decide_not_the_name():
    assert kind_of(b"<html><body>x</body></html>", "通知.doc") == "html"
    assert kind_of(_xlsx(lambda book: None), "通知.docx") == "xlsx"
