"""The workspace: one folder that holds everything of an installation."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import store
from domain.calendar import WorkCalendar
from domain.errors import ConfigError, system_reason
from pipelines.settings import TEMPLATE, Settings, load_settings
from pipelines.target import Target
from store.credentials import FileVault, KeyringVault, Vault
from store.crypto import create_key, fingerprint_key, load_key
from store.evidence import make_private

#: The file that makes a folder a workspace.
MARKER = "xunjian.toml"
#: Environment variable that names the workspace.
VARIABLE = "XUNJIAN_HOME"
_PRIVATE = ("evidence", "reports", "inbox", "logs")
_EDITED = ("registry", "lexicons", "rules")


@dataclass(frozen=True)
class Workspace:
    """A workspace that exists. Get one by ``find`` or ``create``."""

    root: Path

    @classmethod
    def find(cls, explicit: Path | None = None) -> Workspace:
        """``explicit``, else ``XUNJIAN_HOME``, else the nearest ``xunjian.toml`` upwards from here.

        Raises ``ConfigError`` where there is none.
        """
        named = explicit or (Path(value) if (value := os.environ.get(VARIABLE, "").strip()) else None)
        if named is not None:
            root = named.expanduser().resolve()
            if not (root / MARKER).is_file():
                raise ConfigError(f"{root}：这里没有 {MARKER}，不是工作区；请核对路径，或用 xunjian init 新建")
            return cls(root)
        here = Path.cwd().resolve()
        for folder in (here, *here.parents):
            if (folder / MARKER).is_file():
                return cls(folder)
        raise ConfigError(
            f"{here}：本目录及上级目录都没有 {MARKER}；请用 --workspace 或 {VARIABLE} 指定工作区，"
            "或用 xunjian init 新建"
        )

    @classmethod
    def create(cls, path: Path, *, bureau: str = "", contact: str = "") -> Workspace:
        """Make a workspace in ``path`` (new, or an existing folder without one). Run again on a workspace whose
        making was broken off it completes it; nothing that exists is overwritten."""
        root = path.expanduser().resolve()
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in _PRIVATE:
                make_private(root / name)
            for name in _EDITED:
                (root / name).mkdir(exist_ok=True)
            workspace = cls(root)
            if not workspace.key_path.exists():
                create_key(workspace.key_path)
            marker = root / MARKER
            if not marker.exists():
                text = TEMPLATE.format(name=_toml(bureau), contact=_toml(contact))
                marker.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{root}：工作区建不起来（{system_reason(error)}）；请检查权限与磁盘空间") from error
        workspace.open_store().close()
        return workspace

    @cached_property
    def settings(self) -> Settings:
        """``xunjian.toml`` with the environment on top."""
        return load_settings(self.root / MARKER)

    @cached_property
    def key(self) -> bytes:
        """The installation's secret."""
        return load_key(self.key_path)

    @property
    def fingerprint_key(self) -> bytes:
        """The key under which private values enter fingerprints (what the scanner is given)."""
        return fingerprint_key(self.key)

    @property
    def database_url(self) -> str:
        """Where the database is, as SQLAlchemy wants it."""
        return self.settings.database or f"sqlite:///{self.db}"

    def target(self, inspection_id: str, name: str) -> Target:
        """Where a process of its own stores what it catches for an inspection; ``name`` goes into its file names."""
        return Target(self.database_url, str(self.key_path), str(self.evidence), inspection_id, name)

    def open_store(self) -> store.Store:
        """The store of this workspace, brought up to date."""
        return store.open(self.database_url, self.key, self.evidence)

    @property
    def vault(self) -> Vault:
        """Where the credentials are kept: a sealed file, or the system's keyring."""
        if self.settings.credentials.store == "keyring":
            return KeyringVault(self.root)
        return FileVault(self.credentials_path, self.key)

    def credentials(self) -> dict[str, dict[str, str]]:
        """The platforms' credentials by name."""
        return self.vault.load()

    def put_credentials(self, entries: dict[str, dict[str, str]]) -> None:
        """Replace the platforms' credentials."""
        self.vault.save(entries)

    @property
    def key_path(self) -> Path:
        """``secret.key``."""
        return self.root / "secret.key"

    @property
    def credentials_path(self) -> Path:
        """``credentials.enc``."""
        return self.root / "credentials.enc"

    @property
    def db(self) -> Path:
        """``xunjian.db``, where the database is SQLite."""
        return self.root / "xunjian.db"

    @property
    def lock_path(self) -> Path:
        """The file that a running inspection holds locked."""
        return self.root / ".inspection.lock"

    @property
    def evidence(self) -> Path:
        """The evidence archive."""
        return self.root / "evidence"

    @property
    def reports(self) -> Path:
        """Finished reports."""
        return self.root / "reports"

    @property
    def proofs(self) -> Path:
        """Files that came with replies of the units."""
        return self.root / "proofs"

    @property
    def inbox(self) -> Path:
        """Files brought by hand."""
        return self.root / "inbox"

    @property
    def logs(self) -> Path:
        """Logs of the crawl processes."""
        return self.root / "logs"

    def calendar(self, last_year: int) -> WorkCalendar:
        """The work calendar through ``last_year``, with the office's ``registry/workdays.csv`` where there is one.

        Raises ``RegistryError`` for a wrong file.
        """
        from registry.calendar import build

        return build(last_year, self.registry / "workdays.csv")

    @property
    def registry(self) -> Path:
        """The register as the office edits it."""
        return self.root / "registry"

    @property
    def lexicons(self) -> Path:
        """The bureau's own words, laid over the shipped ones."""
        return self.root / "lexicons"

    @property
    def rules(self) -> Path:
        """The bureau's own rules, laid over the shipped ones."""
        return self.root / "rules"


def _toml(text: str) -> str:
    """``text`` as a TOML basic string (JSON strings are a subset of it)."""
    return json.dumps(text, ensure_ascii=False)
