"""Post → Segments: title and body as they stand, attachments through the readers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor

from domain.outcome import Outcome
from domain.post import Attachment, Post, Segment, Unexamined
from extractors import extract
from pipelines.executor import in_flight
from store import Store
from store.records import Extraction

#: Posts whose files are held in memory at once.
_AT_ONCE = 8
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{4,}")
#: What the platform prints above or below a post that was taken from somebody else.
_SOURCE = "来源：{}"
_REASONS = {
    Outcome.DELETED: "附件已不存在（死链）",
    Outcome.ROBOTS: "站点不允许抓取附件",
    Outcome.NO_TOOL: "缺少下载工具",
    Outcome.NO_IMPORT: "导入的文件里没有这个附件",
}


def written_links(text: str) -> tuple[str, ...]:
    """Addresses that stand in the text itself: many posts cannot hold a link one can click."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?'\")]") for found in _ADDRESS.findall(text)))


def links_of(post: Post, extraction: Extraction | None) -> tuple[str, ...]:
    """Every link of a post, each once: clickable, written out, and in its files."""
    in_files = extraction.links if extraction is not None and extraction.revision == post.revision else ()
    return tuple(dict.fromkeys((*post.links, *written_links(post.title), *written_links(post.text), *in_files)))


def text_segments(post: Post) -> tuple[Segment, ...]:
    """What a reader sees of the post itself: its title, its text, and the source that the platform names."""
    segments = [Segment(name, text) for name, text in (("title", post.title), ("body", post.text)) if text]
    if post.repost_source:
        segments.append(Segment("source", _SOURCE.format(post.repost_source)))
    return tuple(segments)


def extract_post(post: Post, bodies: Mapping[str, bytes]) -> Extraction:
    """What the attachments of ``post`` hold; ``bodies`` are their bytes by digest. Each part that could not be
    searched is named with its reason. Pure: it may run anywhere."""
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    links: list[str] = []
    for number, attachment in enumerate(post.attachments, start=1):
        name = attachment.name or attachment.url.rsplit("/", 1)[-1]
        data = bodies.get(attachment.digest)
        if data is None:
            unexamined.append(Unexamined(name, _reason(attachment)))
            continue
        found = extract(data, name, field=f"attachment:{number}", media_type=attachment.media_type)
        segments.extend(found.segments)
        unexamined.extend(found.unexamined)
        links.extend(found.links)
    return Extraction(
        post_id=post.id,
        revision=post.revision,
        segments=tuple(segments),
        unexamined=tuple(unexamined),
        links=tuple(dict.fromkeys(links)),
    )


def _reason(attachment: Attachment) -> str:
    if attachment.outcome is Outcome.OK:
        return "附件未留存（过大，或留存的内容已损坏），请人工查看"
    return f"{_REASONS.get(attachment.outcome, '附件未能下载')}（{attachment.outcome}），请人工查看"


def extract_stored(store: Store, executor: Executor, post_ids: Sequence[str], *, batch: int = 200) -> Iterator[int]:
    """Extract the attachments of these posts where that is missing or of an older revision; yields how many posts
    have been gone through after each batch."""
    for start in range(0, len(post_ids), batch):
        some = post_ids[start : start + batch]
        with_files = [item.post for item in store.posts(some) if item.post.attachments]
        held = store.extractions([post.id for post in with_files])
        missing = [post for post in with_files if post.id not in held or held[post.id].revision != post.revision]
        for found in in_flight(executor, extract_post, _work(store, missing), _AT_ONCE):
            store.put_segments(found)
        yield start + len(some)


def _work(store: Store, posts: Sequence[Post]) -> Iterator[tuple[Post, dict[str, bytes]]]:
    for post in posts:
        bodies = {a.digest: store.body_or_none(a.digest) for a in post.attachments if a.digest}
        yield post, {digest: body for digest, body in bodies.items() if body is not None}
