"""What the pages of a saved file say, read by the platform they came from, with their bytes as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler import generic, platforms, reading
from crawler.items import CaptureItem, digest_of
from domain.outcome import Outcome
from domain.post import Attachment, PostKind, RawAttachment, RawPost, Reading
from pipelines.importing_model import Brought, Gathered, Refusal, Source

#: What a page that shows a post speaks of; one that only lists it shows the beginning of it.
_WHOLE = frozenset(
    ("title", "text", "published_at", "url", "kind", "original", "repost_source", "images", "links", "attachments")
)
_LISTED = frozenset(("title", "published_at", "url"))


@dataclass(frozen=True, slots=True)
class Page:
    """One saved response. ``alone``: the file is this page, so that not to understand it is to refuse the file."""

    place: str
    url: str
    body: bytes = field(repr=False)
    at: datetime
    content_type: str = "text/html"
    status: int = 200
    alone: bool = False


#: Bytes and media type of what lies at an address in the same file; empty where it holds nothing of that address.
FileOf = Callable[[str], tuple[bytes, str]]


def nothing(url: str) -> tuple[bytes, str]:
    """A file that holds pages only."""
    del url
    return b"", ""


@dataclass(frozen=True, slots=True)
class PageReader:
    """Enters what pages say in ``gathered``."""

    source: Source
    gathered: Gathered
    file_of: FileOf = nothing

    def read(self, pages: Iterable[Page]) -> None:
        """Read all ``pages``."""
        for page in pages:
            self.gathered.read += 1
            self._page(page)

    def _page(self, page: Page) -> None:
        result = self._reading(page)
        posts = [post for post in result.posts if not post.outcome.is_reach]
        where = f"{page.place}（{page.url[:80]}）" if page.url and not page.alone else page.place
        if not posts and result.outcome.is_gone and page.url:
            posts = [RawPost(outcome=result.outcome, url=page.url, detail=result.detail)]
        if not posts:
            problem = Refusal(where, result.detail or "不是文章，也不是作品列表")
            (self.gathered.refused if page.alone else self.gathered.skipped).append(problem)
            return
        is_list = result.kind is PostKind.LIST
        digest = self._keep(page, "list" if is_list else "post", result.outcome)
        for number, post in enumerate(posts, start=1):
            whole = not post.truncated and bool(post.text or post.outcome.is_gone)
            self.gathered.posts.append(
                Brought(
                    place=where if len(posts) == 1 else f"{where}第 {number} 篇",
                    post=replace(
                        post,
                        url=post.url or (page.url if len(posts) == 1 else ""),
                        account=post.account or result.account,
                        account_key=post.account_key or result.account_key,
                    ),
                    given=_WHOLE if whole else _LISTED,
                    digest=digest,
                    seen_at=page.at,
                    attachments=tuple(self._attachment(file, page) for file in post.attachments),
                )
            )

    def _reading(self, page: Page) -> Reading:
        platform = self.source.platform
        if platform in platforms.names():
            found = reading.read(
                platform, page.body, page.url, page.at, status=page.status, content_type=page.content_type
            )
            # A website has as many layouts as it has years: where its reader knows none, the common traits may do.
            if found.outcome is not Outcome.LAYOUT_CHANGED or platform != "website":
                return found
        if page.body.lstrip()[:1] in (b"{", b"["):
            detail = "不认识的 JSON；应有 title、text、published_at 等项，或为该平台的接口回复"
            return Reading(outcome=Outcome.LAYOUT_CHANGED, detail=detail)
        return generic.read(page.body, page.url, page.at, content_type=page.content_type)

    def _attachment(self, file: RawAttachment, page: Page) -> Attachment:
        """The file of a post where the archive holds it; else it is named as not brought."""
        body, media_type = self.file_of(file.url)
        if not body:
            return Attachment(url=file.url, name=file.name, media_type=file.media_type, outcome=Outcome.NO_IMPORT)
        digest = self._keep(Page(page.place, file.url, body, page.at, media_type), "attachment", Outcome.OK)
        return Attachment(url=file.url, name=file.name, media_type=media_type or file.media_type, digest=digest)

    def _keep(self, page: Page, kind: str, outcome: Outcome) -> str:
        digest = digest_of(page.body)
        self.gathered.captures.append(
            CaptureItem(
                account_id=self.source.account_id,
                url=page.url or self.source.file_url,
                status=page.status,
                headers={"Content-Type": page.content_type},
                body=page.body,
                fetched_at=page.at,
                outcome=outcome,
                kind=kind,
                digest=digest,
            )
        )
        return digest
