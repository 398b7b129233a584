"""What is opened in a browser is closed again on every path, and no account sees what another one left behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from errand import plan, task
from rig import run
from states import BROWSER, IN_A_BROWSER

from crawler.plan import ReplicaAddress
from domain.account import Route
from domain.outcome import Outcome
from replica.request import Reply, html_reply, redirect, text_reply
from replica.server import ReplicaServer

pytestmark = IN_A_BROWSER

LOAD = "fetch('/api/pc/list/feed?category=profile_all&max_behot_time=0&token=' + location.pathname.split('/')[4])"
SCRIPTS = {
    "good": LOAD,
    "other": LOAD,
    "third": LOAD,
    "fourth": LOAD,
    "twice": f"{LOAD}; {LOAD}",
    "dialogs": f"alert('a'); confirm('b'); {LOAD}",
    "popups": f"window.open('/popup'); window.open('/popup'); {LOAD}",
    "slow": "setInterval(function () {}, 50)",
    "hang": "while (true) {}",
    "reload": "if (!location.hash) { location.hash = 'x'; setTimeout(function () { location.reload() }, 50) } else {"
    + LOAD
    + "}",
}
ITEM = {"cell_type": 32, "publish_time": 1781778000, "user": {"user_id": 1, "name": "柳溪民政"}, "content": "今天值班"}


def answer(request) -> Reply:
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.path == "/api/pc/list/feed":
        cookie = request.headers.get("cookie", "")
        item = ITEM | {"id": "7516000000000000001", "content": f"cookie={cookie}"}
        return Reply(
            200, {"Content-Type": "application/json"}, json.dumps({"message": "success", "data": [item]}).encode()
        )
    name = request.path.split("/")[4] if request.path.count("/") > 3 else ""
    if name == "away":
        return redirect("https://sso.toutiao.com/login/")
    if name not in SCRIPTS:
        return html_reply("<p>popup</p>")
    page = f"<html><body><script>{SCRIPTS[name]}</script></body></html>"
    return html_reply(page, headers={"Set-Cookie": f"visitor={name}; Path=/"})


@pytest.fixture(scope="module")
def night():
    with ReplicaServer(answer=answer) as server:
        names = (*SCRIPTS, "away")
        tasks = [
            task("toutiao", name, (Route("browser", f"https://www.toutiao.com/c/user/token/{name}/"),))
            for name in names
        ]
        tasks = [replace(each, deadline_seconds=12 if each.account.key == "hang" else 60) for each in tasks]

        class Here:
            address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        made = plan(Here, *tasks, browser=BROWSER)
        polite = {"delay": 0, "accounts": 3, "per_host": 8, "timeout": 8, "browser_pages": 3, "refused_in_a_row": 999}
        crawled = run(replace(made, polite=polite), timeout=120)
        return crawled, server.tls_port


def coverage(night, name: str) -> tuple[str, bool]:
    found = night[0].coverage(f"toutiao:{name}")
    return found["outcome"], found["complete"]


@pytest.mark.parametrize("name", ["good", "other", "third", "fourth", "twice", "dialogs", "popups", "reload"])
def test_good_accounts_are_read_beside_bad_ones(night, name):
    assert coverage(night, name) == (Outcome.OK, True)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("slow", Outcome.LAYOUT_CHANGED), ("hang", Outcome.DEADLINE), ("away", Outcome.LOGIN_WALL)],
)
def test_bad_accounts_end_with_their_outcome(night, name, outcome):
    assert coverage(night, name) == (outcome, False)


def test_each_account_has_a_context_of_its_own(night):
    texts = {item["account"]: item["text"] for item in night[0].of("post")}
    assert texts["toutiao:good"] == "cookie=visitor=good"
    assert texts["toutiao:other"] == "cookie=visitor=other"


def test_the_browser_is_exchanged_and_nothing_is_left_open(night):
    stats = night[0].summary["stats"]
    assert stats["xunjian/browser_retired"] >= 3
    assert stats["playwright/browser_count"] >= 3
    assert stats["xunjian/contexts_left"] == 0
    assert stats["playwright/page_count/max_concurrent"] <= 2 * 3


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are listed on Linux only")
def test_no_process_is_left(night):
    mark = f"127.0.0.1:{night[1]}".encode()
    left = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                left.append(entry.name)
        except OSError:
            continue
    assert left == []
