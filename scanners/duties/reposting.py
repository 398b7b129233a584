"""重要信息转载 (第六条, R41) and what became of a reposted text (第七条, R44, R49)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from domain.account import Purpose
from domain.post import Post
from domain.register import RepostTask
from scanners.duties.concern import clock, passed_over
from scanners.duties.differences import changed_numbers
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.matching import plain_title
from scanners.duties.published_text import plain_text
from scanners.guards import Guard

#: Platforms on which nothing is sent to readers.
_NO_SENDING = ("app", "miniprogram", "website")
#: Characters of one shingle, and the least text that can be compared by them.
_SHINGLE, _LEAST = 8, 40


def missed(hearing: Hearing) -> Iterator[Breach]:
    """A task of a superior that the account has not reposted within twelve hours, nights and holidays included."""
    for task, start, due in _tasks(hearing):
        if hearing.now <= due and hearing.spared(Guard.LIMIT, f"期限 {clock(due)}"):
            continue
        found = _first(hearing, task)
        if found is not None and hearing.spared(Guard.ON_FILE, f"{clock(found.published_at or due)} 已转载"):
            continue
        line = hearing.facts.timeline
        if (line is None or not line.coverage.checked) and hearing.spared(Guard.UNREACHED, "今晚没有读到账号"):
            continue
        if line is not None and not line.coverage.complete and hearing.spared(Guard.INCOMPLETE, "列表没有读完"):
            continue
        yield _breach(task, f"{clock(start)} 起算，应在 {clock(due)} 前转载，至今没有看到", start, due)


def late(hearing: Hearing) -> Iterator[Breach]:
    """Reposted, but after the twelve hours."""
    for task, start, due in _tasks(hearing):
        found = _first(hearing, task)
        if found is None or found.published_at is None:
            continue
        if found.published_at <= due and hearing.spared(Guard.LIMIT, f"{clock(found.published_at)} 转载"):
            continue
        used = (found.published_at - start).total_seconds() / 3600
        told = (
            f"{clock(start)} 起算，应在 {clock(due)} 前转载，{clock(found.published_at)} 才转载，用时 {used:.1f} 小时"
        )
        yield _breach(task, told, start, due, at=clock(found.published_at), hours=f"{used:.1f}")


def altered(hearing: Hearing) -> Iterator[Breach]:
    """A reposted item whose title or numbers are not those of the original (R49)."""
    if passed_over(hearing):
        return
    for task in _named(hearing):
        for post in hearing.facts.posts:
            if not _is_copy(hearing, task, post):
                continue
            ratio = fuzz.ratio(plain_title(task.title), plain_title(post.title)) / 100
            told = [] if not post.title or ratio >= hearing.norms.repost_title else [f"标题改为“{post.title}”"]
            if task.text and post.text:
                told += changed_numbers(task.text, post.text)
            if not told and hearing.spared(Guard.ALIKE, "标题和数字与原文一致"):
                continue
            changes = "；".join(told) or "与原文一致"
            yield Breach(
                episode=f"{task.key}:{post.key}",
                record=f"{task.kind}:{task.key}",
                explanation=f"转载“{task.title}”（{post.key}）与原文不同：{changes}",
                facts={"title": task.title, "changes": changes},
            )


def twin_contradicts(hearing: Hearing) -> Iterator[Breach]:
    """The same item on the unit's own website within three days says other numbers (R44)."""
    if passed_over(hearing):
        return
    days = timedelta(days=hearing.norms.twin_days)
    for post in hearing.facts.posts:
        if post.published_at is None or not post.text:
            continue
        for twin in hearing.facts.twins:
            if twin.published_at is None or abs(twin.published_at - post.published_at) > days:
                continue
            if fuzz.ratio(plain_title(twin.title), plain_title(post.title)) / 100 < hearing.norms.repost_title:
                continue
            if not plain_title(post.title):
                continue
            told = changed_numbers(twin.text, post.text)
            if not told and hearing.spared(Guard.ALIKE, "与网站一致"):
                continue
            changes = "；".join(told) or "与网站一致"
            yield Breach(
                episode=f"{post.key}:{twin.key}",
                explanation=f"“{post.title}”与网站同一信息（{twin.url}）的数字不同：{changes}",
                facts={"title": post.title, "changes": changes},
                evidence=post.evidence,
            )


def _named(hearing: Hearing) -> Iterator[RepostTask]:
    """The tasks that name this account, or no account at all: those are for everybody who publishes."""
    account = hearing.facts.account
    for task in hearing.register.all(RepostTask):
        if task.accounts and hearing.account_id not in task.accounts:
            continue
        if not task.accounts and account is not None and account.purpose is not Purpose.PUBLISHING:
            continue
        yield task


def _tasks(hearing: Hearing) -> Iterator[tuple[RepostTask, datetime, datetime]]:
    if passed_over(hearing):
        return
    account = hearing.facts.account
    since = hearing.now - timedelta(days=hearing.norms.judged_days)
    for task in _named(hearing):
        start = task.dispatched_at or task.published_at
        if start is None or start < since:
            continue
        reasons = dict(each.split("=", 1) for each in task.exempt if "=" in each)
        reason = reasons.get(hearing.account_id, "")
        if reason and hearing.spared(Guard.EXEMPT, reason):
            continue
        if account is not None and account.platform in _NO_SENDING and hearing.spared(Guard.PLATFORM):
            continue
        yield task, start, start + timedelta(hours=hearing.norms.repost_hours)


def _first(hearing: Hearing, task: RepostTask) -> Post | None:
    """The first post that is this item: by its address, its title, or what its text has in common."""
    found = [post for post in hearing.facts.posts if post.published_at is not None and _is_item(hearing, task, post)]
    return min(found, key=lambda post: post.published_at or hearing.now, default=None)


def _is_item(hearing: Hearing, task: RepostTask, post: Post) -> bool:
    wanted, title = plain_title(task.title), plain_title(post.title)
    if wanted and (
        fuzz.ratio(wanted, title) / 100 >= hearing.norms.repost_title or (not title and task.title in post.text)
    ):
        return True
    return _is_copy(hearing, task, post)


def _is_copy(hearing: Hearing, task: RepostTask, post: Post) -> bool:
    """The original's address is linked, or most of its text is there."""
    if task.url and (task.url in post.links or task.url == post.url):
        return True
    return _overlap(task.text, post.text) >= hearing.norms.repost_body


def _overlap(wanted: str, text: str) -> float:
    """The share of the shingles of ``wanted`` that ``text`` holds."""
    one, other = plain_text(wanted), plain_text(text)
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    shingles = {one[i : i + _SHINGLE] for i in range(len(one) - _SHINGLE + 1)}
    return sum(shingle in other for shingle in shingles) / len(shingles)


def _breach(task: RepostTask, told: str, start: datetime, due: datetime, **facts: str) -> Breach:
    return Breach(
        episode=task.key,
        record=f"{task.kind}:{task.key}",
        explanation=f"转载任务“{task.title}”：{told}",
        facts={"title": task.title or task.key, "start": clock(start), "due": clock(due), **facts},
    )
