"""Parts of the reading of pictures, without the engine where it is not needed."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from domain.post import Origin
from extractors.driver import extract_here
from extractors.model import Context
from extractors.pictures import codes, layout, metadata, mosaics, opening, reading, tiles
from extractors.pictures.lines import Line
from tests.fixtures.drawing import needs, pictures

ID = "349901199001011231"


def _line(text: str, left: float, top: float, width: float = 0.0, height: float = 20, sure: float = 0.99) -> Line:
    width = width or 10 * len(text)
    step = width / len(text)
    edges = tuple((left + step * at, left + step * (at + 1)) for at in range(len(text)))
    return Line(text, left, top, left + width, top + height, 0.0, edges, (sure,) * len(text))


def _turned(text: str, left: float, top: float) -> Line:
    """A line of a sheet that falls by three pixels in a hundred."""
    top += left * 0.03
    return Line(text, left, top, left + 200, top + 26, 0.03, ((left, left + 200),) * 4, (1.0,) * 4)


def _context(name: str = "a.png") -> Context:
    return Context(name=name, field="body")


class TestLayout:
    def test_cells_of_a_row_are_parted_and_rows_follow_each_other(self):
        text = layout.arrange([_line("300元", 400, 52), _line("姓名", 10, 10, 40), _line("程某", 10, 50, 40)])
        assert text.text == "姓名\n程某\t300元"

    def test_a_number_found_in_two_boxes_of_one_row_is_one_number(self):
        text = layout.arrange([_line(ID[:10], 10, 10), _line(ID[10:], 122, 11)])
        assert text.text == f"{ID[:10]} {ID[10:]}"

    def test_two_numbers_far_apart_stay_two_cells(self):
        assert layout.arrange([_line("12", 10, 10), _line(ID, 60, 10)]).text == f"12\t{ID}"

    def test_spots_say_where_and_how_surely(self):
        text = layout.arrange([_line(f"证{ID}", 10, 10, 190, sure=0.7)])
        spot = next(spot for spot in text.spots if text.text[spot.start : spot.end] == ID)
        assert spot.confidence == 0.7
        assert 19 <= spot.box[0] <= 21
        assert 175 <= spot.box[2] <= 185

    def test_a_wrapped_number_is_joined_only_when_a_whole_one_comes_out(self):
        lines = [_line(ID[:12], 10, 10), _line(ID[12:], 10, 34), _line("2024", 10, 58)]
        assert [text.text for text in layout.wrapped(lines)] == [ID]
        assert not list(layout.wrapped([_line("20240101", 10, 10), _line("20240102", 10, 34)]))

    def test_a_turned_list_keeps_its_rows(self):
        places = (("甲甲甲甲", 0, 0), ("乙乙乙乙", 600, 0), ("丙丙丙丙", 0, 30), ("丁丁丁丁", 600, 30))
        lines = [_turned(*place) for place in places]
        assert layout.arrange(lines).text == "甲甲甲甲\t乙乙乙乙\n丙丙丙丙\t丁丁丁丁"


class TestTiles:
    def test_a_long_picture_is_cut_with_overlap_and_nothing_is_read_twice(self):
        picture = Image.new("RGB", (600, 6000), "white")
        seen: list[tuple[int, int]] = []

        def recognise(tile: Image.Image) -> list[Line]:
            seen.append(tile.size)
            return [_line("上", 10, 5, 20), _line("下", 10, tile.height - 30, 20)]

        lines, left_out = tiles.read(picture, recognise, most_tiles=50)
        assert left_out == 0
        assert all(max(size) <= tiles.SIDE + 1 for size in seen)
        assert len(seen) >= 4
        assert max(line.bottom for line in lines) == pytest.approx(5990, abs=2)

    def test_tiles_beyond_the_limit_are_told(self):
        _, left_out = tiles.read(Image.new("RGB", (600, 30_000)), lambda _: [], most_tiles=5)
        assert left_out > 10

    def test_the_same_line_in_two_tiles_stays_once_and_whole(self):
        lines: list[Line] = []
        tiles._merge(lines, _line("34990119900101", 10, 10))
        tiles._merge(lines, _line(ID, 10, 11))
        assert [line.text for line in lines] == [ID]


class TestOpening:
    def test_a_picture_too_large_is_told_with_its_size_before_it_is_unpacked(self):
        image = Image.new("1", (20_000, 20_000))
        found = extract_here(pictures.saved(image), "大图.png", field="body")
        assert not found.segments
        assert "20000×20000" in found.unexamined[0].reason

    def test_a_truncated_photo_is_read_as_far_as_it_goes(self):
        data = pictures.saved(Image.effect_noise((400, 300), 60).convert("RGB"), "JPEG")
        opened = opening.open_picture(data[: len(data) // 2], _context())
        assert [picture.size for _, picture in opened.frames()] == [(400, 300)]
        assert "截断" in opened.notes[0]

    def test_frames_that_show_nothing_new_are_left_out(self):
        plain, other = Image.new("RGB", (300, 200), "white"), Image.new("RGB", (300, 200), "white")
        ImageDraw.Draw(other).rectangle((50, 50, 100, 100), fill="black")
        data = pictures.saved(plain, "GIF", save_all=True, append_images=[plain.copy(), other, other.copy()])
        opened = opening.open_picture(data, _context("a.gif"))
        assert len(list(opened.frames())) == 2

    def test_white_letters_on_nothing_get_a_dark_ground(self):
        clear = Image.new("RGBA", (40, 40), (255, 255, 255, 0))
        ImageDraw.Draw(clear).rectangle((10, 10, 20, 20), fill=(255, 255, 255, 255))
        opened = opening.open_picture(pictures.saved(clear), _context())
        (_, picture), *_ = opened.frames()
        assert picture.getpixel((0, 0)) == (0, 0, 0)
        assert picture.getpixel((15, 15)) == (255, 255, 255)

    @pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"x" * 40, b"\xff\xd8\xff\xe0abc", b"GIF89a"])
    def test_what_is_no_picture_is_told_in_one_sentence(self, data):
        found = extract_here(data, "a.png", field="body")
        assert len(found.unexamined) == 1
        assert found.unexamined[0].reason.startswith("图片")


class TestMetadata:
    def test_position_and_remarks(self):
        exif = Image.Exif()
        exif[0x010E] = "程某家中".encode()
        exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 45.0, 4.32), 3: "E", 4: (116.0, 30.0, 4.32)})
        data = pictures.saved(Image.new("RGB", (64, 64)), "JPEG", exif=exif)
        told = dict(metadata.read(opening.open_picture(data, _context("a.jpg")).image))
        assert told["拍摄位置"] == "照片记录的拍摄位置：北纬31.75120度，东经116.50120度"
        assert told["说明"] == "程某家中"

    def test_a_position_of_zeros_is_none(self):
        exif = Image.Exif()
        exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
        data = pictures.saved(Image.new("RGB", (64, 64)), "JPEG", exif=exif)
        assert not dict(metadata.read(opening.open_picture(data, _context("a.jpg")).image))


class TestCodes:
    def test_a_code_is_text_and_a_link(self):
        pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed (extra ocr)")
        sheet = Image.new("RGB", (800, 600), "white")
        sheet.paste(pictures.code("https://example.org/login?a=1"), (300, 200))
        (code,) = codes.read(sheet)
        assert code.link == "https://example.org/login?a=1"
        assert code.box[0] >= 300
        assert code.box[1] >= 200

    def test_text_that_is_no_address_is_no_link(self):
        assert codes.Code("电话13800001234", "QRCode", (0, 0, 1, 1)).link == ""


class TestMosaics:
    @pytest.mark.parametrize("side", [5, 7])
    def test_a_light_mosaic_is_told_without_the_number(self, side):
        needs.recognition()
        found = extract_here(pictures.saved(_covered(side)), "a.png", field="body")
        told = [segment for segment in found.segments if segment.text.startswith(reading.LIGHT_MOSAIC)]
        assert len(told) == 1
        assert ID not in told[0].text
        assert told[0].spots[0].box[2] > 250

    def test_a_coarse_mosaic_is_none(self):
        needs.recognition()
        found = extract_here(pictures.saved(_covered(14)), "a.png", field="body")
        assert not [segment for segment in found.segments if segment.text.startswith(reading.LIGHT_MOSAIC)]

    def test_a_code_is_no_mosaic(self):
        pytest.importorskip("cv2", reason="OpenCV is not installed (extra ocr)")
        picture = pictures.code("https://example.org/" + "x" * 60)
        boxes = [code.box for code in codes.read(picture)]
        assert not list(mosaics.find(picture, [], boxes, lambda _: [_line("123456789", 0, 0)]))


def _covered(side: int) -> Image.Image:
    sheet = pictures.page([f"身份证号 {ID}"], size=36, width=800)
    left = 30 + int(pictures.font(36).getlength("身份证号 ")) - 3
    return pictures.pixelated(sheet, (left, 28, left + 400, 84), side)


class TestWithoutTheExtra:
    def test_the_picture_is_told_as_not_looked_into_with_the_remedy(self, monkeypatch):
        monkeypatch.setattr("extractors.pictures.engine.available", lambda: False)
        monkeypatch.setattr("extractors.pictures.codes.available", lambda: False)
        monkeypatch.setattr("extractors.pictures.engine._engine", _engine_missing)
        found = extract_here(pictures.saved(Image.new("RGB", (99, 99))), "a.png", field="attachment:1")
        assert not found.segments
        reasons = " ".join(part.reason for part in found.unexamined)
        assert "图片文字未识别" in reasons
        assert "'.[ocr]'" in reasons


def _engine_missing():
    from extractors.model import MissingTool
    from extractors.pictures import engine

    raise MissingTool("", f"图片文字未识别：没有安装识别组件，{engine.REMEDY}")


def test_an_upside_down_picture_is_read_and_its_places_are_those_of_the_picture():
    needs.recognition()
    sheet = pictures.table("救助公示", [("姓名", "身份证号"), ("程某", ID), ("周某", ID)], columns=(0.6, 6, 12))
    turned = sheet.transpose(Image.Transpose.ROTATE_90)
    found = extract_here(pictures.saved(turned), "a.png", field="body")
    (segment,) = [segment for segment in found.segments if segment.origin is Origin.OCR and ID in segment.text]
    start = segment.text.index(ID)
    left, top, width, height = segment.box_of(start, start + len(ID)) or (0, 0, 0, 0)
    assert height > 4 * width
    assert 0 <= left < turned.width
    assert 0 <= top < turned.height
