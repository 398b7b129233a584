"""Most matches of the halves of fixed phrases stand in faultless phrases: they are dismissed at the price of a glance.

Nothing here decides anything. A match is dismissed only where its entry finds no possible slip in the few characters
around it, and each run of characters is judged once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanners.matcher import Match

#: Runs of characters whose verdict is remembered, before all are forgotten (some 100 bytes each).
_REMEMBERED = 100_000
#: Asked at most so far beside the anchor and what belongs to it.
_BESIDE = 2
#: So many characters that no word holds have to stand before and after a text that is sifted.
MARGIN = 48


class Glance:
    """``forward``: the text after the match decides, else the text before it.

    There is nothing to see unless the next character is one of ``near`` (``None``: any), or the one after it one of
    ``beyond``; ``reach`` is how many characters are looked at in all.
    """

    __slots__ = ("beyond", "forward", "near", "reach")

    def __init__(self, forward: bool, near: frozenset[str] | None, beyond: frozenset[str], reach: int) -> None:
        self.forward, self.near, self.beyond, self.reach = forward, near, beyond, reach


_Look = tuple[bool, frozenset[str] | None, frozenset[str], int, int, dict[str, bool], Any]


class Sieve:
    """For the words of an automaton, by number. ``entries``: all entries of each word.

    An entry with a ``glance`` that is not ``None`` has a ``probe``, which says with the text and the span of a match
    whether it is worth looking into; an entry without one sees every match.
    """

    def __init__(self, entries: Sequence[Sequence[object]]) -> None:
        self._looks: list[_Look | None] = [_look(own) for own in entries]
        self._left = _REMEMBERED
        #: The words whose matches are sifted.
        self.numbers = frozenset(number for number, look in enumerate(self._looks) if look is not None)

    def worth(self, text: str, matches: Sequence[Match]) -> list[Match]:
        """The matches that deserve a closer look. ``text`` begins and ends with ``MARGIN`` characters of no word."""
        looks = self._looks
        kept: list[Match] = []
        keep = kept.append
        for match in matches:
            start, end, number = match
            look = looks[number]
            if look is None:
                keep(match)
                continue
            forward, near, beyond, before, after, known, probes = look
            if near is not None:
                if forward:
                    if text[end] not in near and text[end + 1] not in beyond:
                        continue
                elif text[start - 1] not in near and text[start - 2] not in beyond:
                    continue
            run = text[start - before : end + after]
            verdict = known.get(run)
            if verdict is None:
                verdict = known[run] = any(probe(text, start, end) for probe in probes)
                self._left -= 1
                if self._left <= 0:
                    self._forget()
            if verdict:
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
        if any(glance.near is None for glance in glances)
        else frozenset().union(*(each.near or () for each in glances))
    )
    beyond = frozenset().union(*(glance.beyond for glance in glances))
    reach = max(glance.reach for glance in glances) + _BESIDE
    if reach > MARGIN:
        return None
    before, after = (_BESIDE, reach) if first.forward else (reach, _BESIDE)
    probes = tuple(getattr(entry, "probe") for entry in entries)  # noqa: B009
    return first.forward, near, beyond, before, after, {}, probes
