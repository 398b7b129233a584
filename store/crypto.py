"""The installation's key and what is derived from it.

One secret (``secret.key``, 32 random bytes) feeds HKDF-SHA256 (RFC 5869). Every sealed column has a key of its own, so
that the number of random nonces under one key stays far below the bound of NIST SP 800-38D (2**32) for AES-GCM.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import ConfigError, StoreError, system_reason

#: Bytes of the installation's secret.
KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x01"


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose; keys of different purposes say nothing about each other."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"xunjian/1", info=purpose.encode()).derive(key)


def fingerprint_key(key: bytes) -> bytes:
    """The key under which private values enter fingerprints."""
    return derive(key, "fingerprints")


def lookup_digest(key: bytes, value: str) -> str:
    """A keyed digest by which a sealed value (an address of a link) can be found again; 40 hex digits."""
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:40]


#: Random bytes drawn ahead, cut into nonces: one call of the system each would cost more than the sealing.
_NONCES: list[bytes] = []
_DRAWN = 256
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_NONCES.clear)  # or parent and child would use the same ones


def _nonce() -> bytes:
    """A random nonce that no other call gets (``pop`` is atomic)."""
    while True:
        try:
            return _NONCES.pop()
        except IndexError:
            drawn = os.urandom(_NONCE_BYTES * _DRAWN)
            _NONCES.extend(drawn[i : i + _NONCE_BYTES] for i in range(0, len(drawn), _NONCE_BYTES))


class Cipher:
    """AES-256-GCM with a derived key for each label; the label is authenticated too."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ConfigError(f"密钥长度应为 {KEY_BYTES} 字节，实际 {len(key)} 字节：secret.key 已损坏，请从备份恢复")
        self._key = key
        self._boxes: dict[str, AESGCM] = {}

    def _box(self, label: str) -> AESGCM:
        box = self._boxes.get(label)
        if box is None:
            box = self._boxes[label] = AESGCM(derive(self._key, f"seal/{label}"))
        return box

    def seal(self, label: str, data: bytes) -> bytes:
        """``data`` sealed under ``label`` (``table.column``)."""
        nonce = _nonce()
        return _FORMAT + nonce + self._box(label).encrypt(nonce, data, label.encode())

    def open(self, label: str, sealed: bytes) -> bytes:
        """What was sealed under ``label``; ``StoreError`` where the key is another or the bytes were changed."""
        try:
            if sealed[:1] != _FORMAT:
                raise InvalidTag
            nonce = sealed[1 : 1 + _NONCE_BYTES]
            return self._box(label).decrypt(nonce, sealed[1 + _NONCE_BYTES :], label.encode())
        except (InvalidTag, ValueError) as error:
            raise StoreError(
                f"{label}：无法解密，密钥不符或数据被改动；请核对 secret.key，或从备份恢复数据库"
            ) from error


def create_key(path: Path) -> bytes:
    """Make a new secret in ``path`` (owner-only); never overwrites one, for its data would be lost with it."""
    key = secrets.token_bytes(KEY_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigError(f"{path}：密钥文件已存在，不会覆盖；如需更换请先备份并移走") from error
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def load_key(path: Path) -> bytes:
    """The secret in ``path``; refused when others may read it."""
    try:
        text = path.read_bytes()
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}：没有密钥文件，数据无法解密；请从备份恢复，或用 xunjian init 新建工作区") from error
    except OSError as error:
        raise ConfigError(f"{path}：密钥文件读不出（{system_reason(error)}）；请检查权限") from error
    if os.name == "posix" and mode & 0o077:
        raise ConfigError(f"{path}：权限为 {mode:04o}，他人可读；请执行 chmod 600 {path}")
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise ConfigError(f"{path}：密钥文件内容不是 Base64，已损坏；请从备份恢复") from error
    if len(key) != KEY_BYTES:
        raise ConfigError(f"{path}：密钥应为 {KEY_BYTES} 字节，实际 {len(key)} 字节；请从备份恢复")
    return key
