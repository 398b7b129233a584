"""What is kept between runs can be lost, damaged or somebody else's: the only price is time."""

from __future__ import annotations

import os

import pytest

from scanners import cache


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def made(text: str = "甲\n乙"):
    calls = []

    def make() -> str:
        calls.append(1)
        return text

    return make, calls


def test_made_once(folder):
    make, calls = made()
    assert [cache.cached("table", "1", make) for _ in range(3)] == ["甲\n乙"] * 3
    assert len(calls) == 1
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_version_takes_the_place_of_the_old_one(folder):
    cache.cached("table", "1", made("旧")[0])
    assert cache.cached("table", "2", made("新")[0]) == "新"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"x\n", b"0" * 64 + "\n丙".encode()])
def test_a_damaged_file_is_made_anew(folder, damage):
    make, calls = made()
    cache.cached("table", "1", make)
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert cache.cached("table", "1", make) == "甲\n乙"
    assert len(calls) == 2


def test_a_file_of_another_user_is_not_read(folder, monkeypatch):
    make, calls = made()
    cache.cached("table", "1", make)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    cache.cached("table", "1", make)
    assert len(calls) == 2


def test_nothing_is_kept_where_nothing_can_be(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file"))
    assert cache.cached("table", "1", made()[0]) == "甲\n乙"
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert cache.cached("table", "1", made()[0]) == "甲\n乙"
