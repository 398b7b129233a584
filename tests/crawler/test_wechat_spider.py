"""The walk of WeChat accounts against a small WeChat on loopback."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rig import Answer, StandIn, run
from wechat_stand_in import BIZ, DELETED, KEY, NOW, SECRET, WALL, Article, Wechat

from crawler.plan import AccountTask, CrawlPlan
from domain.account import Account, Route
from domain.announcement import Announcement
from domain.clock import Clock
from domain.outcome import Outcome
from domain.post import KnownPost

OFFICIAL = Route("official", "", "wechat-main")
HORIZON = 5
#: Days the statistics are asked for: from yesterday back to the day of the horizon.
DAYS = HORIZON


def crawl(
    platform: Wechat,
    *routes: Route,
    known=(),
    reread=(),
    horizon: float = HORIZON,
    credentials=None,
    walked=None,
    announced=(),
    timeout=0,
):
    account = Account(
        platform="wechat", key=KEY, name="柳溪民政", routes=routes, attributes={"biz": BIZ, "appid": "wx0001"}
    )
    task = AccountTask(
        account=account,
        known=known,
        reread=reread,
        horizon=NOW - timedelta(days=horizon),
        walked_at=walked,
        announced=announced,
        deadline_seconds=40,
    )
    with StandIn(platform) as server:
        plan = CrawlPlan(
            platform="wechat",
            tasks=(task,),
            clock=Clock(NOW, fixed=True),
            credentials={"wechat-main": {"appid": "wx0001", "secret": SECRET}} if credentials is None else credentials,
            replica=server.address,
            polite={"delay": 0} | ({"timeout": timeout} if timeout else {}),
        )
        crawled = run(plan)
    crawled.asked = server.asked
    crawled.paths = [asked.path for asked in server.asked if asked.path != "/robots.txt"]
    return crawled


def articles(count: int, step: float = 0.1, **more) -> list[Article]:
    return [Article(mid=2247480100 - number, days=step * (number + 1), **more) for number in range(count)]


def known(article: Article, days_ago: float = 1, *, short: bool = False) -> KnownPost:
    url = f"https://mp.weixin.qq.com/s/{article.short}" if short else article.url
    read_at = NOW - timedelta(days=days_ago)
    return KnownPost(key=article.key, url=url, first_seen_at=read_at, last_read_at=read_at, published_at=article.at)


def test_official_list_in_two_pages_and_the_mass_sent_articles():
    mass_sent = Article(mid=2247480200, days=1.2, mass_sent=True)
    platform = Wechat(articles=sorted([*articles(23), mass_sent], key=lambda item: item.days))
    crawled = crawl(platform, OFFICIAL)
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["route"], coverage["complete"]) == ("OK", "official", True)
    assert (coverage["listed"], len(coverage["read"]), coverage["total"]) == (24, 24, 23)
    assert mass_sent.key in coverage["read"]
    assert "1 篇只见于统计接口" in coverage["detail"]
    assert crawled.paths.count("/cgi-bin/freepublish/batchget") == 2
    assert crawled.paths.count("/datacube/getarticletotaldetail") == DAYS
    assert crawled.paths.count("/cgi-bin/stable_token") == 1
    post = crawled.posts()[mass_sent.key]
    assert (post["text"], post["outcome"]) == (f"正文{mass_sent.key}", "OK")
    # The statistics only know the day; the page knows the second.
    assert datetime.fromisoformat(post["published_at"]) == mass_sent.at.replace(microsecond=0)


def test_no_secret_leaves_the_crawl():
    crawled = crawl(Wechat(articles=articles(2)), OFFICIAL)
    sent = [asked for asked in crawled.asked if asked.path == "/cgi-bin/stable_token"]
    assert SECRET.encode() in sent[0].body  # it went where it belongs
    everything = repr(crawled.items) + crawled.log
    assert SECRET not in everything
    assert "T0KEN-" not in everything
    captured = [item["url"] for item in crawled.of("capture") if "batchget" in item["url"]]
    assert captured == ["https://api.weixin.qq.com/cgi-bin/freepublish/batchget?access_token=***"]


def test_a_quiet_night_reads_no_article():
    listed = articles(3, step=0.5)
    crawled = crawl(
        Wechat(articles=listed), OFFICIAL, known=tuple(map(known, listed)), horizon=90, walked=NOW - timedelta(days=1)
    )
    assert crawled.of("post") == []
    assert crawled.paths.count("/cgi-bin/freepublish/batchget") == 1
    # The day of the last complete walk, whose statistics could not be there yet.
    assert crawled.paths.count("/datacube/getarticletotaldetail") == 1
    assert not any(path.startswith(("/s", "/mp")) for path in crawled.paths)
    assert crawled.coverage()["complete"] is True


def test_due_and_new_articles_are_read():
    listed = articles(4, step=0.5)
    old = tuple(map(known, listed[1:]))
    crawled = crawl(Wechat(articles=listed), OFFICIAL, known=old, reread=old[1:2])
    assert sorted(crawled.posts()) == sorted([listed[0].key, listed[2].key])


def test_an_expired_token_is_refreshed_once():
    crawled = crawl(Wechat(articles=articles(23), expire_at_offset=20), OFFICIAL)
    assert crawled.coverage()["outcome"] == "OK"
    assert len(crawled.coverage()["read"]) == 23
    assert crawled.paths.count("/cgi-bin/stable_token") == 2
    crawled = crawl(Wechat(articles=articles(3), always_expired=True), OFFICIAL)
    assert crawled.coverage()["outcome"] == "NOT_AUTHORIZED"
    assert crawled.paths.count("/cgi-bin/stable_token") == 2


@pytest.mark.parametrize(
    ("trouble", "outcome", "words"),
    [
        (
            {"publish_error": (45009, "reach max api daily quota limit"), "statistics_error": (45009, "reach max")},
            "QUOTA",
            "6 月 19 日 0 时",
        ),
        ({"publish_error": (48001, "api unauthorized")}, "NOT_AUTHORIZED", "认证"),
        (
            {"publish_error": (47009, "this api is offline"), "statistics_error": (47009, "this api is offline")},
            "LAYOUT_CHANGED",
            "已下线",
        ),
        (
            {"token_error": (40164, "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist")},
            "NOT_AUTHORIZED",
            "203.0.113.9",
        ),
        ({"token_error": (40013, "invalid appid")}, "NOT_AUTHORIZED", "AppID"),
    ],
)
def test_refusals_of_the_api_check_nothing(trouble, outcome, words):
    coverage = crawl(Wechat(articles=articles(2), **trouble), OFFICIAL).coverage()
    assert coverage["outcome"] == outcome
    assert words in coverage["detail"]
    assert coverage["complete"] is False


def test_without_credentials_nothing_is_asked():
    crawled = crawl(Wechat(articles=articles(2)), OFFICIAL, credentials={})
    assert crawled.coverage()["outcome"] == "NOT_AUTHORIZED"
    assert crawled.paths == []


def test_an_unauthorised_account_falls_back_to_its_album():
    listed = articles(3)
    platform = Wechat(articles=listed, publish_error=(48001, "api unauthorized"), albums={"1": listed})
    coverage = crawl(platform, OFFICIAL, Route("album", "1")).coverage()
    assert (coverage["outcome"], coverage["route"], coverage["complete"]) == ("OK", "album", False)
    assert [attempt[:2] for attempt in coverage["attempts"]] == [["official", "NOT_AUTHORIZED"], ["album", "OK"]]
    assert "48001" in coverage["detail"]


@pytest.mark.parametrize(
    "trouble",
    [
        {"statistics_error": (47009, "this api is offline")},
        {"statistics_error": (48001, "api unauthorized")},
        {"statistics_error": (61503, "data not ready")},
        {"delayed": True},
    ],
)
def test_without_the_statistics_silence_is_not_concluded(trouble):
    coverage = crawl(Wechat(articles=articles(2), **trouble), OFFICIAL).coverage()
    assert (coverage["outcome"], coverage["complete"], len(coverage["read"])) == ("OK", False, 2)
    assert "群发" in coverage["detail"]


def test_an_empty_shell_is_empty_and_complete():
    coverage = crawl(Wechat(), OFFICIAL).coverage()
    assert (coverage["outcome"], coverage["complete"], coverage["listed"]) == ("EMPTY", True, 0)
    mass_only = Wechat(articles=[Article(mid=2247480200, mass_sent=True)])
    coverage = crawl(mass_only, OFFICIAL).coverage()
    assert (coverage["outcome"], coverage["listed"]) == ("OK", 1)


def test_an_article_that_the_statistics_miss_is_told():
    coverage = crawl(Wechat(articles=[Article(mid=2247480200, days=2, counted=False)]), OFFICIAL).coverage()
    assert "只见于发布列表" in coverage["detail"]


def test_a_dormant_account_gives_its_newest_article():
    platform = Wechat(articles=[Article(mid=2247480007, days=97), Article(mid=2247480006, days=98)])
    crawled = crawl(platform, OFFICIAL, horizon=5)
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["complete"]) == ("OK", True)
    assert list(crawled.posts()) == ["2247480007_1"]
    assert datetime.fromisoformat(coverage["newest_at"]) == NOW - timedelta(days=97)


def test_every_article_has_its_own_outcome():
    listed = articles(5)
    listed[0].page = Answer(DELETED)
    listed[1].is_deleted = True
    listed[2].page = Answer("", 500)
    listed[3].page = Answer("<html><body>odd</body></html>")
    crawled = crawl(Wechat(articles=listed), OFFICIAL)
    outcomes = {key: post["outcome"] for key, post in crawled.posts().items()}
    assert outcomes == {
        listed[0].key: "DELETED",
        listed[1].key: "DELETED",
        listed[2].key: "NETWORK",
        listed[3].key: "LAYOUT_CHANGED",
        listed[4].key: "OK",
    }
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["read"]) == ("OK", [listed[4].key])
    assert "有 2 篇内容本次未能读取" in coverage["detail"]


def test_a_wall_before_an_article_stops_the_account():
    listed = articles(6)
    listed[3].page = Answer("", 302, {"Location": WALL})
    crawled = crawl(Wechat(articles=listed), OFFICIAL)
    coverage = crawled.coverage()
    assert coverage["outcome"] == "VERIFY_WALL"
    assert sorted(coverage["read"]) == sorted([listed[5].key, listed[4].key])
    assert crawled.paths.count("/s") == 3
    assert not any("captcha" in path for path in crawled.paths)
    assert crawled.posts()[listed[3].key]["outcome"] == "VERIFY_WALL"


def test_a_walled_account_is_asked_once():
    crawled = crawl(Wechat(walled=True, albums={"1": []}), Route("album", "1"), Route("album", "2"))
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["requests"], coverage["newest_at"]) == ("VERIFY_WALL", 1, None)
    assert "验证" in coverage["detail"]


def test_albums_of_every_shape():
    listed = articles(7)
    platform = Wechat(articles=listed, albums={"1": listed[:5], "2": listed[5:6], "3": []})
    crawled = crawl(platform, Route("album", "1"), Route("album", "2"), Route("album", "3"))
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["listed"], coverage["total"]) == ("OK", 6, 6)
    assert coverage["complete"] is False  # an album is what an editor put in
    assert sorted(coverage["read"]) == sorted(item.key for item in listed[:6])
    assert crawl(Wechat(albums={"3": []}), Route("album", "3")).coverage()["outcome"] == "EMPTY"
    broken = crawl(platform, Route("album", "99")).coverage()
    assert broken["outcome"] == "BAD_REQUEST"


def test_an_album_with_its_oldest_first_is_walked_to_its_end():
    listed = articles(5)
    ascending = listed[::-1]
    on_file = tuple(known(item) for item in ascending[:4])
    crawled = crawl(Wechat(articles=listed, albums={"1": ascending}), Route("album", "1"), known=on_file)
    assert list(crawled.posts()) == [listed[0].key]


def test_a_feed_with_short_addresses_ends_in_real_keys():
    listed = articles(3, step=0.5)
    feed = Route("rss", "http://bridge.test/feed/MP_WXS_1.rss")
    crawled = crawl(Wechat(articles=listed), feed)
    assert sorted(crawled.posts()) == sorted(item.key for item in listed)
    assert (crawled.coverage()["outcome"], crawled.coverage()["complete"]) == ("OK", False)
    on_file = tuple(known(item, short=True) for item in listed)
    again = crawl(Wechat(articles=listed), feed, known=on_file)
    assert again.of("post") == []
    assert again.coverage()["requests"] == 1


@pytest.mark.parametrize(("code", "words"), [(45009, "6 月 19 日 0 时"), (47009, "已下线")])
def test_a_quota_stops_only_its_own_list(code, words):
    listed = [Article(mid=2247480200, days=1.2, mass_sent=True), *articles(2)]
    coverage = crawl(Wechat(articles=listed, publish_error=(code, "reach max")), OFFICIAL).coverage()
    assert (coverage["outcome"], coverage["complete"]) == ("OK", False)
    assert listed[0].key in coverage["read"]
    assert words in coverage["detail"]


def test_without_the_interface_due_articles_are_read_all_the_same():
    listed = articles(3, step=0.5)
    old = tuple(map(known, listed))
    crawled = crawl(Wechat(articles=listed, publish_error=(48001, "no")), OFFICIAL, known=old, reread=old[:1])
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["read"], coverage["complete"]) == ("NOT_AUTHORIZED", [listed[0].key], False)


def test_a_feed_behind_what_is_known_stands_still():
    listed = articles(3, step=1.0)
    feed = Route("rss", "http://bridge.test/feed.rss")
    lagging = crawl(Wechat(articles=listed), feed, known=(known(Article(mid=2247480999, days=0.2)),)).coverage()
    assert (lagging["outcome"], "还没有同步" in lagging["detail"]) == ("OK", True)
    later = articles(3, step=3.0)
    stale = crawl(Wechat(articles=later), feed, known=(known(Article(mid=2247480999, days=0.2)),)).coverage()
    assert (stale["outcome"], stale["complete"]) == ("BRIDGE_ERROR", False)
    assert "可能已停止更新" in stale["detail"]
    assert "请登录转换服务重新授权" in stale["detail"]


@pytest.mark.parametrize(("nights", "outcome"), [(5, "OK"), (9, "BRIDGE_ERROR")])
def test_a_feed_with_the_same_newest_entry_for_many_nights_says_nothing(nights, outcome):
    listed = articles(2, step=10.0)
    on_file = tuple(known(item, nights) for item in listed)
    on_file = tuple(
        replace(post, last_read_at=NOW, url=f"https://mp.weixin.qq.com/s/{item.short}")
        for post, item in zip(on_file, listed, strict=True)
    )
    coverage = crawl(Wechat(articles=listed), Route("rss", "http://bridge.test/f.rss"), known=on_file).coverage()
    assert coverage["outcome"] == outcome
    if outcome == "BRIDGE_ERROR":
        assert "分不清是账号没有更新还是转换服务停了" in coverage["detail"]


def test_another_feed_that_is_alive_makes_up_for_one_that_stands_still():
    fresh, old = articles(3), articles(6, step=3.0)[3:]

    class Two(Wechat):
        def __call__(self, asked):
            if asked.host == "old.test":
                return Answer(Wechat(articles=old).feed())
            return super().__call__(asked)

    routes = (Route("rss", "http://old.test/feed.rss"), Route("rss", "http://bridge.test/feed.rss"))
    coverage = crawl(Two(articles=[*fresh, *old]), *routes, horizon=1).coverage()
    assert (coverage["outcome"], "old.test" in coverage["detail"]) == ("OK", True)
    assert set(coverage["read"]) >= {item.key for item in fresh}


def test_routes_are_laid_over_each_other():
    listed = articles(4, step=0.5)
    lost = Article(mid=2247480300, days=0.7, title="只在合集里的公示")
    platform = Wechat(articles=[*listed, lost], albums={"1": [lost, *listed[:1]]})
    hidden = replace(lost, counted=False)

    class Hiding(Wechat):
        def published(self, body):
            return Wechat(articles=listed, token=self.token).published(body)

    crawled = crawl(Hiding(articles=[*listed, hidden], albums=platform.albums), OFFICIAL, Route("album", "1"))
    coverage = crawled.coverage()
    assert (coverage["route"], coverage["complete"]) == ("official", True)
    assert lost.key in coverage["read"]
    assert (
        "有 1 篇只见于合集、官方接口没有列出（《只在合集里的公示》）" not in coverage["detail"]
    )  # an album shows keys
    assert f"有 1 篇只见于合集、官方接口没有列出（《{lost.key}》）" in coverage["detail"]
    assert [attempt[0] for attempt in coverage["attempts"]] == ["official", "album"]


def test_a_feed_beside_the_official_list_reads_nothing_twice():
    listed = articles(3, step=0.5)
    routes = (OFFICIAL, Route("rss", "http://bridge.test/feed.rss"))
    crawled = crawl(Wechat(articles=listed), *routes)
    assert sorted(crawled.posts()) == sorted(item.key for item in listed)
    assert sum(path.startswith("/s") for path in crawled.paths) == 3
    quiet = crawl(Wechat(articles=listed), *routes, known=tuple(map(known, listed)), walked=NOW - timedelta(days=1))
    assert not any(asked.host == "bridge.test" for asked in quiet.asked)


def test_what_the_platform_announced_is_read_before_any_list_shows_it():
    today = Article(mid=2247480400, days=0.1, mass_sent=True)
    told = (
        announced(key=today.short, url=f"https://mp.weixin.qq.com/s/{today.short}", sent_at=today.at),
        announced(job="2", detail="群发成功"),
        announced(job="3", outcome=Outcome.VIOLATION, detail="群发没有通过平台审核：涉嫌政治（20001）"),
    )
    crawled = crawl(Wechat(articles=[today]), OFFICIAL, announced=told)
    coverage = crawled.coverage()
    assert coverage["read"] == [today.key]
    assert "没有给出文章链接" in coverage["detail"]
    assert "涉嫌政治" in coverage["detail"]
    refused = crawl(Wechat(articles=[today], publish_error=(48001, "no")), OFFICIAL, announced=told[:1]).coverage()
    assert (refused["outcome"], refused["read"]) == ("NOT_AUTHORIZED", [today.key])


def announced(**given):
    values = {"account_id": f"wechat:{KEY}", "job": "1", "sent_at": NOW, **given}
    return Announcement(**values)


def test_a_broken_bridge_is_no_silence():
    class Broken(Wechat):
        def feed(self):
            return "<html><body>Looks like something went wrong</body></html>"

    coverage = crawl(Broken(), Route("rss", "http://bridge.test/feed.rss")).coverage()
    assert coverage["outcome"] == "BRIDGE_ERROR"


def test_a_seed_page_gives_itself_and_the_articles_it_links():
    listed = articles(3)
    links = "".join(f'<a href="{item.url}">{item.key}</a>' for item in listed[1:])
    html = listed[0].html.replace("</p>", f"</p>{links}")
    listed[0].page = Answer(html)
    crawled = crawl(Wechat(articles=listed), Route("page", f"https://mp.weixin.qq.com/s/{listed[0].short}"))
    assert sorted(crawled.posts()) == sorted(item.key for item in listed)
    assert crawled.coverage()["complete"] is False


class Broken(Wechat):
    """The interface breaks off in the middle of its answers."""

    def __call__(self, asked):
        answer = super().__call__(asked)
        if asked.path == "/cgi-bin/freepublish/batchget":
            answer.headers = {"Transfer-Encoding": "chunked"}
            answer.body = "1\r\n{\r\nzz\r\n"
        if asked.path == "/datacube/getarticletotaldetail":
            answer.headers = {"Location": f"https://api.weixin.qq.com/elsewhere?{asked.target.partition('?')[2]}"}
            answer.status = 302
        return answer


class Mute(Wechat):
    """The interface takes longer than anybody waits."""

    def __call__(self, asked):
        if asked.path == "/cgi-bin/freepublish/batchget":
            time.sleep(2.5)
        return super().__call__(asked)


@pytest.mark.parametrize("platform", [Broken, Mute])
def test_no_secret_in_the_log_when_answers_fail(platform):
    crawled = crawl(platform(articles=articles(2)), OFFICIAL, timeout=1)
    assert "access_token=***" in crawled.log
    for canary in (SECRET, "T0KEN-"):
        assert canary not in crawled.log
        assert canary not in repr(crawled.items)
