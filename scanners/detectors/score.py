"""Signals that mean little alone: weights are added up within a stretch of text, legitimate look-alikes taken off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.rule import Rule, Severity
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage

#: A signal of less weight adds to the score but is no kind of evidence of its own.
_TELLING = 2
#: Exceptions of a signal are looked for this far around its word.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence. ``weight`` counts once a window however often it occurs; a negative one is a look-alike.

    ``exceptions`` are phrases around a word that make it harmless; ``pattern`` is searched in the base view, and only
    where some word of the rule has been found.
    """

    name: str
    weight: int
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """A word of a signal in the automaton."""

    rule_index: int
    signal: Signal
    word: str


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # place in the whole post
    signal: Signal
    passage: Passage
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Window:
    marks: tuple[_Mark, ...]
    gained: int
    taken: int

    @property
    def net(self) -> int:
        return self.gained + self.taken


class ScoreDetector:
    """A rule of kind ``score``: ``window`` (code points), ``levels`` (severity to least score), ``signals``, and
    ``least_kinds``, of how many telling signals there must be evidence.

    Look-alikes (signals of negative weight) are looked for only around evidence that would be enough without them.
    """

    def __init__(self, index: int, rule: Rule) -> None:
        self.rule = rule
        table = rule.detector
        self._window = int(str(table["window"]))
        self._levels = _levels(table["levels"])
        self._least_kinds = int(str(table.get("least_kinds", 1)))
        signals = table["signals"]
        assert isinstance(signals, list)
        every = tuple(_signal(entry) for entry in signals)
        self._evidence = tuple(signal for signal in every if signal.weight > 0)
        self._lookalikes = tuple(signal for signal in every if signal.weight < 0)
        self.entries = tuple(SignalEntry(index, signal, word) for signal in self._evidence for word in signal.words)

    def judge(
        self, found: Sequence[tuple[Passage, int, int, SignalEntry]], passages: Sequence[Passage], context: PostContext
    ) -> Iterator[Hit]:
        """At most one hit a post: the window with the highest score."""
        offsets = _offsets(passages)
        marks = list(self._word_marks(found, offsets))
        if not marks:
            return
        marks.extend(self._pattern_marks(passages, offsets))
        marks.sort(key=lambda mark: (mark.at, mark.end))
        window = self._best(marks, passages, offsets)
        evidence = sorted(window.marks, key=lambda mark: (-mark.signal.weight, mark.at))
        top = evidence[0]
        names = tuple(dict.fromkeys(mark.signal.name for mark in evidence))
        detail = f"{window.gained}{window.taken:+d} 分" if window.taken else f"{window.gained} 分"
        kinds = {mark.signal.name for mark in evidence if mark.signal.weight >= _TELLING}
        enough = len(kinds) >= self._least_kinds
        severity = self._level(window.net) if enough else None
        if severity is None:
            gross = self._level(window.gained) if enough else None
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
        self, found: Iterable[tuple[Passage, int, int, SignalEntry]], offsets: Mapping[int, int]
    ) -> Iterator[_Mark]:
        for passage, start, end, entry in found:
            text = passage.compact.text
            near = text[max(0, start - _NEAR) : end + _NEAR]
            if entry.signal.exceptions and any(phrase in near for phrase in entry.signal.exceptions):
                continue
            left, right = passage.compact.span(start, end)
            yield _Mark(offsets[id(passage)] + left, entry.signal, passage, left, right, entry.word)

    def _pattern_marks(self, passages: Sequence[Passage], offsets: Mapping[int, int]) -> Iterator[_Mark]:
        for signal in self._evidence:
            if signal.pattern is None:
                continue
            for passage in passages:
                text = passage.base.text
                for match in signal.pattern.finditer(text):
                    left, right = passage.base.span(*match.span())
                    yield _Mark(offsets[id(passage)] + left, signal, passage, left, right, match.group())

    def _best(self, marks: Sequence[_Mark], passages: Sequence[Passage], offsets: Mapping[int, int]) -> _Window:
        """The window with the highest net score that is enough, else the one with the highest gross score.

        Look-alikes count a window further on both sides: a text says first what it is about.
        """
        least = self._levels[-1][1]
        lookalikes: list[tuple[int, Signal]] | None = None
        best: tuple[tuple[int, int], _Window] | None = None
        first = 0
        for last, mark in enumerate(marks):
            while mark.at - marks[first].at > self._window:
                first += 1
            inside = tuple(marks[first : last + 1])
            gained = _total(each.signal for each in inside)
            taken = 0
            if gained >= least:
                if best is not None and gained <= best[0][0]:
                    continue
                if lookalikes is None:
                    lookalikes = sorted(self._lookalikes_of(passages, offsets), key=_place)
                low = bisect_left(lookalikes, inside[0].at - self._window, key=_place)
                high = bisect_right(lookalikes, mark.at + self._window, key=_place)
                taken = _total(signal for _, signal in lookalikes[low:high])
            window = _Window(inside, gained, taken)
            rank = (window.net if window.net >= least else 0, gained)
            if best is None or rank > best[0]:
                best = rank, window
        assert best is not None
        return best[1]

    def _lookalikes_of(self, passages: Sequence[Passage], offsets: Mapping[int, int]) -> Iterator[tuple[int, Signal]]:
        for passage in passages:
            compact = passage.compact
            for signal in self._lookalikes:
                for word in signal.words:
                    at = compact.text.find(word)
                    while at != -1:
                        yield offsets[id(passage)] + compact.origin(at), signal
                        at = compact.text.find(word, at + len(word))

    def _level(self, score: int) -> Severity | None:
        return next((severity for severity, least in self._levels if score >= least), None)


def _total(signals: Iterable[Signal]) -> int:
    """Each kind counts once."""
    return sum({signal.name: signal.weight for signal in signals}.values())


def _place(lookalike: tuple[int, Signal]) -> int:
    return lookalike[0]


def _offsets(passages: Sequence[Passage]) -> dict[int, int]:
    offsets: dict[int, int] = {}
    at = 0
    for passage in passages:
        offsets[id(passage)] = at
        at += len(passage.segment.text)
    return offsets


def _levels(table: object) -> tuple[tuple[Severity, int], ...]:
    assert isinstance(table, Mapping)
    levels = [(Severity(str(name)), int(str(least))) for name, least in table.items()]
    return tuple(sorted(levels, key=lambda level: -level[1]))


def _signal(entry: Mapping[str, object]) -> Signal:
    return Signal(
        name=str(entry["name"]),
        weight=int(str(entry["weight"])),
        words=_words(entry, "words"),
        exceptions=_words(entry, "exceptions"),
        pattern=re.compile(str(entry["pattern"])) if "pattern" in entry else None,
    )


def _words(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, ())
    return tuple(fold_word(str(word)) for word in value) if isinstance(value, (list, tuple)) else ()
