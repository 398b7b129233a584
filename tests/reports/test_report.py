"""What holds of every report, whatever the format."""

from __future__ import annotations

import json

import pytest

from domain.case import CaseState, Sighting
from domain.inspection import InspectionState
from domain.outcome import Outcome
from domain.rule import Severity
from reports import formats, highlight, labels, model, order, summary
from reports.visible import visible


def test_formats_are_those_of_the_folder():
    assert formats.names() == ("csv", "docx", "html", "json", "pdf", "xlsx")
    with pytest.raises(ValueError, match=r"pptx.*csv、docx、html、json、pdf、xlsx"):
        formats.renderer("pptx")


def test_every_member_has_a_label():
    assert set(labels.OUTCOME) == set(Outcome)
    assert set(labels.REASON) == set(labels.REMEDY) == {outcome for outcome in Outcome if outcome.is_reach}
    assert set(labels.SEVERITY) == set(Severity)
    assert set(labels.SIGHTING) == set(Sighting)
    assert set(labels.CASE) == set(CaseState)


def test_json_is_the_whole_report(situation):
    report = situation[1]
    body = json.loads(formats.render(report, "json"))
    assert body["schema"] == model.SCHEMA
    assert [one["fingerprint"] for one in body["findings"]] == [one.fingerprint for one in report.findings]
    assert [(one["id"], one["checked"]) for one in body["accounts"]] == [(a.id, a.checked) for a in report.accounts]
    assert body["summary"]["findings"] == len(report.current)
    assert body["now"] == "2026-06-18T22:00:00+08:00"


def test_settled_and_dismissed_problems_are_counted_apart(crowded):
    assert {finding.sighting for finding in crowded.settled} == {Sighting.ABSENT, Sighting.WITHDRAWN}
    assert crowded.dismissed == 1
    assert len(crowded.findings) == len(crowded.current) + len(crowded.settled) + crowded.dismissed
    assert sum(crowded.by_severity().values()) == len(crowded.current)


def test_problem_not_read_again_stays_in_the_report(crowded):
    assert any(finding.sighting is Sighting.NOT_REREAD for finding in crowded.current)


def test_accounts_out_of_reach_come_first_then_the_gravest(crowded):
    assert [account.checked for account in crowded.accounts] == [False, True, True, True, True]
    assert crowded.accounts[1].name == "柳溪民政"
    assert [name for name, _ in order.grouped(crowded.current)] == list(
        dict.fromkeys(finding.account_id for finding in crowded.current)
    )


def test_nothing_checked_is_never_told_as_nothing_wrong(blocked, edited):
    assert "不能得出结论" in summary.conclusion(blocked)
    assert "没有发现问题" not in summary.conclusion(blocked)
    assert any("未检查条款" in note for note in summary.notes(blocked))
    running = edited(blocked, state=InspectionState.RUNNING)
    assert any("尚未完成" in note for note in summary.notes(running))


def test_hit_is_marked_wherever_it_stands():
    assert highlight.parts("甲乙甲", "甲") == [("甲", True), ("乙", False), ("甲", True)]
    assert highlight.parts("甲乙", "丙") == [("甲乙", False)]
    assert highlight.parts("", "甲") == []


def test_long_sentence_is_cut_around_the_hit():
    pieces = highlight.parts("前" * 500 + "命中" + "后" * 500, "命中")
    assert [hit for _, hit in pieces] == [False, True, False]
    assert pieces[0][0] == "……" + "前" * highlight.AROUND
    assert pieces[2][0] == "后" * highlight.AROUND + "……"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (model.Place(field="title"), "标题"),
        (model.Place(field="attachment:2", origin="document", locator="名单!Sheet1!C7"), "附件2：名单!Sheet1!C7"),
        (model.Place(field="body", origin="ocr", hidden=True, count=3), "正文（图片文字，隐藏内容） ×3"),
    ],
)
def test_place_is_readable(place, told):
    assert labels.place(place) == told


def test_reason_is_what_the_reading_says(blocked, edited):
    assert labels.reason(edited(blocked.accounts[0], detail="HTTP 418：访问过快。")) == "HTTP 418：访问过快"
    assert labels.reason(edited(blocked.accounts[0], detail="")) == labels.REASON[blocked.accounts[0].outcome]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("约\u200b炮", "约〔零宽〕炮"),
        ("a\u202eb", "a〔零宽〕b"),
        ("\x1b[31m红\x00", "〔控制符〕[31m红〔控制符〕"),
        ("一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("普通文字，ABC 123", "普通文字，ABC 123"),
    ],
)
def test_what_is_hidden_in_a_text_becomes_visible(text, told):
    assert visible(text) == told


def test_clause_that_nobody_entered_is_unconfirmed(crowded):
    assert labels.clause(crowded.clause("liuan-2022-4/art-99")) == "liuan-2022-4/art-99（依据待核）"
