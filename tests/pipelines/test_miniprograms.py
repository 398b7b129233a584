"""Mini programs that posts lead to, compared with the register."""

from __future__ import annotations

import pytest

from domain.account import Account
from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.outcome import Outcome
from pipelines.inspection import inspect
from pipelines.miniprograms import CODE, mentions, unregistered
from tests.pipelines.imports import DAY, NOW, bring, text, workspace

WECHAT = Account(platform="wechat", key="gh_liuxi01", name="柳溪民政", sponsor="柳溪市民政局")
OWN = Account(platform="miniprogram", key="wx00000000000000aa", name="柳溪婚登预约")
STRANGE = "wx00000000000000bb"
ROWS = """标题,正文,发布时间,作品编号,文中链接
预约登记,点击进入。,2026-06-17 09:30,1_1,
网上祭扫,点击进入。,2026-06-10 09:30,2_1,
去年的,点击进入。,2025-06-10 09:30,3_1,
"""


@pytest.fixture
def place(tmp_path):
    made = workspace(tmp_path / "workspace", WECHAT, OWN)
    bring(made, text(tmp_path / "a.csv", ROWS), WECHAT)
    with made.open_store() as store:
        from dataclasses import replace

        from store.records import PostRead

        cards = {"1_1": OWN.key, "2_1": STRANGE, "3_1": "wx00000000000000cc"}
        store.put_posts(
            store.inspection().id,
            [
                PostRead(
                    post=replace(item.post, links=(f"weixin://miniprogram/{cards[item.post.key]}/pages/index.html",)),
                    outcome=Outcome.OK,
                    read_at=NOW,
                )
                for item in store.posts_of(WECHAT.id)
            ],
        )
    return made


def test_cards_of_recent_posts_are_compared_with_the_register(place):
    with place.open_store() as store:
        found = mentions(store, WECHAT, NOW)
        assert {appid: one.titles for appid, one in found.items()} == {OWN.key: ["预约登记"], STRANGE: ["网上祭扫"]}
        told = unregistered(store, [WECHAT, OWN], store.accounts(), NOW)
    assert list(told) == [WECHAT.id]
    assert (told[WECHAT.id].code, told[WECHAT.id].detail) == (CODE, f"{STRANGE}（1 篇内容，如《网上祭扫》）")


def test_an_entry_of_a_menu_counts(place):
    with place.open_store() as store:
        from store.records import Batch

        menu = {"menu": [{"name": "办事", "type": "miniprogram", "appid": "wx00000000000000dd"}]}
        store.ingest(Batch(inspection_id=store.inspection().id, profiles=((WECHAT.id, menu, "", NOW),)))
        assert mentions(store, WECHAT, NOW)["wx00000000000000dd"].in_menu


def test_the_finding_is_a_notice_to_a_person(place):
    result = inspect(place, InspectionScope(), Clock(NOW + DAY, fixed=True))
    (found,) = [one.finding for one in result.findings if one.finding.rule_id == "filing-miniprogram-unregistered"]
    assert found.severity.value == "notice"
    assert STRANGE in found.message
    assert OWN.key not in found.message
