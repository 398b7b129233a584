"""Clock, outcomes, revisions, readable text."""

from __future__ import annotations

import errno
from datetime import UTC, datetime

import pytest
from lxml import html

from domain.clock import CHINA, Clock, in_china, parse_instant, require_aware
from domain.coverage import Coverage
from domain.errors import system_reason
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import Attachment, Post, PostKind
from domain.rule import Severity


def test_a_time_without_zone_is_china_time_when_typed_and_an_error_inside():
    assert parse_instant("2026-06-18 22:00") == datetime(2026, 6, 18, 14, tzinfo=UTC)
    assert in_china(datetime(2026, 6, 18, 14, tzinfo=UTC)).isoformat() == "2026-06-18T22:00:00+08:00"
    with pytest.raises(ValueError, match="time zone"):
        require_aware(datetime(2026, 6, 18, 14))


def test_a_fixed_clock_stands_still():
    start = datetime(2026, 6, 18, 22, tzinfo=CHINA)
    assert Clock(start, fixed=True).read() == start


def test_reach_outcomes_leave_an_account_unchecked():
    unchecked = {outcome for outcome in Outcome if not Coverage(account_id="a", outcome=outcome).checked}
    assert {Outcome.LOGIN_WALL, Outcome.ROBOTS, Outcome.DEADLINE, Outcome.LAYOUT_CHANGED} < unchecked
    assert not unchecked & {Outcome.OK, Outcome.EMPTY, Outcome.DELETED, Outcome.CLOSED}
    assert not any(outcome.is_reach and outcome.is_gone for outcome in Outcome)


def _post(**changes) -> Post:
    values = {
        "account_id": "website:liuxi.example",
        "key": "1",
        "url": "https://liuxi.example/1.html",
        "kind": PostKind.ARTICLE,
        "title": "公告",
        "text": "正文",
        "published_at": None,
    }
    return Post(**{**values, **changes})


def test_an_edit_of_title_body_or_attachment_is_a_new_revision_and_nothing_else_is():
    base = _post().revision
    assert _post(title="通告").revision != base
    assert _post(text="正文。").revision != base
    assert _post(attachments=(Attachment(url="u", name="n", digest="d"),)).revision != base
    assert _post(url="https://liuxi.example/2.html", published_at=datetime(2026, 1, 1, tzinfo=UTC)).revision == base


def test_severities_have_an_order():
    assert Severity.VETO.at_least(Severity.MINOR)
    assert not Severity.NOTICE.at_least(Severity.MINOR)
    assert Severity.MINOR.at_least(Severity.MINOR)


def test_readable_text_breaks_at_blocks_tabs_between_cells_and_skips_scripts():
    page = "<div><section>甲<span>乙</span></section>丙<script>丁</script>"
    page += "<table><tr><td>1</td><td>2</td></tr></table>戊<br>己</div>"
    assert readable_text(html.fromstring(page)) == "甲乙\n丙\n1\t2\n戊\n己"


def test_readable_text_survives_any_depth():
    depth = 5000
    root = html.Element("div")
    node = root
    for _ in range(depth):
        child = html.Element("section")
        node.append(child)
        node = child
    node.text = "底"
    assert readable_text(root) == "底"


def test_a_value_in_paragraphs_of_its_own_stays_in_its_row_and_a_frame_of_the_page_does_not():
    row = "<tr><td><p>周某</p></td><td><p>低保</p><p>金</p><!-- 略 --></td></tr><tr><td><p>吴某</p></td><td>0</td></tr>"
    assert readable_text(html.fromstring(f"<table>{row}</table>")) == "周某\t低保 金\n吴某\t0"
    frame = f"<table><tr><td><p>{'长' * 60}</p><p>{'文' * 60}</p></td></tr></table>"
    assert readable_text(html.fromstring(frame)).count("\n") == 1


def test_what_the_system_refuses_is_told_in_chinese():
    assert system_reason(FileNotFoundError(errno.ENOENT, "No such file or directory")) == "没有这个文件或目录"
    assert system_reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert system_reason(OSError(99999, "Strange")) == "Strange"
