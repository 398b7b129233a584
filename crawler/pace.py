"""How often and when one crawl may ask: budgets of the night, pauses a host asked for, and the end of patience.

A platform that refuses is asking for silence. Its host is left alone for a while, longer after each refusal, and after
several accounts in a row were refused the host is not asked any more tonight: knocking on prolongs a block. What this
leaves unread ends in a named outcome with a remedy, never in silence.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from domain.outcome import Outcome

#: The longest pause of a host that did not say how long (seconds).
MOST_PAUSE = 60.0
#: So many accounts refused in a row, with nothing answered in between, close a host for the night.
REFUSED_IN_A_ROW = 3
#: How often one account waits for a Retry-After in one night.
WAITS = 3
#: Outcomes by which a host refuses us, not only this account's page.
REFUSALS = frozenset({Outcome.RATE_LIMITED, Outcome.VERIFY_WALL})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not sent at all: the outcome, and the reason with what to do."""

    outcome: Outcome
    detail: str


@dataclass(slots=True)
class _Host:
    until: float = 0.0
    pauses: int = 0
    refused: set[str] = field(default_factory=set)
    closed: bool = False


class Pace:
    """The pace of one crawl (one platform). ``polite`` holds numbers, all optional:

    ``account_requests`` and ``platform_requests`` (requests in one night; 0 sets no limit), ``patience`` (the longest
    Retry-After that is waited for, seconds), ``backoff`` (the first pause of a host that refused, seconds; it doubles).
    """

    def __init__(
        self,
        polite: Mapping[str, float],
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account_budget = int(polite.get("account_requests", 0))
        self._platform_budget = int(polite.get("platform_requests", 0))
        self._patience = float(polite.get("patience", 0.0))
        self._backoff = float(polite.get("backoff", 0.0))
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._spent: Counter[str] = Counter()
        self._waited: Counter[str] = Counter()

    def spend(self, account_id: str, requests: int) -> None:
        """Count requests of tonight that an interrupted run has made already."""
        self._spent[account_id] += requests

    async def admit(self, host: str, account_id: str) -> Refusal | None:
        """Wait until ``host`` may be asked and count the request; the refusal where it may not be asked tonight."""
        place = self._hosts.setdefault(host, _Host())
        while not place.closed and (wait := place.until - self._clock()) > 0:
            await self._sleep(wait)
        if place.closed:
            return Refusal(
                Outcome.RATE_LIMITED,
                f"站点 {host} 接连拒绝了 {REFUSED_IN_A_ROW} 个账号的访问，本轮不再访问；"
                "下一轮再检，持续出现时请调大 xunjian.toml 的 crawl.delay",
            )
        if self._account_budget and self._spent[account_id] >= self._account_budget:
            return Refusal(
                Outcome.QUOTA,
                f"本账号今晚的访问次数（{self._account_budget} 次）已用完，其余留待下一轮；"
                "如需一次看完，请调大 xunjian.toml 的 crawl.account_requests",
            )
        if self._platform_budget and self._spent.total() >= self._platform_budget:
            return Refusal(
                Outcome.QUOTA,
                f"本平台今晚的访问次数（{self._platform_budget} 次）已用完，其余留待下一轮；"
                "如需一次看完，请调大 xunjian.toml 的 crawl.platform_requests",
            )
        self._spent[account_id] += 1
        return None

    def may_retry(self, host: str, account_id: str, retry_after: int | None) -> bool:
        """True when the host said by Retry-After how soon it may be asked again and that is soon: the next ``admit``
        waits so long. A refusal without such a word is never repeated."""
        if retry_after is None or retry_after > self._patience or self._waited[account_id] >= WAITS:
            return False
        self._waited[account_id] += 1
        place = self._hosts.setdefault(host, _Host())
        place.until = max(place.until, self._clock() + retry_after)
        return True

    def heard(self, host: str, account_id: str, outcome: Outcome) -> None:
        """How a request to ``host`` ended. A refusal pauses the host, an answer makes up for the refusals before."""
        place = self._hosts.setdefault(host, _Host())
        if outcome in REFUSALS:
            place.refused.add(account_id)
            place.closed = place.closed or len(place.refused) >= REFUSED_IN_A_ROW
            if outcome is Outcome.RATE_LIMITED and self._backoff:
                pause = min(self._backoff * 2**place.pauses, MOST_PAUSE)
                place.pauses += 1
                place.until = max(place.until, self._clock() + pause)
        elif not outcome.is_reach:
            place.refused.clear()
            place.pauses = 0
