"""What an inspection's verdicts make of the cases on file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.case import Decision, Sighting, Verdict
from store.decisions import append_decisions
from store.records import Presence, Verdicts
from store.schema import cases, findings, sightings
from store.upsert import chunks, upsert

#: Who reopens a case that people had closed and that is there again.
PROGRAM = "xunjian"
_HERE = frozenset({Sighting.NEW, Sighting.PERSISTING, Sighting.REOPENED})


def write_cases(connection: Connection, inspection_id: str, now: datetime, verdicts: Verdicts) -> None:
    """Write cases, sightings and reopenings within the transaction that ends the inspection."""
    standing: dict[str, Row[Any]] = {}
    for part in chunks(list(verdicts.sightings)):
        for row in connection.execute(select(cases).where(cases.c.fingerprint.in_(part))):
            standing[row.fingerprint] = row
    query = select(findings).where(findings.c.inspection_id == inspection_id)
    found: dict[str, Row[Any]] = {row.fingerprint: row for row in connection.execute(query)}
    case_rows, sighting_rows = [], []
    for name, (sighting, detail) in verdicts.sightings.items():
        old, here = standing.get(name), sighting in _HERE
        source = found[name] if here else old
        assert source is not None, "a case that is not there tonight is on file"
        presence = Presence.PRESENT if here else Presence(old.presence) if old is not None else Presence.PRESENT
        if sighting is Sighting.ABSENT:
            presence = Presence.ABSENT
        elif sighting is Sighting.WITHDRAWN:
            presence = Presence.WITHDRAWN
        case_rows.append(
            {
                "fingerprint": name,
                "rule_id": source.rule_id,
                "account_id": source.account_id,
                "post_id": source.post_id,
                "presence": presence.value,
                "opened_in": old.opened_in if old is not None else inspection_id,
                "opened_at": old.opened_at if old is not None else now,
                "seen_in": inspection_id if here or old is None else old.seen_in,
                "seen_at": now if here or old is None else old.seen_at,
            }
        )
        sighting_rows.append(
            {
                "inspection_id": inspection_id,
                "fingerprint": name,
                "sighting": sighting.value,
                "seen_in": inspection_id if here or old is None else old.seen_in,
                "detail": detail,
            }
        )
    upsert(connection, cases, case_rows)
    upsert(connection, sightings, sighting_rows)
    append_decisions(
        connection,
        [
            Decision(
                fingerprint=name,
                verdict=Verdict.REOPEN,
                reason="认定整改后再次出现，自动重新立案",
                decided_by=PROGRAM,
                decided_at=now,
            )
            for name in verdicts.reopened
        ],
    )
