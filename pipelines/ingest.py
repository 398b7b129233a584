"""The Scrapy item pipeline: what a crawl catches is on disk before the spider goes on.

Items that arrive while a batch is being written, or within a moment of each other, form one batch: many accounts share
one transaction and one wait for the disk. The end of an account waits for nobody. Responses are written to the evidence
archive first, and only then is anything said of them.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

import store
from crawler.items import CaptureItem, CoverageItem, Item, LinkItem, PostItem, ProfileItem
from domain.clock import Clock
from pipelines.normalise import normalise
from pipelines.target import Target
from store.crypto import load_key
from store.evidence import EvidenceWriter
from store.records import Batch, CaptureRecord, PostRead

#: How long a batch may fill before it is written (seconds), and with how many items it is full.
_MOMENT = 0.02
_FULL = 64
#: How long the thread that writes may keep the interpreter from the one that fetches (seconds). With Python's own 5 ms
#: every answer of the network would wait that long while a batch is being prepared.
_SWITCH = 0.0005


class Ingest:
    """Writes batches of items; independent of Scrapy, so that it can be tested alone."""

    def __init__(self, target: Target, clock: Clock) -> None:
        self.inspection_id = target.inspection_id
        self.store = store.open(target.database, load_key(Path(target.key_path)), Path(target.evidence))
        self._name = f"{target.inspection_id}-{target.name}"
        self._clock = clock
        self._writer: EvidenceWriter | None = None

    def write(self, items: list[Item]) -> None:
        """Evidence first, forced to the disk; then one transaction with everything else."""
        captures = [item for item in items if isinstance(item, CaptureItem)]
        self.store.ingest(
            Batch(
                inspection_id=self.inspection_id,
                captures=self._archive(captures),
                reads=tuple(_read(item) for item in items if isinstance(item, PostItem)),
                profiles=tuple(_profiles(items)),
                links=tuple(item.link for item in items if isinstance(item, LinkItem)),
                coverages=tuple(item.coverage for item in items if isinstance(item, CoverageItem)),
            )
        )

    def _archive(self, items: list[CaptureItem]) -> tuple[CaptureRecord, ...]:
        if not items:
            return ()
        if self._writer is None:
            self._writer = self.store.evidence.writer(self._name, self._clock.start)
        known = set(self.store.archived([item.digest for item in items]))
        records = []
        for item in items:
            location = self._writer.add(
                url=item.url,
                status=item.status,
                headers=item.headers,
                body=item.body,
                digest=item.digest,
                fetched_at=item.fetched_at,
                revisit=item.digest in known,
            )
            records.append(
                CaptureRecord(
                    digest=item.digest,
                    inspection_id=self.inspection_id,
                    account_id=item.account_id,
                    url=item.url,
                    status=item.status,
                    outcome=item.outcome,
                    kind=item.kind,
                    fetched_at=item.fetched_at,
                    file=location.file,
                    offset=location.offset,
                    has_body=item.digest not in known,
                )
            )
            known.add(item.digest)
        self._writer.sync()
        return tuple(records)

    def close(self) -> None:
        """Finish the evidence file and give the database back."""
        if self._writer is not None:
            self._writer.close()
        self.store.close()


class StorePipeline:
    """The same as a Scrapy item pipeline. An item's ``process_item`` returns once the item is stored, or raises."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._ingest: Ingest | None = None
        self._hurry = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Built by Scrapy (through the guard that completes the coverages)."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the store that the spider's plan names."""
        sys.setswitchinterval(_SWITCH)
        plan = self._crawler.spider.plan  # type: ignore[union-attr]
        self._ingest = await asyncio.to_thread(Ingest, Target(**plan.store), plan.clock)

    async def process_item(self, item: Any) -> Any:
        """Store ``item``; waits for its batch."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if isinstance(item, CoverageItem) or len(self._waiting) >= _FULL:
            self._hurry.set()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.ensure_future(self._drain())
        await done
        return item

    async def _drain(self) -> None:
        while self._waiting:
            with suppress(TimeoutError):
                async with asyncio.timeout(_MOMENT):
                    await self._hurry.wait()
            self._hurry.clear()
            batch, self._waiting = self._waiting, []
            if await self._write(batch, alone=len(batch) == 1):
                continue
            for entry in batch:  # one bad item must not cost the others
                await self._write([entry], alone=True)

    async def _write(self, batch: list[tuple[Item, asyncio.Future[None]]], *, alone: bool) -> bool:
        """Store ``batch`` and tell those who wait. A failure is told only of an item that was tried alone."""
        assert self._ingest is not None, "Scrapy opens pipelines before it sends items"
        try:
            await asyncio.to_thread(self._ingest.write, [item for item, _ in batch])
        except Exception as error:  # every kind of failure is the failure of the item
            if not alone:
                return False
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
        else:
            for _, done in batch:
                if not done.done():
                    done.set_result(None)
        return True

    async def close_spider(self) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            await self._writing
        if self._ingest is not None:
            await asyncio.to_thread(self._ingest.close)


def _read(item: PostItem) -> PostRead:
    post = normalise(item.account_id, item.post, attachments=item.attachments, evidence=item.capture_digest)
    return PostRead(post=post, outcome=item.post.outcome, read_at=item.fetched_at, pinned=item.post.pinned)


def _profiles(items: list[Item]) -> list[tuple[str, dict[str, object], str, Any]]:
    """The last profile of each account in a batch."""
    last = {item.account_id: item for item in items if isinstance(item, ProfileItem)}
    return [(i.account_id, dict(i.profile), i.capture_digest, i.fetched_at) for i in last.values()]
