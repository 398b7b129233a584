"""The form of a topic: titles and paragraphs with alternatives, and a short form for the short-text platforms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """``titles``, ``body`` and ``brief`` hold alternatives as ``[甲|乙]`` and facts as ``{town}``.

    A paragraph of ``body`` that begins with ``?`` is left out of every second post. ``tag`` is the hashtag of the
    short form; ``months`` limits a topic to its season (empty: all year).
    """

    name: str
    tag: str
    titles: tuple[str, ...]
    body: tuple[str, ...]
    brief: tuple[str, ...]
    months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day of the year on which everybody writes something."""

    month: int
    day: int
    name: str
    titles: tuple[str, ...]
    body: tuple[str, ...]


def topic(
    name: str,
    tag: str,
    titles: tuple[str, ...],
    body: tuple[str, ...],
    brief: tuple[str, ...],
    months: tuple[int, ...] = (),
) -> Topic:
    """A topic from plain tuples."""
    return Topic(name, tag, titles, body, brief, frozenset(months))
