"""JSON whose shape cannot be relied upon: every access returns something of the asked type, or its empty value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_UNREADABLE = (ValueError, RecursionError)
_JSONP = re.compile(r"^\s*[\w$.]+\((.*)\)\s*;?\s*$", re.DOTALL)
_COUNT = re.compile(r"^\s*([\d,]+(?:\.\d+)?)\s*(万|亿|[wW])?\s*\+?\s*$")
_UNITS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_value(body: bytes) -> Any:
    """The JSON value of ``body`` (a JSONP wrapper and a byte order mark are taken off), or ``None``."""
    text = body.decode("utf-8-sig", "replace")
    if (wrapped := _JSONP.match(text)) is not None:
        text = wrapped[1]
    return json_text(text)


def json_text(text: str) -> Any:
    """The JSON value written in ``text``, or ``None``."""
    try:
        return json.loads(text)
    except _UNREADABLE:
        return None


def json_after(text: str, marker: re.Pattern[str]) -> Any:
    """The JSON value that follows the first match of ``marker`` inside a script, or ``None``."""
    found = marker.search(text)
    if found is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, found.end())[0]
    except _UNREADABLE:
        return None


def mapping(value: object, *path: str) -> Mapping[str, Any]:
    """The object at ``path`` under ``value``; an empty one where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> Sequence[Any]:
    """The members of a list, or of an object that a platform uses in place of a list (keys ``"0"``, ``"1"``, …)."""
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, Mapping) else ()


def objects(value: object) -> Iterator[Mapping[str, Any]]:
    """The members that are objects."""
    return (item for item in items(value) if isinstance(item, Mapping))


def string(source: Mapping[str, Any], *keys: str) -> str:
    """The first of ``keys`` that holds a string or a number, as a string without lone surrogates."""
    for key in keys:
        value = source.get(key)
        if isinstance(value, str) and value:
            return _SURROGATE.sub("\ufffd", value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def integer(source: Mapping[str, Any], *keys: str) -> int | None:
    """The first of ``keys`` that holds a whole number, also one written as text; ``None`` where none does."""
    for key in keys:
        value = source.get(key)
        if isinstance(value, bool):
            continue
        if isinstance(value, (int, float)):
            return int(value)
        if isinstance(value, str) and (number := count(value)) is not None:
            return number
        if isinstance(value, str) and _SIGNED.fullmatch(value):
            return int(value)
    return None


_SIGNED = re.compile(r"\s*-\d{1,18}\s*")


def count(text: str) -> int | None:
    """The number a counter shows: ``12``, ``1,024``, ``693.2万``, ``1.3亿``, ``100万+``."""
    found = _COUNT.match(text)
    if found is None:
        return None
    number = float(found[1].replace(",", ""))
    return round(number * _UNITS.get((found[2] or "").lower(), 1))
