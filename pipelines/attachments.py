"""The files of posts, each read once: the same attachment in fifty posts is the same bytes.

One file is in memory at a time (two where other processes read), and of what stands in it no more than one file may
hold, however many files a post has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from domain.outcome import Outcome
from domain.post import Attachment, Post, Segment, Unexamined
from extractors import Extraction as FileExtraction
from extractors import extract
from extractors.limits import DEFAULT
from pipelines.executor import in_flight
from store import Store
from store.records import Extraction

#: Files handed to other processes at once.
_AT_ONCE = 2
_REASONS = {
    Outcome.DELETED: "附件已不存在（死链）",
    Outcome.ROBOTS: "站点不允许抓取附件",
    Outcome.NO_TOOL: "缺少下载工具",
    Outcome.NO_IMPORT: "导入的文件里没有这个附件",
}
#: What makes two attachments the same to a reader: their bytes, and what their names say of their kind.
Key = tuple[str, str, str]


def name_of(attachment: Attachment) -> str:
    """The name by which people know an attachment."""
    return attachment.name or attachment.url.rsplit("/", 1)[-1]


def key_of(attachment: Attachment) -> Key:
    """See ``Key``."""
    return attachment.digest, PurePosixPath(name_of(attachment).lower()).suffix, attachment.media_type


def read_file(data: bytes | None, name: str, number: int, media_type: str) -> FileExtraction | None:
    """What stands in one attachment; ``None`` where its bytes are not at hand. Pure: it may run anywhere."""
    return None if data is None else extract(data, name, field=f"attachment:{number}", media_type=media_type)


def not_at_hand(attachment: Attachment) -> Unexamined:
    """The attachment with the reason for which nobody looked into it."""
    if attachment.outcome is Outcome.OK:
        return Unexamined(name_of(attachment), "附件未留存（过大，或留存的内容已损坏），请人工查看")
    reason = f"{_REASONS.get(attachment.outcome, '附件未能下载')}（{attachment.outcome}），请人工查看"
    return Unexamined(name_of(attachment), reason)


@dataclass(slots=True)
class Gathered:
    """What the attachments of one post hold, within the limits of one file."""

    post: Post
    segments: list[Segment] = field(default_factory=list)
    unexamined: list[Unexamined] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    _room: int = DEFAULT.characters

    def add(self, attachment: Attachment, found: FileExtraction | None) -> None:
        """Take in one attachment."""
        if found is None:
            self.unexamined.append(not_at_hand(attachment))
            return
        self.unexamined.extend(found.unexamined)
        self.links.extend(found.links)
        self._room -= sum(len(segment.text) for segment in found.segments)
        if self._room < 0 or len(self.segments) + len(found.segments) > DEFAULT.segments:
            reason = "这条内容的附件文字总量过大，这个附件未检查，请人工查看"
            self.unexamined.append(Unexamined(name_of(attachment), reason))
            return
        self.segments.extend(found.segments)

    def done(self) -> Extraction:
        """As it is kept."""
        return Extraction(
            post_id=self.post.id,
            revision=self.post.revision,
            segments=tuple(self.segments),
            unexamined=tuple(self.unexamined),
            links=tuple(dict.fromkeys(self.links)),
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where the content of a file is kept: with which post, under which number and name; and what is not kept there by
    file."""

    post_id: str
    number: int
    name: str
    rest: FileExtraction


class AttachmentReader:
    """Reads the attachments of posts for one run; remembers where the content of each file is kept."""

    def __init__(self, store: Store, executor: Executor) -> None:
        self._store = store
        self._executor = executor
        self._planned: set[Key] = set()
        self._seen: dict[Key, _Seen] = {}

    def read(self, posts: Sequence[Post]) -> Iterator[Extraction]:
        """What the attachments of each post hold, in order. Each result must be stored before the next is asked for."""
        turns: deque[tuple[Post, int, Attachment]] = deque()
        results = in_flight(self._executor, read_file, self._work(posts, turns), _AT_ONCE)
        for post in posts:
            gathered = Gathered(post)
            for _ in post.attachments:
                found = next(results)
                _, number, attachment = turns.popleft()
                gathered.add(attachment, self._settled(gathered, number, attachment, found))
                del found
            yield gathered.done()

    def _work(
        self, posts: Sequence[Post], turns: deque[tuple[Post, int, Attachment]]
    ) -> Iterator[tuple[bytes | None, str, int, str]]:
        for post in posts:
            for number, attachment in enumerate(post.attachments, start=1):
                turns.append((post, number, attachment))
                key = key_of(attachment)
                again = key in self._planned
                if attachment.digest:
                    self._planned.add(key)
                data = self._store.body_or_none(attachment.digest) if attachment.digest and not again else None
                yield data, name_of(attachment), number, attachment.media_type

    def _settled(
        self, gathered: Gathered, number: int, attachment: Attachment, found: FileExtraction | None
    ) -> FileExtraction | None:
        key = key_of(attachment)
        if found is None:
            seen = self._seen.get(key)
            return None if seen is None else self._again(gathered, seen, number, name_of(attachment))
        self._seen[key] = _Seen(gathered.post.id, number, name_of(attachment), replace(found, segments=()))
        return found

    def _again(self, gathered: Gathered, seen: _Seen, number: int, name: str) -> FileExtraction:
        """The content of a file that has been read, under its number and name in this post."""
        if seen.post_id == gathered.post.id:
            kept: Sequence[Segment] = gathered.segments
        else:
            stored = self._store.extractions([seen.post_id]).get(seen.post_id)
            kept = stored.segments if stored is not None else ()
        old, new = f"attachment:{seen.number}", f"attachment:{number}"
        segments = tuple(
            replace(segment, field=new, locator=_renamed(segment.locator, seen.name, name))
            for segment in kept
            if segment.field == old
        )
        unexamined = tuple(Unexamined(_renamed(p.part, seen.name, name), p.reason) for p in seen.rest.unexamined)
        return replace(seen.rest, segments=segments, unexamined=unexamined)


def _renamed(place: str, old: str, new: str) -> str:
    return new + place.removeprefix(old) if place.startswith(old) else place


def read_post(post: Post, bodies: Mapping[str, bytes]) -> Extraction:
    """What the attachments of ``post`` hold; ``bodies`` are their bytes by digest."""
    gathered = Gathered(post)
    for number, attachment in enumerate(post.attachments, start=1):
        data = bodies.get(attachment.digest)
        gathered.add(attachment, read_file(data, name_of(attachment), number, attachment.media_type))
    return gathered.done()
