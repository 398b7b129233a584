"""No credential leaves the place it is kept in: canaries are sown everywhere and looked for everywhere."""

from __future__ import annotations

import gzip
import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from benchmarks.nights import workspace_for
from cli.doctoring import workspace_checks
from cli.main import main
from crawler.plan import ReplicaAddress
from crawler.tokens import TokenPlan
from domain.clock import Clock
from domain.errors import XunjianError
from domain.inspection import InspectionScope
from pipelines import reporting
from pipelines.credential_health import states
from pipelines.inspection import inspect
from replica.bureau import build
from replica.request import Reply
from replica.server import CUT_OFF, ReplicaServer, answer_world
from reports import formats
from store.schema import metadata

#: Signs that change when they are quoted, so that every notation is looked for.
SECRET, TOKEN, ISSUED = "CANARYsecret0+/=1", "2.00CANARYtoken+/=2", "CANARYissued+/=3"
COOKIE, HEADER = "CANARYcookie4", "CANARYheader5"
CANARIES = (SECRET, TOKEN, ISSUED, COOKIE, HEADER)
FORMS = {
    form.encode()
    for canary in CANARIES
    for form in (canary, quote(canary, safe=""), quote(canary), json.dumps(canary)[1:-1], canary.replace("/", "\\/"))
} | {b"CANARY"}


def answer_of(world):
    """The world, whose interfaces repeat in body and headers whatever secret they were told, and then some."""
    real: list[str] = []

    def answer(request):
        if request.host == "api.weixin.qq.com":
            if request.path.endswith("stable_token"):
                reply = answer_world(world, request)
                data = json.loads(reply.body)
                if "access_token" not in data:
                    return reply
                real.append(data["access_token"])
                data |= {"access_token": ISSUED, "echo": request.body.decode(), "app_secret": SECRET}
                return _dressed(Reply(200, reply.headers, json.dumps(data).encode()), request)
            if request.query.get("access_token") != ISSUED:
                return Reply(200, {}, b'{"errcode":40001}')
            request = replace(request, query={**request.query, "access_token": real[-1]})
            reply = _dressed(answer_world(world, request), request)
            data = json.loads(reply.body) | {"debug": f"/x?access_token={quote(ISSUED, safe='')}&t={ISSUED}"}
            return replace(reply, body=json.dumps(data).encode())
        if request.host == "api.weibo.com":
            if "users/show" in request.path:
                return CUT_OFF
            reply = _dressed(answer_world(world, request), request)
            data = json.loads(reply.body) | {"request": request.url, "token": request.query.get("access_token")}
            return replace(reply, body=json.dumps(data).encode())
        return _dressed(answer_world(world, request), request)

    return answer


def _dressed(reply, request):
    sent = {"Set-Cookie": f"session={COOKIE}; path=/", "Authorization": f"Bearer {HEADER}", "X-Api-Key": HEADER}
    return replace(reply, headers={**reply.headers, **sent})


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """One night with canaries, with walls and failures, and all that it left behind."""
    bureau = build(20, posts=3, walled=0.1, failing=0.1, hanging=0, browser=False)
    credentials = {
        name: {
            key: SECRET if key == "secret" else TOKEN if key == "access_token" else value for key, value in e.items()
        }
        for name, e in bureau.world.credentials.items()
    }
    assert any(SECRET in e.values() for e in credentials.values())
    assert any(TOKEN in e.values() for e in credentials.values())
    bureau = replace(bureau, world=replace(bureau.world, credentials=credentials))
    made = workspace_for(tmp_path_factory.mktemp("canaries") / "ws", bureau)
    with ReplicaServer(answer=answer_of(bureau.world)) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)
        result = inspect(made, InspectionScope(), Clock(bureau.world.now, fixed=True), replica=address)
        later = Clock(bureau.world.now + timedelta(days=1), fixed=True)
        inspect(made, InspectionScope(), later, replica=address)
        assert server.errors == []
    with made.open_store() as store:
        report = reporting.build(made, store, result.inspection.id)
    made.reports.mkdir(exist_ok=True)
    for name in ("html", "xlsx", "csv", "json"):
        (made.reports / f"report.{name}").write_bytes(formats.render(report, name))
    return made, result


def found_in(content: bytes) -> list[bytes]:
    return [form for form in FORMS if form in content]


def test_the_night_used_its_credentials(night):
    _, result = night
    routes = {coverage.route for coverage in result.coverages if coverage.checked}
    assert {"official", "oauth"} <= routes


def test_no_file_of_the_workspace_holds_a_canary(night):
    made, _ = night
    files = [path for path in made.root.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} >= {"logs", "reports"}
    assert [path for path in files if path.suffix == ".log" and path.stat().st_size], "there are logs to look into"
    for path in files:
        assert not found_in(path.read_bytes()), path.relative_to(made.root)


def test_no_evidence_holds_a_canary(night):
    made, _ = night
    archives = list(made.evidence.rglob("*.warc.gz"))
    assert archives
    assert any(b"api.weixin.qq.com" in gzip.decompress(path.read_bytes()) for path in archives)
    for path in archives:
        assert not found_in(gzip.decompress(path.read_bytes())), path.name


def test_no_dump_of_the_database_holds_a_canary_not_even_opened(night):
    made, _ = night
    with sqlite3.connect(made.db) as connection:
        assert not found_in("\n".join(connection.iterdump()).encode("utf-8", "surrogatepass"))
    with made.open_store() as store, store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert not found_in(repr(tuple(row)).encode("utf-8", "surrogatepass")), table.name


def test_the_token_check_was_part_of_the_night_and_told_no_canary(night):
    made, result = night
    logs = [path.name for path in made.logs.iterdir()]
    assert any(name.endswith("-tokens.log") for name in logs)
    with made.open_store() as store:
        report = reporting.build(made, store, result.inspection.id)
        told = note_of(made, store)
    assert not found_in(f"{report.credentials!r} {told!r}".encode())


def test_the_doctor_and_the_lists_tell_no_canary(night, capsys):
    made, _ = night
    assert not found_in(repr(list(workspace_checks(made))).encode())
    for arguments in (["credential", "list"], ["evidence", "shots"], ["counterfeits", "list"]):
        main([*arguments, "-w", str(made.root)])
    seen = capsys.readouterr()
    assert seen.out
    assert not found_in(f"{seen.out}{seen.err}".encode())


def test_no_plan_of_a_child_shows_a_canary():
    plan = TokenPlan(tokens={"weibo": TOKEN}, clock=Clock(build(1, browser=False).world.now, fixed=True))
    assert not found_in(repr(plan).encode())
    assert TOKEN in TokenPlan.from_json(plan.to_json()).tokens["weibo"]


def note_of(made, store):
    """What is known of every credential's life."""
    inspection = store.inspection()
    return states(made, store, store.accounts(), store.coverages(inspection.id), inspection.now)


def test_no_error_and_no_object_tells_a_canary(night, tmp_path):
    made, _ = night
    plan = replace_plan(made)
    assert not found_in(repr(plan).encode())
    made.credentials_path.write_bytes(b"damaged" + made.credentials_path.read_bytes())
    with pytest.raises(XunjianError) as told:
        made.credentials()
    assert not found_in(f"{told.value!r} {told.value.__cause__!r}".encode())


def replace_plan(made):
    """The plan of a crawl with its credentials in it."""
    from crawler.plan import AccountTask, CrawlPlan

    with made.open_store() as store:
        account = store.accounts()[0]
    now = Clock(build(1, browser=False).world.now, fixed=True)
    task = AccountTask(account=account, horizon=now.start)
    return CrawlPlan(platform="weibo", tasks=(task,), clock=now, credentials=made.credentials())
