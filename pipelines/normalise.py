"""RawPost → Post: what a page showed becomes what is on file, without losing a character that a rule could need."""

from __future__ import annotations

import re

from domain.post import Attachment, Post, RawPost

#: Control characters that no text needs; they would only break files and spread sheets. Tabs and line breaks stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """``text`` with one kind of line end and no control characters. Nothing else is folded: invisible and full-width
    characters are how rules are dodged, and spans of findings point into this text."""
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text))


def normalise(account_id: str, raw: RawPost, *, attachments: tuple[Attachment, ...] = (), evidence: str = "") -> Post:
    """The post on file that ``raw`` makes. Addresses keep their order and lose their doubles.

    Raises ``ValueError`` for a post without a key: it could never be found again.
    """
    key = raw.post_key.strip()
    if not key:
        raise ValueError("a post needs the platform's own key")
    source = None if raw.repost_source is None else clean(raw.repost_source).strip()
    return Post(
        account_id=account_id,
        key=key,
        url=raw.url,
        kind=raw.kind,
        title=clean(raw.title).strip(),
        text=clean(raw.text),
        published_at=raw.published_at,
        original=raw.original,
        repost_source=source,
        images=tuple(dict.fromkeys(raw.images)),
        links=tuple(dict.fromkeys(raw.links)),
        attachments=attachments,
        evidence=evidence,
    )
