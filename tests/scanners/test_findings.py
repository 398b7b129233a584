"""What a finding is made of, and what its fingerprint survives."""

from __future__ import annotations

import pickle

import pytest

from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import Origin, Segment
from domain.rule import Severity
from scanners.engine import Scanner
from scanners.factory import ScannerSpec, scanner_for
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book(), KEY)
ID = "349901199001011231"


def one(text: str, scanner: Scanner = SCANNER, **known):
    (finding,) = scanner.scan_post([Segment("body", text)], account_id="wechat:gh_1", post_key="2_1", **known)
    return finding


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"程某，身份证{ID}。", f"前面新加一段。\n程某，身份证{ID}。"),
        (f"程某，身份证{ID}。", "程某，身份证３４９９０１１９９００１０１１２３１。"),
        (f"程某，身份证{ID}。", f"程某，身份证 {ID[:6]} {ID[6:14]} {ID[14:]}。"),
        ("长期出售枪支。", "长期出售\u200b槍支。"),
    ],
)
def test_same_case(before, after):
    assert one(before).fingerprint == one(after).fingerprint


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"程某，身份证{ID}。", f"程某，证号{ID}。"),
        (f"程某，身份证{ID}。", "程某，身份证349902198511230049。"),
        ("长期出售枪支。", "短期出售枪支。"),
    ],
)
def test_another_case(before, after):
    assert one(before).fingerprint != one(after).fingerprint


def test_private_values_enter_the_fingerprint_only_through_the_key():
    other = Scanner(book(), b"x" * 32)
    assert one(f"身份证{ID}").fingerprint != one(f"身份证{ID}", other).fingerprint
    assert one("出售枪支").fingerprint == one("出售枪支", other).fingerprint


def test_fields():
    finding = one("前文。长期出售枪支！后文。", evidence="digest")
    assert finding.post_id == "wechat:gh_1/2_1"
    assert (finding.term, finding.sentence) == ("出售枪支", "长期出售枪支！")
    assert (finding.severity, finding.evidence) == (Severity.MAJOR, "digest")
    assert "liuan-2022-4/art-11-1" in finding.clauses
    assert finding.occurrences[0].start == 5


def test_origin_hidden_and_locator_come_from_the_segment():
    segment = Segment("attachment:2", f"名单\t{ID}", Origin.DOCUMENT, True, "附件表!Sheet2!C7")
    (finding,) = SCANNER.scan_post([segment])
    (place,) = finding.occurrences
    assert (place.field, place.origin, place.hidden, place.locator) == (
        "attachment:2",
        "document",
        True,
        "附件表!Sheet2!C7",
    )


def test_title_comes_before_body_and_grave_before_mild():
    findings = SCANNER.scan_post(
        [Segment("title", "出售枪支"), Segment("body", f"电话13800004321。长期出售枪支。{ID}")]
    )
    assert [(finding.severity.value, finding.occurrences[0].field) for finding in findings] == [
        ("veto", "body"),
        ("major", "title"),
        ("major", "body"),
        ("minor", "body"),
    ]


def test_dead_links():
    url = "https://www.liuxi.example/gone.html"
    links = [
        ResolvedLink(url=url, outcome=Outcome.DELETED, status=404),
        ResolvedLink(url="https://www.liuxi.example/slow.html", outcome=Outcome.NETWORK),
    ]
    finding = one(f"详见{url}", links=links)
    assert (finding.rule_id, finding.term, finding.occurrences[0].start) == ("links-dead-link", url, 2)
    assert "404" in finding.explanation
    assert one("阅读原文", links=links).occurrences == ()


def test_families_narrow_the_rules():
    only = Scanner(book(), KEY, frozenset({"privacy"}))
    findings = only.scan_post([Segment("body", f"出售枪支{ID}")])
    assert [finding.family for finding in findings] == ["privacy"]


@pytest.mark.parametrize("text", ["", "\n", "\ud800出售枪支", "💰" * 50, "\x00", "İ１" * 100])
def test_odd_texts_do_not_break_it(text):
    for finding in SCANNER.scan_post([Segment("body", text)]):
        assert text[finding.occurrences[0].start : finding.occurrences[0].end] == finding.term


def test_no_segments():
    assert SCANNER.scan_post([]) == ()


def test_a_spec_travels_and_a_process_builds_its_scanner_once():
    spec = ScannerSpec(KEY, families=frozenset({"privacy"}))
    assert scanner_for(pickle.loads(pickle.dumps(spec))) is scanner_for(spec)
    assert KEY.decode() not in repr(spec)
