"""Asks the owner's interface how a mini program is used, or takes the owner's record for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from crawler.base import AccountSpider
from crawler.platforms.miniprogram.record import judge
from crawler.platforms.wechat.api import HOST, OfficialApi
from crawler.visit import Ending, Visit
from domain.account import Account, Route
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_SUMMARY = "datacube/getweanalysisappiddailysummarytrend"


class MiniProgramSpider(AccountSpider):
    """A mini program publishes nothing; its visit is what the owner may know of it."""

    name = "miniprogram"
    platform: ClassVar[str] = "miniprogram"
    api_hosts: ClassVar[frozenset[str]] = frozenset({HOST})

    def default_routes(self, account: Account) -> tuple[Route, ...]:  # noqa: ARG002
        """Without an interface the owner's record is all there is."""
        return (Route("record"),)

    async def route_official(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """Yesterday's figures by the mini program's own credentials: an interface that answers proves that the program
        exists and is not blocked, not that its pages work."""
        credential = next(
            (self.plan.credentials[r.credential] for r in routes if r.credential in self.plan.credentials), {}
        )
        api = OfficialApi(visit, credential)
        if not api.is_usable:
            return Ending(
                Outcome.NOT_AUTHORIZED, "没有可用的小程序凭据；请用 xunjian credential set 录入 appid 和 secret"
            )
        day = f"{in_china(visit.now() - timedelta(days=1)):%Y%m%d}"
        reading = await api.call(_SUMMARY, {"begin_date": day, "end_date": day}, kind="profile")
        if reading.outcome not in (Outcome.OK, Outcome.EMPTY):
            return Ending(reading.outcome, reading.detail)
        figures = dict(reading.profile or {}) if reading.kind is PostKind.PROFILE else {}
        await visit.profile(
            Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile={"figures": figures, "day": day})
        )
        return Ending(Outcome.OK, "经官方接口核实小程序存在；页面能否正常使用须人工打开核对", complete=True)

    async def route_record(self, visit: Visit, routes: Sequence[Route]) -> Ending:  # noqa: ARG002
        """What the register says of the owner's last look. No request is made."""
        found = judge(visit.account.attributes, visit.now())
        if found.outcome is Outcome.OK:
            profile = dict(found.facts) | {"source": "record"}
            await visit.profile(Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile=profile))
        return Ending(found.outcome, found.detail, complete=not found.outcome.is_reach)
