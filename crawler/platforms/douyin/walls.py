"""Replies of Douyin that are not what was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawler.parsing.markup import tree
from crawler.parsing.payload import integer, string
from domain.markup import readable_text
from domain.outcome import Outcome

_VERIFY_HOSTS = ("verify.zijieapi.com", "verify.snssdk.com", "rmc.bytedance.com")
_CAPTCHA = re.compile(
    r"验证码中间页|verify\.(?:zijieapi|snssdk)\.com|rmc\.bytedance\.com|TTGCaptcha|请完成(?:下列|安全)?验证|captcha",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(r"__ac_signature|__ac_nonce|_\$jsvmprt|byted_acrawler\.init")
_BLOCKED = re.compile(rb"^\s*(?:blocked|Blocked by \w[\w ]*)\s*[.!]?\s*$", re.IGNORECASE)
_LOGIN = re.compile(r"登录后(?:即可|才能|可以?|继续|免费|查看)|请(?:先)?登录|扫码登录|未登录")
_DIALOGUE = re.compile(
    r"login-panel|login-guide|login-full-panel|login-mask|douyin-login|登录后(?:即可|免费|查看)|扫码登录"
)
_GONE = re.compile(
    r"(?:视频|作品|内容|图文|页面)(?:已被删除|已删除|不存在|已失效|找不到了?)"
    r"|你要观看的(?:视频|图文|内容)不存在|因作品权限或已被删除"
)
_HIDDEN = re.compile(
    r"作品(?:已)?(?:被)?(?:设为)?私密|仅(?:自己|好友|朋友|粉丝)可见|暂不可见|审核中|self_see|part_see|private|friend"
)
_VIOLATION = re.compile(r"违反|违规|不适宜公开|prohibit")
_CLOSED = re.compile(r"(?:该)?(?:用户|账号|帐号)(?:已被?封禁|已?被封禁|已注销|不存在|已停用|已重置|违规)")
_RATE = re.compile(r"频繁|过快|稍后再试|too (?:many|fast|frequent)|rate limit", re.IGNORECASE)
#: ``status_code`` of the web interface → what it means. Reported by users, not documented.
_CODES = {
    8: Outcome.LOGIN_WALL,
    2053: Outcome.RATE_LIMITED,
    2154: Outcome.RATE_LIMITED,
    2483: Outcome.LOGIN_WALL,
}
_BARE = 400

EMPTY_BODY = (Outcome.VERIFY_WALL, "返回空内容：平台未放行该请求；请人工打开主页核对")


def address_wall(url: str) -> tuple[Outcome, str] | None:
    """The wall that stands at ``url``, whatever the reply holds, or ``None``."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _VERIFY_HOSTS or host.startswith(("verify.", "captcha.")):
        return Outcome.VERIFY_WALL, "被转到验证码页面；请人工打开核对"
    if host.startswith(("sso.", "passport.")) or parts.path.startswith("/passport/"):
        return Outcome.LOGIN_WALL, "被转到登录页"
    return None


def text_wall(body: bytes) -> tuple[Outcome, str] | None:
    """The refusal that a reply of bare words is (``blocked``), or ``None``."""
    if len(body) < _BARE and _BLOCKED.match(body):
        return Outcome.VERIFY_WALL, f"平台拦截了请求（{body.decode('utf-8', 'replace').strip()[:60]}）"
    return None


def json_wall(reply: Mapping[str, Any]) -> tuple[Outcome, str] | None:
    """The refusal that a reply with a ``status_code`` is, or ``None`` for one that carries data."""
    code = integer(reply, "status_code", "statusCode")
    if not code:
        return None
    message = string(reply, "status_msg", "statusMsg", "message", "prompts")
    detail = f"平台拒绝了请求（status_code={code}{f'，{message[:60]}' if message else ''}）"
    if _CLOSED.search(message):
        return Outcome.CLOSED, f"平台提示：{message[:60]}"
    if _RATE.search(message):
        return Outcome.RATE_LIMITED, detail
    if _LOGIN.search(message):
        return Outcome.LOGIN_WALL, detail
    if code in _CODES:
        return _CODES[code], detail
    if _GONE.search(message):
        return Outcome.DELETED, f"平台提示：{message[:60]}"
    return Outcome.VERIFY_WALL, detail


def removal(reason: str, message: str) -> tuple[Outcome, str]:
    """Why the detail of a work is not given: removed, taken down, or not for everybody."""
    said = f"平台提示：{message or reason}"[:120]
    if _VIOLATION.search(reason) or _VIOLATION.search(message):
        return Outcome.VIOLATION, said
    if _HIDDEN.search(reason):
        return Outcome.UNAVAILABLE, said
    if _GONE.search(message) or "delete" in reason or "not_exist" in reason:
        return Outcome.DELETED, said
    return (
        (Outcome.UNAVAILABLE, said) if reason or message else (Outcome.UNAVAILABLE, "平台没有给出作品，也没有说明原因")
    )


def html_wall(text: str) -> tuple[Outcome, str] | None:
    """The wall or notice that an HTML page is, or ``None``."""
    root = tree(text)
    shown = readable_text(root)
    title = "".join(next(root.iter("title"), root).itertext()) if next(root.iter("title"), None) is not None else ""
    if "验证码中间页" in title:
        return Outcome.VERIFY_WALL, "出现验证码中间页；请人工打开核对"
    if len(shown) >= _BARE:
        return None
    if found := _CLOSED.search(shown):
        return Outcome.CLOSED, f"平台提示：{found[0]}"
    if found := _GONE.search(shown):
        return Outcome.DELETED, f"平台提示：{found[0]}"
    if _CAPTCHA.search(text):
        return Outcome.VERIFY_WALL, "出现滑块或验证码页面；请人工打开核对"
    if len(shown) < 40 and _CHALLENGE.search(text):
        return Outcome.VERIFY_WALL, "平台要求浏览器验证；请人工打开核对"
    if _LOGIN.search(shown):
        return Outcome.LOGIN_WALL, "页面要求登录"
    if _RATE.search(shown):
        return Outcome.RATE_LIMITED, "平台提示：访问过于频繁"
    return None


def is_login_over(text: str) -> bool:
    """True when a login dialogue lies over a page that shows content beneath it."""
    return bool(_DIALOGUE.search(text))
