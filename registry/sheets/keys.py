"""How a record is named where the office gave it no number of its own: always from what does not change later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.clock import CHINA
from domain.register import EventKind
from registry.sheets.model import KeyMaker


def joined(*names: str, least: int | None = None) -> KeyMaker:
    """The filled ones of these fields, divided by ``/``; ``least`` of the first ones must be filled."""

    def make(values: Mapping[str, Any]) -> str:
        told = [text_of(values.get(name)) for name in names]
        return "" if not all(told[: len(names) if least is None else least]) else "/".join(filter(None, told))

    return make


def first_of(*names: str) -> KeyMaker:
    """The first of these fields that is filled."""

    def make(values: Mapping[str, Any]) -> str:
        return next((told for name in names if (told := text_of(values.get(name)))), "")

    return make


def any_of(*makers: KeyMaker) -> KeyMaker:
    """The first of these keys that can be made."""

    def make(values: Mapping[str, Any]) -> str:
        return next((key for maker in makers if (key := maker(values))), "")

    return make


def of_event(values: Mapping[str, Any]) -> str:
    """An account opens and closes once; of changes there are several, told apart by their day."""
    account, event = values.get("account", ""), values.get("event")
    if not account or not event:
        return ""
    if event not in (EventKind.CHANGE, EventKind.EMERGENCY):
        return f"{account}#{event}"
    days = (text_of(values.get(name))[:10] for name in ("happened_at", "agreed_on", "applied_on", "approved_on"))
    day = next(filter(None, days), "")
    return f"{account}#{event}#{day}" if day else ""


def of_form(values: Mapping[str, Any]) -> str:
    """One form belongs to one event of one account."""
    if values.get("event_key"):
        return str(values["event_key"])
    account, event = values.get("account", ""), values.get("event")
    return f"{account}#{event}" if account and event else ""


def of_approval(values: Mapping[str, Any]) -> str:
    """The post where it is named; else account, title and the day on which it was to be published."""
    account = values.get("account", "")
    if account and values.get("post_key"):
        return f"{account}:{values['post_key']}"
    if values.get("url"):
        return str(values["url"])
    if not account or not values.get("title"):
        return ""
    days = (text_of(values.get(name))[:10] for name in ("wanted_at", "first_at", "second_at", "final_at"))
    return "#".join(filter(None, (account, str(values["title"]), next(filter(None, days), ""))))


def text_of(value: Any) -> str:
    """A value as it stands in a key."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
