"""The owner's receiver of what WeChat pushes: a sending is known within seconds instead of on the next day.

Only signed messages are believed, and of those only that something was sent: nothing of a reader is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.platforms.wechat.callback import PushEvent, fields, read_event
from crawler.platforms.wechat.envelope import EnvelopeError, decrypt, is_signed
from domain.account import Account
from domain.clock import Clock
from domain.outcome import Outcome
from store import Store

#: A message whose time differs more than this from ours is an old one that somebody sends again.
FRESH = timedelta(minutes=15)
#: Larger messages are none of the platform's (bytes).
LARGEST = 256 * 1024
#: What the platform expects to hear; else it repeats itself.
_ACCEPTED = "success"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform is answered."""

    status: int
    text: str = ""


class Receiver:
    """Checks messages and files what they announce.

    ``credentials`` are those of the workspace by name; of an account's credential it uses ``token`` (the Token of
    消息推送) and, in the safe mode, ``aes_key`` and ``appid``. ``tell`` gets one Chinese line for every message.
    """

    def __init__(
        self,
        store: Store,
        credentials: Mapping[str, Mapping[str, str]],
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._store = store
        self._credentials = {name: dict(values) for name, values in credentials.items() if values.get("token")}
        self._clock = clock
        self._tell = tell
        self._guard = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The credentials under whose address messages are taken: ``/wechat/<name>``."""
        return tuple(sorted(self._credentials))

    def handle(self, method: str, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one request; never raises for what was sent."""
        name = self._name(path)
        credential = self._credentials.get(name)
        if credential is None:
            return Answer(404, "not found")
        refusal = self._unsigned(query, credential)
        if refusal:
            self._tell(f"{name}：{refusal}")
            return Answer(403, "forbidden")
        if method == "GET":
            return self._greeting(name, query)
        if method != "POST":
            return Answer(405, "method not allowed")
        try:
            message = self._opened(query, credential, body)
            event = read_event(message)
        except EnvelopeError as error:
            self._tell(f"{name}：推送消息不予采信：{error}；请核对凭据库里的 token、aes_key、appid")
            return Answer(403, "forbidden")
        except ValueError:
            self._tell(f"{name}：推送消息不是微信的 XML，没有采信")
            return Answer(400, "bad request")
        return self._file(name, event)

    def _name(self, path: str) -> str:
        parts = [part for part in path.split("/") if part]
        if len(parts) == 2 and parts[0] == "wechat":
            return parts[1]
        return next(iter(self._credentials)) if parts in ([], ["wechat"]) and len(self._credentials) == 1 else ""

    def _unsigned(self, query: Mapping[str, str], credential: Mapping[str, str]) -> str:
        """Why the request is not believed, if so."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if not is_signed(query.get("signature", ""), credential["token"], timestamp, nonce):
            return "签名不对，没有采信；如确是微信发来的，请核对凭据库里的 token"
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
            return "时间戳不对，没有采信"
        if abs(self._clock.read().timestamp() - int(timestamp)) > FRESH.total_seconds():
            return "消息的时间与本机相差超过 15 分钟，没有采信；如确是微信发来的，请校准本机时钟"
        return ""

    def _greeting(self, name: str, query: Mapping[str, str]) -> Answer:
        """The platform checks the address when the owner enters it."""
        echo = query.get("echostr", "")
        if not echo or len(echo) > 256 or not echo.isascii() or not echo.isprintable():
            return Answer(400, "bad request")
        self._tell(f"{name}：公众平台核对了接收地址，已应答")
        return Answer(200, echo)

    @staticmethod
    def _opened(query: Mapping[str, str], credential: Mapping[str, str], body: bytes) -> bytes:
        encrypted = fields(body).get("Encrypt", "")
        aes_key = credential.get("aes_key", "")
        if not encrypted:
            if aes_key:
                raise EnvelopeError("登记了 aes_key（安全模式），消息却没有加密")
            return body
        if not aes_key:
            if "Event" in fields(body):  # 兼容模式 sends both; the plain half is covered by the plain signature
                return body
            raise EnvelopeError("消息是加密的，凭据库里没有 aes_key")
        parts = (query.get("timestamp", ""), query.get("nonce", ""), encrypted)
        if not is_signed(query.get("msg_signature", ""), credential["token"], *parts):
            raise EnvelopeError("加密消息的签名不对")
        return decrypt(encrypted, aes_key, credential.get("appid", ""))

    def _file(self, name: str, event: PushEvent) -> Answer:
        if not event.is_sending:
            return Answer(200, _ACCEPTED)
        with self._guard:
            account = self._store.account(f"wechat:{event.account_key}")
            if account is None or not _speaks_for(name, account):
                self._tell(f"{name}：推送的账号 {event.account_key} 不在台账上，或台账没有写明用这份凭据；没有登记")
                return Answer(200, _ACCEPTED)
            found = event.announcements(account.id)
            self._store.put_announcements(found, self._clock.read())
        self._tell(_line(account, event, sum(1 for item in found if item.key), self._clock.read()))
        return Answer(200, _ACCEPTED)


def _speaks_for(name: str, account: Account) -> bool:
    return any(route.credential == name for route in account.routes)


def _line(account: Account, event: PushEvent, articles: int, now: datetime) -> str:
    """What became of one message, for the person who watches."""
    if event.outcome is not Outcome.OK:
        return f"{account.name}：{event.detail}"
    if not articles:
        return f"{account.name}：{event.detail}，但没有给出文章链接；次日统计接口列出后再读"
    late = f"（{int((now - event.at).total_seconds() // 60)} 分钟前发出）" if now - event.at > FRESH else ""
    return f"{account.name}：{event.detail}，{articles} 篇已登记，下一次巡检时读取{late}"
