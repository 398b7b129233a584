"""One wrong edit inside a fixed phrase: how texts that hold one are found without reading every phrase at every place.

A phrase of five characters or more keeps its first or its last half whole whatever single edit it suffers: those halves
are words of the automaton, and only where one stands is the other half compared. In shorter phrases the halves are
too common; there the wrong forms that people really write are words of the automaton themselves, so that a text without
errors costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.rule import Severity
from scanners.confusion import likely
from scanners.edit import LONG, Edit, EditKind, Phrase, may_be
from scanners.forms import Forms
from scanners.sieve import Glance

#: Half of a phrase that serves as an anchor has at least this many characters.
_ANCHOR = 3


class _Entry:
    """An entry of the automaton."""

    __slots__ = ()

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The edits that a match at ``text[start:end]`` shows."""
        raise NotImplementedError

    @property
    def glance(self) -> Glance | None:
        """What tells at once that a match shows no edit; ``None``: only looking at it does."""
        return None

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


_COMMON_PAIRS = (
    "社会中国国家人民发展改革工作服务建设经济组织管理政府部门制度安全教育生产企业市场保障群众农村公共领导干部体系"
    "机构生活政治文化法律条例委员主席主义代表会议基本问题情况单位机关我国实施推进加强开展重要精神创新社区城市地区"
    "技术科学人员行政事业活动项目资源环境生态二十法院民族大会中华统一监督依法保护责任国务民政中央"
)
#: Pairs that stand in every official text: looking around each of them would cost more than it finds.
TOO_COMMON = frozenset(re.findall("..", _COMMON_PAIRS))


class GapAnchor(_Entry):
    """Two whole characters of a short phrase beside its gap: whatever stands in the gap is looked at."""

    __slots__ = ("_by_next", "forward", "rule_index")

    def __init__(self, rule_index: int, forward: bool, rests: list[tuple[Phrase, str]]) -> None:
        """``rests`` are what stands beyond the gap, read away from the anchor."""
        self.rule_index = rule_index
        self.forward = forward
        self._by_next: dict[str, list[tuple[Phrase, str]]] = {}
        for phrase, rest in rests:
            self._by_next.setdefault(rest[0], []).append((phrase, rest))

    @property
    def glance(self) -> Glance:
        """The character beyond the gap must be the right one."""
        reach = max(len(rest) for cases in self._by_next.values() for _, rest in cases) + 1
        return Glance(self.forward, frozenset(), frozenset(self._by_next), reach)

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Phrases of which only the character in the gap is wrong."""
        beyond = text[end + 1 : end + 2] if self.forward else text[start - 2 : start - 1] if start > 1 else ""
        for phrase, rest in self._by_next.get(beyond, ()):
            size = len(rest) + 1
            if self.forward:
                if text.startswith(rest, end + 1) and text[end] != phrase.text[2]:
                    yield Edit(phrase, EditKind.REPLACED, start, end + size, 2)
            elif start >= size and text[start - size : start - 1] == rest[::-1]:
                at = len(phrase.text) - 3
                if text[start - 1] != phrase.text[at]:
                    yield Edit(phrase, EditKind.REPLACED, start - size, end, at)


class Anchor(_Entry):
    """The whole half of one or more phrases; ``forward``: it is their first half, else their last."""

    __slots__ = ("_first", "_only", "_reach", "_second", "_single", "forward", "rule_index")

    def __init__(self, rule_index: int, anchor: str, forward: bool, rests: list[tuple[Phrase, str]]) -> None:
        """``rests`` are the other halves, read away from the anchor."""
        self.rule_index = rule_index
        self.forward = forward
        joint = anchor[-1] if forward else anchor[0]
        first: dict[str, list[tuple[Phrase, str, str]]] = {}
        second: dict[str, list[tuple[Phrase, str, str]]] = {}
        single: list[tuple[Phrase, str, str]] = []
        for phrase, rest in rests:
            case = (phrase, rest, joint)
            if len(rest) == 1:
                single.append(case)
                continue
            for sign in {rest[0], rest[1], joint}:
                first.setdefault(sign, []).append(case)
            second.setdefault(rest[1], []).append(case)
        self._first = {sign: [*cases, *single] for sign, cases in first.items()}
        self._second = second
        self._single = single
        self._reach = max(len(rest) for _, rest in rests) + 1
        self._only = (rests[0][1] if forward else rests[0][1][::-1]) if len(rests) == 1 else ""

    @property
    def glance(self) -> Glance:
        """One of the two characters beside the half must be of the other half, unless that is one character."""
        near = None if self._single else frozenset(self._first)
        return Glance(self.forward, near, frozenset(self._second), self._reach, self._only)

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Phrases whose other half is not whole, but one edit away."""
        near = text[end : end + 2] if self.forward else text[max(0, start - 2) : start][::-1]
        if not near:
            return
        cases = self._first.get(near[0], self._single)
        if len(near) > 1 and near[1] in self._second:
            cases = [*cases, *(case for case in self._second[near[1]] if case not in cases)]
        for phrase, rest, joint in cases:
            whole = text.startswith(rest, end) if self.forward else text.endswith(rest[::-1], 0, start)
            size = len(rest) + 1
            if whole:
                outer = (
                    text[end + size - 1 : end + size] if self.forward else text[max(0, start - size) : start - size + 1]
                )
                if outer == rest[-1]:
                    yield self._edit(phrase, EditKind.DOUBLED, start, end, size - 1, size)
                continue
            there = text[end : end + size] if self.forward else text[max(0, start - size) : start][::-1]
            found = _compare(there, rest, joint)
            if found is None:
                continue
            yield self._edit(phrase, found[0], start, end, *found[1:])

    def _edit(self, phrase: Phrase, kind: EditKind, start: int, end: int, at: int, length: int) -> Edit:
        if self.forward:
            return Edit(phrase, kind, start, end + length, end - start + at)
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


def entries(rule_index: int, phrases: list[Phrase]) -> Iterator[tuple[str, Anchor | GapAnchor | WrongForm]]:
    """The words that the automaton looks for."""
    yield from wrong_forms(rule_index, phrases).all()
    yield from anchors(rule_index, phrases)


def wrong_forms(rule_index: int, phrases: list[Phrase]) -> Forms[Phrase, tuple[EditKind, int], WrongForm]:
    """The wrong forms that no anchor finds."""
    shared: dict[tuple[tuple[Phrase, EditKind, int], ...], WrongForm] = {}

    def payload(cases: tuple[tuple[Phrase, tuple[EditKind, int]], ...]) -> WrongForm:
        key = tuple((phrase, kind, at) for phrase, (kind, at) in cases)
        return shared.setdefault(key, WrongForm(rule_index, key))

    items = ((phrase.text, phrase) for phrase in phrases)
    return Forms(
        items, lambda phrase: ((form, (kind, at)) for form, kind, at in _wrong_forms(phrase)), payload, long=LONG
    )


def anchors(rule_index: int, phrases: list[Phrase]) -> Iterator[tuple[str, Anchor | GapAnchor]]:
    """The parts of phrases around which an edit is looked for."""
    halves: dict[tuple[str, bool], list[tuple[Phrase, str]]] = {}
    gaps: dict[tuple[str, bool], list[tuple[Phrase, str]]] = {}
    for phrase in phrases:
        text = phrase.text
        size = max(_ANCHOR, len(text) // 2)
        if len(text) > _ANCHOR:
            halves.setdefault((text[:size], True), []).append((phrase, text[size:]))
            back = max(_ANCHOR, len(text) - len(text) // 2)
            halves.setdefault((text[-back:], False), []).append((phrase, text[:-back][::-1]))
        for half, forward, rest in _gaps(phrase):
            gaps.setdefault((half, forward), []).append((phrase, rest))
    for (half, forward), rests in halves.items():
        yield half, Anchor(rule_index, half, forward, rests)
    for (half, forward), rests in gaps.items():
        yield half, GapAnchor(rule_index, forward, rests)


def _gaps(phrase: Phrase) -> Iterator[tuple[str, bool, str]]:
    """The pairs of characters from which a wrong character in the middle of a short phrase is seen: the pair, whether
    it is the beginning, and what follows the gap, read away from the pair."""
    text = phrase.text
    if phrase.term.severity is not Severity.VETO:
        return
    if len(text) == _ANCHOR + 1:
        if text[:2] not in TOO_COMMON:
            yield text[:2], True, text[3:]
        if text[2:] not in TOO_COMMON:
            yield text[2:], False, text[0]
    elif len(text) == _ANCHOR + 2:
        if text[:2] not in TOO_COMMON:
            yield text[:2], True, text[3:]
        elif text[3:] not in TOO_COMMON:
            yield text[3:], False, text[:2][::-1]


def _wrong_forms(phrase: Phrase) -> Iterator[tuple[str, EditKind, int]]:
    """The forms that no anchor of the phrase finds."""
    text = phrase.text
    size = len(text)
    if size >= LONG:
        middle = {size // 2, size - size // 2}
        for at in sorted(middle):
            yield from _swapped(text, at - 1)
        return
    inner = range(size) if size <= _ANCHOR else range(size - _ANCHOR, _ANCHOR)
    seen = {2 if forward else size - 3 for _, forward, _ in _gaps(phrase)}
    for at in inner:
        for other in likely(text[at]) if at not in seen else ():
            yield text[:at] + other + text[at + 1 :], EditKind.REPLACED, at
        if size > _ANCHOR:
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
