"""An item pipeline that writes what it gets to a JSON-lines file, for crawls that run in a child process."""

from __future__ import annotations

import json
import os
from pathlib import Path

from crawler.items import CaptureItem, CoverageItem, PostItem, ProfileItem


class Collector:
    def __init__(self, crawler) -> None:
        self.path = Path(os.environ["COLLECTOR_PATH"])
        self.refuse = os.environ.get("COLLECTOR_REFUSES", "")

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def open_spider(self) -> None:
        self.file = self.path.open("w", encoding="utf-8")

    def close_spider(self) -> None:
        self.file.close()

    def process_item(self, item):
        if self.refuse and type(item).__name__ == self.refuse:
            raise RuntimeError("the store refuses")
        self.file.write(json.dumps(_plain(item), ensure_ascii=False) + "\n")
        self.file.flush()
        return item


def _plain(item) -> dict:
    if isinstance(item, CaptureItem):
        return {
            "item": "capture",
            "account": item.account_id,
            "url": item.url,
            "method": item.method,
            "status": item.status,
            "outcome": item.outcome,
            "kind": item.kind,
            "digest": item.digest,
            "request_headers": dict(item.request_headers),
            "headers": dict(item.headers),
            "body": item.body.decode("utf-8", "replace"),
        }
    if isinstance(item, PostItem):
        return {
            "item": "post",
            "account": item.account_id,
            "key": item.key,
            "outcome": item.post.outcome,
            "title": item.post.title,
            "text": item.post.text,
            "kind": item.post.kind,
            "published_at": item.post.published_at and item.post.published_at.isoformat(),
            "detail": item.post.detail,
            "capture": item.capture_digest,
            "attachments": [[file.url, file.outcome, file.digest] for file in item.attachments],
        }
    if isinstance(item, ProfileItem):
        return {"item": "profile", "account": item.account_id, "profile": dict(item.profile)}
    if isinstance(item, CoverageItem):
        coverage = item.coverage
        return {
            "item": "coverage",
            "account": coverage.account_id,
            "outcome": coverage.outcome,
            "detail": coverage.detail,
            "route": coverage.route,
            "complete": coverage.complete,
            "listed": coverage.listed,
            "read": sorted(coverage.read),
            "newest_at": coverage.newest_at and coverage.newest_at.isoformat(),
            "total": coverage.platform_total,
            "requests": coverage.requests,
            "attempts": [[one.route, one.outcome, one.detail, one.code] for one in coverage.attempts],
            "retry_at": [a.retry_at.isoformat() if a.retry_at else "" for a in item.coverage.attempts],
        }
    return {"item": type(item).__name__}
