"""What is opened in a browser is closed again on every path, and no account sees what another one left behind."""

from __future__ import annotations

import json
import os
import signal
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

LINUX = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are listed on Linux only")
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
    "greedy": "let a = []; while (true) { a.push(new Array(1e6).fill(Math.random())) }",
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


def one_night(*names: str):
    with ReplicaServer(answer=answer) as server:
        tasks = [
            task("toutiao", name, (Route("browser", f"https://www.toutiao.com/c/user/token/{name}/"),))
            for name in names
        ]
        tasks = [replace(each, deadline_seconds=12 if each.account.key in ("hang", "greedy") else 60) for each in tasks]

        class Here:
            address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        made = plan(Here, *tasks, browser=BROWSER)
        # One request may take longer than the hanging account has: else the two limits race for the outcome.
        polite = {"delay": 0, "accounts": 3, "per_host": 8, "timeout": 30, "browser_pages": 3, "refused_in_a_row": 999}
        crawled = run(replace(made, polite=polite), timeout=120)
        return crawled, server.tls_port


@pytest.fixture(scope="module")
def night():
    return one_night(*(name for name in SCRIPTS if name != "greedy"), "away")


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


def test_a_page_that_eats_memory_ends_by_itself():
    # On a night of its own: where the system runs short, the whole browser may go, and the pages beside it with it.
    outcome, complete = coverage(one_night("greedy"), "greedy")
    assert Outcome(outcome).is_reach
    assert not complete


@LINUX
def test_a_browser_that_dies_takes_one_account_with_it_at_most():
    names = [f"n{number}" for number in range(6)]
    asked: list[str] = []

    def answering(request) -> Reply:
        if request.path.startswith("/c/user/token/n"):
            name = request.path.split("/")[4]
            asked.append(name)
            if len(asked) == 3:
                kill_browser(server.tls_port)
            return html_reply(f"<html><body><script>{LOAD}</script></body></html>")
        return answer(request)

    with ReplicaServer(answer=answering) as server:
        tasks = [
            task("toutiao", name, (Route("browser", f"https://www.toutiao.com/c/user/token/{name}/"),))
            for name in names
        ]

        class Here:
            address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        polite = {"delay": 0, "accounts": 1, "timeout": 8, "refused_in_a_row": 999}
        crawled = run(replace(plan(Here, *tasks, browser=BROWSER), polite=polite), timeout=120)
    outcomes = {item["account"].split(":")[1]: item["outcome"] for item in crawled.of("coverage")}
    assert set(outcomes) == set(names)
    assert sum(outcome == Outcome.OK for outcome in outcomes.values()) >= 5, outcomes
    assert crawled.summary["stats"]["playwright/browser_count"] == 2
    assert crawled.summary["stats"]["xunjian/contexts_left"] == 0


def kill_browser(port: int) -> None:
    """End the browser that this test started, known by the address it was told to resolve every host to."""
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if f"127.0.0.1:{port}".encode() in words and b"--type=" not in words and b"hrom" in words.split(b"\0")[0]:
            os.kill(int(entry.name), signal.SIGKILL)


@LINUX
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
