"""Domain objects to JSON values and back. The shapes are part of the database: changing one needs a migration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from domain.account import Account, Medium, Purpose, Route, Standing
from domain.coverage import Attempt
from domain.finding import Finding, Occurrence
from domain.outcome import Outcome
from domain.post import Attachment, Box, Origin, Segment, Spot, Unexamined
from domain.rule import Confidence, Severity


def account_record(account: Account) -> dict[str, Any]:
    """Everything of an account, as one JSON object."""
    record = asdict(account) | {"attributes": dict(account.attributes)}
    # through JSON once, so that it compares equal to what the database gives back
    normal: dict[str, Any] = json.loads(json.dumps(record))
    return normal


def account_from(record: Mapping[str, Any]) -> Account:
    """The inverse of ``account_record``."""
    values = dict(record)
    values["purpose"] = Purpose(values["purpose"])
    values["medium"] = Medium(values["medium"]) if values["medium"] else None
    values["standing"] = Standing(values["standing"])
    values["routes"] = tuple(Route(**route) for route in values["routes"])
    values["aliases"] = tuple(values["aliases"])
    return Account(**values)


def plain(text: str) -> str:
    """``text`` as every database takes it: remarks can quote what another server said."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def attempts_record(attempts: Iterable[Attempt]) -> list[dict[str, str]]:
    """The routes tried, in order."""
    return [
        {
            "route": a.route,
            "outcome": a.outcome.value,
            "detail": plain(a.detail),
            "code": a.code,
            "retry_at": a.retry_at.isoformat() if a.retry_at else "",
        }
        for a in attempts
    ]


def attempts_from(record: Iterable[Mapping[str, str]]) -> tuple[Attempt, ...]:
    """The inverse of ``attempts_record``."""
    return tuple(
        Attempt(
            r["route"],
            Outcome(r["outcome"]),
            r["detail"],
            r.get("code", ""),
            datetime.fromisoformat(r["retry_at"]) if r.get("retry_at") else None,
        )
        for r in record
    )


def attachments_record(attachments: Iterable[Attachment]) -> list[dict[str, str]]:
    """The fetched files of a post."""
    return [asdict(attachment) for attachment in attachments]


def attachments_from(record: Iterable[Mapping[str, str]]) -> tuple[Attachment, ...]:
    """The inverse of ``attachments_record``."""
    return tuple(Attachment(**{**r, "outcome": Outcome(r["outcome"])}) for r in record)  # type: ignore[arg-type]


def segments_record(segments: Iterable[Segment]) -> list[list[Any]]:
    """Segments as short rows."""
    return [[s.field, s.text, s.origin.value, s.hidden, s.locator, s.context, _spots(s)] for s in segments]


def segments_from(record: Iterable[list[Any]]) -> tuple[Segment, ...]:
    """The inverse of ``segments_record``; rows of older versions are shorter."""
    return tuple(_segment(*row) for row in record)


def _segment(
    field: str,
    text: str,
    origin: str,
    hidden: bool,
    place: str,
    context: str = "",
    spots: Iterable[tuple[int, int, list[int], float | None]] = (),
) -> Segment:
    where = tuple(Spot(start, end, _box(box), confidence) for start, end, box, confidence in spots)
    return Segment(field, text, Origin(origin), hidden, place, context, where)


def _spots(segment: Segment) -> list[list[Any]]:
    return [[spot.start, spot.end, list(spot.box), spot.confidence] for spot in segment.spots]


def _box(record: Iterable[int]) -> Box:
    left, top, width, height = record
    return left, top, width, height


def unexamined_record(parts: Iterable[Unexamined]) -> list[list[str]]:
    """Parts that could not be searched."""
    return [[part.part, part.reason] for part in parts]


def unexamined_from(record: Iterable[list[str]]) -> tuple[Unexamined, ...]:
    """The inverse of ``unexamined_record``."""
    return tuple(Unexamined(part, reason) for part, reason in record)


#: Fields of a finding that stand in columns of their own.
_CLEAR = ("fingerprint", "rule_id", "account_id", "post_id", "severity", "confidence", "evidence", "clauses")


def finding_row(inspection_id: str, finding: Finding) -> dict[str, Any]:
    """A finding as a row: what joins in the clear, all words sealed in ``body``."""
    record = asdict(finding)
    record["facts"] = dict(finding.facts)
    row: dict[str, Any] = {name: record.pop(name) for name in _CLEAR}
    row["clauses"] = list(row["clauses"])
    return row | {"inspection_id": inspection_id, "body": record}


def _occurrence(record: Mapping[str, Any]) -> Occurrence:
    box = record.get("box")
    return Occurrence(**{**record, "box": _box(box) if box else None})


def finding_from(row: RowMapping) -> Finding:
    """The inverse of ``finding_row``."""
    body = dict(row["body"])
    body["occurrences"] = tuple(map(_occurrence, body["occurrences"]))
    return Finding(
        fingerprint=row["fingerprint"],
        rule_id=row["rule_id"],
        account_id=row["account_id"],
        post_id=row["post_id"],
        severity=Severity(row["severity"]),
        confidence=Confidence(row["confidence"]),
        evidence=row["evidence"],
        clauses=tuple(row["clauses"]),
        **body,
    )
