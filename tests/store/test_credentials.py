"""Credentials in the keyring of the system: the same as in the file, and nothing of them anywhere else."""

from __future__ import annotations

import pytest

from domain.errors import ConfigError
from pipelines.workspace import Workspace

keyring = pytest.importorskip("keyring")
from keyring.backend import KeyringBackend  # noqa: E402
from keyring.errors import KeyringLocked  # noqa: E402

ENTRIES = {"wechat-main": {"appid": "wx1", "secret": "CANARYsecret"}, "weibo": {"access_token": "CANARYtoken"}}


class Memory(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked(f"cannot open {service} CANARYsecret")
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def kept():
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setenv("XUNJIAN_CREDENTIALS__STORE", "keyring")
    return Workspace.create(tmp_path / "ws")


def test_what_was_put_comes_back_and_what_was_removed_is_gone(made, kept):
    assert made.credentials() == {}
    made.put_credentials(ENTRIES)
    assert made.credentials() == ENTRIES
    made.put_credentials({"weibo": ENTRIES["weibo"]})
    assert made.credentials() == {"weibo": ENTRIES["weibo"]}
    assert not any("CANARYsecret" in value for value in kept.kept.values())


def test_nothing_of_it_is_in_the_workspace(made, kept):
    made.put_credentials(ENTRIES)
    assert not made.credentials_path.exists()
    for path in made.root.rglob("*"):
        assert not path.is_file() or b"CANARY" not in path.read_bytes(), path


def test_two_workspaces_share_nothing(made, kept, tmp_path):
    made.put_credentials(ENTRIES)
    assert Workspace.create(tmp_path / "other").credentials() == {}


def test_a_locked_keyring_is_told_without_what_it_says(made, kept):
    made.put_credentials(ENTRIES)
    kept.locked = True
    with pytest.raises(ConfigError, match="密钥环无法使用") as told:
        made.credentials()
    assert "CANARY" not in f"{told.value!r}{told.value.__cause__!r}{told.value.__context__!r}"


def test_a_missing_library_is_told_with_the_remedy(made, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    with pytest.raises(ConfigError, match="没有安装 keyring"):
        made.credentials()
