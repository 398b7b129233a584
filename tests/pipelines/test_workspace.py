"""Finding, making and configuring a workspace."""

from __future__ import annotations

import stat

import pytest

from domain.errors import ConfigError
from pipelines.settings import load_settings
from pipelines.workspace import MARKER, Workspace


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    import os

    for name in list(os.environ):
        if name.startswith("XUNJIAN_"):
            monkeypatch.delenv(name)


@pytest.fixture
def made(tmp_path):
    return Workspace.create(tmp_path / "ws", bureau='柳溪市"民政局"', contact="a@liuxi.example")


def test_made_with_everything_and_owner_only(made):
    assert made.settings.bureau.name == '柳溪市"民政局"'
    for path in (made.root, made.evidence, made.reports, made.inbox, made.logs):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert all(path.is_dir() for path in (made.registry, made.lexicons, made.rules))
    assert {stat.S_IMODE(p.stat().st_mode) for p in (made.key_path, made.db)} == {0o600}
    assert made.fingerprint_key != made.key


def test_making_it_again_overwrites_nothing(made):
    key, text = made.key, (made.root / MARKER).read_text()
    again = Workspace.create(made.root, bureau="另一个")
    assert (again.key, (again.root / MARKER).read_text()) == (key, text)


def test_found_by_argument_environment_and_folder(made, tmp_path, monkeypatch):
    other = Workspace.create(tmp_path / "other")
    inside = made.lexicons
    monkeypatch.chdir(inside)
    assert Workspace.find().root == made.root
    monkeypatch.setenv("XUNJIAN_HOME", str(other.root))
    assert Workspace.find().root == other.root
    assert Workspace.find(made.root).root == made.root
    monkeypatch.setenv("XUNJIAN_HOME", str(tmp_path))
    with pytest.raises(ConfigError, match="不是工作区"):
        Workspace.find()
    monkeypatch.delenv("XUNJIAN_HOME")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="xunjian init"):
        Workspace.find()


def test_environment_overrides_the_file(made, monkeypatch):
    monkeypatch.setenv("XUNJIAN_CRAWL__DELAY", "2.5")
    monkeypatch.setenv("XUNJIAN_DATABASE", "postgresql://x/y")
    fresh = Workspace(made.root)
    assert fresh.settings.crawl.delay == 2.5
    assert fresh.settings.crawl.accounts == 4, "the file's other values stand"
    assert fresh.database_url == "postgresql://x/y"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[crawl]\ndelay = -1", "crawl.delay"),
        ("[crawl]\ndealy = 1", "crawl.dealy"),
        ("colour = 1", "不认识的项 colour"),
        ("[crawl", "TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(made, text, message):
    (made.root / MARKER).write_text(text)
    with pytest.raises(ConfigError, match=message):
        _ = Workspace(made.root).settings


def test_credentials_are_sealed_and_replaced_whole(made):
    assert made.credentials() == {}
    made.put_credentials({"wechat-main": {"appid": "wx1", "secret": "very-secret"}})
    made.put_credentials({"wechat-main": {"appid": "wx1", "secret": "very-secret"}, "weibo": {"token": "t"}})
    assert made.credentials()["wechat-main"]["secret"] == "very-secret"
    assert b"very-secret" not in made.credentials_path.read_bytes()
    assert stat.S_IMODE(made.credentials_path.stat().st_mode) == 0o600
    made.credentials_path.write_bytes(b"broken")
    with pytest.raises(ConfigError, match="无法解密"):
        made.credentials()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a = ", "不是合法的 TOML（文件末尾不完整）"),
        ("[bureau]\nname = 柳溪", "不是合法的 TOML（第 2 行第 8 列）"),
        ("[bureau]\nname = 5", "bureau.name 的值不对，应为文字"),
        ('[crawl]\ndelay = "快"', "crawl.delay 的值不对，应为数字"),
        ("[scan]\nworkers = -1", "scan.workers 的值不对，不能小于 0"),
        ('[bureau]\nnaem = "柳溪"', "不认识的项 bureau.naem；可用：name、contact、public_numbers"),
        ("[store]\nx = 1", "不认识的项 store；可用：database"),
    ],
)
def test_a_wrong_setting_is_told_in_chinese(tmp_path, written, told):
    path = tmp_path / "xunjian.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    message = str(caught.value)
    assert message.startswith(f"{path}：{told}")
    assert "\n" not in message
