"""Named checks of words: what a list of words and its guards cannot say. One module a check, its name is the check's.

Each module has ``make(lexicon: Lexicon) -> WordCheck``: it is called once a rule, the check itself at every word found.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from lexicons import Lexicon
from scanners.wordchecks.found import PARTED, FoundWord, WordCheck, WordVerdict


@cache
def names() -> tuple[str, ...]:
    """Every check there is."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "found"))


@cache
def get(name: str) -> Callable[[Lexicon], WordCheck]:
    """The maker of the check called ``name``; ``KeyError`` where there is none."""
    if name not in names():
        raise KeyError(name)
    found: Callable[[Lexicon], WordCheck] = importlib.import_module(f"{__name__}.{name}").make
    return found


__all__ = ["PARTED", "FoundWord", "WordCheck", "WordVerdict", "get", "names"]
