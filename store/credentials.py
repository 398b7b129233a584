"""Credentials of the platforms' interfaces: one file, sealed with the installation's key, owner-only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from domain.errors import ConfigError, StoreError
from store.crypto import Cipher

_LABEL = "credentials.file"


def load(path: Path, key: bytes) -> dict[str, dict[str, str]]:
    """Every credential by name (``wechat-main`` → its values); empty where there is no file."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        data: dict[str, dict[str, str]] = json.loads(Cipher(key).open(_LABEL, sealed))
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
