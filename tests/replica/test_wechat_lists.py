"""WeChat's listings: albums, the official interface, feed bridges."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from replica.platforms.rss_bridge import RSSHUB, WECHAT2RSS, WERSS, WEWE, feed_url
from replica.wechat_pages.addresses import album_url, short_url

BUREAU = "wechat:gh_0000liuxi001"
FEED = "wechat:gh_0000liuxi002"
ALBUMS = ("3300000000000000001", "3300000000000000002", "3300000000000000003")
API = "https://api.weixin.qq.com"
MAIN = {"grant_type": "client_credential", "appid": "wx0000000000000001", "secret": "demo-secret-1"}
QUOTA = {"grant_type": "client_credential", "appid": "wx0000000000000004", "secret": "demo-secret-4"}


def load(reply):
    assert reply.status == 200
    return json.loads(reply.body)


def token(ask, credential=MAIN, **more):
    return load(ask(f"{API}/cgi-bin/stable_token", {**credential, **more}))["access_token"]


def scalars(value):
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in scalars(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in scalars(item)]
    return [value]


def test_an_album_is_paged_by_its_last_article_and_all_its_values_are_strings(world, ask):
    account = world.by_id[BUREAU].account
    address = album_url(account, ALBUMS[0]) + "&f=json&count=20"
    keys, more = [], ""
    for _ in range(10):
        listing = load(ask(address + more))["getalbum_resp"]
        assert all(isinstance(leaf, str) for leaf in scalars(listing))
        items = listing["article_list"]
        keys += [item["key"] for item in items]
        more = f"&begin_msgid={items[-1]['msgid']}&begin_itemidx={items[-1]['itemidx']}"
        if listing["continue_flag"] == "0":
            break
    expected = [
        post.key for post in world.posts_of(BUREAU) if not post.withdrawn and post.traits.get("album") != ALBUMS[1]
    ]
    assert keys == expected and len(keys) > 40


def test_one_article_is_an_object_and_none_is_missing(world, ask):
    account = world.by_id[BUREAU].account
    one = load(ask(album_url(account, ALBUMS[1]) + "&f=json"))["getalbum_resp"]
    assert isinstance(one["article_list"], dict) and one["article_list"]["key"] == "2650000091_1"
    none = load(ask(album_url(account, ALBUMS[2]) + "&f=json"))["getalbum_resp"]
    assert "article_list" not in none and none["continue_flag"] == "0"
    assert load(ask(album_url(account, "1") + "&f=json"))["base_resp"]["ret"] != 0


def test_an_album_without_json_is_a_page(world, ask):
    page = ask(album_url(world.by_id[BUREAU].account, ALBUMS[0])).body.decode()
    assert page.count("data-link=") == 20 and "album__author-name" in page


def test_a_walled_album_is_a_redirect(world, ask):
    walled = world.by_id["wechat:gh_0000liuxi003"].account
    assert ask(album_url(walled, "1") + "&f=json").status == 302


def test_tokens_stay_until_forced_and_errors_have_their_numbers(ask):
    first = token(ask)
    assert token(ask) == first
    assert token(ask, force_refresh=True) != first
    wrong = (
        ({"appid": "wx9"}, 40013),
        ({"secret": "other"}, 40125),
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
    )
    for change, code in wrong:
        assert load(ask(f"{API}/cgi-bin/stable_token", {**MAIN, **change}))["errcode"] == code
    query = "&".join(f"{name}={value}" for name, value in MAIN.items())
    assert load(ask(f"{API}/cgi-bin/token?{query}"))["expires_in"] == 7200
    assert load(ask(f"{API}/cgi-bin/stable_token"))["errcode"] == 43002


def test_an_address_off_the_white_list_gets_no_token(world, ask):
    from dataclasses import replace

    from replica.platforms import wechat_api
    from replica.request import Request

    entry = replace(world.accounts[0], traits={"api": "ip_not_allowed"})
    barred = replace(world, accounts=(entry, *world.accounts[1:]))
    request = Request("POST", "api.weixin.qq.com", "https", "/cgi-bin/stable_token", body=json.dumps(MAIN).encode())
    reply = load(wechat_api.answer(barred, request))
    assert reply["errcode"] == 40164 and "not in whitelist" in reply["errmsg"]


def test_the_publish_list_leaves_out_mass_sent_articles_and_expires_once_in_mid_paging(world, ask):
    access = token(ask)
    keys, deleted, offset, expirations = [], [], 0, 0
    while True:
        page = load(
            ask(
                f"{API}/cgi-bin/freepublish/batchget?access_token={access}",
                {"offset": offset, "count": 20, "no_content": 1},
            )
        )
        if page.get("errcode") == 42001:
            expirations += 1
            access = token(ask)
            continue
        assert page["item_count"] == len(page["item"])
        if not page["item"]:
            break
        for item in page["item"]:
            for news in item["content"]["news_item"]:
                assert news["content"] == "" and news["url"].startswith("http://mp.weixin.qq.com/s?__biz=")
                query = dict(pair.split("=", 1) for pair in news["url"].split("?")[1].split("#")[0].split("&"))
                keys.append(f"{query['mid']}_{query['idx']}")
                if news["is_deleted"]:
                    deleted.append(keys[-1])
        offset += len(page["item"])
    assert expirations == 1
    assert keys == [post.key for post in world.posts_of(BUREAU) if not post.mass_sent]
    assert deleted == ["2650000094_1"] and "2650000095_1" not in keys
    assert offset == page["total_count"] == len(keys) - 1  # two articles share one push


def test_content_comes_when_it_is_not_declined(world, ask):
    page = load(
        ask(f"{API}/cgi-bin/freepublish/batchget?access_token={token(ask)}", {"offset": 0, "count": 1, "no_content": 0})
    )
    assert "送清凉" in page["item"][0]["content"]["news_item"][0]["content"]
    wanted = {"article_id": page["item"][0]["article_id"]}
    one = load(ask(f"{API}/cgi-bin/freepublish/getarticle?access_token={token(ask)}", wanted))
    assert one["news_item"][0]["title"] == world.posts_of(BUREAU)[0].title
    unknown = ask(f"{API}/cgi-bin/freepublish/getarticle?access_token={token(ask)}", {"article_id": "x"})
    assert load(unknown)["errcode"] == 53600


def test_statistics_hold_the_mass_sent_article_of_their_day(ask):
    access = token(ask)

    def day(begin, end=None):
        payload = {"begin_date": begin, "end_date": end or begin}
        return load(ask(f"{API}/datacube/getarticletotaldetail?access_token={access}", payload))

    found = day("2026-06-13")["list"]
    assert [(row["msgid"], row["publish_type"]) for row in found] == [("2650000095_1", 0)]
    assert [row["stat_date"] for row in found[0]["detail_list"]] == [f"2026-06-{number}" for number in range(13, 18)]
    both = day("2026-06-14")["list"]
    assert {row["msgid"] for row in both} == {"2650000096_1", "2650000096_2"}
    assert {row["publish_type"] for row in both} == {1}
    assert day("2026-06-13", "2026-06-14")["errcode"] == 61501
    assert day("2026-06-18")["errcode"] == 61501
    assert day("2025-10-31")["errcode"] == 61501
    assert day("20260613x")["errcode"] == 61500


def test_the_quota_stops_lists_but_not_tokens(ask):
    access = token(ask, QUOTA)
    for path, payload in (
        ("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 20}),
        ("/datacube/getarticletotaldetail", {"begin_date": "2026-06-17", "end_date": "2026-06-17"}),
    ):
        assert load(ask(f"{API}{path}?access_token={access}", payload))["errcode"] == 45009
    used = load(ask(f"{API}/cgi-bin/openapi/quota/get?access_token={access}", {"cgi_path": "/cgi-bin/x"}))
    assert used["quota"]["remain"] == 0


def test_bad_calls(ask):
    address = f"{API}/cgi-bin/freepublish/batchget"
    assert load(ask(address, {"offset": 0}))["errcode"] == 41001
    assert load(ask(f"{address}?access_token=never", {"offset": 0}))["errcode"] == 40001
    assert load(ask(f"{address}?access_token={token(ask)}", {"offset": 0, "count": 21}))["errcode"] == 40035
    assert load(ask(f"{API}/datacube/getarticletotal?access_token={token(ask)}", {}))["errcode"] == 47009
    assert ask(f"{API}/cgi-bin/unknown", {}).status == 404


def test_each_bridge_keeps_its_habits(world, ask):
    entry = world.by_id[FEED]
    newest = world.posts_of(FEED)[0]
    feeds = {host: ask(feed_url(host, entry)) for host in (WERSS, RSSHUB, WEWE, WECHAT2RSS)}
    items = {}
    for host, reply in feeds.items():
        root = ElementTree.fromstring(reply.body)
        items[host] = root.findall("./channel/item")
        assert [item.findtext("title") for item in items[host]] == [post.title for post in world.posts_of(FEED)]
    dates = {host: found[0].findtext("pubDate") for host, found in items.items()}
    assert dates[WERSS] == "Thu, 18 Jun 2026 10:00:00 "
    assert dates[RSSHUB] == dates[WEWE] == "Thu, 18 Jun 2026 02:00:00 GMT"
    assert dates[WECHAT2RSS] == "Thu, 18 Jun 2026 10:00:00 +0800"
    assert items[WERSS][0].findtext("link") == short_url(newest)
    assert "chksm=" in items[WECHAT2RSS][0].findtext("link")


def test_a_bridge_that_fails_answers_503_with_a_page(world, ask):
    walled = world.by_id["wechat:gh_0000liuxi003"]
    reply = ask(feed_url(RSSHUB, walled))
    assert reply.status == 503 and "something went wrong" in reply.body.decode()
    assert ask(f"http://{WERSS}/feed/nobody.rss").status == 404
