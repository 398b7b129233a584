"""``window.cgiDataNew``: the one object that all content pages hold."""

from __future__ import annotations

from html import escape

from domain.clock import in_china
from domain.post import PostKind
from replica.wechat_pages.addresses import biz_of, long_url, message_of, short_url, signature_of
from replica.wechat_pages.body import body_html, short_markup
from replica.wechat_pages.notation import JS_DECODE, Notation, Value, html_escaped
from replica.world import WorldAccount, WorldPost

#: ``item_show_type`` by kind. A share card is an article whose body is somebody else's.
SHOW_TYPES = {
    PostKind.ARTICLE: 0,
    PostKind.SHARE_CARD: 0,
    PostKind.VIDEO: 5,
    PostKind.AUDIO: 7,
    PostKind.PICTURE: 8,
    PostKind.TEXT: 10,
}


def show_type(post: WorldPost) -> int:
    """The number by which the page's kind is told."""
    if "show_type" in post.traits:  # the rarer numbers of the same kinds: 6, 11, 16, 17
        return int(post.traits["show_type"])
    if post.kind not in SHOW_TYPES:
        raise ValueError(f"WeChat has no page of kind {post.kind}")
    return SHOW_TYPES[post.kind]


def created_at(post: WorldPost) -> tuple[int, str]:
    """Epoch seconds, and the minute at +08:00 as the page writes it."""
    return int(post.published_at.timestamp()), f"{in_china(post.published_at):%Y-%m-%d %H:%M}"


def canonical_link(entry: WorldAccount, post: WorldPost) -> str:
    """The address the page names: the short one where the layout of 2025 does, the long one with its tail since."""
    return short_url(post) if post.notation < "2026" else long_url(entry.account, post, decorated=True)


def description(post: WorldPost) -> str:
    """The digest: what the editor wrote, else the beginning of the first paragraph."""
    return post.traits.get("digest", post.paragraphs[0][:54] if post.paragraphs else "")


def plain_text(post: WorldPost) -> str:
    """The paragraphs as lines."""
    return "\n".join(post.paragraphs)


def content_markup(entry: WorldAccount, post: WorldPost) -> str:
    """``content_noencode``: markup for articles, nothing for a share card, HTML-escaped text for the short kinds (with
    anchors in it where the post has links)."""
    if post.kind is PostKind.SHARE_CARD:
        return ""
    if post.kind is PostKind.ARTICLE:
        return body_html(entry, post)
    return short_markup(post) if post.links else html_escaped(plain_text(post))


def page_data_script(entry: WorldAccount, post: WorldPost) -> str:
    """The script that sets ``window.cgiDataNew``."""
    notation = Notation(post.notation)
    literal = notation.literal(_page_data(entry, post))
    decoder = "" if post.notation >= "2026" else JS_DECODE
    guarded = f"try {{\nwindow.cgiDataNew = {literal};\n}} catch (e) {{ console.error(e); }}"
    return f"(function () {{\n{decoder}\n{guarded}\n}})();"


def _page_data(entry: WorldAccount, post: WorldPost) -> dict[str, Value]:
    account = entry.account
    mid, index = message_of(post)
    epoch, minute = created_at(post)
    kind = show_type(post)
    return {
        "base_resp": {"ret": 0, "errmsg": "ok", "wxtoken": 777, "cookie_count": 0, "sessionid": "svr_0000000000a"},
        "user_name": account.key,
        "nick_name": html_escaped(account.name),
        "round_head_img": "http://mmbiz.qpic.cn/mmbiz_png/head/0?wx_fmt=png",
        "title": html_escaped(post.title),
        "desc": html_escaped(description(post)),
        "content_noencode": content_markup(entry, post),
        "create_time": minute,
        "cdn_url": post.images[0] if post.images else "",
        "link": escape(canonical_link(entry, post)),
        "source_url": escape(post.traits.get("source_url", "")),
        "can_share": 1,
        "alias": account.attributes.get("alias", ""),
        "type": 9 if post.mass_sent else 10002,
        "author": html_escaped(post.traits.get("author", "")),
        "ori_create_time": epoch,
        "user_uin": 0,
        "total_item_num": 1,
        "comment_id": post.traits.get("comment_id", "0"),
        "svr_time": epoch + 3600,
        "copyright_info": _copyright(post),
        "signature": html_escaped(entry.description),
        "del_reason_id": 0,
        "bizuin": biz_of(account),
        "mid": int(mid),
        "idx": int(index),
        "sn": signature_of(post),
        "ban_scene": 0,
        "filter_time": epoch - 4,
        "item_show_type": kind,
        "real_item_show_type": kind,
        "voice_in_appmsg": _voices(post),
        "video_page_infos": _videos(post),
        "picture_page_info_list": [_picture(address) for address in post.images],
        "ori_send_time": epoch,
        "create_timestamp": epoch,
        "ip_wording": {"country_name": "中国", "country_id": "156", "province_name": "云江"},
        "claim_source": _claim(post),
        "is_login": 0,
        "user_info": {"is_login": 0, "is_paid": 0, "appmsg_bar_data": {"show_like": 1, "comment_enabled": 0}},
    }


def _copyright(post: WorldPost) -> dict[str, Value]:
    if post.repost_source is None:
        return {"copyright_stat": 1 if post.original else 0, "is_cartoon_copyright": 0}
    card = post.kind is PostKind.SHARE_CARD
    return {
        "copyright_stat": 2,
        "ori_article_type": "",
        "is_cartoon_copyright": 0,
        "platform": html_escaped(post.repost_source),
        "reprint_url": escape(source_url(post)),
        "source_username": "gh_0000source00",
        "source_mid": "2650000001",
        "source_idx": "1",
        "hide_source": 0,
        "guide_words": html_escaped(plain_text(post)) if card else "",
        "reprint_style": 2 if card else 0,
        "reprint_type": 2 if card else 3,
        "is_reprint_appmsg_original_cancel": 0,
    }


def source_url(post: WorldPost) -> str:
    """Where a reprinted article first stood."""
    return post.traits.get(
        "reprint_url",
        f"http://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ%3D%3D&mid=2650000001&idx=1&sn={signature_of(post)[::-1]}",
    )


def _voices(post: WorldPost) -> list[Value]:
    if post.kind is not PostKind.AUDIO and not post.traits.get("audio"):
        return []
    return [{"voice_id": post.key, "sn": signature_of(post), "voice_md5": "", "listen_id": "222483580000000000"}]


def _videos(post: WorldPost) -> list[Value]:
    if post.kind is not PostKind.VIDEO:
        return []
    video = post.traits.get("video", f"wxv_{message_of(post)[0]}")
    return [{"video_id": video, "cover_url": post.images[0] if post.images else "", "duration": 93}]


def _picture(address: str) -> dict[str, Value]:
    """The address comes first: the nested ones belong to the watermark and the cropped cover, not to the post."""
    return {
        "cdn_url": escape(address),
        "width": 1080,
        "height": 1440,
        "theme_color": "rgb(255,255,255)",
        "is_qr_code": 0,
        "poi_info": [],
        "live_photo": {"format_info": []},
        "show_watermark": True,
        "watermark_info": {"cdn_url": "http://mmbiz.qpic.cn/mmbiz_png/watermark/0?wx_fmt=png", "is_uploader": True},
        "share_cover": {"width": 1080, "height": 1080, "cdn_url": "https://mmbiz.qpic.cn/mmbiz_jpg/cropped/0"},
    }


def _claim(post: WorldPost) -> dict[str, Value]:
    claim = post.traits.get("claim")
    if claim is None:
        return {"is_user_no_claim_source": 1}
    return {"claim_source_type": 4, "claim_source": html_escaped(claim)}
