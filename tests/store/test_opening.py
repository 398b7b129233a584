"""Migrations, keys, and what a database refuses."""

from __future__ import annotations

import stat

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import store
from domain.errors import ConfigError, StoreError
from store import migrate
from store.crypto import Cipher, create_key, load_key
from store.schema import meta, metadata
from tests.store.factories import KEY


def test_migrations_build_what_the_tables_say(opened):
    with opened.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(migrate._FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_opening_again_keeps_everything(opened, database_url, tmp_path):
    with store.open(database_url, KEY, tmp_path / "evidence") as again:
        assert migrate.current(again) == migrate.HEAD


def test_another_key_is_refused_before_anything_is_written(opened, database_url, tmp_path):
    with pytest.raises(StoreError, match="不是一对"):
        store.open(database_url, bytes(32), tmp_path / "evidence")


def test_a_newer_database_is_refused(opened, database_url, tmp_path):
    from sqlalchemy import text

    with opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="更新的版本"):
        store.open(database_url, KEY, tmp_path / "evidence")


def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path):
    with pytest.raises(StoreError) as told:
        store.open("postgresql://clerk:geheim@127.0.0.1:1/xunjian?connect_timeout=2", KEY, tmp_path)
    assert "geheim" not in str(told.value)
    with pytest.raises(StoreError):
        store.open("nonsense", KEY, tmp_path)


def test_sqlite_files_are_owner_only(tmp_path):
    with store.open(f"sqlite:///{tmp_path / 'x.db'}", KEY, tmp_path / "e") as opened, opened.writing() as connection:
        connection.execute(meta.insert().values(name="a", value="b"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("x.db*")}
    assert set(modes.values()) == {0o600}
    assert "x.db-wal" in modes


def test_key_file_is_owner_only_and_never_overwritten(tmp_path):
    path = tmp_path / "secret.key"
    key = create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path) == key
    with pytest.raises(ConfigError, match="不会覆盖"):
        create_key(path)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        load_key(path)
    path.chmod(0o600)
    path.write_text("not a key")
    with pytest.raises(ConfigError, match="已损坏"):
        load_key(path)
    with pytest.raises(ConfigError, match="没有密钥文件"):
        load_key(tmp_path / "none")


def test_sealing_is_bound_to_key_and_column():
    cipher = Cipher(KEY)
    sealed = cipher.seal("posts.text", "柳溪".encode())
    assert cipher.seal("posts.text", "柳溪".encode()) != sealed
    assert cipher.open("posts.text", sealed).decode() == "柳溪"
    for label, other, blob in (
        ("posts.title", cipher, sealed),
        ("posts.text", Cipher(bytes(32)), sealed),
        ("posts.text", cipher, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("posts.text", cipher, b""),
    ):
        with pytest.raises(StoreError, match="无法解密"):
            other.open(label, blob)


def test_a_damaged_file_is_told_with_its_place(tmp_path):
    path = tmp_path / "xunjian.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="数据库文件已损坏；请从备份恢复") as caught:
        store.open(f"sqlite:///{path}", KEY, tmp_path / "evidence")
    assert str(caught.value).startswith(str(path))
