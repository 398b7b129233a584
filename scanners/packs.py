"""The versions of the shipped rules, with the day from which each one judges (第十四条, R90)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from domain.errors import RuleError

PATH = Path(__file__).resolve().parent / "packs.toml"
#: What is added to the version of a rule that the office changed or wrote itself.
OWN = "+本局"


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of the rules; ``note`` says in Chinese what it brought."""

    version: str
    effective_from: date
    note: str


@lru_cache(maxsize=4)
def load(path: Path = PATH) -> tuple[Pack, ...]:
    """Every version, oldest first. Raises ``RuleError`` for a file that cannot be read or is not in order."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
        found = tuple(Pack(str(e["version"]), e["effective_from"], str(e["note"])) for e in body["pack"])
    except (OSError, KeyError, TypeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(
            path.name, f"读不出规则版本（{error}）；每个 [[pack]] 需要 version、effective_from、note"
        ) from error
    days = [pack.effective_from for pack in found]
    if not found or days != sorted(days) or len({pack.version for pack in found}) < len(found):
        raise RuleError(path.name, "规则版本应由旧到新、各不相同；请改正")
    return found


def newest() -> Pack:
    """The version that judges now."""
    return load()[-1]
