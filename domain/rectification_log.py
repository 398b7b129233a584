"""Between the typed objects of a rectification and the entries of its log, and from the log to what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.rectification import (
    ClosureProposal,
    EventKind,
    Notice,
    NoticeItem,
    Proof,
    RecheckOutcome,
    RecheckResult,
    Rectification,
    RectificationEvent,
    Reply,
    begin,
)
from domain.rule import Severity


def body_of(value: Notice | Reply | RecheckResult) -> dict[str, Any]:
    """``value`` as JSON can hold it."""
    plain = _plain(asdict(value))
    assert isinstance(plain, dict), "a dataclass becomes a mapping"
    return plain


def notice_from(body: Mapping[str, Any]) -> Notice:
    """The inverse of ``body_of`` for a notice."""
    return Notice(
        **{
            **body,
            "issued_on": date.fromisoformat(body["issued_on"]),
            "items": tuple(_item(each) for each in body["items"]),
        }
    )


def reply_from(body: Mapping[str, Any]) -> Reply:
    """The inverse of ``body_of`` for a reply."""
    return Reply(
        **{
            **body,
            "items": tuple(body["items"]),
            "replied_on": date.fromisoformat(body["replied_on"]),
            "received_at": datetime.fromisoformat(body["received_at"]),
            "proofs": tuple(Proof(**each) for each in body["proofs"]),
        }
    )


def recheck_from(body: Mapping[str, Any]) -> RecheckResult:
    """The inverse of ``body_of`` for a recheck."""
    return RecheckResult(
        **{
            **body,
            "outcome": RecheckOutcome(body["outcome"]),
            "checked_at": datetime.fromisoformat(body["checked_at"]),
            "due_on": date.fromisoformat(body["due_on"]) if body["due_on"] else None,
        }
    )


def replay(events: Iterable[RectificationEvent]) -> dict[str, Rectification]:
    """What the log comes to, by the number of the notice. Entries about other matters are passed over."""
    found: dict[str, Rectification] = {}
    for event in events:
        if event.kind not in set(EventKind):
            continue
        if event.kind == EventKind.ISSUED:
            found[event.matter] = begin(notice_from(event.body))
        else:
            found[event.matter] = _after(found[event.matter], event)
    return found


def _after(entry: Rectification, event: RectificationEvent) -> Rectification:
    body: Mapping[str, Any] = event.body
    match EventKind(event.kind):
        case EventKind.REPLIED:
            return entry.with_reply(reply_from(body))
        case EventKind.RECHECKED:
            return entry.with_recheck(recheck_from(body))
        case EventKind.REMINDED:
            return entry.with_reminder(date.fromisoformat(body["day"]))
        case EventKind.CANCELLED:
            return entry.without(body["items"])
        case EventKind.CLOSURE_PROPOSED:
            proposal = ClosureProposal(
                notice=event.matter, account_id=body["account_id"], reason=body["reason"], proposed_at=event.at
            )
            return entry.with_proposal(proposal)
        case EventKind.CLOSURE_DECIDED:
            return entry.with_closure_decision(
                body["account_id"], approved=body["approved"], by=event.by, at=event.at, reason=body["reason"]
            )
        case EventKind.ISSUED:
            raise AssertionError("a notice is issued once")


def _item(body: Mapping[str, Any]) -> NoticeItem:
    return NoticeItem(
        **{
            **body,
            "severity": Severity(body["severity"]),
            "due_on": date.fromisoformat(body["due_on"]),
            "published_at": _moment(body["published_at"]),
            "found_at": _moment(body["found_at"]),
            "clauses": tuple(body["clauses"]),
        }
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, (date, datetime)) else value
