"""Engines: SQLite in WAL by default, PostgreSQL by address; one way to read and one way to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import StoreError

#: How long a writer waits for another one (milliseconds). Several crawl processes write at once.
BUSY_TIMEOUT_MS = 60_000
_WRITE = "xunjian_write"


def make_engine(url: str) -> Engine:
    """An engine for ``url``; ``StoreError`` where the address or its driver cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
            _tame_sqlite(engine)
            return engine
        return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    except (SQLAlchemyError, ImportError) as error:
        # The address may hold a password: only the kind of trouble is told.
        raise StoreError(
            f"数据库地址无法使用（{type(error).__name__}）：请检查 xunjian.toml 的 database；"
            "PostgreSQL 需要安装 postgres 附加依赖"
        ) from error


def _tame_sqlite(engine: Engine) -> None:
    """WAL and honest transactions: the driver's own BEGIN comes too late for a reader that goes on to write."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """What every part of the store shares: the engine, and transactions on it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{_WRITE: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent look at the data."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        try:
            with self._writing.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            # The statement's parameters never enter the message: they are what must not leak.
            reason = type(getattr(error, "orig", None) or error).__name__
            raise StoreError(f"数据库写入失败（{reason}）：请检查磁盘空间与数据库连接后重试") from error

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
