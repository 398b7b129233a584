"""Texts that Weibo puts in place of a post that may not be seen, and what they say about it."""

from __future__ import annotations

import re

from domain.outcome import Outcome

_NOTICES: tuple[tuple[re.Pattern[str], Outcome, str], ...] = (
    (
        re.compile(
            r"因(?:被投诉)?(?:被多人举报)?.{0,12}(?:违反|根据).{0,30}(?:规定|公约|条款).{0,8}(?:已被删除|无法查看)"
        ),
        Outcome.VIOLATION,
        "平台提示：因违反规定已被处置",
    ),
    (re.compile(r"(?:微博|内容)已被(?:作者|原作者|发布者)?删除"), Outcome.DELETED, "平台提示：已被删除"),
    (
        re.compile(r"仅展示.{0,6}(?:内|的)微博|可见时间范围"),
        Outcome.UNAVAILABLE,
        "平台提示：超出作者设置的可见时间范围",
    ),
    (re.compile(r"查看权限|设置了?权限|暂时?不可见|已不可见"), Outcome.UNAVAILABLE, "平台提示：没有查看权限"),
)
_OPENING = re.compile(r"^\s*(?:抱歉|该微博|该账号|此微博|该内容)")
_LONGEST = 160


def notice_of(text: str, *, userless: bool, flagged: bool) -> tuple[Outcome, str] | None:
    """What the replacement text says, or ``None`` for a post that somebody wrote.

    A post of a live user counts only where the platform also flags it (``deleted``): people may write such words.
    """
    if flagged or (userless and _OPENING.match(text) and len(text) <= _LONGEST):
        for pattern, outcome, detail in _NOTICES:
            if pattern.search(text):
                return outcome, detail
        if flagged:
            return Outcome.DELETED, "平台标记：已被删除"
        return Outcome.UNAVAILABLE, "平台提示：内容不可见"
    return None
