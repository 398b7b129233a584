"""Column types: instants in UTC, and values sealed with the installation's key.

Tables are shared by every store of a process but keys are not: the cipher hangs on the engine's dialect.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, Dialect, Engine, LargeBinary
from sqlalchemy.types import TypeDecorator

from domain.clock import require_aware
from store.crypto import Cipher

_CIPHERS: WeakKeyDictionary[Dialect, Cipher] = WeakKeyDictionary()


def bind_cipher(engine: Engine, cipher: Cipher) -> None:
    """Let the sealed columns of ``engine`` use ``cipher``."""
    _CIPHERS[engine.dialect] = cipher


class Instant(TypeDecorator[datetime]):
    """A zone-aware instant, kept in UTC. A naive one is refused (``ValueError``)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so it is dropped there."""
        if value is None:
            return None
        moment = require_aware(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedText(TypeDecorator[str]):
    """Text that can hold private values: AES-GCM, authenticated with ``table.column``."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Sealed; lone surrogates of broken pages survive."""
        if value is None:
            return None
        return _CIPHERS[dialect].seal(self.label, value.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Opened; ``StoreError`` where the key does not fit."""
        if value is None:
            return None
        return _CIPHERS[dialect].open(self.label, bytes(value)).decode("utf-8", "surrogatepass")


class SealedJson(TypeDecorator[Any]):
    """A JSON value that can hold private values, sealed like ``SealedText``."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Serialised compactly, then sealed."""
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _CIPHERS[dialect].seal(self.label, text.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Opened and parsed."""
        if value is None:
            return None
        return json.loads(_CIPHERS[dialect].open(self.label, bytes(value)).decode("utf-8", "surrogatepass"))
