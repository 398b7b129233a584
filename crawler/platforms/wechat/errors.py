"""Error codes of WeChat: of the official API (``errcode``) and of the public endpoints (``base_resp.ret``)."""

from __future__ import annotations

import re

from domain.outcome import Outcome
from domain.post import Reading

_ADDRESS = re.compile(r"invalid ip\s+([0-9a-fA-F.:]+)")

#: Codes after which a fresh token may help, once.
TOKEN_CODES = frozenset((40001, 40014, 42001))
#: Codes that pass by themselves soon.
BUSY_CODES = frozenset((-1,))

_MEANINGS: dict[int, tuple[Outcome, str]] = {
    -1: (Outcome.NETWORK, "微信系统繁忙；下一轮再试"),
    40001: (Outcome.NOT_AUTHORIZED, "接口凭据无效：AppSecret 不对或令牌已失效；请在凭据库更新 AppSecret"),
    40002: (Outcome.NOT_AUTHORIZED, "接口凭据类型不对；请核对凭据库"),
    40007: (Outcome.BAD_REQUEST, "素材编号无效"),
    40013: (Outcome.NOT_AUTHORIZED, "AppID 不正确；请核对台账和凭据库"),
    40014: (Outcome.NOT_AUTHORIZED, "接口令牌无效；请在凭据库更新 AppSecret"),
    40035: (Outcome.BAD_REQUEST, "接口参数不合法"),
    40114: (Outcome.BAD_REQUEST, "接口序号不合法"),
    40125: (Outcome.NOT_AUTHORIZED, "AppSecret 不正确或已重置；请在公众平台重新获取并更新凭据库"),
    40243: (Outcome.NOT_AUTHORIZED, "AppSecret 已被冻结；请在公众平台“基本配置”里解冻"),
    41001: (Outcome.BAD_REQUEST, "请求缺少接口令牌"),
    41002: (Outcome.NOT_AUTHORIZED, "缺少 AppID；请在台账和凭据库补齐"),
    41004: (Outcome.NOT_AUTHORIZED, "缺少 AppSecret；请在凭据库补齐"),
    42001: (Outcome.NOT_AUTHORIZED, "接口令牌已过期，刷新后仍不可用；请核对凭据"),
    43002: (Outcome.BAD_REQUEST, "接口要求 POST 请求"),
    44002: (Outcome.BAD_REQUEST, "接口请求内容为空"),
    45009: (Outcome.QUOTA, "接口当日调用次数已用完，次日零点恢复；请减少其他系统的调用或明日再检"),
    45011: (Outcome.RATE_LIMITED, "接口每分钟调用次数已达上限；请稍后再检"),
    47001: (Outcome.BAD_REQUEST, "接口请求格式不对"),
    47009: (Outcome.LAYOUT_CHANGED, "该接口已下线，程序需要改用新接口；请联系维护人员"),
    48001: (
        Outcome.NOT_AUTHORIZED,
        "账号没有该接口的权限，常见原因是微信认证过期或未认证；请到公众平台核对认证有效期并办理年审",
    ),
    48004: (Outcome.NOT_AUTHORIZED, "接口被平台封禁；请登录公众平台查看站内信"),
    48006: (Outcome.NOT_AUTHORIZED, "平台禁止清零调用次数"),
    50002: (Outcome.NOT_AUTHORIZED, "账号被平台限制；请登录公众平台查看站内信"),
    53600: (Outcome.BAD_REQUEST, "文章编号无效"),
    61004: (Outcome.NOT_AUTHORIZED, "本机 IP 没有在第三方平台登记；请补登记"),
    61500: (Outcome.BAD_REQUEST, "日期格式不对"),
    61501: (Outcome.BAD_REQUEST, "日期范围不对"),
    61503: (Outcome.UNAVAILABLE, "统计数据还没有生成（每天约 8 点生成前一天的）；稍后再检"),
    88000: (Outcome.NOT_AUTHORIZED, "账号没有留言权限"),
    88001: (Outcome.BAD_REQUEST, "图文编号不存在"),
    89501: (Outcome.NOT_AUTHORIZED, "本机 IP 正等待公众号管理员确认；请管理员在微信里确认"),
    89503: (Outcome.NOT_AUTHORIZED, "本机 IP 需要公众号管理员确认；请管理员在微信里确认"),
    89506: (Outcome.NOT_AUTHORIZED, "公众号管理员两次拒绝了本机 IP，24 小时后才能再试"),
    89507: (Outcome.NOT_AUTHORIZED, "公众号管理员拒绝了本机 IP，1 小时后才能再试"),
    200002: (Outcome.MIGRATED, "账号参数无效，可能已迁移或改号；请核对台账"),
    200003: (Outcome.NOT_AUTHORIZED, "后台会话已失效，需管理员重新扫码"),
    200008: (Outcome.VERIFY_WALL, "后台要求验证；请管理员登录公众平台处理"),
    200013: (Outcome.RATE_LIMITED, "后台列表接口被限频（2026 年 7 月起对外关闭）；请改用官方接口"),
    200040: (Outcome.NOT_AUTHORIZED, "后台会话已失效，需管理员重新扫码"),
}
#: Codes of the public endpoints that clash with those of the API.
_PUBLIC = {
    -1: (Outcome.NETWORK, "微信系统繁忙；下一轮再试"),
    -2: (Outcome.BAD_REQUEST, "链接参数错误；请核对台账登记的合集编号和 biz"),
    -3: (Outcome.LOGIN_WALL, "该地址只在微信客户端内可看；请改用官方接口或合集采集"),
    -6: (Outcome.RATE_LIMITED, "访问过于频繁，被微信限流；下一轮再试"),
}


def of_api(code: int, message: str) -> Reading:
    """The reading of an API error; ``cursor["errcode"]`` keeps the code for whoever may refresh and ask again."""
    if code == 40164:
        found = _ADDRESS.search(message)
        ip = found[1] if found else "本机出口 IP"
        outcome = Outcome.NOT_AUTHORIZED
        meaning = f"IP {ip} 不在公众号的 IP 白名单；请到公众平台“设置与开发→基本配置→IP白名单”添加 {ip}"
    elif code in _MEANINGS:
        outcome, meaning = _MEANINGS[code]
    else:
        outcome, meaning = Outcome.BAD_REQUEST, f"接口返回未知错误：{message[:80]}；请联系维护人员"
    return Reading(outcome=outcome, cursor={"errcode": str(code)}, detail=f"{meaning}（错误码 {code}）")


def of_public(code: int, message: str) -> Reading:
    """The reading of an error of a public endpoint (album, history)."""
    outcome, meaning = (
        _PUBLIC.get(code)
        or _MEANINGS.get(code)
        or (
            Outcome.LAYOUT_CHANGED,
            f"列表接口返回未知状态：{message[:80]}；原始内容已留存，请人工核对",
        )
    )
    return Reading(outcome=outcome, cursor={"errcode": str(code)}, detail=f"{meaning}（状态码 {code}）")
