"""What a reply about a mini program says: they come from the same interface as those about an official account."""

from __future__ import annotations

from datetime import datetime

from crawler.platforms.wechat import page as wechat
from domain.post import Reading


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a reply of the official interface (figures of visits, basic information, or an error)."""
    return wechat.read(body, url, fetched_at, status=status, content_type=content_type)
