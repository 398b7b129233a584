"""How long an account has been silent. Judged only where its listing was really read to the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.account import Medium, Purpose
from domain.clock import in_china
from domain.outcome import Outcome
from domain.rule import Rule
from domain.timeline import Timeline
from scanners.guards import Drop, Guard

#: Platforms on which nothing is posted: 第六条 does not apply.
NOT_POSTING = frozenset({"app", "miniprogram"})
#: Platforms whose accounts publish audio and video unless the register says otherwise.
AUDIO_VIDEO = frozenset({"douyin", "kuaishou", "channels", "bilibili"})
#: Posts that decide what an account is made of where neither register nor platform says it (R39).
_SAMPLE = 30
#: What says that an account itself is gone.
_GONE = frozenset({Outcome.DELETED, Outcome.CLOSED, Outcome.VIOLATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What an account rule found: ``episode`` identifies this silence, so that one silence is one case."""

    rule: Rule
    episode: str
    facts: Mapping[str, str]
    explanation: str


class CadenceDetector:
    """A rule of kind ``cadence``.

    Its table: ``state`` is ``silent`` (more than ``days`` times 24 hours since the newest post), ``empty`` (a complete
    listing without any post), ``gone`` (the platform says so), ``uncounted`` (the platform counts at least ``least``
    posts more than its listing shows) or ``refused`` (the platform refused a route with one of ``codes``, or said so of
    the account); ``medium`` narrows it; ``platforms`` names the only platforms of a ``gone`` or ``refused`` rule;
    ``supersedes`` lists milder rules.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        table = rule.detector
        self._state = str(table["state"])
        self._days = timedelta(days=int(str(table.get("days", 0))))
        self._least = int(str(table.get("least", 1)))
        self._medium = Medium(str(table["medium"])) if "medium" in table else None
        codes = table.get("codes", ())
        self._codes = frozenset(map(str, codes)) if isinstance(codes, (list, tuple)) else frozenset()
        platforms = table.get("platforms", ())
        self._platforms = frozenset(map(str, platforms)) if isinstance(platforms, (list, tuple)) else frozenset()

    def judge(
        self, timeline: Timeline, now: datetime, off: frozenset[Guard] = frozenset(), drops: list[Drop] | None = None
    ) -> Silence | None:
        """The silence this rule objects to, if any. ``off`` switches guards off, ``drops`` collects reasons."""

        def drop(guard: Guard, detail: str = "") -> bool:
            if guard in off:
                return False
            if drops is not None:
                drops.append(Drop(self.rule.id, guard, detail=detail))
            return True

        coverage, account = timeline.coverage, timeline.account
        if self._state == "refused":  # a refusal is itself what the rule is about
            return self._refused(timeline, drop)
        if not coverage.checked and drop(Guard.UNREACHED, coverage.outcome.value):
            return None
        if self._state == "gone":
            return self._gone(timeline, drop)
        if self._state == "uncounted":
            return self._uncounted(timeline, drop)
        if account.platform in NOT_POSTING and drop(Guard.PLATFORM, account.platform):
            return None
        if account.purpose is Purpose.SERVICE and drop(Guard.PURPOSE):
            return None
        if not coverage.complete and drop(Guard.INCOMPLETE):
            return None
        newest = timeline.newest
        if self._state == "empty":
            has_posts = newest is not None or coverage.listed > 0 or coverage.newest_at is not None
            if has_posts and drop(Guard.DAYS, "有内容"):
                return None
            return self._silence("empty", {}, "列表已读完，没有任何内容")
        if newest is None:
            return None
        if self._medium is not None and medium_of(timeline) is not self._medium and drop(Guard.MEDIUM):
            return None
        gap = now - newest.published_at
        days = int(gap // timedelta(days=1))
        if gap <= self._days and drop(Guard.DAYS, f"{days} 天"):
            return None
        day = in_china(newest.published_at).date().isoformat()
        facts = {"days": str(days), "newest_on": day}
        return self._silence(f"newest:{day}", facts, f"最近一次更新为 {day}，距检查时刻满 {days} 天；列表已读完")

    def _gone(self, timeline: Timeline, drop: Callable[[Guard, str], bool]) -> Silence | None:
        platform, outcome = timeline.account.platform, timeline.coverage.outcome
        if self._platforms and platform not in self._platforms and drop(Guard.PLATFORM, platform):
            return None
        if outcome not in _GONE and drop(Guard.OUTCOME, outcome.value):
            return None
        return self._silence("delisted", {}, "平台答复：已下架或不存在")

    def _refused(self, timeline: Timeline, drop: Callable[[Guard, str], bool]) -> Silence | None:
        platform = timeline.account.platform
        coded = [attempt for attempt in timeline.coverage.attempts if attempt.code]
        told = next((attempt for attempt in coded if attempt.code in self._codes), next(iter(coded), None))
        if told is None:
            return None
        if self._platforms and platform not in self._platforms and drop(Guard.PLATFORM, platform):
            return None
        if told.code not in self._codes and drop(Guard.OUTCOME, told.code):
            return None
        reason = told.detail.partition("；")[0]
        return self._silence("refused", {"code": told.code, "reason": reason}, f"平台答复：{told.detail}")

    def _uncounted(self, timeline: Timeline, drop: Callable[[Guard, str], bool]) -> Silence | None:
        coverage = timeline.coverage
        missing = coverage.missing
        if missing == 0 or (missing < self._least and drop(Guard.COUNT, f"差 {missing} 条")):
            return None
        facts = {
            "missing": str(missing),
            "platform_total": str(coverage.platform_total),
            "accounted": str(coverage.accounted),
        }
        explanation = f"平台计数 {facts['platform_total']} 条，列表与库中合计 {facts['accounted']} 条"
        return self._silence("uncounted", facts, explanation)

    def _silence(self, episode: str, facts: Mapping[str, str], explanation: str) -> Silence:
        return Silence(rule=self.rule, episode=episode, facts=facts, explanation=explanation)


def medium_of(timeline: Timeline) -> Medium:
    """What the account publishes: as registered, else by its platform, else by the majority of its last posts.

    A tie counts as text and pictures, the stricter reading.
    """
    account = timeline.account
    if account.medium is not None:
        return account.medium
    if account.platform in AUDIO_VIDEO:
        return Medium.AUDIO_VIDEO
    kinds = Counter(moment.kind.is_audio_video for moment in timeline.moments[:_SAMPLE])
    return Medium.AUDIO_VIDEO if kinds[True] > kinds[False] else Medium.TEXT_IMAGE
