"""The official API as the owner of an account may use it: a stable token, and calls that refresh it once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from crawler.fetched import Fetched
from crawler.parsing.payload import integer, json_value, mapping, string
from crawler.platforms.wechat.errors import BUSY_CODE, MINUTE_CODE, TOKEN_CODES, of_api
from crawler.visit import Visit
from domain.outcome import Outcome
from domain.post import Reading

HOST = "api.weixin.qq.com"
#: Placeholders: the download handler puts the credential in their place at the last moment.
_TOKEN_MARK, _SECRET_MARK = "XUNJIAN-ACCESS-TOKEN", "XUNJIAN-APP-SECRET"
#: Seconds to wait before each further try when the system is busy, and for a new minute's quota.
_BUSY_PAUSES = (1.0, 2.0, 4.0)
_MINUTE = 61.0
_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}


class OfficialApi:
    """Calls for one account in one visit. Every reply is kept as evidence without its credentials."""

    def __init__(self, visit: Visit, credential: Mapping[str, str]) -> None:
        self.visit = visit
        self.appid = credential.get("appid", "") or visit.account.attributes.get("appid", "")
        self._secret = credential.get("secret", "")
        self._token = ""
        self._refreshed = self._waited = False

    @property
    def is_usable(self) -> bool:
        """True when both halves of the credential are there."""
        return bool(self.appid and self._secret)

    async def call(self, path: str, payload: Mapping[str, Any] | None = None, *, kind: str = "list") -> Reading:
        """One call: a POST with ``payload``, a GET without one.

        A token that turns out to be invalid is refreshed once in a visit, a busy system is asked again three times, and
        a quota of the minute is waited out once.
        """
        reading = await self._call(path, payload, kind)
        for pause in _BUSY_PAUSES:
            if _code(reading) != BUSY_CODE:
                break
            await self._pause(pause)
            reading = await self._call(path, payload, kind)
        if _code(reading) == MINUTE_CODE and not self._waited:
            self._waited = True
            await self._pause(_MINUTE)
            reading = await self._call(path, payload, kind)
        return reading

    async def numbers(self, path: str, payload: Mapping[str, Any]) -> tuple[Mapping[str, Any], Reading]:
        """One call whose reply holds what readers wrote: it is never kept as evidence. Returns the reply and its
        reading (an error's, or an empty one)."""
        refused = await self._ensure_token()
        if refused is not None:
            return {}, refused
        fetched = await self._fetch(path, payload)
        if not fetched.answered or fetched.outcome is not Outcome.OK:
            return {}, Reading(outcome=fetched.outcome, detail=fetched.detail)
        data = mapping(json_value(fetched.body))
        code = integer(data, "errcode")
        if code:
            return {}, of_api(code, string(data, "errmsg"), fetched.fetched_at)
        return data, Reading(outcome=Outcome.OK)

    async def _call(self, path: str, payload: Mapping[str, Any] | None, kind: str) -> Reading:
        refused = await self._ensure_token()
        if refused is not None:
            return refused
        reading = await self.visit.judge(await self._fetch(path, payload), kind)
        if _code(reading) in TOKEN_CODES and not self._refreshed:
            self._refreshed = True
            refused = await self._ensure_token(force=True)
            if refused is not None:
                return refused
            reading = await self.visit.judge(await self._fetch(path, payload), kind)
        return reading

    async def _fetch(self, path: str, payload: Mapping[str, Any] | None) -> Fetched:
        return await self.visit.fetch(
            f"https://{HOST}{path}?access_token={_TOKEN_MARK}",
            method="GET" if payload is None else "POST",
            headers=_JSON,
            body=b"" if payload is None else _encoded(payload),
            secrets={_TOKEN_MARK: self._token},
        )

    async def _pause(self, seconds: float) -> None:
        """Wait; nobody needs sparing where the local replica answers."""
        if self.visit.plan.replica is None:
            await asyncio.sleep(seconds)

    async def _ensure_token(self, *, force: bool = False) -> Reading | None:
        """Get a token where there is none; returns the reading of a refusal."""
        if self._token and not force:
            return None
        fetched = await self._ask_token(force=force)
        if fetched.answered:
            reply = mapping(json_value(fetched.body))
            token = string(reply, "access_token")
            if token:
                self._token = token
                return None
        reading = await self.visit.judge(fetched, "list")
        if reading.outcome is Outcome.OK:  # an answer without a token and without an error
            return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="接口没有返回令牌，可能改版；请联系维护人员")
        return reading

    async def _ask_token(self, *, force: bool) -> Fetched:
        request = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": _SECRET_MARK,
            "force_refresh": force,
        }
        url = f"https://{HOST}/cgi-bin/stable_token"
        secrets = {_SECRET_MARK: self._secret}
        fetched = await self.visit.fetch(url, method="POST", headers=_JSON, body=_encoded(request), secrets=secrets)
        for pause in _BUSY_PAUSES:
            if not (fetched.answered and integer(mapping(json_value(fetched.body)), "errcode") == BUSY_CODE):
                break
            await self._pause(pause)
            fetched = await self.visit.fetch(url, method="POST", headers=_JSON, body=_encoded(request), secrets=secrets)
        return fetched


def _code(reading: Reading) -> int:
    return int(reading.cursor.get("errcode", "0"))


def _encoded(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode("utf-8")
