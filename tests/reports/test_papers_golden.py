"""What each document says, word for word, of one small quarter; and the ledger of it.

``XUNJIAN_WRITE_GOLDEN=1`` writes the files anew; a person reads them before they are committed.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.matters import Matter, MatterKind, StepDone
from domain.period import period_of
from domain.rectification import Notice, NoticeItem, UnitSummary, begin
from domain.rule import Severity
from reports import ledger_text
from reports.documents import circular, letters, notice
from reports.documents.content import Grid, Heading, Official, Paragraph
from reports.documents.facts import AccountFact, PeriodFacts
from reports.ledger import LedgerRow, Stage
from reports.ledger_book import LedgerHead
from reports.model import Clause
from reports.tally import tally

GOLDEN = Path(__file__).resolve().parent / "golden_papers"
FOUND = datetime(2026, 7, 8, 2, tzinfo=UTC)
BUREAU, OFFICE = "柳溪市民政局", "柳溪市民政局办公室"
RULE = "《柳溪市民政局政务新媒体管理制度》（柳民办〔2026〕4号）"


def row(number: int, **values) -> LedgerRow:
    given = {
        "fingerprint": f"{number:020x}",
        "found_at": FOUND + timedelta(days=number),
        "account_id": "wechat:a",
        "account_name": "柳溪民政",
        "platform": "wechat",
        "sponsor": "柳溪市救助管理站",
        "supervisor": BUREAU,
        "severity": Severity.VETO,
        "family": "privacy",
        "problem": "出现完整身份证号349************017",
        "stage": Stage.ISSUED,
        "post_title": f"关于第{number}批临时救助名单的公示",
        "post_url": f"https://mp.example.com/s/{number}",
        "published_at": FOUND + timedelta(days=number - 1),
        "clauses": f"{RULE}第十一条第（三）项",
        "notice": "柳民媒整〔2026〕3号",
        "notified_on": date(2026, 7, 20),
        "due_on": date(2026, 7, 21),
    }
    return LedgerRow(**{**given, **values})


ROWS = (
    row(1, stage=Stage.CLOSED, closed_on=date(2026, 7, 21), replied_on=date(2026, 7, 21), recheck="2026-07-22 已整改"),
    row(2, overdue_days=81),
    row(3, family="secrecy", problem="出现国家秘密标志", post_title="一页不该出现的文字", stage=Stage.CONFIRMED,
        notice="", notified_on=None, due_on=None),
    row(4, family="freshness", severity=Severity.MINOR, account_id="weibo:b", account_name="柳溪福利", platform="weibo",
        problem="最近一次更新为2026-06-01，距检查时41天", post_title="", post_url="", published_at=None,
        stage=Stage.REOPENED, reopened=1, clauses=f"{RULE}第六条"),
    row(5, stage=Stage.DISMISSED, post_title="误报的一页", notice="", notified_on=None, due_on=None),
    row(6, stage=Stage.UNJUDGED, post_title="没有研判的一页", notice="", notified_on=None, due_on=None),
)  # fmt: skip


def facts(**values) -> PeriodFacts:
    given = {
        "bureau": BUREAU,
        "signer": OFFICE,
        "period": period_of("2026Q3"),
        "today": date(2026, 10, 10),
        "accounts": (
            AccountFact(id="wechat:a", name="柳溪民政", platform="wechat", sponsor="柳溪市救助管理站", checked=True,
                        newest_at=FOUND, checked_at=FOUND),
            AccountFact(id="weibo:b", name="柳溪福利", platform="weibo", sponsor="柳溪市社会福利院", checked=True),
            AccountFact(id="toutiao:c", name="柳溪婚登", platform="toutiao", sponsor="柳溪市婚姻登记中心"),
        ),
        "rows": tuple(one for one in ROWS if one.is_problem),
        "tally": tally(ROWS),
        "earlier": (row(90, stage=Stage.CLOSED), row(91, stage=Stage.ISSUED)),
        "units": (UnitSummary(unit="柳溪市救助管理站", notices=1, issued=2, replied=1, closed=1, overdue=1),),
        "basis": (RULE,),
        "regulation": RULE,
        "days": {Severity.VETO: 1, Severity.MAJOR: 3, Severity.MINOR: 5},
        "counting": "自通知书送达次日起算，按自然日计",
        "inspections": 92,
    }  # fmt: skip
    return PeriodFacts(**{**given, **values})


def entry():
    items = tuple(
        NoticeItem(
            number=n, fingerprint=f"{n:020x}", rule_id="privacy-id-card-number", account_id="wechat:a",
            account_name="柳溪民政", platform="wechat", problem="出现完整身份证号349************017",
            severity=Severity.VETO if n < 4 else Severity.MINOR, days=1 if n < 4 else 5,
            due_on=date(2026, 7, 21 if n < 4 else 25), post_title=f"第{n}批公示", post_url=f"https://mp.example.com/s/{n}",
            found_at=FOUND, sentence="苏某某，身份证号349************017", clauses=("a", "b", "c"),
        )
        for n in range(1, 6)
    )  # fmt: skip
    return begin(
        Notice(number="柳民媒整〔2026〕3号", unit="柳溪市救助管理站", issued_on=date(2026, 7, 20), issued_by="李四",
               items=items, counting="整改时限自通知书送达次日起算，按自然日计", caution="放假安排尚未公布")
    )  # fmt: skip


CLAUSES = {
    "a": Clause(key="a", document=RULE, article="第九条", confirmed=True),
    "b": Clause(key="b", document=RULE, article="第十一条"),
}
FAKE = Matter(
    number="假冒〔2026〕1号", kind=MatterKind.COUNTERFEIT, subject="柳溪民政服务", began_at=FOUND, opened_by="李四",
    reason="头像、简介与我局相同", platform="douyin", url="https://www.example.com/user/1",
    done=(
        StepDone(key="checked", at=FOUND, by="李四"),
        StepDone(key="letter", at=FOUND, by="李四", paper="柳民函〔2026〕2号"),
    ),
)  # fmt: skip
CLOSING = Matter(
    number="应急〔2026〕1号", kind=MatterKind.EMERGENCY, subject="柳溪福利", began_at=FOUND, opened_by="李四",
    reason="账号疑似被盗用", platform="weibo", safety=True,
    done=(StepDone(key="bureau", at=FOUND + timedelta(hours=1), by="李四", note="电话报告"),),
)  # fmt: skip

PAPERS = {
    "circular": lambda: circular.circular(facts()),
    "circular-nothing": lambda: circular.circular(facts(rows=(), tally=tally(()), earlier=(), units=())),
    "quarterly": lambda: circular.summary(facts(), to="市政府办公室"),
    "yearly": lambda: circular.summary(
        facts(period=period_of("2026"), parts=((period_of("2026Q2"), tally(())), (period_of("2026Q3"), tally(ROWS)))),
        to="市政府办公室",
    ),
    "notice": lambda: notice.notice(entry(), CLAUSES, bureau=BUREAU, signer=OFFICE, regulation=RULE),
    "reply-form": lambda: notice.reply_form(entry(), signer=OFFICE),
    "counterfeit-platform": lambda: letters.counterfeit_to_platform(
        FAKE, bureau=BUREAU, signer=OFFICE, platform_operator="某公司", on=date(2026, 7, 9)
    ),
    "counterfeit-cyberspace": lambda: letters.counterfeit_to_cyberspace(
        FAKE, bureau=BUREAU, office="市委网信办", on=date(2026, 7, 9)
    ),
    "closure-report": lambda: letters.emergency_closure(
        CLOSING, bureau=BUREAU, signer=OFFICE, to="市政府办公室", on=date(2026, 7, 9)
    ),
}


def told(paper: Official) -> str:
    """The paper as plain text, in the order of reading."""
    lines = [f"【{'／'.join(paper.title)}】", f"{paper.number}　{paper.to}："]
    for annex in (None, *paper.annexes):
        if annex is not None:
            lines += ["", f"——附件：{annex.name}{'（横排）' if annex.landscape else ''}"]
        for block in annex.blocks if annex else paper.body:
            if isinstance(block, Grid):
                lines += [" | ".join(line).replace("\n", "⏎") for line in (block.headers, *block.rows)]
            elif isinstance(block, Heading):
                lines.append(f"{'#' * block.level} {block.text}")
            else:
                assert isinstance(block, Paragraph)
                lines.append(block.text)
    lines += [
        "",
        f"{paper.signer}　{'（日期待填）' if paper.open_date else paper.on}",
        f"附注：{paper.note}",
        f"抄送：{paper.copies}",
    ]
    return "\n".join(lines).replace("\xa0", "␣") + "\n"


def same(path: Path, body: str) -> None:
    if os.environ.get("XUNJIAN_WRITE_GOLDEN") == "1":
        path.write_text(body, "utf-8")
    assert body == path.read_text("utf-8"), f"{path.name} differs; XUNJIAN_WRITE_GOLDEN=1 writes it anew"


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_paper_says_what_it_said(name):
    same(GOLDEN / f"{name}.txt", told(PAPERS[name]()))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_ledger_says_what_it_said(form, tmp_path):
    head = LedgerHead(bureau=BUREAU, scope="2026年第三季度发现的问题", made_at=FOUND, program="xunjian")
    path = tmp_path / f"ledger.{form}"
    {"csv": ledger_text.write_csv, "json": ledger_text.write_json}[form](path, head, ROWS)
    same(GOLDEN / f"ledger.{form}", path.read_bytes().decode("utf-8").replace("\r\n", "\n"))


def test_what_nobody_confirmed_is_in_no_circular():
    for name in ("circular", "quarterly", "yearly"):
        text = told(PAPERS[name]())
        assert "误报的一页" not in text
        assert "没有研判的一页" not in text


def test_what_has_to_disappear_is_not_spread():
    text = told(PAPERS["circular"]())
    assert "一页不该出现的文字" not in text
    assert "https://mp.example.com/s/3" not in text
    assert "https://mp.example.com/s/2" not in text, "its page still shows a private number"
    assert "https://mp.example.com/s/1" in text


def test_no_golden_file_without_its_paper():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.txt" for name in PAPERS} | {
        "ledger.csv",
        "ledger.json",
    }
