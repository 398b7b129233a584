"""Messages reach a local webhook: grave findings once, one digest a morning, troubles apart and only when they last."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cli.messaging import tell_office
from domain.account import Account
from domain.case import Sighting
from domain.coverage import Coverage
from domain.inspection import InspectionKind, InspectionState
from domain.message import FULL_VIEW, Message, Topic, troubles
from domain.outcome import Outcome
from domain.rule import Confidence, Severity
from pipelines import messages
from pipelines.workspace import Workspace
from reports.model import AccountLine, CredentialLine, FindingLine, Report
from store.records import Verdicts

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)
DAY = timedelta(days=1)
ID_NUMBER = "349901199003070013"
PHONE = "13900001234"
ACCOUNT = Account(platform="weibo", key="7600009001", name="柳溪民政")


class Hook:
    """A webhook on this machine: what it was told, and whether it takes it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.status = 200
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if hook.status == 200:
                    hook.told.append((self.path, f"{body['title']}\n{body['message']}"))
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"json://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def hook():
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def office(tmp_path, hook, monkeypatch):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局")
    with (made.root / "xunjian.toml").open("a") as file:
        file.write(
            '[[messages.channels]]\nname = "值班群"\ncredential = "duty"\n'
            '[[messages.channels]]\nname = "技术"\nvariable = "TECH_HOOK"\ntopics = ["technical"]\n'
        )
    made.put_credentials({"duty": {"url": f"{hook.url}/duty-s3cret"}})
    monkeypatch.setenv("TECH_HOOK", f"{hook.url}/tech-s3cret")
    return Workspace.find(made.root)


def finding(severity=Severity.VETO, **changes):
    values = {
        "fingerprint": "f" * 64,
        "rule_id": "privacy-identity",
        "rule_title": "公民身份号码",
        "severity": severity,
        "confidence": Confidence.HIGH,
        "sighting": Sighting.NEW,
        "account_id": ACCOUNT.id,
        "account_name": ACCOUNT.name,
        "platform": "weibo",
        "post_title": "救助名单",
    }
    return FindingLine(**{**values, **changes})


def report(*findings, now=NOW, **changes):
    values = {
        "inspection_id": f"{now:%Y%m%dT%H%M%SZ}-nightly",
        "kind": InspectionKind.NIGHTLY,
        "state": InspectionState.COMPLETE,
        "now": now,
        "bureau": "柳溪市民政局",
        "program": "xunjian",
        "findings": findings,
        "accounts": (AccountLine(id=ACCOUNT.id, platform="weibo", name=ACCOUNT.name, outcome=Outcome.LOGIN_WALL),),
    }
    return Report(**{**values, **changes})


def test_grave_findings_are_told_once_to_their_channel(office, hook):
    made = report(finding(), finding(Severity.MAJOR), finding(Severity.MINOR), finding(sighting=Sighting.PERSISTING))
    tell_office(office, made)
    tell_office(office, made)
    [(path, text)] = hook.told
    assert path == "/duty-s3cret"
    assert "严重、较重问题 2 个" in text and "《救助名单》" in text


def test_one_digest_each_morning(office, hook):
    with office.open_store() as store:
        for minutes in (0, 5, 24 * 60):
            now = NOW + timedelta(minutes=minutes)
            messages.post(office, store, [messages.digest(report(finding()), now)], now)
            messages.send_due(office, store, now)
    assert [
        day in text for (_, text), day in zip(hook.told, ("摘要（2026-06-18）", "摘要（2026-06-19）"), strict=True)
    ] == [
        True,
        True,
    ]
    assert all(path == "/duty-s3cret" for path, _ in hook.told)
    at_eight = datetime(2026, 6, 19, 0, 0, tzinfo=UTC)
    assert messages.is_digest_due(office, at_eight)
    assert not messages.is_digest_due(office, at_eight - timedelta(minutes=1))


def test_a_credential_is_told_to_the_technical_channel(office, hook):
    line = CredentialLine(label="接口凭据：weibo", kind="token", days_left=3, remedy="请重新授权", alert=True)
    tell_office(office, report(credentials=(line, replace(line, label="旧的", alert=False))))
    [(path, text)] = hook.told
    assert path == "/tech-s3cret"
    assert "还有 3 天" in text and "旧的" not in text


def nightly(office, number, outcome):
    """A night on file, and what the office is told of it."""
    now = NOW + number * DAY
    with office.open_store() as store:
        store.put_accounts([ACCOUNT], source="register", at=NOW - 9 * DAY)
        night = store.begin(InspectionKind.NIGHTLY, "all", now, (ACCOUNT.id,))
        store.put_coverage(night.id, Coverage(account_id=ACCOUNT.id, outcome=outcome, finished_at=now))
        store.conclude(night.id, Verdicts(sightings={}), now)
    tell_office(office, report(now=now, inspection_id=night.id))


def test_a_trouble_is_told_after_three_nights_once_and_its_end_once(office, hook):
    counts = []
    nights = [Outcome.LOGIN_WALL] * 5 + [Outcome.OK] * 2 + [Outcome.LOGIN_WALL] * 2 + [Outcome.OK]
    for number, outcome in enumerate(nights):
        nightly(office, number, outcome)
        counts.append(len(hook.told))
    assert counts == [0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    assert "连续 3 晚未能检查" in hook.told[0][1] and "恢复检查" in hook.told[1][1]
    assert {path for path, _ in hook.told} == {"/tech-s3cret"}


def test_a_trouble_longer_than_the_view_is_not_told_anew():
    def view(length):
        return [(NOW - n * DAY, {"a": False}) for n in range(length)]

    assert [t.nights for t in troubles(view(3), 3)] == [3]
    assert list(troubles(view(2), 3)) == []
    assert list(troubles(view(FULL_VIEW), 3)) == []


def test_no_private_value_leaves(office, hook):
    tell_office(office, report(finding(post_title=f"张某 {ID_NUMBER} 电话 {PHONE}")))
    with office.open_store() as store:  # filed by somebody who forgot to mask it
        leaky = Message(key="leaky", topic=Topic.SEVERE, title=PHONE, text=f"证号{ID_NUMBER}")
        messages.post(office, store, [leaky], NOW)
        messages.send_due(office, store, NOW)
    assert len(hook.told) == 2
    told = json.dumps(hook.told, ensure_ascii=False)
    assert ID_NUMBER not in told and PHONE not in told and "139****1234" in told


def test_a_dead_webhook_stops_nothing_and_gets_its_message_later(office, hook, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    hook.status = 503
    tell_office(office, report(finding()))
    assert hook.told == []
    with office.open_store() as store:
        [waiting] = store.messages()
        assert (waiting.attempts, waiting.sent_at) == (1, None)
        hook.status = 200
        assert messages.send_due(office, store, waiting.due_at - timedelta(seconds=1)).taken == 0
        assert messages.send_due(office, store, waiting.due_at).taken == 1
        assert messages.send_due(office, store, waiting.due_at + DAY).taken == 0
    assert len(hook.told) == 1
    shown = "".join(capsys.readouterr()) + caplog.text
    assert "没有接收" in shown and "s3cret" not in shown
    assert b"s3cret" not in office.db.read_bytes()


def test_two_processes_do_not_send_the_same(office):
    with office.open_store() as store:
        messages.post(office, store, [Message(key="k", topic=Topic.SEVERE, title="一", text="二")], NOW)
        [posted] = store.messages(due=NOW)
        assert [store.claim_message(posted, NOW), store.claim_message(posted, NOW)] == [True, False]
