"""The page 关于公众号: the only public page that proves who owns an account."""

from __future__ import annotations

from html import escape

from replica.wechat_pages.addresses import biz_of
from replica.world import WorldAccount


def about_page(entry: WorldAccount) -> str:
    """Rows of title and value. Traits of the account: ``subject_type`` (主体类型), ``service`` (``1``: 服务号),
    ``phone`` (客服电话), ``renamed`` (a line of 名称记录)."""
    account = entry.account
    kind = "服务号" if entry.traits.get("service") == "1" else "公众号"
    rows = [
        _row("微信号", escape(account.attributes.get("alias", account.key))),
        _row("认证类型", escape(entry.traits.get("subject_type", "政府"))) if account.verified_subject else "",
        _subject(entry) if account.verified_subject else _row("主体类型", "个人"),
        '<div id="js_login_ip" class="item-info basic-info" style="display: none;"><div class="item-title">IP属地</div>'
        '<div class="item-desc" id="js_login_ip_desc"></div></div>',
        _row("客服电话", escape(entry.traits["phone"])) if "phone" in entry.traits else "",
    ]
    record = entry.traits.get("renamed", f"注册“{account.name}”")
    return f"""<!DOCTYPE html>
<html class="">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>关于{kind}</title></head>
<body id="" class="zh_CN wx_wap_page discuss_tab appmsg_skin_default appmsg_style_default">
<div class="about-page">
<div class="item-info"><div class="item-title basic-title">{kind}简介</div>
<div class="item-desc basic-desc">{escape(entry.description)}</div></div>
<div class="item-info"><div class="item-title basic-title">基础信息</div></div>
{"".join(rows)}
<div class="item-info"><div class="item-title basic-title">名称记录</div>
<div class="item-desc basic-desc"><p>2020年03月12日 {escape(record)}</p></div></div>
</div>
<script>var PAGE_MID='mmbizwap:wxverify/info.html';</script>
</body></html>
"""


def _row(title: str, value: str) -> str:
    return (
        f'<div class="item-info basic-info"><div class="item-title">{title}</div>'
        f'<div class="item-desc">{value}</div></div>\n'
    )


def _subject(entry: WorldAccount) -> str:
    address = f"http://mp.weixin.qq.com/mp/getverifyinfo?__biz={biz_of(entry.account)}#wechat_redirect"
    return f"""<div class="item-info spacial basic-info" id="link"><div class="item-title">认证主体</div>
<a href="{address}" target="_blank" class="type-link-wrp item-desc"><div id="js_arrow_text" class="type-link-word-wrp">
    {escape(entry.account.verified_subject)}
    <i class="item-title-type inline-icon"></i></div><i class="type-link-icon icon-link arrow-right"></i></a></div>
"""
