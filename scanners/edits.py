"""One wrong edit inside a fixed phrase: the forms that are looked for as words, and what a spot beside a run shows.

A phrase of four characters or more keeps a run of characters whole whatever single edit it suffers, and is found by it.
Where none is left, in the shortest phrases and in the middle of some, the wrong forms that people really write are
words of the automaton themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanners.confusion import likely
from scanners.edit import LONG, Edit, EditKind, Phrase, may_be
from scanners.nearscan import Spot, run_of


class _Entry:
    """An entry of the automaton."""

    __slots__ = ()

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The edits that a match at ``text[start:end]`` shows."""
        raise NotImplementedError

    def probe(self, text: str, start: int, end: int) -> bool:
        """True where a match is worth looking into: most stand in a faultless phrase."""
        return any(may_be(text, edit) for edit in self.edits(text, start, end))


@dataclass(frozen=True, slots=True)
class WrongForm(_Entry):
    """A wrong form that is a word of the automaton itself."""

    rule_index: int
    phrases: tuple[tuple[Phrase, EditKind, int], ...]

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The edits that this form stands for."""
        del text
        for phrase, kind, at in self.phrases:
            yield Edit(phrase, kind, start, end, at)


def edit_at(spot: Spot, text: str) -> Edit | None:
    """The edit that a spot shows in ``text``, ``None`` where none is left on a closer look."""
    phrase, start = spot.phrase, spot.start
    whole = phrase.text
    if spot.gap >= 0:
        end = start + len(whole)
        return Edit(phrase, EditKind.REPLACED, start, end, spot.gap) if end <= len(text) else None
    run = run_of(whole)
    end = start + run
    rest = whole[run:] if spot.forward else whole[:-run][::-1]
    joint = whole[run - 1] if spot.forward else whole[-run]
    size = len(rest) + 1
    there = text[end : end + size] if spot.forward else text[max(0, start - size) : start][::-1]
    if there.startswith(rest):
        found = (EditKind.DOUBLED, size - 1, size) if there[size - 1 :] == rest[-1] else None
    else:
        found = _compare(there, rest, joint)
    if found is None:
        return None
    kind, at, length = found
    if spot.forward:
        return Edit(phrase, kind, start, end + length, run + at)
    return Edit(phrase, kind, start - length, end, _mirrored(kind, at, length))


def _mirrored(kind: EditKind, at: int, length: int) -> int:
    """An index counted from the anchor backwards, as an index of the span."""
    if kind in (EditKind.DROPPED, EditKind.DOUBLED):
        return length - at
    return length - 1 - at - (1 if kind is EditKind.SWAPPED else 0)


def _compare(there: str, rest: str, joint: str) -> tuple[EditKind, int, int] | None:
    """Kind and place of the only edit that makes ``rest`` the beginning of ``there``, and the length that it takes.

    A dropped last character is no edit: that is where a sentence or a shorter phrase goes on.
    """
    size = len(rest)
    at = 0
    while at < min(size, len(there)) and there[at] == rest[at]:
        at += 1
    if at >= len(there):
        return None
    before = rest[at - 1] if at else joint
    if there[at] == before and there[at + 1 : size + 1] == rest[at:] and len(there) > size:
        return EditKind.DOUBLED, at, size + 1
    if at + 1 < size and there[at : at + 2] == rest[at + 1] + rest[at] and there[at + 2 : size] == rest[at + 2 :]:
        return EditKind.SWAPPED, at, size
    if len(there) >= size and there[at + 1 : size] == rest[at + 1 :]:
        return EditKind.REPLACED, at, size
    if at + 1 < size and there[at : size - 1] == rest[at + 1 :]:
        return EditKind.DROPPED, at, size - 1
    return None


def short_forms(rule_index: int, phrases: Sequence[Phrase]) -> Iterator[tuple[str, WrongForm]]:
    """The wrong forms of phrases that keep no run whole beside their edit, each with what it stands for."""
    known = {phrase.text for phrase in phrases}
    forms: dict[str, list[tuple[Phrase, EditKind, int]]] = {}
    for phrase in phrases:
        for form, kind, at in _wrong_forms(phrase):
            if form not in known:
                forms.setdefault(form, []).append((phrase, kind, at))
    for form, cases in forms.items():
        yield form, WrongForm(rule_index, tuple(cases))


def _wrong_forms(phrase: Phrase) -> Iterator[tuple[str, EditKind, int]]:
    text = phrase.text
    size, run = len(text), run_of(text)
    if size > 2 * run:
        return
    if size == 2 * run:
        yield from _swapped(text, run - 1)
    if size >= LONG:
        return
    for at in range(size) if size <= run else ():
        for other in likely(text[at]):
            yield text[:at] + other + text[at + 1 :], EditKind.REPLACED, at
    for at in range(size - run, run) if size > run else ():
        yield text[:at] + text[at + 1 :], EditKind.DROPPED, at
    for at in range(size):
        if not _is_doubled(text, at):
            yield text[:at] + text[at] + text[at:], EditKind.DOUBLED, at + 1
    for at in range(size - 1):
        yield from _swapped(text, at)


def _swapped(text: str, at: int) -> Iterator[tuple[str, EditKind, int]]:
    if text[at] != text[at + 1]:
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :], EditKind.SWAPPED, at


def _is_doubled(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] == text[at]


class NameAnchor(_Entry):
    """Two characters of a name of three, whole: whatever stands in place of the third is looked at."""

    __slots__ = ("forward", "names", "rule_index")

    def __init__(self, rule_index: int, forward: bool, names: tuple[Phrase, ...]) -> None:
        self.rule_index = rule_index
        self.forward = forward
        self.names = names

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The names with another character, or none, at the open end."""
        sign = text[end : end + 1] if self.forward else text[max(0, start - 1) : start]
        if any(sign == (name.text[-1] if self.forward else name.text[0]) for name in self.names):
            return
        for name in self.names:
            if self.forward:
                if sign:
                    yield Edit(name, EditKind.REPLACED, start, end + 1, 2)
                yield Edit(name, EditKind.DROPPED, start, end, 2)
            else:
                if sign:
                    yield Edit(name, EditKind.REPLACED, start - 1, end, 0)
                yield Edit(name, EditKind.DROPPED, start, end, 0)


def name_entries(rule_index: int, names: list[Phrase]) -> Iterator[tuple[str, NameAnchor | WrongForm]]:
    """The words that the automaton looks for: names of two characters have no half that could be an anchor."""
    forms: dict[str, list[tuple[Phrase, EditKind, int]]] = {}
    halves: dict[tuple[str, bool], list[Phrase]] = {}
    known = {name.text for name in names}
    for name in names:
        text = name.text
        cases = [(text[:at] + text[at] + text[at:], EditKind.DOUBLED, at + 1) for at in range(len(text))]
        for at in range(len(text) - 1):
            cases.extend(_swapped(text, at))
        if len(text) > 2:
            halves.setdefault((text[:2], True), []).append(name)
            halves.setdefault((text[-2:], False), []).append(name)
            cases.append((text[0] + text[2:], EditKind.DROPPED, 1))
        for at in (1,) if len(text) > 2 else range(len(text)):
            cases.extend((text[:at] + sign + text[at + 1 :], EditKind.REPLACED, at) for sign in likely(text[at]))
        for form, kind, at in cases:
            if form not in known:
                forms.setdefault(form, []).append((name, kind, at))
    for form, found in forms.items():
        yield form, WrongForm(rule_index, tuple(found))
    for (half, forward), owners in halves.items():
        yield half, NameAnchor(rule_index, forward, tuple(owners))
