"""Post → Segments: title and body as they stand, attachments through the readers of documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from domain.post import Post, Segment
from pipelines.attachments import AttachmentReader
from pipelines.written import written_links
from store import Store
from store.records import Extraction

#: What the platform prints above or below a post that was taken from somebody else.
_SOURCE = "来源：{}"


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


def extract_stored(store: Store, executor: Executor, post_ids: Sequence[str], *, batch: int = 200) -> Iterator[int]:
    """Extract the attachments of these posts where that is missing or of an older revision; yields how many posts
    have been gone through after each batch."""
    reader = AttachmentReader(store, executor)
    for start in range(0, len(post_ids), batch):
        some = post_ids[start : start + batch]
        with_files = [item.post for item in store.posts(some) if item.post.attachments]
        held = store.extractions([post.id for post in with_files])
        missing = [post for post in with_files if post.id not in held or held[post.id].revision != post.revision]
        del held
        for found in reader.read(missing):
            store.put_segments(found)
        yield start + len(some)
