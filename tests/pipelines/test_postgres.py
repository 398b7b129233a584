"""The line with a PostgreSQL database: several processes write to it at once."""

from __future__ import annotations

import pytest

from domain.clock import Clock
from domain.inspection import InspectionScope
from pipelines.inspection import inspect
from tests.pipelines.world import address, everything, served, workspace
from tests.store import postgres

ACCOUNTS = ("weibo:7600001005", "app:example.liuxi.yanglaotong", "website:mzj.liuxi.example")

pytestmark = pytest.mark.slow


@pytest.fixture
def database(monkeypatch):
    with postgres.server() as url:
        yield url


def test_the_same_on_both_databases(tmp_path, database, monkeypatch):
    with served() as (demo, server):
        clock = Clock(demo.now, fixed=True)
        monkeypatch.delenv("XUNJIAN_DATABASE", raising=False)
        lite = workspace(tmp_path / "lite", demo, *ACCOUNTS)
        inspect(lite, InspectionScope(), clock, replica=address(server))
        expected = everything(lite)
        monkeypatch.setenv("XUNJIAN_DATABASE", database)
        large = workspace(tmp_path / "large", demo, *ACCOUNTS)
        inspect(large, InspectionScope(), clock, replica=address(server))
        assert everything(large) == expected
        assert not large.db.exists()
        assert len(expected["findings"]) > 10
