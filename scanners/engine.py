"""The scanner: folds, finds, excuses, explains. Pure: asks neither the time, nor the network, nor a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from domain.clock import in_china, require_aware
from domain.finding import Finding
from domain.link import ResolvedLink
from domain.post import Segment
from domain.rule import Rule, RuleStatus, Scope
from domain.timeline import Timeline
from scanners import batch
from scanners.detectors.cadence import CadenceDetector, Silence
from scanners.detectors.masks import MasksDetector
from scanners.detectors.profile import ProfileDetector
from scanners.dictionary import dictionary
from scanners.evasion_look import SecondLook
from scanners.findings import account_finding, post_findings, public_digits
from scanners.guards import Drop, Guard
from scanners.hit import PostContext
from scanners.panel import Panel, Seen
from scanners.passage import Passage
from scanners.rulebook import RuleBook

#: What judges an account as a whole, by the kind in its rule.
ACCOUNT_DETECTORS: Mapping[object, type[CadenceDetector] | type[ProfileDetector]] = {
    "cadence": CadenceDetector,
    "profile": ProfileDetector,
}

_digits_of = lru_cache(maxsize=64)(public_digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostText:
    """What the rules have to know of one post. ``public_numbers`` are the office's own, written in any way."""

    segments: tuple[Segment, ...]
    account_id: str = ""
    post_key: str = ""
    published_at: datetime | None = None
    links: tuple[ResolvedLink, ...] = ()
    evidence: str = ""
    public_numbers: frozenset[str] = frozenset()
    verified_subject: str = ""


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
        self.rules: tuple[Rule, ...] = tuple(rule for rule in rules if rule.detector["kind"] != "duty")
        self._post_rules = [rule for rule in rules if rule.scope is Scope.POST and rule.detector["kind"] != "duty"]
        self._cadence: list[CadenceDetector | ProfileDetector] = [
            ACCOUNT_DETECTORS[kind](rule) for rule in rules if (kind := rule.detector["kind"]) in ACCOUNT_DETECTORS
        ]
        self._panel = Panel(book, self._post_rules)
        self._second = SecondLook(self._panel)
        self._masks = [MasksDetector(rule) for rule in self._post_rules if rule.detector["kind"] == "masks"]

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
        post = PostText(
            segments=tuple(segments),
            account_id=account_id,
            post_key=post_key,
            published_at=published_at,
            links=tuple(links),
            evidence=evidence,
            public_numbers=public_numbers,
            verified_subject=verified_subject,
        )
        (findings,) = self.scan_posts((post,), drops=drops)
        return findings

    def prepare(self) -> None:
        """Make ready for a whole corpus. Some seconds; done of itself when the first pages have passed."""
        self._panel.prepare()
        self._second.prepare()
        _ = dictionary().table

    def scan_posts(self, posts: Sequence[PostText], *, drops: list[Drop] | None = None) -> list[tuple[Finding, ...]]:
        """The findings of each of ``posts``, as ``scan_post`` gives them; many small posts together cost much less."""
        everything = drops is not None or bool(self._off)
        texts = [segment.text for post in posts for segment in post.segments]
        alone = [len(post.segments) == 1 for post in posts for _ in post.segments]
        seen = batch.look(self._panel, texts, alone, everything=everything)
        results: list[tuple[Finding, ...]] = []
        first = 0
        for post in posts:
            last = first + len(post.segments)
            here = seen[first:last]
            first = last
            asked = everything or post.links or any(each is not None for each in here) or self._looks_anyway(post)
            results.append(self._judge(post, here, drops, everything) if asked else ())
        return results

    def _looks_anyway(self, post: PostText) -> bool:
        """True where a rule looks at a segment in which no word of any rule stands."""
        fields = self._panel.fields
        return any(
            segment.context
            or segment.field in fields
            or self._second.wanted(segment.text)
            or (segment.hidden and "://" in segment.text)
            or (self._masks and MasksDetector.wanted(segment.text))
            for segment in post.segments
        )

    def _judge(
        self, post: PostText, seen: Sequence[Seen | None], drops: list[Drop] | None, everything: bool
    ) -> tuple[Finding, ...]:
        context = PostContext(
            published_at=post.published_at,
            links=post.links,
            public_numbers=_digits_of(post.public_numbers),
            verified_subject=post.verified_subject,
            segments=post.segments,
            off=self._off,
            drops=drops,
        )
        passages = [Passage(segment) for segment in post.segments]
        sights = [here or Seen() for here in seen]
        hits = list(self._panel.hits(passages, sights, context, everything=everything))
        hits.extend(self._second.hits(passages, sights, context, hits))
        for masks in self._masks:
            hits.extend((masks.rule, hit) for hit in masks.judge(passages, context))
        if not hits:
            return ()
        return post_findings(
            hits, context, self._key, account_id=post.account_id, post_key=post.post_key, evidence=post.evidence
        )

    def scan_account(
        self, timeline: Timeline, now: datetime, *, evidence: str = "", drops: list[Drop] | None = None
    ) -> tuple[Finding, ...]:
        """What the account rules object to at ``now``: of rules that say the same thing only the gravest."""
        require_aware(now, "now")
        found: list[Silence] = []
        today = in_china(now).date()
        for detector in self._cadence:
            if not detector.rule.is_in_force(today):
                continue
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
