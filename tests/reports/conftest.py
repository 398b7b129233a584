"""Small reports of a fictional bureau, one for each situation a reader may meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.account import Medium, Purpose, Standing
from domain.case import CaseState, Sighting
from domain.clock import CHINA
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.rule import Confidence, Severity
from reports import order
from reports.model import (
    AccountLine,
    AttemptLine,
    Clause,
    ClauseGap,
    FindingLine,
    ObligationLine,
    PartGap,
    Place,
    ReadingLine,
    Report,
    WordList,
)

NOW = datetime(2026, 6, 18, 22, 0, tzinfo=CHINA)
BUREAU = "柳溪市民政局"

CLAUSES = {
    "liuan-2022-4/art-6": Clause(
        key="liuan-2022-4/art-6",
        document="《六安市民政局政务新媒体管理制度》",
        article="第六条",
        text="以文字图片类信息内容为主的政务新媒体至少每周更新，以音视频类信息内容为主的政务新媒体至少每10天更新。",
        confirmed=True,
    ),
    "liuan-2022-4/art-11-3": Clause(
        key="liuan-2022-4/art-11-3",
        document="《六安市民政局政务新媒体管理制度》",
        article="第十一条第（三）项",
        text="涉及公民个人隐私的，应当严格遵守国家有关公民个人信息保护法律法规，除惩戒公示、强制性信息披露外，应去标识化技术性处理。",
        confirmed=True,
    ),
    "gbmh-2019-19/new-media/veto-2": Clause(
        key="gbmh-2019-19/new-media/veto-2", document="《政府网站与政务新媒体检查指标》", article="单项否决：内容不更新"
    ),
}


def account(number: int, name: str, platform: str = "wechat", **values) -> AccountLine:
    """An account that was read without trouble."""
    given = {
        "id": f"{platform}:demo{number:02d}",
        "platform": platform,
        "name": name,
        "sponsor": BUREAU,
        "supervisor": BUREAU,
        "medium": Medium.TEXT_IMAGE,
        "outcome": Outcome.OK,
        "route": "official",
        "complete": True,
        "listed": 12,
        "read": 12,
        "newest_at": NOW - timedelta(days=1, hours=3),
        "days_quiet": 1,
        "attempts": (AttemptLine(route="official", outcome=Outcome.OK),),
    }
    return AccountLine(**{**given, **values})


def finding(of: AccountLine, number: int = 1, **values) -> FindingLine:
    """A masked ID number in a published list."""
    term = "349************017"
    given = {
        "fingerprint": f"{number:020x}",
        "rule_id": "privacy-id-card-number",
        "rule_title": "公开居民身份证号码",
        "severity": Severity.VETO,
        "confidence": Confidence.HIGH,
        "sighting": Sighting.NEW,
        "account_id": of.id,
        "account_name": of.name,
        "platform": of.platform,
        "post_key": f"26500{number:02d}_1",
        "post_title": f"关于第{number}批高龄津贴发放名单的公示",
        "post_url": f"https://mp.weixin.qq.com/s/demo{number:02d}",
        "published_at": NOW - timedelta(days=number),
        "term": term,
        "sentence": f"苏某某，身份证号{term}，发放300元。",
        "message": f"出现完整身份证号 {term}",
        "suggestion": "请删除，或仅保留前3位与后3位",
        "explanation": "18位号码校验码正确",
        "clauses": ("liuan-2022-4/art-11-3",),
        "places": (Place(field="body"),),
        "days": 1,
        "evidence": "sha256:" + f"{number:064x}",
        "first_seen_at": NOW,
        "bottom_line": "公民合法权益",
        "safety_class": "信息内容安全",
        "rule_pack": "2026.2",
    }
    return FindingLine(**{**given, **values})


def stale(of: AccountLine, number: int = 90, **values) -> FindingLine:
    """A silence of twenty days."""
    return finding(
        of,
        number,
        rule_id="freshness-two-week-silence",
        rule_title="两周内无更新",
        post_key="",
        post_title="",
        post_url="",
        published_at=None,
        term="newest:2026-05-29",
        sentence="",
        message="最近一次更新为2026-05-29，距检查时20天",
        suggestion="请尽快更新；确无力维护的按程序申请关停",
        explanation="列表已翻完",
        clauses=("liuan-2022-4/art-6", "gbmh-2019-19/new-media/veto-2"),
        places=(),
        facts={"days": "20", "newest_on": "2026-05-29"},
        evidence="",
        bottom_line="",
        safety_class="",
        **values,
    )


#: One requirement in each state.
OBLIGATIONS = (
    ObligationLine(
        id="R64",
        reading="自查泄露个人隐私。",
        how="automated",
        state="checked",
        clauses=("liuan-2022-4/art-9",),
        rules=("privacy-id-card-number",),
        findings=4,
    ),
    ObligationLine(
        id="R38",
        reading="文字图片类至少每周更新。",
        how="automated",
        state="partly",
        why="词库“bureau”尚未导入，本条未检查",
        unread="没有读到：柳溪慈善·微信公众号（要求验证）",
        rules=("freshness-weekly-lapse",),
        missed=("柳溪慈善",),
    ),
    ObligationLine(
        id="R69", reading="重要时期24小时值班值守。", how="automated", state="not_checked", why="没有填报台账：重要时段"
    ),
    ObligationLine(id="R28", reading="移动客户端支持IPv6。", how="assisted", state="not_concerned"),
    ObligationLine(id="R26", reading="持续优化界面。", how="out-of-scope", state="by_hand", why="=无法由程序检查"),
    ObligationLine(id="R99", reading="报告一律脱敏。", how="automated", state="checked", mechanism="输出前统一遮盖"),
)


READINGS = (
    ReadingLine(article="第三条", label="报市主管单位", value="3 个工作日内"),
    ReadingLine(article="第九条", label="“第一时间”处理有害信息", value="1 小时内", is_own=True),
)


def report(accounts=(), findings=(), **values) -> Report:
    """A finished nightly inspection."""
    given = {
        "inspection_id": "20260618T140000Z-nightly",
        "kind": InspectionKind.NIGHTLY,
        "state": InspectionState.COMPLETE,
        "now": NOW,
        "finished_at": NOW + timedelta(minutes=3),
        "bureau": BUREAU,
        "program": "xunjian 2026.1",
        "rules_digest": "0a1b2c3d4e5f",
        "rule_count": 19,
        "requirements": {"automated": 20, "assisted": 10, "attested": 40, "out-of-scope": 30},
        "word_lists": (WordList(name="misstatements", title="严重表述错误", version="abcdef012345", words=160),),
    }
    arranged = order.arrange(findings)
    cited = {key: CLAUSES[key] for one in findings for key in one.clauses}
    gaps = {key: CLAUSES[key] for gap in values.get("clause_gaps", ()) for key in gap.clauses}
    return Report(
        **{
            **given,
            "accounts": order.arrange_accounts(accounts, arranged),
            "findings": arranged,
            "clauses": {**cited, **gaps},
            **values,
        }
    )


def empty() -> Report:
    """No account on file."""
    return report()


def no_finding() -> Report:
    """Two accounts without a problem."""
    return report((account(1, "柳溪民政"), account(2, "柳溪市社会福利院")))


def one_finding() -> Report:
    """One account, one problem."""
    main = account(1, "柳溪民政")
    return report((main,), (finding(main),))


def not_checked() -> Report:
    """Every reason of our own for not having looked, a clause and a file that were not examined; nothing found."""
    reach = [outcome for outcome in Outcome if outcome.is_reach]
    walled = [
        account(
            number,
            f"柳溪市救助管理站{number}",
            "weibo",
            outcome=outcome,
            route="mobile",
            complete=False,
            listed=0,
            read=0,
            newest_at=None,
            days_quiet=None,
            attempts=(AttemptLine(route="mobile", outcome=outcome),),
        )
        for number, outcome in enumerate(reach, start=1)
    ]
    part = PartGap(
        account_id=walled[0].id,
        account_name=walled[0].name,
        post_key="1",
        post_title="附件下载",
        part="附件1 名单.rar",
        reason="是加密的压缩包，打不开",
    )
    gap = ClauseGap(
        rule_id="harm-bureau-listed",
        rule_title="本单位敏感词",
        clauses=("liuan-2022-4/art-11-3",),
        reason="没有载入本单位敏感词库；请将词库存为工作区 lexicons/bureau.csv",
    )
    return report(walled, part_gaps=(part,), clause_gaps=(gap,))


def many() -> Report:
    """Several accounts and rules, every severity, sighting, state and an awkward text."""
    main = account(1, "柳溪民政", home_url="https://mp.weixin.qq.com/mp/profile_ext?__biz=demo", filing_no="云新备0001")
    home = account(2, "柳溪市社会福利院", "weibo", sponsor="柳溪市社会福利院", route="mobile")
    quiet = account(3, "柳溪市老年活动中心", "toutiao", newest_at=NOW - timedelta(days=20, hours=4), days_quiet=20)
    app = account(4, "柳溪民政通", "app", outcome=Outcome.DELETED, purpose=Purpose.SERVICE, standing=Standing.CLOSING)
    walled = account(5, "柳溪慈善", outcome=Outcome.VERIFY_WALL, complete=False, listed=0, read=0, newest_at=None)
    findings = [
        finding(main, 1),
        finding(main, 2, sighting=Sighting.PERSISTING, state=CaseState.CONFIRMED),
        finding(
            main,
            3,
            post_key="2650001_1",
            post_title="关于第1批高龄津贴发放名单的公示",
            published_at=NOW - timedelta(days=1),
            severity=Severity.MINOR,
            confidence=Confidence.MEDIUM,
            rule_id="privacy-mobile-number",
            rule_title="公开个人手机号码",
            term="100****0001",
            sentence="联系人林某某，手机100****0001。",
            message="出现手机号码 100****0001",
            places=(
                Place(field="attachment:1", origin="document", locator="名单!Sheet1!C7", count=2),
                Place(field="body", origin="ocr", hidden=True, locator="图1"),
            ),
            days=5,
        ),
        finding(
            home,
            4,
            severity=Severity.MAJOR,
            rule_id="ads-commercial-promotion",
            rule_title="发布商业广告",
            post_title='=HYPERLINK("http://x.example")<script>alert(1)</script>',
            post_url="javascript:alert(1)",
            term="限时抢购",
            sentence="@全体居民 <b>限时抢购</b>，限时抢购，先到先得！\n欢迎选购。" + "养老用品应有尽有，" * 40,
            message="含有商业促销内容",
            days=3,
        ),
        finding(home, 5, severity=Severity.NOTICE, sighting=Sighting.NOT_REREAD, days=None, evidence=""),
        finding(home, 6, sighting=Sighting.WITHDRAWN),
        finding(home, 7, sighting=Sighting.ABSENT),
        finding(home, 8, state=CaseState.DISMISSED, sighting=Sighting.PERSISTING),
        stale(quiet, sighting=Sighting.REOPENED),
    ]
    return report(
        (main, home, quiet, app, walled), findings, rule_pack="2026.2", obligations=OBLIGATIONS, readings=READINGS
    )


SITUATIONS = {
    "empty": empty,
    "no_finding": no_finding,
    "one_finding": one_finding,
    "not_checked": not_checked,
    "many": many,
}


@pytest.fixture(params=sorted(SITUATIONS))
def situation(request) -> tuple[str, Report]:
    """Each situation by name."""
    return request.param, SITUATIONS[request.param]()


@pytest.fixture
def crowded() -> Report:
    """The situation with most in it."""
    return many()


@pytest.fixture
def blocked() -> Report:
    """The situation in which nothing could be looked at."""
    return not_checked()


@pytest.fixture
def edited():
    """A copy of a report with other values."""
    return replace
