"""Replies of Toutiao that are not what was asked for."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.parsing.markup import tree
from domain.markup import readable_text
from domain.outcome import Outcome

_CHALLENGE = re.compile(r"__ac_signature|__ac_nonce|_\$jsvmprt|byted_acrawler\.init")
_CAPTCHA = re.compile(r"verify\.snssdk\.com|captcha|验证码中间页|请完成(?:下列|安全)?验证|TTGCaptcha", re.IGNORECASE)
_LOGIN = re.compile(r"sso\.toutiao\.com|/login/?\?|请登录后查看")
_GONE = re.compile(r"文章已被删除|抱歉[，,]\s*你访问的内容不存在|该内容已删除|内容已被删除|作品不存在|页面不存在")
_CLOSED = re.compile(r"(?:该)?(?:用户|账号)(?:已被封禁|已注销|不存在|已停用)")
_BARE = 300

VERIFY = (Outcome.VERIFY_WALL, "平台要求浏览器验证；请人工打开核对")


def address_wall(url: str) -> tuple[Outcome, str] | None:
    """The wall that stands at ``url``, whatever the reply holds, or ``None``."""
    host = urlsplit(url).hostname or ""
    if host.startswith(("verify.", "captcha.")):
        return Outcome.VERIFY_WALL, "被转到验证码页面；请人工打开核对"
    if host.startswith(("sso.", "passport.")):
        return Outcome.LOGIN_WALL, "被转到登录页"
    return None


def html_wall(text: str) -> tuple[Outcome, str] | None:
    """The wall or notice that an HTML page is, or ``None``."""
    shown = readable_text(tree(text))
    bare = len(shown) < _BARE
    if found := _CLOSED.search(shown) if bare else None:
        return Outcome.CLOSED, f"平台提示：{found[0]}"
    if bare and (found := _GONE.search(shown)):
        return Outcome.DELETED, f"平台提示：{found[0]}"
    if bare and _CAPTCHA.search(text):
        return Outcome.VERIFY_WALL, "出现滑块或验证码页面；请人工打开核对"
    if len(shown) < 40 and _CHALLENGE.search(text):
        return VERIFY
    if bare and _LOGIN.search(text):
        return Outcome.LOGIN_WALL, "页面要求登录"
    return None


_DIALOGUE = re.compile(r"登录后(?:即可|才能|可以?|继续|查看)|login-modal|ttp-modal[^>]*login|web-login|扫码登录")


def is_login_over(text: str) -> bool:
    """True when a login dialogue lies over a page that shows content beneath it."""
    return bool(_DIALOGUE.search(text))
