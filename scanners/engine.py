"""The scanner: folds, finds, excuses, explains. Pure: asks neither the time, nor the network, nor a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.clock import require_aware
from domain.finding import Finding
from domain.link import ResolvedLink
from domain.post import Segment
from domain.rule import Rule, RuleStatus, Scope
from domain.timeline import Timeline
from scanners.detectors.cadence import CadenceDetector, Silence
from scanners.detectors.lexicon import LexiconDetector, WordEntry
from scanners.detectors.links import LinksDetector
from scanners.detectors.name import NameDetector, NameEntry
from scanners.detectors.nearmiss import NearEntry, NearMissDetector
from scanners.detectors.pattern import AnchorEntry, PatternDetector
from scanners.detectors.score import ScoreDetector, SignalEntry
from scanners.findings import account_finding, post_findings, public_digits
from scanners.guards import Drop, Guard
from scanners.hit import Hit, PostContext
from scanners.matcher import WordMatcher
from scanners.passage import Passage
from scanners.rulebook import RuleBook
from scanners.segmenter import Segmenter


class Scanner:
    """Judges posts and accounts by the rules of a book.

    ``families`` narrows the rules. ``off`` switches guards off and ``preview`` includes rules that are not yet
    reported; both are for tests and explanations. Building one takes some 100 ms; ``scanners.factory`` keeps one a
    process.
    """

    def __init__(
        self,
        book: RuleBook,
        installation_key: bytes,
        families: frozenset[str] | None = None,
        *,
        off: frozenset[Guard] = frozenset(),
        preview: bool = False,
    ) -> None:
        self.book = book
        self._key = installation_key
        self._off = off
        statuses = {RuleStatus.STABLE, RuleStatus.PREVIEW} if preview else {RuleStatus.STABLE}
        rules = [rule for rule in book.active(families) if rule.status in statuses]
        self.rules: tuple[Rule, ...] = tuple(rules)
        self._post_rules = [rule for rule in rules if rule.scope is Scope.POST]
        self._cadence = [CadenceDetector(rule) for rule in rules if rule.detector["kind"] == "cadence"]
        self._build()

    def _build(self) -> None:
        book, rules = self.book, self._post_rules
        whole = (
            word
            for lexicon in book.lexicons.values()
            for term in lexicon.terms
            if term.whole_word
            for word in term.words
        )
        segmenter = Segmenter(whole)
        self._lexicon: dict[int, LexiconDetector] = {}
        self._score: dict[int, ScoreDetector] = {}
        self._near: dict[int, NearMissDetector | NameDetector] = {}
        self._pattern: dict[int, PatternDetector] = {}
        self._links: list[LinksDetector] = []
        for index, rule in enumerate(rules):
            match rule.detector["kind"]:
                case "lexicon":
                    lexicon = book.lexicons[str(rule.detector["list"])]
                    self._lexicon[index] = LexiconDetector(index, rule, lexicon, segmenter)
                case "score":
                    self._score[index] = ScoreDetector(index, rule)
                case "pattern":
                    self._pattern[index] = PatternDetector(rule)
                case "links":
                    self._links.append(LinksDetector(rule))
        entries: list[tuple[str, WordEntry | SignalEntry | AnchorEntry]] = []
        for words in self._lexicon.values():
            entries.extend((entry.word, entry) for entry in words.entries)
        for score in self._score.values():
            entries.extend((entry.word, entry) for entry in score.entries)
        for index, pattern in self._pattern.items():
            entries.extend((word, AnchorEntry(index)) for word in pattern.anchors)
        self._matcher: WordMatcher[WordEntry | SignalEntry | AnchorEntry] = WordMatcher(entries)

    def scan_post(
        self,
        segments: Sequence[Segment],
        *,
        account_id: str = "",
        post_key: str = "",
        published_at: datetime | None = None,
        links: Sequence[ResolvedLink] = (),
        evidence: str = "",
        public_numbers: frozenset[str] = frozenset(),
        verified_subject: str = "",
        drops: list[Drop] | None = None,
    ) -> tuple[Finding, ...]:
        """Everything the rules object to in one post, gravest first.

        ``public_numbers`` are the office's own published phone and account numbers, written in any way. Dropped hits
        are appended to ``drops`` where a list is given.
        """
        context = PostContext(
            published_at=published_at,
            links=tuple(links),
            public_numbers=public_digits(public_numbers),
            verified_subject=verified_subject,
            off=self._off,
            drops=drops,
        )
        hits = list(self._hits([Passage(segment) for segment in segments], context))
        if not hits:
            return ()
        return post_findings(hits, context, self._key, account_id=account_id, post_key=post_key, evidence=evidence)

    def _hits(self, passages: Sequence[Passage], context: PostContext) -> Iterator[tuple[Rule, Hit]]:
        signals: dict[int, list[tuple[Passage, int, int, SignalEntry]]] = {index: [] for index in self._score}
        for passage in passages:
            words: dict[int, list[tuple[int, int, WordEntry]]] = {}
            woken: set[int] = set()
            for start, end, entry in self._matcher.find(passage.compact.text):
                if isinstance(entry, WordEntry):
                    words.setdefault(entry.rule_index, []).append((start, end, entry))
                elif isinstance(entry, AnchorEntry):
                    woken.add(entry.rule_index)
                else:
                    signals[entry.rule_index].append((passage, start, end, entry))
            for index in sorted(words):
                lexicon = self._lexicon[index]
                for hit in lexicon.judge(words[index], passage, context):
                    yield lexicon.rule, hit
            for index, pattern in self._pattern.items():
                for hit in pattern.detect(passage, context, woken=index in woken):
                    yield pattern.rule, hit
        for index, score in self._score.items():
            for hit in score.judge(signals[index], passages, context):
                yield score.rule, hit
        if context.links:
            for links in self._links:
                for hit in links.judge(passages, context):
                    yield links.rule, hit

    def scan_account(
        self, timeline: Timeline, now: datetime, *, evidence: str = "", drops: list[Drop] | None = None
    ) -> tuple[Finding, ...]:
        """What the account rules object to at ``now``: of rules that say the same thing only the gravest."""
        require_aware(now, "now")
        found: list[Silence] = []
        for detector in self._cadence:
            silence = detector.judge(timeline, now, self._off, drops)
            if silence is not None:
                found.append(silence)
        superseded = {rule_id for silence in found for rule_id in _supersedes(silence.rule)}
        findings: list[Finding] = []
        for silence in found:
            if silence.rule.id in superseded and Guard.SUPERSEDED not in self._off:
                if drops is not None:
                    drops.append(Drop(silence.rule.id, Guard.SUPERSEDED))
                continue
            findings.append(account_finding(silence, timeline.account.id, self._key, evidence))
        return tuple(findings)


def _supersedes(rule: Rule) -> tuple[str, ...]:
    value = rule.detector.get("supersedes", ())
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()
