"""One response as the spiders see it, and how it is made fit to be kept."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, quote_plus

from crawler.items import digest_of
from domain.outcome import Outcome

#: What stands in a capture where a credential was.
MASK = "***"
#: Headers that identify a session; never kept.
_PRIVATE_HEADERS = frozenset(("cookie", "set-cookie", "authorization", "proxy-authorization", "x-replica-host"))
#: Names that headers of sessions and keys have on one platform or another.
_PRIVATE_NAME = re.compile(r"token|secret|session|api-?key|credential|passw|csrf|xsrf|-auth\b")
#: Tokens in replies of the official APIs.
_TOKEN = re.compile(rb'("(?:access_token|refresh_token|authorizer_access_token)"\s*:\s*")[^"]*"')
_TOKEN_QUERY = re.compile(
    r"([?&](?:access_token|secret|appsecret|client_secret|pass_ticket|key|uin|msToken|uifid|verifyFp|fp|s_v_web_id)=)[^&#]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One response, or the reason why there is none.

    ``outcome`` is OK where a body came that must be read; anything else is decided already (no response, a wall by
    status). ``url`` is where the response came from after redirects; ``location`` an unfollowed redirect's target.
    """

    url: str
    requested_url: str = ""
    method: str = "GET"
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    fetched_at: datetime
    outcome: Outcome = Outcome.OK
    detail: str = ""
    location: str = ""
    request_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    _kept: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)
    _named: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def answered(self) -> bool:
        """True when any response came."""
        return self.status > 0

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.headers.get("content-type", "")

    @property
    def kept_body(self) -> bytes:
        """The body as it goes into evidence: without credentials."""
        if not self._kept:  # asked for several times, and a page may weigh megabytes
            self._kept.append(strip_body(self.body, self.secrets))
        return self._kept[0]

    @property
    def digest(self) -> str:
        """Name of the capture in the evidence archive; empty without a response."""
        if not self.answered:
            return ""
        if not self._named:
            self._named.append(digest_of(self.kept_body))
        return self._named[0]


def strip_body(body: bytes, secrets: Iterable[str]) -> bytes:
    """``body`` without the given secrets and without tokens of official APIs."""
    for form in _forms(secrets):
        body = body.replace(form.encode(), MASK.encode())
    return _TOKEN.sub(rb'\g<1>***"', body) if b"access_token" in body or b"refresh_token" in body else body


def _forms(secrets: Iterable[str]) -> list[str]:
    """Every notation in which a reply may repeat one of the secrets, the longest first."""
    found: set[str] = set()
    for secret in filter(None, secrets):
        escaped = json.dumps(secret)[1:-1]
        found |= {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret)}
        found |= {escaped, escaped.replace("/", "\\/")}
    return sorted(found, key=len, reverse=True)


def strip_url(url: str, secrets: Iterable[str] = ()) -> str:
    """``url`` with the values of credential parameters and the given secrets masked."""
    for form in _forms(secrets):
        url = url.replace(form, MASK)
    return _TOKEN_QUERY.sub(rf"\g<1>{MASK}", url)


def strip_headers(headers: Mapping[str, str], secrets: Iterable[str] = ()) -> dict[str, str]:
    """``headers`` without those that identify a session; in the others the given secrets are masked."""
    secrets = tuple(secrets)
    return {
        name: strip_url(value, secrets)
        for name, value in headers.items()
        if name.lower() not in _PRIVATE_HEADERS and not _PRIVATE_NAME.search(name.lower())
    }
