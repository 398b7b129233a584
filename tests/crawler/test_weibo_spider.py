"""The walk of Weibo accounts, each with its own trap, in one crawl against a loopback server."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from errand import NOW, ROBOTS, known, plan, query, saved, task
from rig import Answer, StandIn, run

from domain.account import Route
from domain.outcome import Outcome

LOGIN = {"ok": -100, "url": "https://passport.weibo.com/sso/signin"}
VISITOR = "https://passport.weibo.com/visitor/visitor?a=enter"


class Account:
    """An account of the mobile site with three pages of three posts; ``twists`` change single answers."""

    def __init__(self, number: int, **twists) -> None:
        self.uid = str(7600002000 + number)
        self.mids = [str(5178000000000000 + number * 1000 + 99 - age) for age in range(9)]
        self.withdrawn = str(5178000000000000 + number * 1000)
        self.twists = twists
        self.empties = twists.get("empties", 0)
        self.asked: list[str] = []

    def on_file(self):
        return tuple(known(mid, age + 1) for age, mid in enumerate([*self.mids, self.withdrawn]))

    def blog(self, mid: str) -> dict:
        age = self.mids.index(mid) + 1
        user = {"id": int(self.uid), "screen_name": "柳溪民政"}
        at = (NOW - timedelta(days=age)).strftime("%a %b %d %H:%M:%S +0800 %Y")
        blog = {"created_at": at, "mid": mid, "id": mid, "bid": "x", "text": f"第 {age} 天前的微博", "user": user}
        if age == 2:
            blog |= {"text": f"长微博开头<a href='/status/{mid}'>全文</a>", "isLongText": True}
        return blog

    def profile(self):
        user = {"id": int(self.uid), "screen_name": "柳溪民政", "followers_count": "1.5万", "verified_type": 1}
        user["statuses_count"] = self.twists.get("total", 9)
        return self.twists.get("profile") or Answer({"ok": 1, "data": {"userInfo": user, "tabsInfo": {"tabs": []}}})

    def listing(self, start: int):
        if self.empties:
            self.empties -= 1
            return Answer({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}})
        cards = [{"card_type": 9, "mblog": self.blog(mid)} for mid in self.mids[start : start + 3]]
        if start == 0:
            pinned = {"card_type": 9, "mblog": self.blog(self.mids[-1]), "profile_type_id": "proweibotop_1"}
            cards.insert(0, pinned)
        info: dict = {"containerid": f"107603{self.uid}", "total": 9}
        if start + 3 < len(self.mids):
            info["since_id"] = start + 3
        return Answer({"ok": 1, "data": {"cardlistInfo": info, "cards": cards}})

    def post(self, path: str, mid: str):
        if path == "/statuses/extend":
            return self.twists.get("extend") or Answer({"ok": 1, "data": {"longTextContent": "长微博的全部文字"}})
        if mid not in self.mids:
            return Answer({"ok": 0, "msg": "微博不存在或暂无查看权限!"})
        return Answer({"ok": 1, "data": self.blog(mid)})


TWISTS = {
    "whole": {},
    "second night": {},
    "pinned is known": {},
    "due": {},
    "empty": {"empties": 9, "total": 0},
    "throttled": {"empties": 9, "total": 1208},
    "forgiven": {"empties": 1},
    "ends early": {"total": 1208},
    "long text walled": {"extend": Answer(LOGIN)},
    "login": {"profile": Answer(LOGIN)},
    "visitor": {"profile": Answer(b"", 302, {"Location": VISITOR})},
    "432": {"profile": Answer(b"", 432)},
    "418": {"profile": Answer(b"", 418)},
    "closed": {"profile": Answer({"ok": 0, "msg": "用户不存在"})},
    "changed": {"profile": Answer({"new": 1})},
    "oauth": {},
    "no token": {},
    "expired": {},
    "feed": {},
}


class Night:
    """All accounts, the crawl, and what each of them was asked."""

    def __init__(self) -> None:
        self.accounts = {name: Account(number, **twists) for number, (name, twists) in enumerate(TWISTS.items())}
        with StandIn(self.answer) as server:
            self.crawled = run(plan(server, *map(self.task, self.accounts), credentials=CREDENTIALS), timeout=120)

    def task(self, name: str):
        account = self.accounts[name]
        routes = ROUTES.get(name, (Route("mobile", account.uid),))
        on_file = account.on_file()
        options = {
            "second night": {"known": on_file},
            "pinned is known": {"known": on_file[8:9]},
            "due": {"known": on_file, "reread": (on_file[0], on_file[-1])},
        }.get(name, {})
        return task("weibo", account.uid, routes, **options)

    def answer(self, asked):
        asks = query(asked.target)
        if asked.path == "/robots.txt":
            return ROBOTS
        if asked.host == "bridge.example":
            return Answer(saved("feeds/atom.xml"))
        account = self.owner(asks)
        account.asked.append(asked.target)
        if asked.path.startswith("/2/"):
            return self.api(asks)
        if asked.path.startswith("/statuses/"):
            return account.post(asked.path, asks["id"])
        return account.listing(int(asks.get("since_id", "0"))) if "containerid" in asks else account.profile()

    def owner(self, asks) -> Account:
        number = asks.get("value") or asks.get("uid")
        if number:
            return next(account for account in self.accounts.values() if account.uid == number)
        mid = asks["id"]
        if mid.startswith("51780000000000"):  # those of the saved API reply
            return self.accounts.get("oauth", next(iter(self.accounts.values())))
        return next(account for account in self.accounts.values() if mid[:-2] == account.withdrawn[:-2])

    @staticmethod
    def api(asks):
        if asks["access_token"] == "2.00SECRET":
            return Answer(saved("weibo/user_timeline.json").replace(b"7600001001", asks["uid"].encode()))
        return Answer({"error": "expired_token", "error_code": 21327}, 403)

    def coverage(self, name: str) -> dict:
        return self.crawled.coverage(f"weibo:{self.accounts[name].uid}")

    def posts(self, name: str) -> dict[str, dict]:
        account = f"weibo:{self.accounts[name].uid}"
        return {item["key"]: item for item in self.crawled.of("post") if item["account"] == account}


CREDENTIALS = {"weibo-main": {"access_token": "2.00SECRET"}, "weibo-old": {"access_token": "2.00EXPIRED"}}
ROUTES = {
    "oauth": (Route("oauth", "", "weibo-main"),),
    "no token": (Route("oauth", "", "weibo-none"),),
    "expired": (Route("oauth", "", "weibo-old"), Route("mobile", "")),
    "feed": (Route("rss", "https://bridge.example/weibo/user/1"),),
}


@pytest.fixture(scope="module")
def night():
    return Night()


def test_a_whole_account_with_its_long_text(night):
    account, coverage, posts = night.accounts["whole"], night.coverage("whole"), night.posts("whole")
    assert (coverage["outcome"], coverage["complete"], coverage["total"]) == (Outcome.OK, True, 9)
    assert set(posts) == set(account.mids) == set(coverage["read"])
    assert posts[account.mids[1]]["text"] == "长微博的全部文字"
    profiles = {item["account"]: item["profile"] for item in night.crawled.of("profile")}
    assert profiles[f"weibo:{account.uid}"]["followers"] == 15000
    digests = {item["digest"] for item in night.crawled.of("capture")}
    assert {post["capture"] for post in posts.values()} <= digests
    assert not night.crawled.summary["failed"]


def test_the_second_night_asks_for_one_page_and_reads_nothing(night):
    coverage = night.coverage("second night")
    assert (coverage["outcome"], coverage["complete"], coverage["read"]) == (Outcome.OK, True, [])
    assert len(night.accounts["second night"].asked) == 2  # profile and first page
    assert coverage["newest_at"].startswith("2026-06-17")


def test_a_pinned_known_post_does_not_end_the_walk(night):
    assert set(night.posts("pinned is known")) == set(night.accounts["pinned is known"].mids[:-1])


def test_due_posts_are_read_again_and_a_withdrawn_one_is_said_to_be_gone(night):
    account, posts = night.accounts["due"], night.posts("due")
    assert posts[account.withdrawn]["outcome"] == Outcome.DELETED
    assert posts[account.mids[0]]["outcome"] == Outcome.OK
    asked = [target for target in account.asked if "statuses/show" in target]
    assert [query(target)["id"] for target in asked] == [account.withdrawn]  # the listing served the other


def test_emptiness_needs_the_counter(night):
    coverage = night.coverage("empty")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.EMPTY, True)
    assert len(night.accounts["empty"].asked) == 3  # the empty page was asked for twice
    coverage = night.coverage("throttled")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.RATE_LIMITED, False)
    assert "1208" in coverage["detail"]


def test_one_empty_answer_is_forgiven(night):
    assert (night.coverage("forgiven")["outcome"], len(night.posts("forgiven"))) == (Outcome.OK, 9)


def test_a_listing_that_ends_early_is_not_complete(night):
    coverage = night.coverage("ends early")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.OK, False)
    assert "1208" in coverage["detail"]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("login", Outcome.LOGIN_WALL),
        ("visitor", Outcome.VERIFY_WALL),
        ("432", Outcome.VERIFY_WALL),
        ("418", Outcome.RATE_LIMITED),
        ("closed", Outcome.CLOSED),
        ("changed", Outcome.LAYOUT_CHANGED),
    ],
)
def test_walls_are_what_they_are(night, name, outcome):
    coverage = night.coverage(name)
    assert (coverage["outcome"], coverage["complete"], coverage["listed"]) == (outcome, False, 0)
    assert len(night.accounts[name].asked) == 1


def test_a_long_text_behind_a_wall_leaves_the_post_unread(night):
    key, coverage = night.accounts["long text walled"].mids[1], night.coverage("long text walled")
    assert night.posts("long text walled")[key]["outcome"] == Outcome.LOGIN_WALL
    assert coverage["outcome"] == Outcome.LOGIN_WALL
    assert key not in coverage["read"]


def test_the_open_api_and_its_token(night):
    coverage = night.coverage("oauth")
    assert (coverage["outcome"], coverage["route"], coverage["complete"]) == (Outcome.OK, "oauth", True)
    assert "最近" in coverage["detail"]
    assert night.posts("oauth")["5178000000000021"]["text"].startswith("今日办理事项")
    assert night.coverage("no token")["outcome"] == Outcome.NOT_AUTHORIZED
    told = json.dumps(night.crawled.items) + night.crawled.log
    assert "2.00SECRET" not in told
    assert "2.00EXPIRED" not in told


def test_an_expired_token_falls_back_to_the_mobile_site(night):
    attempts = [attempt[:2] for attempt in night.coverage("expired")["attempts"]]
    assert attempts == [["oauth", "NOT_AUTHORIZED"], ["mobile", "OK"]]
    assert len(night.posts("expired")) == 9


def test_a_feed_proves_no_silence(night):
    coverage = night.coverage("feed")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.OK, False)
    assert night.posts("feed")["4386731509545047"]["text"] == "正文"
