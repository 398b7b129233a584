"""Credentials of the platforms' interfaces: sealed in one owner-only file, or in the keyring of the system.

Which of the two is the office's choice (``[credentials] store``). Neither the register, nor the database, nor a log
ever holds a value.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from domain.errors import ConfigError, StoreError
from store.crypto import Cipher

_LABEL = "credentials.file"
#: Entry of the keyring that lists the names: a keyring cannot be searched.
_INDEX = "__names__"
#: What of an entry is no secret, but says how long the secrets live: dates (ISO 8601).
SET_ON, EXPIRES_ON = "set_on", "expires_on"
DATES = frozenset({SET_ON, EXPIRES_ON})

Entries = dict[str, dict[str, str]]


class Vault(Protocol):
    """Where credentials are kept: every entry by name, its values by field."""

    def load(self) -> Entries:
        """Every credential; empty where none was entered. Raises ``ConfigError`` where they cannot be opened."""

    def save(self, credentials: Mapping[str, Mapping[str, str]]) -> None:
        """Replace them all."""


class FileVault:
    """One file, sealed with the installation's key."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key

    def load(self) -> Entries:
        """Every credential of the file."""
        return load(self._path, self._key)

    def save(self, credentials: Mapping[str, Mapping[str, str]]) -> None:
        """Replace the file."""
        save(self._path, self._key, credentials)


class KeyringVault:
    """The system's keyring: one entry a credential, under a service named after the workspace."""

    def __init__(self, workspace: Path) -> None:
        self.service = f"xunjian-{hashlib.sha256(str(workspace).encode()).hexdigest()[:12]}"

    def load(self) -> Entries:
        """Every credential of the keyring."""
        keyring = _keyring()
        found: Entries = {}
        for name in self._names(keyring):
            text = _asked(keyring, "get_password", self.service, name)
            if text is not None:
                found[name] = _parsed(text)
        return found

    def save(self, credentials: Mapping[str, Mapping[str, str]]) -> None:
        """Replace the entries; the list of names is written before the first and after the last change, so that none
        is ever lost from sight."""
        keyring = _keyring()
        before = self._names(keyring)
        self._write(keyring, _INDEX, sorted({*before, *credentials}))
        for name, values in credentials.items():
            self._write(keyring, name, dict(values))
        for name in before:
            if name not in credentials:
                _asked(keyring, "delete_password", self.service, name)
        self._write(keyring, _INDEX, sorted(credentials))

    def _names(self, keyring: ModuleType) -> list[str]:
        text = _asked(keyring, "get_password", self.service, _INDEX)
        names = json.loads(text) if text else []
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def _write(self, keyring: ModuleType, name: str, value: object) -> None:
        _asked(keyring, "set_password", self.service, name, json.dumps(value, ensure_ascii=False))


def _keyring() -> ModuleType:
    try:
        import keyring
    except ImportError:
        raise ConfigError(
            "凭据：设置为存入系统密钥环，但没有安装 keyring 部件；请安装附加依赖 keyring，"
            '或在 xunjian.toml 写 [credentials] store = "file"'
        ) from None
    return keyring


def _asked(keyring: ModuleType, call: str, *arguments: str) -> Any:
    """One call of the keyring. What its backend says is not shown: it may quote what it was given."""
    try:
        return getattr(keyring, call)(*arguments)
    except Exception as error:  # backends raise whatever their system does
        kind = type(error).__name__
    raise ConfigError(
        f"凭据：系统密钥环无法使用（{kind}）；请解锁密钥环或检查桌面服务，"
        '服务器上请在 xunjian.toml 写 [credentials] store = "file"'
    )


def _parsed(text: str) -> dict[str, str]:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ConfigError("凭据：系统密钥环里的一份凭据不完整；请用 xunjian credential set 重新登记")
    return {str(name): str(value) for name, value in values.items()}


def load(path: Path, key: bytes) -> Entries:
    """Every credential by name (``wechat-main`` → its values); empty where there is no file."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        data: Entries = json.loads(Cipher(key).open(_LABEL, sealed))
    except (StoreError, ValueError) as error:
        raise ConfigError(f"{path}：凭据文件无法解密；请核对 secret.key，或重新登记凭据") from error
    return data


def save(path: Path, key: bytes, credentials: Mapping[str, Mapping[str, str]]) -> None:
    """Replace the file in one step."""
    text = json.dumps({name: dict(values) for name, values in credentials.items()}, ensure_ascii=False)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Cipher(key).seal(_LABEL, text.encode()))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
