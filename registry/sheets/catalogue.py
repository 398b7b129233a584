"""Every sheet of the register."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from domain.register import KINDS
from registry.post_columns import plain_name
from registry.sheets.duty import DUTY
from registry.sheets.filings import FILINGS
from registry.sheets.model import Sheet
from registry.sheets.office import OFFICE
from registry.sheets.posts import POSTS

_DECLARED = {each.kind.kind: each for each in (*OFFICE, *DUTY, *FILINGS, *POSTS)}
#: Sheets by kind, in the order of the kinds.
SHEETS = {kind: _DECLARED[kind] for kind in KINDS}
#: The sheet of accounts in a workbook of the register; its columns are those of ``registry.columns``.
ACCOUNTS_TITLE = "账号台账"
_ACCOUNTS_TITLES = (ACCOUNTS_TITLE, "账号", "账号表")
#: Sheets that explain and hold nothing.
EXPLAINING = ("说明", "填写说明", "选项")
_BY_TITLE = {plain_name(title): sheet for sheet in SHEETS.values() for title in sheet.titles}


def sheet_named(name: str) -> Sheet | None:
    """The sheet of that Chinese title or kind."""
    return _BY_TITLE.get(plain_name(name)) or SHEETS.get(name.strip())


def is_accounts(name: str) -> bool:
    """True for a title of the sheet of accounts."""
    return plain_name(name) in map(plain_name, _ACCOUNTS_TITLES)


def titles() -> tuple[str, ...]:
    """The titles of all sheets of records."""
    return tuple(sheet.title for sheet in SHEETS.values())


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """The known word that looks most like ``word``; empty where none does."""
    by_plain = {plain_name(each): each for each in known}
    found = difflib.get_close_matches(plain_name(word), by_plain, n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else ""


def nearest_title(name: str, *, cutoff: float = 0.6) -> str:
    """The title of the sheet that ``name`` is most like; empty where it is like none."""
    known = [title for sheet in SHEETS.values() for title in sheet.titles]
    like = nearest(name, (*known, *_ACCOUNTS_TITLES), cutoff=cutoff)
    sheet = sheet_named(like) if like else None
    return sheet.title if sheet is not None else ACCOUNTS_TITLE if like else ""
