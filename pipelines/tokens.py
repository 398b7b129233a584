"""The Scrapy item pipeline of the token check: what the platform said goes on file, the token does not."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import store
from crawler.tokens import TokenItem
from domain.credential import CredentialKind
from pipelines.target import Target
from store.crypto import load_key


class TokenPipeline:
    """Files every ``TokenItem``."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> TokenPipeline:
        """Built by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: TokenItem) -> TokenItem:
        """File one item."""
        await asyncio.to_thread(self._file, item)
        return item

    def _file(self, item: TokenItem) -> None:
        plan = self._crawler.spider.plan
        target = Target(**plan.store)
        with store.open(target.database, load_key(Path(target.key_path)), Path(target.evidence)) as opened:
            opened.put_token_expiry(
                f"credential:{item.name}", CredentialKind.TOKEN.value, item.expires_at, item.refusal, plan.clock.read()
            )
