"""The 违规台账 as CSV and JSON, a row at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from domain.clock import in_china
from reports.formats.csv import safe
from reports.ledger import HEADERS, LedgerRow, cells
from reports.ledger_book import LedgerHead
from reports.tally import Tally

#: Name and version of the JSON form.
SCHEMA = "xunjian-ledger/1"


def write_csv(path: Path, head: LedgerHead, rows: Iterable[LedgerRow]) -> Tally:
    """UTF-8 with BOM and CRLF, one row each, no cell a formula: what Excel opens and a collection point takes."""
    del head  # a table for machines has its header in the first row and nothing over it
    tally = Tally()
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADERS)
        for number, row in enumerate(tally.counted(rows), start=1):
            writer.writerow([value if isinstance(value, int) else safe(value) for value in cells(number, row)])
    return tally


def write_json(path: Path, head: LedgerHead, rows: Iterable[LedgerRow]) -> Tally:
    """One object: ``schema``, what stands over the rows, and ``rows`` with one line each."""
    tally = Tally()
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        over = {
            "schema": SCHEMA,
            "bureau": head.bureau,
            "scope": head.scope,
            "made_at": _plain(head.made_at),
            "program": head.program,
        }
        file.write(json.dumps(over, ensure_ascii=False)[:-1] + ', "rows": [')
        for number, row in enumerate(tally.counted(rows), start=1):
            body = {"number": number, **{key: _plain(value) for key, value in asdict(row).items()}}
            file.write((",\n" if number > 1 else "\n") + json.dumps(body, ensure_ascii=False, sort_keys=True))
        file.write("\n]}\n")
    return tally


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return in_china(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
