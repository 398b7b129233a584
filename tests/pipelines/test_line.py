"""The whole line over several nights: what is new, stays, goes, comes back, and what nobody could look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import CaseState, Decision, Sighting, Verdict
from domain.clock import Clock
from domain.errors import ConfigError
from domain.inspection import InspectionKind, InspectionScope, InspectionState
from domain.outcome import Outcome
from pipelines.inspection import inspect
from replica.server import ReplicaServer
from replica.world import Wall
from tests.pipelines.world import address, served, workspace

SITE, SILENT, APP = "website:mzj.liuxi.example", "weibo:7600001005", "app:example.liuxi.yanglaotong"
DAY = timedelta(days=1)


def night(made, server, moment, scope=None):
    """One inspection, and the addresses that it asked for."""
    before = len(server.log)
    clock = Clock(moment, fixed=True)
    result = inspect(made, scope or InspectionScope(), clock, replica=address(server))
    return result, [entry[:2] for entry in server.log[before:]]


def by_post(result, *sightings):
    return {
        item.finding.post_id.rpartition("/")[2] or item.finding.rule_id
        for item in result.findings
        if item.sighting in sightings
    }


def changed(world, moment, **posts):
    """The world at a later moment, with some posts of the site changed."""
    site = tuple(replace(post, **posts.get(f"p{post.key}", {})) for post in world.posts[SITE])
    return replace(world, now=moment, posts={**world.posts, SITE: site})


class Cast:
    """Posts of the site with one thing wrong, and a word of a harmless one."""

    def __init__(self, demo):
        wrong = Counter(answer.post_key for answer in demo.answers if answer.account_id == SITE)
        alone = [a for a in demo.answers if a.account_id == SITE and a.post_key and wrong[a.post_key] == 1]
        words = [a.post_key for a in alone if a.rule_id.startswith(("harm-", "wording-", "secrecy-"))]
        self.edited, self.deleted = words[:2]
        self.stays = next(a.post_key for a in alone if a.rule_id == "privacy-id-card-number")
        self.word = next(p.title for p in demo.world.posts[SITE] if p.key not in wrong and p.title.isalpha())[:6]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Four nights, an edit, a withdrawal, a decision and a wall."""
    told = {}
    with served() as (demo, server):
        made = told["made"] = workspace(tmp_path_factory.mktemp("line") / "ws", demo, SITE, SILENT, APP)
        told["demo"], cast = demo, Cast(demo)
        told["cast"] = cast
        told["first"] = night(made, server, demo.now)
        told["again"] = night(made, server, demo.now)
        told["unknown"] = None
        with pytest.raises(ConfigError) as refused:
            night(made, server, demo.now, InspectionScope(kind=InspectionKind.AUDIT, account_ids=("weibo:1",)))
        told["unknown"] = (str(refused.value), len(server.log))
        told["audit"] = night(made, server, demo.now, InspectionScope(kind=InspectionKind.AUDIT, account_ids=(SILENT,)))
    second = changed(
        demo.world,
        demo.now + DAY,
        **{
            f"p{cast.edited}": {"title": "温馨提示", "paragraphs": ("请群众远离骗局。",), "files": ()},
            f"p{cast.deleted}": {"withdrawn": True},
        },
    )
    with ReplicaServer(second) as server:
        told["second"] = night(made, server, second.now)
    name = next(i.case.fingerprint for i in told["second"][0].findings if i.finding.post_id == f"{SITE}/{cast.stays}")
    with made.open_store() as store:
        store.decide(
            [
                Decision(
                    fingerprint=name,
                    verdict=Verdict.RECTIFIED,
                    reason="已整改",
                    decided_by="李",
                    decided_at=second.now + timedelta(hours=1),
                )
            ]
        )
    third = replace(second, now=demo.now + 2 * DAY)
    walled = tuple(replace(a, wall=Wall.LAYOUT_CHANGED) if a.account.id == SITE else a for a in third.accounts)
    with ReplicaServer(replace(third, accounts=walled)) as server:
        told["third"] = night(made, server, third.now)
    fourth = changed(demo.world, demo.now + 3 * DAY, **{f"p{cast.deleted}": {"withdrawn": True}})
    with ReplicaServer(fourth) as server:
        told["fourth"] = night(made, server, fourth.now)
        (made.lexicons / "gambling.csv").write_text(_own_words(cast.word), encoding="utf-8-sig")
        told["rescan"] = night(made, server, fourth.now, InspectionScope(kind=InspectionKind.RESCAN, crawl=False))
    return told


def _own_words(word) -> str:
    """The bureau's own row, laid over the shipped list."""
    return (
        "词语,变体,级别,匹配,例外语境,同句豁免,建议改为,依据,应报,不报,备注,更新日期,维护人\n"
        f"{word},,较重,包含,,,删除,liuan-2022-4/art-9,今天{word}了,,试加一词,2026-06-20,李\n"
    )


def test_the_first_night_finds_what_the_key_says(story):
    result, _ = story["first"]
    found = {
        (i.finding.account_id, i.finding.post_id.rpartition("/")[2], i.finding.rule_id, i.finding.term)
        for i in result.findings
    }
    wanted = {
        (answer.account_id, answer.post_key, answer.rule_id, answer.term)
        for answer in story["demo"].answers
        if answer.account_id in (SITE, SILENT, APP)
    }
    assert found == wanted
    assert set(result.counts) == {Sighting.NEW}
    assert result.inspection.state is InspectionState.COMPLETE
    assert not result.incomplete


def test_findings_point_to_evidence(story):
    result, _ = story["first"]
    with story["made"].open_store() as store:
        for item in result.findings:
            record = store.show(item.finding.evidence)
            assert record is not None, item.finding.rule_id
            assert record.body
        assert store.verify_evidence().missing == ()


def test_the_same_night_again_finds_nothing_new_and_reads_nothing_that_is_not_due(story):
    result, asked = story["again"]
    assert result.counts.get(Sighting.NEW, 0) == 0
    assert result.counts.get(Sighting.REOPENED, 0) == 0
    assert sum(result.counts.values()) == sum(story["first"][0].counts.values())
    assert not [path for _, path in asked if path.endswith(".html") or "/detail" in path]
    assert len(asked) < 20


def test_an_account_that_is_not_on_file_is_refused_before_any_request(story):
    message, _ = story["unknown"]
    assert "weibo:1" in message
    assert story["audit"][0].inspection.id.endswith("-audit")


def test_an_audit_looks_at_one_account_only(story):
    result, asked = story["audit"]
    assert {coverage.account_id for coverage in result.coverages} == {SILENT}
    assert {host for host, _ in asked} <= {"m.weibo.cn", "weibo.com"}
    assert {item.finding.account_id for item in result.findings} == {SILENT}


def test_the_second_night_sees_the_edit_and_the_withdrawal(story):
    result, _ = story["second"]
    assert by_post(result, Sighting.ABSENT) == {story["cast"].edited}
    assert by_post(result, Sighting.WITHDRAWN) == {story["cast"].deleted}
    assert story["cast"].stays in by_post(result, Sighting.PERSISTING)
    assert by_post(result, Sighting.NEW) == set(), "one silence is one case, not one a night"
    (silence,) = [i for i in result.findings if i.finding.rule_id == "freshness-two-week-silence"]
    assert (silence.sighting, silence.finding.facts["days"]) == (Sighting.PERSISTING, "21")


def test_a_site_nobody_could_read_is_not_checked_and_nothing_of_it_is_gone(story):
    result, _ = story["third"]
    (site,) = [coverage for coverage in result.coverages if coverage.account_id == SITE]
    assert site.outcome is Outcome.LAYOUT_CHANGED
    assert not site.checked
    assert result.incomplete
    assert {i.sighting for i in result.findings if i.finding.account_id == SITE} == {Sighting.NOT_REREAD}


def test_what_comes_back_is_reopened_even_if_it_was_closed(story):
    (result, _), cast = story["fourth"], story["cast"]
    assert by_post(result, Sighting.REOPENED) == {cast.edited, cast.stays}
    (stays,) = [i for i in result.findings if i.finding.post_id == f"{SITE}/{cast.stays}"]
    assert stays.case.state is CaseState.OPEN
    with story["made"].open_store() as store:
        last = store.decisions(stays.case.fingerprint)[-1]
    assert (last.verdict, last.decided_by) == (Verdict.REOPEN, "xunjian")
    assert cast.deleted not in by_post(result, *Sighting), "a withdrawal is told once"


def test_new_words_are_tried_on_stored_posts_without_visiting_anyone(story):
    result, asked = story["rescan"]
    assert asked == []
    assert {i.finding.term for i in result.findings if i.sighting is Sighting.NEW} == {story["cast"].word}
    assert result.coverages == ()
    assert not by_post(result, Sighting.ABSENT, Sighting.WITHDRAWN)


def test_private_values_are_in_no_database_and_no_log(story):
    made, demo = story["made"], story["demo"]
    stored = b"".join(path.read_bytes() for path in made.root.glob("xunjian.db*"))
    logs = b"".join(path.read_bytes() for path in made.logs.iterdir())
    assert b"Closing spider" in logs
    assert len(stored) > 100_000
    private = [a.term for a in demo.answers if a.rule_id.startswith("privacy-")]
    assert len(private) > 10
    for term in private:
        assert term.encode() not in stored
        assert term.encode() not in logs
    for values in demo.world.credentials.values():
        for value in values.values():
            assert len(value) < 8 or value.encode() not in logs + stored


def test_facts_of_an_inspection_name_words_and_rules_that_did_not_run(story):
    with story["made"].open_store() as store:
        facts = store.facts(story["first"][0].inspection.id)
    assert "harm-bureau-listed" in facts["inactive"]
    assert "privacy-id-card-number" in facts["rules"]
    assert all(entry["version"] for entry in facts["lexicons"])
