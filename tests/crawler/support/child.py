"""A crawl in a process of its own: the plan comes on standard input, the summary goes to standard output."""

from __future__ import annotations

import json
import logging
import sys

from crawler import platforms
from crawler.plan import CrawlPlan
from crawler.run import crawl

logging.basicConfig(level=logging.INFO, stream=sys.stderr)
plan = CrawlPlan.from_json(sys.stdin.read())
if len(sys.argv) > 1:  # "module:Class" replaces the platform's spider
    import importlib

    module, _, name = sys.argv[1].partition(":")
    spider = getattr(importlib.import_module(module), name)
    platforms.spider_class = lambda platform: spider
summary = crawl(plan, "collector.Collector")
print(json.dumps({"reason": summary.reason, "errors": summary.item_errors, "failed": summary.failed}))
