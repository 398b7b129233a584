"""Where the evaluation sets lie. They are not part of the project; nothing is copied from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Beside the checkout; another place can be named on the command line.
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "evaldata"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    id: str
    text: str
    label: str
    meta: dict[str, Any] = field(default_factory=dict)


def rows(name: str, folder: Path = FOLDER) -> Iterator[Row]:
    """The rows of ``<name>_dev.jsonl``. Raises ``FileNotFoundError``."""
    with (folder / f"{name}_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Row(row["id"], row["text"], row["label"], row.get("meta") or {})


def missing(name: str, folder: Path = FOLDER) -> str:
    """Why a set cannot be used; empty where it can."""
    path = folder / f"{name}_dev.jsonl"
    return "" if path.is_file() else f"skipped: {path} is not there"
