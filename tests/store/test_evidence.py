"""The archive: owner-only, found by digest, honest about damage."""

from __future__ import annotations

import gzip
import stat

import pytest
from warcio.archiveiterator import ArchiveIterator

from domain.errors import StoreError
from domain.outcome import Outcome
from store.evidence import EvidenceArchive, digest_of
from store.records import Batch, CaptureRecord
from tests.store.factories import NOW

PAGE = "<p>柳溪市民政局</p>".encode() * 50
URL = "https://mp.weixin.qq.com/s?__biz=a&mid=1"


def keep(opened, body=PAGE, url=URL, revisit=False, close=True):
    writer = opened.evidence.writer("20260618T140000Z-nightly-wechat", NOW)
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip", "X-Odd": "a\r\nSet-Cookie: b"}
    place = writer.add(
        url=url,
        status=200,
        headers=headers,
        body=body,
        digest=digest_of(body),
        fetched_at=NOW,
        revisit=revisit,
    )
    writer.sync()
    record = CaptureRecord(
        digest=digest_of(body),
        inspection_id="i",
        account_id="wechat:gh_1",
        url=url,
        status=200,
        outcome=Outcome.OK,
        kind="post",
        fetched_at=NOW,
        file=place.file,
        offset=place.offset,
        has_body=not revisit,
    )
    opened.ingest(Batch(inspection_id="i", captures=(record,)))
    if close:
        writer.close()
    return writer, place


def test_a_body_is_found_by_its_digest_or_the_beginning_of_it(opened):
    keep(opened)
    for name in (digest_of(PAGE), digest_of(PAGE)[:10]):
        record = opened.show(name)
        assert (record.body, record.url, record.status, record.fetched_at) == (PAGE, URL, 200, NOW)
    headers = {name.lower() for name, _ in record.headers}
    assert "content-encoding" not in headers, "the body is kept decoded"
    assert "set-cookie" not in headers, "a line break in a header begins no other"
    assert opened.show("ab" * 32) is None
    assert opened.show(digest_of(PAGE)[:4]) is None
    assert opened.archived([digest_of(PAGE), "00"]) == {digest_of(PAGE)}


def test_the_same_bytes_again_are_a_revisit(opened):
    keep(opened)
    _, place = keep(opened, revisit=True)
    assert [record.has_body for record in opened.captures(digest_of(PAGE))] == [True, False]
    assert opened.bytes_of(digest_of(PAGE)) == PAGE
    with (opened.evidence.root / place.file).open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "revisit"]


def test_files_are_owner_only(opened):
    _, place = keep(opened)
    path = opened.evidence.root / place.file
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, opened.evidence.root)} == {0o700}


def test_a_torn_tail_harms_only_the_last_record(opened):
    writer, _ = keep(opened, close=False)
    second = b"second" * 500
    place = writer.add(url=URL, status=200, headers={}, body=second, digest=digest_of(second), fetched_at=NOW)
    writer.close()
    path = opened.evidence.root / place.file
    whole = path.read_bytes()
    for cut in range(place.offset + 1, len(whole), 97):
        path.write_bytes(whole[:cut])
        assert opened.bytes_of(digest_of(PAGE)) == PAGE
        state = opened.verify_evidence()
        assert (state.records, state.missing, state.unindexed) == (1, (), 0)
        with pytest.raises(StoreError):
            opened.evidence.read(place, digest_of(second))
    path.write_bytes(whole)
    assert opened.verify_evidence().unindexed == 1, "a whole record that no transaction followed"


def test_damage_and_tampering_are_told(opened):
    _, place = keep(opened)
    path = opened.evidence.root / place.file
    whole = path.read_bytes()
    tampered = bytearray(gzip.decompress(whole[place.offset :]))
    spot = tampered.find("民政".encode())
    tampered[spot : spot + 6] = "民生".encode()
    path.write_bytes(whole[: place.offset] + gzip.compress(bytes(tampered)))
    with pytest.raises(StoreError, match="不符"):
        opened.show(digest_of(PAGE))
    assert opened.body_or_none(digest_of(PAGE)) is None
    ((digest, reason),) = opened.verify_evidence().missing
    assert digest == digest_of(PAGE)
    assert "改动" in reason
    path.unlink()
    with pytest.raises(StoreError, match="不见了"):
        opened.show(digest_of(PAGE))


def test_an_empty_archive_is_in_order(tmp_path):
    assert EvidenceArchive(tmp_path / "none").files() == ()


def test_any_bytes_come_back(opened):
    for body in (b"", b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", bytes(range(256)) * 9):
        keep(opened, body=body, url="https://liuxi.example/文件?名=值")
        assert opened.bytes_of(digest_of(body)) == body
