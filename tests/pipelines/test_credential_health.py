"""Expiries of certifications, tokens and secrets: counted down every night, told once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cli.doctoring import State, workspace_checks
from crawler.plan import ReplicaAddress
from crawler.tokens import read_token_info
from domain.account import Account, Route
from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.profile import ProfileFacts
from pipelines import reporting
from pipelines.inspection import inspect
from pipelines.workspace import Workspace
from replica.request import json_reply
from replica.server import ReplicaServer
from reports import formats

NOW = datetime(2026, 6, 18, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)
TOKEN = "2.00CANARYtoken"
WEIBO = Account(platform="weibo", key="7600009001", name="柳溪民政", routes=(Route("oauth", credential="weibo"),))
WECHAT = Account(platform="wechat", key="gh_0000000000aa", name="柳溪民政", routes=())


class Platform:
    """Weibo's interface: how long the token lasts, and an empty account."""

    def __init__(self) -> None:
        self.left = timedelta(days=20)
        self.at = NOW
        self.asked = 0
        self.lapsed = False

    def __call__(self, request):
        if request.path == "/oauth2/get_token_info":
            assert (request.method, request.form()["access_token"]) == ("POST", TOKEN)
            self.asked += 1
            if self.lapsed:
                return json_reply({"error": "expired_token", "error_code": 21327}, 400)
            return json_reply({"uid": 1, "create_at": 1, "expire_in": int((NOW + self.left - self.at).total_seconds())})
        if self.lapsed:
            return json_reply({"error": "expired_token", "error_code": 21327}, 400)
        user = {"idstr": WEIBO.key, "screen_name": WEIBO.name, "statuses_count": 1}
        status = {
            "idstr": "51",
            "mid": "51",
            "created_at": "Wed Jun 17 10:00:00 +0800 2026",
            "text": "您好",
            "user": user,
        }
        return json_reply({"statuses": [status], "total_number": 1})


@pytest.fixture
def nights(tmp_path):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局", contact="inspector@liuxi.example")
    made.put_credentials({"weibo": {"access_token": TOKEN}})
    with made.open_store() as store:
        store.put_accounts([WEIBO], source="register", at=NOW - 30 * DAY)
    platform = Platform()
    with ReplicaServer(answer=platform) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        def night(number: int):
            platform.at = NOW + number * DAY
            result = inspect(made, InspectionScope(), Clock(platform.at, fixed=True), replica=address)
            with made.open_store() as store:
                return reporting.build(made, store, result.inspection.id)

        yield made, platform, night
        assert server.errors == []


def test_three_nights_count_down_and_tell_once(nights):
    made, platform, night = nights
    reports = [night(number) for number in range(3)]
    lines = [report.credentials[0] for report in reports]
    assert [line.days_left for line in lines] == [20, 19, 18]
    assert [line.alert for line in lines] == [True, False, False], "exactly one alert for one expiry"
    assert platform.asked == 3
    for name in ("html", "xlsx", "json", "csv"):
        assert TOKEN.encode() not in formats.render(reports[0], name)
    page = formats.render(reports[1], "html").decode()
    assert "凭据到期" in page
    assert "还有 19 天" in page
    assert json.loads(formats.render(reports[1], "json"))["credentials"][0]["days_left"] == 19
    for path in made.root.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes(), path


def test_another_expiry_is_told_again_and_a_far_one_is_not_asked_about_every_night(nights):
    _, platform, night = nights
    assert night(0).credentials[0].alert
    platform.left = timedelta(days=25)  # authorised anew
    assert night(1).credentials[0].alert
    platform.left = timedelta(days=900)
    assert not night(2).credentials[0].alert
    asked = platform.asked
    assert not night(3).credentials[0].alert
    assert platform.asked == asked


def test_a_refusal_is_told_once_until_it_works_again(nights):
    _, platform, night = nights
    platform.left = timedelta(days=900)
    platform.lapsed = True
    first, second = night(0), night(1)
    assert "授权已失效" in first.credentials[0].refusal
    assert (first.credentials[0].alert, second.credentials[0].alert) == (True, False)
    platform.lapsed = False
    assert night(2).credentials[0].refusal == ""
    platform.lapsed = True
    with_date = night(10)
    assert with_date.credentials[0].refusal
    assert with_date.credentials[0].alert


def test_certifications_and_dates_of_the_office_are_counted_in_the_doctor(tmp_path):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局")
    today = Clock.system().read()
    soon = (today + timedelta(days=9, hours=1)).isoformat()
    made.put_credentials({"main": {"secret": TOKEN, "expires_on": (today + timedelta(days=200)).date().isoformat()}})
    with made.open_store() as store:
        account = replace(WECHAT, routes=(Route("official", credential="main"),))
        store.put_accounts([account], source="register", at=today)
        store.put_snapshot(account.id, ProfileFacts(certified_until=soon), evidence="", inspection_id="x", at=today)
    told = {check.name: check for check in workspace_checks(made)}
    certification = told["微信认证：柳溪民政"]
    assert certification.state is State.ADVICE
    assert "还有 9 天" in certification.found
    assert "年审" in certification.fix
    secret = told["接口凭据：main"]
    assert secret.state is State.GOOD
    assert "到期，还有" in secret.found
    assert TOKEN not in repr(told)


def test_replies_about_a_token():
    assert read_token_info(b'{"uid":1,"expire_in":86400}', NOW) == (NOW + DAY, "")
    at, refusal = read_token_info(b'{"expire_in":-5}', NOW)
    assert at < NOW
    assert "到期" in refusal
    assert "21327" in read_token_info(b'{"error":"expired_token","error_code":21327}', NOW)[1]
    assert read_token_info(b'{"error_code":10023}', NOW) is None
    assert read_token_info(b"<html>", NOW) is None
