"""What a file holds, compared with what is on file: new, changed, the same, or not to be taken."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from crawler.items import PostItem, digest_of
from crawler.parsing.post_keys import same_address
from domain.account import Account
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import Attachment, Post, RawPost
from pipelines.importing_model import Brought, Gathered, Refusal, Source, Tally
from pipelines.normalise import normalise
from store import Store
from store.records import StoredPost

#: What a file may leave out; it then stays as it is on file.
_FIELDS = ("title", "url", "kind", "original", "repost_source", "images", "links", "published_at")


def weigh(gathered: Gathered, source: Source, account: Account, store: Store) -> tuple[Tally, list[PostItem]]:
    """The account of every part of the file, and the posts that go down the line."""
    return _Weighing(gathered, source, account, store).result()


class _Weighing:
    def __init__(self, gathered: Gathered, source: Source, account: Account, store: Store) -> None:
        self._gathered, self._source, self._account = gathered, source, account
        self._on_file = {stored.post.key: stored for stored in store.posts_of(account.id)}
        self._by_address = {same_address(s.post.url): key for key, s in self._on_file.items() if s.post.url}
        self._own = {account.key, account.name, *account.attributes.values()}
        self._own |= {alias.partition(":")[2] for alias in account.aliases}
        self._seen: dict[str, Brought] = {}
        self._ready: list[PostItem] = []
        self._tally = Tally(
            gathered.shape,
            gathered.unit,
            gathered.read,
            list(gathered.notes),
            skipped=list(gathered.skipped),
            refused=list(gathered.refused),
            exported_at=source.exported_at,
        )

    def result(self) -> tuple[Tally, list[PostItem]]:
        for brought in sorted(self._gathered.posts, key=_rank):
            if problem := self._foreign(brought.post):
                self._refuse(brought, problem)
                continue
            key = self._key(brought.post)
            named = replace(brought, post=replace(brought.post, post_key=key))
            if key in self._seen:
                self._doubled(named, self._seen[key])
                continue
            self._seen[key] = named
            self._enter(named)
        for parts in (self._tally.refused, self._tally.skipped):
            parts.sort(key=_where)
        shown = (one.post.published_at for one in self._ready if not one.post.outcome.is_gone)
        self._tally.newest_at = max((moment for moment in shown if moment is not None), default=None)
        return self._tally, self._ready

    def _refuse(self, brought: Brought, problem: str) -> None:
        self._tally.refused.append(Refusal(brought.place, problem))

    def _skip(self, brought: Brought, reason: str) -> None:
        self._tally.skipped.append(Refusal(brought.place, reason))

    def _foreign(self, post: RawPost) -> str:
        """Why a post is not this account's; empty where it may be."""
        name, key = post.account.strip(), post.account_key.strip()
        host_differs = self._account.platform == "website" and bool(key) and key not in self._own
        if not (name or key) or key in self._own or (name in self._own and not host_differs):
            return ""  # a site's name is anybody's, its host is not
        return f"属于“{key if host_differs else name or key}”，不是“{self._account.name}”；请核对账号，或改台账中的名称"

    def _key(self, post: RawPost) -> str:
        """The platform's own key, else the key under which this address is on file, else one made from when the post
        was published and how it begins."""
        if post.post_key in self._on_file:
            return post.post_key
        if post.url and (known := self._by_address.get(same_address(post.url))):
            return known
        if post.post_key:
            return post.post_key
        self._tally.without_key += 1
        moment = in_china(post.published_at).strftime("%Y%m%d%H%M") if post.published_at else "-"
        words = "".join((post.title or post.text[:60]).split())
        return f"import-{hashlib.sha256(f'{moment} {words}'.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def _doubled(self, brought: Brought, before: Brought) -> None:
        one, other = brought.post, before.post
        if (one.title, one.text, one.published_at) == (other.title, other.text, other.published_at):
            self._skip(brought, f"与{before.place}相同")
        elif brought.digest:
            self._skip(brought, f"与{before.place}是同一篇")
        else:
            self._refuse(brought, f"与{before.place}是同一篇（编号或链接相同），内容却不一样；请核对后只留一份")

    def _enter(self, brought: Brought) -> None:
        stored, tally = self._on_file.get(brought.post.post_key), self._tally
        post, attachments = _completed(brought, stored)
        if post.published_at is None and not post.outcome.is_gone:
            self._refuse(brought, "没有发布时间，网页上也找不到；请填表导入并写明发布时间")
            return
        made = normalise(self._account.id, post, attachments=attachments, evidence=brought.digest)
        if stored is None and post.outcome.is_gone and not made.title and not made.text:
            self._skip(brought, "页面已不存在，也从未入库")
            return
        if stored is None:
            tally.new.append(brought.place)
        elif _is_same(made, post.outcome, stored):
            tally.unchanged.append(brought.place)
        elif stored.last_read_at is not None and stored.last_read_at > brought.seen_at:
            seen = f"{in_china(stored.last_read_at):%Y-%m-%d %H:%M}"
            self._skip(brought, f"已存的内容较新（{seen} 读取），没有覆盖")
            return
        else:
            tally.changed.append(brought.place)
        tally.without_text += not made.text and not post.outcome.is_gone
        self._ready.append(
            PostItem(
                account_id=self._account.id,
                post=post,
                attachments=attachments,
                capture_digest=brought.digest or digest_of(self._source.body),
                fetched_at=brought.seen_at,
            )
        )


def _where(part: Refusal) -> tuple[str, int]:
    """As a person goes through the file: by sheet, then by row."""
    number = re.search(r"第 (\d+) ", part.place)
    return part.place.partition("第 ")[0], int(number[1]) if number else 0


def _rank(brought: Brought) -> tuple[bool, float]:
    """Of several captures of one post the whole one comes before a mere entry of a list, the later before the earlier;
    rows of a table keep their order."""
    return (not brought.post.text, -brought.seen_at.timestamp()) if brought.digest else (False, 0.0)


def _completed(brought: Brought, stored: StoredPost | None) -> tuple[RawPost, tuple[Attachment, ...]]:
    """The post with what the file does not speak of as it is on file, and its files."""
    if stored is None:
        return brought.post, brought.attachments
    old, given = stored.post, brought.given
    kept = {name: getattr(old, name) for name in _FIELDS if name not in given}
    if not {"text", "transcript"} & given:
        kept["text"] = old.text
    return replace(brought.post, **kept), brought.attachments if "attachments" in given else old.attachments


def _is_same(made: Post, outcome: Outcome, stored: StoredPost) -> bool:
    old = stored.post
    if outcome is not stored.outcome:
        return False
    if outcome.is_gone:
        return True
    return (made.revision, made.published_at) == (old.revision, old.published_at) and (made.url or old.url) == old.url
