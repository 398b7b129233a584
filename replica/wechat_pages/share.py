"""Pages of the short kinds: pictures (8), text (10), video (5), audio (7). Title and text stand in scripts only."""

from __future__ import annotations

from html import escape

from domain.post import PostKind
from replica.wechat_pages.addresses import biz_of, message_of, signature_of
from replica.wechat_pages.frame import page
from replica.wechat_pages.notation import escaped, html_escaped
from replica.wechat_pages.pagedata import created_at, description, plain_text, show_type
from replica.world import WorldAccount, WorldPost

PAGE_ID = "mmbizwap:pages/common_share.html"
_BODY_CLASS = {
    PostKind.PICTURE: "page_share_common page_share_img",
    PostKind.TEXT: "page_share_common page_share_text",
    PostKind.VIDEO: "page_share_common page_share_video",
    PostKind.AUDIO: "page_share_common page_share_audio",
}


def share_page(entry: WorldAccount, post: WorldPost) -> str:
    """The page of a picture, text, video or audio post."""
    classes = f"zh_CN wx_wap_page wx_wap_desktop_fontsize_2 {_BODY_CLASS[post.kind]} pages_skin_default discuss_tab"
    content = _text_area(entry) if post.kind is PostKind.TEXT else _media_area(entry, post)
    return page(entry, post, PAGE_ID, f'<body id="" class="{classes}">', content, _variables(entry, post))


def _media_area(entry: WorldAccount, post: WorldPost) -> str:
    """Empty containers: neither ``#activity-name`` nor ``#js_content``."""
    player = {
        PostKind.VIDEO: '<div id="js_video_page" class="video_page_wrp"><div id="js_mpvedio"></div></div>',
        PostKind.AUDIO: '<div id="voice_parent" class="audio_page_wrp"></div>',
    }.get(
        post.kind,
        '<div class="img_swiper_area"><div id="img_swiper_placeholder" aria-hidden="true" style="visibility: hidden">'
        '<div id="img_swiper_content" class="share_media_swiper_content">'
        '<div id="img_list" class="share_media"></div></div></div></div>',
    )
    return f"""<div id="js_article" class="share_content_page">{player}
<div class="rich_media_area_primary"><div id="js_base_container" class="rich_media_area_primary_inner">
<div class="wx_follow_context"><div class="wx_follow_nickname ">{escape(entry.account.name)}</div></div>
<div id="js_image_desc" class="share_notice"></div>
<span id="publish_time" class="rich_media_meta rich_media_meta_text"></span></div></div></div>"""


def _text_area(entry: WorldAccount) -> str:
    """Rendered by the server with nothing in it; ``#js_content`` wraps the whole page, not the text alone."""
    return f"""<div id="js_article" data-server-rendered="true" class="page_pages share_content_page ">
<div id="js_article_content" class="rich_media_area_primary "><div id="js_base_container"><!----> <!---->
<div id="js_content"><div id="js_top_profile" class="profile_area_hide"><div class="wx_follow_info ">
<div class="wx_follow_nickname ">{escape(entry.account.name)}</div></div></div>
<div class="share_notice js_share_notice_dom "><h1 id="js_text_title" class="rich_media_title "></h1>
<p id="js_text_desc" class="share_notice_inner js_underline_content "></p></div> <!---->
<div role="option" class="rich_media_meta_list"><span id="content_read_num"></span>
<span class="weui-hidden_abs ">,</span>
<span id="js_ip_wording_wrp" style="display:none;"><span id="js_ip_wording"></span></span>
<span id="publish_time" class="rich_media_meta rich_media_meta_text "></span></div></div> <!----></div></div></div>
<div id="js_article_bottom_bar" class="bottom_bar_wrp hide">
<div id="js_temp_bar_write_cmt" style="display: none;">写留言</div></div>"""


def _variables(entry: WorldAccount, post: WorldPost) -> str:
    """No ``var ct`` here: time, title and name stand in these forms."""
    account = entry.account
    mid, index = message_of(post)
    epoch, minute = created_at(post)
    title = escaped(html_escaped(post.title))
    return f"""window.idx = '' || '' || '{index}';
window.biz = '' || '{biz_of(account)}';
window.item_show_type = '{show_type(post)}' || '';
window.appmsg_type = '{9 if post.mass_sent else 10002}' || '';
window.mid = '' || '' || '{mid}';
window.sn = '' || '' || '{signature_of(post)}';
window.ct = '{epoch}' || '';
window.msg_title = window.title = '{title}' || '';
(function () {{
    var oriCreateTime = '{epoch}';
    var createTime = '{minute}';
    window.desc = "{escaped(html_escaped(description(post)))}";
}})();
function fill(d, xml, getXmlValue) {{
    d.ct = xml ? getXmlValue('ori_create_time.DATA') : '{epoch}';
    d.create_time = xml ? getXmlValue('create_time.DATA') : '{minute}';
    d.title = xml ? getXmlValue('title.DATA') : '{title}';
    d.biz = xml ? getXmlValue('bizuin.DATA') || getXmlValue('__biz') : '{biz_of(account)}' || '';
    d.sn = xml ? getXmlValue('sn.DATA') || getXmlValue('sn') : '{signature_of(post)}' || '' || '';
    d.mid = xml ? getXmlValue('mid.DATA') || getXmlValue('appmsgid') : '{mid}' || '' || '';
    d.idx = xml ? getXmlValue('idx.DATA') || getXmlValue('itemidx') : '{index}' || '' || '';
    d.user_name = xml ? getXmlValue('user_name.DATA') : '{account.key}';
    d.nick_name = (xml ? getXmlValue('nick_name.DATA') : '{escaped(html_escaped(account.name))}').html(false);
    d.create_time = '{epoch}' * 1;
}}
window.__QMTPL_SSR_DATA__ = {{ title: '{title}', desc: '{escaped(html_escaped(plain_text(post)))}' }};"""


__all__ = ["PAGE_ID", "share_page"]
