"""The detectors of a book's post rules, and the one automaton whose words wake them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.rule import Rule
from scanners.detectors.combination import CombinationDetector
from scanners.detectors.evidence import is_inside_latin
from scanners.detectors.lexicon import LexiconDetector
from scanners.detectors.linkhidden import HiddenLinksDetector
from scanners.detectors.links import LinksDetector
from scanners.detectors.name import NameDetector
from scanners.detectors.nearmiss import NearMissDetector
from scanners.detectors.pattern import AnchorEntry, PatternDetector
from scanners.detectors.people import PeopleDetector
from scanners.detectors.score import ScoreDetector
from scanners.detectors.signals import SignalEntry
from scanners.detectors.typo import TypoDetector
from scanners.edits import WrongForm
from scanners.evasion_gate import ROUSED, is_hidden
from scanners.hit import Hit, PostContext
from scanners.matcher import Match, WordMatcher
from scanners.passage import NumberPiece, Passage
from scanners.rulebook import RuleBook, list_names
from scanners.scoregate import ScoreGate
from scanners.segmenter import Segmenter
from scanners.views import View

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

    ``runs`` are spans of the base view in which numbers may stand. ``roused`` are places of words that prove nothing by
    themselves, in a text so short that they deserve a second look.
    All other spans are of the passage's compact view. ``times`` counts the matches of each word of the automaton.
    """

    words: dict[int, list[Sighting]] = field(default_factory=dict)
    signals: dict[int, list[Sighting]] = field(default_factory=dict)
    woken: set[int] = field(default_factory=set)
    numbers: bool = False
    runs: list[tuple[int, int]] = field(default_factory=list)
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
#: Rules that a word wakes, and its entries, each with the probe that tells at once whether a match counts.
_Filed = tuple[frozenset[int], list[tuple[int, int, Any, Any]]]


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
        self._hidden_links: list[HiddenLinksDetector] = []
        self._spotted: dict[int, NearMissDetector | TypoDetector] = {}
        entries: list[tuple[str, _Role]] = []
        for index, rule in enumerate(rules):
            match rule.detector["kind"]:
                case "lexicon" | "combination" | "near_miss" | "name":
                    detector, words = _word_detector(index, rule, book, segmenter)
                    self._words[index] = detector
                    entries.extend((word, (_WORD, index, entry)) for word, entry in words)
                    if isinstance(detector, NearMissDetector):
                        self._spotted[index] = detector
                case "typo":
                    self._words[index] = self._spotted[index] = TypoDetector(rule)
                case "score":
                    score = self._scores[index] = ScoreDetector(index, rule)
                    entries.extend((entry.word, (_SIGNAL, index, entry)) for entry in score.entries)
                case "pattern":
                    pattern = self._patterns[index] = PatternDetector(rule)
                    entries.extend((word, (_ANCHOR, index, AnchorEntry(index))) for word in pattern.anchors)
                case "people":
                    people = self._people[index] = PeopleDetector(rule)
                    entries.extend((word, (_ANCHOR, index, AnchorEntry(index))) for word in people.anchors)
                case "links" if rule.detector.get("look") == "hidden":
                    self._hidden_links.append(HiddenLinksDetector(rule))
                case "links":
                    self._links.append(LinksDetector(rule, book, segmenter))
        self._matcher = WordMatcher(entries, idle=self._is_idle)
        self._roles = self._matcher.payloads
        self._filed: dict[int, _Filed] = {}
        self._number_patterns = {index for index, pattern in self._patterns.items() if pattern.by_number}
        #: Rules whose words people hide.
        self.hidden = frozenset(index for index, rule in enumerate(rules) if is_hidden(rule))
        self._gates: Mapping[int, ScoreGate] = {index: ScoreGate(score.rule) for index, score in self._scores.items()}
        #: Fields that some rule looks at even where no word has been found.
        self.fields = frozenset(name for gate in self._gates.values() for name in gate.fields)

    def of_hidden(self) -> Panel:
        """A panel of the rules alone whose words people hide; the detectors are those of this one."""
        words, payloads = self._matcher.words, self._matcher.payloads
        narrow = copy(self)
        narrow._words = {index: self._words[index] for index in self.hidden & self._words.keys()}
        narrow._scores = {index: self._scores[index] for index in self.hidden & self._scores.keys()}
        narrow._patterns, narrow._people, narrow._spotted = {}, {}, {}
        narrow._links, narrow._hidden_links = [], []
        narrow._matcher = WordMatcher(
            (word, role)
            for word, roles in zip(words, payloads, strict=True)
            for role in roles
            if role[1] in self.hidden
        )
        narrow._roles, narrow._filed = narrow._matcher.payloads, {}
        return narrow

    @property
    def vocabulary(self) -> Iterator[str]:
        """Every word that is evidence for some rule of the panel, folded."""
        for detector in self._words.values():
            for entry in (*getattr(detector, "entries", ()), *getattr(detector, "beside", ())):
                yield entry.word
        for score in self._scores.values():
            yield from (entry.word for entry in score.entries if not entry.anchor)

    def _is_idle(self, word: str, roles: Sequence[_Role]) -> bool:
        """True for a word that none of its rules ever counts."""
        return all(
            isinstance(entry, WrongForm)
            and isinstance(detector := self._words[index], NameDetector)
            and detector.is_ordinary(word)
            for _, index, entry in roles
        )

    def _file(self, number: int) -> _Filed:
        """What a word does, sorted when it is first met: rules that it wakes, and entries with their probes."""
        roles = self._roles[number]
        filed = self._filed[number] = (
            frozenset(index for kind, index, _ in roles if kind == _ANCHOR),
            [(kind, index, entry, getattr(entry, "probe", None)) for kind, index, entry in roles if kind != _ANCHOR],
        )
        return filed

    def prepare(self) -> None:
        """Build what a long search needs now, instead of when the first texts have passed."""
        self._matcher.prepare()

    def find(self, text: str) -> Sequence[Match]:
        """Words of all rules in a compact view, each with its number."""
        found = self._matcher.matches(text)
        if self._matcher.payloads is not self._roles:  # words have been left out: numbers mean other words now
            self._roles, self._filed = self._matcher.payloads, {}
        return found

    def see(self, seen: Seen, text: str, match: Match, offset: int, *, everything: bool) -> None:
        """File a match in ``text``; the passage begins at ``offset``. ``everything`` leaves out the probes."""
        start, end, number = match
        wakes, filed = self._filed.get(number) or self._file(number)
        if wakes:
            seen.woken |= wakes
        for kind, index, entry, probe in filed:
            if kind != _SIGNAL and not everything and probe is not None and not probe(text, start, end):
                continue
            times = seen.times[number] = seen.times.get(number, 0) + 1
            if times <= OFTEN:
                found = seen.signals if kind == _SIGNAL else seen.words
                found.setdefault(index, []).append((start - offset, end - offset, entry))

    def spots(self, view: View, *, everything: bool) -> Iterator[tuple[int, int, int, object]]:
        """Slips that no word of the automaton shows, with the index of their rule."""
        for index, detector in self._spotted.items():
            for start, end, form in detector.spots(view, everything=everything):
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
        if (seen.words or seen.signals) and len(compact) <= ROUSED and self.hidden:
            seen.roused = [
                start
                for filed in (seen.words, seen.signals)
                for index in self.hidden & filed.keys()
                for start, end, _ in filed[index]
                if not is_inside_latin(compact, start, end)
            ]
        if seen.words:
            standing = {index: self._words[index].standing(found, compact) for index, found in seen.words.items()}
            seen.words = {index: list(found) for index, found in standing.items() if found}
        numbers = [piece for run in seen.runs if (piece := NumberPiece.of(base, run))] if seen.runs else []
        seen.numbers = bool(numbers) and self._may_hold_number(numbers)
        if seen.woken:
            seen.woken = {index for index in seen.woken if self._may_be_woken(index, base)}
        if alone and (seen.signals or numbers):
            self._settle_scores(seen, compact, numbers)

    def _may_hold_number(self, numbers: Sequence[NumberPiece]) -> bool:
        return any(
            any(self._patterns[index].may_match(piece.digits, piece.places) for index in self._number_patterns)
            or any(people.may_stand_before(piece.digits, piece.places) for people in self._people.values())
            for piece in numbers
        )

    def _may_be_woken(self, index: int, base: str) -> bool:
        pattern = self._patterns.get(index)
        return self._people[index].may_stand_in_table(base) if pattern is None else pattern.may_match(base)

    def _settle_scores(self, seen: Seen, text: str, numbers: Sequence[NumberPiece]) -> None:
        for index, score in self._scores.items():
            found = seen.signals.get(index, ())
            number = any(score.may_count(piece.digits, piece.places) for piece in numbers)
            if not (found or number):
                continue
            if score.may_fire(found, text, numbers=number):
                seen.numbers |= number
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
        for hidden in self._hidden_links:
            for hit in hidden.judge(passages, context):
                yield hidden.rule, hit


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


__all__ = ["Panel", "Seen", "Sighting", "SignalEntry"]
