"""Opening a store: the database brought up to date, its key checked, its evidence beside it."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import StoreError, system_reason
from store.announcements import Announcements
from store.candidates import Candidates
from store.captures import Captures
from store.columns import bind_cipher
from store.credential_states import CredentialStates
from store.crypto import Cipher
from store.engine import make_engine
from store.messages import Messages
from store.migrate import check_key, upgrade
from store.profiles import Profiles
from store.shots import Shots


class Store(Captures, Announcements, Profiles, CredentialStates, Shots, Candidates, Messages):
    """Everything that is on file. Close it, or use it in a ``with`` statement."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, key: bytes, evidence: Path) -> Store:
    """Open the database at ``url`` with the installation's key; migrates it first.

    ``url`` is SQLAlchemy's: ``sqlite:////path/xunjian.db`` or ``postgresql://…``. Raises ``StoreError`` where it
    cannot be reached, was made by a newer version, or belongs to another key.
    """
    engine = make_engine(url)
    _make_private_file(url)
    bind_cipher(engine, Cipher(key))
    store = Store(engine, key, evidence)
    try:
        upgrade(store)
        check_key(store, key)
    except SQLAlchemyError as error:
        store.close()
        raise StoreError(_refusal(url, error)) from error
    except BaseException:
        store.close()
        raise
    return store


def _refusal(url: str, error: SQLAlchemyError) -> str:
    """Why the database cannot be used. What the driver says is not shown: it may quote the address and its password."""
    original = getattr(error, "orig", None) or error
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        reason = type(original).__name__
        return f"数据库打不开（{reason}）：请检查 xunjian.toml 的 database、网络与数据库服务"
    said = str(original)
    if "not a database" in said or "malformed" in said:
        return f"{parsed.database}：数据库文件已损坏；请从备份恢复，secret.key 要用同一份备份的"
    if "locked" in said:
        return f"{parsed.database}：另一个程序正占用数据库；请等它结束后重试"
    if "readonly" in said or "read-only" in said:
        return f"{parsed.database}：数据库文件是只读的；请检查权限与磁盘"
    if "full" in said:
        return f"{parsed.database}：磁盘已满；请腾出空间后重试"
    return f"{parsed.database}：数据库打不开（{type(original).__name__}）；请检查权限与磁盘"


def _make_private_file(url: str) -> None:
    """A new SQLite file is born owner-only; SQLite gives its -wal and -shm files the same mode."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return
    try:
        os.close(os.open(parsed.database, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"{parsed.database}：数据库文件无法写入（{system_reason(error)}）；请检查目录与权限"
        ) from error
