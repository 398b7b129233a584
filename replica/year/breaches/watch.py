"""第九、十三条: rosters, incidents, the nightly run itself, quarterly checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.register import DutyShift, Incident, RegularCheck
from replica.year.breaches.stage import Stage
from replica.year.cast import BUREAU
from replica.year.desk import PERIODS, at


def seed_roster_gap(stage: Stage) -> None:
    """One shift of the National Day has nobody's name; told three days ahead."""
    name, starts_at, _ = PERIODS[1]
    key = f"{name}/{BUREAU}/010"
    stage.change_record(DutyShift, key, lambda record: replace(record, person=""))
    told = (starts_at - timedelta(days=3)).date()
    stage.expect(told, "R69", "security-duty-roster-gap", stage.main(BUREAU))


def seed_handover(stage: Stage) -> None:
    """A shift of the Spring Festival is never handed over."""
    name, starts_at, _ = PERIODS[0]
    stage.change_record(DutyShift, f"{name}/{BUREAU}/004", lambda record: replace(record, handed_over=None))
    ends = starts_at + timedelta(hours=8 * 5)
    stage.expect(stage.year.seen_on(ends + timedelta(hours=24, minutes=1)), "R69", "security-duty-handover-unsigned",
                 stage.main(BUREAU))  # fmt: skip


def seed_incidents(stage: Stage) -> None:
    """Harmful information that took three hours, and a major event that nobody reported."""
    unit = stage.cast.units[2].key
    day = stage.day(3, 18)
    stage.year.put(
        day + timedelta(1),
        Incident(key="i1", unit=unit, found_at=at(day, 20), handled_at=at(day, 23), is_major=False),
    )
    stage.expect(day + timedelta(1), "R70", "security-harmful-handled-late", stage.main(unit))
    unit = stage.cast.units[4].key
    day = stage.day(11, 8)
    stage.year.put(day, Incident(key="i2", unit=unit, found_at=at(day, 5), handled_at=at(day, 5, 50), is_major=True))
    stage.expect(day + timedelta(1), "R71", "security-opinion-unreported", stage.main(unit))


def seed_missed_night(stage: Stage) -> None:
    """Nobody ran the inspection on one day of August."""
    day = stage.day(8, 16)
    stage.year.missed.add(day)
    stage.expect(day + timedelta(1), "R62", "security-nightly-run-missed", stage.main(BUREAU))


def seed_quarterly_check(stage: Stage) -> None:
    """The third quarter passes without a check, and the report of the second is not filed."""
    third = stage.day(8, 20)
    content = stage.year.days[third]
    content.records = [record for record in content.records if record.kind != RegularCheck.kind]
    stage.expect(stage.day(10, 1), "R87", "security-regular-check-missed", stage.main(BUREAU))
    second = stage.day(5, 20)
    stage.change_record(RegularCheck, f"{second:%Y}Q2", lambda record: replace(record, report=""))
    stage.expect(stage.day(6, 4), "R87", "security-check-report-missing", stage.main(BUREAU))
