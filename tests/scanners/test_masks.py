"""Masks laid over each other, and findings that rest on what recognition read."""

from __future__ import annotations

import pytest

from domain.post import Origin, Segment, Spot
from domain.rule import Confidence, Severity
from tests.scanners.examples import scanner

ID = "349901199001011231"
RULE = "privacy-complementary-masks"


def _found(*texts: str):
    segments = [Segment(f"attachment:{number}", text) for number, text in enumerate(texts, 1)]
    return scanner(RULE).scan_post(segments)


class TestComplementary:
    def test_two_files_that_hide_different_digits_of_one_person(self):
        (finding,) = _found("程大明 349901********1231", "程大明，身份证号34****19900101****")
        assert [place.field for place in finding.occurrences] == ["attachment:1", "attachment:2"]
        assert finding.severity is Severity.MAJOR
        assert ID not in finding.masked_sentence + finding.explanation + finding.message
        assert "程大明" not in finding.explanation

    @pytest.mark.parametrize(
        "texts",
        [
            ("程大明 349901********1231", "程大明 349901********1231"),
            ("程大明 349901********1231", "周小兰 34****19900101****"),
            ("程大明 349901********1231", "程大明 34****19900101***2"),
            ("程大明 3499**********1231", "程大明 349901************"),
            ("程* 349901********1231", "程* 34****19900101****"),
        ],
        ids=["the same mask", "two people", "another number", "still much hidden", "names hidden, too"],
    )
    def test_what_does_not_come_out_is_not_reported(self, texts):
        assert not _found(*texts)

    def test_cells_of_two_sheets(self):
        cells = [
            Segment("attachment:1", "349901********1231", Origin.DOCUMENT, locator="C2", context="身份证号\t程大明"),
            Segment("attachment:2", "34****19900101****", Origin.DOCUMENT, locator="C9", context="身份证号\t程大明"),
        ]
        (finding,) = scanner(RULE).scan_post(cells)
        assert [place.locator for place in finding.occurrences] == ["C2", "C9"]

    def test_a_long_list_of_one_name_ends(self):
        lines = "\n".join(f"程大明 3499{number:02d}********{number:04d}" for number in range(3000))
        _found(lines)


class TestRecognised:
    @staticmethod
    def _read(text: str, confidence: float | None, rule: str = "privacy-id-card-number"):
        start = next(at for at, sign in enumerate(text) if sign.isdigit())
        spots = (Spot(start, len(text), (10, 20, 200, 24), confidence),)
        segment = Segment("attachment:1", text, Origin.OCR, locator="图1", spots=spots)
        return scanner(rule).scan_post([segment])

    @pytest.mark.parametrize(
        ("confidence", "told"), [(0.99, Confidence.HIGH), (0.8, Confidence.MEDIUM), (0.4, Confidence.LOW)]
    )
    def test_a_number_read_unsurely_is_a_less_sure_finding(self, confidence, told):
        (finding,) = self._read(f"身份证号{ID}", confidence)
        assert finding.confidence is told
        assert ("把握" in finding.explanation) is (told is not Confidence.HIGH)
        assert finding.occurrences[0].box == (10, 20, 200, 24)
        assert finding.occurrences[0].locator == "图1"

    def test_a_number_that_fails_its_check_is_a_notice_even_below_a_label(self):
        (finding,) = self._read("身份证号349901199001011232", 0.99, "privacy-id-card-number-suspected")
        assert finding.severity is Severity.NOTICE
        assert finding.confidence is Confidence.LOW

    def test_watermarks_count_in_pictures_only(self):
        segment = Segment("attachment:1", "视觉中国", Origin.OCR, locator="图1")
        assert len(scanner("source-stock-watermark").scan_post([segment])) == 1
        assert not scanner("source-stock-watermark").scan_post([Segment("body", "视觉中国发布年报")])
