"""The demo's register goes through the real import."""

from __future__ import annotations

from pathlib import Path

from registry.accounts import load
from registry.columns import COLUMNS
from replica.demo import build, write_registry


def test_the_loader_reads_back_what_was_written(tmp_path: Path) -> None:
    path = write_registry(tmp_path)
    assert path == tmp_path / "accounts.csv"
    assert load(path) == tuple(entry.account for entry in build().world.accounts)


def test_the_columns_are_those_of_the_register(tmp_path: Path) -> None:
    header = write_registry(tmp_path).read_text(encoding="utf-8-sig").splitlines()[0]
    assert tuple(header.split(",")) == COLUMNS


def test_no_secret_stands_in_the_register(tmp_path: Path) -> None:
    text = write_registry(tmp_path).read_text(encoding="utf-8-sig")
    entries = build().world.credentials.values()
    secrets = [value for entry in entries for name, value in entry.items() if name != "appid"]
    assert secrets
    assert not [secret for secret in secrets if secret in text]
