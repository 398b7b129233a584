"""Named checks: what a pattern cannot say. One module a check, its name is the check's name.

Each module has ``check(candidate: Candidate) -> Verdict``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from scanners.checks.candidate import Candidate, Verdict

Check = Callable[[Candidate], Verdict]


@cache
def names() -> tuple[str, ...]:
    """Every check there is."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "candidate"))


@cache
def get(name: str) -> Check:
    """The check called ``name``; ``KeyError`` where there is none."""
    if name not in names():
        raise KeyError(name)
    found: Check = importlib.import_module(f"{__name__}.{name}").check
    return found


__all__ = ["Candidate", "Check", "Verdict", "get", "names"]
