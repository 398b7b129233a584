"""Runs a rule's own examples through the real engine. Shared by the tests of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import lexicons
from domain.account import Account, Medium, Purpose
from domain.coverage import Attempt, Coverage
from domain.finding import Finding
from domain.link import LinkReading, ResolvedLink, Transport
from domain.outcome import Outcome
from domain.post import Origin, PostKind, Segment
from domain.profile import ApprovedChange, ProfileFacts, ProfileHistory, ProfileState
from domain.rule import Fires, Scope, Severity, Silent
from domain.timeline import Moment, Timeline
from lexicons import Lexicon, LexiconSet, Term
from scanners import rulebook
from scanners.duties.examples import example_of
from scanners.duties.judge import DutyJudge
from scanners.engine import Scanner
from scanners.guards import Guard
from scanners.rulebook import RuleBook

KEY = b"k" * 32


def _listed(category: str, stem: str, row: int) -> tuple[Term, ...]:
    """Two rows of one class, as the examples of the rule that shows this class want them."""
    return (
        Term(
            word=f"{stem}计划",
            clause="liuan-2022-4/art-9",
            fires=(f"{stem}计划",),
            exceptions=(f"{stem}计划生育站",),
            silent=(f"{stem}计划生育站",),
            category=category,
            row=row,
        ),
        Term(
            word=f"{stem}代号甲",
            clause="liuan-2022-4/art-9",
            fires=(f"{stem}代号甲",),
            excused_by=("通报",),
            silent=(f"{stem}代号甲已通报",),
            category=category,
            row=row + 1,
        ),
    )


#: The list that the examples of the rules for the bureau's own words speak of.
BUREAU = Lexicon(
    "bureau",
    "本局敏感词库",
    "bureau.csv",
    (
        Term(
            word="青石计划",
            clause="liuan-2022-4/art-9",
            fires=("青石计划",),
            exceptions=("青石计划生育站",),
            silent=("青石计划生育站",),
            severity=Severity.MAJOR,
            row=2,
        ),
        Term(
            word="内部代号青石",
            clause="liuan-2022-4/art-9",
            fires=("内部代号青石",),
            excused_by=("公开",),
            silent=("内部代号青石已公开",),
            row=3,
        ),
        *_listed("反动", "青岩", 4),
        *_listed("广告", "碧溪", 6),
        *_listed("涉密", "松岭", 8),
        *_listed("表述", "竹溪", 10),
        *_listed("文风", "梅川", 12),
    ),
)


@cache
def book() -> RuleBook:
    """The shipped rules with the shipped lists and the bureau list above."""
    shipped = lexicons.load()
    return rulebook.load(LexiconSet({**{lexicon.name: lexicon for lexicon in shipped}, "bureau": BUREAU}))


def scanner(rule_id: str, *, off: frozenset[Guard] = frozenset()) -> Scanner:
    """A scanner with one rule only, previews included."""
    return Scanner(book().only(rule_id), KEY, off=off, preview=True)


def run(rule_id: str, example: Fires | Silent, *, off: frozenset[Guard] = frozenset()) -> tuple[Finding, ...]:
    """What the rule says to one of its examples."""
    given = example.given
    if book().by_id[rule_id].detector["kind"] == "duty":
        return duty(rule_id, given, off)
    own = scanner(rule_id, off=off)
    if book().by_id[rule_id].scope is Scope.ACCOUNT:
        now = given["now"]
        assert isinstance(now, datetime)
        return own.scan_account(timeline(given), now)
    field = str(given.get("field", "body"))
    published_at = given.get("published_at")
    assert published_at is None or isinstance(published_at, datetime)
    origin = Origin(str(given.get("origin", "text")))
    hidden = bool(given.get("hidden", False))
    segments = [Segment(field, example.text, origin, hidden, str(given.get("locator", "")))]
    if "source" in given:
        segments.append(Segment("source", str(given["source"])))
    return own.scan_post(segments, links=links(given), published_at=published_at, post_key="1")


def duty(rule_id: str, given: Mapping[str, object], off: frozenset[Guard]) -> tuple[Finding, ...]:
    """What a rule about a duty says to one of its examples."""
    judge = DutyJudge.of(book().only(rule_id), KEY, off=off, preview=True)
    rule = book().by_id[rule_id]
    made = example_of(rule, given)
    return judge.judge(
        str(rule.detector["subject"]),
        made.facts,
        made.now,
        register=made.register,
        calendar=made.calendar,
        norms=made.norms,
    )


def timeline(given: Mapping[str, object]) -> Timeline:
    """The account that an example of an account rule describes."""
    account = Account(
        platform=str(given.get("platform", "wechat")),
        key="gh_example",
        name="柳溪民政",
        purpose=Purpose(str(given.get("purpose", "publishing"))),
        medium=Medium(str(given["medium"])) if "medium" in given else None,
        verified_subject=str(given.get("verified_subject", "")),
        attributes=_attributes(given),
    )
    posts = given.get("posts", [])
    assert isinstance(posts, list)
    kind = PostKind(str(given.get("kind", "article")))
    coverage = Coverage(
        account_id=account.id,
        outcome=Outcome(str(given.get("outcome", "OK"))),
        complete=bool(given.get("complete", True)),
        listed=len(posts),
        newest_at=posts[0] if posts else None,
        platform_total=given.get("platform_total"),
        accounted=given.get("accounted"),
        attempts=(Attempt("official", Outcome.NOT_AUTHORIZED, "平台拒绝", str(given["code"])),)
        if "code" in given
        else (),
    )
    return Timeline(
        account=account,
        coverage=coverage,
        moments=tuple(Moment(at, kind) for at in posts),
        profile=profiles(given),
    )


def _attributes(given: Mapping[str, object]) -> Mapping[str, str]:
    named = given.get("attributes", {})
    assert isinstance(named, dict)
    return named


def profiles(given: Mapping[str, object]) -> ProfileHistory:
    """The states of the account's profile, one a day, the last one today."""
    states = given.get("profile", [])
    now = given["now"]
    assert isinstance(states, list)
    assert isinstance(now, datetime)
    days = [now - timedelta(days=ago) for ago in reversed(range(len(states)))]
    approved = given.get("approved", [])
    assert isinstance(approved, list)
    return ProfileHistory(
        approved=tuple(ApprovedChange(**change) for change in approved),
        states=tuple(
            ProfileState(facts=ProfileFacts(**state), first_seen_at=day, last_seen_at=day)
            for state, day in zip(states, days, strict=True)
        ),
    )


def links(given: Mapping[str, object]) -> tuple[ResolvedLink, ...]:
    """The followed links of an example."""
    found = given.get("links", [])
    assert isinstance(found, list)
    return tuple(_link(entry) for entry in found)


def _link(entry: Mapping[str, Any]) -> ResolvedLink:
    """A followed link: what an example says of it, and where it says nothing, a link that led where it says."""
    given = dict(entry)
    before = given.pop("before", "")
    seen = datetime(2026, 6, 11, 2, 0, tzinfo=UTC)
    earlier = (LinkReading(title=before, capture="b" * 64, first_at=seen, last_at=seen),) if before else ()
    padding = "网站内容由各科室提供，办公室统一发布。"
    given["text"] = given.get("text", "") + padding * (given.pop("padding", 0) // len(padding))
    given["outcome"] = Outcome(given["outcome"])
    given["transport"] = Transport(given.get("transport", ""))
    given.setdefault("final_url", given["url"])
    return ResolvedLink(**given, resolved_at=seen, capture="a" * 64, earlier=earlier)
