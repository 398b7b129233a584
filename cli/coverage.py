"""The requirements of the regulation as a table: how each one is checked, or what became of it in an inspection."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cli.output import say, say_json, table
from pipelines import obligations, requirements
from reports import labels, summary
from reports.formats.csv import safe
from reports.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One table: Chinese ``headers`` with a row of text each, the same as ``items`` for programs, and a last line."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    items: Sequence[Mapping[str, object]]
    total: str
    extra: Mapping[str, object] = field(default_factory=dict)


def of_program() -> Listing:
    """What this version does about every requirement. Raises ``DataError`` where the table of clauses is broken."""
    wanted = requirements.load()
    rows, items = [], []
    for entry in wanted:
        how = "、".join(entry.rules) or entry.mechanism or "—"
        rows.append((entry.id, labels.REQUIREMENT[entry.status.value], how, entry.reading, entry.note))
        items.append(
            {
                "id": entry.id,
                "status": entry.status.value,
                "rules": list(entry.rules),
                "mechanism": entry.mechanism,
                "clauses": list(entry.clauses),
                "reading": entry.reading,
                "note": entry.note,
            }
        )
    return Listing(
        headers=("要求", "检查方式", "规则或程序", "怎样理解", "说明"),
        rows=rows,
        items=items,
        total=obligations.totals(wanted),
    )


def of_inspection(report: Report) -> Listing:
    """What became of every requirement in the inspection of ``report``."""
    rows, items = [], []
    for line in report.obligations:
        state = labels.OBLIGATION[line.state]
        why = labels.obligation(line)
        rows.append(
            (line.id, labels.REQUIREMENT[line.how], state, str(line.findings or ""), why, "、".join(line.rules))
        )
        items.append(
            {
                "id": line.id,
                "status": line.how,
                "state": line.state,
                "findings": line.findings,
                "why": line.why,
                "unread": line.unread,
                "mechanism": line.mechanism,
                "rules": list(line.rules),
                "missed": list(line.missed),
                "clauses": list(line.clauses),
            }
        )
    return Listing(
        headers=("要求", "检查方式", "本次", "问题", "说明", "规则"),
        rows=rows,
        items=items,
        total=f"检查 {report.inspection_id}：{summary.obligations(report)}",
        extra={"inspection": report.inspection_id, "rule_pack": report.rule_pack},
    )


def write(listing: Listing, to: str) -> None:
    """Print it as ``text``, ``json`` or ``csv`` (UTF-8 with BOM: it opens in a spreadsheet by a double click)."""
    if to == "json":
        say_json({**listing.extra, "requirements": list(listing.items), "total": listing.total})
    elif to == "csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(listing.headers)
        writer.writerows([safe(cell) for cell in row] for row in listing.rows)
        sys.stdout.write("\ufeff" + buffer.getvalue())
    else:
        table(listing.headers, listing.rows)
        say(listing.total)
