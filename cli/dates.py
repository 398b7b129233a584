"""Days as a person types them."""

from __future__ import annotations

from datetime import date

from domain.errors import ConfigError
from domain.table import parse_date


def day_of(option: str, text: str | None) -> date | None:
    """The day that an option names; raises ``ConfigError`` for what is none."""
    if text is None or not text.strip():
        return None
    day = parse_date(text.strip())
    if day is None:
        raise ConfigError(f"{option}：“{text}”不是日期；请写成 2026-06-18 这样")
    return day


def numbers_of(option: str, text: str | None) -> tuple[int, ...]:
    """``1,3`` as numbers; raises ``ConfigError`` for anything else."""
    if text is None or not text.strip():
        return ()
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ConfigError(f"{option}：“{text}”不是项号；请写成 1,3 这样")
    return tuple(int(part) for part in parts)
