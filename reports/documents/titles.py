"""Where a title breaks: between units of meaning, into as few lines as fit, as even as they can be."""

from __future__ import annotations

from functools import lru_cache

#: Full-width characters of size 2 (22 pt) that fit in the 156 mm of the type area.
LINE = 20


def width(text: str) -> float:
    """Full-width characters that ``text`` takes: Latin letters and digits are half as wide."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def lines(units: tuple[str, ...], limit: float = LINE) -> list[str]:
    """``units`` set into lines of at most ``limit`` full-width characters; a unit longer than a line is cut hard."""
    pieces = tuple(piece for unit in units for piece in _cut(unit, limit))
    if not pieces:
        return []
    starts = _best(pieces, limit)
    return ["".join(pieces[start:end]) for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True)]


def _cut(unit: str, limit: float) -> list[str]:
    size = int(limit)
    return [unit[at : at + size] for at in range(0, len(unit), size)] if width(unit) > limit else [unit] * bool(unit)


@lru_cache(maxsize=256)
def _best(pieces: tuple[str, ...], limit: float) -> list[int]:
    """Indices of the pieces that begin a line: fewest lines, then the least sum of squared gaps."""
    count = len(pieces)
    impossible: tuple[int, float, list[int]] = (10**6, 0.0, [])
    cost = [(0, 0.0, impossible[2]), *[impossible] * count]
    for end in range(1, count + 1):
        for start in range(end):
            size = width("".join(pieces[start:end]))
            if size > limit:
                continue
            many, gaps, starts = cost[start]
            offer = (many + 1, gaps + (limit - size) ** 2, [*starts, start])
            if offer[:2] < cost[end][:2]:
                cost[end] = offer
    return cost[count][2]
