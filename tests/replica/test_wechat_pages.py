"""WeChat's pages have the structure, and set the traps, that the real ones do."""

from __future__ import annotations

import re

import pytest
from lxml import html

from domain.post import PostKind
from replica.request import Reply
from replica.wechat_pages.addresses import biz_of, bizuin_of, long_url, short_url
from replica.wechat_pages.notice import State, notice_page
from replica.world import World, WorldPost

BUREAU = "wechat:gh_0000liuxi001"
WALLED = "wechat:gh_0000liuxi003"


def find(world: World, key: str) -> WorldPost:
    return next(post for post in world.posts_of(BUREAU) if post.key == key)


def tree(reply: Reply):
    assert reply.status == 200
    return html.fromstring(reply.body.decode())


def test_short_and_long_address_open_the_same_page(world, ask):
    account = world.by_id[BUREAU].account
    for post in world.posts_of(BUREAU)[:6]:
        assert re.fullmatch(r"https://mp\.weixin\.qq\.com/s/[A-Za-z0-9_-]{22}", short_url(post))
        short = ask(short_url(post)).body
        assert short == ask(long_url(account, post)).body
        assert short == ask(long_url(account, post, scheme="http", decorated=True)).body


def test_a_wrong_signature_opens_nothing(world, ask):
    address = long_url(world.by_id[BUREAU].account, find(world, "2650000100_1"))
    wrong = re.sub(r"sn=.*", "sn=" + "0" * 32, address)
    assert "参数错误" in ask(wrong).body.decode()
    assert "参数错误" in ask("https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA").body.decode()


def test_the_biz_is_the_number_in_base64(world):
    account = world.by_id[BUREAU].account
    assert bizuin_of(account) == "3090000001" and biz_of(account) == "MzA5MDAwMDAwMQ=="


def test_an_article_hides_title_time_and_images_from_naive_readers(world, ask):
    post = find(world, "2650000100_1")
    page = tree(ask(short_url(post)))
    assert page.findtext(".//title") in (None, "")
    assert page.get_element_by_id("publish_time").text_content() == ""
    assert page.get_element_by_id("activity-name").text_content().strip() == post.title
    assert page.xpath('//meta[@property="og:title"]/@content') == [post.title]
    assert page.get_element_by_id("copyright_logo").text_content() == "原创"
    body = page.get_element_by_id("js_content")
    assert "visibility: hidden" in body.get("style")
    assert body.xpath(".//mp-common-mpaudio/@name") == ["听民政"]
    assert not body.xpath(".//img/@src")
    text = body.text_content()
    for paragraph in post.paragraphs[:2]:
        assert paragraph in text
    assert body.xpath(".//td")[2].text_content() == "陈一鸣"
    raw = ask(short_url(post)).body.decode()
    assert f'var ct = "{int(post.published_at.timestamp())}"' in raw
    assert 'var copyright_stat = "1" * 1' in raw


def test_a_full_weight_page_weighs_what_a_real_one_does(world, ask):
    heavy = len(ask(short_url(find(world, "2650000100_1"))).body)
    assert 2_500_000 <= heavy <= 3_700_000
    assert len(ask(short_url(find(world, "2650000094_1"))).body) < 60_000


def test_words_of_the_scripts_mislead(world, ask):
    raw = ask(short_url(find(world, "2650000096_2"))).body.decode()
    for word in ("原创", "转载", "mpvoice", "video_iframe", "wx_follow_nickname", "该内容已被发布者删除"):
        assert word in raw
    page = html.fromstring(raw)
    assert not page.xpath('//*[@id="copyright_logo"]')
    assert not page.xpath('//*[contains(@class, "original_area_primary")]')


def test_a_link_stands_in_the_paragraph_that_names_it(world, ask):
    body = tree(ask(short_url(find(world, "2650000096_2")))).get_element_by_id("js_content")
    (anchor,) = body.xpath(".//a")
    assert anchor.get("href") == "https://www.liuxi.gov.cn/dead.htm" and anchor.text_content() == "救助热线"
    assert body.text_content().count("救助热线") == 1


def test_a_full_reprint_names_its_source_above_the_body(world, ask):
    page = tree(ask(short_url(find(world, "2650000096_1"))))
    blocks = page.xpath('//*[contains(@class, "original_area_primary")]')
    assert blocks[0].text_content() == "" and "云江日报" in blocks[1].text_content()
    assert page.xpath('//*[contains(@class, "original_primary_nickname")]/text()') == ["云江日报"]


def test_a_share_card_has_an_empty_body_and_a_recommendation_in_a_script(world, ask):
    post = find(world, "2650000097_1")
    page = tree(ask(short_url(post)))
    assert page.get_element_by_id("js_content").text_content() == ""
    assert page.get_element_by_id("js_share_author").text_content() == "云江民政"
    assert page.get_element_by_id("original_panel_title").text_content() == "临时救助怎么申请"
    assert post.paragraphs[0] in page.xpath('//*[@id="js_share_notice"]/script/text()')[0]


def test_short_kinds_hold_their_content_in_scripts_only(world, ask):
    for key, kind, number in (("2650000099_1", "img", 8), ("2650000098_1", "text", 10), ("2650000093_1", "video", 5)):
        post = find(world, key)
        reply = ask(short_url(post))
        page = tree(reply)
        assert f"page_share_{kind}" in page.body.get("class")
        assert not page.xpath('//*[@id="activity-name"]')
        assert f"window.item_show_type = '{number}' || ''" in reply.body.decode()
        assert "var ct =" not in reply.body.decode()
        visible = "".join(page.xpath("//body//text()[not(ancestor::script)]"))
        assert post.paragraphs[0] not in visible
    text = tree(ask(short_url(find(world, "2650000098_1"))))
    assert text.get_element_by_id("js_text_title").text_content() == ""
    wrapper = text.get_element_by_id("js_content").text_content()
    assert "柳溪民政" in wrapper


def test_the_two_notations(world, ask):
    old = ask(short_url(find(world, "2650000098_1"))).body.decode()
    new = ask(short_url(find(world, "2650000099_1"))).body.decode()
    assert r"title: JsDecode('" in old and "function JsDecode" in old
    assert "JsDecode" not in new
    assert r"title: '养老服务一图读懂：\x26quot;六项\x26quot;补贴'" in new
    assert new.count("cdn_url: 'https://mmbiz.qpic.cn/mmbiz_png/replica") == 4  # three pictures, and the first as cover


def test_every_state_has_its_page(world, ask):
    wanted = {
        State.DELETED: ".//*[@class='weui-msg__title warn']",
        State.VIOLATION: ".//h2[@class='weui-msg__title title']",
        State.UNAVAILABLE: ".//*[@class='mesg-block']/p",
        State.BAD_PARAMETER: ".//*[@class='weui-msg__title warn']",
        State.SYSTEM_ERROR: ".//*[@class='global_error_msg warn']",
    }
    for state in State:
        page = html.fromstring(notice_page(state, account="柳溪民政", target="https://mp.weixin.qq.com/s/x"))
        assert not page.xpath('//*[@id="js_article"]')
        if state in wanted:
            assert page.xpath(wanted[state])[0].text_content().strip()
    assert "transfer_target_link = 'https://mp.weixin.qq.com/s/x'" in notice_page(
        State.MIGRATED, target="https://mp.weixin.qq.com/s/x"
    )
    assert "deleted by the author" in notice_page(State.DELETED, lang="en")


def test_a_withdrawn_post_shows_the_deleted_page(world, ask):
    page = tree(ask(short_url(find(world, "2650000094_1"))))
    assert page.xpath('//*[contains(@class, "weui-msg__title")]/text()') == ["该内容已被发布者删除"]


def test_the_wall_is_a_redirect_to_an_empty_message(world, ask):
    reply = ask(short_url(world.posts_of(WALLED)[0]))
    assert reply.status == 302
    location = reply.headers["Location"]
    assert location.startswith("https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=")
    wall = ask(location)
    page = tree(wall)
    assert page.xpath('//*[@class="weui-msg"]')[0].text_content() == ""
    assert 'PAGE_MID="mmbizwap:secitptpage/verify.html"' in wall.body.decode()


def test_the_about_page_names_the_owner(ask):
    page = tree(ask("https://mp.weixin.qq.com/mp/aboutbiz?__biz=MzA5MDAwMDAwMQ=="))
    rows = {
        row.xpath('string(*[contains(@class, "item-title")])').strip(): row.xpath(
            'normalize-space(*[contains(@class, "item-desc")])'
        )
        for row in page.xpath('//*[contains(@class, "item-info")]')
    }
    assert page.findtext(".//title") == "关于公众号"
    assert rows["认证主体"] == "柳溪市民政局" and rows["微信号"] == "liuxi-minzheng" and rows["客服电话"] == "12345"


def test_pictures_are_pictures(ask):
    reply = ask("https://mmbiz.qpic.cn/mmbiz_png/replica1/640?wx_fmt=png")
    assert reply.body.startswith(b"\x89PNG") and reply.headers["Content-Type"] == "image/png"


def test_robots_are_welcome_except_where_the_owner_says_otherwise(world, ask):
    assert "Disallow" not in ask("https://mp.weixin.qq.com/robots.txt").body.decode()


def test_wechat_has_no_page_for_a_listing(world):
    from replica.wechat_pages.pagedata import show_type

    with pytest.raises(ValueError, match="no page"):
        show_type(
            WorldPost(account_id="a", key="1_1", kind=PostKind.LIST, title="", paragraphs=(), published_at=world.now)
        )


def test_an_account_behind_robots_is_closed_to_them_alone(world):
    from dataclasses import replace

    from protego import Protego

    from replica.platforms import wechat
    from replica.request import Request
    from replica.world import Wall

    entry = replace(world.by_id[BUREAU], wall=Wall.ROBOTS)
    closed = replace(world, accounts=(entry, *world.accounts[1:]))
    text = wechat.answer(closed, Request("GET", "mp.weixin.qq.com", "https", "/robots.txt")).body.decode()
    rules = Protego.parse(text)
    mine, other = world.posts_of(BUREAU)[0], world.posts_of(WALLED)[0]
    for address in (short_url(mine), long_url(entry.account, mine)):
        assert not rules.can_fetch(address, "xunjian")
    for address in (short_url(other), long_url(world.by_id[WALLED].account, other)):
        assert rules.can_fetch(address, "xunjian")
