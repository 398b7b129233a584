"""Every test of the store runs on SQLite, and on PostgreSQL where the slow tests run."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

import store
from tests.store import postgres
from tests.store.factories import KEY


@pytest.fixture(scope="session")
def postgres_url():
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'xunjian.db'}"
    url = request.getfixturevalue("postgres_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def opened(database_url, tmp_path):
    """An open store."""
    with store.open(database_url, KEY, tmp_path / "evidence") as instance:
        yield instance
