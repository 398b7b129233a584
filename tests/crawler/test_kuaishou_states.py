"""Every state in which Kuaishou shows an account, served by the replica, and what the visit of each comes to."""

from __future__ import annotations

import pytest
from states import IN_A_BROWSER, Row, night, on_file, work

from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall

pytestmark = IN_A_BROWSER


def works(count: int) -> tuple:
    return tuple(work(f"3xliuxi{number:04d}", 0.5 + number) for number in range(count))


PINNED = work("3xliuxipinned", 90, pinned=True)
REMOVED = work("3xliuxiremoved", 0.1, traits={"state": "removed"})
ALBUM = work("3xliuxialbum", 0.2, kind=PostKind.PICTURE, images=("https://p5.a.yximgs.com/ufile/atlas/1.webp",))
GONE = "3xliuxigone"

ROWS = (
    Row("three pages of works", Outcome.OK, listed=45, posts=works(45)),
    Row("pinned first", Outcome.OK, listed=26, posts=(*works(25), PINNED)),
    Row("older interface", Outcome.OK, listed=30, posts=works(30), traits={"way": "graphql"}),
    Row("removed item", Outcome.OK, listed=3, says="1 条作品平台没有给出内容", posts=(*works(2), REMOVED, ALBUM)),
    Row(
        "re-read of what left the list",
        Outcome.OK,
        listed=2,
        posts=works(2),
        known=(
            on_file(GONE, 9, f"https://www.kuaishou.com/short-video/{GONE}"),
            *(on_file(post.key) for post in works(2)),
        ),
        reread=(GONE,),
    ),
    Row(
        "re-read of what lies further down",
        Outcome.OK,
        listed=20,
        posts=works(30),
        known=tuple(on_file(post.key, 1, f"https://www.kuaishou.com/short-video/{post.key}") for post in works(30)),
        reread=("3xliuxi0029",),
    ),
    Row(
        "login modal after the first page", Outcome.OK, False, 20, "登录框", posts=works(40), traits={"state": "modal"}
    ),
    Row("no works at all", Outcome.EMPTY),
    Row(
        "empty list, counted", Outcome.VERIFY_WALL, False, 0, "计数为 3", posts=works(3), traits={"state": "empty_list"}
    ),
    Row("result 2", Outcome.RATE_LIMITED, False, says="result=2", posts=works(3), wall=Wall.RATE_LIMITED),
    Row("result 109", Outcome.LOGIN_WALL, False, says="result=109", posts=works(3), wall=Wall.LOGIN),
    Row("result 2001", Outcome.VERIFY_WALL, False, says="result=2001", posts=works(3), wall=Wall.VERIFY),
    Row(
        "result 109 of the older interface",
        Outcome.LOGIN_WALL,
        False,
        says="result=109",
        posts=works(3),
        wall=Wall.LOGIN,
        traits={"way": "graphql"},
    ),
    Row("result 50", Outcome.VERIFY_WALL, False, says="result=50", posts=works(3), traits={"state": "result_50"}),
    Row("400002", Outcome.VERIFY_WALL, False, says="滑块", posts=works(3), traits={"state": "captcha_400002"}),
    Row("empty-200 body", Outcome.VERIFY_WALL, False, says="空内容", posts=works(3), traits={"state": "empty_body"}),
    Row("check page", Outcome.VERIFY_WALL, False, says="验证", posts=works(3), traits={"state": "check_page"}),
    Row("new layout", Outcome.LAYOUT_CHANGED, False, says="改版", posts=works(3), wall=Wall.LAYOUT_CHANGED),
    Row(
        "account not there",
        Outcome.CLOSED,
        False,
        says="用户不存在",
        routes=(Route("browser", "https://www.kuaishou.com/profile/3xnobody"),),
    ),
    Row("no way registered", Outcome.OK, listed=3, posts=works(3), routes=()),
)
KEYS = {row.name: f"3xliuximinzheng{number:03d}" for number, row in enumerate(ROWS)}


@pytest.fixture(scope="module")
def seen():
    return night("kuaishou", ROWS, KEYS)


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
    for name, count in (("three pages of works", 45), ("older interface", 30)):
        found = seen.posts(row(name))
        assert len(found) == count
        assert found["3xliuxi0000"]["text"] == "柳溪市救助管理站第0000次夏季送清凉 #柳溪民政"
        assert found["3xliuxi0000"]["published_at"] == "2026-06-18T02:00:00+00:00"


def test_an_album_is_pictures(seen):
    assert seen.posts(row("removed item"))[ALBUM.key]["kind"] == PostKind.PICTURE


def test_works_that_are_due_are_read_wherever_they_are(seen):
    gone = seen.posts(row("re-read of what left the list"))
    assert {key: item["outcome"] for key, item in gone.items()} == {GONE: Outcome.DELETED}
    below = seen.posts(row("re-read of what lies further down"))
    assert {key: item["outcome"] for key, item in below.items()} == {"3xliuxi0029": Outcome.OK}
    assert below["3xliuxi0029"]["text"].startswith("柳溪市救助管理站第0029次")


def test_the_account_as_the_platform_shows_it(seen):
    for name in ("pinned first", "older interface"):
        (profile,) = seen.profiles(row(name))
        assert (profile["name"], profile["followers"], profile["handle"]) == ("柳溪民政", 16000, "liuximz")
