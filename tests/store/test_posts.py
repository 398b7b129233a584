"""Accounts and posts: idempotent, merged with care, sealed at rest."""

from __future__ import annotations

import pytest

from domain.account import Standing
from domain.errors import StoreError
from domain.outcome import Outcome
from domain.post import Attachment, PostKind
from tests.store.factories import (
    DAY,
    ID_NUMBER,
    NOW,
    SENTENCE,
    account,
    coverage,
    finding,
    night,
    post,
    read,
    registered,
    replace,
)

ID = "weibo:1000000001/p1"


def test_register_import_is_one_event_and_repeats_quietly(opened):
    first, second = account(), account("1000000002")
    result = opened.put_accounts([first, second], source="a.csv", at=NOW)
    assert result.added == (first.id, second.id)
    assert opened.put_accounts([first, second], source="a.csv", at=NOW) == type(result)()
    changed = opened.put_accounts([replace(first, standing=Standing.CLOSING)], source="a.csv", at=NOW)
    assert (changed.changed, changed.removed) == ((first.id,), (second.id,))
    assert [a.id for a in opened.accounts()] == [first.id]
    assert opened.accounts([second.id, first.id])[0] == second, "history keeps what went off file"
    assert opened.account("weibo:old-1000000001").standing is Standing.CLOSING
    assert opened.account("weibo:none") is None
    other = opened.put_accounts([account("3")], source="b.csv", at=NOW)
    assert not other.removed, "another file's accounts are not touched"


def test_one_alias_for_two_accounts_is_refused(opened):
    with pytest.raises(StoreError, match="同时属于"):
        opened.put_accounts([account("1"), account("2", aliases=("weibo:1",))], source="a.csv", at=NOW)
    assert opened.accounts() == ()


def test_post_round_trip(opened):
    registered(opened)
    inspection = night(opened)
    opened.put_posts(inspection.id, [read()])
    opened.put_posts(inspection.id, [read()])
    stored = opened.post(ID)
    assert stored.post == post()
    assert (stored.outcome, stored.first_seen_at, stored.last_read_at) == (Outcome.OK, NOW, NOW)
    assert [item.post.id for item in opened.posts_of("weibo:1000000001")] == [ID]


def test_lone_surrogates_survive(opened):
    registered(opened)
    opened.put_posts(night(opened).id, [read(text="坏\ud800字")])
    assert opened.post(ID).post.text == "坏\ud800字"


def test_gone_keeps_the_words_and_the_first_moment(opened):
    registered(opened)
    opened.put_posts(night(opened).id, [read()])
    second = night(opened, 1)
    gone = read(outcome=Outcome.DELETED, at=NOW + DAY, title="", text="", published_at=None, kind=PostKind.NONE)
    opened.put_posts(second.id, [gone])
    opened.put_posts(night(opened, 2).id, [replace(gone, read_at=NOW + 2 * DAY)])
    stored = opened.post(ID)
    assert (stored.post.text, stored.post.kind) == (SENTENCE, PostKind.ARTICLE)
    assert stored.gone_at == NOW + DAY
    opened.put_posts(night(opened, 3).id, [read(at=NOW + 3 * DAY)])
    assert opened.post(ID).gone_at is None, "it is there again"


def test_what_could_not_be_read_tonight_changes_nothing_but_is_known(opened):
    registered(opened)
    opened.put_posts(night(opened).id, [read()])
    second = night(opened, 1)
    opened.put_posts(second.id, [read(outcome=Outcome.VERIFY_WALL, at=NOW + DAY, text="")])
    stored = opened.post(ID)
    assert (stored.post.text, stored.last_read_at, stored.outcome) == (SENTENCE, NOW, Outcome.OK)
    assert opened.reads(second.id)[ID].outcome is Outcome.VERIFY_WALL
    opened.put_posts(second.id, [read("p2", outcome=Outcome.NETWORK, at=NOW + DAY, text="")])
    known, unread = opened.known_posts("weibo:1000000001", NOW + DAY)
    assert {item.key for item in known} == {"p1", "p2"}
    assert unread == {"p2"}, "seen in a list, never opened: to be tried again"


def test_a_failed_second_attempt_does_not_undo_the_first(opened):
    registered(opened)
    inspection = night(opened)
    opened.put_posts(inspection.id, [read()])
    opened.put_posts(inspection.id, [read(outcome=Outcome.NETWORK)])
    assert opened.reads(inspection.id)[ID].outcome is Outcome.OK
    opened.put_posts(inspection.id, [read("p3"), read("p3", outcome=Outcome.NETWORK)])
    assert opened.reads(inspection.id)["weibo:1000000001/p3"].outcome is Outcome.OK


def test_a_file_that_failed_tonight_is_the_file_of_before(opened):
    registered(opened)
    opened.put_posts(night(opened).id, [read()])
    before = opened.post(ID).post
    failed = Attachment(url="https://liuxi.example/a.docx", name="名单.docx", outcome=Outcome.NETWORK)
    opened.put_posts(night(opened, 1).id, [read(at=NOW + DAY, attachments=(failed,))])
    assert opened.post(ID).post.revision == before.revision
    gone = replace(failed, outcome=Outcome.DELETED)
    opened.put_posts(night(opened, 2).id, [read(at=NOW + 2 * DAY, attachments=(gone,))])
    assert opened.post(ID).post.attachments == (gone,), "a file that is gone is gone"


def test_known_ground_is_settled_only_by_a_walk_that_came_to_its_end(opened):
    from store.records import Batch

    registered(opened)
    first = night(opened)
    opened.ingest(Batch(inspection_id=first.id, reads=(read(),)))
    assert not opened.known_posts("weibo:1000000001", NOW)[0][0].settled
    broken = coverage(outcome=Outcome.DEADLINE)
    opened.ingest(Batch(inspection_id=first.id, coverages=(broken,)))
    assert not opened.known_posts("weibo:1000000001", NOW)[0][0].settled
    opened.ingest(Batch(inspection_id=first.id, coverages=(coverage(),)))
    assert opened.known_posts("weibo:1000000001", NOW)[0][0].settled
    opened.ingest(Batch(inspection_id=night(opened, 1).id, reads=(read(at=NOW + DAY), read("p9", at=NOW + DAY))))
    settled = {item.key: item.settled for item in opened.known_posts("weibo:1000000001", NOW)[0]}
    assert settled == {"p1": True, "p9": False}


def test_coverage_counts_what_was_read_before_an_interruption(opened):
    registered(opened)
    inspection = night(opened)
    opened.put_posts(inspection.id, [read("p1"), read("p2"), read("p3", outcome=Outcome.NETWORK)])
    opened.put_coverage(inspection.id, coverage(read=frozenset({"p4"})))
    (found,) = opened.coverages(inspection.id)
    assert found == coverage(read=frozenset({"p1", "p2", "p4"}))
    assert opened.counts(inspection.id) == (1, 3)


def test_remarks_of_other_servers_are_taken_as_they_come(opened):
    registered(opened)
    inspection = night(opened)
    opened.put_coverage(inspection.id, coverage(detail="坏\x00\ud800话"))
    assert opened.coverages(inspection.id)[0].detail == "坏?话"


def test_keys_may_be_long(opened):
    registered(opened)
    opened.put_posts(night(opened).id, [read("k" * 900)])
    assert opened.posts_of("weibo:1000000001")[0].post.key == "k" * 900


def test_timeline_is_newest_first_and_knows_what_is_gone(opened):
    registered(opened)
    inspection = night(opened)
    opened.put_posts(
        inspection.id,
        [
            read("old", published_at=NOW - 9 * DAY),
            read("new", published_at=NOW - DAY, outcome=Outcome.DELETED),
            read("undated", published_at=None),
        ],
    )
    timeline = opened.timeline("weibo:1000000001", coverage())
    assert [(moment.key, moment.is_gone) for moment in timeline.moments] == [("new", True), ("old", False)]
    assert timeline.newest.key == "old"


def test_private_values_are_nowhere_in_clear(opened, database_url, tmp_path):
    from domain.case import Decision, Sighting, Verdict
    from store.records import Batch, Extraction, Verdicts
    from store.scanning import ScanResult

    registered(opened)
    inspection = night(opened)
    secret = f"张某 {ID_NUMBER}"
    opened.ingest(
        Batch(
            inspection_id=inspection.id,
            reads=(
                read(title=secret, text=secret, links=(secret,), images=(secret,), repost_source=secret, url=secret),
            ),
            profiles=(("weibo:1000000001", {"description": secret}, "", NOW),),
            coverages=(coverage(),),
        )
    )
    from domain.post import Segment, Unexamined

    opened.put_segments(
        Extraction(
            post_id=ID,
            revision="r",
            segments=(Segment("attachment:1", secret, locator=secret),),
            unexamined=(Unexamined(secret, "加密"),),
            links=(secret,),
        )
    )
    opened.stage(inspection.id, "book", [ScanResult(post_id=ID, revision="r", findings=(finding(explanation=secret),))])
    opened.conclude(inspection.id, Verdicts(sightings={"f1": (Sighting.NEW, "")}), NOW)
    opened.decide([Decision(fingerprint="f1", verdict=Verdict.DISMISS, reason=secret, decided_by="李", decided_at=NOW)])
    assert opened.sighted(inspection.id)[0].finding == finding(explanation=secret)
    stored = _everything(opened, database_url, tmp_path)
    assert "柳溪民政".encode() in stored, "the search sees what is in clear"
    assert ID_NUMBER.encode() not in stored
    assert "张某".encode() not in stored


def _everything(opened, url, tmp_path) -> bytes:
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in tmp_path.glob("xunjian.db*"))
    from sqlalchemy import text

    from store.schema import metadata

    found = []
    with opened.reading() as connection:
        for table in metadata.sorted_tables:
            found.extend(connection.scalars(text(f"SELECT CAST(t.* AS text) FROM {table.name} t")))
            for column in table.columns:
                if "Sealed" in type(column.type).__name__:
                    found.extend(
                        bytes(value).decode("latin-1")
                        for value in connection.scalars(text(f'SELECT "{column.name}" FROM {table.name}'))
                        if value is not None
                    )
    return "\n".join(found).encode()
