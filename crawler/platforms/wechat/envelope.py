"""The envelope of a message that WeChat pushes to the owner's server: its signature, and its encryption."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

#: Bytes of random that stand before the message.
_RANDOM = 16
#: The padding is PKCS#7 to blocks of 32 bytes, not of the cipher's 16.
_BLOCK = 32
_KEY = re.compile(r"[A-Za-z0-9]{43}")


class EnvelopeError(ValueError):
    """The message is not what the platform sends with this key. The text is fit to be printed: it quotes nothing."""


def signature(token: str, *parts: str) -> str:
    """SHA-1 over the sorted values, in hex (消息推送“验证消息来自微信服务器”)."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, token: str, *parts: str) -> bool:
    """True when ``given`` is the signature of ``parts``; takes the same time for every wrong one."""
    return bool(token and given) and hmac.compare_digest(signature(token, *parts).encode(), given.lower().encode())


def is_key(text: str) -> bool:
    """True for the shape of an EncodingAESKey: 43 letters and digits."""
    return _KEY.fullmatch(text) is not None


def decrypt(encrypted: str, aes_key: str, appid: str) -> bytes:
    """The message inside ``encrypted`` (安全模式: AES-256-CBC, 16 random bytes, length, message, AppID).

    Raises ``EnvelopeError`` where the key does not fit, the message is damaged, or it was meant for another AppID.
    """
    key = _key(aes_key)
    try:
        data = base64.b64decode(encrypted, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
    except (binascii.Error, ValueError) as error:
        raise EnvelopeError("密文不完整") from error
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= _BLOCK or len(plain) < _RANDOM + 4 + padding:
        raise EnvelopeError("用登记的 EncodingAESKey 解不开")
    content = plain[_RANDOM : len(plain) - padding]
    (length,) = struct.unpack(">I", content[:4])
    message, receiver = content[4 : 4 + length], content[4 + length :]
    if len(message) != length:
        raise EnvelopeError("用登记的 EncodingAESKey 解不开")
    if appid and receiver != appid.encode():
        raise EnvelopeError("消息不是发给登记的 AppID 的")
    return message


def encrypt(message: bytes, aes_key: str, appid: str, random: bytes) -> str:
    """The inverse of ``decrypt``; ``random`` are 16 bytes."""
    key = _key(aes_key)
    content = random + struct.pack(">I", len(message)) + message + appid.encode()
    padding = _BLOCK - len(content) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(content + bytes([padding]) * padding) + encryptor.finalize()).decode()


def _key(aes_key: str) -> bytes:
    if not is_key(aes_key):
        raise EnvelopeError("登记的 EncodingAESKey 不是 43 位字母和数字")
    return base64.b64decode(aes_key + "=")
