"""The demo's world, served, and workspaces that have a part of its accounts on file."""

from __future__ import annotations

import base64
from contextlib import contextmanager

from crawler.plan import ReplicaAddress
from domain.case import Sighting
from domain.inspection import InspectionState
from pipelines.workspace import Workspace
from replica.demo import build
from replica.server import ReplicaServer

#: One account each of listing-borne posts, article pages with attachments, an interface, an app and a wall.
SMALL = ("weibo:7600001005", "weibo:7600001004", "wechat:gh_5a1c0e7b9d02", "website:mzj.liuxi.example")


@contextmanager
def served():
    """The demo and its replica. The whole world is served: posts link to other accounts."""
    demo = build()
    with ReplicaServer(demo.world) as server:
        yield demo, server


def address(server) -> ReplicaAddress:
    """Where the replica listens."""
    return ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)


def workspace(path, demo, *account_ids) -> Workspace:
    """A new workspace with these accounts on file. All have one key, so that fingerprints can be compared."""
    path.mkdir()
    key = path / "secret.key"
    key.write_bytes(base64.b64encode(bytes(range(32))))
    key.chmod(0o600)
    made = Workspace.create(path, bureau="柳溪市民政局", contact="inspector@liuxi.example")
    made.put_credentials({name: dict(values) for name, values in demo.world.credentials.items()})
    with made.open_store() as store:
        accounts = [entry.account for entry in demo.world.accounts if entry.account.id in account_ids]
        assert len(accounts) == len(account_ids), "the demo has accounts of these ids"
        store.put_accounts(accounts, source="demo", at=demo.now)
    return made


def everything(made: Workspace) -> dict[str, object]:
    """All that the first inspection leaves behind and that must not depend on how often it was interrupted.

    A run that is killed between its last word and its end is complete: the next one is another inspection, and finds
    nothing new.
    """
    with made.open_store() as store:
        *later, inspection = store.inspections()
        assert {item.state for item in (*later, inspection)} == {InspectionState.COMPLETE}
        for item in later:
            assert {sighted.sighting for sighted in store.sighted(item.id)} <= {
                Sighting.PERSISTING,
                Sighting.NOT_REREAD,
            }
        accounts = store.accounts()
        return {
            "inspection": inspection.id,
            "posts": {
                item.post.id: (item.post.revision, item.post.published_at, item.outcome, item.gone_at, item.pinned)
                for account in accounts
                for item in store.posts_of(account.id)
            },
            "read": {coverage.account_id: coverage.read for coverage in store.coverages(inspection.id)},
            "ended": {c.account_id: (c.outcome, c.complete) for c in store.coverages(inspection.id)},
            "findings": sorted(
                (
                    item.finding.fingerprint,
                    item.finding.rule_id,
                    item.finding.post_id,
                    item.finding.term,
                    item.finding.evidence,
                    item.sighting.value,
                    item.case.opened_in,
                    len(item.finding.occurrences),
                )
                for item in store.sighted(inspection.id)
            ),
        }
