"""How long work tells where it stands."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with a stage (``crawl``, ``extract``, ``resolve``, ``scan``), what is done and what there is in all.

    Called often, from one thread only; it should return quickly.
    """

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def quiet(stage: str, done: int, total: int, /) -> None:
    """Tells nobody."""
