"""A resolver run in a process of its own: the plan comes on standard input, what became of the links goes out."""

from __future__ import annotations

import json
import sys

from crawler.resolver.plan import LinkPlan
from crawler.resolver.run import resolve


class Printer:
    def process_item(self, item):
        link = item.link
        print(json.dumps({"url": link.url, "outcome": link.outcome, "status": link.status, "final": link.final_url}))
        return item


if __name__ == "__main__":
    summary = resolve(LinkPlan.from_json(sys.stdin.read()), "follow.Printer")
    print(json.dumps({"failed": summary.failed}))
