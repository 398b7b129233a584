"""Which parts of a text may hide a word: everything else is never read twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from domain.rule import Rule

#: A text this short is read twice: a line of an advertisement is no longer.
SHORT = 64
#: In a text up to this length the neighbourhood of every word that a rule has seen is read twice.
ROUSED = 300
#: Beyond it nobody looks for odd stretches either: pages are cut into segments long before.
LONGEST = 200_000
#: Odd stretches of one text that are read.
_MOST = 20
_REACH = 24

_MARKS = "*_~^|#@&$%+=\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\ufe0f"
#: Small letters or marks with a character right before and after them: words are not written like that, twice within a
#: line. Capital letters are: abbreviations.
_ODD = re.compile(f"[a-z{_MARKS}\u2e80-\u2fdf](?<=[\u4e00-\u9fff].)[a-z{_MARKS}]{{0,6}}[\u4e00-\u9fff]")


#: Families whose words people hide; nobody disguises a slip of the pen.
FAMILIES = frozenset(("harm", "ads"))
_KINDS = frozenset(("lexicon", "combination", "score"))


def is_hidden(rule: Rule) -> bool:
    """True for a rule whose words are looked for in disguise, too."""
    return rule.family in FAMILIES and rule.detector["kind"] in _KINDS


def is_suspect(text: str) -> bool:
    """False for most long texts as they are published: nothing in them is worth the second reading."""
    if len(text) <= ROUSED:
        return True
    odd = _ODD.finditer(text)
    before = next(odd, None)
    for match in odd:
        assert before is not None
        if match.start() - before.start() <= 2 * _REACH:
            return True
        before = match
    return False


def stretches(text: str, sightings: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of ``text`` (the compact view) worth a second reading; rules have seen words of theirs at ``sightings``."""
    length = len(text)
    if length <= SHORT:
        return [(0, length)] if length > 1 else []
    if length > LONGEST:
        return []
    odd = [match.start() for match in _ODD.finditer(text)]
    pairs = [(first, second) for first, second in pairwise(odd) if second - first <= _REACH]
    if length <= ROUSED:
        pairs.extend((place, place) for place in sightings)
    found: list[tuple[int, int]] = []
    for first, second in sorted(pairs):
        left, right = max(0, first - _REACH), min(length, second + _REACH)
        if found and left <= found[-1][1]:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    return found[:_MOST]
