"""How a request ended before anybody read its body: statuses and exceptions become outcomes, with a Chinese reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import exceptions

from domain.outcome import Outcome

#: Statuses by which the platforms ask for silence (418 and 432: Weibo; 429 and 509: the rest).
_RATE = frozenset((418, 429, 432, 509))
#: Statuses of web application firewalls that want a browser check first.
_CHECK = frozenset((412, 521))


class RobotsForbidden(exceptions.IgnoreRequest):
    """The site's robots.txt does not allow this request."""


def of_status(status: int, headers: Mapping[str, str]) -> tuple[Outcome, str] | None:
    """The outcome that ``status`` alone decides, with its reason; ``None`` where the body must be read.

    ``headers`` have lower-case names.
    """
    wait = retry_after(headers.get("retry-after", ""), datetime.now(UTC))
    if status in _RATE or (status == 503 and wait is not None):
        pause = f"，对方要求 {wait} 秒后再来" if wait is not None else ""
        return Outcome.RATE_LIMITED, f"访问过于频繁，被限流（HTTP {status}）{pause}；本轮停止访问该账号，下一轮再试"
    if status in _CHECK:
        return Outcome.VERIFY_WALL, f"站点要求浏览器验证（HTTP {status}）；请人工打开核对，或联系站点放行巡检地址"
    if status == 401:
        return Outcome.NOT_AUTHORIZED, "站点要求登录授权（HTTP 401）；请核对访问凭据"
    if status == 403:
        return Outcome.NOT_AUTHORIZED, "站点拒绝访问（HTTP 403）；请人工打开核对，或联系站点放行巡检地址"
    if status in (404, 410):
        return Outcome.DELETED, f"页面不存在（HTTP {status}）"
    if status >= 500:
        return Outcome.NETWORK, f"站点出错（HTTP {status}）；下一轮再试"
    if status >= 400:
        return Outcome.BAD_REQUEST, f"站点不接受该请求（HTTP {status}）；请核对登记的地址"
    return None


def retry_after(value: str, now: datetime) -> int | None:
    """Seconds to wait from a Retry-After header (a number or an HTTP date); ``None`` where there is none."""
    value = value.strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return int(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(int((moment - now).total_seconds()), 0)


def of_exception(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that got no response, with its reason."""
    if isinstance(error, RobotsForbidden):
        return Outcome.ROBOTS, "站点的 robots.txt 不允许访问；如属本单位账号，请在台账登记书面授权后再检"
    if isinstance(error, exceptions.DownloadTimeoutError):
        return Outcome.NETWORK, "连接超时；请检查本机网络，下一轮再试"
    if isinstance(error, exceptions.CannotResolveHostError):
        return Outcome.NETWORK, "域名无法解析；请核对登记的地址和本机网络"
    if isinstance(error, exceptions.DownloadConnectionRefusedError):
        return Outcome.NETWORK, "连接被拒绝；请核对登记的地址和本机网络"
    if isinstance(error, exceptions.UnsupportedURLSchemeError | exceptions.NotSupported):
        return Outcome.BAD_REQUEST, "地址不是网页地址；请核对台账"
    if isinstance(error, exceptions.IgnoreRequest):
        return Outcome.NETWORK, "跳转次数过多；请人工打开核对"
    if type(error).__module__.startswith("playwright"):
        return Outcome.NETWORK, f"浏览器打开页面失败（{type(error).__name__}）；下一轮再试"
    return Outcome.NETWORK, f"连接失败（{type(error).__name__}）；请检查本机网络，下一轮再试"
