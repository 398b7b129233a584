"""更新频率 (第六条): the natural week as an office may read it (R38), and the class that is declared (R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from domain.account import Medium, Purpose
from domain.post import PostKind
from domain.timeline import Timeline
from scanners.detectors.cadence import NOT_POSTING, medium_of
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: Posts that decide what an account is made of, and the least that can (R39).
_SAMPLE, _LEAST = 30, 5
_NAMES = {Medium.TEXT_IMAGE: "文字图片类", Medium.AUDIO_VIDEO: "音视频类"}
_TOLD_NOTHING = frozenset({PostKind.NONE, PostKind.LIST, PostKind.PROFILE})


def natural_week(hearing: Hearing) -> Iterator[Breach]:
    """Nothing between Monday 00:00 and Sunday 24:00 of the last week that is over (``[norms] week = "natural"``).

    An account whose first post is later has no such week yet.
    """
    line = _line(hearing)
    if line is None:
        return
    if hearing.norms.week != "natural" and hearing.spared(Guard.NOT_CONCERNED, "按滚动的 7×24 小时算"):
        return
    if medium_of(line) is not Medium.TEXT_IMAGE and hearing.spared(Guard.MEDIUM, "音视频类每 10 天"):
        return
    if not line.coverage.complete and hearing.spared(Guard.INCOMPLETE):
        return
    monday = hearing.today - timedelta(days=hearing.today.weekday() + 7)
    sunday = monday + timedelta(days=6)
    days = [on_day(moment.published_at) for moment in line.moments if not moment.is_gone]
    if not any(day < monday for day in days):
        return
    inside = sum(monday <= day <= sunday for day in days)
    if inside and hearing.spared(Guard.DAYS, f"{monday} 至 {sunday} 有 {inside} 条"):
        return
    yield Breach(
        episode=f"week:{monday}",
        explanation=f"{monday}（周一）至 {sunday}（周日）没有更新；列表已读完，按自然周算",
        facts={"monday": str(monday), "sunday": str(sunday)},
    )


def medium_differs(hearing: Hearing) -> Iterator[Breach]:
    """The register says one class, most of the last thirty posts are of the other (R39): a notice."""
    line = _line(hearing)
    if line is None or line.account.medium is None:
        return
    declared = line.account.medium
    kinds = [moment.kind for moment in line.moments if not moment.is_gone and moment.kind not in _TOLD_NOTHING][
        :_SAMPLE
    ]
    if len(kinds) < _LEAST and (not kinds or hearing.spared(Guard.COUNT, f"{len(kinds)} 条")):
        return
    count = Counter(Medium.AUDIO_VIDEO if kind.is_audio_video else Medium.TEXT_IMAGE for kind in kinds)
    others = len(kinds) - count[declared]
    if 2 * others <= len(kinds) and hearing.spared(Guard.ALIKE, f"{len(kinds)} 条中 {count[declared]} 条"):
        return
    observed = next(medium for medium in Medium if medium is not declared)
    yield Breach(
        episode=f"{declared.value}-{observed.value}",
        record=f"account:{line.account.id}",
        explanation=f"台账登记为{_NAMES[declared]}，最近 {len(kinds)} 条中 {others} 条是{_NAMES[observed]}",
        facts={
            "declared": _NAMES[declared],
            "observed": _NAMES[observed],
            "count": str(len(kinds)),
            "others": str(others),
        },
    )


def _line(hearing: Hearing) -> Timeline | None:
    """The account's timeline where its rhythm can be judged tonight."""
    line = hearing.facts.timeline
    if line is None or passed_over(hearing):
        return None
    if not line.coverage.checked and hearing.spared(Guard.UNREACHED, line.coverage.outcome.value):
        return None
    if line.account.platform in NOT_POSTING and hearing.spared(Guard.PLATFORM, line.account.platform):
        return None
    if line.account.purpose is Purpose.SERVICE and hearing.spared(Guard.PURPOSE):
        return None
    return line
