"""Every Chinese label a clerk sees in a report, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Final

from domain.account import Medium, Purpose, Standing
from domain.case import CaseState, Sighting
from domain.clock import in_china
from domain.finding import Occurrence
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.post import Origin, PostKind
from domain.rule import Confidence, Severity
from reports.model import AccountLine, Clause, CredentialLine, ObligationLine, Place

SEVERITY: Final = MappingProxyType(
    {Severity.VETO: "严重", Severity.MAJOR: "较重", Severity.MINOR: "一般", Severity.NOTICE: "提示"}
)
CONFIDENCE: Final = MappingProxyType({Confidence.HIGH: "高", Confidence.MEDIUM: "中", Confidence.LOW: "低，须人工复核"})
SIGHTING: Final = MappingProxyType(
    {
        Sighting.NEW: "新增",
        Sighting.PERSISTING: "仍存在",
        Sighting.REOPENED: "再次出现",
        Sighting.ABSENT: "已不再出现",
        Sighting.WITHDRAWN: "原文已撤",
        Sighting.NOT_REREAD: "本次未复读",
    }
)
CASE: Final = MappingProxyType(
    {
        CaseState.OPEN: "待研判",
        CaseState.CONFIRMED: "已确认",
        CaseState.DISMISSED: "误报",
        CaseState.ACCEPTED: "暂予保留",
        CaseState.CLOSED: "已销号",
    }
)
PLATFORM: Final = MappingProxyType(
    {
        "wechat": "微信公众号",
        "weibo": "新浪微博",
        "toutiao": "今日头条",
        "douyin": "抖音",
        "kuaishou": "快手",
        "website": "政府网站",
        "app": "移动客户端",
        "miniprogram": "微信小程序",
        "channels": "微信视频号",
        "peoples_daily": "人民号",
        "xinhua": "新华号",
        "baijiahao": "百家号",
        "xuexi": "学习强国号",
        "bilibili": "哔哩哔哩",
        "rednote": "小红书",
    }
)
ROUTE: Final = MappingProxyType(
    {
        "official": "官方接口",
        "oauth": "开放平台接口",
        "album": "公众号合集",
        "page": "文章页面",
        "mobile": "移动版页面",
        "rss": "RSS 订阅",
        "browser": "浏览器",
        "lists": "网站栏目",
        "disclosure": "信息公开列表",
        "lookup": "应用商店查询",
        "import": "人工导入",
        "tencent": "应用宝",
        "huawei": "华为应用市场",
        "record": "主办单位自查记录",
        "ipv6": "IPv6 核查",
    }
)
STANDING: Final = MappingProxyType({Standing.LIVE: "在用", Standing.CLOSING: "注销中", Standing.CLOSED: "已注销"})
PURPOSE: Final = MappingProxyType({Purpose.PUBLISHING: "发布类", Purpose.SERVICE: "服务类"})
MEDIUM: Final = MappingProxyType({Medium.TEXT_IMAGE: "文字图片", Medium.AUDIO_VIDEO: "音视频"})
INSPECTION: Final = MappingProxyType(
    {
        InspectionKind.NIGHTLY: "每日巡检",
        InspectionKind.AUDIT: "单账号核查",
        InspectionKind.RESCAN: "已存内容重新检查",
        InspectionKind.IMPORT: "人工导入",
    }
)
INSPECTION_STATE: Final = MappingProxyType(
    {InspectionState.RUNNING: "尚未完成", InspectionState.COMPLETE: "已完成", InspectionState.ABANDONED: "已放弃"}
)
ORIGIN: Final = MappingProxyType(
    {
        Origin.TEXT: "文字",
        Origin.OCR: "图片文字",
        Origin.QR: "二维码",
        Origin.DOCUMENT: "附件",
        Origin.COMMENT: "批注",
        Origin.METADATA: "文档属性",
    }
)
POST_KIND: Final = MappingProxyType(
    {
        PostKind.ARTICLE: "图文",
        PostKind.PICTURE: "图片",
        PostKind.TEXT: "短文",
        PostKind.SHARE_CARD: "分享卡片",
        PostKind.VIDEO: "视频",
        PostKind.AUDIO: "音频",
        PostKind.PROFILE: "账号资料",
        PostKind.LIST: "列表",
        PostKind.NONE: "—",
    }
)
FAMILY: Final = MappingProxyType(
    {
        "privacy": "个人隐私",
        "ads": "商业广告",
        "wording": "表述错误",
        "secrecy": "涉密敏感",
        "harm": "违法有害信息",
        "style": "文风",
        "links": "链接",
        "maps": "问题地图",
        "source": "转载来源",
        "freshness": "更新情况",
        "repost": "重要信息转载",
        "approval": "审核发布",
        "filing": "备案",
        "interaction": "互动回应",
        "security": "账号与数据安全",
    }
)

#: How a fetch ended, in two or three words.
OUTCOME: Final = MappingProxyType(
    {
        Outcome.OK: "正常",
        Outcome.EMPTY: "无内容",
        Outcome.DELETED: "已删除",
        Outcome.VIOLATION: "被平台以违规为由屏蔽",
        Outcome.UNAVAILABLE: "平台提示不可用",
        Outcome.EXPIRED: "链接已过期",
        Outcome.BAD_REQUEST: "地址不被接受",
        Outcome.MIGRATED: "账号已迁移",
        Outcome.CLOSED: "账号已注销",
        Outcome.LOGIN_WALL: "要求登录",
        Outcome.VERIFY_WALL: "要求验证",
        Outcome.RATE_LIMITED: "被限流",
        Outcome.QUOTA: "接口额度用完",
        Outcome.NOT_AUTHORIZED: "未获授权",
        Outcome.LAYOUT_CHANGED: "页面改版",
        Outcome.BRIDGE_ERROR: "订阅服务出错",
        Outcome.ROBOTS: "网站不允许抓取",
        Outcome.NO_TOOL: "缺少浏览器",
        Outcome.NO_IMPORT: "没有近期的导入",
        Outcome.NETWORK: "网络不通",
        Outcome.DEADLINE: "超时",
    }
)
#: The same ends where they are those of a whole account.
ACCOUNT_OUTCOME: Final = MappingProxyType(
    {
        Outcome.EMPTY: "没有任何内容",
        Outcome.DELETED: "平台上已不存在",
        Outcome.VIOLATION: "被平台封禁",
        Outcome.UNAVAILABLE: "平台提示账号不可用",
    }
)
#: Why nothing can be said about an account, and what a person can do about it.
REASON: Final = MappingProxyType(
    {
        Outcome.LOGIN_WALL: "平台要求登录后才能查看",
        Outcome.VERIFY_WALL: "平台弹出验证页面，没有给出内容",
        Outcome.RATE_LIMITED: "平台认为访问过于频繁，暂时拒绝",
        Outcome.QUOTA: "官方接口当日调用额度已用完",
        Outcome.NOT_AUTHORIZED: "官方接口不认可所用凭据",
        Outcome.LAYOUT_CHANGED: "页面结构与以往不同，程序读不懂",
        Outcome.BRIDGE_ERROR: "RSS 订阅服务返回错误",
        Outcome.ROBOTS: "网站的 robots.txt 不允许程序访问",
        Outcome.NO_TOOL: "该账号须用浏览器读取，本机没有可用的浏览器",
        Outcome.NO_IMPORT: "该账号靠人工导入检查，近期没有导入",
        Outcome.NETWORK: "网络连接失败",
        Outcome.DEADLINE: "在限定时间内没有读完",
        Outcome.BAD_REQUEST: "平台不接受台账中的账号标识或地址",
    }
)
REMEDY: Final = MappingProxyType(
    {
        Outcome.LOGIN_WALL: "请为该账号配置官方接口凭据（xunjian credential set），或改用 RSS、人工导入",
        Outcome.VERIFY_WALL: "请为该账号配置官方接口，或隔日再查；不要频繁重试",
        Outcome.RATE_LIMITED: "隔日自动再查；持续出现时请调大 xunjian.toml 中的访问间隔",
        Outcome.QUOTA: "次日额度恢复后自动再查；持续出现时请在平台后台申请提高额度",
        Outcome.NOT_AUTHORIZED: "请核对凭据、接口权限和 IP 白名单，再用 xunjian credential set 更新",
        Outcome.LAYOUT_CHANGED: "请将原始网页（见取证档案）交技术人员更新读取程序，其间请人工查看",
        Outcome.BRIDGE_ERROR: "请检查 RSS 订阅服务是否正常运行，或改用其他通道",
        Outcome.ROBOTS: "请主办单位书面同意后，将授权文件填入台账的“授权依据”列",
        Outcome.NO_TOOL: "请运行 xunjian doctor，按提示安装浏览器后重新检查",
        Outcome.NO_IMPORT: "请从平台后台导出近期内容，用 xunjian import 导入",
        Outcome.NETWORK: "请检查本机网络和代理后，用 xunjian audit 重新检查",
        Outcome.DEADLINE: "请用 xunjian audit 单独检查该账号，或调大单账号时限",
        Outcome.BAD_REQUEST: "请核对台账中的账号标识和通道地址",
    }
)

#: What the program does about a requirement of the regulation.
REQUIREMENT: Final = MappingProxyType(
    {
        "automated": "自动检查",
        "assisted": "程序列出、由人判断",
        "attested": "单位说明、程序核对",
        "out-of-scope": "不检查",
    }
)
#: What became of a requirement in one inspection.
OBLIGATION: Final = MappingProxyType(
    {
        "checked": "已检查",
        "partly": "部分检查",
        "not_checked": "未能检查",
        "not_concerned": "没有涉及的账号",
        "by_hand": "由人核对",
    }
)
#: The sheets of the register, as the office calls them.
SHEET: Final = MappingProxyType(
    {
        "unit": "单位",
        "person": "人员",
        "vendor": "服务外包",
        "filing_event": "备案事项",
        "filing_sheet": "备案登记表",
        "approval": "信息发布审批",
        "repost_task": "转载任务",
        "important_period": "重要时段",
        "duty_shift": "值班",
        "attestation": "承诺和说明",
        "staff_change": "管理人员变动",
        "incident": "突发和舆情",
        "counterfeit": "假冒账号",
        "enquiry": "网友诉求",
        "instruction": "指导意见",
        "regular_check": "定期检查",
        "app_card": "移动客户端",
        "interaction": "互动入口",
        "usage": "关注度和利用率",
    }
)
UNCONFIRMED: Final = "依据待核"
PART_REMEDY: Final = "请人工打开原文核看这一部分"
NO_DAYS: Final = "—"


#: What kind of account a candidate is.
CANDIDATE = {"unregistered": "未登记的自有账号", "lookalike": "疑似假冒"}


def countdown(one: CredentialLine) -> str:
    """``还有 19 天``."""
    if one.refusal:
        return "平台不接受"
    if one.days_left is None:
        return NO_DAYS
    return f"还有 {one.days_left} 天" if one.days_left >= 0 else f"已过 {-one.days_left} 天"


def interaction(account: AccountLine) -> list[tuple[str, str]]:
    """What is known of how an account answers its readers, as header and value."""
    found = account.interaction
    assert found is not None, "asked only of accounts that have figures"

    def number(value: float | None, unit: str = "") -> str:
        return NO_DAYS if value is None else f"{value:g}{unit}"

    hours = number(found.median_reply_hours, " 小时（中位数）")
    return [
        ("账号", f"{account.name}（{platform(account.platform)}）"),
        ("互动入口", "、".join(found.entries) or "没有看到"),
        ("近 30 天留言", number(found.comments)),
        ("未回复", number(found.unanswered)),
        ("回复用时", hours),
        ("等待最久", number(found.waiting_days, " 天")),
    ]


def platform(name: str) -> str:
    """``微信公众号``; a platform without a label keeps its own name."""
    return PLATFORM.get(name, name)


def route(name: str) -> str:
    """``官方接口``; a route without a label keeps its own name."""
    return ROUTE.get(name, name)


def check_result(account: AccountLine) -> str:
    """``已检查`` or ``未能检查``, with what was found out about the account itself."""
    if not account.checked:
        return f"未能检查（{OUTCOME[account.outcome]}）"
    if account.outcome is Outcome.OK:
        return "已检查"
    if account.platform == "app" and account.outcome is Outcome.DELETED:
        return "已检查（应用商店已下架）"
    return f"已检查（{ACCOUNT_OUTCOME.get(account.outcome, OUTCOME[account.outcome])}）"


def counted(account: AccountLine) -> str:
    """``128``: what the platform itself counts; ``128（少见 11）`` where not all was seen; empty without a count."""
    if account.platform_total is None:
        return ""
    missing = account.platform_total - (account.platform_total if account.accounted is None else account.accounted)
    return f"{account.platform_total}（少见 {missing}）" if missing > 0 else str(account.platform_total)


def reason(account: AccountLine) -> str:
    """Why the account could not be looked at: what the reading itself says, else the general reason."""
    return account.detail.rstrip("。") or REASON.get(account.outcome, OUTCOME[account.outcome])


def remedy(account: AccountLine) -> str:
    """What to do about an account that could not be looked at."""
    return REMEDY.get(account.outcome, "")


def clause_name(entry: Clause) -> str:
    """``《…管理制度》第九条``; the key where nobody has entered the clause."""
    return f"{entry.document}{entry.article}" or entry.key


def clause(entry: Clause) -> str:
    """The clause's name, with 依据待核 where nobody has confirmed the text."""
    return clause_name(entry) if entry.confirmed else f"{clause_name(entry)}（{UNCONFIRMED}）"


def clauses(entries: Iterable[Clause]) -> str:
    """``《甲》第九条、第十一条；《乙》第三条``: each document is named once; 依据待核 stands with each article."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        article = entry.article if entry.document else entry.key
        found.setdefault(entry.document, []).append(article if entry.confirmed else f"{article}（{UNCONFIRMED}）")
    return "；".join(document + "、".join(articles) for document, articles in found.items())


def rule_gaps(gaps: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What ``rule_gap`` says of each title and reason; rules that were not judged for one reason stand together."""
    titles: dict[str, list[str]] = {}
    for title, reason in gaps:
        titles.setdefault(reason, []).append(title)
    for reason, several in titles.items():
        yield rule_gap("、".join(several), reason)


def rule_gap(title: str, reason: str) -> str:
    """A rule that could not be judged, and why."""
    return f"{title}：{reason}"


def days(number: int | None) -> str:
    """``3 日内``, or a dash where no time is set."""
    return NO_DAYS if number is None else f"{number} 日内"


def place(entry: Place) -> str:
    """``标题``, ``正文``, ``附件2：Sheet1!C7（图片文字，隐藏内容）×3``."""
    base, _, number = entry.field.partition(":")
    name = {"title": "标题", "body": "正文", "attachment": "附件", "source": "来源标注"}.get(base, base) + number
    if entry.locator:
        name = f"{name}：{entry.locator}"
    marks = [ORIGIN[Origin(entry.origin)]] if entry.origin not in ("text", "document") else []
    if entry.hidden:
        marks.append("隐藏内容")
    return name + (f"（{'，'.join(marks)}）" if marks else "") + (f" ×{entry.count}" if entry.count > 1 else "")


def suggestion(text: str) -> str:
    """A suggestion under the heading 建议, without the word itself."""
    return text.removeprefix("建议")


def occurrence(entry: Occurrence) -> str:
    """The readable place of one occurrence."""
    return place(Place(field=entry.field, origin=entry.origin, hidden=entry.hidden, locator=located(entry)))


def located(entry: Occurrence) -> str:
    """``图1［左182 上90 宽201 高24］``: the locator, with the rectangle where it is known."""
    if entry.box is None:
        return entry.locator
    left, top, width, height = entry.box
    return f"{entry.locator}［左{left} 上{top} 宽{width} 高{height}］"


def instant(moment: datetime | None) -> str:
    """``2026-06-18 22:00`` at +08:00, or a dash."""
    return f"{in_china(moment):%Y-%m-%d %H:%M}" if moment else NO_DAYS


def day(moment: datetime | None) -> str:
    """``2026-06-18`` at +08:00, or a dash."""
    return f"{in_china(moment):%Y-%m-%d}" if moment else NO_DAYS


def obligation(line: ObligationLine, *, brief: bool = False) -> str:
    """Why a requirement was not checked, or what checks it; ``brief`` counts the accounts instead of naming them."""
    unread = f"没有读到 {len(line.missed)} 个账号" if line.unread and brief else line.unread
    return "；".join(part for part in (line.why, unread) if part) or line.mechanism
