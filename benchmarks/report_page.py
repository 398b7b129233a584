"""A report of many findings, for timing the page in a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.case import Sighting
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.rule import Confidence, Severity
from reports import order
from reports.model import AccountLine, Clause, FindingLine, Place, Report

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)
_CLAUSE = Clause(
    key="demo/art-1",
    document="《柳溪市民政局政务新媒体管理制度》",
    article="第十一条",
    text="涉及公民个人隐私的，应当去标识化。",
    confirmed=True,
)


def page_of(count: int) -> Report:
    """``count`` findings on a hundred accounts."""
    accounts = [
        AccountLine(
            id=f"wechat:demo{one}",
            platform="wechat",
            name=f"柳溪民政{one}",
            sponsor=f"柳溪市下属单位{one % 20}",
            outcome=Outcome.OK,
            route="official",
            complete=True,
            listed=50,
            read=50,
            newest_at=NOW,
            days_quiet=0,
        )
        for one in range(100)
    ]
    grades = tuple(Severity)
    findings = order.arrange(
        FindingLine(
            fingerprint=f"{number:020x}",
            rule_id="privacy-id-card-number",
            rule_title="公开居民身份证号码",
            severity=grades[number % 4],
            confidence=Confidence.HIGH,
            sighting=Sighting.NEW,
            account_id=accounts[number % 100].id,
            account_name=accounts[number % 100].name,
            platform="wechat",
            post_key=f"p{number // 200}",
            post_title=f"关于第{number // 200}批高龄津贴发放名单的公示",
            post_url=f"https://mp.example.com/s/{number}",
            published_at=NOW - timedelta(hours=number // 200),
            term="349************017",
            sentence=f"第{number}行：苏某某，身份证号349************017，家住柳溪市云台路，发放高龄津贴300元。",
            message="出现完整身份证号 349************017",
            suggestion="请删除，或仅保留前3位与后3位",
            explanation="18位号码校验码正确",
            clauses=(_CLAUSE.key,),
            places=(Place(field="body"),),
            days=1,
            evidence=f"{number:064x}",
            first_seen_at=NOW,
        )
        for number in range(count)
    )
    return Report(
        inspection_id="20260618T140000Z-nightly",
        kind=InspectionKind.NIGHTLY,
        state=InspectionState.COMPLETE,
        now=NOW,
        finished_at=NOW,
        bureau="柳溪市民政局",
        program="xunjian",
        accounts=order.arrange_accounts(accounts, findings),
        findings=findings,
        clauses={_CLAUSE.key: _CLAUSE},
    )
