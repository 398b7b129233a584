"""Records of the register to and from plain values (JSON, TOML): dates and instants as ISO 8601 text."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from domain.register import KINDS, Record


@cache
def field_types(kind: str) -> Mapping[str, type]:
    """The plain type of each field of a kind: ``str``, ``bool``, ``int``, ``date``, ``datetime``, ``tuple`` or an
    enum."""
    hints = typing.get_type_hints(KINDS[kind])
    return {each.name: _plain(hints[each.name]) for each in fields(KINDS[kind])}


def to_plain(record: Record) -> dict[str, Any]:
    """The filled fields of ``record``."""
    found: dict[str, Any] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if value is None or value == "" or value == ():
            continue
        if isinstance(value, (datetime, date)):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, StrEnum):
            value = value.value
        found[each.name] = value
    return found


def from_plain(kind: str, values: Mapping[str, Any]) -> Record:
    """The record of ``kind`` with these fields.

    Raises ``ValueError`` (in English: such values are the program's own) for an unknown kind or field, or a value of
    another type.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of record {kind!r}")
    known = field_types(kind)
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{kind} has no field {name!r}")
        given[name] = _value(known[name], value, f"{kind}.{name}")
    return KINDS[kind](**given)


def _plain(hint: Any) -> type:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        (hint,) = (each for each in typing.get_args(hint) if each is not type(None))
        origin = typing.get_origin(hint)
    return tuple if origin is tuple else hint


def _value(wanted: type, value: Any, where: str) -> Any:
    if value is None:
        return None
    if wanted is tuple and isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    if wanted is datetime:
        made = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(made, datetime) or made.tzinfo is None:
            raise ValueError(f"{where} is no instant with a zone: {value!r}")
        return made
    if wanted is date:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(day, date) or isinstance(day, datetime):
            raise ValueError(f"{where} is no date: {value!r}")
        return day
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{where} is no {wanted.__name__}: {value!r}")
    return value
