"""The small stages by themselves: normalise, extract, links that are due, executor, lock, discreet logs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import ConfigError
from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import Attachment, RawPost
from pipelines.attachments import read_post
from pipelines.crawl_child import DiscreetFormatter
from pipelines.executor import WORTHWHILE, InlineExecutor, in_flight, open_executor
from pipelines.extract import links_of, text_segments, written_links
from pipelines.lock import inspection_lock
from pipelines.normalise import clean, normalise
from pipelines.resolve import due_links
from store.records import Extraction
from tests.store.factories import DAY, ID_NUMBER, NOW, post

# -- normalise -------------------------------------------------------------------------------------------------------


def test_cleaning_keeps_everything_a_rule_could_need():
    assert clean("甲\r\n乙\r丙\u2028丁\x00\x0b") == "甲\n乙\n丙\n丁"
    dodging = "３４９９０１\u200b１９９０ 脱\u200d贫　攻\ufeff坚\t"
    assert clean(dodging) == dodging


def test_a_post_needs_its_key():
    raw = RawPost(post_key=" m1 ", title=" 标题\r\n ", text=" 正文 ", links=("a", "a", "b"))
    made = normalise("weibo:1", raw, evidence="d")
    assert (made.id, made.title, made.text, made.links) == ("weibo:1/m1", "标题", " 正文 ", ("a", "b"))
    with pytest.raises(ValueError, match="key"):
        normalise("weibo:1", replace(raw, post_key=" "))


# -- extract ---------------------------------------------------------------------------------------------------------


def test_every_attachment_ends_in_text_or_in_a_reason():
    files = (
        Attachment(url="https://x.example/a.txt", name="名单.txt", digest="a"),
        Attachment(url="https://x.example/b.bin", name="", digest="b"),
        Attachment(url="https://x.example/c.docx", name="", outcome=Outcome.NETWORK),
        Attachment(url="https://x.example/d.docx", name="丁.docx"),
    )
    made = read_post(post(attachments=files), {"a": f"编号 {ID_NUMBER}".encode(), "b": b"\x00\x01\x02"})
    assert [(s.field, ID_NUMBER in s.text) for s in made.segments] == [("attachment:1", True)]
    assert [part.part for part in made.unexamined] == ["b.bin", "c.docx", "丁.docx"]
    assert "NETWORK" in made.unexamined[1].reason
    assert made.revision == post(attachments=files).revision


def test_title_and_body_are_scanned_as_they_stand():
    segments = [(s.field, s.text) for s in text_segments(post(title="", text=" 正文"))]
    assert segments == [("body", " 正文"), ("source", "来源：柳溪发布")]


def test_addresses_in_the_text_are_links_too():
    text = "详见https://liuxi.example/a.html，或（http://t.cn/A6x）。https://liuxi.example/q?a=1&b=2#c."
    expected = ("https://liuxi.example/a.html", "http://t.cn/A6x", "https://liuxi.example/q?a=1&b=2#c")
    assert written_links(text) == expected
    plain = post(links=("https://liuxi.example/a.html", "https://b.example/"), title="", text=text)
    stale = Extraction(post_id=plain.id, revision="old", links=("https://old.example/",))
    assert links_of(plain, stale) == ("https://liuxi.example/a.html", "https://b.example/", *expected[1:])
    assert links_of(plain, replace(stale, revision=plain.revision))[-1] == "https://old.example/"


# -- links -----------------------------------------------------------------------------------------------------------


def test_links_are_followed_once_in_a_while_and_failures_again():
    def link(url, outcome, age):
        return ResolvedLink(url=url, outcome=outcome, resolved_at=NOW - age)

    known = {
        "young": link("young", Outcome.OK, 6 * DAY),
        "old": link("old", Outcome.DELETED, 7 * DAY),
        "walled": link("walled", Outcome.VERIFY_WALL, DAY),
        "walled tonight": link("walled tonight", Outcome.VERIFY_WALL, timedelta(0)),
    }
    assert due_links([*known, "unknown"], known, NOW, 7 * DAY) == ["unknown", "old", "walled"]


# -- executor --------------------------------------------------------------------------------------------------------


def test_small_work_stays_here_and_large_work_is_spread():
    with open_executor(4, WORTHWHILE - 1) as executor:
        assert isinstance(executor, InlineExecutor)
    with open_executor(2, WORTHWHILE) as executor:
        processes = set(in_flight(executor, os.getpid, iter([()] * 8), 3))
        assert os.getpid() not in processes


def test_results_keep_their_order_and_errors_come_out():
    with open_executor(1, 10) as executor:
        assert list(in_flight(executor, divmod, iter([(7, 2), (9, 4)]), 4)) == [(3, 1), (2, 1)]
        with pytest.raises(ZeroDivisionError):
            list(in_flight(executor, divmod, iter([(7, 0)]), 4))


# -- lock ------------------------------------------------------------------------------------------------------------

_HOLDER = """
import sys, time
from pathlib import Path
from pipelines.lock import inspection_lock
with inspection_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_inspection_at_a_time_and_a_killed_one_lets_go(tmp_path):
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConfigError, match="另有一次巡检"), inspection_lock(path, patience=0.2):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with inspection_lock(path, patience=5), pytest.raises(ConfigError), inspection_lock(path, patience=0):
        pass


# -- children --------------------------------------------------------------------------------------------------------

_PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "from pipelines.liveness import end_with_stdin; import time; end_with_stdin(); time.sleep(60)"],
    stdin=subprocess.PIPE)
print(child.pid, flush=True)
time.sleep(60)
"""
_POOL = """
import os, time
from pipelines.executor import open_executor
if __name__ == "__main__":
    with open_executor(2, 10_000) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("program", [_PARENT, _POOL])
def test_children_end_with_a_killed_parent(program, tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(program)
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 20
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def alive(pid) -> bool:
    """True while the process runs; one that ended and that nobody has collected yet is not alive."""
    try:
        with Path(f"/proc/{pid}/stat").open() as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


# -- logs ------------------------------------------------------------------------------------------------------------


def test_logs_tell_where_it_broke_and_not_what_it_read():
    formatter = DiscreetFormatter("%(message)s")
    try:
        int(f"身份证{ID_NUMBER}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, f"id {ID_NUMBER} mid 4", (), sys.exc_info())
    line = formatter.format(record)
    assert ID_NUMBER not in line
    assert "ValueError" in line
    assert "test_logs_tell_where_it_broke" in line
    assert "mid 4" in line
