"""The canonical form: every field of the report, keys sorted, instants at +08:00."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from domain.clock import in_china
from reports.model import SCHEMA, Report

MEDIA_TYPE = "application/json"


def render(report: Report) -> bytes:
    """UTF-8 JSON, indented, with a final line break. The same report always gives the same bytes."""
    body = plain(report)
    assert isinstance(body, dict)
    body["schema"] = SCHEMA
    body["summary"] = {
        "accounts": len(report.accounts),
        "checked": len(report.checked),
        "not_checked": len(report.not_checked),
        "posts_read": report.posts_read,
        "findings": len(report.current),
        "new": len(report.new),
        "settled": len(report.settled),
        "dismissed": report.dismissed,
        "by_severity": {severity.value: count for severity, count in report.by_severity().items()},
    }
    return (json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8", "backslashreplace")


def plain(value: object) -> object:
    """``value`` as dicts, lists, strings and numbers; a derived ``checked`` goes with each account."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if hasattr(value, "checked") and isinstance(value.checked, bool):
            fields["checked"] = value.checked
        return fields
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return in_china(value).isoformat(timespec="seconds")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value
