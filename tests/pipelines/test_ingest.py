"""What a crawl catches is stored before the spider goes on; one bad item costs only itself."""

from __future__ import annotations

import asyncio

import pytest

import store
from crawler.items import CaptureItem, CoverageItem, LinkItem, PostItem, ProfileItem, digest_of
from domain.clock import Clock
from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import PostKind, RawPost
from pipelines.ingest import Ingest, StorePipeline
from pipelines.target import Target
from store.crypto import create_key
from tests.store.factories import NOW, account, coverage, night

ACCOUNT = "weibo:1000000001"
BODY = b'{"ok":1}'


@pytest.fixture
def target(tmp_path):
    key = create_key(tmp_path / "secret.key")
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with store.open(url, key, tmp_path / "evidence") as opened:
        opened.put_accounts([account()], source="a.csv", at=NOW)
        inspection = night(opened)
    return Target(url, str(tmp_path / "secret.key"), str(tmp_path / "evidence"), inspection.id, "weibo")


@pytest.fixture
def ingest(target):
    made = Ingest(target, Clock(NOW, fixed=True))
    yield made
    made.close()


def capture(body=BODY):
    return CaptureItem(
        account_id=ACCOUNT,
        url="https://m.weibo.cn/api",
        body=body,
        headers={"Content-Type": "application/json"},
        fetched_at=NOW,
        outcome=Outcome.OK,
        kind="list",
        digest=digest_of(body),
    )


def item(key="p1"):
    raw = RawPost(post_key=key, kind=PostKind.TEXT, text="正文", published_at=NOW, url="u")
    return PostItem(account_id=ACCOUNT, post=raw, capture_digest=digest_of(BODY), fetched_at=NOW)


def test_a_batch_of_every_kind(ingest):
    link = ResolvedLink(url="https://liuxi.example/", outcome=Outcome.OK, resolved_at=NOW)
    profiles = [
        ProfileItem(account_id=ACCOUNT, profile={"followers": number}, capture_digest="d", fetched_at=NOW)
        for number in (1, 2)
    ]
    ingest.write([capture(), item(), *profiles, LinkItem(link=link), CoverageItem(coverage=coverage())])
    found = ingest.store
    assert found.post(f"{ACCOUNT}/p1").post.evidence == digest_of(BODY)
    assert found.bytes_of(digest_of(BODY)) == BODY
    assert found.profile(ACCOUNT) == {"followers": 2}
    assert found.links([link.url]) == {link.url: link}
    assert found.covered(ingest.inspection_id) == {ACCOUNT}
    ingest.write([capture(), item()])
    assert [record.has_body for record in found.captures(digest_of(BODY))] == [True, False]


def test_evidence_is_on_disk_before_the_database_speaks_of_it(ingest, monkeypatch):
    seen = []

    def refuse(batch):
        seen.extend(ingest.store.evidence.read(*_place(record)).body for record in batch.captures)
        raise RuntimeError

    monkeypatch.setattr(ingest.store, "ingest", refuse)
    with pytest.raises(RuntimeError):
        ingest.write([capture()])
    assert seen == [BODY]


def _place(record):
    from store.evidence import Location

    return Location(record.file, record.offset), record.digest


def pipeline(target):
    class Spider:
        class plan:  # noqa: N801
            store = target.to_plan()
            clock = Clock(NOW, fixed=True)

    class Crawler:
        spider = Spider

    return StorePipeline.from_crawler(Crawler)


def test_items_at_once_share_a_transaction_and_a_bad_one_fails_alone(target):
    async def crawl():
        made = pipeline(target)
        await made.open_spider()
        batches = []
        write = made._ingest.write
        made._ingest.write = lambda items: (batches.append(len(items)), write(items))
        items = [item(f"p{number}") for number in range(20)]
        items[7] = item(" ")
        results = await asyncio.gather(*map(made.process_item, items), return_exceptions=True)
        on_file = {entry.post.key for entry in made._ingest.store.posts_of(ACCOUNT)}
        await made.close_spider()
        return results, on_file, batches

    results, on_file, batches = asyncio.run(crawl())
    assert [i for i, result in enumerate(results) if isinstance(result, Exception)] == [7]
    assert on_file == {f"p{number}" for number in range(20)} - {"p7"}
    assert batches[0] > 1


def test_an_item_is_stored_when_its_turn_is_over(target):
    async def crawl():
        made = pipeline(target)
        await made.open_spider()
        await made.process_item(item())
        found = made._ingest.store.post(f"{ACCOUNT}/p1")
        await made.close_spider()
        return found

    assert asyncio.run(crawl()) is not None
