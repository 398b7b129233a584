"""Replies of Kuaishou that are not what was asked for. Nearly all of them come with HTTP 200."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawler.parsing.markup import tree
from crawler.parsing.payload import integer, mapping, objects, string
from domain.markup import readable_text
from domain.outcome import Outcome

_CAPTCHA = re.compile(r"captcha|滑块|安全验证|请完成(?:下列|安全)?验证|人机验证", re.IGNORECASE)
_CAPTCHA_FRAME = re.compile(r"captcha\.zt\.kuaishou\.com|kwaicaptcha|captcha-iframe", re.IGNORECASE)
_LOGIN = re.compile(r"登录后(?:即可|才能|可以?|继续|查看|观看)|请(?:先)?登录|扫码登录|未登录|need login", re.IGNORECASE)
_DIALOGUE = re.compile(r"login-modal|login-dialog|login-box|passport-login|登录后(?:即可|查看|观看)|扫码登录")
_GONE = re.compile(r"(?:视频|作品|内容|页面|图集)(?:已被删除|已被作者删除|已删除|不存在|已失效|找不到了?|走丢了)")
_HIDDEN = re.compile(r"(?:作品|视频)(?:已)?(?:被)?(?:设为)?私密|仅(?:自己|好友|粉丝)可见|暂不可见|审核中")
_CLOSED = re.compile(r"(?:该)?(?:用户|账号|帐号)(?:已被?封禁|已?被封禁|已注销|不存在|已停用|涉嫌违规)")
_VIOLATION = re.compile(r"(?:作品|视频|内容).{0,8}(?:违规|违反)")
_RATE = re.compile(r"频繁|过快|稍后再试|请求过多|too (?:many|fast|frequent)", re.IGNORECASE)
#: ``result`` of every interface → what it means.
_RESULTS = {
    2: (Outcome.RATE_LIMITED, "访问过于频繁，被限流"),
    50: (Outcome.VERIFY_WALL, "平台未放行该请求"),
    109: (Outcome.LOGIN_WALL, "平台要求登录"),
    2001: (Outcome.VERIFY_WALL, "平台要求滑块验证"),
    400002: (Outcome.VERIFY_WALL, "平台要求滑块验证"),
}
_BARE = 400

EMPTY_BODY = (Outcome.VERIFY_WALL, "返回空内容：平台未放行该请求；请人工打开主页核对")


def address_wall(url: str) -> tuple[Outcome, str] | None:
    """The wall that stands at ``url``, whatever the reply holds, or ``None``."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.startswith("captcha."):
        return Outcome.VERIFY_WALL, "被转到验证码页面；请人工打开核对"
    if host.startswith(("id.", "passport.")) and host.endswith("kuaishou.com"):
        return Outcome.LOGIN_WALL, "被转到登录页"
    return None


def json_wall(reply: Mapping[str, Any]) -> tuple[Outcome, str] | None:
    """The refusal that a reply is, at its top or inside an operation of GraphQL; ``None`` for one with data."""
    for error in objects(reply.get("errors")):
        message = string(error, "message")
        if reply.get("data") in (None, {}) or _CAPTCHA.search(message):
            return _by_words(message, f"平台拒绝了请求（{message[:60] or '未说明原因'}）")
    data = mapping(reply, "data")
    if mapping(data, "captcha") or mapping(reply, "captcha"):
        return Outcome.VERIFY_WALL, "平台要求滑块验证；请人工打开核对"
    for part in (reply, data, *(value for value in data.values() if isinstance(value, Mapping))):
        code = integer(part, "result")
        if code is not None and code != 1:
            return _by_code(code, part)
    return None


def _by_code(code: int, part: Mapping[str, Any]) -> tuple[Outcome, str]:
    message = string(part, "error_msg", "errorMsg", "message", "msg")
    known = _RESULTS.get(code)
    if known is not None:
        return known[0], f"{known[1]}（result={code}）；下一轮再检，或人工打开核对"
    if _CAPTCHA.search(string(part, "url")):
        return Outcome.VERIFY_WALL, f"平台要求滑块验证（result={code}）；请人工打开核对"
    return _by_words(message, f"平台拒绝了请求（result={code}{f'，{message[:60]}' if message else ''}）")


def _by_words(message: str, detail: str) -> tuple[Outcome, str]:
    for pattern, outcome in (
        (_CLOSED, Outcome.CLOSED),
        (_HIDDEN, Outcome.UNAVAILABLE),
        (_VIOLATION, Outcome.VIOLATION),
        (_GONE, Outcome.DELETED),
        (_LOGIN, Outcome.LOGIN_WALL),
        (_RATE, Outcome.RATE_LIMITED),
    ):
        if pattern.search(message):
            return outcome, detail
    return Outcome.VERIFY_WALL, detail


def html_wall(text: str) -> tuple[Outcome, str] | None:
    """The wall or notice that an HTML page is, or ``None``."""
    shown = readable_text(tree(text))
    if len(shown) >= _BARE:
        return None
    for pattern, outcome in (
        (_CLOSED, Outcome.CLOSED),
        (_VIOLATION, Outcome.VIOLATION),
        (_GONE, Outcome.DELETED),
        (_HIDDEN, Outcome.UNAVAILABLE),
    ):
        if found := pattern.search(shown):
            return outcome, f"平台提示：{found[0]}"
    if re.search(r"captcha\.zt\.kuaishou\.com|kwaicaptcha|captcha-iframe", text, re.IGNORECASE) or _CAPTCHA.search(
        shown
    ):
        return Outcome.VERIFY_WALL, "出现滑块或验证码页面；请人工打开核对"
    if _LOGIN.search(shown):
        return Outcome.LOGIN_WALL, "页面要求登录"
    if _RATE.search(shown):
        return Outcome.RATE_LIMITED, "平台提示：访问过于频繁"
    return None


def is_login_over(text: str) -> bool:
    """True when a login dialogue lies over a page that shows content beneath it."""
    return bool(_DIALOGUE.search(text))
