"""The renderings. A format is one module here with ``MEDIA_TYPE`` and ``render``; the folder is the list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from reports.model import Report

Renderer = Callable[[Report], bytes]


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The formats there are, by file suffix, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def renderer(name: str) -> Renderer:
    """The ``render`` function of one format; raises ``ValueError`` with the list for an unknown one."""
    if name not in names():
        raise ValueError(f"没有“{name}”这种报告格式；可用：{'、'.join(names())}")
    module = importlib.import_module(f"{__name__}.{name}")
    return cast(Renderer, module.render)


def render(report: Report, name: str) -> bytes:
    """``report`` in the format ``name``."""
    return renderer(name)(report)
