"""Pages that stand between us and the site: firewalls that want a script run first, and pages of errors."""

from __future__ import annotations

import re
from typing import Any

from domain.markup import readable_text
from domain.outcome import Outcome

_CHALLENGE = re.compile(
    r"acw_sc__v[23]|wzws_(?:sessionid|reload|confirm)|WZWS_|yunsuo_session_verify|__jsl_clearance|\$_ts\b|_\$[a-z]{2}\(\)"
    r"|/_guard/|safeline|cf-chl|正在进行安全检测|安全验证|请完成验证"
)
_COOKIE_RELOAD = re.compile(r"document\.cookie\s*=")
_RELOAD = re.compile(r"location\.(?:reload|replace|href)|window\.location|\.submit\(\)")
_GONE = re.compile(
    r"(?:页面|文章|内容|信息|网页|资源)(?:已经?)?(?:不存在|被删除|已删除|已下线|找不到)|404 Not Found", re.IGNORECASE
)
_BLOCKED = re.compile(
    r"(?:访问|请求)(?:过于|太)?频繁|访问被(?:拒绝|拦截|阻断)|您的(?:请求|访问).{0,12}(?:拦截|阻断|异常)"
)
#: A page with less readable text than this (characters) shows nobody anything.
_BARE = 200


def wall_of(text: str, root: Any, status: int) -> tuple[Outcome, str] | None:
    """What a page without any known structure is; ``None`` where even that is unknown."""
    if status in (412, 521):
        return Outcome.VERIFY_WALL, f"站点要求浏览器验证（HTTP {status}）；请人工打开核对，或联系站点放行巡检地址"
    shown = readable_text(root)
    bare = len(shown) < _BARE
    if bare and (_CHALLENGE.search(text) or (_COOKIE_RELOAD.search(text) and _RELOAD.search(text))):
        return Outcome.VERIFY_WALL, "站点返回浏览器校验页面；请人工打开核对，或联系站点放行巡检地址"
    if status in (404, 410):
        return Outcome.DELETED, f"页面不存在（HTTP {status}）"
    if bare and _BLOCKED.search(shown):
        return Outcome.RATE_LIMITED, "站点提示访问被限制；下一轮再检"
    if bare and status < 400 and _GONE.search(shown):
        return Outcome.DELETED, "页面提示内容不存在或已删除"
    return None
