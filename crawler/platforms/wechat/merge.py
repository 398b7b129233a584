"""Several routes of one account laid over each other: which article stands in one and is missing from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from domain.post import RawPost

#: Names of the sources as a clerk reads them.
SOURCES = {
    "published": "官方发布列表",
    "counted": "官方统计",
    "album": "合集",
    "rss": "订阅源",
    "page": "种子页面",
    "pushed": "平台推送",
}
#: Titles named in one remark.
_NAMED = 3


@dataclass
class _Source:
    keys: dict[str, str] = field(default_factory=dict)  # key → title
    titles: set[str] = field(default_factory=set)
    oldest: datetime | None = None
    newest: datetime | None = None


class Merged:
    """What each source of one visit listed, by ``mid_idx``; a short address counts under its article's key once that
    is known (``resolve``)."""

    def __init__(self) -> None:
        self._sources: dict[str, _Source] = {}
        self._dates: dict[str, datetime] = {}
        self._names: dict[str, str] = {}

    def add(self, source: str, posts: Iterable[RawPost]) -> None:
        """Enter what ``source`` lists. Withdrawn articles count: the source knows of them."""
        entry = self._sources.setdefault(source, _Source())
        for post in posts:
            if not post.post_key:
                continue
            title = _title(post.title)
            entry.keys[post.post_key] = title
            entry.titles.add(title)
            if post.published_at is None:
                continue
            self._dates.setdefault(post.post_key, post.published_at)
            entry.oldest = min(entry.oldest or post.published_at, post.published_at)
            entry.newest = max(entry.newest or post.published_at, post.published_at)

    def resolve(self, short: str, key: str) -> None:
        """A page has told that the short address ``short`` is the article ``key``."""
        self._names[short] = key

    def newest(self, *but: str) -> datetime | None:
        """The newest publication that any source but those shows."""
        dates = [entry.newest for name, entry in self._sources.items() if name not in but and entry.newest is not None]
        return max(dates, default=None)

    def same(self, post: RawPost) -> str:
        """The key of an article with that title that another source has listed under its real key, or empty."""
        title = _title(post.title)
        if not title:
            return ""
        found = {key for entry in self._sources.values() for key, name in entry.keys.items() if name == title}
        real = {key for key in found if "_" in key and key.replace("_", "").isdigit()}
        return real.pop() if len(real) == 1 else ""

    def remarks(self) -> list[str]:
        """What is to be told of the differences, in Chinese; each names the articles."""
        official = self._joined("published", "counted")
        said: list[str] = []
        if official is None:
            return said
        for name in ("album", "rss", "page", "pushed"):
            other = self._joined(name)
            if other is None:
                continue
            only = self._missing(other, official)
            if only:
                label = SOURCES[name]
                said.append(
                    f"有 {len(only)} 篇只见于{label}、官方接口没有列出（{_quoted(only)}）；请核对是否已删除或漏列"
                )
        feed = self._joined("rss")
        if feed is not None:
            only = self._missing(official, feed, until=feed.newest)
            if only:
                said.append(f"有 {len(only)} 篇官方接口已列出、订阅源里没有（{_quoted(only)}）；请检查转换服务")
        return said

    def _joined(self, *names: str) -> _Source | None:
        parts = [self._sources[name] for name in names if name in self._sources]
        if not parts:
            return None
        joined = _Source()
        for part in parts:
            joined.keys.update((self._names.get(key, key), title) for key, title in part.keys.items())
            joined.titles |= part.titles
            joined.oldest = min(filter(None, (joined.oldest, part.oldest)), default=None)
            joined.newest = max(filter(None, (joined.newest, part.newest)), default=None)
        return joined

    def _missing(self, here: _Source, there: _Source, *, until: datetime | None = None) -> list[str]:
        """Titles that stand here and not there, since both began and ``until``."""
        if here.oldest is None or there.oldest is None or there.newest is None:
            return []
        since = max(here.oldest, there.oldest)
        found = []
        for key, title in here.keys.items():
            at = self._dates.get(key)
            if (
                at is None
                or at < since
                or (until is not None and at > until)
                or key in there.keys
                or (title and title in there.titles)
            ):
                continue
            found.append(title or key)
        return found


def _title(text: str) -> str:
    return "".join(text.split())


def _quoted(titles: list[str]) -> str:
    shown = "、".join(f"《{title[:30]}》" for title in titles[:_NAMED])
    return shown + ("等" if len(titles) > _NAMED else "")
