"""Pages of ``item_show_type`` 0: articles, full reprints and share cards."""

from __future__ import annotations

from html import escape

from domain.post import PostKind
from replica.wechat_pages.addresses import biz_of, message_of, signature_of
from replica.wechat_pages.body import body_html
from replica.wechat_pages.frame import attribute, page, script
from replica.wechat_pages.notation import escaped, html_escaped, quoted
from replica.wechat_pages.pagedata import canonical_link, created_at, description, plain_text, show_type, source_url
from replica.world import WorldAccount, WorldPost

PAGE_ID = "mmbizwap:appmsg/newindex.html"
_BODY = (
    '<body id="activity-detail" class="zh_CN wx_wap_page wx_wap_desktop_fontsize_2 mm_appmsg comment_feature '
    'discuss_tab appmsg_skin_default appmsg_style_default">'
)


def article_page(entry: WorldAccount, post: WorldPost) -> str:
    """The page of an article, a full reprint or a share card."""
    card = post.kind is PostKind.SHARE_CARD
    inner = _share_card(post) if card else _reprint_note(post) + _content(entry, post)
    content = f"""<div id="js_article" style="position:relative;" class="rich_media">
<div id="js_top_ad_area" class="top_banner"></div>
<div id="js_base_container" class="rich_media_inner">
<div class="wx_row_immersive_stream_wrap" id="js_row_immersive_stream_wrap">
<div id="js_row_immersive_cover_img"><img src="https://mmbiz.qpic.cn/mmbiz_jpg/cover/0" alt="cover_image" /></div></div>
<div id="page-content" class="rich_media_area_primary"><div class="rich_media_area_primary_inner">
<div id="img-content" class="{"original_page" if card else "rich_media_wrp"}">
<h1 class="rich_media_title " id="activity-name">

    {escape(post.title)}
</h1>
{_meta(entry, post)}
{inner}
<div id="js_tags_preview_toast" class="article-tag__error-tips" style="display: none;">预览时标签不可点</div>
<div id="content_bottom_area"></div>
<div id="js_temp_bottom_area" class="rich_media_tool_area"></div>
</div></div></div></div>
<div id="js_pc_qr_code" class="qr_code_pc_outer" style="display:none;"><p>微信扫一扫<br>关注该公众号</p></div>
</div>"""
    return page(entry, post, PAGE_ID, _BODY, content, _variables(entry, post))


def _meta(entry: WorldAccount, post: WorldPost) -> str:
    """The line under the title. The time is empty, the original marker absent where none is declared."""
    original = (
        '<span id="copyright_logo" class="wx_tap_link rich_media_meta_original">原创</span>' if post.original else ""
    )
    author = post.traits.get("author")
    byline = f'<span class="rich_media_meta rich_media_meta_text">\n{escape(author)}\n</span>' if author else ""
    return f"""<div id="meta_content" class="rich_media_meta_list">
{original}{byline}
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt">
<a href="javascript:void(0);" class="wx_tap_link weui-wa-hotarea" id="js_name">
    {escape(entry.account.name)}
</a><div id="js_profile_card"></div></span>
<span id="meta_content_hide_info">
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
<em id="js_ip_wording_wrp" style="display: none;"><span aria-hidden="true" id="js_ip_wording"></span></em>
<em id="js_title_modify_wrp" style="display: none;"><span aria-hidden="true" id="js_title_modify"></span></em>
</span></div>"""


def _content(entry: WorldAccount, post: WorldPost) -> str:
    return (
        '<div class="rich_media_content js_underline_content" id="js_content" '
        f'style="visibility: hidden; opacity: 0; ">{body_html(entry, post)}</div>'
    )


def _reprint_note(post: WorldPost) -> str:
    """The card above a full reprint; the empty block before it is the template's own."""
    if post.repost_source is None:
        return ""
    author = post.traits.get("source_author")
    by = f"<span>，作者{escape(author)}</span>" if author else ""
    return f"""<div class="original_area_primary" style="margin-bottom: 0;"></div>
<div class="original_area_primary">
<p role="option" class="original_primary_card_tips"><span>以下文章来源于{escape(post.repost_source)}</span>{by}</p>
<a class="weui-flex original_primary_card appmsg_card_context wx_tap_card" href="#" id="copyright_info">
<div class="weui-flex__hd"><span class="radius_avatar">
<img class="avatar" src="http://wx.qlogo.cn/mmhead/0" alt=""></span></div>
<div class="weui-flex__item" role="option">
<strong class="original_primary_nickname">{escape(post.repost_source)}</strong>
<p class="original_primary_desc">{escape(post.traits.get("source_description", ""))}</p></div></a></div>"""


def _share_card(post: WorldPost) -> str:
    """A recommendation, written by a script, above a card of the shared article. ``#js_content`` is empty here."""
    recommendation = escaped(html_escaped(plain_text(post)).replace("\n", "<br>"))
    notice = script(
        "if (!window.__second_open__) {\n"
        f"    document.getElementById('js_share_notice').innerHTML = \"{recommendation}\";\n}}"
    )
    source = attribute(source_url(post) + "&scene=45#wechat_redirect")
    return f"""<p class="share_notice" id="js_share_notice">{notice}</p>
<div class="share_media" id="js_share_content"><div role="link" tabindex="0" class="original_panel wx_tap_card">
<div aria-hidden="true" class="flex_context original_account"><div class="js_head_img flex_hd" id="js_share_headimg">
<img class="account_avatar" src="http://wx.qlogo.cn/mmhead/0" alt=""></div>
<div class="flex_bd">
<div class="original_account_nickname" id="js_share_author">{escape(post.repost_source or "")}</div></div>
</div>
<div aria-hidden="true" class="original_panel_title">
<span id="original_panel_title">{escape(post.traits.get("source_title", post.title))}</span>
<span class="original_panel_tips" id="original_panel_tips">原创</span></div>
<div class="original_panel_content js_underline_content" id="js_content" aria-hidden="true"></div>
<div class="original_panel_tool" aria-hidden="true">
<span data-url="{source}" class="weui-link" id="js_share_source">阅读全文</span></div></div></div>"""


def _variables(entry: WorldAccount, post: WorldPost) -> str:
    """The top-level variables, in the forms they really take."""
    account = entry.account
    mid, index = message_of(post)
    epoch, minute = created_at(post)
    reprint = post.repost_source is not None
    card = post.kind is PostKind.SHARE_CARD
    return f"""var biz = "" || "{biz_of(account)}";
var sn = "" || "{signature_of(post)}" || "";
var mid = "" || "{mid}" || "";
var idx = "" || "{index}" || "";
(function () {{
    var oriCreateTime = '{epoch}';
    var createTime = '{minute}';
    var svrTime = '{epoch + 3600}';
}})();
var item_show_type = "{show_type(post)}";
var real_item_show_type = "{show_type(post)}";
var nickname = htmlDecode({quoted(account.name)});
var ct = "{epoch}";
var user_name = "{account.key}";
var appuin = "{biz_of(account)}" || "";
var msg_title = {quoted(post.title, "'")}.html(false);
var msg_desc = htmlDecode({quoted(description(post))});
var msg_cdn_url = "{post.images[0] if post.images else ""}";
var msg_link = "{attribute(canonical_link(entry, post))}";
var msg_source_url = '{attribute(post.traits.get("source_url", ""))}';
var comment_id = '{post.traits.get("comment_id", "0")}' || '0';
var source_encode_biz = "{"MzAwMDAwMDAwMQ==" if reprint else ""}";
var source_username = "{"gh_0000source00" if reprint else ""}";
var source_mid = "{"2650000001" if reprint else ""}";
var source_idx = "{"1" if reprint else ""}";
var copyright_stat = "{2 if reprint else int(bool(post.original))}" * 1;
var reprint_style = '{("2" if card else "0") if reprint else ""}' * 1;
var reprint_type = '{("2" if card else "3") if reprint else ""}' * 1;
var is_only_read = "1";"""
