"""A certificate for every host, made anew at each start and never written to a lasting place."""

from __future__ import annotations

import base64
import hashlib
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: A lone ``*`` matches nothing in a browser; the top domains the platforms and the fictional bureau use do.
_NAMES = ("localhost", "*.com", "*.cn", "*.com.cn", "*.gov.cn", "*.weixin.qq.com", "*.weibo.cn", "*.test")


@dataclass(frozen=True, slots=True)
class Identity:
    """A server context, and the digest of its public key by which a browser is told to accept it."""

    context: ssl.SSLContext
    spki: str


def make_identity() -> Identity:
    """A self-signed certificate on a fresh P-256 key.

    ``spki`` is the base64 SHA-256 of the public key as Chromium's ``--ignore-certificate-errors-spki-list`` wants it.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "replica of the platforms")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in _NAMES]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    # The standard library loads certificates from files only; the folder is owner-only and gone a moment later.
    with tempfile.TemporaryDirectory(prefix="replica-") as folder:
        pem = Path(folder) / "identity.pem"
        pem.touch(mode=0o600)
        pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(pem)
    return Identity(context, base64.b64encode(hashlib.sha256(public).digest()).decode("ascii"))
