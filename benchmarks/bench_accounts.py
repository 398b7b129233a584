"""Account and register rules over a whole province: 10,000 accounts and 1,000,000 stored posts in one pass.

    python -m benchmarks.bench_accounts [--accounts 10000] [--posts 100] [--folder DIR]

Prints, for a tenth, a half and the whole of it: seconds, milliseconds an account, and peak memory of the judging
process; then how the time grows against the number of accounts (1.00 is linear) and memory from the tenth to the whole.
Every account has its filing event, its approvals and its share of units, people, duties and statements.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil

import lexicons
import store
from domain.account import Account
from domain.coverage import Coverage
from domain.inspection import InspectionKind
from domain.outcome import Outcome
from domain.post import Post, PostKind
from domain.register import Approval, EventKind, FilingEvent, Person, PersonKind, Record, Unit, Vendor
from pipelines.duties import judge_duties
from pipelines.workspace import Workspace
from scanners import rulebook
from scanners.duties.judge import DutyJudge
from store.records import PostRead

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
KEY = bytes(range(32))
#: Accounts of one unit.
_OF_UNIT = 8
_PLATFORMS = ("wechat", "weibo", "toutiao", "douyin", "kuaishou", "website", "channels", "app")
_TOPICS = ("养老服务", "社会救助", "婚姻登记", "儿童福利", "慈善事业", "殡葬服务", "社会组织", "区划地名")


def main() -> int:
    """Run the benchmark; 1 where time or memory grows faster than the accounts."""
    parser = argparse.ArgumentParser(description="账号和台账规则：一万个账号、一百万篇内容")
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.judge:
        print(json.dumps(_judge(options.judge)))
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-accounts-") as made:
        folder = options.folder or Path(made)
        rows = []
        for share in (10, 2, 1):
            accounts = max(options.accounts // share, _OF_UNIT)
            place = folder / f"a{accounts}"
            started = time.perf_counter()
            _build(place, accounts, options.posts)
            print(
                f"{accounts} accounts, {accounts * options.posts} posts: built in {time.perf_counter() - started:.0f} s"
            )
            rows.append((accounts, _measured(place)))
    return _report(rows)


def _measured(place: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_accounts", "--judge", str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    return dict(json.loads(done.stdout))


def _report(rows: list[tuple[int, dict[str, float]]]) -> int:
    print(f"{'accounts':>9} {'seconds':>8} {'ms/account':>11} {'posts/s':>9} {'peak MB':>8} {'findings':>9}")
    for accounts, found in rows:
        seconds, peak = found["seconds"], found["peak"] / 2**20
        each, speed = 1000 * seconds / accounts, found["posts"] / seconds
        print(f"{accounts:>9} {seconds:>8.1f} {each:>11.2f} {speed:>9.0f} {peak:>8.0f} {found['findings']:>9.0f}")
    (first, least), (last, most) = rows[0], rows[-1]
    growth = (most["seconds"] / last) / (least["seconds"] / first)
    memory = most["peak"] / least["peak"]
    print(f"time an account, whole against a tenth: {growth:.2f} (linear 1.00); peak memory: {memory:.2f}")
    return 0 if growth <= 1.3 else 1


def _judge(place: Path) -> dict[str, float]:
    """One pass over a prepared database, in a process of its own."""
    workspace = Workspace(place)
    judge = DutyJudge.of(rulebook.load(lexicons.load()), KEY)
    with store.open(f"sqlite:///{place / 'x.db'}", KEY, place / "evidence") as opened:
        inspection = opened.begin(InspectionKind.NIGHTLY, "all", NOW, [a.id for a in opened.accounts()])
        with opened.writing():
            pass
        for account_id in inspection.account_ids:
            opened.put_coverage(
                inspection.id, Coverage(account_id=account_id, outcome=Outcome.OK, complete=True, listed=1)
            )
        started = time.perf_counter()
        judged = judge_duties(workspace, opened, judge, inspection, NOW)
        seconds = time.perf_counter() - started
        findings = opened.counts(inspection.id)
    memory = psutil.Process().memory_info()
    peak = getattr(memory, "peak_wset", 0) or _peak()
    return {"seconds": seconds, "peak": peak, "posts": len(judged.posts), "findings": findings[1]}


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _build(place: Path, accounts: int, posts: int) -> None:
    workspace = Workspace.create(place, bureau="柳溪市民政局")
    entries = [_account(number) for number in range(accounts)]
    with store.open(f"sqlite:///{workspace.root / 'x.db'}", KEY, workspace.root / "evidence") as opened:
        opened.put_accounts(entries, source="register", at=NOW)
        sheets: dict[str, list[Record]] = {}
        for record in _records(entries):
            sheets.setdefault(record.kind, []).append(record)
        opened.put_register(sheets, source="office", at=NOW)
        inspection = opened.begin(InspectionKind.NIGHTLY, "build", NOW - timedelta(days=1), [a.id for a in entries])
        for number, account in enumerate(entries):
            made = [_post(account, number, at) for at in range(posts)]
            opened.put_posts(inspection.id, [PostRead(post=p, outcome=Outcome.OK, read_at=NOW) for p in made])
            opened.put_register({"approval": [_approval(p) for p in made[: posts // 2]]}, source="office", at=NOW)
        opened.abandon(inspection.id)


def _account(number: int) -> Account:
    unit = f"柳溪市第{number // _OF_UNIT}民政服务中心"
    platform = _PLATFORMS[number % len(_PLATFORMS)]
    return Account(
        platform=platform,
        key=f"k{number}",
        name=f"柳溪民政{number}",
        sponsor=unit,
        verified_subject=unit,
        filing_no=f"LX{number}",
        home_url=f"https://www.liuxi.example/{number}",
    )


def _records(accounts: list[Account]) -> Iterator[Record]:
    for unit in dict.fromkeys(account.sponsor for account in accounts):
        yield Unit(key=unit, credit_code="12340000000000000X", superior="柳溪市民政局", management_body="办公室")
        yield Person(
            key=f"{unit}/程小满", name="程小满", unit=unit, person_kind=PersonKind.STAFF, roles=("manager",),
            started_on=date(2025, 1, 2), secrecy_reviewed_on=date(2024, 12, 30), trained_on=date(2024, 12, 30),
        )  # fmt: skip
        yield Vendor(key=f"{unit}/合同", name="柳溪云岚信息公司", unit=unit, ends_on=date(2027, 1, 1))
    for account in accounts:
        yield FilingEvent(
            key=f"{account.id}/1", account=account.id, event=EventKind.OPEN, agreed_on=date(2025, 3, 3),
            applied_on=date(2025, 3, 4), approved_on=date(2025, 3, 5), reported_on=date(2025, 3, 6),
        )  # fmt: skip


def _post(account: Account, number: int, at: int) -> Post:
    topic = _TOPICS[(number + at) % len(_TOPICS)]
    title = f"柳溪市{topic}工作第{number}-{at}期动态"
    return Post(
        account_id=account.id,
        key=f"p{at}",
        url=f"https://www.liuxi.example/{number}/{at}",
        kind=PostKind.ARTICLE,
        title=title,
        text=f"{title}。"
        + f"近日，柳溪市民政局开展{topic}工作，第{at}批事项办结{number % 97}件，服务群众{at + 3}人次。" * 6,
        published_at=NOW - timedelta(hours=20 * at + number % 20),
    )


def _approval(post: Post) -> Approval:
    assert post.published_at is not None
    signed = [post.published_at - timedelta(hours=hours) for hours in (6, 4, 2)]
    return Approval(
        key=post.id, account=post.account_id, post_key=post.key, title=post.title, content=post.text,
        editor="程小满", first_by="程小满", first_at=signed[0], second_by="闻知夏", second_at=signed[1],
        final_by="陆青禾", final_at=signed[2],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
