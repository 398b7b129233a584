"""Error codes of WeChat: of the official API (``errcode``) and of the public endpoints (``base_resp.ret``)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import Reading

_ADDRESS = re.compile(r"invalid ip\s+([0-9a-fA-F.:]+)", re.IGNORECASE)

#: Codes after which a fresh token may help, once.
TOKEN_CODES = frozenset((40001, 40014, 42001))
#: The system is busy: passes by itself within seconds.
BUSY_CODE = -1
#: Too many calls in this minute: passes with the minute.
MINUTE_CODE = 45011
#: The account lacks the interface: its certification has lapsed, or it never had one.
UNCERTIFIED_CODE = 48001
#: What ``Ending.code`` says where the platform itself names a certification's end that is past.
CERTIFICATION_LAPSED = "certification-lapsed"

_CONFIG = "请在凭据库核对并更新（xunjian credential set）"
_BUG = "程序发出的请求不对；请把这一行交给维护人员"
_INBOX = "请管理员登录公众平台查看站内信"

_MEANINGS: dict[int, tuple[Outcome, str]] = {
    -1: (Outcome.NETWORK, "微信系统繁忙；下一轮再试"),
    40001: (Outcome.NOT_AUTHORIZED, f"接口凭据无效：AppSecret 不对，或令牌已被别的系统换掉；{_CONFIG}"),
    40002: (Outcome.NOT_AUTHORIZED, f"接口凭据类型不对；{_CONFIG}"),
    40007: (Outcome.BAD_REQUEST, f"素材编号无效；{_BUG}"),
    40013: (Outcome.NOT_AUTHORIZED, "AppID 不正确；请核对台账和凭据库"),
    40014: (Outcome.NOT_AUTHORIZED, f"接口令牌无效；{_CONFIG}"),
    40035: (Outcome.BAD_REQUEST, f"接口参数不合法；{_BUG}"),
    40114: (Outcome.BAD_REQUEST, f"接口序号不合法；{_BUG}"),
    40125: (Outcome.NOT_AUTHORIZED, "AppSecret 不正确或已重置；请在公众平台重新获取并更新凭据库"),
    40243: (Outcome.NOT_AUTHORIZED, "AppSecret 已被冻结；请在公众平台“基本配置”里解冻"),
    41001: (Outcome.BAD_REQUEST, f"请求缺少接口令牌；{_BUG}"),
    41002: (Outcome.NOT_AUTHORIZED, "缺少 AppID；请在台账和凭据库补齐"),
    41004: (Outcome.NOT_AUTHORIZED, "缺少 AppSecret；请在凭据库补齐"),
    42001: (Outcome.NOT_AUTHORIZED, "接口令牌已过期，刷新后仍不可用；请核对凭据，并查看是否有别的系统在换令牌"),
    43002: (Outcome.BAD_REQUEST, f"接口要求 POST 请求；{_BUG}"),
    43004: (Outcome.NOT_AUTHORIZED, "接口要求先关注账号；请改用其他采集途径"),
    44002: (Outcome.BAD_REQUEST, f"接口请求内容为空；{_BUG}"),
    45009: (Outcome.QUOTA, "接口当日调用次数已用完，{resumes}恢复；请减少其他系统的调用或恢复后再检"),
    45011: (Outcome.RATE_LIMITED, "接口每分钟调用次数已达上限；请稍后再检"),
    45106: (Outcome.NOT_AUTHORIZED, "留言接口已下线或未开放；请在公众平台后台查看留言"),
    47001: (Outcome.BAD_REQUEST, f"接口请求格式不对；{_BUG}"),
    47009: (Outcome.LAYOUT_CHANGED, "该接口已下线，程序需要改用新接口；请联系维护人员"),
    48001: (
        Outcome.NOT_AUTHORIZED,
        "账号没有该接口的权限，常见原因是微信认证过期或未认证；请到公众平台核对认证有效期并办理年审",
    ),
    48004: (Outcome.NOT_AUTHORIZED, f"接口被平台封禁；{_INBOX}"),
    48006: (Outcome.NOT_AUTHORIZED, "平台不允许清零调用次数；请等次日零点恢复"),
    50002: (Outcome.NOT_AUTHORIZED, f"账号被平台限制；{_INBOX}"),
    50004: (Outcome.NOT_AUTHORIZED, f"接口被平台禁止使用；{_INBOX}"),
    50005: (Outcome.NOT_AUTHORIZED, "接口要求用户已关注账号；请改用其他采集途径"),
    53500: (Outcome.NOT_AUTHORIZED, f"发布功能被平台封禁；{_INBOX}"),
    53501: (Outcome.RATE_LIMITED, "发布接口调用过于频繁；请稍后再检"),
    53502: (Outcome.BAD_REQUEST, "发布编号无效；请核对"),
    53503: (Outcome.UNAVAILABLE, "草稿没有通过平台的发布检查；请在公众平台修改后再发"),
    53504: (Outcome.UNAVAILABLE, "这份草稿要到公众平台官网处理；请登录公众平台操作"),
    53505: (Outcome.UNAVAILABLE, "草稿要先在公众平台手动保存成功才能发表；请登录公众平台操作"),
    53600: (Outcome.BAD_REQUEST, "文章编号无效，可能已被删除；请在公众平台核对"),
    61004: (Outcome.NOT_AUTHORIZED, "本机 IP 没有在第三方平台登记；请补登记"),
    61500: (Outcome.BAD_REQUEST, f"统计日期格式不对；{_BUG}"),
    61501: (Outcome.BAD_REQUEST, f"统计日期范围不对；{_BUG}"),
    61503: (Outcome.UNAVAILABLE, "统计数据还没有生成（每天约 8 点生成前一天的）；稍后再检"),
    88000: (Outcome.NOT_AUTHORIZED, "账号没有留言权限；需要统计留言的，请在公众平台开通留言功能"),
    88001: (Outcome.BAD_REQUEST, "文章没有留言区或编号不存在；请在公众平台核对"),
    88003: (Outcome.BAD_REQUEST, "文章的留言不存在；请在公众平台核对"),
    88005: (Outcome.BAD_REQUEST, "留言已被删除；请在公众平台核对"),
    89501: (Outcome.NOT_AUTHORIZED, "本机 IP 正等待公众号管理员确认；请管理员在微信里确认"),
    89503: (Outcome.NOT_AUTHORIZED, "本机 IP 需要公众号管理员确认；请管理员在微信里确认"),
    89506: (Outcome.NOT_AUTHORIZED, "公众号管理员两次拒绝了本机 IP，24 小时后才能再试；请先与管理员说明"),
    89507: (Outcome.NOT_AUTHORIZED, "公众号管理员拒绝了本机 IP，1 小时后才能再试；请先与管理员说明"),
    200002: (Outcome.MIGRATED, "账号参数无效，可能已迁移或改号；请核对台账"),
    200003: (Outcome.NOT_AUTHORIZED, "后台会话已失效；请管理员重新扫码"),
    200008: (Outcome.VERIFY_WALL, "后台要求验证；请管理员登录公众平台处理"),
    200013: (Outcome.RATE_LIMITED, "后台列表接口被限频（2026 年 7 月起对外关闭）；请改用官方接口"),
    200040: (Outcome.NOT_AUTHORIZED, "后台会话已失效；请管理员重新扫码"),
}
#: Whole families of codes, where no single code is known: (first, last).
_FAMILIES: tuple[tuple[int, int, Outcome, str], ...] = (
    (85000, 87999, Outcome.NOT_AUTHORIZED, "小程序接口不可用；请在公众平台核对小程序的状态和权限"),
    (88000, 88999, Outcome.BAD_REQUEST, "留言接口不接受该请求；请在公众平台核对留言功能"),
    (53500, 53599, Outcome.UNAVAILABLE, "发布接口不接受该请求；请登录公众平台查看"),
    (61000, 61999, Outcome.NOT_AUTHORIZED, "接口调用没有授权或参数不对；请核对第三方平台的授权"),
    (89500, 89599, Outcome.NOT_AUTHORIZED, "本机 IP 的使用需要公众号管理员确认；请管理员在微信里处理"),
)
#: The trace number at an error's end helps only the platform's staff; it changes with every call.
_TRACE = re.compile(r"\s*rid: [0-9a-f-]+\s*$")
#: Long opaque words in a message can be credentials that the platform repeats.
_OPAQUE = re.compile(r"[A-Za-z0-9_-]{20,}")
_GIVEN = re.compile(r"((?:access_token|secret|token)[\"\\]*[=:][\"\\ ]*)[^&\s\"\\,}]+")
#: Codes of the public endpoints that clash with those of the API.
_PUBLIC = {
    -1: (Outcome.NETWORK, "微信系统繁忙；下一轮再试"),
    -2: (Outcome.BAD_REQUEST, "链接参数错误；请核对台账登记的合集编号和 biz"),
    -3: (Outcome.LOGIN_WALL, "该地址只在微信客户端内可看；请改用官方接口或合集采集"),
    -6: (Outcome.RATE_LIMITED, "访问过于频繁，被微信限流；下一轮再试"),
}


def of_api(code: int, message: str, at: datetime | None = None) -> Reading:
    """The reading of an API error met at ``at``.

    ``cursor["errcode"]`` keeps the code for whoever may refresh and ask again, ``cursor["resumes_at"]`` (ISO 8601) the
    moment a daily quota is full again, ``cursor["ip"]`` the address that is to be allowed.
    """
    cursor = {"errcode": str(code)}
    if code == 40164:
        found = _ADDRESS.search(message)
        ip = found[1].rstrip(".:") if found else "本机出口 IP"
        if found:
            cursor["ip"] = ip
        outcome = Outcome.NOT_AUTHORIZED
        meaning = f"IP {ip} 不在公众号的 IP 白名单；请到公众平台“设置与开发→基本配置→IP白名单”添加 {ip}"
    else:
        outcome, meaning = _meaning(code, message)
    if code == 45009:
        resumes = next_midnight(at) if at is not None else None
        if resumes is not None:
            cursor["resumes_at"] = resumes.isoformat()
        said = f"{resumes.month} 月 {resumes.day} 日 0 时（次日零点）" if resumes else "次日零点"
        meaning = meaning.format(resumes=said)
    return Reading(outcome=outcome, cursor=cursor, detail=f"{meaning}（错误码 {code}）")


def next_midnight(at: datetime) -> datetime:
    """When the daily quotas that were used up at ``at`` are full again: 00:00 at +08:00."""
    return (in_china(at) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _meaning(code: int, message: str) -> tuple[Outcome, str]:
    if code in _MEANINGS:
        return _MEANINGS[code]
    for first, last, outcome, meaning in _FAMILIES:
        if first <= code <= last:
            return outcome, meaning
    return Outcome.BAD_REQUEST, f"接口返回未知错误：{_quoted(message)}；请联系维护人员"


def without_secrets(text: str) -> str:
    """``text`` without anything that could be a credential."""
    return _OPAQUE.sub("***", _GIVEN.sub(r"\1***", text))


def _quoted(message: str) -> str:
    """What the platform said, fit to be printed."""
    return without_secrets(_TRACE.sub("", message))[:80]


def of_public(code: int, message: str) -> Reading:
    """The reading of an error of a public endpoint (album, history)."""
    outcome, meaning = (
        _PUBLIC.get(code)
        or _MEANINGS.get(code)
        or (
            Outcome.LAYOUT_CHANGED,
            f"列表接口返回未知状态：{_quoted(message)}；原始内容已留存，请人工核对",
        )
    )
    return Reading(outcome=outcome, cursor={"errcode": str(code)}, detail=f"{meaning}（状态码 {code}）")
