"""Profiles night after night: their history, the look of avatars, and what has drifted from the register."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw

from crawler.plan import ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.profile import hash_distance, same_picture
from extractors.look import difference_hash
from pipelines.inspection import inspect
from pipelines.workspace import Workspace
from replica.request import Reply, json_reply, text_reply
from replica.server import ReplicaServer

NOW = datetime(2026, 6, 18, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)
ACCOUNT = Account(
    platform="weibo",
    key="7600009001",
    name="柳溪市救助管理站",
    sponsor="柳溪市救助管理站",
    routes=(Route("oauth", credential="weibo"),),
    home_url="https://weibo.com/u/7600009001",
)


def portrait(kind: str, size: int = 240, quality: int = 90) -> bytes:
    """A picture with a few large shapes."""
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    if kind == "old":
        draw.ellipse((size // 8, size // 8, size // 2, size * 7 // 8), fill="#b02020")
    else:
        draw.polygon(((size // 2, 0), (size, size // 2), (size // 2, size)), fill="#102060")
        draw.rectangle((0, size // 2, size // 3, size), fill="#208020")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


class Platform:
    """Weibo's interface with one account, whose profile the test changes."""

    def __init__(self) -> None:
        self.user = {
            "idstr": ACCOUNT.key,
            "screen_name": ACCOUNT.name,
            "description": "生活无着的流浪乞讨人员救助",
            "verified": True,
            "verified_reason": "柳溪市救助管理站官方微博",
            "avatar_hd": "https://wx1.sinaimg.cn/orj480/old.jpg?Expires=1",
        }
        self.pictures = {"/orj480/old.jpg": portrait("old"), "/orj480/new.jpg": portrait("new")}
        self.down = False
        self.asked: list[str] = []

    def __call__(self, request) -> Reply:
        if request.path == "/robots.txt":
            return text_reply("User-agent: *\nAllow: /\n")
        if request.host == "wx1.sinaimg.cn":
            self.asked.append(request.path)
            assert request.headers.get("referer") == ACCOUNT.home_url
            return Reply(200, {"Content-Type": "image/jpeg"}, self.pictures[request.path])
        if self.down:
            return text_reply("", 418)
        status = {
            "idstr": "5000000000000001",
            "mid": "5000000000000001",
            "created_at": "Wed Jun 17 10:00:00 +0800 2026",
            "text": "今日救助热线照常值守。",
            "user": self.user,
        }
        return json_reply({"statuses": [status], "total_number": 1})


@pytest.fixture
def nights(tmp_path):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局", contact="inspector@liuxi.example")
    made.put_credentials({"weibo": {"access_token": "2.00fictional"}})
    with made.open_store() as store:
        store.put_accounts([ACCOUNT], source="register", at=NOW - 30 * DAY)
    platform = Platform()
    with ReplicaServer(answer=platform) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        def night(number: int):
            result = inspect(made, InspectionScope(), Clock(NOW + number * DAY, fixed=True), replica=address)
            return {
                one.finding.rule_id: one
                for one in result.findings
                if "drift" in one.finding.rule_id or "avatar" in one.finding.rule_id
            }

        yield made, platform, night
        assert server.errors == []


def test_a_quiet_profile_is_one_state_and_its_avatar_one_request(nights):
    made, platform, night = nights
    for number in range(3):
        platform.user["avatar_hd"] = f"https://wx1.sinaimg.cn/orj480/old.jpg?Expires={number}"
        assert night(number) == {}
    assert platform.asked == ["/orj480/old.jpg"], "another signature is no other picture"
    with made.open_store() as store:
        (state,) = store.profile_history(ACCOUNT.id).states
    assert (state.first_seen_at, state.last_seen_at) == (NOW, NOW + 2 * DAY)
    assert state.facts.name == ACCOUNT.name
    assert state.facts.certified == "yes"
    assert len(state.facts.avatar_hash) == 16


def test_every_drift_is_told_once_and_stays_told(nights):
    made, platform, night = nights
    assert night(0) == {}
    platform.user |= {
        "screen_name": "柳溪生活指南",
        "description": "吃喝玩乐都在这里，联系 13900001234",
        "verified_reason": "清溪文化官方微博",
        "avatar_hd": "https://wx1.sinaimg.cn/orj480/new.jpg",
    }
    first = night(1)
    assert set(first) == {
        "filing-name-drift",
        "filing-subject-drift",
        "filing-introduction-drift",
        "filing-avatar-changed",
    }
    assert {one.sighting.value for one in first.values()} == {"new"}
    assert "柳溪生活指南" in first["filing-name-drift"].finding.message
    assert "13900001234" not in first["filing-introduction-drift"].finding.message
    assert first["filing-avatar-changed"].finding.severity.value == "notice"
    second = night(2)
    assert {rule: one.finding.fingerprint for rule, one in first.items()} == {
        rule: one.finding.fingerprint for rule, one in second.items()
    }
    assert {one.sighting.value for one in second.values()} == {"persisting"}
    assert platform.asked == ["/orj480/old.jpg", "/orj480/new.jpg"]

    with made.open_store() as store:
        store.put_accounts([replace(ACCOUNT, name="柳溪生活指南")], source="register", at=NOW + 2 * DAY)
    third = night(3)
    assert {one.sighting.value for one in third.values()} == {"absent"}, "what the register was changed for is filed"


def test_what_was_changed_back_is_no_drift_any_more(nights):
    _, platform, night = nights
    night(0)
    kept = platform.user["description"]
    platform.user["description"] = "吃喝玩乐都在这里"
    assert night(1)["filing-introduction-drift"].sighting.value == "new"
    platform.user["description"] = kept
    assert night(2)["filing-introduction-drift"].sighting.value == "absent"


def test_nothing_is_concluded_behind_a_wall(nights):
    _, platform, night = nights
    night(0)
    platform.user["screen_name"] = "柳溪生活指南"
    assert "filing-name-drift" in night(1)
    platform.down = True
    assert night(2)["filing-name-drift"].sighting.value == "not_reread"


def test_a_picture_is_known_again_in_other_sizes():
    one, small = difference_hash(portrait("old")), difference_hash(portrait("old", 64, 40))
    assert hash_distance(one, small) <= 6
    assert hash_distance(one, difference_hash(portrait("new"))) > 10
    assert difference_hash(b"<html>403</html>") == ""
    assert hash_distance(one, "") == 64
    assert same_picture("https://p3.example/a/1.jpg?sig=1", "https://p9.example/a/1.jpg?sig=2")
