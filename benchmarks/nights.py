"""Nights over the large replica bureau: a workspace with its accounts on file, and one inspection after another."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from crawler.plan import ReplicaAddress
from domain.clock import Clock
from domain.inspection import InspectionScope
from pipelines.inspection import InspectionResult, inspect
from pipelines.workspace import Workspace
from replica.bureau import Bureau
from replica.server import ReplicaServer, Served

#: ``[crawl]`` of the workspaces made here: short times, so that a mute account is given up within a test.
CRAWL = {"timeout": "4", "account_deadline": "25", "platform_deadline": "150"}


@dataclass(frozen=True, slots=True)
class Night:
    """One inspection, what it asked the platforms for, and how long it took (seconds)."""

    result: InspectionResult
    asked: tuple[Served, ...] = field(repr=False)
    seconds: float
    errors: tuple[str, ...] = ()

    def per_kind(self, workspace: Workspace) -> dict[str, Counter[str]]:
        """By account: how many responses of each kind (list, post, profile, attachment) were kept."""
        counted: dict[str, Counter[str]] = {}
        with workspace.open_store() as store:
            for account_id, kind, number in store.captured(self.result.inspection.id):
                counted.setdefault(account_id, Counter())[kind] += number
        return counted


def workspace_for(path: Path, bureau: Bureau, **crawl: str) -> Workspace:
    """A new workspace that has the bureau's accounts and credentials on file; ``crawl`` overrides its settings."""
    made = Workspace.create(path, bureau="柳溪市民政局", contact="inspector@liuxi.example")
    marker = made.root / "xunjian.toml"
    lines = [f"{name} = {value}" for name, value in (CRAWL | crawl).items()]
    text = marker.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(tuple(f"{name} " for name in CRAWL | crawl))]
    marker.write_text("\n".join(kept).replace("[crawl]", "\n".join(["[crawl]", *lines])) + "\n", encoding="utf-8")
    made = Workspace.find(path)  # anew: settings are read once
    made.put_credentials({name: dict(values) for name, values in bureau.world.credentials.items()})
    with made.open_store() as store:
        store.put_accounts(bureau.accounts, source="bureau", at=bureau.world.now)
    return made


@contextmanager
def served(bureau: Bureau) -> Iterator[ReplicaServer]:
    """The bureau with its faults; what still hangs at the end is let go."""
    faults = bureau.faults()
    with ReplicaServer(answer=faults.answer) as server:
        try:
            yield server
        finally:
            faults.release()


def night(workspace: Workspace, bureau: Bureau) -> Night:
    """One inspection of every account at the bureau's moment."""
    with served(bureau) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)
        began = time.monotonic()
        result = inspect(workspace, InspectionScope(), Clock(bureau.world.now, fixed=True), replica=address)
        return Night(result, tuple(server.log), time.monotonic() - began, tuple(server.errors))
