"""Signals that mean little alone: weights are added up within a stretch of text, legitimate look-alikes taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.rule import Rule, Severity
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence. ``weight`` counts once a window however often it occurs; a negative one is a look-alike.

    ``exceptions`` are phrases around a word that make it harmless; ``pattern`` is searched in the base view, and only
    where some word of the rule has been found or ``anchor`` stands in the text.
    """

    name: str
    weight: int
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    pattern: re.Pattern[str] | None
    anchors: tuple[str, ...]


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


class ScoreDetector:
    """A rule of kind ``score``: ``window`` (code points), ``levels`` (severity to least score), ``signals``."""

    def __init__(self, index: int, rule: Rule) -> None:
        self.rule = rule
        table = rule.detector
        self._window = int(str(table["window"]))
        self._levels = _levels(table["levels"])
        self._least_kinds = int(str(table.get("least_kinds", 1)))
        signals = table["signals"]
        assert isinstance(signals, list)
        self._signals = tuple(_signal(entry) for entry in signals)
        self.entries = tuple(SignalEntry(index, signal, word) for signal in self._signals for word in signal.words)

    def judge(
        self, found: Sequence[tuple[Passage, int, int, SignalEntry]], passages: Sequence[Passage], context: PostContext
    ) -> Iterator[Hit]:
        """At most one hit a post: the window with the highest score."""
        offsets = _offsets(passages)
        marks = list(self._word_marks(found, offsets))
        marks.extend(self._pattern_marks(passages, offsets, bool(marks)))
        marks.sort(key=lambda mark: (mark.at, mark.end))
        best = self._best(marks)
        if not best:
            return
        gained = _total(mark for mark in best if mark.signal.weight > 0)
        taken = _total(mark for mark in self._near(marks, best) if mark.signal.weight < 0)
        evidence = sorted(
            (mark for mark in best if mark.signal.weight > 0), key=lambda mark: (-mark.signal.weight, mark.at)
        )
        kinds = len({mark.signal.name for mark in evidence})
        top = evidence[0]
        severity = self._level(gained + taken) if kinds >= self._least_kinds else None
        detail = f"{gained}{taken:+d} 分" if taken else f"{gained} 分"
        if severity is None:
            raw = self._level(gained) if kinds >= self._least_kinds else None
            guard = Guard.SUBTRACT if raw is not None else Guard.THRESHOLD
            if context.drop(self.rule.id, guard, top.passage, top.start, top.end, detail):
                return
            severity = raw or self._levels[-1][0]
        names = "、".join(dict.fromkeys(mark.signal.name for mark in evidence))
        yield Hit(
            passage=top.passage,
            start=top.start,
            end=top.end,
            key=top.key,
            severity=severity,
            explanation=f"{names}，合计 {detail}",
            facts={"score": str(gained + taken), "signals": names},
            places=tuple(dict.fromkeys((mark.passage, mark.start, mark.end) for mark in evidence[1:])),
        )

    def _word_marks(
        self, found: Iterable[tuple[Passage, int, int, SignalEntry]], offsets: Mapping[int, int]
    ) -> Iterator[_Mark]:
        for passage, start, end, entry in found:
            text = passage.compact.text
            near = text[max(0, start - 12) : end + 12]
            if entry.signal.exceptions and any(phrase in near for phrase in entry.signal.exceptions):
                continue
            left, right = passage.compact.span(start, end)
            yield _Mark(offsets[id(passage)] + left, entry.signal, passage, left, right, entry.word)

    def _pattern_marks(
        self, passages: Sequence[Passage], offsets: Mapping[int, int], anchored: bool
    ) -> Iterator[_Mark]:
        for signal in self._signals:
            if signal.pattern is None:
                continue
            for passage in passages:
                text = passage.base.text
                if not anchored and not any(anchor in text for anchor in signal.anchors):
                    continue
                for match in signal.pattern.finditer(text):
                    left, right = passage.base.span(*match.span())
                    yield _Mark(offsets[id(passage)] + left, signal, passage, left, right, match.group())

    def _best(self, marks: Sequence[_Mark]) -> list[_Mark]:
        """The marks of the window with the highest net score; where none is above zero, with the highest gross one."""
        best: list[_Mark] = []
        best_score = (0, 0)
        first = 0
        for last, mark in enumerate(marks):
            while mark.at - marks[first].at > self._window:
                first += 1
            inside = marks[first : last + 1]
            score = (max(0, _total(inside)), _total(mark for mark in inside if mark.signal.weight > 0))
            if score > best_score:
                best, best_score = list(inside), score
        return best

    def _near(self, marks: Sequence[_Mark], best: Sequence[_Mark]) -> list[_Mark]:
        """Look-alikes count a window further on both sides: what a text is about is said at its head."""
        low, high = best[0].at - self._window, best[-1].at + self._window
        return [mark for mark in marks if low <= mark.at <= high]

    def _level(self, score: int) -> Severity | None:
        return next((severity for severity, least in self._levels if score >= least), None)


def _total(marks: Iterable[_Mark]) -> int:
    return sum({mark.signal.name: mark.signal.weight for mark in marks}.values())


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
        anchors=_words(entry, "anchor"),
    )


def _words(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, ())
    return tuple(fold_word(str(word)) for word in value) if isinstance(value, (list, tuple)) else ()
