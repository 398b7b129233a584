"""The official API as the owner of an account may use it: a stable token, and calls that refresh it once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from crawler.fetched import Fetched
from crawler.parsing.payload import json_value, mapping, string
from crawler.platforms.wechat.errors import TOKEN_CODES
from crawler.visit import Visit
from domain.outcome import Outcome
from domain.post import Reading

HOST = "api.weixin.qq.com"
#: Placeholders: the download handler puts the credential in their place at the last moment.
_TOKEN_MARK, _SECRET_MARK = "XUNJIAN-ACCESS-TOKEN", "XUNJIAN-APP-SECRET"
_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}


class OfficialApi:
    """Calls for one account in one visit. Every reply is kept as evidence without its credentials."""

    def __init__(self, visit: Visit, credential: Mapping[str, str]) -> None:
        self.visit = visit
        self.appid = credential.get("appid", "") or visit.account.attributes.get("appid", "")
        self._secret = credential.get("secret", "")
        self._token = ""
        self._refreshed = False

    @property
    def is_usable(self) -> bool:
        """True when both halves of the credential are there."""
        return bool(self.appid and self._secret)

    async def call(self, path: str, payload: Mapping[str, Any]) -> Reading:
        """One call; a token that turns out to be invalid is refreshed once in a visit."""
        refused = await self._ensure_token()
        if refused is not None:
            return refused
        reading = await self._post(path, payload)
        if int(reading.cursor.get("errcode", "0")) in TOKEN_CODES and not self._refreshed:
            self._refreshed = True
            refused = await self._ensure_token(force=True)
            if refused is not None:
                return refused
            reading = await self._post(path, payload)
        return reading

    async def _post(self, path: str, payload: Mapping[str, Any]) -> Reading:
        _, reading = await self.visit.get(
            f"https://{HOST}{path}?access_token={_TOKEN_MARK}",
            kind="list",
            method="POST",
            headers=_JSON,
            body=_encoded(payload),
            secrets={_TOKEN_MARK: self._token},
        )
        return reading

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
        busy = fetched.answered and string(mapping(json_value(fetched.body)), "errcode") == "-1"
        if busy:
            await asyncio.sleep(1)
            fetched = await self.visit.fetch(url, method="POST", headers=_JSON, body=_encoded(request), secrets=secrets)
        return fetched


def _encoded(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode("utf-8")
