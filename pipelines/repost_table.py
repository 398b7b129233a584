"""The table of reposts from what is on file: tasks, accounts, their posts, and when each account was last read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.account import Account, Standing
from domain.norms import Norms
from domain.outcome import Outcome
from domain.register import RepostTask
from reports.repost_table import RepostLine
from scanners.duties.repost_match import PostIndex, Repost, RepostState, judge, names, started
from store import Store

#: Nights by which an account counts as read.
_READ = frozenset({Outcome.OK, Outcome.EMPTY})
#: Posts from so long before the first task are looked at too: a task may be dispatched after its repost.
_BEFORE = timedelta(days=3)


def repost_lines(
    store: Store, norms: Norms, now: datetime, *, since: datetime, keys: Sequence[str] = ()
) -> tuple[RepostLine, ...]:
    """One line for each task that began after ``since`` (of ``keys``, where some are given) and each account that it is
    for; by task, in the order of their beginning, then by account."""
    register = store.register()
    dated = [(start, task) for task in register.all(RepostTask) if (start := started(task)) is not None]
    tasks = [
        task
        for start, task in sorted(dated, key=lambda each: (each[0], each[1].key))
        if start >= since and (not keys or task.key in keys)
    ]
    if not tasks:
        return ()
    order = {task.key: number for number, task in enumerate(tasks)}
    found: list[tuple[int, RepostLine]] = []
    for account in store.accounts():
        mine = [task for task in tasks if names(task, account)]
        if not mine or account.standing is Standing.CLOSED or account.platform == "website":
            continue
        index = PostIndex(store.posts_since(account.id, since.replace(day=1) - _BEFORE))
        read = [at for at, outcome in store.nights_of(account.id, now + timedelta(seconds=1)) if outcome in _READ]
        for task in mine:
            judged = judge(task, account, index, now, norms=norms, register=register)
            if judged is not None:
                found.append((order[task.key], _line(judged, account, read)))
    return tuple(line for _, line in sorted(found, key=lambda each: (each[0], each[1].sponsor, each[1].account)))


def _line(judged: Repost, account: Account, read: Sequence[datetime]) -> RepostLine:
    state, reason = judged.state.value, judged.reason
    if judged.state is RepostState.MISSED and not any(at >= judged.due for at in read):
        state, reason = "unknown", "时限过后还没有读到这个账号"
    elif judged.state is RepostState.IN_TIME:
        reason = ""
    return RepostLine(
        task_key=judged.task.key,
        task=judged.task.title or judged.task.key,
        url=judged.task.url,
        start=judged.start,
        due=judged.due,
        account=account.name,
        platform=account.platform,
        sponsor=account.sponsor,
        state=state,
        reposted_at=judged.post.published_at if judged.post is not None else None,
        hours=judged.hours,
        by=judged.by,
        reason=reason,
        post_url=judged.post.url if judged.post is not None else "",
    )
