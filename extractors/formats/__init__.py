"""One module a kind of file: ``<kind>.py`` with ``extract(body, context)``. The folder is the register."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType
from typing import Protocol

from extractors.model import Ability, Context, Extraction


class Extract(Protocol):
    """The function of an extractor."""

    def __call__(self, body: bytes, context: Context) -> Extraction:
        """Everything that stands in the file ``body``."""
        ...


@lru_cache(maxsize=64)
def find(kind: str) -> ModuleType | None:
    """The extractor of ``kind``, loaded with the first file of it, for some take long; ``None`` where there is none."""
    name = f"{__name__}.{kind.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        return None
    module = importlib.import_module(name)
    return module if hasattr(module, "extract") else None


def abilities() -> Iterator[Ability]:
    """What this machine can do with each kind that needs more than the program itself."""
    for module in pkgutil.iter_modules(__path__):
        tell = getattr(importlib.import_module(f"{__name__}.{module.name}"), "abilities", None)
        if tell is not None:
            yield from tell()
