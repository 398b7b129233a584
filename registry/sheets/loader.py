"""A file of the office → records, all of them or none. Whatever is wrong is told with its sheet and row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.account import Account
from domain.errors import RegistryError
from domain.register import Person, Record, Register, Unit
from domain.table import Row, Table, raise_all
from registry import accounts as account_rows
from registry import columns
from registry.sheets import grids
from registry.sheets.catalogue import EXPLAINING, nearest_title, sheet_named, titles
from registry.sheets.directory import NOBODY, Directory
from registry.sheets.grids import Grid
from registry.sheets.header import Header, find
from registry.sheets.header_told import listed, notes_of, problems_of
from registry.sheets.reading import Reading, read_lines
from registry.sheets.rows import Line, lines, place_of
from registry.sheets.values import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """What the office has on file before the import."""

    accounts: tuple[Account, ...] = ()
    register: Register = field(default_factory=Register)
    bureau: str = ""


@dataclass(slots=True, kw_only=True)
class Brought:
    """What a file holds. ``accounts`` is ``None`` where it has no sheet of accounts; ``notes`` say how it was read,
    ``reminders`` what a person should look at; ``blank`` are titles of sheets without any row."""

    shown: str
    accounts: tuple[Account, ...] | None = None
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reminders: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    where: str
    header: Header
    lines: tuple[Line, ...]


def load(path: Path, on_file: OnFile | None, *, kind: str = "") -> Brought:
    """Everything that ``path`` holds. ``kind`` is the title or kind of the sheet where the file does not say it;
    ``on_file`` is ``None`` where no workspace could be asked about accounts, units and people.

    Raises ``RegistryError`` that carries every problem with its sheet and row; then nothing may be imported.
    """
    shown = path.name
    wanted = kind or (path.stem if sheet_named(path.stem) else "")
    if kind and sheet_named(kind) is None:
        raise RegistryError(shown, f"没有“{kind}”这种表；可写：{'、'.join(titles())}")
    read, notes = grids.read(path, shown)
    brought = Brought(shown=shown, notes=notes)
    problems: list[RegistryError] = []
    parts: list[_Part] = []
    for grid in read:
        try:
            part = _part(grid, shown, wanted if len(read) == 1 or not grid.name else "", brought)
        except RegistryError as error:
            problems.append(error)
            continue
        if part is not None:
            parts.append(part)
    if not parts and not problems and not brought.blank:
        raise RegistryError(
            shown, f"没有认得的表；可导入：账号台账、{'、'.join(titles())}，模板见 xunjian registry template"
        )
    only = sheet_named(brought.blank[0]) if len(brought.blank) == 1 and not parts else None
    if only is not None:
        # A file of this sheet alone says that the office keeps it, and that there is nothing to be entered.
        brought.records[only.kind.kind] = ()
    accounts = [part for part in parts if part.header.sheet is None]
    for part in accounts:
        try:
            brought.accounts = (brought.accounts or ()) + _accounts(part)
        except RegistryError as error:
            problems.extend(_placed(error, part))
    directory = _directory(parts, brought, on_file)
    readings: dict[str, Reading] = {}
    for part in parts:
        sheet = part.header.sheet
        if sheet is not None:
            reading = readings.setdefault(sheet.kind.kind, Reading(sheet=sheet))
            read_lines(reading, part.where, part.lines, directory)
    for reading in readings.values():
        problems.extend(reading.problems)
        brought.notes.extend(reading.notes)
        brought.reminders.extend(reading.reminders)
        brought.records[reading.sheet.kind.kind] = tuple(reading.records.values())
    raise_all(problems)
    return brought


def _part(grid: Grid, shown: str, wanted: str, brought: Brought) -> _Part | None:
    where = f"{shown} 工作表“{grid.name}”" if grid.name else shown
    begin = f"工作表“{grid.name}”：" if grid.name else ""
    if grid.name in EXPLAINING or grid.is_empty:
        return None
    header = find(grid, wanted)
    if header is None or not _sure(header, grid, wanted):
        _tell_unknown(grid, where, header, brought)
        return None
    brought.notes.extend(f"{begin}{note}" for note in grid.notes)
    raise_all(list(problems_of(header, where)))
    for note in notes_of(header):
        brought.notes.append(f"{begin}{note}")
    told: list[str] = []
    found = tuple(lines(grid, header, told))
    brought.notes.extend(f"{begin}{note}" for note in told)
    if not found:
        brought.blank.append(header.title)
        return None
    return _Part(where=where, header=header, lines=found)


def _sure(header: Header, grid: Grid, wanted: str) -> bool:
    """True where the sheet is called so, or where its columns leave no doubt."""
    named = sheet_named(wanted or grid.name)
    if header.sheet is not None and header.sheet is named:
        return True
    if header.sheet is None:
        return len(header.columns) >= 2
    return not header.missing and len(header.columns) >= 2 and len(header.unknown) <= len(header.columns)


def _tell_unknown(grid: Grid, where: str, header: Header | None, brought: Brought) -> None:
    like = nearest_title(grid.name) if grid.name else ""
    if grid.name and sheet_named(grid.name) is not None:
        raise RegistryError(
            where, f"找不到表头；表头应有{_columns_of(grid.name)}等列，模板见 xunjian registry template"
        )
    if like:
        raise RegistryError(where, f"不认识这个工作表，最接近的是“{like}”；请改名，不要的请删除")
    if header is not None and header.missing:
        raise RegistryError(
            where, f"像是“{header.title}”表，但缺少必填列{listed(header.missing)}；请补上该列，不是的请删除这个工作表"
        )
    if grid.name:
        brought.notes.append(f"工作表“{grid.name}”不是台账的表，没有读")


def _columns_of(name: str) -> str:
    sheet = sheet_named(name)
    fields = sheet.fields if sheet is not None else ()
    return listed([each.header for each in fields if each.required] or [each.header for each in fields[:3]])


def _accounts(part: _Part) -> tuple[Account, ...]:
    rows: list[Row] = []
    problems: list[RegistryError] = []
    for line in part.lines:
        cells = {}
        for name, cell in line.cells.items():
            if cell.fault:
                problems.append(RegistryError(part.where, f"“{name}”列：{cell.fault}", row=line.number))
            cells[name] = plain(cell.text) if name in (columns.KEY, columns.ALIASES) else cell.text
        rows.append(Row(line.number, cells))
    raise_all(problems)
    return account_rows.from_table(Table(part.where, tuple(part.header.columns.values()), tuple(rows)))


def _placed(error: RegistryError, part: _Part) -> Iterable[RegistryError]:
    for each in error.problems:
        yield RegistryError(place_of(part.where, each.row) if each.row else part.where, each.problem)


def _directory(parts: Iterable[_Part], brought: Brought, on_file: OnFile | None) -> Directory:
    if on_file is None and brought.accounts is None:
        return NOBODY
    known = on_file or OnFile()
    accounts: Mapping[str, Account] = {each.id: each for each in (*known.accounts, *(brought.accounts or ()))}
    return Directory.of(
        accounts.values(),
        known.register,
        bureau=known.bureau,
        more_units=_texts(parts, Unit, "key"),
        more_people=_texts(parts, Person, "name"),
    )


def _texts(parts: Iterable[_Part], kind: type[Record], name: str) -> list[str]:
    found = [
        line.cells[name].text
        for part in parts
        if part.header.sheet is not None and part.header.sheet.kind is kind
        for line in part.lines
        if name in line.cells
    ]
    return ["".join(text.split()) for text in found if text]
