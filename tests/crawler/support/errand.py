"""Plans for crawls of one platform: several accounts in one child process, because a process costs seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from rig import Answer, StandIn

from crawler.plan import AccountTask, CrawlPlan
from domain.account import Account
from domain.clock import Clock
from domain.post import KnownPost

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
NOW = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
ROBOTS = Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})


def task(platform: str, key: str, routes, *, known=(), reread=(), **attributes) -> AccountTask:
    account = Account(platform=platform, key=key, name="柳溪民政", routes=tuple(routes), **attributes)
    horizon = NOW - timedelta(days=120)
    return AccountTask(account=account, known=known, reread=reread, horizon=horizon, deadline_seconds=60)


def plan(server: StandIn, *tasks: AccountTask, **options) -> CrawlPlan:
    return CrawlPlan(
        platform=tasks[0].account.platform,
        tasks=tasks,
        clock=Clock(NOW, True),
        replica=server.address,
        polite={"delay": 0, "accounts": 4, "per_host": 8, "refused_in_a_row": 999},
        **options,
    )


def known(key: str, days: int, url: str = "") -> KnownPost:
    moment = NOW - timedelta(days=days)
    return KnownPost(key=key, url=url, first_seen_at=moment, last_read_at=moment, published_at=moment)


def query(target: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(target).query))


def saved(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()
