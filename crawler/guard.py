"""The item pipeline around the item pipeline: every task ends in exactly one ``CoverageItem``."""

from __future__ import annotations

import inspect
import logging
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.items import CoverageItem

#: Setting: import path of the pipeline that stores the items.
INNER_SETTING = "XUNJIAN_ITEM_PIPELINE"
logger = logging.getLogger(__name__)


class CoverageGuard:
    """Passes items on to the pipeline named in the settings, and completes what an early end left open.

    Scrapy closes the pipelines of a crawl however it ends (finished, interrupted, failed): that is the one moment that
    always comes, so the missing coverages are written there, before the inner pipeline closes.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.inner: Any = build_from_crawler(load_object(crawler.settings[INNER_SETTING]), crawler)
        self.covered: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CoverageGuard:
        """Built by Scrapy."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the inner pipeline."""
        await _call(self.inner, "open_spider")

    async def process_item(self, item: Any) -> Any:
        """Hand ``item`` to the inner pipeline; a second coverage of one account is dropped."""
        if isinstance(item, CoverageItem):
            if item.coverage.account_id in self.covered:
                raise DropItem(f"second coverage of {item.coverage.account_id}", log_level="DEBUG")
            self.covered.add(item.coverage.account_id)
        return await _call(self.inner, "process_item", item)

    async def close_spider(self) -> None:
        """Write the coverages that are missing, then close the inner pipeline."""
        try:
            for item in self.crawler.spider.unfinished():  # type: ignore[union-attr]
                if item.coverage.account_id not in self.covered:
                    self.covered.add(item.coverage.account_id)
                    await _call(self.inner, "process_item", item)
        finally:
            await _call(self.inner, "close_spider")


async def _call(target: Any, name: str, *arguments: Any) -> Any:
    method = getattr(target, name, None)
    if method is None:
        return arguments[0] if arguments else None
    result = method(*arguments)
    return await result if inspect.isawaitable(result) else result
