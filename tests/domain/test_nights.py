"""Which nights nobody looked on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.clock import CHINA
from domain.nights import missing_nights

FIRST = datetime(2026, 6, 10, 22, tzinfo=CHINA)
DAY = timedelta(days=1)
TEN = time(22)


def test_a_gap_is_named_day_by_day():
    runs = [FIRST, FIRST + DAY, FIRST + 4 * DAY]
    assert missing_nights(runs, FIRST + 4 * DAY, at=TEN) == [date(2026, 6, 12), date(2026, 6, 13)]


def test_the_last_night_is_missing_only_when_its_grace_is_over():
    limit = FIRST + DAY + timedelta(hours=30)
    assert missing_nights([FIRST], limit - timedelta(seconds=1), at=TEN) == []
    assert missing_nights([FIRST], limit, at=TEN) == [date(2026, 6, 11)]


def test_a_run_after_midnight_serves_the_evening_before():
    late = FIRST + DAY + timedelta(hours=4)
    assert missing_nights([FIRST, late], late + 2 * DAY + timedelta(hours=2), at=TEN) == [date(2026, 6, 12)]


def test_without_any_run_nothing_is_missing():
    assert missing_nights([], FIRST) == []
