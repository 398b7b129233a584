"""Pages of mp.weixin.qq.com that show no content but say why, nearly all of them with HTTP 200."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

from crawler.parsing.markup import all_by_class, inner_text
from crawler.platforms.wechat.inline import Inline
from domain.outcome import Outcome
from domain.post import Reading

_WALL_PATH = "/mp/wappoc_appmsgcaptcha"
_WALL_PAGE = "secitptpage/verify"
_MESSAGE_CLASSES = (
    "weui-msg__title",
    "weui-msg__desc",
    "mesg-block",
    "global_error_msg",
    "page_msg",
    "weui_msg_title",
    "weui_msg_desc",
    "text_area",
    "tips",
)
_LOCATION = re.compile(r"location\.replace\(\s*url\s*\)")
_PIECE = re.compile(r"url\s*\+=\s*'([^']*)'")

#: Words → outcome and what it means. Looked for only on pages that are known to show no content, longest first.
_NOTICES: tuple[tuple[str, Outcome, str], ...] = (
    (
        r"环境异常|完成验证后即可继续|去验证|environment.{0,20}abnormal",
        Outcome.VERIFY_WALL,
        "微信要求人机验证，不绕过；本轮停止访问该账号，下一轮再试，或改用官方接口",
    ),
    (
        r"请在微信客户端打开|請在微信客戶端打開|open.{0,20}in (?:the )?wechat",
        Outcome.LOGIN_WALL,
        "该地址只在微信客户端内可看；请改用官方接口或合集采集",
    ),
    (
        r"访问过于频繁|操作频繁|頻繁|too (?:many|frequent)|freq(?:uency)? control",
        Outcome.RATE_LIMITED,
        "访问过于频繁，被微信限流；本轮停止访问该账号，下一轮再试",
    ),
    (r"原帐号迁移时未|原账号迁移时未", Outcome.DELETED, "账号迁移时文章没有转到新账号，原链接已不可访问"),
    (r"(?:帐号|账号)迁移流程中|帳號遷移流程中", Outcome.MIGRATED, "账号正在迁移，暂时看不到；请过几天再检并核对台账"),
    (r"(?:公众号|帐号|账号|公眾號)已迁移|已遷移|has been (?:migrated|transferred)", Outcome.MIGRATED, "账号已迁移"),
    (
        r"已自主注销|已注销|已自主註銷|(?:account|user).{0,30}(?:cancelled|canceled|deregistered)",
        Outcome.CLOSED,
        "账号已注销，内容无法查看；请核对台账并办理注销备案",
    ),
    (
        r"(?:帐号|账号|帳號|公众号|公眾號).{0,4}(?:屏蔽|封禁|停用|冻结|凍結|封号)|account.{0,20}(?:blocked|banned|suspended)",
        Outcome.CLOSED,
        "账号已被平台屏蔽；请尽快与平台核实",
    ),
    (
        r"已被发布者删除|已被發佈者刪除|已被作者删除|(?:内容|文章|页面)已(?:被)?(?:删除|刪除)"
        r"|deleted by (?:the |its )?(?:author|publisher|user)",
        Outcome.DELETED,
        "内容已被发布者删除",
    ),
    (r"涉嫌侵权|涉嫌侵犯|侵權|infring", Outcome.VIOLATION, "内容被投诉侵权，平台已屏蔽；请核实处理"),
    (r"辟谣|闢謠|rumou?r", Outcome.VIOLATION, "内容被平台标记为不实（已被辟谣）；请核实处理"),
    (
        r"违规|違規|违反|涉嫌|被投诉|violat|过度营销|has been (?:reported|banned)",
        Outcome.VIOLATION,
        "内容因违规被平台屏蔽；请核实处理",
    ),
    (r"发送失败|發送失敗|failed to send", Outcome.UNAVAILABLE, "平台提示：内容发送失败，无法查看"),
    (r"链接已过期|鏈接已過期|連結已過期|link.{0,10}expired", Outcome.EXPIRED, "临时链接已过期；请登记永久链接"),
    (r"参数错误|參數錯誤|(?:param\w*|argument) error", Outcome.BAD_REQUEST, "链接参数错误；请核对登记的地址"),
    (
        r"暂时无法查看|暫時無法查看|暂时不可用|temporarily unavailable|can(?:no|')t be viewed"
        r"|content is (?:currently )?unavailable",
        Outcome.UNAVAILABLE,
        "平台提示：内容暂时无法查看",
    ),
    (r"系统出错|系統出錯|系统错误|system (?:error|busy)", Outcome.NETWORK, "微信页面出错；下一轮再试"),
)
_COMPILED = tuple((re.compile(words, re.IGNORECASE), outcome, meaning) for words, outcome, meaning in _NOTICES)
#: ``var ret = '-2' * 1`` of the error template.
_CODES = {
    -2: (Outcome.BAD_REQUEST, "链接参数错误；请核对登记的地址"),
    -3: (Outcome.LOGIN_WALL, "该地址只在微信客户端内可看；请改用官方接口或合集采集"),
    -6: (Outcome.RATE_LIMITED, "访问过于频繁，被微信限流；下一轮再试"),
}


def is_wall_address(url: str) -> bool:
    """True for the address of the verification page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.startswith(_WALL_PATH) or "appmsgcaptcha" in parts.path


def wall() -> Reading:
    """The verification page, however it was recognised."""
    outcome, meaning = next((outcome, meaning) for _, outcome, meaning in _NOTICES)
    return Reading(outcome=outcome, detail=meaning)


def of_message(message: str) -> tuple[Outcome, str] | None:
    """What a notice in words means; ``None`` for words that are not known."""
    for pattern, outcome, meaning in _COMPILED:
        if pattern.search(message):
            return outcome, meaning
    return None


def read_notice(root: Any, inline: Inline) -> Reading:
    """Classify a page that shows no content; words that are not known are ``LAYOUT_CHANGED``."""
    if _WALL_PAGE in inline.page_id or any(
        _WALL_PAGE in (node.get("href") or node.get("src") or "") for node in root.iter("link", "script")
    ):
        return wall()
    data = inline.old_data or inline.data
    account = " ".join(html.unescape(str(data.get("nick_name") or "")).split())
    account_key = str(data.get("user_name") or "")
    cursor = {}
    if target := str(inline.variable("transfer_target_link") or ""):
        cursor["target"] = html.unescape(target)
    message = shown_message(root)
    known = of_message(message)
    if known is None and cursor:
        known = Outcome.MIGRATED, "账号已迁移"
    if known is None and any("rumor" in (body.get("class") or "") for body in root.iter("body")):
        known = of_message("辟谣")
    if known is None:
        code = inline.number("ret")
        known = _CODES.get(code) if code is not None else None
    if known is None and (target := _assembled_target(inline)):
        cursor["target"] = target
        known = Outcome.EXPIRED, "这是搜索结果里的临时跳转页；请登记文章的永久链接"
    if known is None:
        said = f"（页面写着：{message[:60]}）" if message else ""
        detail = f"页面不是已知的文章页或提示页{said}，可能改版；原始页面已留存，请人工打开核对"
        return Reading(outcome=Outcome.LAYOUT_CHANGED, account=account, account_key=account_key, detail=detail)
    outcome, meaning = known
    said = f"（页面原话：{message[:80]}）" if message and outcome not in (Outcome.VERIFY_WALL,) else ""
    return Reading(outcome=outcome, account=account, account_key=account_key, cursor=cursor, detail=meaning + said)


def shown_message(root: Any) -> str:
    """The words in the middle of a notice page; without such a place, the page's title or a short page's whole text."""
    for name in _MESSAGE_CLASSES:
        texts = [text for node in all_by_class(root, name) if (text := inner_text(node))]
        if texts:
            extra = [inner_text(node) for node in all_by_class(root, "weui-msg__desc")] if "title" in name else []
            return " ".join(dict.fromkeys((*texts, *filter(None, extra))))
    title = next(iter(root.iter("title")), None)
    text = " ".join((title.text or "").split()) if title is not None else ""
    if text and text not in ("微信公众平台", "Weixin Official Accounts Platform"):
        return text
    body = next(iter(root.iter("body")), None)
    whole = inner_text(body) if body is not None else ""
    return whole if len(whole) <= 400 else ""


def _assembled_target(inline: Inline) -> str:
    """Pages that search engines hand out build the real address from pieces and go there."""
    for script in inline.scripts:
        if _LOCATION.search(script):
            target = "".join(_PIECE.findall(script)).replace("@", "")
            if target.startswith(("http://mp.weixin.qq.com/", "https://mp.weixin.qq.com/")):
                return target
    return ""
