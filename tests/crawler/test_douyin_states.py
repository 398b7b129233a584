"""Every state in which Douyin shows an account, served by the replica, and what the visit of each comes to."""

from __future__ import annotations

import pytest
from states import IN_A_BROWSER, Row, night, on_file, work

from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall

pytestmark = IN_A_BROWSER


def works(count: int, start: int = 0, **given) -> tuple:
    return tuple(work(str(7_516_000_000_000_000_900 - start - n), 0.5 + start + n, **given) for n in range(count))


PINNED = work("7516000000000000001", 90, pinned=True)
ALBUM = work(
    "7516000000000000002", 3, kind=PostKind.PICTURE, images=("https://p9.douyinpic.com/a.jpeg", "https://p9.douyinpic.com/b.jpeg")
)  # fmt: skip
DELETED = work("7516000000000000003", 1, traits={"state": "deleted"})
PRIVATE = work("7516000000000000004", 2, traits={"state": "private"})
PROHIBITED = work("7516000000000000005", 2.5, traits={"state": "prohibited"})
GONE = "7516000000000000700"

ROWS = (
    Row("three pages of works", Outcome.OK, listed=40, posts=works(40)),
    Row("pinned first", Outcome.OK, listed=21, posts=(*works(20), PINNED)),
    Row(
        "second night",
        Outcome.OK,
        listed=18,
        posts=works(40),
        known=tuple(on_file(post.key, 1) for post in works(40)),
    ),
    Row("works that are gone or hidden", Outcome.OK, listed=4, posts=(ALBUM, DELETED, PRIVATE, PROHIBITED)),
    Row(
        "re-read of what left the list",
        Outcome.OK,
        listed=2,
        posts=works(2),
        known=(on_file(GONE, 9, f"https://www.douyin.com/video/{GONE}"), *(on_file(post.key) for post in works(2))),
        reread=(GONE,),
    ),
    Row(
        "login modal after the first page", Outcome.OK, False, 18, "登录框", posts=works(40), traits={"state": "modal"}
    ),
    Row(
        "page walled behind its list",
        Outcome.OK,
        False,
        18,
        "没有再给出更早的内容",
        posts=works(40),
        traits={"state": "walled_page"},
    ),
    Row("counter says more", Outcome.OK, False, 5, "主页计数 60 条", posts=works(5), traits={"counted": "60"}),
    Row("no works at all", Outcome.EMPTY, listed=0),
    Row("empty-200 body", Outcome.VERIFY_WALL, False, says="空内容", posts=works(3), traits={"state": "empty_body"}),
    Row("aweme_list null", Outcome.VERIFY_WALL, False, says="没有更新", posts=works(3), traits={"state": "null_list"}),
    Row("blocked", Outcome.VERIFY_WALL, False, says="blocked", posts=works(3), traits={"state": "blocked"}),
    Row("argus", Outcome.VERIFY_WALL, False, says="Argus", posts=works(3), traits={"state": "argus"}),
    Row("not logged in", Outcome.LOGIN_WALL, False, says="未登录", posts=works(3), traits={"state": "not_logged_in"}),
    Row("验证码中间页", Outcome.VERIFY_WALL, False, says="验证码中间页", posts=works(3), wall=Wall.VERIFY),
    Row("login dialogue alone", Outcome.LOGIN_WALL, False, says="登录", posts=works(3), wall=Wall.LOGIN),
    Row("too fast", Outcome.RATE_LIMITED, False, says="频繁", posts=works(3), wall=Wall.RATE_LIMITED),
    Row("new layout", Outcome.LAYOUT_CHANGED, False, says="改版", posts=works(3), wall=Wall.LAYOUT_CHANGED),
    Row("account cancelled", Outcome.CLOSED, False, says="注销", posts=works(3), traits={"state": "cancelled"}),
    Row(
        "account not there",
        Outcome.CLOSED,
        False,
        says="用户不存在",
        routes=(Route("browser", "https://www.douyin.com/user/MS4wNobody"),),
    ),
    Row("no way registered", Outcome.OK, listed=3, posts=works(3), routes=()),
)
KEYS = {row.name: f"MS4wLjABAAAAliuxi{number:03d}" for number, row in enumerate(ROWS)}


@pytest.fixture(scope="module")
def seen():
    return night("douyin", ROWS, KEYS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_state(seen, row):
    coverage = seen.coverage(row)
    found = coverage["outcome"], coverage["complete"], coverage["listed"]
    assert found == (row.outcome, row.complete, row.listed), coverage["detail"]
    assert row.says in coverage["detail"]
    assert seen.errors == []


def row(name: str) -> Row:
    return next(row for row in ROWS if row.name == name)


def test_every_work_is_read_once_and_in_full(seen):
    found = seen.posts(row("three pages of works"))
    assert len(found) == 40
    first = found["7516000000000000900"]
    assert (first["kind"], first["text"]) == (PostKind.VIDEO, "柳溪市救助管理站第0900次夏季送清凉 #柳溪民政")
    assert first["published_at"] == "2026-06-18T02:00:00+00:00"


def test_what_the_platform_marks_is_told_apart(seen):
    found = seen.posts(row("works that are gone or hidden"))
    assert {key[-1]: item["outcome"] for key, item in found.items()} == {
        "2": Outcome.OK,
        "3": Outcome.DELETED,
        "4": Outcome.UNAVAILABLE,
        "5": Outcome.VIOLATION,
    }
    assert found[ALBUM.key]["kind"] == PostKind.PICTURE


def test_a_work_that_left_the_list_is_asked_for_on_its_own_page(seen):
    found = seen.posts(row("re-read of what left the list"))
    assert {key: item["outcome"] for key, item in found.items()} == {GONE: Outcome.DELETED}
    assert "删除" in found[GONE]["detail"]


def test_a_quiet_night_costs_one_page(seen):
    assert seen.coverage(row("second night"))["requests"] == 1
    assert seen.posts(row("second night")) == {}


def test_the_account_as_the_platform_shows_it(seen):
    (profile,) = seen.profiles(row("pinned first"))
    assert (profile["name"], profile["followers"], profile["statuses"]) == ("柳溪民政", 15600, 21)
    assert (profile["verified_reason"], profile["government"]) == ("柳溪市民政局", True)


def test_what_the_page_signed_itself_is_all_that_was_asked(seen):
    asked = [served for served in seen.log if served.path.endswith("/aweme/post/")]
    assert asked
    assert all(served.query["a_bogus"] for served in asked)
