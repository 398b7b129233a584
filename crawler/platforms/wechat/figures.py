"""Replies of the official API that are figures or bookkeeping: statistics, quotas, counts, receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.parsing.payload import integer, mapping, objects, string
from crawler.platforms.wechat.body import address
from crawler.platforms.wechat.errors import without_secrets
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

#: A name for each statistic, by a key that only its rows have; the first that fits wins.
_BY_ROW = (
    ("page_path", "miniprogram_pages"),
    ("item_list", "miniprogram_distribution"),
    ("visit_total", "miniprogram_summary"),
    ("session_cnt", "miniprogram_visits"),
    ("cumulate_user", "followers"),
    ("new_user", "follower_changes"),
    ("ref_hour", "hourly"),
    ("share_scene", "shares"),
    ("int_page_read_user", "reads"),
    ("msg_count", "messages"),
    ("callback_count", "callbacks"),
)
#: Replies that are one object of numbers, by a key that only they have.
_BY_KEY = (
    ("voice_count", "material_count"),
    ("realspeed", "mass_send_speed"),
    ("visit_uv_new", "miniprogram_users"),
    ("ip_list", "addresses"),
)
#: ``msg_status`` of ``message/mass/get``.
_MASS = {
    "SEND_SUCCESS": (Outcome.OK, "群发成功"),
    "SENDING": (Outcome.UNAVAILABLE, "正在群发；稍后再查"),
    "SEND_FAIL": (Outcome.UNAVAILABLE, "群发失败；请登录公众平台查看原因"),
    "DELETE": (Outcome.DELETED, "群发的内容已被删除"),
}
#: What only requests hold.
_REQUEST_KEYS = frozenset(
    [
        "appid",
        "begin_date",
        "end_date",
        "offset",
        "count",
        "no_content",
        "cgi_path",
        "rid",
        "msg_data_id",
        "index",
        "begin",
        "type",
        "user_comment_id",
        "content",
        "article_id",
        "publish_id",
        "msg_id",
        "article_idx",
        "filter",
        "msgtype",
        "touser",
        "towxname",
        "speed",
        "articles",
        "media_id",
        "title",
        "introduction",
        "grant_type",
        "secret",
        "force_refresh",
        "text",
        "image",
        "images",
        "mpnews",
        "voice",
        "mpvideo",
        "wxcard",
    ]
)


def read_figures(data: Mapping[str, Any]) -> Reading | None:
    """The reading of such a reply; ``None`` where it is none of them.

    Statistics are a profile: ``statistics`` names them, ``rows`` holds them as they came.
    """
    if "quota" in data:
        return _profile("quota", [dict(mapping(data, "quota"))])
    if "request" in data and "invoke_time" in mapping(data, "request"):
        return _trace(mapping(data, "request"))
    rows = [dict(row) for row in objects(data.get("list"))]
    for key, name in _BY_ROW:
        if rows and key in rows[0]:
            return _profile(name, rows, string(data, "ref_date"))
    for key, name in _BY_KEY:
        if key in data:
            return _profile(name, [{k: v for k, v in data.items() if k not in ("errcode", "errmsg")}])
    return _receipt(data)


def _receipt(data: Mapping[str, Any]) -> Reading | None:
    if "msg_status" in data:
        status = string(data, "msg_status").upper()
        outcome, detail = _MASS.get(status, (Outcome.LAYOUT_CHANGED, "群发状态不认识；请人工核对"))
        return Reading(outcome=outcome, detail=detail)
    if "down_url" in data:
        title, url = string(data, "title"), address(string(data, "down_url"))
        post = RawPost(
            kind=PostKind.VIDEO,
            title=title,
            text=string(data, "description"),
            attachments=(RawAttachment(url, title, "video"),) if url else (),
        )
        return Reading(outcome=Outcome.OK, kind=PostKind.VIDEO, posts=(post,))
    if set(data) == {"total_count"}:
        return _profile("draft_count", [dict(data)])
    if set(data) <= {"media_id", "url", "item"}:
        return Reading(outcome=Outcome.OK, detail="接口应答：素材已保存")
    if data and set(data) <= _REQUEST_KEYS:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="这是发给接口的请求，不是应答；请换成接口返回的内容")
    return None


def _trace(request: Mapping[str, Any]) -> Reading:
    """``openapi/rid/get``: what a call was and how it ended; addresses and bodies without credentials."""
    row = {
        "invoke_time": integer(request, "invoke_time") or 0,
        "cost_in_ms": integer(request, "cost_in_ms") or 0,
        "client_ip": string(request, "client_ip"),
        "request_url": without_secrets(string(request, "request_url")),
        "response_body": without_secrets(string(request, "response_body")),
    }
    return _profile("call_trace", [row])


def _profile(name: str, rows: list[dict[str, Any]], day: str = "") -> Reading:
    profile: dict[str, object] = {"statistics": name, "rows": rows}
    if day:
        profile["day"] = day
    return Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile=profile)
