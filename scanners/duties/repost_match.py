"""转载任务 against an account's posts: which post is the item, and whether it came in time (第六条, R41).

Pure and cheap: an account's posts are indexed once; addresses and titles are looked at before any text, and a text only
where some probes of the original are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from domain.account import Account
from domain.clock import in_china
from domain.norms import Norms
from domain.post import Post
from domain.register import FilingSheet, Register, RepostTask
from scanners.duties.matching import plain_title
from scanners.duties.published_text import plain_text

#: Platforms on which nothing is sent to readers.
NO_SENDING = {"app": "移动客户端不作推送", "miniprogram": "小程序不推送"}
#: 服务号: mass sends in a calendar month; articles of one minute are one send.
SERVICE_SENDS = 4
#: Characters of one shingle, the least text that can be compared by them, and how many are tried first.
_SHINGLE, _LEAST, _PROBES, _PROBED = 8, 40, 12, 3
#: A task without the time of its publication may have been reposted so long before it was dispatched.
_BEFORE = timedelta(hours=72)


class RepostState(StrEnum):
    """What became of a task on one account."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSED = "missed"
    WAITING = "waiting"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repost:
    """A task on one account: from when the hours count, until when, what was found and how, or why it is exempt."""

    task: RepostTask
    account_id: str
    state: RepostState
    start: datetime
    due: datetime
    post: Post | None = None
    by: str = ""  # 网址 / 标题 / 正文
    reason: str = ""

    @property
    def hours(self) -> float | None:
        """Hours from the start to the repost; none below zero."""
        if self.post is None or self.post.published_at is None:
            return None
        return max((self.post.published_at - self.start) / timedelta(hours=1), 0.0)


class PostIndex:
    """The posts of one account, to be searched for tasks."""

    def __init__(self, posts: Iterable[Post]) -> None:
        dated = [post for post in posts if post.published_at is not None]
        self.posts = sorted(dated, key=lambda post: (post.published_at, post.key))
        self._urls: dict[str, list[Post]] = {}
        self._titles = [plain_title(post.title) for post in self.posts]
        self._texts: dict[str, str] = {}
        self._found: dict[str, tuple[Post, str] | None] = {}
        for post in self.posts:
            for url in dict.fromkeys((post.url, *post.links)):
                self._urls.setdefault(url, []).append(post)

    def find(self, task: RepostTask, norms: Norms) -> tuple[Post, str] | None:
        """The first post that is this item, and by what it is told; ``None`` where there is none."""
        if task.key not in self._found:
            self._found[task.key] = self._look(task, norms)
        return self._found[task.key]

    def _look(self, task: RepostTask, norms: Norms) -> tuple[Post, str] | None:
        since = _since(task)
        if task.url:
            linked = next((post for post in self._urls.get(task.url, ()) if _after(post, since)), None)
            if linked is not None:
                return linked, "网址"
        wanted, least = plain_title(task.title), norms.repost_title * 100
        if wanted:
            for post, title in zip(self.posts, self._titles, strict=True):
                if not _after(post, since):
                    continue
                if title and fuzz.ratio(wanted, title, score_cutoff=least):
                    return post, "标题"
                if not title and wanted in plain_title(post.text[:500]):
                    return post, "标题"
        shingles = _shingles(task.text)
        for post in self.posts if shingles else ():
            if _after(post, since) and self._overlaps(post, shingles, norms.repost_body):
                return post, "正文"
        return None

    def _overlaps(self, post: Post, shingles: Sequence[str], least: float) -> bool:
        if post.key not in self._texts:
            self._texts[post.key] = plain_text(post.text)
        text = self._texts[post.key]
        if len(text) < _LEAST:
            return False
        step = max(len(shingles) // _PROBES, 1)
        probes = shingles[::step]
        if sum(probe in text for probe in probes) < min(_PROBED, len(probes)):
            return False
        return sum(shingle in text for shingle in shingles) >= least * len(shingles)


def names(task: RepostTask, account: Account) -> bool:
    """True where the task is for this account: it is named, or nobody is and it publishes."""
    return account.id in task.accounts if task.accounts else account.purpose.value == "publishing"


def started(task: RepostTask) -> datetime | None:
    """From when the hours count: from the dispatch where a superior sent the task, else from its publication."""
    return task.dispatched_at or task.published_at


def exempt_reason(
    task: RepostTask, account: Account, sends: Iterable[datetime], register: Register, norms: Norms
) -> str:
    """Why this account need not repost the task, in Chinese; empty where it must.

    A written exemption of the task, a platform that sends nothing, or a 服务号 whose sends of the month were used up
    before the task came and whose twelve hours end in the same month.
    """
    reasons = dict(each.split("=", 1) for each in task.exempt if "=" in each)
    if account.id in reasons:
        return reasons[account.id].strip() or "书面豁免"
    if account.platform in NO_SENDING:
        return NO_SENDING[account.platform]
    start = started(task)
    if start is None or not is_service_account(account, register):
        return ""
    first, last = in_china(start), in_china(start + timedelta(hours=norms.repost_hours))
    if (first.year, first.month) != (last.year, last.month):
        return ""
    used = {
        in_china(at).replace(second=0, microsecond=0)
        for at in sends
        if at < start and (in_china(at).year, in_china(at).month) == (first.year, first.month)
    }
    return f"服务号本月已群发 {len(used)} 次，没有次数" if len(used) >= SERVICE_SENDS else ""


def is_service_account(account: Account, register: Register) -> bool:
    """True for a 微信服务号, as the account's attributes or its filing sheet say."""
    if account.platform != "wechat":
        return False
    sheets = register.of_account(FilingSheet, account.id)
    return "服务号" in (*account.attributes.values(), *(sheet.platform_subtype for sheet in sheets))


def judge(
    task: RepostTask,
    account: Account,
    index: PostIndex,
    now: datetime,
    *,
    norms: Norms,
    register: Register,
    sends: Iterable[datetime] = (),
) -> Repost | None:
    """What became of ``task`` on ``account`` at ``now``; ``None`` where it is not for it or has no time."""
    start = started(task)
    if start is None or not names(task, account):
        return None
    due = start + timedelta(hours=norms.repost_hours)
    found = index.find(task, norms)
    post, by = found if found is not None else (None, "")
    moments = [*sends, *(each.published_at for each in index.posts if each.published_at is not None)]
    reason = exempt_reason(task, account, moments, register, norms)
    if post is not None and post.published_at is not None:
        state = RepostState.IN_TIME if post.published_at <= due else RepostState.LATE
    else:
        state = RepostState.WAITING if now <= due else RepostState.MISSED
    if reason and state is not RepostState.IN_TIME:
        state = RepostState.EXEMPT
    return Repost(task=task, account_id=account.id, state=state, start=start, due=due, post=post, by=by, reason=reason)


def _since(task: RepostTask) -> datetime | None:
    known = [at for at in (task.published_at, task.dispatched_at) if at is not None]
    if not known:
        return None
    return min(known) if task.published_at is not None else min(known) - _BEFORE


def _after(post: Post, since: datetime | None) -> bool:
    return since is None or (post.published_at is not None and post.published_at >= since.replace(second=0))


@lru_cache(maxsize=512)
def _shingles(text: str) -> tuple[str, ...]:
    plain = plain_text(text)
    if len(plain) < _LEAST:
        return ()
    return tuple(dict.fromkeys(plain[i : i + _SHINGLE] for i in range(len(plain) - _SHINGLE + 1)))
