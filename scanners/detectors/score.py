"""Signals that mean little alone: weights are added up within a stretch of text, legitimate look-alikes taken off."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.rule import Rule, Severity
from scanners.detectors.marks import Mark, Window, folded_index, is_quoted, offsets_of, place_of
from scanners.detectors.signals import Signal, SignalEntry, entries_of, read_signal, total
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.matcher import WordMatcher
from scanners.passage import Passage

__all__ = ["ScoreDetector", "SignalEntry"]

#: Exceptions of a signal are looked for this far around its word.
_NEAR = 12
#: How far from its anchor a pattern may begin or end.
_REACH = 24


class ScoreDetector:
    """A rule of kind ``score``.

    Its table: ``window`` (code points), ``levels`` (severity to least score), ``signals``; and where wanted
    ``least_kinds``, of how many telling signals there must be evidence; ``unaddressed``, what is taken off where
    nothing speaks to the reader; ``long_text`` and ``long_extra``: in a post longer than so many code points signals
    meet by chance, and so many points more are asked for; ``fields``, the only fields that are judged (their patterns
    need no word beside them: a title is short); ``outside_quotes``, words of other people do not count.

    Look-alikes (signals of negative weight) are looked for only around evidence that would be enough without them.
    """

    def __init__(self, index: int, rule: Rule) -> None:
        self.rule = rule
        table = rule.detector
        self._window = int(str(table["window"]))
        self._levels = _levels(table["levels"])
        self._least_kinds = int(str(table.get("least_kinds", 1)))
        self._unaddressed = int(str(table.get("unaddressed", 0)))
        self._long_text = int(str(table.get("long_text", 0)))
        self._long_extra = int(str(table.get("long_extra", 0)))
        fields = table.get("fields", [])
        self._fields = frozenset(map(str, fields)) if isinstance(fields, list) else frozenset[str]()
        self._outside_quotes = bool(table.get("outside_quotes", False))
        signals = table["signals"]
        assert isinstance(signals, list)
        every = tuple(read_signal(entry) for entry in signals)
        self._evidence = tuple(signal for signal in every if signal.weight > 0)
        self._lookalikes = tuple(signal for signal in every if signal.weight < 0)
        self._lazy = tuple((signal, pattern) for signal in self._evidence if (pattern := signal.lazy))
        self._nearby = tuple(signal for signal in self._evidence if signal.nearby)
        self._numbers = tuple(
            (signal, signal.pattern) for signal in self._evidence if signal.numbers and signal.pattern
        )
        self._weak = (*(signal for signal, _ in self._lazy), *self._nearby)
        self._nearby_words: WordMatcher[Signal] = WordMatcher(
            (word, signal) for signal in self._nearby for word in signal.words
        )
        self._weak_total = _most(self._weak)
        self.entries = entries_of(index, self._evidence)

    def may_count(self, digits: str, places: Iterable[tuple[int, int]]) -> bool:
        """True where some number at ``places`` of a digit view is evidence."""
        return any(
            pattern.search(digits, max(0, low - _REACH), high + _NEAR) is not None
            for low, high in places
            for _, pattern in self._numbers
        )

    def may_fire(self, found: Sequence[tuple[int, int, SignalEntry]], text: str, *, numbers: bool) -> bool:
        """False where ``found`` and what stands near it, in the compact view of the only text of a post, cannot be
        enough. ``numbers`` tells whether there may be any in it."""
        if self._fields:
            return True
        extra = self._long_extra if self._long_text and len(text) > self._long_text else 0
        least = self._levels[-1][1] + extra
        everywhere = [signal for signal, _ in self._numbers] if numbers else []
        if everywhere and self._enough([*everywhere, *self._weak], least):
            return True
        follow = max(least - self._weak_total, extra + 1 if extra else 0)
        if sum(entry.signal.weight for _, _, entry in found) + total(everywhere) < follow:
            return False
        marks = [
            (start, entry.signal) for start, _, entry in found if not self._is_exception(entry.signal, text, start)
        ]
        marks.sort(key=_first)
        for group in _groups(marks, 2 * self._window):
            if _most([*everywhere, *(signal for _, signal in group)]) < follow:
                continue
            low, high = max(0, group[0][0] - self._window), group[-1][0] + self._window
            near = self._near(text, low, high, least - _most([*everywhere, *(signal for _, signal in group)]))
            if near is not None and self._windows_hold([*group, *near], everywhere, least):
                return True
        return False

    def _near(self, text: str, low: int, high: int, missing: int) -> list[tuple[int, Signal]] | None:
        """Weak evidence in a stretch; ``None`` as soon as it is clear that ``missing`` points do not come together."""
        marks = [(low + start, signal) for start, _, signal in self._nearby_words.find(text[low:high])]
        seen = {id(signal): signal for _, signal in marks}
        for index, (signal, pattern) in enumerate(self._lazy):
            if _most([*seen.values(), *(each for each, _ in self._lazy[index:])]) < missing:
                return None
            for match in pattern.finditer(text, low, high):
                marks.append((match.start(), signal))
                seen[id(signal)] = signal
        return marks if _most(seen.values()) >= missing else None

    def _windows_hold(self, marks: list[tuple[int, Signal]], everywhere: Sequence[Signal], least: int) -> bool:
        first = 0
        marks.sort(key=_first)
        for last, (start, _) in enumerate(marks):
            while start - marks[first][0] > self._window:
                first += 1
            if self._enough([*everywhere, *(signal for _, signal in marks[first : last + 1])], least):
                return True
        return False

    @staticmethod
    def _is_exception(signal: Signal, text: str, start: int) -> bool:
        """True where an exception stands wholly between the nearest places at which one is looked for."""
        return bool(signal.exceptions) and any(
            phrase in text[max(0, start - _NEAR) : start + _NEAR] for phrase in signal.exceptions
        )

    def _enough(self, signals: Sequence[Signal], least: int) -> bool:
        kinds = {signal.name for signal in signals if signal.telling}
        taken = 0 if any(signal.addressed for signal in signals) else self._unaddressed
        return len(kinds) >= self._least_kinds and _most(signals) + taken >= least

    def judge(
        self, found: Sequence[tuple[Passage, int, int, SignalEntry]], passages: Sequence[Passage], context: PostContext
    ) -> Iterator[Hit]:
        """At most one hit a post: the window with the highest score."""
        if self._fields:
            passages = [passage for passage in passages if passage.segment.field in self._fields]
            found = [each for each in found if each[0].segment.field in self._fields]
        elif not found and not self._numbers:
            return
        offsets = offsets_of(passages)
        marks = list(self._word_marks(found, offsets, context))
        if self._numbers:
            marks.extend(self._number_marks(passages, offsets))
        if not marks and not self._fields:
            return
        for low, high in self._stretches(marks, passages):
            marks.extend(self._pattern_marks(low, high, passages, offsets))
        if not marks:
            return
        marks.sort(key=lambda mark: (mark.at, mark.end))
        window = self._best(marks, passages, offsets)
        evidence = sorted(window.marks, key=lambda mark: (-mark.signal.weight, mark.at))
        top = evidence[0]
        names = tuple(dict.fromkeys(mark.signal.name for mark in evidence))
        detail = f"{window.gained}{window.taken:+d} 分" if window.taken else f"{window.gained} 分"
        kinds = {mark.signal.name for mark in evidence if mark.signal.telling}
        enough = len(kinds) >= self._least_kinds
        extra = self._extra(passages)
        severity = self._level(window.net - extra) if enough else None
        if severity is None:
            gross = self._level(window.gained - extra) if enough else None
            guard = Guard.THRESHOLD if gross is None else Guard.SUBTRACT
            if context.drop(self.rule.id, guard, top.passage, top.start, top.end, detail):
                return
            severity = gross or self._levels[-1][0]
        yield Hit(
            passage=top.passage,
            start=top.start,
            end=top.end,
            key=top.key,
            severity=severity,
            explanation=f"{'、'.join(names)}，合计 {detail}",
            facts={"score": str(window.net), "signals": "、".join(names)},
            places=tuple(dict.fromkeys((mark.passage, mark.start, mark.end) for mark in evidence[1:])),
        )

    def _word_marks(
        self, found: Iterable[tuple[Passage, int, int, SignalEntry]], offsets: Mapping[int, int], context: PostContext
    ) -> Iterator[Mark]:
        for passage, start, end, entry in found:
            signal = entry.signal
            text = passage.compact.text
            if entry.anchor:
                assert signal.pattern is not None
                low, high = max(0, start - _REACH), min(len(text), end + _REACH)
                match = signal.pattern.search(text, low, high)
                while match is not None and match.end() <= start:
                    match = signal.pattern.search(text, max(match.end(), match.start() + 1), high)
                if match is None or match.start() >= end:
                    continue
                start, end = match.span()
            if signal.exceptions:
                near = text[max(0, start - _NEAR) : end + _NEAR]
                if any(phrase in near for phrase in signal.exceptions):
                    continue
            left, right = passage.compact.span(start, end)
            foreign = self._outside_quotes and is_quoted(text, start)
            if foreign and context.drop(self.rule.id, Guard.EXCUSE, passage, left, right, "引用他人的话"):
                continue
            yield Mark(offsets[id(passage)] + left, signal, passage, left, right, text[start:end])

    def _number_marks(self, passages: Sequence[Passage], offsets: Mapping[int, int]) -> Iterator[Mark]:
        for passage in passages:
            for low, high in passage.stretches:
                for signal, pattern in self._numbers:
                    for match in pattern.finditer(passage.digits, max(0, low - _REACH), high + _NEAR):
                        left, right = passage.base.span(*match.span())
                        yield Mark(offsets[id(passage)] + left, signal, passage, left, right, match.group())

    def _stretches(self, marks: Sequence[Mark], passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
        """The parts of the post in which patterns can still change the verdict, in places of the whole post."""
        if not self._lazy and not self._nearby:
            return
        if self._fields:
            yield 0, sum(len(passage.segment.text) for passage in passages)
            return
        extra = self._extra(passages)
        weak = total((*(signal for signal, _ in self._lazy), *self._nearby))
        # in a long text a lone weak word is not followed up
        least = max(self._levels[-1][1] + extra - weak, extra + 1 if extra else 0)
        group: list[Mark] = []
        for mark in sorted(marks, key=lambda mark: mark.at):
            if group and mark.at - group[-1].at > 2 * self._window:
                if total(each.signal for each in group) >= least:
                    yield group[0].at - self._window, group[-1].at + self._window
                group = []
            group.append(mark)
        if group and total(each.signal for each in group) >= least:
            yield group[0].at - self._window, group[-1].at + self._window

    def _pattern_marks(
        self, low: int, high: int, passages: Sequence[Passage], offsets: Mapping[int, int]
    ) -> Iterator[Mark]:
        for passage in passages:
            offset = offsets[id(passage)]
            compact = passage.compact
            start, end = folded_index(compact, low - offset), folded_index(compact, high - offset)
            if start >= end:
                continue
            for first, last, signal in self._nearby_words.find(compact.text[start:end]) if self._nearby else ():
                left, right = compact.span(start + first, start + last)
                yield Mark(offset + left, signal, passage, left, right, compact.text[start + first : start + last])
            for signal, pattern in self._lazy:
                for match in pattern.finditer(compact.text, start, end):
                    if self._outside_quotes and is_quoted(compact.text, match.start()):
                        continue
                    left, right = compact.span(*match.span())
                    yield Mark(offset + left, signal, passage, left, right, match.group())

    def _best(self, marks: Sequence[Mark], passages: Sequence[Passage], offsets: Mapping[int, int]) -> Window:
        """The window with the highest net score that is enough, else the one with the highest gross score.

        Look-alikes count a window further on both sides: a text says first what it is about.
        """
        least = self._levels[-1][1] + self._extra(passages)
        lookalikes: list[tuple[int, Signal]] | None = None
        best: tuple[tuple[int, int], Window] | None = None
        first = 0
        for last, mark in enumerate(marks):
            while mark.at - marks[first].at > self._window:
                first += 1
            inside = tuple(marks[first : last + 1])
            gained = total(each.signal for each in inside)
            taken = 0 if any(each.signal.addressed for each in inside) else self._unaddressed
            if gained + taken >= least:
                if best is not None and gained <= best[0][0]:
                    continue
                if lookalikes is None:
                    lookalikes = sorted(self._lookalikes_of(passages, offsets), key=place_of)
                low = bisect_left(lookalikes, inside[0].at - self._window, key=place_of)
                high = bisect_right(lookalikes, mark.at + self._window, key=place_of)
                taken += total(signal for _, signal in lookalikes[low:high])
            window = Window(inside, gained, taken)
            rank = (window.net if window.net >= least else 0, gained)
            if best is None or rank > best[0]:
                best = rank, window
        assert best is not None
        return best[1]

    def _lookalikes_of(self, passages: Sequence[Passage], offsets: Mapping[int, int]) -> Iterator[tuple[int, Signal]]:
        for passage in passages:
            compact, offset = passage.compact, offsets[id(passage)]
            for signal in self._lookalikes:
                for word in signal.words:
                    at = compact.text.find(word)
                    while at != -1:
                        yield offset + compact.origin(at), signal
                        at = compact.text.find(word, at + len(word))
                if signal.pattern is not None:
                    for match in signal.pattern.finditer(compact.text):
                        yield offset + compact.origin(match.start()), signal

    def _extra(self, passages: Sequence[Passage]) -> int:
        long = self._long_text and sum(len(passage.segment.text) for passage in passages) > self._long_text
        return self._long_extra if long else 0

    def _level(self, score: int) -> Severity | None:
        return next((severity for severity, least in self._levels if score >= least), None)


def _most(signals: Iterable[Signal]) -> int:
    """The most that signals can add up to; of several of one name the heaviest counts."""
    weights: dict[str, int] = {}
    for signal in signals:
        weights[signal.name] = max(signal.weight, weights.get(signal.name, 0))
    return sum(weights.values())


def _first(mark: tuple[int, Signal]) -> int:
    return mark[0]


def _groups(marks: Sequence[tuple[int, Signal]], gap: int) -> Iterator[list[tuple[int, Signal]]]:
    """``marks``, in order, cut wherever two are more than ``gap`` apart."""
    group: list[tuple[int, Signal]] = []
    for mark in marks:
        if group and mark[0] - group[-1][0] > gap:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _levels(table: object) -> tuple[tuple[Severity, int], ...]:
    assert isinstance(table, Mapping)
    levels = [(Severity(str(name)), int(str(least))) for name, least in table.items()]
    return tuple(sorted(levels, key=lambda level: -level[1]))
