"""A file that crashes or hangs its parser is told, and the run goes on."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from extractors.limits import Limits
from extractors.process import Reader
from tests.fixtures.leaky.making.zips import packed

_FAULTY = Path(__file__).parent / "faulty"
_LIMITS = Limits(seconds=4, total_seconds=40, memory=700 * 2**20)


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(_FAULTY))
    monkeypatch.setenv("XUNJIAN_SECRET", "must not be seen")
    made = Reader()
    yield made
    made.close()


def _read(reader: Reader, data: bytes, name: str, limits: Limits = _LIMITS):
    return reader.read(data, name, field="attachment:1", media_type="", limits=limits)


def _file(action: str) -> bytes:
    return b"\x00" + action.encode()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("crash", "崩溃"),
        ("leave", "崩溃"),
        ("lie", "崩溃"),
        ("hang", "超过"),
        ("spin", "超过"),
        ("fill", "内存超过上限"),
        ("call", "PermissionError"),
        ("start", "PermissionError"),
        ("write", "PermissionError"),
    ],
)
def test_each_way_to_fail_is_one_message_with_cause_and_remedy(reader, action, words):
    started = time.monotonic()
    found = _read(reader, _file(action), "坏.bin")
    assert not found.segments
    assert len(found.unexamined) == 1
    assert words in found.unexamined[0].reason
    assert "再查" in found.unexamined[0].reason
    assert found.unexamined[0].part.startswith("坏.bin")
    assert time.monotonic() - started < 20
    assert not Path("/tmp/xunjian-faulty-extractor").exists()
    # and the run goes on
    assert _read(reader, "姓名,村\n周小禾,河湾村\n".encode(), "好.csv").segments


def test_a_hang_is_told_with_the_page_it_had_come_to(reader):
    assert _read(reader, _file("hang"), "坏.bin").unexamined[0].part == "坏.bin!第37页"


def test_the_others_in_an_archive_are_read_and_each_only_once(reader):
    archive = packed(
        {
            "一.csv": "甲,乙\n1,2\n",
            "坏一.bin": _file("crash"),
            "二.csv": "丙,丁\n3,4\n",
            "坏二.bin": _file("hang"),
            "三.txt": "末",
        }
    )
    found = _read(reader, archive, "包.zip")
    places = [segment.locator for segment in found.segments]
    assert [part.part for part in found.unexamined] == ["包.zip!坏一.bin", "包.zip!坏二.bin!第37页"]
    for wanted in ("包.zip!一.csv!A1", "包.zip!二.csv!B2", "包.zip!三.txt"):
        assert places.count(wanted) == 1
    assert [place for place in places if place.endswith(("A1", "三.txt"))] == [
        "包.zip!一.csv!A1", "包.zip!二.csv!A1", "包.zip!三.txt"
    ]  # fmt: skip


def test_many_crashing_files_end_within_the_time_and_are_told(reader):
    archive = packed({f"坏{number}.bin": _file("crash") for number in range(20)})
    found = _read(reader, archive, "包.zip")
    assert 4 <= len(found.unexamined) <= 20
    assert all("崩溃" in part.reason for part in found.unexamined)


def test_the_child_sees_nothing_of_the_environment(reader):
    found = _read(reader, _file("secret"), "问.bin")
    assert "must not be seen" not in str(found)


def test_one_child_reads_many_files(reader):
    _read(reader, b"a,b\n", "甲.csv")
    first = reader._child._process.pid
    for number in range(5):
        _read(reader, b"a,b\n", f"{number}.csv")
    assert reader._child._process.pid == first
    os.kill(first, 9)  # somebody else ended it between two files
    assert _read(reader, b"a,b\n", "乙.csv").segments
