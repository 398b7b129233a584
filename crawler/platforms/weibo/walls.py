"""Replies of Weibo that are not what was asked for: walls, throttling, errors, closed accounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.parsing.markup import tree
from crawler.parsing.payload import integer, mapping, string
from domain.markup import readable_text
from domain.outcome import Outcome

#: HTTP status → what Weibo means by it.
_STATUS = {
    432: (Outcome.VERIFY_WALL, "HTTP 432：没有访客身份或被判为机器"),
    418: (Outcome.RATE_LIMITED, "HTTP 418：访问过快，被暂时限制"),
    403: (Outcome.RATE_LIMITED, "HTTP 403：访问被暂时限制"),
    414: (Outcome.RATE_LIMITED, "HTTP 414：访问被暂时限制"),
    429: (Outcome.RATE_LIMITED, "HTTP 429：访问过快，被暂时限制"),
    502: (Outcome.RATE_LIMITED, "HTTP 502：访问被暂时限制"),
}
_NOT_AUTHORISED = frozenset(
    (10006, 10013, 10014, 20112, 21301, 21314, 21315, 21316, 21317, 21319, 21321, 21327, 21332, 21335)
)
_QUOTA = frozenset((10022, 10023, 10024))
_BUSY = frozenset((10009, 10010, 10011))
_THROTTLED = re.compile(r"请求过于频繁|歇歇吧|操作频繁|访问频繁|too (?:many|frequent)", re.IGNORECASE)
_CAPTCHA = re.compile(r"captcha|geetest|verify|security\.weibo", re.IGNORECASE)
_CAPTCHA_PAGE = re.compile(r"^https?://(?:captcha|security|verify)\.weibo\.c", re.IGNORECASE)
_VISITOR = (Outcome.VERIFY_WALL, "新浪访客系统页面：需要真实浏览器验证")
_LOGIN = re.compile(r"passport\.(?:sina|weibo)[\w.]*/(?:sso/)?sign?in|login\.php|/signin/login", re.IGNORECASE)
_ABNORMAL = re.compile(r"用户状态异常|用户不存在|账号已被?注销|该账号因被投诉")
_POST_GONE = re.compile(r"微博不存在|暂无查看权限|微博已被删除")
_NOTHING_YET = re.compile(r"还没有内容|暂无数据|没有发过微博|还没有发布")


#: A notice says no more than this (characters).
_BARE = 600


def status_wall(status: int) -> tuple[Outcome, str] | None:
    """What an HTTP status alone says; ``None`` where the body decides."""
    if status in _STATUS:
        return _STATUS[status]
    if status >= 500:
        return Outcome.NETWORK, f"HTTP {status}：微博服务器出错"
    return None


def address_wall(url: str) -> tuple[Outcome, str] | None:
    """The wall that stands at ``url``, whatever the reply holds (a redirect to it has no body), or ``None``."""
    if "passport.weibo.com/visitor" in url:
        return _VISITOR
    if _LOGIN.search(url):
        return Outcome.LOGIN_WALL, "被转到登录页"
    if _CAPTCHA_PAGE.search(url):
        return Outcome.VERIFY_WALL, "被转到验证码页面"
    return None


def html_wall(text: str) -> tuple[Outcome, str] | None:
    """The wall an HTML reply is, or ``None``. A page that shows much is no notice: posts may hold such words, too."""
    if "Sina Visitor System" in text or "genvisitor" in text:
        return _VISITOR
    if "418 I'm a teapot" in text:
        return Outcome.RATE_LIMITED, "访问过快，被暂时限制（418）"
    shown = readable_text(tree(text))
    if len(shown) < _BARE:
        if found := _ABNORMAL.search(shown):
            return Outcome.CLOSED, f"平台提示：{found[0]}"
        if found := _POST_GONE.search(shown):
            return Outcome.DELETED, f"平台提示：{found[0]}"
        if _THROTTLED.search(shown):
            return Outcome.RATE_LIMITED, "平台提示：请求过于频繁"
        if "验证码" in shown:
            return Outcome.VERIFY_WALL, "出现验证码页面"
    if len(text) < 60_000 and _LOGIN.search(text):
        return Outcome.LOGIN_WALL, "页面要求登录"
    return None


_DIALOGUE = re.compile(r"LoginCard|login-?(?:modal|card|pop)|登录后(?:即可|查看|继续|可见)|扫描?码登录")


def is_login_over(text: str) -> bool:
    """True when a login dialogue lies over a page that shows content beneath it."""
    return bool(_DIALOGUE.search(text))


def article_wall(reply: Mapping[str, Any]) -> tuple[Outcome, str] | None:
    """Why a headline article is not given (``code`` other than 100000), or ``None``."""
    code, message = integer(reply, "code"), string(reply, "msg", "message")
    if code in (None, 0, 100000):
        return None
    if re.search(r"不存在|已被?(?:作者)?删除|已下线", message):
        return Outcome.DELETED, f"平台提示：{message[:60]}"
    if "登录" in message:
        return Outcome.LOGIN_WALL, "平台要求登录后查看头条文章"
    if _THROTTLED.search(message):
        return Outcome.RATE_LIMITED, f"平台提示：{message[:60]}"
    return Outcome.UNAVAILABLE, f"平台没有给出头条文章（code={code}，{message[:60]}）"


def json_wall(reply: Mapping[str, Any]) -> tuple[Outcome, str] | None:
    """The refusal or error a JSON reply is, or ``None`` for one that carries data."""
    if (code := integer(reply, "error_code")) is not None and code:
        return _api_error(code, string(reply, "error", "message", "msg"))
    address = string(reply, "url")
    message = string(reply, "msg", "message", "error")
    ok = integer(reply, "ok")
    if ok == -100:
        return Outcome.LOGIN_WALL, "平台要求登录（ok=-100）"
    if _THROTTLED.search(message) or string(reply, "errno") == "100005":
        return Outcome.RATE_LIMITED, f"平台提示：{message or '请求过于频繁'}"
    if address and ok != 1:
        if _CAPTCHA.search(address):
            return Outcome.VERIFY_WALL, "平台要求验证码"
        return Outcome.LOGIN_WALL, "平台要求登录"
    if ok == 0:
        if found := _ABNORMAL.search(message):
            return Outcome.CLOSED, f"平台提示：{found[0]}"
        if _POST_GONE.search(message):
            return Outcome.DELETED, f"平台提示：{message}"
        if _NOTHING_YET.search(message):
            return Outcome.EMPTY, f"平台提示：{message}"
        if not message and not mapping(reply, "data"):
            return Outcome.EMPTY, "平台返回空结果"
        return Outcome.LAYOUT_CHANGED, f"不认识的微博返回：{message[:60]}"
    return None


#: Tokens that are no more, for whatever reason.
_LAPSED = (21301, 21314, 21315, 21316, 21317, 21319, 21327, 21332)
#: What to do about an error of the open API, where a person can do something.
_REMEDIES = {
    10006: "请在凭据中登记应用的 access_token",
    10013: "请核对台账登记的微博 UID",
    10014: "应用没有该接口的权限；请在微博开放平台申请",
    20112: "授权账号没有查看权限；请用账号本人重新授权",
    21321: "应用未通过审核，授权人数已满；请提交应用审核",
    21335: "该凭据属于别的微博账号；请核对台账中的凭据名称",
    **dict.fromkeys(
        (21301, 21314, 21315, 21316, 21317, 21319, 21327, 21332), "授权已失效；请由账号本人重新授权并更新凭据"
    ),
    **dict.fromkeys(_QUOTA, "接口访问次数已用完；恢复后自动再检"),
}


def _api_error(code: int, message: str) -> tuple[Outcome, str]:
    remedy = _REMEDIES.get(code, "")
    detail = f"微博接口错误 {code}（{message[:80]}）{f'：{remedy}' if remedy else ''}"
    if code in _NOT_AUTHORISED:
        return Outcome.NOT_AUTHORIZED, detail
    if code in _QUOTA:
        return Outcome.QUOTA, detail
    if code in _BUSY:
        return Outcome.RATE_LIMITED, detail
    if code == 20101:
        return Outcome.DELETED, detail
    if code == 20003:
        return Outcome.CLOSED, detail
    if code == 10001:
        return Outcome.NETWORK, detail
    return Outcome.BAD_REQUEST, detail
