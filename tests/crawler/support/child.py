"""A crawl in a process of its own, forked from a server that has the libraries loaded already."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
from pathlib import Path

from scrapy.core.engine import ExecutionEngine

from crawler import pace, platforms
from crawler.plan import CrawlPlan
from crawler.run import crawl


def work(folder: str, spider: str, refuses: str) -> None:
    """Crawl the plan in ``folder``; items, log and summary go beside it. ``spider`` ("module:Class") replaces the
    platform's own."""
    home = Path(folder)
    log = os.open(home / "log.txt", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(log, 2)
    sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, force=True)
    os.environ.update(COLLECTOR_PATH=str(home / "items.jsonl"), COLLECTOR_REFUSES=refuses)
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.1  # the end of a crawl is noticed by this, every five seconds
    if spider:
        module, _, name = spider.partition(":")
        chosen = getattr(importlib.import_module(module), name)
        platforms.spider_class = lambda platform: chosen
    plan = CrawlPlan.from_json((home / "plan.json").read_bytes())
    # A table of walls refuses more accounts in a row than a host is asked for in a night.
    pace.REFUSED_IN_A_ROW = int(plan.polite.get("refused_in_a_row", pace.REFUSED_IN_A_ROW))
    summary = crawl(plan, "collector.Collector")
    counts = {name: value for name, value in summary.stats.items() if isinstance(value, int)}
    result = {"reason": summary.reason, "errors": summary.item_errors, "failed": summary.failed, "stats": counts}
    (home / "summary.json").write_text(json.dumps(result), encoding="utf-8")
