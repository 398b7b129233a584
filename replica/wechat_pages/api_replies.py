"""The shapes in which the official interface answers, from plain values: one function a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

#: What the interface says beside a number.
ERRORS: Mapping[int, str] = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40007: "invalid media_id",
    40013: "invalid appid",
    40014: "invalid access_token",
    40035: "invalid parameter",
    40114: "invalid index value",
    40125: "invalid appsecret",
    40164: "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist",
    40243: "AppSecret has been frozen",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    42001: "access_token expired",
    43002: "require POST method",
    43004: "require subscribe",
    44002: "empty post data",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, mustslower retry next minute",
    45106: "this api is not supported",
    47001: "data format error",
    47009: "this api is offline, please use the new api",
    48001: "api unauthorized",
    48004: "api forbidden for irregularities, view detail on mp.weixin.qq.com",
    48006: "api forbid to clear quota because of reaching the limit",
    50002: "user limited",
    50004: "forbidden",
    50005: "user is unsubscribed",
    53503: "该草稿未通过发布检查",
    53504: "需前往公众平台官网使用草稿",
    53505: "请手动保存成功后再发表",
    53600: "Article ID 无效",
    61004: "access clientip is not registered",
    61500: "date format error",
    61501: "date range error",
    61503: "data not ready, please try later",
    85001: "wechat user not exist or cannot be searched",
    88000: "no comment privilege",
    88001: "msg_data_id is not exist",
    88003: "the comment is not exist",
    88005: "the comment is deleted",
    89501: "this ip is waiting for administrator's confirmation",
    89503: "this call needs administrator's confirmation",
    89506: "this ip was rejected twice within 24 hours",
    89507: "this ip was rejected within one hour",
}


def failure(code: int) -> dict[str, object]:
    """An error, as it comes with status 200."""
    return {"errcode": code, "errmsg": f"{ERRORS.get(code, 'unknown error')} rid: 6a350000-00000000-00000000"}


def publish_page(items: Sequence[Mapping[str, object]], total: int | None = None) -> dict[str, object]:
    """``freepublish/batchget``, ``draft/batchget`` and ``material/batchget_material``."""
    return {"total_count": len(items) if total is None else total, "item_count": len(items), "item": list(items)}


def push(
    name: str, articles: Sequence[Mapping[str, object]], updated: int, *, by: str = "article_id"
) -> dict[str, object]:
    """One entry of such a list: ``by`` is ``article_id`` or ``media_id``."""
    return {by: name, "content": {"news_item": list(articles)}, "update_time": updated}


def article(title: str, url: str, **more: object) -> dict[str, object]:
    """One article of a push."""
    return {
        "title": title,
        "author": "",
        "digest": "",
        "content": "",
        "content_source_url": "",
        "thumb_media_id": "",
        "show_cover_pic": 0,
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
        "url": url,
        "is_deleted": False,
        **more,
    }


def publication(job: str, status: int, name: str, urls: Sequence[str], failed: Sequence[int] = ()) -> dict[str, object]:
    """``freepublish/get``."""
    items = [{"idx": number, "article_url": url} for number, url in enumerate(urls, 1)]
    return {
        "publish_id": job,
        "publish_status": status,
        "article_id": name,
        "article_detail": {"count": len(items), "item": items},
        "fail_idx": list(failed),
    }


def comment_page(
    comments: Sequence[tuple[int, int | None]], total: int | None = None, *, listed: bool = False
) -> dict[str, object]:
    """``comment/list``: each comment is the moment it was written and the moment it was answered. ``listed`` puts
    replies into an array, as some fixtures have them."""
    rows: list[dict[str, object]] = []
    for number, (written, replied) in enumerate(comments):
        row: dict[str, object] = {
            "user_comment_id": number,
            "openid": f"oReader{number:021d}",
            "create_time": written,
            "content": f"读者的第 {number} 条留言",
            "comment_type": 0,
        }
        if replied is not None:
            reply = {"content": "感谢您的留言。", "create_time": replied}
            row["reply"] = [reply] if listed else reply
        rows.append(row)
    return {"errcode": 0, "errmsg": "ok", "total": len(rows) if total is None else total, "comment": rows}


def rows(listed: Iterable[Mapping[str, object]], day: str = "") -> dict[str, object]:
    """A statistic as a list of rows; ``day`` stands beside it where the statistic is of one day."""
    found: dict[str, object] = {"ref_date": day} if day else {}
    return {**found, "list": [dict(row) for row in listed]}


def quota(limit: int, used: int) -> dict[str, object]:
    """``openapi/quota/get``."""
    values = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    return {"errcode": 0, "errmsg": "ok", "quota": values}


def account_info(
    appid: str, name: str, subject: str, *, service: bool, certified: bool, until: int, signature: str
) -> dict[str, object]:
    """``account/getaccountbasicinfo``; ``until`` is when the certification ends (epoch seconds, 0: never had one)."""
    verified: dict[str, object] = {"qualification_verify": certified, "naming_verify": certified}
    if until:
        verified |= {
            "annual_review": True,
            "annual_review_begin_time": until - 31_536_000,
            "annual_review_end_time": until,
        }
    return {
        "errcode": 0,
        "errmsg": "ok",
        "appid": appid,
        "account_type": 2 if service else 1,
        "principal_type": 3,
        "principal_name": subject,
        "nickname": name,
        "realname_status": 1,
        "wx_verify_info": verified,
        "signature_info": {"signature": signature, "modify_used_count": 0, "modify_quota": 5},
        "head_image_info": {"head_image_url": "http://mmbiz.qpic.cn/mmbiz_png/avatar/0?wx_fmt=png"},
    }


def menu(buttons: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """``get_current_selfmenu_info``: closed where there is no button."""
    if not buttons:
        return {"is_menu_open": 0}
    return {"is_menu_open": 1, "selfmenu_info": {"button": list(buttons)}}
