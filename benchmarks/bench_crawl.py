"""Pages per second of the whole line (read, normalise, store, evidence) beside a bare Scrapy spider.

Both ask the same replica for the same addresses with the same number of requests at once, in turn, each in a process of
its own; the replica is a third process. The bare spider throws away what it gets. With a browser the plain spider does
the page's work too: it leaves out pictures as ours does, scrolls an account's page down through every reply of its
list, and waits for the text of an article. Usage::

    python -m benchmarks.bench_crawl [--rounds N] [--posts N] [--only json,list,article,browser]

Prints one JSON object. ``ratio`` is ours / bare by the clock, the median over the rounds; ``cpu_ratio`` the same by
processor time of the crawling process between the opening and the closing of the spider (the browser's own processes
are not in it), which other work on the machine disturbs less. ``spent`` says where the time of
our process goes, in milliseconds a page.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import store
from benchmarks.crawl_peers import ROOT, Peer, bare_peer
from crawler.browser import browser_ready, find_browser
from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account
from domain.clock import Clock
from domain.inspection import InspectionKind
from pipelines.target import Target
from replica.bureau import Bureau, build
from store.crypto import create_key

#: Scenarios: the platform whose accounts are walked, how many of them, and which kind of route.
SCENARIOS: Mapping[str, tuple[str, int, str]] = {
    "json": ("weibo", 12, "mobile"),
    "list": ("website", 8, "lists"),
    "article": ("wechat", 8, "album"),
    "browser": ("toutiao", 2, "browser"),
}
#: Accounts at once, and requests at once to one host.
AT_ONCE = 8


def bureau_of(posts: int) -> Bureau:
    """A bureau without trouble, large enough for every scenario."""
    return build(70, posts=posts, walled=0, failing=0, hanging=0)


@contextmanager
def replica(posts: int) -> Iterator[ReplicaAddress]:
    """The replica in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.crawl_peers", "replica", str(posts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        try:
            yield ReplicaAddress(**json.loads(process.stdout.readline()))
        finally:
            process.communicate()  # closes its input, which ends it


def plan_of(name: str, bureau: Bureau, address: ReplicaAddress, folder: Path) -> CrawlPlan:
    """A first visit of the scenario's accounts, into a new database."""
    platform, count, kind = SCENARIOS[name]
    accounts = [
        account
        for account in bureau.accounts
        if account.platform == platform and any(route.kind == kind for route in account.routes)
    ][:count]
    key = create_key(folder / "secret.key")
    url, evidence = f"sqlite:///{folder / 'bench.db'}", folder / "evidence"
    with store.open(url, key, evidence) as opened:
        opened.put_accounts(accounts, source="bench", at=bureau.world.now)
        inspection = opened.begin(InspectionKind.NIGHTLY, "bench", bureau.world.now, [a.id for a in accounts])
    return CrawlPlan(
        platform=platform,
        tasks=tuple(_task(account, bureau) for account in accounts),
        clock=Clock(bureau.world.now, fixed=True),
        replica=address,
        contact="bench@liuxi.example",
        polite={"delay": 0, "accounts": 2 if kind == "browser" else AT_ONCE, "per_host": AT_ONCE, "timeout": 60},
        browser=find_browser(),
        store=Target(url, str(folder / "secret.key"), str(evidence), inspection.id, platform).to_plan(),
    )


def _task(account: Account, bureau: Bureau) -> AccountTask:
    return AccountTask(account=account, horizon=bureau.world.now - timedelta(days=3650), deadline_seconds=600)


def measure(name: str, rounds: int, posts: int) -> dict[str, Any]:
    """The scenario's figures."""
    bureau = bureau_of(posts)
    taken: dict[str, list[dict[str, Any]]] = {"ours": [], "bare": []}
    with replica(posts) as address:
        addresses: list[str] = []
        for number in range(rounds + 1):
            with tempfile.TemporaryDirectory(prefix="bench-crawl-") as folder:
                plan = plan_of(name, bureau, address, Path(folder))
                ours = Peer("line", plan.to_json()).run()
                addresses = addresses or ours.pop("asked")
                bare = bare_peer(plan, addresses, browser=SCENARIOS[name][2] == "browser").run()
            if number:  # the first round fills caches on both sides
                taken["ours"].append(ours)
                taken["bare"].append(bare)
    return _summary(taken)


def _summary(taken: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    def speed(run: Mapping[str, Any], by: str) -> float:
        return float(run["pages"]) / float(run[by])

    pairs = list(zip(taken["ours"], taken["bare"], strict=True))
    spent: dict[str, float] = {}
    for part in taken["ours"][0]["spent"]:
        values = [1000 * run["spent"][part] / run["pages"] for run in taken["ours"]]
        spent[part] = round(statistics.median(values), 2)
    return {
        "pages": taken["ours"][0]["pages"],
        "ours_pages_per_second": round(statistics.median(speed(ours, "seconds") for ours, _ in pairs), 1),
        "bare_pages_per_second": round(statistics.median(speed(bare, "seconds") for _, bare in pairs), 1),
        "ratio": round(statistics.median(speed(o, "seconds") / speed(b, "seconds") for o, b in pairs), 3),
        "cpu_ratio": round(statistics.median(speed(o, "cpu") / speed(b, "cpu") for o, b in pairs), 3),
        "spent": spent,
    }


def main() -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description="采集速度：整条线与裸 Scrapy 比较")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=80)
    parser.add_argument("--only", default=",".join(SCENARIOS))
    options = parser.parse_args()
    found: dict[str, Any] = {}
    for name in options.only.split(","):
        if SCENARIOS[name][2] == "browser" and not browser_ready(find_browser()):
            found[name] = "no browser on this machine"
            continue
        posts = min(options.posts, 12) if SCENARIOS[name][2] == "browser" else options.posts
        found[name] = measure(name, options.rounds, posts)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
