"""Cases, decisions and what a spider is told of them."""

from __future__ import annotations

import pytest

from domain.case import CaseState, Decision, Sighting, Verdict
from domain.errors import StoreError
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from store.records import Presence, Verdicts
from store.scanning import ScanResult
from tests.store.factories import DAY, NOW, coverage, finding, night, post, read, registered, replace

ACCOUNT = "weibo:1000000001"
ID = f"{ACCOUNT}/p1"
BOOK = "book"


def found(opened, inspection, *findings, post_id=ID, sighting=Sighting.NEW):
    opened.stage(inspection.id, BOOK, [ScanResult(post_id=post_id, revision=post().revision, findings=findings)])
    return Verdicts(sightings={item.fingerprint: (sighting, "") for item in findings})


def decide(opened, verdict, *, at=NOW, expires=None, name="f1"):
    opened.decide(
        [Decision(fingerprint=name, verdict=verdict, reason="核实", decided_by="李", decided_at=at, expires_at=expires)]
    )


@pytest.fixture
def first(opened):
    """A night that found one thing."""
    registered(opened)
    inspection = night(opened)
    opened.put_posts(inspection.id, [read()])
    opened.conclude(inspection.id, found(opened, inspection, finding()), NOW)
    return inspection


def test_conclusion_is_one_transaction_and_once(opened, first):
    assert opened.inspection().state is InspectionState.COMPLETE
    assert opened.inspection(first.id).finished_at == NOW
    (sighted,) = opened.sighted(first.id)
    assert (sighted.sighting, sighted.finding) == (Sighting.NEW, finding())
    assert (sighted.case.presence, sighted.case.state) == (Presence.PRESENT, CaseState.OPEN)
    with pytest.raises(StoreError, match="已经结束"):
        opened.conclude(first.id, Verdicts(sightings={}), NOW)


def test_a_failing_conclusion_leaves_nothing(opened, first):
    second = night(opened, 1)
    with pytest.raises(KeyError):
        opened.conclude(second.id, Verdicts(sightings={"unknown": (Sighting.NEW, "")}), NOW)
    assert opened.inspection(second.id).state is InspectionState.RUNNING
    assert opened.sighted(second.id) == ()


def test_a_case_not_seen_tonight_shows_its_last_words(opened, first):
    second = night(opened, 1)
    opened.conclude(second.id, Verdicts(sightings={"f1": (Sighting.NOT_REREAD, "未重读")}), NOW + DAY)
    (sighted,) = opened.sighted(second.id)
    assert (sighted.finding, sighted.detail, sighted.case.seen_in) == (finding(), "未重读", first.id)
    third = night(opened, 2)
    changed = finding(explanation="换了说法")
    opened.conclude(third.id, found(opened, third, changed, sighting=Sighting.PERSISTING), NOW + 2 * DAY)
    assert opened.sighted(third.id)[0].finding == changed
    assert opened.sighted(second.id)[0].finding == finding(), "an old report does not change"
    case = opened.sighted(third.id)[0].case
    assert (case.opened_in, case.opened_at, case.seen_in) == (first.id, NOW, third.id)


def test_decisions_are_appended_and_make_the_state(opened, first):
    def state(at=NOW):
        return opened.cases([ACCOUNT], at)[0].state

    decide(opened, Verdict.CONFIRM)
    assert state() is CaseState.CONFIRMED
    decide(opened, Verdict.ACCEPT, expires=NOW + 2 * DAY)
    assert (state(), state(NOW + 3 * DAY)) == (CaseState.ACCEPTED, CaseState.OPEN)
    decide(opened, Verdict.RECTIFIED, at=NOW + DAY)
    assert opened.cases([ACCOUNT], NOW + DAY)[0].closed_at == NOW + DAY
    assert [d.verdict for d in opened.decisions("f1")] == [Verdict.CONFIRM, Verdict.ACCEPT, Verdict.RECTIFIED]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"fingerprint": "none"}, "没有指纹"),
        ({"reason": " "}, "缺少理由"),
        ({"decided_by": ""}, "缺少理由"),
        ({"verdict": Verdict.ACCEPT}, "截止日期"),
    ],
)
def test_a_bad_decision_stops_all(opened, first, changes, reason):
    good = Decision(fingerprint="f1", verdict=Verdict.CONFIRM, reason="核实", decided_by="李", decided_at=NOW)
    with pytest.raises(StoreError, match=reason):
        opened.decide([good, replace(good, **changes)])
    assert opened.decisions("f1") == ()


def test_open_cases_make_posts_due_until_somebody_decides(opened, first):
    def has_case():
        return opened.known_posts(ACCOUNT, NOW)[0][0].has_open_case

    assert has_case()
    decide(opened, Verdict.DISMISS)
    assert not has_case()
    decide(opened, Verdict.RECTIFIED, at=NOW + DAY)
    assert has_case(), "one more look verifies the closing"
    opened.put_posts(night(opened, 2).id, [read(at=NOW + 2 * DAY)])
    assert not has_case()


def test_what_is_scanned_again(opened, first):
    def waiting(inspection, book=BOOK, **options):
        return opened.posts_to_scan(inspection.id, [ACCOUNT], book, **options)

    second = night(opened, 1)
    assert waiting(second) == (), "nothing was read, nothing is new"
    opened.put_posts(second.id, [read(at=NOW + DAY), read("p2", at=NOW + DAY), read("p3", outcome=Outcome.NETWORK)])
    assert waiting(second) == (ID, f"{ACCOUNT}/p2")
    found(opened, second, finding())
    assert waiting(second) == (f"{ACCOUNT}/p2",), "a run that is taken up again goes on where it stood"
    assert waiting(second, "changed rules") == (ID, f"{ACCOUNT}/p2")
    opened.abandon(second.id)
    assert opened.findings(second.id) == ()
    third = night(opened, 2)
    assert waiting(third) == (f"{ACCOUNT}/p2",), "what an abandoned inspection read and never judged"
    rescan = night(opened, 3, InspectionKind.RESCAN)
    assert waiting(rescan, everything=True) == (ID, f"{ACCOUNT}/p2")
    opened.put_posts(third.id, [read(outcome=Outcome.DELETED, at=NOW + 2 * DAY)])
    assert waiting(rescan, everything=True) == (f"{ACCOUNT}/p2",)


def test_a_second_scan_replaces_the_first(opened, first):
    second = night(opened, 1)
    found(opened, second, finding("a"), finding("b"))
    found(opened, second, finding("b"))
    assert [item.fingerprint for item in opened.findings(second.id)] == ["b"]
    opened.stage_accounts(second.id, {ACCOUNT: [finding("x", post_key=None)]})
    opened.stage_accounts(second.id, {ACCOUNT: []})
    assert [item.fingerprint for item in opened.findings(second.id)] == ["b"]


def test_ids_of_inspections_do_not_collide(opened):
    registered(opened)
    names = [night(opened).id for _ in range(3)]
    assert names == ["20260618T140000Z-nightly", "20260618T140000Z-nightly-02", "20260618T140000Z-nightly-03"]
    assert [item.id for item, _ in opened.running()] == names[::-1]
    assert opened.inspection() is None, "none is complete"


def test_links_are_found_by_address_and_kept_sealed(opened):
    from domain.link import ResolvedLink

    registered(opened)
    url = "https://liuxi.example/查询?手机=13900000000"
    dead = ResolvedLink(url=url, outcome=Outcome.DELETED, status=404, resolved_at=NOW)
    opened.put_links([replace(dead, outcome=Outcome.OK), dead])
    opened.put_links([dead])
    assert opened.links([url, "https://none.example/"]) == {url: dead}


def test_evidence_of_an_account_is_its_last_listing(opened):
    from store.records import Batch, CaptureRecord

    captures = tuple(
        CaptureRecord(
            digest=digest,
            inspection_id="i",
            account_id=ACCOUNT,
            url="u",
            status=200,
            outcome=Outcome.OK,
            kind=kind,
            fetched_at=NOW,
            file="f",
            offset=0,
            has_body=True,
        )
        for digest, kind in (("a", "list"), ("b", "list"), ("c", "post"))
    )
    opened.ingest(Batch(inspection_id="i", captures=captures))
    assert opened.listing_evidence("i") == {ACCOUNT: "b"}


def test_unexamined_parts_belong_to_what_was_scanned(opened, first):
    from domain.post import Unexamined
    from store.records import Extraction

    assert opened.unexamined(first.id) == {}
    extraction = Extraction(post_id=ID, revision="r", unexamined=(Unexamined("名单.docx", "加密"),))
    opened.put_segments(extraction)
    assert opened.unexamined(first.id) == {ID: extraction}
    assert opened.coverages(first.id) == ()
    opened.put_coverage(first.id, coverage())
    assert opened.covered(first.id) == {ACCOUNT}
