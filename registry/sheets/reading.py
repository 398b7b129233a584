"""Lines of one sheet → records of one kind, with every problem at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from domain.errors import RegistryError
from domain.register import Approval, Counterfeit, Person, Record
from domain.register_codec import from_plain
from registry.sheets.directory import Directory
from registry.sheets.model import Sheet, Value
from registry.sheets.rows import Line, place_of
from registry.sheets.values import value_of


@dataclass(slots=True, kw_only=True)
class Reading:
    """What has been read of one kind: records by key in the order of the file, and where each stands."""

    sheet: Sheet
    records: dict[str, Record] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[RegistryError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reminders: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)


def read_lines(reading: Reading, where: str, lines: Iterable[Line], directory: Directory) -> None:
    """Add the records of ``lines`` to ``reading``."""
    for line in lines:
        place = place_of(where, line.number)
        values, problems = _values(reading.sheet, line, directory)
        problems += [
            f"缺少{each.header}；请填写，或删除整行"
            for each in reading.sheet.fields
            if each.required and each.name not in line.cells
        ]
        problems += _disordered(reading.sheet, values)
        reading.problems += [RegistryError(place, problem) for problem in problems]
        if not problems:
            _add(reading, place, values)
            reading.reminders += _strangers(reading, place, values, directory)


def _values(sheet: Sheet, line: Line, directory: Directory) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, cell in line.cells.items():
        column = sheet.by_name[name]
        try:
            if cell.fault:
                raise ValueError(cell.fault)
            value = value_of(column, cell.text, directory)
        except ValueError as error:
            told = str(error)
            problems.append(told if told.startswith(column.header) else f"“{column.header}”列：{told}")
            continue
        if value is None and column.required:
            problems.append(f"缺少{column.header}；请填写，或删除整行")
        elif value is not None:
            values[name] = value
    return values, problems


def _disordered(sheet: Sheet, values: Mapping[str, Any]) -> Iterator[str]:
    for first, second in sheet.ordered:
        begin, end = values.get(first), values.get(second)
        if begin is None or end is None or begin <= end:
            continue
        names = sheet.by_name[second].header, sheet.by_name[first].header
        yield f"{names[0]}（{_shown(end)}）早于{names[1]}（{_shown(begin)}）；请核对两处日期"


def _shown(value: date) -> str:
    return value.isoformat(sep=" ", timespec="minutes")[:16] if hasattr(value, "hour") else value.isoformat()  # type: ignore[call-arg]


def _add(reading: Reading, place: str, values: dict[str, Any]) -> None:
    sheet = reading.sheet
    if sheet.kind is Approval:
        _level(values)
    values["key"] = values.get("key") or sheet.make_key(values)
    if not values["key"]:
        reading.problems.append(RegistryError(place, f"认不出是哪一条记录；请填{sheet.key_help}，或填“编号”"))
        return
    if "event_key" in sheet.by_name:
        values.setdefault("event_key", values["key"])
    record = from_plain(sheet.kind.kind, values)
    standing = reading.records.get(record.key)
    if standing is None:
        reading.records[record.key] = record
        reading.places[record.key] = place
    elif standing == record:
        reading.notes.append(f"{place}与{_row(reading.places[record.key], place)}完全相同，只取一次")
    else:
        other = _row(reading.places[record.key], place)
        reading.problems.append(
            RegistryError(
                place,
                f"与{other}是同一条记录（{record.key}）但内容不同；请只留一行，确是两条的请在“编号”列填不同的编号",
            )
        )


def _level(values: dict[str, Any]) -> None:
    """A review of which only the day is written was not before an earlier review of the same day."""
    before: datetime | None = None
    for name in ("first_at", "second_at", "final_at"):
        at = values.get(name)
        if (
            at is not None
            and before is not None
            and at.time() == time(0)
            and at < before
            and at.date() == before.date()
        ):
            values[name] = before
        before = values.get(name) or before


def _row(other: str, place: str) -> str:
    """``other`` as it is called beside ``place``."""
    head, _, row = other.rpartition("第 ")
    return f"第 {row}" if place.startswith(head) else other


def _strangers(reading: Reading, place: str, values: Mapping[str, Any], directory: Directory) -> Iterator[str]:
    if reading.sheet.kind in (Person, Counterfeit):
        return
    for column in reading.sheet.fields:
        name = values.get(column.name)
        if column.value is not Value.NAME or not name or name in reading.strangers:
            continue
        if told := directory.stranger(name):
            reading.strangers.add(name)
            yield f"{place}：{column.header}{told}"
