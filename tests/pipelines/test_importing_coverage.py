"""The night after: an account that only people can look at is as fresh as its last import, and never stale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.account import Account, Route
from domain.clock import Clock
from domain.coverage import Attempt, Coverage
from domain.inspection import InspectionKind, InspectionScope
from domain.outcome import Outcome
from pipelines.importing_coverage import instead, of_import
from pipelines.inspection import inspect
from tests.pipelines.imports import CLIPS, DAY, NOW, bring, text, workspace

OLD = "视频描述,发布时间,作品编号\n入梅提醒 #柳溪民政#,2026-03-01 09:30,1"


@pytest.fixture
def place(tmp_path):
    return workspace(tmp_path / "workspace", CLIPS)


def night(place, moment):
    result = inspect(place, InspectionScope(), Clock(moment, fixed=True))
    (coverage,) = result.coverages
    shown = {one.finding.rule_id for one in result.findings if one.sighting.value in ("new", "persisting")}
    return coverage, shown - {"filing-account-incomplete"}  # rests on the register alone, whoever was reached


def test_an_account_that_was_never_imported_is_not_checked(place):
    coverage, rules = night(place, NOW)
    assert (coverage.outcome, coverage.checked, rules) == (Outcome.NO_IMPORT, False, set())
    assert coverage.detail == "该账号只能人工导入，还没有导入过；请从平台后台导出近期内容，用 xunjian import 导入"


def test_a_fresh_import_covers_the_account_without_judging_its_silence(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", OLD), CLIPS)
    coverage, rules = night(place, NOW + 3 * DAY)
    assert (coverage.outcome, coverage.route, coverage.complete) == (Outcome.OK, "import", False)
    assert "导出于 2026-06-18 22:00（3 天前），只反映导出时的情况" in coverage.detail
    assert not {rule for rule in rules if rule.startswith("freshness")}


def test_an_old_import_is_not_checked_and_never_stale(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", OLD), CLIPS)
    coverage, rules = night(place, NOW + 12 * DAY)
    assert (coverage.outcome, coverage.checked, rules) == (Outcome.NO_IMPORT, False, set())
    assert "12 天前），已超过 7 天的有效期，不作结论；请重新导出" in coverage.detail


def test_the_age_is_that_of_the_export_not_of_the_import(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", OLD), CLIPS, exported_at=NOW - 10 * DAY)
    assert night(place, NOW + DAY)[0].outcome is Outcome.NO_IMPORT


def test_a_case_of_silence_stays_as_it_was_until_the_next_complete_import(tmp_path, place):
    _, result = bring(place, text(tmp_path / "a.csv", OLD), CLIPS, complete=True)
    (case,) = [one for one in result.findings if one.finding.rule_id.startswith("freshness")]
    result = inspect(place, InspectionScope(), Clock(NOW + DAY, fixed=True))
    (again,) = [one for one in result.findings if one.finding.fingerprint == case.finding.fingerprint]
    assert again.sighting.value == "not_reread"


def test_a_fresh_import_stands_in_where_the_crawl_failed():
    account = Account(platform="weibo", key="1", name="柳溪救助", routes=(Route("oauth", "", "w"), Route("import")))
    wall = Coverage(
        account_id=account.id,
        outcome=Outcome.LOGIN_WALL,
        detail="平台要求登录",
        route="oauth",
        attempts=(Attempt("oauth", Outcome.LOGIN_WALL, "平台要求登录"),),
        requests=2,
    )
    last = Coverage(account_id=account.id, outcome=Outcome.OK, route="import", listed=4, finished_at=NOW - DAY)
    told = instead(wall, of_import(account, last, NOW, 7))
    assert (told.outcome, told.route, told.complete, told.requests) == (Outcome.OK, "import", False, 2)
    assert "采集途径“oauth”未能使用：平台要求登录" in told.detail
    assert [attempt.route for attempt in told.attempts] == ["oauth", "import"]
    stale = instead(wall, of_import(account, replace(last, finished_at=NOW - 30 * DAY), NOW, 7))
    assert (stale.outcome, stale.route) == (Outcome.LOGIN_WALL, "oauth")
    assert "平台要求登录；人工导入：" in stale.detail


def test_imported_posts_are_no_ground_for_a_walk_to_stop_on(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", OLD), CLIPS)
    with place.open_store() as store:
        known, _ = store.known_posts(CLIPS.id, NOW)
        assert [post.settled for post in known] == [False]
        assert store.inspection().kind is InspectionKind.IMPORT
    bring(place, text(tmp_path / "a.csv", OLD), CLIPS, complete=True)
    with place.open_store() as store:
        assert [post.settled for post in store.known_posts(CLIPS.id, NOW)[0]] == [True]


def test_the_crawl_is_not_told_of_imports_and_falls_back_on_them(tmp_path, monkeypatch):
    from crawler.plan import CrawlPlan
    from pipelines import crawl as crawling
    from pipelines.child import Ended

    mixed = Account(platform="weibo", key="7600009001", name="柳溪救助", routes=(Route("mobile"), Route("import")))
    place = workspace(tmp_path / "workspace", mixed)
    bring(place, text(tmp_path / "a.csv", "微博内容,发布时间,微博编号\n开放避暑点,2026-06-18 09:30,5001"), mixed)
    plans = []

    def walled(job, plan, **options):
        plans.append(CrawlPlan.from_json(plan))
        with place.open_store() as store:
            wall = Coverage(account_id=mixed.id, outcome=Outcome.LOGIN_WALL, detail="平台要求登录", route="mobile")
            store.put_coverage(store.running()[0][0].id, wall)
        return Ended(0)

    monkeypatch.setattr(crawling, "run_child", walled)
    result = inspect(place, InspectionScope(), Clock(NOW + DAY, fixed=True))
    (coverage,) = result.coverages
    assert [route.kind for route in plans[0].tasks[0].account.routes] == ["mobile"]
    assert (coverage.outcome, coverage.route, coverage.complete) == (Outcome.OK, "import", False)
    assert "采集途径“mobile”未能使用：平台要求登录" in coverage.detail
