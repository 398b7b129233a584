"""The small parts around the walk: outcomes, what captures keep, secrets, the registry of platforms, settings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import exceptions
from scrapy.http import Request

from crawler import platforms
from crawler.browser import browser_meta, find_browser, launch_arguments
from crawler.fetched import Fetched, strip_body, strip_headers, strip_url
from crawler.handlers import fill_secrets, to_replica
from crawler.items import CaptureItem, PostItem, digest_of
from crawler.outcomes import RobotsForbidden, of_exception, of_status, retry_after
from crawler.plan import CrawlPlan, ReplicaAddress
from crawler.reading import read, to_dict
from crawler.run import build_settings, user_agent
from domain.clock import Clock
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (418, Outcome.RATE_LIMITED),
        (429, Outcome.RATE_LIMITED),
        (432, Outcome.RATE_LIMITED),
        (401, Outcome.NOT_AUTHORIZED),
        (403, Outcome.NOT_AUTHORIZED),
        (404, Outcome.DELETED),
        (410, Outcome.DELETED),
        (412, Outcome.VERIFY_WALL),
        (521, Outcome.VERIFY_WALL),
        (400, Outcome.BAD_REQUEST),
        (500, Outcome.NETWORK),
        (503, Outcome.NETWORK),
    ],
)
def test_statuses(status, outcome):
    assert of_status(status, {})[0] is outcome


def test_statuses_that_decide_nothing():
    assert of_status(200, {}) is None
    assert of_status(302, {"location": "/x"}) is None


def test_retry_after_is_told():
    outcome, detail = of_status(503, {"retry-after": "120"})
    assert outcome is Outcome.RATE_LIMITED
    assert "120 秒" in detail
    assert retry_after("Thu, 18 Jun 2026 14:01:00 GMT", NOW) == 60
    assert retry_after("Thu, 18 Jun 2026 13:00:00 GMT", NOW) == 0
    assert retry_after("soon", NOW) is None
    assert retry_after("", NOW) is None


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RobotsForbidden("x"), Outcome.ROBOTS),
        (exceptions.DownloadTimeoutError("x"), Outcome.NETWORK),
        (exceptions.CannotResolveHostError("x"), Outcome.NETWORK),
        (exceptions.DownloadConnectionRefusedError("x"), Outcome.NETWORK),
        (exceptions.UnsupportedURLSchemeError("x"), Outcome.BAD_REQUEST),
        (exceptions.IgnoreRequest("max redirections reached"), Outcome.NETWORK),
        (RuntimeError("private text"), Outcome.NETWORK),
    ],
)
def test_exceptions(error, outcome):
    found, detail = of_exception(error)
    assert found is outcome
    assert "private text" not in detail


def test_captures_hold_no_credential():
    body = b'{"access_token":"T0KEN","expires_in":7200,"echo":"S3CRET"}'
    assert strip_body(body, ["S3CRET", ""]) == b'{"access_token":"***","expires_in":7200,"echo":"***"}'
    assert (
        strip_url("https://a.test/x?a=1&access_token=T0KEN&secret=S#f")
        == "https://a.test/x?a=1&access_token=***&secret=***#f"
    )
    assert strip_headers({"Cookie": "a", "Set-Cookie": "b", "AUTHORIZATION": "c", "Accept": "d"}) == {"Accept": "d"}
    fetched = Fetched(url="https://a.test", status=200, body=body, fetched_at=NOW, secrets=("S3CRET",))
    assert fetched.digest == digest_of(fetched.kept_body) != digest_of(body)
    assert "T0KEN" not in repr(fetched)


def test_secrets_are_filled_in_at_the_last_moment():
    request = Request(
        "https://api.test/x?access_token=XUNJIAN-TOKEN&other={odd}",
        method="POST",
        body=b'{"secret":"XUNJIAN-SECRET"}',
        headers={"Authorization": "Bearer XUNJIAN-TOKEN"},
    )
    filled = fill_secrets(request, {"XUNJIAN-TOKEN": "T/0&K", "XUNJIAN-SECRET": "S3", "{odd}": "9"})
    assert filled.url == "https://api.test/x?access_token=T%2F0%26K&other=9"
    assert filled.body == b'{"secret":"S3"}'
    assert filled.headers["Authorization"] == b"Bearer T/0&K"
    assert "T%2F0" not in request.url


def test_the_replica_is_told_what_was_meant():
    sent = to_replica(Request("https://mp.weixin.qq.com/s?a=1#f", headers={"A": "b"}), "127.0.0.1:8001")
    assert sent.url == "http://127.0.0.1:8001/s?a=1"
    assert (sent.headers["X-Replica-Host"], sent.headers["X-Replica-Scheme"]) == (b"mp.weixin.qq.com", b"https")
    assert sent.headers["A"] == b"b"
    assert to_replica(Request("http://a.test"), "127.0.0.1:1").url == "http://127.0.0.1:1/"


def test_items_show_no_text():
    post = PostItem(account_id="wechat:x", post=RawPost(text="身份证"), fetched_at=NOW)
    capture = CaptureItem(
        account_id="wechat:x", url="https://a.test/身份证", body="身份证".encode(), fetched_at=NOW,
        outcome=Outcome.OK, kind="post", digest="d",
    )  # fmt: skip
    assert "身份证" not in repr(post) + repr(capture)
    assert "\\xe8" not in repr(capture)


def test_the_folder_is_the_registry():
    assert "wechat" in platforms.names()
    assert platforms.spider_class("wechat").platform == "wechat"
    with pytest.raises(ValueError, match="wechat"):
        read("nowhere", b"", "", NOW)
    with pytest.raises(ValueError, match="不认识"):
        platforms.spider_class("nowhere")


def test_reading_as_json():
    post = RawPost(
        kind=PostKind.ARTICLE, account="甲", title="题", text="文", published_at=NOW, original=True,
        attachments=(RawAttachment("https://a.test/a.pdf", "甲.pdf"),), post_key="1_1",
    )  # fmt: skip
    single = to_dict(Reading(outcome=Outcome.OK, kind=PostKind.ARTICLE, posts=(post,)))
    assert single["published_at"] == "2026-06-18T22:00:00+08:00"
    assert single["attachments"] == [{"url": "https://a.test/a.pdf", "name": "甲.pdf", "media_type": ""}]
    assert "posts" not in single
    listed = to_dict(Reading(outcome=Outcome.OK, kind=PostKind.LIST, posts=(post,), total=1))
    assert (listed["kind"], listed["post_keys"], listed["posts"][0]["title"]) == ("list", ["1_1"], "题")
    profile = {"followers": 3, "statuses": 4, "seen": NOW, "tags": ("a",)}
    about = to_dict(Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, account="甲", profile=profile))
    assert (about["followers"], about["statuses"], about["account"]) == (3, 4, "甲")
    assert about["profile"]["seen"] == "2026-06-18T22:00:00+08:00"
    gone = to_dict(Reading(outcome=Outcome.DELETED, detail="已删除"))
    assert (gone["outcome"], gone["kind"], gone["published_at"]) == ("DELETED", "none", None)


def plan(**more) -> CrawlPlan:
    return CrawlPlan(platform="wechat", tasks=(), clock=Clock(NOW), **more)


def test_settings_close_what_scrapy_opens():
    settings = build_settings(plan())
    assert settings["REMOTE_CONTROL_ENABLED"] is False
    assert settings["TELNETCONSOLE_ENABLED"] is False
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert settings["ROBOTSTXT_OBEY"] is True
    assert not {418, 429, 432} & set(settings["RETRY_HTTP_CODES"])


def test_settings_follow_the_plan():
    address = ReplicaAddress("127.0.0.1", 8001, 8002, "key")
    settings = build_settings(plan(replica=address, polite={"delay": 0.25, "per_host": 3, "timeout": 9}), "a.B")
    assert (settings["DOWNLOAD_DELAY"], settings["CONCURRENT_REQUESTS_PER_DOMAIN"], settings["DOWNLOAD_TIMEOUT"]) == (
        0.25,
        3,
        9,
    )
    assert settings["XUNJIAN_REPLICA"] == "127.0.0.1:8001"
    assert settings["HTTPPROXY_ENABLED"] is False
    assert settings["ITEM_PIPELINES"] == {"crawler.guard.CoverageGuard": 100}
    assert "XUNJIAN_REPLICA" not in build_settings(plan())


def test_user_agent_is_honest_and_ascii():
    agent = user_agent("巡检办 xunjian@liuxi.example\r\nX-Evil: 1")
    assert agent.isascii()
    assert "\n" not in agent
    assert agent.startswith("xunjian/2026.1 (")
    assert "xunjian@liuxi.example" in agent


def test_browser_choice(monkeypatch, tmp_path):
    browser = tmp_path / "my-browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("XUNJIAN_BROWSER", str(browser))
    assert find_browser() == str(browser)
    monkeypatch.setenv("XUNJIAN_BROWSER", str(tmp_path / "nothing"))
    assert find_browser() == ""
    monkeypatch.delenv("XUNJIAN_BROWSER")
    monkeypatch.setenv("PATH", str(tmp_path))
    browser.rename(tmp_path / "google-chrome")
    assert find_browser() == str(tmp_path / "google-chrome")


def test_browser_arguments(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert "--no-sandbox" not in launch_arguments(None)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    arguments = launch_arguments(ReplicaAddress("127.0.0.1", 8001, 8002, "key="))
    assert "--no-sandbox" in arguments
    rules = next(argument for argument in arguments if argument.startswith("--host-resolver-rules="))
    assert "MAP * 127.0.0.1:8002" in rules
    assert "--ignore-certificate-errors-spki-list=key=" in arguments
    assert not any("MAP *" in argument for argument in launch_arguments(None))
    assert browser_meta("toutiao:1", "agent")["playwright_context"] == "toutiao:1"
