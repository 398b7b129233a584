"""Duties: checks of what an office must do, judged from its register and from what it published.

A rule of kind ``duty`` names one function here as ``module.function``. The function is given a ``Hearing`` and yields a
``Breach`` for everything that is not as it must be. It is pure: neither time nor network nor database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from scanners.duties.hearing import Breach, Hearing

Duty = Callable[[Hearing], Iterator[Breach]]
_OWN = ("hearing", "judge", "examples")


@cache
def find(name: str) -> Duty:
    """The check called ``module.function``. Raises ``KeyError`` where there is none."""
    module, _, function = name.partition(".")
    if module in _OWN or not module.isidentifier() or function.startswith("_") or not function.isidentifier():
        raise KeyError(name)
    if find_spec(f"{__name__}.{module}") is None:
        raise KeyError(name)
    loaded = import_module(f"{__name__}.{module}")
    found = getattr(loaded, function, None)
    if found is None or getattr(found, "__module__", "") != loaded.__name__:
        raise KeyError(name)
    return found  # type: ignore[no-any-return]


def exists(name: str) -> bool:
    """True where there is a check of that name."""
    try:
        find(name)
    except KeyError:
        return False
    return True
