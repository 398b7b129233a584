"""The register beyond accounts on the command line: reading, importing and writing its files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from domain.register import Record
    from pipelines.workspace import Workspace
    from registry.sheets.loader import Brought, OnFile
    from registry.sheets.model import Sheet
    from store import Store

#: Whose records these are in the store: the office's own, as opposed to what the program found.
SOURCE = "register"


def on_file(store: Store, workspace: Workspace) -> OnFile:
    """What rows may refer to."""
    from registry.sheets.loader import OnFile

    return OnFile(accounts=store.accounts(), register=store.register(), bureau=workspace.settings.bureau.name)


def is_account_file(path: Path) -> bool:
    """True for a plain file of accounts: one sheet with that header in its first row, in the usual encoding."""
    from domain.errors import RegistryError
    from registry.sheets import grids
    from registry.sheets.header import find

    try:
        read, _ = grids.read(path, path.name)
    except RegistryError:
        return False
    if len(read) != 1 or read[0].notes:
        return False
    header = find(read[0])
    return header is not None and header.sheet is None and header.first == header.last == 0


def sheet_of(name: str) -> Sheet:
    """The sheet that a person names. Raises ``ConfigError`` with the names that exist."""
    from registry.sheets.catalogue import nearest_title, sheet_named, titles

    found = sheet_named(name)
    if found is None:
        like = nearest_title(name, cutoff=0.5)
        hint = f"，最接近的是“{like}”" if like else ""
        raise ConfigError(f"没有“{name}”这种表{hint}；可写：{'、'.join(titles())}")
    return found


def summary(brought: Brought) -> list[str]:
    """What a file holds, how it was read and what should be looked at."""
    from registry.sheets.catalogue import SHEETS

    told = [f"账号 {len(brought.accounts)} 个"] if brought.accounts is not None else []
    told += [f"{SHEETS[kind].title} {len(records)} 条" for kind, records in brought.records.items()]
    lines = [f"{brought.shown}：{'，'.join(told) or '没有填任何一行'}"]
    lines += [f"  {note}" for note in brought.notes]
    if brought.records and not any(brought.records.values()):
        lines.append(f"  “{brought.blank[0]}”登记为本局在用的台账，目前没有记录")
    elif brought.blank:
        lines.append(f"  没有填写的表，已有记录不动：{'、'.join(brought.blank)}")
    return lines + [f"  提醒：{reminder}" for reminder in brought.reminders]


def put(store: Store, brought: Brought, at: datetime, *, whole: bool) -> list[str]:
    """Import what a file holds in one go; what changed, one Chinese line a sheet.

    ``whole`` takes every sheet for all there is, also those to which rows are otherwise only added.
    """
    from registry.sheets.catalogue import SHEETS

    replaced = frozenset(kind for kind, given in brought.records.items() if whole or (SHEETS[kind].whole and given))
    accounts, results = store.put_office(brought.accounts, brought.records, source=SOURCE, at=at, replace=replaced)
    lines = []
    if accounts is not None:
        lines.append(_changes("账号台账", accounts.added, accounts.changed, accounts.removed))
    for kind, result in results.items():
        lines.append(_changes(SHEETS[kind].title, result.added, result.changed, result.removed))
    return lines


def _changes(title: str, added: Iterable[str], changed: Iterable[str], removed: Iterable[str]) -> str:
    return f"  {title}：新增 {len(tuple(added))}，变更 {len(tuple(changed))}，移出 {len(tuple(removed))}"


def show(sheet: Sheet, records: Iterable[Record]) -> None:
    """The records of one kind, one line each; telephone numbers are masked."""
    from registry.sheets import render
    from registry.sheets.model import Value

    given = tuple(records)
    say(f"{sheet.title} {len(given)} 条")
    private = [place for place, each in enumerate(sheet.fields) if each.value in (Value.MOBILE, Value.PHONE)]
    for record in given:
        cells = render.cells(sheet, record)
        for place in private:
            cells[place] = _masked(cells[place])
        shown = [
            f"{field.header} {' '.join(cell.split())[:60]}"
            for field, cell in zip(sheet.fields, cells, strict=True)
            if cell
        ]
        say(f"  {'；'.join(shown)}")


def _masked(number: str) -> str:
    return number if len(number) < 7 else f"{number[:3]}****{number[-2:]}"
