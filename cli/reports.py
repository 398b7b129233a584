"""Report files: which formats, where they lie."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import ConfigError

if TYPE_CHECKING:
    from reports.model import Report


def chosen_formats(text: str) -> tuple[str, ...]:
    """``html,xlsx`` as names; raises ``ConfigError`` for one that does not exist."""
    from reports import formats

    names = tuple(dict.fromkeys(part.strip().lower() for part in text.replace("，", ",").split(",") if part.strip()))
    unknown = [name for name in names if name not in formats.names()]
    if unknown or not names:
        told = f"没有“{'、'.join(unknown)}”这种报告格式" if unknown else "没有写明报告格式"
        raise ConfigError(f"--to：{told}；可用：{'、'.join(formats.names())}")
    return names


def write_reports(report: Report, folder: Path, names: Sequence[str]) -> list[Path]:
    """Write ``report`` in each format; every file appears whole or not at all, for its owner only."""
    from pipelines.reporting import file_stem
    from reports import formats

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for name in names:
        path = folder / f"{file_stem(report)}.{name}"
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(formats.render(report, name))
        part.replace(path)
        written.append(path)
    return written
