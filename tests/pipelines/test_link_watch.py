"""A link that was fine last week: what it showed is kept, it is opened again, and what it shows now is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import Sighting
from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.rule import Severity
from pipelines.inspection import inspect
from replica.demo import build
from replica.link_targets import EVENT, GAMBLING, PARKED, QUESTIONNAIRE, SHOP_FRONT, WARNING, LinkTarget
from replica.server import ReplicaServer
from tests.pipelines.world import address, workspace

SITE = "website:mzj.liuxi.example"
DAY = timedelta(days=1)
FRESH, OLD = "https://www.liuxi-wenlv.example/baoming", "https://old.liuxi-heyue.example/sign"
WARNS, SOLD = "https://www.liuxi-fanzha.example/a", "https://www.liuxi-chahui.example/"
MOVED, FORM = "https://www.liuxi-yinling.example/x", "https://www.wjx.cn/vm/LiuXi01.aspx"
OLD_TITLE = "柳溪市集体婚礼报名"
OURS = ("links-hijacked-page", "links-parked-domain", "links-redirected-elsewhere", "links-intrusive-form")


def night(made, server, moment):
    before = len(server.log)
    result = inspect(made, InspectionScope(), Clock(moment, fixed=True), replica=address(server))
    return result, [entry[:2] for entry in server.log[before:]]


def about_links(result, *sightings):
    """Which link rule says what of which address tonight."""
    return {
        (item.finding.rule_id, item.finding.facts["url"])
        for item in result.findings
        if item.finding.rule_id in OURS and (not sightings or item.sighting in sightings)
    }


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    demo = build()
    plain = [p for p in demo.world.posts[SITE] if not p.withdrawn and not p.links and not p.files]
    spoilt = {answer.post_key for answer in demo.answers}
    fresh, *_, old = [p for p in plain if p.key not in spoilt and p.kind == "article"]
    fresh = replace(
        fresh, links=tuple((f"入口{n}", url) for n, url in enumerate((FRESH, WARNS, SOLD, MOVED, FORM))), pinned=False
    )
    old = replace(old, links=(("报名入口", OLD),))
    assert demo.now - old.published_at > 30 * DAY
    change = demo.now + 3 * DAY
    back = demo.now + 9 * DAY + timedelta(hours=1)
    hijacked = replace(GAMBLING, until=demo.now + 8 * DAY, then=LinkTarget(status=502))
    hijacked = replace(hijacked, then=replace(LinkTarget(status=502), until=back, then=EVENT))
    targets = {
        FRESH: replace(EVENT, until=change, then=hijacked),
        OLD: replace(EVENT, title=OLD_TITLE, until=change, then=replace(GAMBLING, title="真人荷官在线发牌_首页")),
        WARNS: WARNING,
        SOLD: replace(EVENT, until=change, then=PARKED),
        MOVED: replace(EVENT, until=change, then=LinkTarget(forward="https://shop.chaju.example2/", by_page=True)),
        "https://shop.chaju.example2/": SHOP_FRONT,
        FORM: QUESTIONNAIRE,
    }
    world = replace(demo.world, posts={SITE: (fresh, old)}, link_targets=targets, live_links=frozenset())
    made = workspace(tmp_path_factory.mktemp("links") / "ws", demo, SITE)
    told = {"made": made, "fresh": fresh, "old": old}
    with ReplicaServer(world) as server:
        for name, days in (("first", 0), ("week", 7), ("cut", 8), ("mended", 10)):
            moment = demo.now + days * DAY
            server.world = replace(world, now=moment)
            told[name] = night(made, server, moment)
        assert server.errors == []
    return told


def test_at_first_only_the_questionnaire_is_wrong(story):
    result, asked = story["first"]
    assert about_links(result) == {("links-intrusive-form", FORM)}
    assert {FRESH, OLD, WARNS, MOVED} <= {f"https://{host}{path}" for host, path in asked}
    assert not [i for i in result.findings if i.finding.rule_id.startswith("links-") and i.finding.severity == "veto"]


def test_a_link_that_now_serves_a_gambling_page_is_a_veto_with_both_captures(story):
    result, _ = story["week"]
    found = {i.finding.facts["url"]: i for i in result.findings if i.finding.rule_id == "links-hijacked-page"}
    assert set(found) == {FRESH, OLD}
    with story["made"].open_store() as store:
        for item in found.values():
            finding, facts = item.finding, item.finding.facts
            assert (finding.severity, item.sighting) == (Severity.VETO, Sighting.NEW)
            before, now = store.show(facts["capture_before"]), store.show(facts["capture_now"])
            assert (OLD_TITLE if facts["url"] == OLD else EVENT.title) in before.body.decode()
            assert before.fetched_at < now.fetched_at
            assert facts["page"] in now.body.decode()
            assert "真人荷官" in facts["page"]
            for digest in (facts["capture_before"], facts["capture_now"]):  # other addresses may serve the same bytes
                assert facts["url"] in {capture.url for capture in store.captures(digest)}
            assert facts["before"] in finding.explanation
            assert facts["capture_before"][:12] in finding.explanation
            assert facts["capture_now"][:12] in finding.explanation
            assert "gbmh-2019-19/new-media/veto-1-3" in finding.clauses
            assert finding.exhibits == (finding.evidence, facts["capture_before"], facts["capture_now"])
        history = store.link_history(FRESH)
    assert {reading.title for reading in history} == {EVENT.title, GAMBLING.title}


def test_an_old_post_that_is_not_read_again_is_judged_all_the_same(story):
    result, asked = story["week"]
    assert not [path for _, path in asked if story["old"].key in path]
    assert [i for i in result.findings if i.finding.post_id == story["old"].id and i.sighting is Sighting.NEW]


def test_parked_and_forwarded_links_are_told_and_a_warning_is_not(story):
    told = about_links(story["week"][0], Sighting.NEW)
    assert ("links-parked-domain", SOLD) in told
    assert ("links-redirected-elsewhere", MOVED) in told
    assert not [url for _, url in told if url == WARNS]


def test_a_link_that_nobody_could_open_keeps_its_case(story):
    result, _ = story["cut"]
    (case,) = [i for i in result.findings if i.finding.facts.get("url") == FRESH]
    assert case.sighting is Sighting.NOT_REREAD


def test_a_mended_link_is_absent(story):
    result, _ = story["mended"]
    assert about_links(result, Sighting.ABSENT) >= {("links-hijacked-page", FRESH)}
    assert ("links-hijacked-page", OLD) in about_links(result, Sighting.PERSISTING)


def test_no_script_of_a_page_was_run(story):
    with story["made"].open_store() as store:
        assert all("从不执行" not in reading.title for reading in store.link_history(FRESH))
