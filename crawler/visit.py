"""The visit of one account: what was seen so far, and the only way to fetch anything for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import Request

from crawler import outcomes
from crawler.fetched import Fetched, strip_headers, strip_url
from crawler.handlers import SECRETS
from crawler.items import CaptureItem, Item, PostItem, ProfileItem
from crawler.pace import REFUSALS, Pace
from crawler.plan import AccountTask, CrawlPlan
from domain.coverage import Attempt, Coverage
from domain.outcome import Outcome
from domain.post import Attachment, RawAttachment, RawPost, Reading

if TYPE_CHECKING:
    from scrapy.http import Response

#: ``request.meta`` key: the account a request belongs to.
ACCOUNT = "account_id"
#: Files larger than this are not fetched (bytes).
MAX_ATTACHMENT = 32 * 1024 * 1024
#: Items of one account that may be on their way to the disk, and the bytes of their captures after which the account
#: waits: what a power cut can cost is read again, and what waits lies in memory.
_ON_THE_WAY = 32
_BYTES_ON_THE_WAY = 16 * 1024 * 1024
#: So many posts fewer than the platform counts are nothing unusual.
_HIDDEN = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """How the listing of an account ended on one route.

    ``exhausted``: the listing was walked to its own end, so that what it showed can be compared with ``total``.
    ``complete``: walked to the horizon, to known ground or to its end, so that "no newer post" may be concluded.
    ``total``: how many posts the platform says there are, where it says so. ``code``: the platform's own number or name
    of a refusal, where rules must tell one refusal from another. ``retry_at``: when the route may be asked again, where
    that is known.
    """

    outcome: Outcome
    detail: str = ""
    complete: bool = False
    total: int | None = None
    code: str = ""
    retry_at: datetime | None = None
    exhausted: bool = False


class Visit:
    """Bookkeeping of one account. Made by ``AccountSpider``; platform spiders get it as an argument."""

    def __init__(
        self,
        task: AccountTask,
        plan: CrawlPlan,
        *,
        download: Callable[[Request], Awaitable[Response]],
        read: Callable[[Fetched], Reading],
        emit: Callable[[Item], Awaitable[bool]],
        pace: Pace | None = None,
    ) -> None:
        self.task = task
        self.pace = pace or Pace(plan.polite)
        self.pace.spend(task.account.id, task.spent)
        self.wait_until: datetime | None = None
        self.budget_spent = False
        self.account = task.account
        self.plan = plan
        self.known = {post.key: post for post in task.known}
        self.due = {post.key: post for post in task.reread}
        self.attempts: list[Attempt] = []
        self.notes: list[str] = []
        self.listed: set[str] = set()
        self.read_keys: set[str] = set()
        self.emitted: set[str] = set()
        self.newest_at: datetime | None = None
        self.requests = 0
        self.ending = Ending(Outcome.DEADLINE, "采集被提前中断，本账号没有看完；请重新运行")
        self.route = ""
        self.unread = 0
        self._pending: set[asyncio.Future[bool]] = set()
        self._pending_bytes = 0
        self._fresh: dict[str, RawPost] = {}
        self._newest_listed: RawPost | None = None
        self._download = download
        self._read = read
        self._emit = emit

    # -- time ----------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The present instant by the inspection's clock (UTC)."""
        return self.plan.clock.read()

    # -- fetching ------------------------------------------------------------------------------------------------

    async def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        secrets: Mapping[str, str] | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> Fetched:
        """One request; never raises for what the network or the other side does.

        It waits for its turn: a host that refused is left alone for a while, and a budget that is spent is an outcome.
        A refusal is repeated only where the other side said how soon, and that is soon. ``secrets`` maps placeholders
        that stand in ``url``, ``headers`` or ``body`` to credentials; they are filled in at the last moment, and
        neither logs nor captures see them.
        """
        host = _host(url)
        while True:
            refusal = await self.pace.admit(host, self.account.id)
            if refusal is not None:
                self.budget_spent = refusal.outcome is Outcome.QUOTA
                return Fetched(url=url, fetched_at=self.now(), outcome=refusal.outcome, detail=refusal.detail)
            fetched = await self._fetch_once(url, method, headers, body, secrets, meta)
            wait = outcomes.retry_after(fetched.headers.get("retry-after", ""), datetime.now(UTC))
            if fetched.outcome is not Outcome.RATE_LIMITED:
                if fetched.outcome is Outcome.OK and fetched.status == 200:
                    self.pace.heard(host, self.account.id, Outcome.OK)
                return fetched
            if not self.pace.may_retry(host, self.account.id, wait):
                self.wait_until = None if wait is None else self.now() + timedelta(seconds=wait)
                self.pace.heard(host, self.account.id, fetched.outcome)
                return fetched

    async def _fetch_once(
        self,
        url: str,
        method: str,
        headers: Mapping[str, str] | None,
        body: bytes,
        secrets: Mapping[str, str] | None,
        meta: Mapping[str, Any] | None,
    ) -> Fetched:
        self.requests += 1
        values = dict(secrets or {})
        try:
            request = Request(
                url,
                method=method,
                headers=dict(headers or {}),
                body=body,
                meta={**(meta or {}), ACCOUNT: self.account.id, SECRETS: values},
                dont_filter=True,
            )
        except ValueError:
            return Fetched(
                url=url,
                fetched_at=self.now(),
                outcome=Outcome.BAD_REQUEST,
                detail="登记的地址不是完整的网页地址；请在台账改正",
            )
        # Shielded: when the deadline passes, the request is left to end by itself. Cancelling it would also cancel
        # what it shares with other accounts (the robots.txt of the host).
        sending = asyncio.ensure_future(self._download(request))
        sending.add_done_callback(_retrieve)
        try:
            response = await asyncio.shield(sending)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            outcome, detail = outcomes.of_exception(error)
            return Fetched(url=url, method=method, fetched_at=self.now(), outcome=outcome, detail=detail)
        return self._fetched(request, response, values)

    def _fetched(self, request: Request, response: Response, secrets: Mapping[str, str]) -> Fetched:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        decided = outcomes.of_status(response.status, headers)
        location = headers.get("location", "") if 300 <= response.status < 400 else ""
        return Fetched(
            url=response.url,
            requested_url=request.url,
            method=str(request.method),
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=self.now(),
            outcome=decided[0] if decided else Outcome.OK,
            detail=decided[1] if decided else "",
            location=urljoin(response.url, location) if location else "",
            request_headers={
                name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in request.headers.items()
            },
            secrets=tuple(secrets.values()),
        )

    async def get(self, url: str, *, kind: str = "list", **options: Any) -> tuple[Fetched, Reading]:
        """``fetch``, read by the platform's ``page.read``, and keep as evidence."""
        fetched = await self.fetch(url, **options)
        return fetched, await self.judge(fetched, kind)

    async def judge(self, fetched: Fetched, kind: str) -> Reading:
        """What ``fetched`` says. Its page is asked first; the status decides where the page has no opinion."""
        if not fetched.answered:
            return Reading(outcome=fetched.outcome, detail=fetched.detail)
        reading = self._read(fetched)
        if reading.outcome is Outcome.LAYOUT_CHANGED and fetched.outcome is not Outcome.OK:
            outcome, detail = fetched.outcome, fetched.detail
            if kind == "list" and outcome.is_gone:  # a list that is not there says nothing about the account
                outcome, detail = Outcome.LAYOUT_CHANGED, f"列表{detail}；请核对台账登记的地址"
            reading = Reading(outcome=outcome, detail=detail)
        if reading.outcome is Outcome.LAYOUT_CHANGED and not reading.detail:
            reading = replace(reading, detail="页面结构不认识，可能改版；原始内容已留存，请人工打开核对")
        if reading.outcome in REFUSALS and fetched.outcome is not Outcome.RATE_LIMITED:
            self.pace.heard(_host(fetched.requested_url or fetched.url), self.account.id, reading.outcome)
        await self.keep(fetched, kind, reading.outcome)
        return reading

    async def keep(self, fetched: Fetched, kind: str, outcome: Outcome) -> str:
        """Hand the response over as evidence; returns its digest (empty where there was no response)."""
        if not fetched.answered:
            return ""
        body = fetched.kept_body
        digest = fetched.digest
        await self.hand_over(
            CaptureItem(
                account_id=self.account.id,
                url=strip_url(fetched.url, fetched.secrets),
                method=fetched.method,
                request_headers=strip_headers(fetched.request_headers, fetched.secrets),
                status=fetched.status,
                headers=strip_headers(fetched.headers, fetched.secrets),
                body=body,
                fetched_at=fetched.fetched_at,
                outcome=outcome,
                kind=kind,
                digest=digest,
            )
        )
        return digest

    async def download(self, file: RawAttachment, **options: Any) -> Attachment:
        """Fetch a file of a post as evidence. A failure is an outcome of the attachment, not of the post."""
        fetched = await self.fetch(file.url, **options)
        outcome = fetched.outcome
        if outcome is Outcome.OK and fetched.status != 200:
            outcome = Outcome.NETWORK
        digest = ""
        if outcome is Outcome.OK and len(fetched.body) <= MAX_ATTACHMENT:
            digest = await self.keep(fetched, "attachment", outcome)
        media_type = fetched.content_type.split(";")[0].strip() or file.media_type
        return Attachment(url=file.url, name=file.name, media_type=media_type, outcome=outcome, digest=digest)

    # -- the listing ---------------------------------------------------------------------------------------------

    def see(self, posts: Iterable[RawPost]) -> bool:
        """Enter one page of the listing; False when the walk has reached known ground or the horizon.

        Pinned posts are entered but never decide. A page of pinned posts alone does not end the walk.
        """
        deciding = new = 0
        for post in posts:
            if not post.post_key:
                continue
            deciding += not post.pinned
            if post.post_key in self.listed:
                continue
            self.listed.add(post.post_key)
            gone = post.outcome.is_gone
            if (
                post.published_at is not None
                and not gone
                and (self.newest_at is None or post.published_at > self.newest_at)
            ):
                self.newest_at, self._newest_listed = post.published_at, post
            known = self.known.get(post.post_key)
            if known is not None:
                if gone and not known.is_gone:
                    self._fresh[post.post_key] = post
                # Found by a walk that was broken off: not read again, but no ground to stop on either.
                new += not post.pinned and not known.settled
                continue
            if post.published_at is not None and post.published_at < self.task.horizon:
                continue
            self._fresh[post.post_key] = post
            new += not post.pinned
        return new > 0 or deciding == 0

    def queue(self) -> list[RawPost]:
        """What is to be read now: new posts, oldest first, then the due ones.

        Oldest first, because the next walk stops at known ground: if this visit is cut short, everything older than
        what is on file has been read. Where the whole listing lies beyond the horizon and nothing is on file, its
        newest post is read all the same: it is the evidence of the silence.
        """
        fresh = list(self._fresh.values())
        fresh.reverse()
        fresh.sort(key=lambda post: post.published_at.timestamp() if post.published_at else float("inf"))
        if not fresh and not self.known and self._newest_listed is not None:
            fresh = [self._newest_listed]
        waiting = {post.post_key for post in fresh}
        again = [
            RawPost(post_key=post.key, url=post.url, published_at=post.published_at)
            for post in self.due.values()
            if post.key not in waiting
        ]
        return [post for post in fresh + again if post.post_key not in self.emitted]

    def wants(self, key: str) -> bool:
        """True for a post that is new or due tonight (a listing that shows the whole content can serve it)."""
        return key not in self.emitted and (key not in self.known or key in self.due)

    # -- results -------------------------------------------------------------------------------------------------

    async def hand_over(self, item: Item, told: Callable[[bool], None] | None = None) -> None:
        """Hand ``item`` to the pipeline without waiting for the disk; ``told`` hears whether it was stored.

        Order is kept, so what an item speaks of is stored before it, and ``settle`` waits for all. Only so many may be
        on their way at once. What was begun is finished even when the deadline passes meanwhile.
        """
        size = len(item.body) if isinstance(item, CaptureItem) else 0

        async def storing() -> bool:
            try:
                stored = await self._emit(item)
            finally:
                self._pending_bytes -= size
            if told is not None:
                told(stored)
            return stored

        while self._pending and (len(self._pending) >= _ON_THE_WAY or self._pending_bytes + size > _BYTES_ON_THE_WAY):
            await asyncio.wait(self._pending, return_when=asyncio.FIRST_COMPLETED)
        self._pending_bytes += size
        task = asyncio.ensure_future(storing())
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)
        await asyncio.sleep(0)  # so that it stands in line before anything later does

    async def settle(self) -> None:
        """Wait until everything handed over is stored."""
        if self._pending:
            await asyncio.gather(*self._pending, return_exceptions=True)

    async def post(self, post: RawPost, digest: str = "", attachments: tuple[Attachment, ...] = ()) -> None:
        """Hand over one post with its outcome; a second time for one key does nothing. ``read_keys`` holds its key once
        it is stored."""
        if not post.post_key or post.post_key in self.emitted:
            return
        self.emitted.add(post.post_key)

        def told(stored: bool) -> None:
            if post.outcome is Outcome.OK and stored:
                self.read_keys.add(post.post_key)
                if post.published_at is not None and (self.newest_at is None or post.published_at > self.newest_at):
                    self.newest_at = post.published_at
            elif post.outcome.is_reach or not stored:
                self.unread += 1

        await self.hand_over(
            PostItem(
                account_id=self.account.id,
                post=post,
                attachments=attachments,
                capture_digest=digest,
                fetched_at=self.now(),
            ),
            told,
        )

    async def profile(self, reading: Reading, digest: str = "") -> None:
        """Hand over what the platform says about the account."""
        if reading.profile is not None:
            await self.hand_over(
                ProfileItem(
                    account_id=self.account.id,
                    profile=reading.profile,
                    capture_digest=digest,
                    fetched_at=self.now(),
                )
            )

    def note(self, text: str) -> None:
        """Add a remark in Chinese to the coverage's detail."""
        if text and text not in self.notes:
            self.notes.append(text)

    def tried(self, route: str, ending: Ending) -> None:
        """Record how a route ended."""
        self.attempts.append(
            Attempt(
                route=route,
                outcome=ending.outcome,
                detail=ending.detail,
                code=ending.code,
                retry_at=ending.retry_at,
            )
        )

    def stop(self, outcome: Outcome, detail: str) -> None:
        """The visit ends by ``outcome`` whatever the listing said (a wall met while posts were read)."""
        self.ending = replace(self.ending, outcome=outcome, detail=detail)

    def coverage(self) -> Coverage:
        """What was looked at, as things stand now."""
        notes = list(self.notes)
        if self.unread:
            notes.append(f"有 {self.unread} 篇内容本次未能读取，下一轮再读")
        return Coverage(
            account_id=self.account.id,
            outcome=self.ending.outcome,
            detail="；".join(text for text in (self.ending.detail, *notes) if text),
            route=self.route,
            complete=self.ending.complete and not self.ending.outcome.is_reach,
            listed=len(self.listed),
            read=frozenset(self.read_keys),
            newest_at=self.newest_at,
            platform_total=self.ending.total,
            accounted=self._accounted(),
            requests=self.requests,
            attempts=tuple(self.attempts),
            finished_at=self.now(),
        )

    def _accounted(self) -> int | None:
        """Of the posts that the platform counts, how many were seen now or before.

        A listing that ran to its end is compared as it stands; platforms count hidden posts too, so a small difference
        is none. Any other listing is compared by growth: by how much the counter grew since it was last looked at, and
        how many new posts were listed. The first look is where that begins.
        """
        ending, before = self.ending, self.task.counted
        if ending.total is None or ending.outcome.is_reach:
            return None
        if ending.exhausted:
            listed = len(self.listed)
            return listed if ending.total - listed > max(_HIDDEN, ending.total // 10) else ending.total
        if before is None or before.route != self.route:
            return ending.total
        new = sum(not post.outcome.is_gone for post in self._fresh.values())
        return min(ending.total, before.accounted + new)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _retrieve(task: asyncio.Future[Response]) -> None:
    """Look at a request's error even when nobody waits for it any more, or asyncio complains at exit."""
    if not task.cancelled():
        task.exception()
