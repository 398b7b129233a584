"""WeChat's official interface for the owner of an account, with its limits and its errors.

Traits of an account: ``api`` is ``ip_not_allowed`` (no token, 40164), ``unauthorized`` (48001) or ``expiring`` (the
token expires once, in the middle of paging); ``datacube`` is ``offline`` (47009), ``delayed`` (``is_delay``) or
``unauthorized``. ``token_error`` is a number with which no token is issued; ``api_error``, ``publish_error``,
``datacube_error`` and ``comment_error`` a number with which every call, the publish list, the statistics or the
comments refuse. ``Wall.QUOTA`` answers every list call with 45009. ``certified_until`` (ISO instant), ``menu`` (JSON
of its buttons), ``quota_used`` (of 1,000). Traits of a post: ``comments`` (JSON: a list of hours after publication at
which somebody wrote, each with the hours until the answer or null), ``comment_shape`` (``list``: answers in arrays).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from domain.clock import in_china
from replica.request import Reply, Request, json_reply, text_reply
from replica.wechat_pages import api_replies
from replica.wechat_pages.addresses import message_of
from replica.wechat_pages.published import FIRST_DAY, article_id, day_statistics, is_ready, news_item, push_item, pushes
from replica.wechat_pages.tokens import app_of, error, expire_once, holder, issue
from replica.world import Wall, World, WorldAccount

HOSTS = (
    "api.weixin.qq.com",
    "api2.weixin.qq.com",
    "sh.api.weixin.qq.com",
    "sz.api.weixin.qq.com",
    "hk.api.weixin.qq.com",
)

_Call = Callable[[World, WorldAccount, Mapping[str, object]], Reply]


def answer(world: World, request: Request) -> Reply:
    """The answer of the interface; errors come with status 200 and a number."""
    if request.path == "/cgi-bin/token":
        return issue(world, request.query, stable=False)
    asking = _QUESTIONS.get(request.path)
    call = _CALLS.get(request.path) or asking
    if call is None and request.path != "/cgi-bin/stable_token":
        return text_reply("404 page not found\n", 404)
    body: Mapping[str, object] | Reply = {}
    if asking is None:
        if request.method != "POST":
            return error(43002, "require POST method")
        body = _body(request)
    if isinstance(body, Reply):
        return body
    if call is None:
        return issue(world, body, stable=True)
    entry, refusal = holder(world, request.query.get("access_token", ""))
    if refusal is not None:
        return refusal
    if entry is None or entry.traits.get("api") == "unauthorized":
        return error(48001, "api unauthorized")
    kind = next((name for path, name in _KINDS.items() if request.path.startswith(path)), "")
    for trait in ("api_error", f"{kind}_error"):
        if trait in entry.traits:
            return json_reply(api_replies.failure(int(entry.traits[trait])))
    return call(world, entry, body)


def _body(request: Request) -> Mapping[str, object] | Reply:
    if not request.body:
        return error(44002, "empty post data")
    try:
        value = request.json()
    except ValueError:
        return error(47001, "data format error")
    return value if isinstance(value, dict) else error(47001, "data format error")


def _publish_list(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    if entry.wall is Wall.QUOTA:
        return error(45009, "reach max api daily quota limit")
    offset, count = body.get("offset", 0), body.get("count", 20)
    if not isinstance(offset, int) or not isinstance(count, int) or offset < 0 or not 1 <= count <= 20:
        return error(40035, "invalid parameter")
    if offset and entry.traits.get("api") == "expiring" and expire_once(world, app_of(world, entry.account)):
        return error(42001, "access_token expired")
    listed = pushes(world, entry)
    shown = listed[offset : offset + count]
    with_content = body.get("no_content") != 1
    return json_reply(
        {
            "total_count": len(listed),
            "item_count": len(shown),
            "item": [push_item(entry, push, with_content=with_content) for push in shown],
        }
    )


def _publish_item(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    if entry.wall is Wall.QUOTA:
        return error(45009, "reach max api daily quota limit")
    for push in pushes(world, entry):
        if article_id(push) == body.get("article_id"):
            return json_reply({"news_item": [news_item(entry, post, with_content=True) for post in push]})
    return error(53600, "Article ID 无效")


def _statistics(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    if entry.wall is Wall.QUOTA:
        return error(45009, "reach max api daily quota limit")
    state = entry.traits.get("datacube")
    if state == "offline":
        return error(47009, "this api is offline, please use the new api")
    if state == "unauthorized":
        return error(48001, "api unauthorized")
    try:
        begin = date.fromisoformat(str(body.get("begin_date")))
        end = date.fromisoformat(str(body.get("end_date")))
    except ValueError:
        return error(61500, "date format error")
    if begin != end or begin < FIRST_DAY or not _is_past(end, world):
        return error(61501, "date range error")
    if not is_ready(begin, world.now):
        return error(61503, "data not ready, please try later")
    if state == "delayed":
        return json_reply({"is_delay": True, "list": []})
    return json_reply({"is_delay": False, "list": day_statistics(world, entry, begin)})


def _is_past(day: date, world: World) -> bool:
    """True for yesterday and before, at +08:00."""
    return day < in_china(world.now).date()


def _quota(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    used = _DAILY if entry.wall is Wall.QUOTA else int(entry.traits.get("quota_used", "12"))
    return json_reply(api_replies.quota(_DAILY, used))


def _comments(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    if entry.wall is Wall.QUOTA:
        return error(45009, "reach max api daily quota limit")
    begin, count = body.get("begin", 0), body.get("count", 0)
    if not isinstance(begin, int) or not isinstance(count, int) or not 0 < count < 50:
        return error(40035, "invalid parameter")
    asked = (str(body.get("msg_data_id")), str(int(str(body.get("index", 0))) + 1))
    post = next((post for post in world.posts_of(entry.account.id) if message_of(post) == asked), None)
    if post is None:
        return error(88001, "msg_data_id is not exist")
    written: list[tuple[int, int | None]] = []
    for after, answered in json.loads(post.traits.get("comments", "[]")):
        moment = int((post.published_at + timedelta(hours=after)).timestamp())
        written.append((moment, None if answered is None else moment + int(answered * 3600)))
    listed = post.traits.get("comment_shape") == "list"
    return json_reply(api_replies.comment_page(written[begin : begin + count], len(written), listed=listed))


def _account(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    until = entry.traits.get("certified_until")
    end = datetime.fromisoformat(until) if until else world.now + timedelta(days=200)
    return json_reply(
        api_replies.account_info(
            app_of(world, entry.account),
            entry.account.name,
            entry.account.verified_subject,
            service=entry.traits.get("service") == "1",
            certified=end > world.now,
            until=int(end.timestamp()),
            signature=entry.description,
        )
    )


def _menu(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    return json_reply(api_replies.menu(json.loads(entry.traits.get("menu", "[]"))))


def _offline(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    return error(47009, "this api is offline, please use the new api")


def _nothing(world: World, entry: WorldAccount, body: Mapping[str, object]) -> Reply:
    return json_reply({"total_count": 0, "item_count": 0, "item": []})


_DAILY = 1000
#: Which trait decides about a call, by the beginning of its path.
_KINDS = {"/cgi-bin/freepublish/": "publish", "/datacube/": "datacube", "/cgi-bin/comment/": "comment"}
#: Calls that are asked with GET.
_QUESTIONS: Mapping[str, _Call] = {
    "/cgi-bin/account/getaccountbasicinfo": _account,
    "/cgi-bin/get_current_selfmenu_info": _menu,
}
_CALLS: Mapping[str, _Call] = {
    "/cgi-bin/comment/list": _comments,
    "/cgi-bin/freepublish/batchget": _publish_list,
    "/cgi-bin/freepublish/getarticle": _publish_item,
    "/datacube/getarticletotaldetail": _statistics,
    "/datacube/getarticlesummary": _offline,
    "/datacube/getarticletotal": _offline,
    "/cgi-bin/openapi/quota/get": _quota,
    "/cgi-bin/draft/batchget": _nothing,
    "/cgi-bin/material/batchget_material": _nothing,
}
