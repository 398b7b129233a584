"""An identity number followed by two digits: a disability certificate, or the beginning of something else."""

from __future__ import annotations

import pytest

from domain.post import Segment
from scanners.checks.resident_id import check_character
from tests.scanners.examples import scanner

FIRST17 = "34990119900101123"
ID = FIRST17 + check_character(FIRST17).upper()


def explained(text: str) -> str:
    (finding,) = scanner("privacy-id-card-number").scan_post([Segment("body", text)])
    return finding.explanation


@pytest.mark.parametrize("tail", ["43", " 43", "43B1", "43。", "43、李某", " 43\n下一行", "43，持证人"])
def test_category_and_grade_make_a_disability_certificate(tail):
    assert "残疾人证号" in explained(f"证号{ID}{tail}")


@pytest.mark.parametrize(
    "tail",
    [
        " 11/25/26",
        "\t11/25/26",
        " 11-25-26",
        " 11.25",
        " 11：25",
        " 11月25日",
        " 11 月 25 日",
        " 14:30",
        " 12人",
        " 43岁",
        " 11/25/26 登记",
        " 432",
    ],
)
def test_a_date_a_time_or_a_quantity_makes_none(tail):
    assert "残疾" not in explained(f"证号{ID}{tail}")
