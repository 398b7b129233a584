"""Cells go over the pipe by the row and come out as the segments they would have been one by one."""

from __future__ import annotations

import pytest

from domain.post import Origin, Segment
from extractors import wire
from extractors.cells import CELL, Gathered, Grid, Shape
from extractors.driver import context_of, extract_here
from extractors.formats import csv
from extractors.limits import Limits
from extractors.model import Extraction

_LIST = "姓名,电话,备注\n周禾,13800000001,\n,,\n吴小满, 13800000002 ,电话\n姓名,电话,电话\n"


def _through(text: str) -> tuple[Segment, ...]:
    found = csv.extract(text.encode(), context_of("名单.csv", "attachment:1", "", Limits()))
    return wire.decode(b"".join(wire.encode(found, "0")))[1].segments


def test_a_cell_keeps_its_address_its_head_and_its_row():
    cells = {segment.locator: segment for segment in _through(_LIST)}
    assert cells["名单.csv!B2"] == Segment(
        "attachment:1", "13800000001", Origin.DOCUMENT, locator="名单.csv!B2", context="电话\t周禾"
    )
    assert cells["名单.csv!B4"].context == "电话\t吴小满\t电话"
    assert cells["名单.csv!C4"].context == "备注\t吴小满\t13800000002"
    assert "名单.csv!C2" not in cells
    with pytest.raises(AttributeError):
        cells["名单.csv!B2"].text = ""  # type: ignore[misc]


def test_a_word_below_itself_has_no_head():
    assert [s.context for s in _through("姓名,电话\n姓名,5\n")][2:] == ["\t5", "电话\t姓名"]


@pytest.mark.parametrize("sign", ["\x1f", "\x1e"])
def test_the_signs_that_part_cells_may_stand_in_one(sign):
    cells = _through(f"{_LIST}郑河,1{sign}3,乙\n王杏,4,丙\n")
    assert [segment.text for segment in cells][-6:] == ["郑河", f"1{sign}3", "乙", "王杏", "4", "丙"]
    assert cells[-5].context == "电话\t郑河\t乙"
    assert cells[-5].locator == "名单.csv!B6"


def test_a_wide_row_keeps_what_is_near():
    row = [f"c{n}" for n in range(40)]
    (cell,) = (segment for segment in _through(",".join(row)) if segment.text == "c20")
    assert cell.context.split("\t")[1:] == [*row[:6], *row[14:20], *row[21:27]]


def test_a_row_that_is_not_of_its_shape_is_malformed():
    grid = Grid("body", "", False, [Shape(("A", "B"), ("", ""), ("", ""))], [1], [0], [f"a{CELL}b{CELL}c"], 3)
    with pytest.raises(ValueError):
        wire.decode(b"".join(wire.encode(Extraction(grids=((0, grid),)), "0")))


def test_what_is_cut_is_told():
    found = extract_here(_LIST.encode(), "名单.csv", field="body", limits=Limits(segments=4))
    assert len(found.segments) == 4
    assert "这里以后未检查" in found.unexamined[0].reason


def test_segments_and_cells_keep_their_order():
    gathered = Gathered([Segment("body", "前"), Segment("body", "后")])
    gathered.grids.append((1, Grid("body", "S!", True, [Shape(("A",), ("",), ("隐藏列",))], [7], [0], ["中"], 1)))
    assert [(s.text, s.locator, s.hidden) for s in gathered.all()] == [
        ("前", "", False),
        ("中", "S!A7（隐藏列）", True),
        ("后", "", False),
    ]
