"""Brings a database to the shape this version works with."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, select, text

from domain.errors import StoreError
from store.crypto import derive
from store.engine import Database
from store.schema import meta

#: The newest migration; a test holds it equal to the folder's head.
HEAD = "0008"
_FOLDER = Path(__file__).parent / "migrations"


def current(database: Database) -> str | None:
    """The migration a database stands at; ``None`` for a new one."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def upgrade(database: Database) -> None:
    """Run what is missing, in one transaction. A database of a newer version is refused."""
    standing = current(database)
    if standing == HEAD:
        return
    from alembic import command  # 0.1 s that an up-to-date database need not pay
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"数据库结构版本为 {standing}，本程序只认识到 {HEAD}：数据库由更新的版本建立，请升级程序"
        ) from error


def check_key(database: Database, key: bytes) -> None:
    """Refuse a key that is not the one this database was made with, before anything is mixed up."""
    mark = derive(key, "key-check").hex()
    with database.writing() as connection:
        known = connection.scalar(select(meta.c.value).where(meta.c.name == "key_check"))
        if known is None:
            connection.execute(meta.insert().values(name="key_check", value=mark))
        elif known != mark:
            raise StoreError("secret.key 与数据库不是一对：数据无法解密；请从同一份备份恢复两者")
