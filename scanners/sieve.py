"""Most matches of the halves of fixed phrases stand in faultless phrases: they are dismissed at the price of a glance.

Nothing here decides anything. A match is dismissed only where its entry finds no possible slip in the few characters
around it, and each run of characters is judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scanners.matcher import Match

#: Runs of characters whose verdict is remembered, before all are forgotten (some 100 bytes each).
_REMEMBERED = 100_000
#: So many characters that no word holds have to stand before and after a text that is sifted.
MARGIN = 48


class Glance:
    """``forward``: the text after the match decides, else the text before it.

    There is nothing to see unless the next character is one of ``near`` (``None``: any), or the one after it one of
    ``beyond``; nor where ``whole`` (as the text has it) stands there, unless its outermost character is doubled.
    ``reach`` is how many characters decide.
    """

    __slots__ = ("beyond", "forward", "near", "reach", "whole")

    def __init__(
        self, forward: bool, near: frozenset[str] | None, beyond: frozenset[str], reach: int, whole: str = ""
    ) -> None:
        self.forward, self.near, self.beyond, self.reach, self.whole = forward, near, beyond, reach, whole


#: A glance taken apart, the verdicts on runs of characters, and who gives them.
_Look = tuple[bool, frozenset[str] | None, frozenset[str], int, str, dict[str, bool], tuple[Any, ...]]


#: Stands for a word that no text has held yet.
_UNASKED: _Look = (True, None, frozenset(), 0, "", {}, ())


class Sieve:
    """For the words of an automaton, by number; ``size`` tells how many there are now.

    ``entries`` tells all entries of a word; it is asked about a word when the first match of it comes.
    An entry with a ``glance`` that is not ``None`` has a ``probe``, which says with the text and the span of a match
    whether it is worth looking into, and looks no further than one character beyond what decides; an entry without one
    sees every match.
    """

    def __init__(self, entries: Callable[[int], Sequence[object]], size: Callable[[], int]) -> None:
        self._entries, self._size = entries, size
        self._looks: list[_Look | None] = []
        self._left = _REMEMBERED

    def has_judged(self, number: int) -> bool:
        """True for a word whose matches are sifted: what is left of them has been looked into."""
        look = self._looks[number] if number < len(self._looks) else None
        return look is not None and look is not _UNASKED

    def worth(self, text: str, matches: Sequence[Match]) -> list[Match]:
        """The matches that deserve a closer look. ``text`` begins and ends with ``MARGIN`` characters of no word."""
        looks = self._looks
        looks.extend([_UNASKED] * (self._size() - len(looks)))
        kept: list[Match] = []
        keep = kept.append
        for match in matches:
            start, end, number = match
            look = looks[number]
            if look is _UNASKED:
                look = looks[number] = _look(self._entries(number))
            if look is None:
                keep(match)
                continue
            forward, near, beyond, reach, whole, known, probes = look
            if forward:
                if near is not None and text[end] not in near and text[end + 1] not in beyond:
                    continue
                if whole and text.startswith(whole, end) and text[end + reach - 1] != whole[-1]:
                    continue
                run = text[start - 1 : end + reach + 1]
            else:
                if near is not None and text[start - 1] not in near and text[start - 2] not in beyond:
                    continue
                if whole and text.endswith(whole, 0, start) and text[start - reach] != whole[0]:
                    continue
                run = text[start - reach - 1 : end + 1]
            worth = known.get(run)
            if worth is None:
                worth = known[run] = any(probe(text, start, end) for probe in probes)
                self._left -= 1
                if self._left <= 0:
                    self._forget()
            if worth:
                keep(match)
        return kept

    def _forget(self) -> None:
        self._left = _REMEMBERED
        for look in self._looks:
            if look is not None:
                look[5].clear()


def _look(entries: Sequence[object]) -> _Look | None:
    """One glance for all entries of a word; ``None`` where some entry has to see every match."""
    glances: list[Glance] = [glance for entry in entries if (glance := getattr(entry, "glance", None)) is not None]
    first = glances[0] if glances else None
    if first is None or len(glances) < len(entries) or any(each.forward != first.forward for each in glances):
        return None
    near = (
        None
        if any(each.near is None for each in glances)
        else frozenset().union(*(each.near or () for each in glances))
    )
    beyond = frozenset().union(*(each.beyond for each in glances))
    reach = max(glance.reach for glance in glances)
    whole = first.whole if len(glances) == 1 else ""
    if reach >= MARGIN or (whole and reach != len(whole) + 1):
        return None
    probes = tuple(getattr(entry, "probe") for entry in entries)  # noqa: B009
    return first.forward, near, beyond, reach, whole, {}, probes
