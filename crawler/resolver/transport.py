"""How an answer came over the wire, or why its certificate was not trusted."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from domain.link import Transport

#: What TLS libraries say of a certificate that they refuse.
_REFUSED = ("certificate verify failed", "certificate_verify_failed", "verificationerror", "dnsmismatch")


def transport_of(url: str) -> Transport:
    """By the scheme of the address that answered."""
    scheme = urlsplit(url).scheme
    return Transport(scheme) if scheme in ("http", "https") else Transport.UNKNOWN


def is_distrust(error: BaseException) -> bool:
    """True where the other side was there and its certificate was refused."""
    return any(word in repr(each).lower() for each in _causes(error) for word in _REFUSED)


def _causes(error: BaseException) -> Iterator[object]:
    """The error and everything that it was made of: Twisted wraps failures in lists of failures."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < 50:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting.extend((getattr(each, "__cause__", None), getattr(each, "__context__", None)))
        waiting.append(getattr(each, "value", None))
        reasons = getattr(each, "reasons", None)
        waiting.extend(reasons if isinstance(reasons, (list, tuple)) else ())
