"""The detectors of a book's post rules, and the one automaton whose words wake them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.rule import Rule
from scanners.detectors.combination import CombinationDetector
from scanners.detectors.lexicon import LexiconDetector
from scanners.detectors.links import LinksDetector
from scanners.detectors.name import NameDetector
from scanners.detectors.nearmiss import NearMissDetector
from scanners.detectors.pattern import AnchorEntry, PatternDetector
from scanners.detectors.people import PeopleDetector
from scanners.detectors.score import ScoreDetector
from scanners.detectors.signals import SignalEntry
from scanners.evasion_gate import ROUSED, is_hidden
from scanners.hit import Hit, PostContext
from scanners.matcher import Match, WordMatcher
from scanners.numerals import read_digits
from scanners.passage import Passage, number_stretches
from scanners.rulebook import RuleBook, list_names
from scanners.scoregate import ScoreGate
from scanners.segmenter import Segmenter

#: A word of the automaton and where it stands in the compact view of its passage.
Sighting = tuple[int, int, Any]


class WordDetector(Protocol):
    """A rule that judges words that the automaton has found."""

    rule: Rule

    def judge(self, found: Sequence[Sighting], passage: Passage, context: PostContext) -> Iterator[Hit]:
        """The hits among ``found``; the spans are of ``passage.compact``."""

    def standing(self, found: Sequence[Sighting], text: str) -> Sequence[Sighting]:
        """Those of ``found`` that ``text``, the compact view of a passage, does not speak against."""


@dataclass(slots=True)
class Seen:
    """What was seen in one passage: words and signals by rule, rules woken by an anchor, and whether there are digits.

    ``roused`` are places of words that prove nothing by themselves, in a text so short that they deserve a second look.
    All spans are of the passage's compact view. ``times`` counts the matches of each word of the automaton.
    """

    words: dict[int, list[Sighting]] = field(default_factory=dict)
    signals: dict[int, list[Sighting]] = field(default_factory=dict)
    woken: set[int] = field(default_factory=set)
    numbers: bool = False
    roused: list[int] = field(default_factory=list)
    times: dict[int, int] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """True where no rule has anything to look at."""
        return not (self.words or self.signals or self.woken or self.numbers or self.roused)


#: Of a word that one text repeats without end so many places are judged; a person has long seen enough.
OFTEN = 1000

_WORD, _SIGNAL, _ANCHOR = range(3)
#: What a word of the automaton does: how it is filed, for which rule, and the entry.
_Role = tuple[int, int, Any]


class Panel:
    """Built once for a book: some 100 ms."""

    def __init__(self, book: RuleBook, rules: Sequence[Rule]) -> None:
        segmenter = Segmenter(
            word
            for lexicon in book.lexicons.values()
            for term in lexicon.terms
            if term.whole_word
            for word in term.words
        )
        self._words: dict[int, WordDetector] = {}
        self._scores: dict[int, ScoreDetector] = {}
        self._patterns: dict[int, PatternDetector] = {}
        self._people: dict[int, PeopleDetector] = {}
        self._links: list[LinksDetector] = []
        self._near: dict[int, NearMissDetector] = {}
        entries: list[tuple[str, _Role]] = []
        for index, rule in enumerate(rules):
            match rule.detector["kind"]:
                case "lexicon" | "combination" | "near_miss" | "name":
                    detector, words = _word_detector(index, rule, book, segmenter)
                    self._words[index] = detector
                    entries.extend((word, (_WORD, index, entry)) for word, entry in words)
                    if isinstance(detector, NearMissDetector):
                        self._near[index] = detector
                case "score":
                    score = self._scores[index] = ScoreDetector(index, rule)
                    entries.extend((entry.word, (_SIGNAL, index, entry)) for entry in score.entries)
                case "pattern":
                    pattern = self._patterns[index] = PatternDetector(rule)
                    entries.extend((word, (_ANCHOR, index, AnchorEntry(index))) for word in pattern.anchors)
                case "people":
                    people = self._people[index] = PeopleDetector(rule)
                    entries.extend((word, (_ANCHOR, index, AnchorEntry(index))) for word in people.anchors)
                case "links":
                    self._links.append(LinksDetector(rule))
        self._matcher = matcher = WordMatcher(entries)
        self.find: Callable[[str], Sequence[Match]] = matcher.matches
        #: Build what a long search needs now.
        self.prepare: Callable[[], None] = matcher.prepare
        self._roles = matcher.payloads
        self._number_patterns = {index for index, pattern in self._patterns.items() if pattern.by_number}
        #: Rules whose words people hide.
        self._hidden = frozenset(index for index, rule in enumerate(rules) if is_hidden(rule))
        self._gates: Mapping[int, ScoreGate] = {index: ScoreGate(score.rule) for index, score in self._scores.items()}
        #: Fields that some rule looks at even where no word has been found.
        self.fields = frozenset(name for gate in self._gates.values() for name in gate.fields)

    @property
    def vocabulary(self) -> Iterator[str]:
        """Every word that is evidence for some rule of the panel, folded."""
        for detector in self._words.values():
            for entry in (*getattr(detector, "entries", ()), *getattr(detector, "beside", ())):
                yield entry.word
        for score in self._scores.values():
            yield from (entry.word for entry in score.entries if not entry.anchor)

    def see(self, seen: Seen, text: str, match: Match, offset: int, *, everything: bool) -> None:
        """File a match in ``text``; the passage begins at ``offset``. ``everything`` leaves out the probes."""
        start, end, number = match
        times = seen.times[number] = seen.times.get(number, 0) + 1
        if times > OFTEN:
            return
        for kind, index, entry in self._roles[number]:
            if kind == _ANCHOR:
                seen.woken.add(index)
            elif kind == _SIGNAL:
                seen.signals.setdefault(index, []).append((start - offset, end - offset, entry))
            elif everything or _is_worth(entry, text, start, end):
                seen.words.setdefault(index, []).append((start - offset, end - offset, entry))

    def spots(self, text: str, *, everything: bool) -> Iterator[tuple[int, int, int, object]]:
        """Slips in fixed phrases that no word of the automaton shows, with the index of their rule."""
        for index, detector in self._near.items():
            for start, end, form in detector.spots(text, everything=everything):
                yield start, end, index, form

    @staticmethod
    def see_spot(seen: Seen, spot: tuple[int, int, int, object], offset: int) -> None:
        """File a spot; the passage begins at ``offset``."""
        start, end, index, form = spot
        found = seen.words.setdefault(index, [])
        if len(found) < OFTEN:
            found.append((start - offset, end - offset, form))

    def _asked(self, passage: Passage, seen: Seen, everything: bool) -> Iterable[int]:
        """The pattern rules that can find something in a passage, in order."""
        if everything or passage.segment.context:
            return self._patterns
        asked = seen.woken & self._patterns.keys()
        return sorted(asked | self._number_patterns) if seen.numbers else sorted(asked)

    def settle(self, seen: Seen, compact: str, base: str, *, alone: bool) -> None:
        """Drop what the text alone speaks against: most often no object is made for it then. ``alone``: there is no
        other text in the post."""
        if len(compact) <= ROUSED and self._hidden:
            seen.roused = [
                start
                for filed in (seen.words, seen.signals)
                for index in self._hidden & filed.keys()
                for start, _, _ in filed[index]
            ]
        for index in list(seen.words):
            standing = self._words[index].standing(seen.words[index], compact)
            if standing:
                seen.words[index] = list(standing)
            else:
                del seen.words[index]
        digits, places = base, tuple[tuple[int, int], ...]()
        if seen.numbers:
            digits = read_digits(base)
            places = number_stretches(digits)
            seen.numbers = any(self._patterns[index].may_match(digits, places) for index in self._number_patterns)
        for index in list(seen.woken):
            pattern = self._patterns.get(index)
            if pattern is not None and not pattern.may_match(base):
                seen.woken.discard(index)
        if self._people and (places or not seen.woken.isdisjoint(self._people)):
            found = any(people.may_find(base, digits, places) for people in self._people.values())
            seen.numbers |= found and bool(places)
            if not found:
                seen.woken.difference_update(self._people)
        if alone:
            self._settle_scores(seen, compact, numbers=bool(places))

    def _settle_scores(self, seen: Seen, text: str, *, numbers: bool) -> None:
        for index, score in self._scores.items():
            found = seen.signals.get(index, ())
            if not (found or numbers):
                continue
            if score.may_fire(found, text, numbers=numbers):
                seen.numbers |= numbers
            else:
                seen.signals.pop(index, None)

    def hits(
        self, passages: Sequence[Passage], seen: Sequence[Seen], context: PostContext, *, everything: bool
    ) -> Iterator[tuple[Rule, Hit]]:
        """What the rules object to in one post. ``everything`` asks even the rules that can find nothing."""
        for passage, here in zip(passages, seen, strict=True):
            for index in sorted(here.words):
                detector = self._words[index]
                for hit in detector.judge(here.words[index], passage, context):
                    yield detector.rule, hit
            for index in self._asked(passage, here, everything):
                pattern = self._patterns[index]
                for hit in pattern.detect(passage, context, woken=index in here.woken):
                    yield pattern.rule, hit
        for index, score in self._scores.items():
            if everything or self._gates[index].opens(
                passages, [(here.signals.get(index, ()), here.numbers) for here in seen]
            ):
                signals = [
                    (passage, start, end, entry)
                    for passage, here in zip(passages, seen, strict=True)
                    for start, end, entry in here.signals.get(index, ())
                ]
                for hit in score.judge(signals, passages, context):
                    yield score.rule, hit
        for index, people in self._people.items():
            asked = [
                passage
                for passage, here in zip(passages, seen, strict=True)
                if everything or here.numbers or index in here.woken or passage.segment.context
            ]
            for hit in people.judge(asked, context) if asked else ():
                yield people.rule, hit
        if context.links:
            for links in self._links:
                for hit in links.judge(passages, context):
                    yield links.rule, hit


def _word_detector(
    index: int, rule: Rule, book: RuleBook, segmenter: Segmenter
) -> tuple[WordDetector, Iterable[tuple[str, Any]]]:
    """The detector and its words for the automaton."""
    own, *shared = (book.lexicons[name] for name in list_names(rule))
    match rule.detector["kind"]:
        case "combination":
            combination = CombinationDetector(index, rule, own, segmenter, shared)
            return combination, [(entry.word, entry) for entry in combination.entries]
        case "near_miss":
            near = NearMissDetector(index, rule, own, segmenter)
            return near, near.entries
        case "name":
            name = NameDetector(index, rule, own, segmenter)
            return name, name.entries
        case _:
            lexicon = LexiconDetector(index, rule, own, segmenter)
            return lexicon, [(entry.word, entry) for entry in lexicon.entries]


def _is_worth(entry: object, text: str, start: int, end: int) -> bool:
    """Entries that stand for a possible slip say at once whether there is one: most stand in a faultless phrase."""
    probe = getattr(entry, "probe", None)
    return probe is None or bool(probe(text, start, end))


__all__ = ["Panel", "Seen", "Sighting", "SignalEntry"]
