"""Files of posts: each read once, and one at a time in memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from domain.outcome import Outcome
from domain.post import Attachment, Post, PostKind
from extractors.limits import DEFAULT
from pipelines import attachments
from pipelines.executor import InlineExecutor
from pipelines.extract import extract_stored
from tests.fixtures.leaky.making.zips import packed
from tests.fixtures.leaky.registry import ID_NUMBER
from tests.fixtures.leaky.workbooks import cell

_MB = 1024 * 1024


def _post(key: str, files: tuple[Attachment, ...]) -> Post:
    return Post(
        account_id="weibo:1", key=key, url=f"https://liuxi.example/{key}", kind=PostKind.TEXT, title="公示",
        text="见附件", published_at=datetime(2026, 3, 2, tzinfo=UTC), attachments=files,
    )  # fmt: skip


class _Shelf:
    """As much of a store as extraction uses."""

    def __init__(self, posts, bodies):
        self.all = {post.id: post for post in posts}
        self.bodies = bodies
        self.kept = {}
        self.asked = []

    def posts(self, ids):
        return [SimpleNamespace(post=self.all[key]) for key in ids]

    def extractions(self, ids):
        return {key: self.kept[key] for key in ids if key in self.kept}

    def put_segments(self, found):
        self.kept[found.post_id] = found

    def body_or_none(self, digest):
        self.asked.append(digest)
        body = self.bodies.get(digest)
        return body() if callable(body) else body


def _run(shelf: _Shelf, batch: int = 7) -> None:
    list(extract_stored(shelf, InlineExecutor(), list(shelf.all), batch=batch))


def test_the_same_attachment_in_fifty_posts_is_read_once(monkeypatch):
    reads = []
    real = attachments.extract
    monkeypatch.setattr(
        attachments, "extract", lambda data, name, **more: reads.append(name) or real(data, name, **more)
    )
    body = packed({"名单.xlsx": cell(ID_NUMBER), "坏.docx": b"PK\x03\x04"})
    posts = [
        _post(
            str(n),
            (
                Attachment(url="https://liuxi.example/x.txt", name="说明.txt", digest=f"own{n}"),
                Attachment(url="https://liuxi.example/a.zip", name=f"附件{n}.zip", digest="same"),
            ),
        )
        for n in range(50)
    ]
    shelf = _Shelf(posts, {"same": body} | {f"own{n}": f"说明{n}".encode() for n in range(50)})
    _run(shelf)
    assert sum(name.endswith(".zip") for name in reads) == 1
    assert shelf.asked.count("same") == 1
    for n, found in enumerate(shelf.kept.values()):
        hit = next(segment for segment in found.segments if segment.text == ID_NUMBER.value)
        assert (hit.field, hit.locator) == ("attachment:2", f"附件{n}.zip!名单.xlsx!名单!C2")
        assert [part.part for part in found.unexamined] == [f"附件{n}.zip!坏.docx"]
        assert [segment.text for segment in found.segments if segment.field == "attachment:1"] == [f"说明{n}"]


def test_the_same_attachment_twice_in_one_post_is_told_under_both_names():
    files = tuple(Attachment(url="u", name=name, digest="same") for name in ("一.xlsx", "二.xlsx"))
    shelf = _Shelf([_post("1", files)], {"same": cell(ID_NUMBER)})
    _run(shelf)
    found = [s for s in shelf.kept["weibo:1/1"].segments if s.text == ID_NUMBER.value]
    assert [(s.field, s.locator) for s in found] == [
        ("attachment:1", "一.xlsx!名单!C2"),
        ("attachment:2", "二.xlsx!名单!C2"),
    ]


def test_bytes_that_are_not_at_hand_are_told_each_time():
    files = (
        Attachment(url="u", name="甲.xlsx", digest="gone"),
        Attachment(url="u", name="乙.docx", outcome=Outcome.DELETED),
    )
    shelf = _Shelf([_post(str(n), files) for n in range(3)], {})
    _run(shelf)
    for found in shelf.kept.values():
        assert [part.part for part in found.unexamined] == ["甲.xlsx", "乙.docx"]
        assert "死链" in found.unexamined[1].reason


_SCRIPT = """
from tests.pipelines.test_attachments import grown
print(grown())
"""


def grown() -> int:
    """By how many bytes the memory of this process grows while a post with 20 attachments of 5 MB each is read, beyond
    what the first of them took."""

    def body(number: int):
        return lambda: packed({"名单.xlsx": cell(ID_NUMBER), "照片.bin": os.urandom(5 * _MB) + bytes([number])})

    files = tuple(Attachment(url="u", name=f"附件{n}.zip", digest=str(n)) for n in range(20))
    bodies = {str(n): body(n) for n in range(20)}
    _run(_Shelf([_post("first", files[:1])], bodies))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    shelf = _Shelf([_post("all", files)], bodies)
    _run(shelf)
    assert sum(segment.text == ID_NUMBER.value for segment in shelf.kept["weibo:1/all"].segments) == 20
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024


def test_twenty_attachments_of_five_megabytes_take_no_more_memory_than_one():
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
    assert told.returncode == 0, told.stderr
    # 100 MB have gone through; the rest is what the allocator keeps
    assert int(told.stdout) < DEFAULT.file_bytes // 2, f"{int(told.stdout) / _MB:.1f} MB"
