"""重要信息转载 (第六条, R41) and what became of a reposted text (第七条, R44, R49)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rapidfuzz import fuzz

from domain.register import RepostTask
from scanners.duties.concern import clock, passed_over
from scanners.duties.differences import changed_numbers
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.matching import plain_title
from scanners.duties.published_text import plain_text
from scanners.duties.repost_match import NO_SENDING, PostIndex, Repost, RepostState, judge, names, started
from scanners.duties.twins import twin_pairs
from scanners.guards import Guard

#: Texts of which less is the same were written anew: only their title is that of the original.
_SAME_TEXT = 0.5


def missed(hearing: Hearing) -> Iterator[Breach]:
    """A task of a superior that the account has not reposted within twelve hours, nights and holidays included."""
    for each in _tasks(hearing):
        if each.post is not None:
            at = each.post.published_at or each.due
            if hearing.spared(Guard.ON_FILE, f"{clock(at)} 已转载，{each.by}相同"):
                continue
        if hearing.now <= each.due and hearing.spared(Guard.LIMIT, f"期限 {clock(each.due)}"):
            continue
        line = hearing.facts.timeline
        if (line is None or not line.coverage.checked) and hearing.spared(Guard.UNREACHED, "今晚没有读到账号"):
            continue
        if line is not None and not line.coverage.complete and hearing.spared(Guard.INCOMPLETE, "列表没有读完"):
            continue
        yield _breach(each, f"{clock(each.start)} 起算，应在 {clock(each.due)} 前转载，至今没有看到")


def late(hearing: Hearing) -> Iterator[Breach]:
    """Reposted, but after the twelve hours."""
    for each in _tasks(hearing):
        if each.post is None or each.post.published_at is None:
            continue
        at = each.post.published_at
        if at <= each.due and hearing.spared(Guard.LIMIT, f"{clock(at)} 转载"):
            continue
        used = f"{each.hours or 0:.1f}"
        told = f"{clock(each.start)} 起算，应在 {clock(each.due)} 前转载，{clock(at)} 才转载，用时 {used} 小时"
        yield _breach(each, told, at=clock(at), hours=used)


def exempted(hearing: Hearing) -> Iterator[Breach]:
    """Not reposted in time, and excused: told with the reason, so that a person can judge the reason."""
    for each in _judged(hearing):
        if not each.reason:
            continue
        if each.state is not RepostState.EXEMPT and hearing.spared(Guard.ON_FILE, "已按时转载"):
            continue
        if hearing.now <= each.due and hearing.spared(Guard.LIMIT, f"期限 {clock(each.due)}"):
            continue
        yield _breach(each, f"没有在 {clock(each.due)} 前转载，不计：{each.reason}", reason=each.reason)


def altered(hearing: Hearing) -> Iterator[Breach]:
    """A reposted item whose title or numbers are not those of the original (R49)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    index = posts_index(hearing)
    for task in (*hearing.register.of_account(RepostTask, account.id), *_for_all(hearing)):
        found = index.find(task, hearing.norms) if names(task, account) else None
        if found is None:
            continue
        post, by = found
        if (
            by == "标题"
            and _unlike(task.text, post.text)
            and hearing.spared(Guard.NOT_CONCERNED, "只有标题相同，正文是另写的")
        ):
            continue
        ratio = fuzz.ratio(plain_title(task.title), plain_title(post.title)) / 100
        told = [] if not post.title or ratio >= hearing.norms.repost_title else [f"标题改为“{post.title}”"]
        if task.text and post.text:
            told += changed_numbers(plain_text(task.text), plain_text(post.text))
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
    for post, twin in twin_pairs(hearing):
        if not post.text or not twin.text:
            continue
        told = changed_numbers(plain_text(twin.text), plain_text(post.text))
        if not told and hearing.spared(Guard.ALIKE, "与网站一致"):
            continue
        changes = "；".join(told) or "与网站一致"
        yield Breach(
            episode=f"{post.key}:{twin.key}",
            explanation=f"“{post.title}”与网站同一信息（{twin.url}）的数字不同：{changes}",
            facts={"title": post.title, "changes": changes},
            evidence=post.evidence,
        )


def _unlike(original: str, text: str) -> bool:
    """True where the two texts have less than half in common: somebody wrote a piece of his own."""
    one, other = plain_text(original), plain_text(text)
    return not one or not other or fuzz.ratio(one, other) / 100 < _SAME_TEXT


def _tasks(hearing: Hearing) -> Iterator[Repost]:
    for each in _judged(hearing):
        if each.reason and each.state is RepostState.EXEMPT:
            guard = Guard.PLATFORM if each.reason in NO_SENDING.values() else Guard.EXEMPT
            if hearing.spared(guard, each.reason):
                continue
        yield each


def _judged(hearing: Hearing) -> Iterator[Repost]:
    """The tasks of the judged days that are for this account, and what became of each."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    memo = hearing.facts.memo
    if "reposts" not in memo:
        since = hearing.now - timedelta(days=hearing.norms.judged_days)
        line = hearing.facts.timeline
        sends = [moment.published_at for moment in line.moments] if line is not None else []
        own = hearing.register.of_account(RepostTask, account.id)
        index = posts_index(hearing)
        found = [
            judge(task, account, index, hearing.now, norms=hearing.norms, register=hearing.register, sends=sends)
            for task in (*own, *_for_all(hearing))
            if (start := started(task)) is not None and start >= since
        ]
        memo["reposts"] = [each for each in found if each is not None]
    yield from memo["reposts"]


def posts_index(hearing: Hearing) -> PostIndex:
    """The account's posts, indexed once."""
    memo = hearing.facts.memo
    if "post_index" not in memo:
        memo["post_index"] = PostIndex(hearing.facts.posts)
    found: PostIndex = memo["post_index"]
    return found


def _for_all(hearing: Hearing) -> list[RepostTask]:
    return [task for task in hearing.register.all(RepostTask) if not task.accounts]


def _breach(each: Repost, told: str, **facts: str) -> Breach:
    task = each.task
    return Breach(
        episode=task.key,
        record=f"{task.kind}:{task.key}",
        explanation=f"转载任务“{task.title}”：{told}",
        facts={"title": task.title or task.key, "start": clock(each.start), "due": clock(each.due), **facts},
    )
