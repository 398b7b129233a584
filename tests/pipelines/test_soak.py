"""Three nights in a row: flat memory, no process left (twenty by hand: ``python -m benchmarks.soak``)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.soak import LEAST, Row, leaks, soak

QUIET = Row(1, 10.0, 5, 6, 40, 400 * 2**20, 900 * 2**20, 0, 30, 8)


@pytest.mark.slow
def test_nights_in_a_row_leave_nothing_behind(tmp_path):
    rows = soak(3, 20, tmp_path)
    assert len(rows) == 3
    assert leaks(rows) == []
    assert all(row.checked > row.accounts / 2 for row in rows)


def test_leaks_are_seen():
    nights = [replace(QUIET, number=number) for number in range(1, 8)]
    assert leaks(nights) == []
    growing = [replace(row, own=row.own + row.number * LEAST) for row in nights]
    assert leaks(growing)
    assert "own grew" in leaks(growing)[0]
    assert "processes left" in leaks([*nights, replace(QUIET, number=8, left=2)])[0]
    assert "differ" in leaks([*nights, replace(QUIET, number=8, checked=3)])[0]
    first = [replace(QUIET, own=100 * 2**20), *nights[1:]]
    assert leaks(first) == [], "the first night fills caches"
