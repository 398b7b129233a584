"""Files that come with replies, kept by the SHA-256 of their bytes, readable by their owner only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from domain.errors import StoreError, system_reason
from domain.rectification import Proof
from store.evidence import digest_of, make_private

#: Bytes of one file (64 MB): a reply brings screenshots and scans, not films.
LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProofArchive:
    """A folder of files named by their digest."""

    root: Path

    def add(self, path: Path) -> Proof:
        """Keep ``path``; the same bytes are kept once. Raises ``StoreError`` where it cannot be read, is empty or too
        large, or cannot be written."""
        try:
            size = path.stat().st_size
            if not size or size > LIMIT:
                raise StoreError(f"{path.name}：佐证材料{'是空文件' if not size else '超过 64 MB'}；请核对后重试")
            body = path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path.name}：佐证材料读不出（{system_reason(error)}）；请检查路径与权限") from error
        digest = digest_of(body)
        target = self.path(digest)
        try:
            make_private(self.root)
            if not target.exists():
                make_private(target.parent)
                part = target.with_name(f".{digest}.{os.getpid()}.part")
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    file.write(body)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(target)
        except OSError as error:
            raise StoreError(f"{self.root}：佐证材料存不进去（{system_reason(error)}）；请检查权限与磁盘") from error
        return Proof(name=path.name, digest=digest, size=len(body))

    def path(self, digest: str) -> Path:
        """Where the file with this digest lies."""
        return self.root / digest[:2] / digest

    def read(self, proof: Proof) -> bytes:
        """The bytes of a proof. Raises ``StoreError`` where they are missing or not what the digest names."""
        try:
            body = self.path(proof.digest).read_bytes()
        except OSError as error:
            raise StoreError(f"{proof.name}：佐证材料不见了（{system_reason(error)}）；请从备份恢复") from error
        if digest_of(body) != proof.digest:
            raise StoreError(f"{proof.name}：佐证材料与登记的摘要不符，可能被改动；请从备份恢复")
        return body
