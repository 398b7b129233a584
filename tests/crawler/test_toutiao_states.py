"""Every state in which Toutiao shows an account, served by the replica, and what the visit of each comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from states import IN_A_BROWSER, Row, night, on_file, work

from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall

pytestmark = IN_A_BROWSER


def items(count: int) -> tuple:
    return tuple(
        work(str(7_516_000_000_000_000_900 - n), 0.5 + n, kind=PostKind.TEXT, paragraphs=(f"今天是第{n}天值班",))
        for n in range(count)
    )


ARTICLE = work("7516000000000000001", 1, kind=PostKind.ARTICLE, title="临时救助怎么申请", paragraphs=("正文。" * 60,))
UNSAVED = work(
    "7516000000000000002", 2, kind=PostKind.ARTICLE, title="已经撤下", paragraphs=("x",), traits={"state": "removed"}
)
FLAGGED = work("7516000000000000003", 3, kind=PostKind.TEXT, paragraphs=("y",), traits={"state": "deleted"})
PINNED = work("7516000000000000004", 90, kind=PostKind.TEXT, paragraphs=("办事指南",), pinned=True)
GONE = "7516000000000000700"

ROWS = (
    Row("three pages of items", Outcome.OK, listed=30, posts=items(30)),
    Row("pinned first", Outcome.OK, listed=16, posts=(*items(15), PINNED)),
    Row("second night", Outcome.OK, listed=12, posts=items(30), known=tuple(on_file(post.key) for post in items(30))),
    Row("articles, one of them removed", Outcome.OK, listed=3, posts=(ARTICLE, UNSAVED, FLAGGED)),
    Row("older interface, items as JSON in text", Outcome.OK, listed=5, posts=items(5), traits={"state": "legacy"}),
    Row(
        "re-read of what left the list",
        Outcome.OK,
        listed=2,
        posts=items(2),
        known=(
            on_file(GONE, 9, f"https://www.toutiao.com/article/{GONE}/"),
            *(on_file(post.key) for post in items(2)),
        ),
        reread=(GONE,),
    ),
    Row(
        "login modal after the first page", Outcome.OK, False, 12, "登录框", posts=items(30), traits={"state": "modal"}
    ),
    Row(
        "empty success", Outcome.VERIFY_WALL, False, says="没有更新", posts=items(3), traits={"state": "empty_success"}
    ),
    Row("empty-200 body", Outcome.VERIFY_WALL, False, says="空内容", posts=items(3), traits={"state": "empty_body"}),
    Row("list says error", Outcome.VERIFY_WALL, False, says="error", posts=items(3), traits={"state": "error"}),
    Row("challenge page", Outcome.VERIFY_WALL, False, says="验证", posts=items(3), wall=Wall.VERIFY),
    Row("slider page", Outcome.VERIFY_WALL, False, says="验证码", posts=items(3), traits={"state": "slider"}),
    Row("login page", Outcome.LOGIN_WALL, False, says="登录", posts=items(3), wall=Wall.LOGIN),
    Row("403", Outcome.RATE_LIMITED, False, says="403", posts=items(3), wall=Wall.RATE_LIMITED),
    Row("new layout", Outcome.LAYOUT_CHANGED, False, says="改版", posts=items(3), wall=Wall.LAYOUT_CHANGED),
    Row(
        "account not there",
        Outcome.CLOSED,
        False,
        says="不存在",
        routes=(Route("browser", "https://www.toutiao.com/c/user/token/MS4wNobody/"),),
    ),
    Row("old address", Outcome.OK, listed=3, posts=items(3), routes=()),
)
KEYS = {row.name: str(3_927_001_500 + number) for number, row in enumerate(ROWS)}


@pytest.fixture(scope="module")
def seen():
    rows = [
        row
        if row.routes != (Route("browser"),)
        else replace(row, attributes={"token": f"MS4wLjABAAAA{KEYS[row.name]}"})
        for row in ROWS
    ]
    return night("toutiao", rows, KEYS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_state(seen, row):
    coverage = seen.coverage(row)
    found = coverage["outcome"], coverage["complete"], coverage["listed"]
    assert found == (row.outcome, row.complete, row.listed), coverage["detail"]
    assert row.says in coverage["detail"]
    assert seen.errors == []


def row(name: str) -> Row:
    return next(row for row in ROWS if row.name == name)


def test_what_is_listed_as_an_abstract_is_read_in_full_or_said_to_be_gone(seen):
    found = seen.posts(row("articles, one of them removed"))
    assert found[ARTICLE.key]["text"] == "正文。" * 60
    assert {key[-1]: item["outcome"] for key, item in found.items()} == {
        "1": Outcome.OK,
        "2": Outcome.DELETED,
        "3": Outcome.DELETED,
    }


def test_items_of_the_older_interface(seen):
    found = seen.posts(row("older interface, items as JSON in text"))
    assert found["7516000000000000900"]["text"] == "今天是第0天值班"


def test_what_left_the_list_is_gone_because_its_page_says_so(seen):
    found = seen.posts(row("re-read of what left the list"))
    assert {key: item["outcome"] for key, item in found.items()} == {GONE: Outcome.DELETED}
