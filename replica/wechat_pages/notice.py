"""Pages that show no content. Nearly all come with status 200; what they mean stands in one line of text."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from urllib.parse import quote

from replica.wechat_pages.frame import script
from replica.wechat_pages.notation import escaped
from replica.wechat_pages.padding import padding_script


class State(StrEnum):
    """Why a post is not shown. The value is what ``WorldPost.traits["state"]`` may hold."""

    DELETED = "deleted"
    VIOLATION = "violation"
    UNAVAILABLE = "unavailable"
    BAD_PARAMETER = "bad_parameter"
    INFRINGEMENT = "infringement"
    SEND_FAILED = "send_failed"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    MIGRATED = "migrated"
    MIGRATING = "migrating"
    EXPIRED = "expired"
    NOT_SYNCED = "not_synced"
    THROTTLED = "throttled"
    TOO_FREQUENT = "too_frequent"
    CLIENT_ONLY = "client_only"
    SYSTEM_ERROR = "system_error"
    RUMOUR = "rumour"
    VERIFY = "verify"


_DELETED = {"zh": "该内容已被发布者删除", "en": "The content has been deleted by the author."}
_CENTRE = {"zh": "微信公众平台运营中心", "en": "Weixin Official Accounts Platform Operation Center"}
_MESSAGES = {
    State.INFRINGEMENT: "此内容被投诉且经审核涉嫌侵权，无法查看",
    State.SEND_FAILED: "此内容发送失败无法查看",
    State.BLOCKED: "此帐号已被屏蔽, 内容无法查看",
    State.CANCELLED: "此帐号已自主注销，内容无法查看",
    State.MIGRATED: "该公众号已迁移",
    State.MIGRATING: "此帐号处于帐号迁移流程中",
    State.EXPIRED: "链接已过期",
    State.NOT_SYNCED: "原帐号迁移时未将文章素材同步至新帐号，该链接已不可访问",
    State.THROTTLED: "访问过于频繁，请用微信扫描二维码进行访问",
    State.TOO_FREQUENT: "操作频繁，请稍后再试",
    State.CLIENT_ONLY: "请在微信客户端打开链接",
}
#: A message page weighs some 37 kB, of which all but one is scripts.
_WEIGHT = 30_000


def notice_page(state: State, *, account: str = "", lang: str = "zh", target: str = "", reason: str = "") -> str:
    """The page for ``state``. ``account`` is the name a violation page gives away, ``target`` where a migrated account
    went, ``reason`` the sentence under a violation's title, ``lang`` ``zh`` or ``en`` (deleted only)."""
    if state is State.DELETED:
        title = f'<div class="weui-msg__title warn">{_DELETED[lang]}</div>'
        return _message_page(title, lang=lang)
    if state is State.VIOLATION:
        return _violation_page(account, reason or "由用户投诉并经平台审核，涉嫌违反平台规则，查看")
    if state is State.UNAVAILABLE:
        return _UNAVAILABLE
    if state is State.BAD_PARAMETER:
        content = '<div class="weui-msg__title warn">参数错误</div>'
        return _message_page(content, scripts="var ret='-2'*1;")
    if state is State.SYSTEM_ERROR:
        return _shell('<p class="global_error_msg warn">系统出错</p>', "", "zh")
    if state is State.RUMOUR:
        return _shell(
            '<div class="rumor_title">此文章已被辟谣</div>', "", "zh", body_class="rumor_middle_page page_rumor"
        )
    if state is State.VERIFY:
        return verify_page()
    scripts = f"var transfer_target_link = '{escaped(target)}' || '';" if state is State.MIGRATED else ""
    return _message_page(f'<div class="weui-msg__title warn">{_MESSAGES[state]}</div>', scripts=scripts)


def verify_page() -> str:
    """The verification page. Its message is written by scripts; in the raw page it is empty."""
    styles = (
        '<link rel="stylesheet" href="//res.wx.qq.com/mmbizwap/zh_CN/htmledition/style/page/secitptpage/verify.css">'
    )
    content = '<div class="weui-msg"></div>'
    return _shell(content, 'window.PAGE_MID="mmbizwap:secitptpage/verify.html";', "zh", extra_head=styles)


def verify_location(original: str) -> str:
    """Where a walled visitor is sent."""
    return (
        "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=HREPLICA0000000000"
        f"&target_url={quote(original, safe='')}"
    )


def _violation_page(account: str, reason: str) -> str:
    title = f"""<h2 class='weui-msg__title title'>
    此内容因违规无法查看
</h2><div class="weui-msg__desc"><p class="tips">{escape(reason)}<a
 href="http://mp.weixin.qq.com/mp/opshowpage?action=oplaw&amp;id=26#wechat_redirect">对应规则</a></p></div>"""
    data = f"window.cgiData = {{ ret: '0' * 1, del_reason_id: '10001', nick_name: '{escaped(account)}' }};"
    feedback = '<a id="js_feedback" class="weui-footer__link" href="javascript:;">我要反馈</a>'
    return _message_page(title, scripts=data, body_id="", links=feedback)


def _message_page(
    title: str, *, lang: str = "zh", scripts: str = "", body_id: str = "activity-detail", links: str = ""
) -> str:
    content = f"""<div class="weui-msg">
<div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg-primary"></i></div>
<div class="weui-msg__text-area">{title}</div>
<div class="weui-msg__extra-area"><div class="weui-footer"><p class="weui-footer__links">{links}
<a class="weui-footer__link" href="https://mp.weixin.qq.com/webpoc/ruleCenter?type=oa">{_CENTRE[lang]}</a>
</p></div></div></div>"""
    return _shell(content, scripts, lang, body_id=body_id)


def _shell(
    content: str,
    scripts: str,
    lang: str,
    *,
    body_id: str = "activity-detail",
    body_class: str = "",
    extra_head: str = "",
) -> str:
    language = "zh_CN" if lang == "zh" else "en"
    return f"""<!DOCTYPE html>
<html class="">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
{script(f'window.logs = {{ pagetime: {{}} }}; window.LANG = "{language}";')}
<title></title>
{extra_head}
</head>
<body id="{body_id}" class="zh_CN wx_wap_page {body_class} discuss_tab appmsg_skin_default appmsg_style_default ">
{script(scripts)}
{content}
{padding_script(_WEIGHT)}
</body>
</html>
"""


_UNAVAILABLE = """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="content-type" content="text/html;charset=utf8">
<title>该内容暂时无法查看</title>
<style>.mesg-block p { color: #858585; text-align: center; }</style>
</head>
<body>
<div class="panel"><div class="mesg-block"><p>该内容暂时无法查看</p></div></div>
</body>
</html>
"""
