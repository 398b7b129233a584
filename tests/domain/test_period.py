"""Months, quarters and years by days in China."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.period import period_of, quarter_before


@pytest.mark.parametrize(
    ("said", "since", "until", "label"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年度"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
    ],
)
def test_periods(said, since, until, label):
    period = period_of(said)
    assert (period.since, period.until, period.label) == (since, until, label)


@pytest.mark.parametrize("said", ["", "2026Q5", "2026-13", "2026-0", "今年", "26Q1", "2026-06-01"])
def test_what_is_no_period_is_refused(said):
    with pytest.raises(ValueError, match="请写成 2026Q3"):
        period_of(said)


def test_a_period_begins_and_ends_at_midnight_in_china():
    period = period_of("2026Q3")
    assert period.begins == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert period.ends == datetime(2026, 9, 30, 16, tzinfo=UTC)


def test_the_quarter_that_has_just_ended():
    assert quarter_before(date(2026, 10, 1)).label == "2026年第三季度"
    assert quarter_before(date(2026, 3, 31)).label == "2025年第四季度"
