"""What a PDF page says, what it hides, and files that are made to break readers."""

from __future__ import annotations

import pytest

from domain.post import Origin
from extractors.driver import extract_here
from extractors.pdf.text import rejoined
from tests.fixtures.drawing import needs, pictures
from tests.fixtures.drawing.pdf import Page, Pdf, box, drawn, link, note, shown

ID = "349901199001011231"
LINE = f"程某 身份证号 {ID} 救助金 1200 元"


def _read(*pages: bytes | Page, **more):
    document = Pdf([page if isinstance(page, Page) else Page(page) for page in pages], **more)
    return extract_here(document.bytes(), "名单.pdf", field="body")


class TestText:
    def test_a_number_knows_its_place_on_the_page(self):
        (segment,) = _read(shown(LINE, 60, 700)).segments
        start = segment.text.index(ID)
        left, top, width, height = segment.box_of(start, start + 18)
        assert segment.locator == "第1页"
        assert 140 < left < 150
        assert 128 < top < 142
        assert 100 < width < 115
        assert 5 < height < 14

    def test_numbers_that_wrap_are_joined_and_cells_with_figures_are_not(self):
        assert rejoined(f"{ID[:11]}\r\n{ID[11:]}\r\n1200", set())[0] == f"{ID}\n1200"
        assert rejoined(f"1\r\n{ID}\r\n2", set())[0] == f"1\n{ID}\n2"
        assert rejoined("20240101\n20240102", set())[0] == "20240101\n20240102"
        assert rejoined("138000\n01234 周某", set())[0] == "13800001234 周某"

    def test_links_remarks_properties_and_fields(self):
        page = Page(shown("公示", 60, 700), annotations=[note("请核对"), link("https://example.org/a")])
        found = _read(page, properties={"Author": "周某"}, fields={"备注": "内部"})
        told = {segment.locator: segment for segment in found.segments}
        assert told["第1页批注"].hidden
        assert told["第1页批注"].origin is Origin.COMMENT
        assert told["文档属性：作者"].text == "周某"
        assert told["第1页表单域“备注”"].text == "内部"
        assert found.links == ("https://example.org/a",)


class TestUnseen:
    @pytest.mark.parametrize(
        "content",
        [
            shown(LINE, 60, 700) + box(140, 696, 130, 16),
            shown(LINE, 60, 700, colour="1 1 1"),
            shown(LINE, 60, 700, mode=3),
            shown(LINE, 60, 930),
            shown(LINE, 60, 700, size=0.9),
            box(140, 690, 140, 24) + shown(LINE, 60, 700),
        ],
        ids=["bar", "white", "invisible", "off the page", "tiny", "black on black"],
    )
    def test_what_is_not_seen_is_told_as_hidden_and_is_not_in_the_text(self, content):
        found = _read(shown("柳溪市公示", 60, 780) + content)
        hidden = [segment for segment in found.segments if segment.hidden]
        seen = [segment for segment in found.segments if not segment.hidden]
        assert [ID in segment.text for segment in hidden] == [True]
        assert not any(ID in segment.text for segment in seen)

    @pytest.mark.parametrize(
        "content",
        [
            box(50, 690, 400, 26, colour="0 0 0.5") + shown(LINE, 60, 700, colour="1 1 1"),
            box(50, 690, 400, 26, colour="0.9 0.9 0.9") + shown(LINE, 60, 700),
            shown(LINE, 60, 700) + box(60, 697, 300, 0.8),
            shown(LINE, 60, 700) + box(60, 600, 300, 40),
        ],
        ids=["white on blue", "shaded row", "underlined", "bar elsewhere"],
    )
    def test_what_is_seen_is_not_called_hidden(self, content):
        found = _read(content)
        assert [segment.hidden for segment in found.segments if ID in segment.text] == [False]

    def test_a_layer_that_says_what_the_scan_shows_hides_nothing(self):
        needs.recognition()
        scan = pictures.table("救助公示", [("姓名", "身份证号"), ("程某", ID)], columns=(0.6, 6, 12))
        placed = drawn("I", 20, 500, 550, 550 * scan.height / scan.width)
        found = _read(Page(placed + shown(f"救助公示 姓名 身份证号 程某 {ID}", 60, 700, mode=3), {"I": scan}))
        assert [(segment.hidden, segment.locator) for segment in found.segments if ID in segment.text] == [
            (False, "第1页")
        ]

    def test_a_bar_over_a_scan_leaves_the_scan_in_the_file(self):
        needs.recognition()
        scan = pictures.table("救助公示", [("姓名", "身份证号"), ("程某", ID)], columns=(0.6, 6, 12))
        height = 550 * scan.height / scan.width
        bar = box(20 + 550 * 0.3, 500, 400, height * 0.6)
        found = _read(Page(drawn("I", 20, 500, 550, height) + bar, {"I": scan}))
        told = [(segment.hidden, segment.locator) for segment in found.segments if ID in segment.text]
        assert told == [(True, "第1页图1（遮盖下的图片）")]


class TestLimits:
    def test_an_encrypted_file_is_told_in_one_sentence(self):
        data = Pdf([Page(shown("甲", 60, 700))]).bytes()
        locked = data.replace(
            b"trailer<<",
            b"trailer<</Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<"
            + b"11" * 32
            + b">/U<"
            + b"22" * 32
            + b">>>/ID[<33><33>]",
        )
        found = extract_here(locked, "名单.pdf", field="body")
        assert "加密" in found.unexamined[0].reason
        assert len(found.unexamined) == 1

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"1 0 obj<<>>endobj\n" * 2000])
    def test_a_broken_file_is_told_in_one_sentence(self, data):
        found = extract_here(data, "名单.pdf", field="body")
        assert [part.reason for part in found.unexamined] == ["PDF 损坏，请重新导出后再查"]

    def test_a_page_of_very_many_shapes_is_read_and_told(self):
        shapes = b"".join(b"%d %d 5 5 re f\n" % (at % 600, at % 800) for at in range(80_000))
        found = _read(shapes + shown(LINE, 60, 700))
        assert ID in found.segments[0].text
        assert "过于复杂" in found.unexamined[0].reason

    def test_a_blank_page_holds_nothing(self):
        found = _read(b"")
        assert not found.segments
        assert not found.unexamined
