"""Access tokens of the official interface, and the little that the interface remembers between two calls."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from domain.account import Account
from replica.request import Reply, json_reply
from replica.wechat_pages.api_replies import failure
from replica.world import World, WorldAccount

EXPIRES_IN = 7200
#: The request id that closes every error message.
RID = "rid: 6a350000-0d5b2c10-2f7a9e41"


def error(code: int, message: str) -> Reply:
    """A failure: status 200 and a number."""
    return json_reply({"errcode": code, "errmsg": f"{message} {RID}"})


@dataclass(slots=True)
class Memory:
    """How many tokens an app was given, and which apps have had a token expire under their hands."""

    generation: dict[str, int] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)


_memories: WeakKeyDictionary[World, Memory] = WeakKeyDictionary()
_guard = threading.Lock()


def memory_of(world: World) -> Memory:
    """What is remembered of ``world``; it lives as long as the world does."""
    with _guard:
        return _memories.setdefault(world, Memory())


def issue(world: World, query: Mapping[str, object], *, stable: bool) -> Reply:
    """Answer ``stable_token`` (the same token until it expires or a new one is forced) or ``token`` (a new one each
    time): 41002 and 41004 for what is missing, 40002, 40013, 40125, 40164 for what is wrong."""
    app, secret = str(query.get("appid") or ""), str(query.get("secret") or "")
    if query.get("grant_type") != "client_credential":
        return error(40002, "invalid grant_type")
    if not app:
        return error(41002, "appid missing")
    if not secret:
        return error(41004, "appsecret missing")
    credential = next((entry for entry in world.credentials.values() if entry.get("appid") == app), None)
    if credential is None:
        return error(40013, "invalid appid")
    if credential.get("secret") != secret:
        return error(40125, "invalid appsecret")
    entry = account_of_app(world, app)
    if entry is not None and "token_error" in entry.traits:
        return json_reply(failure(int(entry.traits["token_error"])))
    if entry is not None and entry.traits.get("api") == "ip_not_allowed":
        return error(40164, "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist")
    memory = memory_of(world)
    with _guard:
        if not stable or query.get("force_refresh") is True:
            memory.generation[app] = memory.generation.get(app, 0) + 1
        return json_reply({"access_token": _token(app, memory.generation.get(app, 0)), "expires_in": EXPIRES_IN})


def expire_once(world: World, app: str) -> bool:
    """Let the present token of ``app`` expire, the first time this is asked for; later calls change nothing."""
    memory = memory_of(world)
    with _guard:
        if app in memory.expired:
            return False
        memory.expired.add(app)
        memory.generation[app] = memory.generation.get(app, 0) + 1
        return True


def holder(world: World, token: str) -> tuple[WorldAccount | None, Reply | None]:
    """The account a token was issued for, or the error: 41001 missing, 42001 expired, 40001 never issued."""
    if not token:
        return None, error(41001, "access_token missing")
    memory = memory_of(world)
    for credential in world.credentials.values():
        app = credential.get("appid", "")
        newest = memory.generation.get(app, 0)
        if token == _token(app, newest):
            return account_of_app(world, app), None
        if any(token == _token(app, older) for older in range(newest)):
            return None, error(42001, "access_token expired")
    return None, error(40001, "invalid credential, access_token is invalid or not latest")


def account_of_app(world: World, app: str) -> WorldAccount | None:
    """The account that ``app`` belongs to: by its ``appid``, else by the credential its official route names."""
    for entry in world.of_platform("wechat"):
        if app_of(world, entry.account) == app:
            return entry
    return None


def app_of(world: World, account: Account) -> str:
    """The ``appid`` of an account; empty where it has no official route."""
    for route in account.routes:
        if route.kind == "official" and route.credential in world.credentials:
            return world.credentials[route.credential].get("appid", "")
    return account.attributes.get("appid", "")


def _token(app: str, generation: int) -> str:
    digest = hashlib.sha256(f"{app}:{generation}".encode()).hexdigest()
    return f"99_replica{digest}"
