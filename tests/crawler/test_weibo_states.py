"""Every state in which Weibo shows an account on its three sites, served by the replica, and what the visit of each
comes to."""

from __future__ import annotations

import re

import pytest
from states import IN_A_BROWSER, Row, night, on_file, work

from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall

FIRST = 5_290_000_000_000_900
LONG = "柳溪市社会福利院6月开展消防演练，全体值班人员按预案就位。" * 8


def mid(number: int) -> str:
    return str(FIRST - number)


def blogs(count: int) -> tuple:
    return tuple(work(mid(n), 0.5 + n, kind=PostKind.TEXT, paragraphs=(f"今天是第{n}天值班",)) for n in range(count))


def one(number: int, days: float, text: str = "转发一则通知", **given):
    return work(mid(number), days, kind=given.pop("kind", PostKind.TEXT), paragraphs=(text,), **given)


PINNED = one(899, 90, "置顶：办事指南", pinned=True)
FRESH = work(mid(-5), 0, kind=PostKind.TEXT, paragraphs=("刚刚发布",)), one(-4, 5 / 1440, "五分钟前发布")
PICTURES = ("https://wx1.sinaimg.cn/large/00lxa.jpg", "https://wx2.sinaimg.cn/large/00lxb.jpg")


def shapes(first: int) -> tuple:
    return (
        one(first + 0, 1, "转发微博", traits={"repost": "deleted"}, original=False),
        one(first + 1, 2, "转发微博", traits={"repost": "hidden"}, original=False),
        one(first + 2, 3, "转发微博", traits={"repost": "denied"}, original=False),
        one(first + 3, 4, "转发微博", traits={"repost": "shown"}, original=False),
        one(first + 4, 5, LONG, long_text=True),
        one(first + 5, 6, "图片一组", kind=PostKind.PICTURE, images=PICTURES, traits={"pictures": "object"}),
        one(first + 6, 7, "图片两张", kind=PostKind.PICTURE, images=PICTURES),
        one(first + 7, 8, "视频一段", kind=PostKind.VIDEO, title="夏季送清凉"),
        one(
            first + 8,
            9,
            "发布了头条文章",
            title="临时救助怎么申请",
            traits={"article": f"2309405290000000{first:03d}008", "body": "第一段正文。\n第二段正文。"},
        ),
        one(
            first + 9,
            10,
            "发布了头条文章二",
            title="已经撤下的文章",
            traits={"article": f"2309405290000000{first:03d}009", "body": "x", "article_state": "gone"},
        ),
        one(
            first - 1,
            0.5,
            "发布了头条文章三",
            title="要登录的文章",
            traits={"article": f"2309405290000000{first:03d}010", "body": "x", "article_state": "login"},
        ),
    )


MOBILE = (Route("mobile"),)
PLAIN = (
    Row("mobile: profile, cards, since_id", Outcome.OK, listed=25, posts=blogs(25), routes=MOBILE),
    Row("mobile: tabs as an object", Outcome.OK, listed=3, posts=blogs(3), routes=MOBILE, traits={"tabs": "object"}),
    Row("mobile: pinned, advertisement, group", Outcome.OK, listed=13, posts=(*blogs(12), PINNED), routes=MOBILE),
    Row("mobile: ends without since_id", Outcome.OK, False, 10, "只列出 10 条", posts=blogs(25), routes=MOBILE,
        traits={"since": "none"}),
    Row("mobile: every shape of a post", Outcome.OK, listed=11, posts=shapes(100), routes=MOBILE),
    Row("mobile: relative dates", Outcome.OK, listed=2, posts=FRESH, routes=MOBILE),
    Row("mobile: ok 0 and the counter says 0", Outcome.EMPTY, routes=MOBILE),
    Row("mobile: ok 0 and the counter says more", Outcome.RATE_LIMITED, False, says="计数为 3", posts=blogs(3),
        routes=MOBILE, traits={"state": "no_content"}),
    Row("mobile: ok -100", Outcome.LOGIN_WALL, False, posts=blogs(3), routes=MOBILE, wall=Wall.LOGIN),
    Row("mobile: ok -100 to login.php", Outcome.LOGIN_WALL, False, routes=MOBILE, traits={"state": "login_php"}),
    Row("mobile: 432", Outcome.VERIFY_WALL, False, says="432", posts=blogs(3), routes=MOBILE, wall=Wall.VERIFY),
    Row("mobile: 418", Outcome.RATE_LIMITED, False, says="418", posts=blogs(3), routes=MOBILE, wall=Wall.RATE_LIMITED),
    Row("mobile: 歇歇吧", Outcome.RATE_LIMITED, False, says="歇歇吧", routes=MOBILE, traits={"state": "too_often"}),
    Row("mobile: errno 100005", Outcome.RATE_LIMITED, False, says="频繁", routes=MOBILE, traits={"state": "errno"}),
    Row("mobile: captcha address", Outcome.VERIFY_WALL, False, says="验证码", routes=MOBILE,
        traits={"state": "captcha"}),
    Row("mobile: 用户不存在", Outcome.CLOSED, False, says="用户不存在", routes=MOBILE, traits={"state": "not_there"}),
    Row("mobile: unknown reply", Outcome.LAYOUT_CHANGED, False, routes=MOBILE, wall=Wall.LAYOUT_CHANGED),
    Row("api: five posts", Outcome.OK, listed=5, posts=blogs(5), routes=(Route("oauth", "", "weibo-five"),)),
    Row("api: five of many", Outcome.OK, listed=5, says="更早的微博没有看到", posts=blogs(9),
        routes=(Route("oauth", "", "weibo-many"),)),
    Row("api: long text in full", Outcome.OK, listed=1, posts=(one(140, 1, LONG, long_text=True),),
        routes=(Route("oauth", "", "weibo-long"),)),
    Row("api: expired_token", Outcome.NOT_AUTHORIZED, False, says="21327", posts=blogs(3),
        routes=(Route("oauth", "", "weibo-expired"),)),
    Row("api: invalid_access_token", Outcome.NOT_AUTHORIZED, False, says="21332", posts=blogs(3),
        routes=(Route("oauth", "", "weibo-invalid"),)),
    Row("api: user requests out of limit", Outcome.QUOTA, False, says="10023", posts=blogs(3), wall=Wall.QUOTA,
        routes=(Route("oauth", "", "weibo-quota"),)),
    Row("api: another user's token", Outcome.NOT_AUTHORIZED, False, says="21335", posts=blogs(3),
        routes=(Route("oauth", "", "weibo-borrowed"),)),
    Row("api expired, mobile answers", Outcome.OK, listed=3, says="21327", posts=blogs(3),
        routes=(Route("oauth", "", "weibo-expired"), Route("mobile"))),
)  # fmt: skip
DESKTOP = (
    Row("desktop: info, mymblog, kp", Outcome.OK, listed=45, posts=blogs(45)),
    Row("desktop: pinned first", Outcome.OK, listed=26, posts=(*blogs(25), PINNED)),
    Row("desktop: every shape of a post", Outcome.OK, listed=11, says="头条文章的正文没有取到", posts=shapes(200)),
    Row("desktop: second night", Outcome.OK, listed=20, posts=blogs(45),
        known=tuple(on_file(mid(n)) for n in range(45))),
    Row(
        "desktop: re-read of what lies further down and of what is gone",
        Outcome.OK,
        listed=20,
        posts=(*blogs(25), one(330, 40, LONG, long_text=True)),
        known=tuple(on_file(mid(n), 1 + n) for n in (*range(25), 330, 331)),
        reread=(mid(330), mid(331)),
    ),
    Row("desktop: login modal after the first page", Outcome.OK, False, 20, "登录框", posts=blogs(45),
        traits={"state": "modal"}),
    Row("desktop: nothing published", Outcome.EMPTY),
    Row("desktop: empty, counted", Outcome.RATE_LIMITED, False, says="计数为 3", posts=blogs(3),
        traits={"state": "empty_desktop", "counted": "3"}),
    Row("desktop: 302 to the visitor system", Outcome.VERIFY_WALL, False, says="访客系统", posts=blogs(3),
        wall=Wall.VERIFY),
    Row("desktop: visitor page in its place", Outcome.VERIFY_WALL, False, says="访客系统", posts=blogs(3),
        traits={"state": "visitor_page"}),
    Row("desktop: ok -100", Outcome.LOGIN_WALL, False, says="登录", posts=blogs(3), wall=Wall.LOGIN),
    Row("desktop: 418", Outcome.RATE_LIMITED, False, says="418", posts=blogs(3), wall=Wall.RATE_LIMITED),
    Row("desktop: 歇歇吧", Outcome.RATE_LIMITED, False, says="歇歇吧", posts=blogs(3), traits={"state": "too_often"}),
    Row("desktop: captcha address", Outcome.VERIFY_WALL, False, says="验证码", posts=blogs(3),
        traits={"state": "captcha"}),
    Row("desktop: 用户不存在", Outcome.CLOSED, False, says="用户不存在", traits={"state": "not_there"}),
    Row("desktop: 用户状态异常", Outcome.CLOSED, False, says="状态异常", traits={"state": "abnormal"}),
    Row("desktop: new layout", Outcome.LAYOUT_CHANGED, False, says="改版", wall=Wall.LAYOUT_CHANGED),
    Row("desktop walled, mobile answers", Outcome.OK, listed=3, says="访客系统", posts=blogs(3),
        traits={"state": "visitor_page"}, routes=(Route("browser"), Route("mobile"))),
    Row("no way registered", Outcome.OK, listed=3, posts=blogs(3), routes=()),
)  # fmt: skip
KEYS = {row.name: str(7_600_005_000 + number) for number, row in enumerate((*PLAIN, *DESKTOP))}
CREDENTIALS = {
    "weibo-five": {"access_token": "2.00Five"},
    "weibo-many": {"access_token": "2.00Many"},
    "weibo-long": {"access_token": "2.00Long"},
    "weibo-expired": {"access_token": "2.00Expired", "expired": "1"},
    "weibo-quota": {"access_token": "2.00Quota"},
    "weibo-invalid": {"access_token": "2.00Nobody", "not_issued": "1"},
    "weibo-borrowed": {"access_token": "2.00Five", "not_issued": "1"},
}


@pytest.fixture(scope="module")
def seen():
    return night("weibo", PLAIN, KEYS, credentials=CREDENTIALS)


@pytest.fixture(scope="module")
def seen_in_a_browser():
    return night("weibo", DESKTOP, KEYS)


def check(seen, row: Row) -> None:
    coverage = seen.coverage(row)
    found = coverage["outcome"], coverage["complete"], coverage["listed"]
    assert found == (row.outcome, row.complete, row.listed), coverage["detail"]
    assert row.says in coverage["detail"]
    assert seen.errors == []


@pytest.mark.parametrize("row", PLAIN, ids=str)
def test_state(seen, row):
    check(seen, row)


def row(name: str) -> Row:
    return next(row for row in (*PLAIN, *DESKTOP) if row.name == name)


def check_shapes(found: dict[str, dict], first: int) -> None:
    """What a reader sees of each shape, whichever site showed it."""
    found = {number: found[mid(first + number)] for number in range(-1, 10)}
    text = {number: re.sub(r"\[(?:心|鲜花|给力)\]", "", item["text"]) for number, item in found.items()}
    for number in (0, 1, 2):
        assert text[number] == "转发微博"
        assert "被转发的原微博不可见" in found[number]["detail"]
    assert "云江民政：全省民政系统夏季服务安排" in text[3]
    assert text[4] == LONG
    assert [found[number]["kind"] for number in (5, 6, 7, 8)] == [
        PostKind.PICTURE,
        PostKind.PICTURE,
        PostKind.VIDEO,
        PostKind.ARTICLE,
    ]
    assert (found[8]["title"], text[8]) == ("临时救助怎么申请", "发布了头条文章\n第一段正文。\n第二段正文。")
    for number, why in ((9, "已被作者删除"), (-1, "登录")):
        assert text[number].startswith("发布了头条文章")
        assert why in found[number]["detail"]
    assert {item["outcome"] for item in found.values()} == {Outcome.OK}


def test_every_shape_of_a_post_on_the_mobile_site(seen):
    check_shapes(seen.posts(row("mobile: every shape of a post")), 100)


def test_relative_dates_become_instants(seen):
    found = seen.posts(row("mobile: relative dates"))
    assert found[mid(-5)]["published_at"] == "2026-06-18T22:00:00+08:00"
    assert found[mid(-4)]["published_at"] == "2026-06-18T21:55:00+08:00"


def test_followers_in_words_and_the_verified_subject(seen):
    (profile,) = seen.profiles(row("mobile: tabs as an object"))
    assert (profile["followers"], profile["verified_type"], profile["verified_reason"]) == (16000, 1, "柳溪市民政局")


def test_a_long_text_is_completed_whichever_door_is_open(seen):
    (found,) = seen.posts(row("api: long text in full")).values()
    assert (found["outcome"], found["text"]) == (Outcome.OK, LONG)


def test_a_spent_quota_says_when_it_is_back(seen):
    (attempt,) = seen.coverage(row("api: user requests out of limit"))["attempts"]
    assert "接口访问次数已用完" in attempt[2]
    asked = [served for served in seen.log if served.path.endswith("rate_limit_status.json")]
    assert len(asked) == 1


def test_no_token_is_seen_anywhere(seen):
    said = f"{seen.crawled.items}{seen.crawled.log}"
    assert [values["access_token"] for values in CREDENTIALS.values() if values["access_token"] in said] == []


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("row", DESKTOP, ids=str)
    def test_state(self, seen_in_a_browser, row):
        check(seen_in_a_browser, row)

    def test_every_shape_of_a_post_on_the_desktop_site(self, seen_in_a_browser):
        check_shapes(seen_in_a_browser.posts(row("desktop: every shape of a post")), 200)

    def test_what_is_due_is_read_on_its_own_page(self, seen_in_a_browser):
        found = seen_in_a_browser.posts(row("desktop: re-read of what lies further down and of what is gone"))
        assert {key: item["outcome"] for key, item in found.items()} == {
            mid(330): Outcome.OK,
            mid(331): Outcome.DELETED,
        }
        assert found[mid(330)]["text"] == LONG

    def test_a_quiet_night_costs_one_page(self, seen_in_a_browser):
        assert seen_in_a_browser.coverage(row("desktop: second night"))["requests"] == 1

    def test_the_account_as_the_platform_shows_it(self, seen_in_a_browser):
        (profile,) = seen_in_a_browser.profiles(row("desktop: pinned first"))
        assert (profile["name"], profile["followers"], profile["verified_type"]) == ("柳溪民政", 15600, 1)

    def test_no_identity_is_fetched_to_pass_the_visitor_system(self, seen_in_a_browser):
        asked = {served.path for served in seen_in_a_browser.log if served.host == "passport.weibo.com"}
        assert "/visitor/visitor" in asked  # the place where the platform sends us
        assert not any("genvisitor" in path for path in asked)
        assert not any(served.query.get("a") == "incarnate" for served in seen_in_a_browser.log)

    def test_comments_are_never_kept(self, seen_in_a_browser):
        asked = [served for served in seen_in_a_browser.log if "omments" in served.path]
        assert asked
        kept = [item["url"] for item in seen_in_a_browser.crawled.of("capture") if "omments" in item["url"]]
        assert kept == []
