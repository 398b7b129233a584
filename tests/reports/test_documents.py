"""The measures of GB/T 9704-2012 in the file itself: page, type area, lines, faces, order of the format's elements."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from reports.documents import fonts, layout, page, titles
from reports.documents.content import Grid, Official, Paragraph, chinese_date, numeral
from reports.documents.elements import _ORDER
from reports.documents.fonts import Face, faces_for
from tests.reports.papers import BUREAU, long_paper

MM = 36000  # EMU


@pytest.fixture(scope="module")
def paper():
    return docx.Document(io.BytesIO(layout.render(long_paper(letterhead="柳溪市民政局"))))


def test_page_and_type_area_are_those_of_the_standard(paper):
    upright = [section for section in paper.sections if section.page_width < section.page_height]
    assert len(upright) == 2
    for section in upright:
        assert (section.page_width / MM, section.page_height / MM) == pytest.approx((210, 297), abs=0.1)
        assert section.top_margin / MM == pytest.approx(37, abs=0.1)
        assert section.left_margin / MM == pytest.approx(28, abs=0.1)
        assert section.bottom_margin / MM == pytest.approx(35, abs=0.1)
        assert section.right_margin / MM == pytest.approx(26, abs=0.2)
    (across,) = [section for section in paper.sections if section.page_width > section.page_height]
    assert (across.page_width / MM, across.page_height / MM) == pytest.approx((297, 210), abs=0.1)
    assert across.page_width / MM - across.left_margin / MM - across.right_margin / MM == pytest.approx(225, abs=1)
    assert across.page_height / MM - across.top_margin / MM - across.bottom_margin / MM == pytest.approx(156, abs=1)


def test_22_lines_of_28_characters_fill_the_type_area(paper):
    normal = paper.styles["Normal"]
    pitch = normal.paragraph_format.line_spacing.pt
    section = paper.sections[0]
    height = (section.page_height - section.top_margin - section.bottom_margin) / 12700
    assert height / pitch == pytest.approx(22, abs=0.05)
    assert 22 * pitch <= height
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    advance = normal.font.size.pt + closer
    width = (section.page_width - section.left_margin - section.right_margin) / 12700
    assert 28 * advance <= width < 28 * advance + 1
    assert normal.font.size.pt == 16


def test_faces_are_named_as_the_standard_names_them(paper):
    def face(text):
        (run,) = [run for p in paper.paragraphs for run in p.runs if run.text == text]
        return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt, bool(run.bold)

    assert face("一、总体情况") == ("黑体", 16, False)
    assert face("（一）更新不及时（3个）") == ("楷体_GB2312", 16, False)
    assert face("1. 柳溪民政") == ("仿宋_GB2312", 16, True)
    assert face("机关各科室、局属各单位：") == ("仿宋_GB2312", 16, False)
    assert face("全局政务新媒体检查情况的通报") == ("方正小标宋简体", 22, False)
    assert face("附件1")[0] == "黑体"
    footers = [section.footer for section in paper.sections] + [section.even_page_footer for section in paper.sections]
    for footer in footers:
        for run in footer.paragraphs[0].runs:
            assert run.font.size.pt == 14
            assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"


def test_page_numbers_stand_outside(paper):
    assert paper.settings.odd_and_even_pages_header_footer
    odd, even = paper.sections[0].footer.paragraphs[0], paper.sections[0].even_page_footer.paragraphs[0]
    assert "".join(run.text for run in odd.runs) == "—  —"
    assert odd.alignment == 2
    assert odd.paragraph_format.right_indent.pt == 14
    assert even.alignment == 0
    assert even.paragraph_format.left_indent.pt == 14
    assert all("PAGE" in p._p.xml for p in (odd, even))


def test_names_of_faces_have_alternatives_in_the_file():
    with zipfile.ZipFile(io.BytesIO(layout.render(long_paper()))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    for face in Face:
        assert re.search(f'w:name="{face.value}"><w:altName w:val="[^"]+"', table), face


def test_children_of_properties_stand_in_the_order_of_the_format(paper):
    """Word calls a document damaged whose elements stand in another order."""
    parts = [paper.element, paper.styles.element, paper.sections[0].footer._element]
    looked = 0
    for part in parts:
        for name, order in _ORDER.items():
            for properties in part.iter(qn(f"w:{name}")):
                names = [child.tag.rpartition("}")[2] for child in properties]
                assert names == sorted(names, key=order.index), name
                looked += 1
    assert looked > 300


def test_tables_repeat_their_header_and_tear_no_row(paper):
    table = paper.tables[0]
    assert len(table.rows) == 101
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    links = {rel.target_ref for rel in paper.part.rels.values() if rel.is_external}
    assert "https://mzj.liuxi.example/1" in links


def test_the_imprint_is_the_last_thing_between_its_rules(paper):
    table = paper.tables[-1]
    assert [row.cells[0].text for row in table.rows] == ["　抄送：市政府办公室。", f"　{BUREAU}　　2026年10月9日印发"]
    position = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (position.get(qn("w:vertAnchor")), position.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert [(side.tag.rpartition("}")[2], side.get(qn("w:sz"))) for side in borders] == [
        ("top", "8"), ("bottom", "8"), ("insideH", "6"),
    ]  # fmt: skip


def test_what_is_no_web_address_becomes_no_link():
    bad = ("javascript:alert(1)", "file:///etc/passwd", "=HYPERLINK(1)", "https://a b/", 'https://x/"onclick=')
    paper = Official(
        title=("试",), body=(Grid(("甲",), tuple((one,) for one in bad), (1,)),), signer=BUREAU, on=long_paper().on
    )
    made = docx.Document(io.BytesIO(layout.render(paper)))
    assert not [rel for rel in made.part.rels.values() if rel.is_external]
    assert [row.cells[0].text for row in made.tables[0].rows][1:] == list(bad)


def test_one_document_gives_one_file():
    assert layout.render(long_paper()) == layout.render(long_paper())


def test_markup_and_control_characters_are_text():
    paper = long_paper(body=(Paragraph("<w:p>&amp;\x00\x0b甲</w:p>"),))
    made = docx.Document(io.BytesIO(layout.render(paper)))
    assert "<w:p>&amp;\ufffd\ufffd甲</w:p>" in [p.text for p in made.paragraphs]


def test_a_secret_level_is_never_printed(paper):
    text = "\n".join(p.text for p in paper.paragraphs)
    assert not re.search("绝密|机密|秘密", text)


def test_no_signature_stands_alone(paper):
    lines = paper.paragraphs
    (signer,) = [n for n, p in enumerate(lines) if p.text == BUREAU and p.alignment == 2]
    for paragraph in lines[signer - 3 : signer + 1]:
        assert paragraph.paragraph_format.keep_with_next
    assert lines[signer + 1].text == "2026年10月9日"


@pytest.mark.parametrize(
    ("units", "wanted"),
    [
        (("政务新媒体", "整改通知书"), ["政务新媒体整改通知书"]),
        ((BUREAU, "关于2026年第三季度", "全局政务新媒体", "检查情况的通报"),
         ["柳溪市民政局办公室关于2026年第三季度", "全局政务新媒体检查情况的通报"]),
        (("字" * 45,), ["字" * 20, "字" * 20, "字" * 5]),
        ((), []),
    ],
)  # fmt: skip
def test_titles_break_between_units_of_meaning(units, wanted):
    assert titles.lines(units) == wanted


def test_a_face_that_is_not_installed_is_replaced_by_the_nearest_and_told():
    faces = faces_for(("FangSong", "Noto Serif CJK SC", "黑体"))
    assert faces[Face.BODY] == "FangSong"
    assert faces[Face.HEAVY] == "黑体"
    assert faces[Face.TITLE] == "Noto Serif CJK SC"
    assert faces.substituted["仿宋_GB2312"] == "FangSong"
    assert "黑体" not in faces.substituted
    assert fonts.faces_for(()).substituted == {}


def test_words_of_numbers_and_days():
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]
    with pytest.raises(ValueError, match="no numeral"):
        numeral(100)
    assert chinese_date(long_paper().on) == "2026年10月9日"


def test_the_numbers_of_the_page_are_derived_from_each_other():
    assert page.TOP_MM + page.BOTTOM_MM + 225 == page.PAGE_HEIGHT_MM
    assert page.LEFT_MM + page.RIGHT_MM + 156 == page.PAGE_WIDTH_MM
