"""A resolver run in a process of its own: the plan comes on standard input, what became of the links goes out."""

from __future__ import annotations

import json
import sys

from crawler.items import CaptureItem
from crawler.resolver.plan import LinkPlan
from crawler.resolver.run import resolve


class Printer:
    def __init__(self):
        self.captures = {}

    def process_item(self, item):
        if isinstance(item, CaptureItem):
            self.captures[item.digest] = len(item.body)
            return item
        link = item.link
        said = {"url": link.url, "outcome": link.outcome, "status": link.status, "final": link.final_url}
        said |= {"title": link.title, "text": link.text, "final_domain": link.final_domain, "detail": link.detail}
        print(json.dumps(said | {"captured": self.captures.get(link.capture)}))
        return item


if __name__ == "__main__":
    summary = resolve(LinkPlan.from_json(sys.stdin.read()), "follow.Printer")
    print(json.dumps({"failed": summary.failed}))
