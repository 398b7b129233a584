"""Pages that show content, of every kind (``item_show_type``), in the 2025 and 2026 notations and in older layouts."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.parsing.dates import from_epoch, relative_date
from crawler.parsing.markup import all_by_class, by_class, by_id, inner_text, metas
from crawler.platforms.wechat.body import Body, address, image_address, read_body, read_fragment, voice_address
from crawler.platforms.wechat.inline import Inline
from crawler.platforms.wechat.script import ScriptError, js_decode, value_at
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

#: ``item_show_type`` → kind. 0 is an article unless it is a share card; 17 is a picture where it has pictures.
_KINDS = {
    0: PostKind.ARTICLE,
    5: PostKind.VIDEO,
    6: PostKind.AUDIO,
    7: PostKind.AUDIO,
    8: PostKind.PICTURE,
    10: PostKind.TEXT,
    11: PostKind.SHARE_CARD,
    16: PostKind.VIDEO,
    17: PostKind.TEXT,
}
_SHARED_SOURCE = re.compile(r"以下文章来源于\s*(.+?)\s*(?:[，,]\s*作者.*)?$")
_NOTICE = re.compile(r"innerHTML\s*=\s*(?=[\"'])")
_LINE_BREAK = re.compile(r"\\x0a|\\n")
#: How archived layouts declare 原创: before the name of the author.
_DECLARED = re.compile(r"^原创\s*[：:]?")
_ACCOUNT_PLACES = ("profile_nickname", "wx_follow_nickname", "account_nickname_inner", "rich_media_meta_nickname")


def is_content(root: Any, inline: Inline) -> bool:
    """True for a page that shows content. Decided by nodes and data, never by words: those occur in any script."""
    if by_id(root, "js_article") is not None:
        return True
    status = inline.data.get("base_resp")
    if isinstance(status, Mapping) and status.get("ret") == 0:
        return True
    has_title = by_id(root, "activity-name") is not None or inline.variable("msg_title") is not None
    return by_id(root, "js_content") is not None and has_title


def read_article(root: Any, inline: Inline, url: str, fetched_at: datetime) -> Reading:
    """The one post of a content page."""
    kind = _kind(root, inline)
    body = _BODIES.get(kind, _article_body)(root, inline)
    original, source = _origin(root, inline)
    link = address(inline.text("link", "msg_link")) or _own_address(root, url)
    further = address(inline.text("source_url", "msg_source_url"))
    post = RawPost(
        kind=kind,
        account=_account(root, inline),
        account_key=inline.text("user_name"),
        post_key=_post_key(inline, link, url),
        url=link or canonical_address(url),
        title=_title(root, inline),
        text=body.text,
        published_at=_published_at(root, inline, fetched_at),
        original=original,
        repost_source=source,
        images=body.images,
        links=tuple(dict.fromkeys((*body.links, *([further] if further else [])))),
        attachments=body.attachments,
    )
    outcome, detail = Outcome.OK, ""
    if body.is_empty and not (kind is PostKind.TEXT and post.title):
        outcome = Outcome.LAYOUT_CHANGED
        detail = "页面是文章页，但读不到正文；原始页面已留存，请人工打开核对"
    elif not post.title and not body.text and post.published_at is None:
        outcome, detail = Outcome.LAYOUT_CHANGED, "页面是文章页，但读不到标题和时间；原始页面已留存，请人工打开核对"
    return Reading(
        outcome=outcome, kind=kind, account=post.account, account_key=post.account_key, posts=(post,), detail=detail
    )


def _kind(root: Any, inline: Inline) -> PostKind:
    number = inline.number("item_show_type")
    shared = by_id(root, "js_share_content") is not None
    copyright_info = _copyright(inline)
    styles = {copyright_info.get("reprint_style"), copyright_info.get("reprint_type")}
    if number in (None, 0):
        if shared or 2 in styles or inline.variable("reprint_style") == 2:
            return PostKind.SHARE_CARD
        if number == 0:
            return PostKind.ARTICLE
        return _kind_by_nodes(root, inline)
    if number == 17 and inline.pictures:
        return PostKind.PICTURE
    return _KINDS.get(number, _kind_by_nodes(root, inline)) if number is not None else PostKind.ARTICLE


def _kind_by_nodes(root: Any, inline: Inline) -> PostKind:
    if by_class(root, "page_share_img") is not None or by_id(root, "img_swiper_content") is not None:
        return PostKind.PICTURE
    if by_class(root, "page_share_video") is not None:
        return PostKind.VIDEO
    if by_class(root, "page_share_audio") is not None or by_id(root, "voice_parent") is not None:
        return PostKind.AUDIO
    if by_id(root, "js_text_title") is not None or by_id(root, "js_text_desc") is not None:
        return PostKind.TEXT
    if by_class(root, "page_share_common") is not None:
        return PostKind.PICTURE if inline.pictures else PostKind.TEXT
    return PostKind.ARTICLE


# -- bodies --------------------------------------------------------------------------------------------------------


def _article_body(root: Any, inline: Inline) -> Body:
    element = by_id(root, "js_content")
    if element is None:
        element = by_class(root, "rich_media_content")
    body = read_body(element) if element is not None else Body()
    if body.is_empty:
        markup = inline.text("content_noencode")
        template = by_id(root, "content_tpl")
        if not markup and template is not None:
            markup = template.text or ""
        body = read_fragment(markup) if markup else body
    voices = _voices(inline)
    known = {file.url for file in body.attachments}
    extra = tuple(file for file in voices if file.url not in known) if not body.attachments else ()
    return Body(body.text, body.images, body.links, body.attachments + extra)


def _card_body(root: Any, inline: Inline) -> Body:
    """The recommendation, and the card of the shared article: title, account, and where it leads."""
    copyright_info = _copyright(inline)
    notice = (
        str(copyright_info.get("reprint_recommend_content_noencode") or "").strip()
        or str(copyright_info.get("guide_words") or "").strip()
        or _share_notice(root)
    )
    body = read_fragment(notice, keep_lines=True) if notice else Body()
    panel = by_id(root, "js_share_content")
    lines = [body.text]
    links = list(body.links)
    images = list(body.images)
    if panel is not None:
        lines.extend(_text_of(panel, name) for name in ("original_panel_title", "js_content", "original_panel_desc"))
        source = by_id(panel, "js_share_source")
        links.append(address(source.get("data-url") or source.get("href") or "") if source is not None else "")
    links.append(address(str(copyright_info.get("reprint_url") or "")))
    if panel is None and inline.number("item_show_type") == 11:
        shared = _article_body(root, inline)
        lines.append(shared.text)
        links.extend(shared.links)
        images.extend(shared.images)
    lines = list(dict.fromkeys(line for line in lines if line))
    if not lines and (title := _title(root, inline)):
        lines.append(title)
    return Body("\n".join(lines), tuple(dict.fromkeys(images)), tuple(dict.fromkeys(filter(None, links))))


def _share_notice(root: Any) -> str:
    element = by_id(root, "js_share_notice")
    if element is None:
        return ""
    for script in element.iter("script"):
        found = _NOTICE.search(script.text or "")
        if found:
            try:
                value = value_at(script.text, found.end())
            except ScriptError:
                continue
            if isinstance(value, str):
                return value
    return inner_text(element)


def _short_body(root: Any, inline: Inline) -> Body:
    """Pictures and short texts: everything is in the data, the nodes are empty until the page's scripts run."""
    info = inline.data.get("text_page_info")
    written = info.get("content") if isinstance(info, Mapping) else None
    candidates = (
        inline.data.get("content_noencode"),
        written,
        inline.rendered.get("contentNoEncode"),
        inline.data.get("desc"),
        inline.variable("content_noencode"),
        inline.variable("desc"),
        inline.variable("msg_desc"),
        js_decode(_LINE_BREAK.sub("\n", metas(root).get("description", ""))),
    )
    markup = next((text for text in candidates if isinstance(text, str) and text.strip()), "")
    body = read_fragment(markup, keep_lines=True)
    pictures = [image_address(str(item.get("cdn_url") or "")) for item in inline.pictures]
    if not pictures:
        swiper = by_id(root, "img_swiper_content")
        pictures = list(read_body(swiper).images) if swiper is not None else []
    text = body.text
    if not text:
        description = by_id(root, "js_text_desc")
        text = inner_text(description) if description is not None else ""
    return Body(text, tuple(dict.fromkeys(filter(None, (*pictures, *body.images)))), body.links, body.attachments)


def _media_body(root: Any, inline: Inline) -> Body:
    """Video and audio shares: a description, and the file."""
    body = _short_body(root, inline)
    element = by_id(root, "js_content")
    if not body.text and element is not None:
        body = read_body(element)
    files = {file.url: file for file in (*body.attachments, *_voices(inline), *_videos(inline))}
    parent = by_id(root, "voice_parent")
    if parent is not None:
        files.update({file.url: file for file in read_body(parent).attachments})
    voice = inline.variable("voiceid")
    if isinstance(voice, str) and not files:
        files[voice_address(voice)] = RawAttachment(voice_address(voice), _title(root, inline), "audio")
    return Body(body.text or _title(root, inline), body.images, body.links, tuple(files.values()))


_BODIES = {
    PostKind.SHARE_CARD: _card_body,
    PostKind.PICTURE: _short_body,
    PostKind.TEXT: _short_body,
    PostKind.VIDEO: _media_body,
    PostKind.AUDIO: _media_body,
}


def _voices(inline: Inline) -> tuple[RawAttachment, ...]:
    listed = inline.data.get("voice_in_appmsg")
    items = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    found = [
        RawAttachment(voice_address(voice), str(item.get("name") or item.get("title") or ""), "audio")
        for item in items
        if (voice := str(item.get("voice_id") or item.get("voice_encode_fileid") or ""))
    ]
    return tuple(found)


def _videos(inline: Inline) -> tuple[RawAttachment, ...]:
    listed = inline.data.get("video_page_infos")
    infos = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    single = inline.data.get("video_page_info")
    if not infos and isinstance(single, Mapping):
        infos = [single]
    found = []
    for info in infos:
        forms = info.get("mp_video_trans_info")
        urls = (
            [str(form.get("url") or "") for form in forms if isinstance(form, Mapping)]
            if isinstance(forms, list)
            else []
        )
        target = next((image_address(url) for url in urls if url), "")
        video = str(info.get("video_id") or info.get("vid") or "")
        if not target and video:
            target = f"https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&vid={video}"
        if target:
            found.append(RawAttachment(target, str(info.get("title") or ""), "video"))
    return tuple(found)


# -- single values -------------------------------------------------------------------------------------------------


def _copyright(inline: Inline) -> Mapping[str, Any]:
    info = inline.data.get("copyright_info")
    return info if isinstance(info, Mapping) else {}


def _text_of(root: Any, name: str) -> str:
    element = by_id(root, name)
    return inner_text(element) if element is not None else ""


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _title(root: Any, inline: Inline) -> str:
    declared = metas(root)
    candidates = (
        str(inline.data.get("title") or ""),
        declared.get("og:title", ""),
        str(inline.variable("msg_title") or ""),
        _text_of(root, "activity-name"),
        declared.get("twitter:title", ""),
        _text_of(root, "js_text_title"),
    )
    for text in candidates:
        if line := _line(_LINE_BREAK.sub(" ", text)):
            return line
    element = by_class(root, "rich_media_title")
    if element is not None and (line := inner_text(element)):
        return line
    title = next(iter(root.iter("title")), None)
    return _line(title.text or "") if title is not None else ""


def _account(root: Any, inline: Inline) -> str:
    if name := inline.text("nick_name", "nickname"):
        return _line(name)
    if name := _text_of(root, "js_name"):
        return name
    element = by_class(root, *_ACCOUNT_PLACES)
    return inner_text(element) if element is not None else ""


def _own_address(root: Any, url: str) -> str:
    return address(metas(root).get("og:url", "")) or address(url)


def _post_key(inline: Inline, link: str, url: str) -> str:
    mid, index = inline.text("mid"), inline.text("idx")
    if mid.isdigit() and mid != "0":
        return f"{mid}_{index if index.isdigit() and index != '0' else '1'}"
    return key_of_address(link) or key_of_address(url)


def _published_at(root: Any, inline: Inline, fetched_at: datetime) -> datetime | None:
    """Publication to the second where the page has it, else to the minute; relative words count from ``fetched_at``."""
    moment = from_epoch(
        inline.number("ori_create_time", "create_timestamp", "ct", "oriCreateTime", "ori_send_time", "create_time")
    )
    if moment is not None:
        return moment
    shown = [
        str(inline.data.get("create_time") or ""),
        str(inline.variable("createTime") or ""),
        str(inline.variable("create_time") or ""),
        *(_text_of(root, name) for name in ("publish_time", "post-date")),
    ]
    for text in shown:
        if text and (moment := relative_date(text, fetched_at)) is not None:
            return moment
    return None


def _origin(root: Any, inline: Inline) -> tuple[bool | None, str | None]:
    """Whether 原创 is declared, and the account an article was taken from."""
    info = _copyright(inline)
    status = info.get("copyright_stat")
    if not isinstance(status, int):
        status = inline.number("copyright_stat", "_copyright_stat")
    if status is None:
        logo = by_id(root, "copyright_logo")
        status = 1 if (logo is not None and "原创" in inner_text(logo)) or _declared_by_author(root) else None
    source = _line(str(info.get("platform") or "")) or _line(str(inline.variable("source_nickname") or ""))
    if not source:
        source = _source_by_nodes(root)
    if source and status is None:
        status = 2
    if status is None and by_id(root, "js_content") is not None:
        status = 0  # the layouts that declare nothing have no marker at all
    return (None if status is None else status == 1), (source or None)


def _declared_by_author(root: Any) -> bool:
    """Archived layouts write 原创 before the author's name."""
    author = by_id(root, "js_author_name")
    places = (*([author] if author is not None else []), *all_by_class(root, "rich_media_meta_text"))
    return any(_DECLARED.match(inner_text(place)) for place in places)


def _source_by_nodes(root: Any) -> str:
    for name in ("original_primary_nickname", "original_account_nickname"):
        element = by_class(root, name)
        if element is not None and (text := inner_text(element)):
            return text
    if text := _text_of(root, "js_share_author"):
        return text
    tips = by_class(root, "original_primary_card_tips")
    found = _SHARED_SOURCE.search(inner_text(tips)) if tips is not None else None
    return found[1] if found else ""
