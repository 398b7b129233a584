"""Pages of mp.weixin.qq.com, one of each kind, as bytes in and a reading out."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.platforms.wechat import page
from crawler.reading import to_dict
from domain.outcome import Outcome
from domain.post import PostKind

PAGES = Path(__file__).parent / "fixtures" / "wechat"
NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def read(name: str, url: str = ""):
    return page.read((PAGES / name).read_bytes(), url, NOW)


def test_article_in_the_2025_notation():
    reading = read("article_2025.html")
    post = reading.post
    assert reading.outcome is Outcome.OK
    assert reading.kind is post.kind is PostKind.ARTICLE
    assert (reading.account, reading.account_key) == (post.account, post.account_key) == ("柳溪民政", "gh_5a1c0e7b9d01")
    assert post.title == "柳溪市民政局：高龄津贴 & 护理补贴怎么领"
    assert post.post_key == "2247480001_2"
    assert post.published_at == datetime.fromtimestamp(1781488805, UTC)
    assert post.original is True
    assert post.repost_source is None
    assert (
        post.url
        == "https://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&mid=2247480001&idx=2&sn=00112233445566778899aabbccddeeff"
    )


def test_body_is_what_a_reader_sees():
    post = read("article_2025.html").post
    assert post.text.splitlines() == [
        "一、发放对象：具有柳溪市户籍、年满80周岁的老人。",
        "二、标准：",
        "80至89周岁每月100元；",
        "90周岁以上每月300元。",
        *post.text.splitlines()[4:-5],
        "背景图上的字",
        "点开才看到的字",
        "往期：办理须知 点这里申请表下载",
        "第一行",
        "第二行",
    ]
    assert "陶某某" in post.text
    for hidden in ("不显示的字", "广告位", "微信扫一扫", "wx_follow_nickname"):
        assert hidden not in post.text


def test_pictures_links_and_files_of_the_body():
    post = read("article_2025.html").post
    assert post.images == (
        "https://mmbiz.qpic.cn/sz_mmbiz_jpg/liuxi001/640?wx_fmt=jpeg&from=appmsg",
        "https://mmbiz.qpic.cn/mmbiz_png/liuxi002/0?wx_fmt=png",
    )
    assert post.links == (
        "https://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&mid=2247479990&idx=1&sn=ffeeddccbbaa99887766554433221100",
        "https://mzj.liuxi.example/files/高龄津贴申请表.docx",
        "https://mzj.liuxi.example/content/article/1&from=wx",
    )
    assert [(file.media_type, file.name) for file in post.attachments] == [
        ("audio", "政策讲解"),
        ("video", ""),
        ("", "申请表下载"),
    ]
    assert post.attachments[0].url.endswith("mediaid=MzkwMDAwMDAwMV8yMjQ3NDgwMDAy")


def test_article_in_the_2026_notation():
    post = read("article_2026.html").post
    assert (post.account, post.account_key, post.post_key) == ("柳溪福利院之家", "gh_5a1c0e7b9d07", "2247480107_1")
    assert post.title == "柳溪市福利院招募志愿者"
    assert post.text == "周末来福利院，陪孩子们读一本书。\n报名电话见文末。"
    assert post.published_at == datetime.fromtimestamp(1779506986, UTC)
    assert post.original is False
    assert post.url == "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"


def test_page_with_variables_only():
    post = read("article_variables_only.html").post
    assert (post.account, post.account_key, post.post_key) == ("柳溪殡葬&服务", "gh_5a1c0e7b9d05", "2247480505_1")
    assert post.published_at == datetime.fromtimestamp(1774918800, UTC)
    assert post.text == "文明祭扫，严禁携带火种上山。"
    assert post.kind is PostKind.ARTICLE
    assert post.original is False


def test_archived_page_of_the_old_layout():
    post = read("article_before_2020.html").post
    assert (post.account, post.title, post.post_key) == ("柳溪婚姻登记", "婚姻登记预约办法", "200300400_3")
    assert post.published_at == datetime(2017, 8, 9, tzinfo=CHINA)
    assert post.text == "请携带户口簿和身份证到场。"
    assert post.images == ("https://mmbiz.qpic.cn/mmbiz/old1/0",)


def test_page_saved_by_a_browser():
    post = read(
        "article_rendered.html", "https://mp.weixin.qq.com/s?__biz=Mzk=&mid=2247480801&idx=1&sn=ab&chksm=1"
    ).post
    assert (post.account, post.title, post.post_key) == ("柳溪银龄家园", "敬老月活动预告", "2247480801_1")
    assert post.published_at == datetime(2026, 6, 17, 18, 30, tzinfo=CHINA)  # 昨天, seen on 18 June at 22:00
    assert len(post.images) == 1


def test_full_reprint_names_its_source():
    post = read("reprint.html").post
    assert (post.kind, post.original, post.repost_source) == (PostKind.ARTICLE, False, "云江民政")
    assert post.text == "社会救助对象分为四类。"
    stripped = (PAGES / "reprint.html").read_text("utf-8").replace("platform: JsDecode('云江民政'),", "")
    assert page.read(stripped.encode(), "", NOW).post.repost_source == "云江民政"  # from the block above the body


def test_share_card_has_no_body_of_its_own():
    reading = read("share_card.html")
    post = reading.post
    assert reading.outcome is Outcome.OK
    assert (post.kind, post.original, post.repost_source) == (PostKind.SHARE_CARD, False, "云江救助")
    assert post.text == "推荐一篇好文。\n寻亲路上，有你有我。\n三十年后的重逢"
    assert post.links == (
        "https://mp.weixin.qq.com/s?__biz=MzkwMDAwMDA5OA==&mid=2247483687&idx=1&sn=8c05352c98185e08f8100947f6f0b6aa",
    )
    assert post.post_key == "2247480405_2"


@pytest.mark.parametrize(
    ("name", "account", "key", "pictures", "text"),
    [
        ("picture_2025.html", "柳溪银龄家园", "2247480601_1", 2, '老人每餐补贴5元。\n地址：柳溪市老年活动中心 "一楼"'),
        ("picture_variables_only.html", "柳溪儿童之家", "2247480901_1", 3, "画画、读书。\n欢迎来玩。"),
    ],
)
def test_picture_message(name, account, key, pictures, text):
    post = read(name).post
    assert (post.kind, post.account, post.post_key, post.text) == (PostKind.PICTURE, account, key, text)
    assert len(post.images) == pictures
    assert post.images[0].startswith("https://mmbiz.qpic.cn/")
    assert "amp;" not in post.images[0]


def test_short_content_with_pictures_is_a_picture_and_without_a_text():
    markup = (PAGES / "picture_2025.html").read_text("utf-8").replace("'8'", "'17'")
    assert page.read(markup.encode(), "", NOW).kind is PostKind.PICTURE
    markup = (PAGES / "text.html").read_text("utf-8").replace("'10'", "'17'")
    assert page.read(markup.encode(), "", NOW).kind is PostKind.TEXT


def test_text_message_does_not_take_the_wrapper_for_its_body():
    post = read("text.html").post
    assert (post.kind, post.title, post.text) == (PostKind.TEXT, "停水通知", "局机关大楼周三停水。\n请提前储水。")
    assert post.post_key == "2247480701_1"


def test_lines_of_a_message_stay_lines_among_links():
    linked = r"第一行\x0a\x3ca href=\x22https://mzj.liuxi.example/a\x22\x3e第二行\x3c/a\x3e\x0a第三行"
    markup = (PAGES / "text.html").read_text("utf-8").replace(r"局机关大楼周三停水。\x0a请提前储水。", linked)
    post = page.read(markup.encode(), "", NOW).post
    assert post.text == "第一行\n第二行\n第三行"
    assert post.links == ("https://mzj.liuxi.example/a",)


def test_video_and_audio():
    video, audio = read("video.html").post, read("audio.html").post
    assert (video.kind, video.text) == (PostKind.VIDEO, "一起看看老人们的笑脸")
    assert [file.url for file in video.attachments] == ["https://mpvideo.qpic.cn/liuxi.mp4?dis_k=1&x=2"]
    assert (audio.kind, audio.text) == (PostKind.AUDIO, "本期聊聊临时救助")
    assert audio.attachments[0].media_type == "audio"


def test_violation_names_the_account():
    reading = read("violation.html")
    assert (reading.outcome, reading.account, reading.account_key) == (Outcome.VIOLATION, "柳溪救助", "gh_5a1c0e7b9d04")
    assert "涉嫌过度营销" in reading.detail
    assert to_dict(reading)["account"] == "柳溪救助"


def notice(words: str, markup: str = '<div class="weui-msg__title warn">{}</div>', script: str = "") -> bytes:
    return (
        f'<html><head><title></title></head><body id="activity-detail" class="zh_CN">'
        f'<div class="weui-msg">{markup.format(words)}</div><script>{script}</script></body></html>'
    ).encode()


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("该内容已被发布者删除", Outcome.DELETED),
        ("The content has been deleted by the author.", Outcome.DELETED),
        ("該內容已被發佈者刪除", Outcome.DELETED),
        ("此内容被投诉且经审核涉嫌侵权，无法查看", Outcome.VIOLATION),
        ("此内容因违规无法查看", Outcome.VIOLATION),
        ("该公众号已被封禁", Outcome.CLOSED),
        ("此账号已被停用", Outcome.CLOSED),
        ("此内容已被删除", Outcome.DELETED),
        ("This content is unavailable", Outcome.UNAVAILABLE),
        ("此内容发送失败无法查看", Outcome.UNAVAILABLE),
        ("此帐号已被屏蔽, 内容无法查看", Outcome.CLOSED),
        ("此帐号已自主注销，内容无法查看", Outcome.CLOSED),
        ("该公众号已迁移", Outcome.MIGRATED),
        ("此帐号处于帐号迁移流程中", Outcome.MIGRATED),
        ("原帐号迁移时未将文章素材同步至新帐号，该链接已不可访问", Outcome.DELETED),
        ("链接已过期", Outcome.EXPIRED),
        ("参数错误", Outcome.BAD_REQUEST),
        ("访问过于频繁，请用微信扫描二维码进行访问", Outcome.RATE_LIMITED),
        ("操作频繁，请稍后再试", Outcome.RATE_LIMITED),
        ("系统出错", Outcome.NETWORK),
        ("此文章已被辟谣", Outcome.VIOLATION),
        ("环境异常 当前环境异常，完成验证后即可继续访问。", Outcome.VERIFY_WALL),
        ("请在微信客户端打开链接", Outcome.LOGIN_WALL),
        ("从来没有见过的提示", Outcome.LAYOUT_CHANGED),
    ],
)
def test_notice(words, outcome):
    reading = page.read(notice(words), "", NOW)
    assert reading.outcome is outcome
    assert reading.posts == ()
    assert reading.detail


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (notice("该内容暂时无法查看", '<div class="mesg-block"><p>{}</p></div>'), Outcome.UNAVAILABLE),
        (notice("系统出错", '<p class="global_error_msg warn">{}</p>'), Outcome.NETWORK),
        (notice("", "{}", "var ret = '-2' * 1;"), Outcome.BAD_REQUEST),
        (notice("", "{}", "window.PAGE_MID='mmbizwap:secitptpage/verify.html'"), Outcome.VERIFY_WALL),
        (
            notice("", "{}", "url += 'http://mp.weixin'; url += '.qq.com/s/abcdefgh12'; location.replace(url)"),
            Outcome.EXPIRED,
        ),
        (
            b"<html><body>\xe8\xaf\xb7\xe5\x9c\xa8\xe5\xbe\xae\xe4\xbf\xa1\xe5\xae\xa2\xe6\x88\xb7\xe7\xab\xaf\xe6\x89\x93\xe5\xbc\x80\xe9\x93\xbe\xe6\x8e\xa5</body></html>",
            Outcome.LOGIN_WALL,
        ),
        (b'<html><body class="rumor_middle_page"></body></html>', Outcome.VIOLATION),
        (b"", Outcome.LAYOUT_CHANGED),
        (b"plain words", Outcome.LAYOUT_CHANGED),
        (b"{broken", Outcome.LAYOUT_CHANGED),
    ],
)
def test_other_pages_without_content(body, outcome):
    assert page.read(body, "", NOW).outcome is outcome


def test_verification_wall_by_page_and_by_address():
    assert read("verify.html").outcome is Outcome.VERIFY_WALL
    address = (
        "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=https%3A%2F%2Fmp.weixin.qq.com%2Fs"
    )
    assert page.read(b"", address, NOW).outcome is Outcome.VERIFY_WALL


def test_migrated_account_gives_its_target():
    script = "var transfer_target_link = 'https://mp.weixin.qq.com/s/NewNewNewNewNewNewNew1';"
    reading = page.read(notice("该公众号已迁移", script=script), "", NOW)
    assert reading.cursor["target"] == "https://mp.weixin.qq.com/s/NewNewNewNewNewNewNew1"


def test_words_of_a_notice_inside_an_article_change_nothing():
    markup = (
        (PAGES / "article_2026.html")
        .read_text("utf-8")
        .replace("报名电话见文末。", "该内容已被发布者删除，环境异常，去验证。")
    )
    reading = page.read(markup.encode(), "", NOW)
    assert reading.outcome is Outcome.OK
    assert "环境异常" in reading.post.text


def test_archived_layout_declares_original_before_the_author():
    markup = (
        '<html><body><h2 class="rich_media_title" id="activity-name">低保年审通知</h2>'
        '<span class="rich_media_meta rich_media_meta_text">原创： 柳溪民政</span><em id="post-date">2016-05-06</em>'
        '<div id="js_content"><p>{}</p></div></body></html>'
    )
    assert page.read(markup.format("请按时年审").encode(), "", NOW).post.original is True
    plain = markup.replace("原创： ", "")
    assert page.read(plain.format("原创：作品").encode(), "", NOW).post.original is False


def test_text_message_whose_text_stands_in_the_template_only():
    body = (
        '<html><head><meta property="og:title" content="停电提示"><meta name="description" content="A \\x26amp; B">'
        '</head><body><div id="js_article" class="share_content_page"><h1 id="js_text_title"></h1></div><script>{}'
        "</script></body></html>"
    )
    script = "window.__QMTPL_SSR_DATA__={nick_name:'柳溪民政',contentNoEncode:'今晚停电\\x0a请备好手电'};"
    assert page.read(body.format(script).encode(), "", NOW).post.text == "今晚停电\n请备好手电"
    assert page.read(body.format("").encode(), "", NOW).post.text == "A & B"


def test_article_without_a_body_is_a_changed_layout():
    markup = (
        (PAGES / "article_variables_only.html").read_text("utf-8").replace("<p>文明祭扫，严禁携带火种上山。</p>", "")
    )
    assert page.read(markup.encode(), "", NOW).outcome is Outcome.LAYOUT_CHANGED


def test_about_page():
    reading = read("about.html")
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.PROFILE, "柳溪民政")
    profile = dict(reading.profile)
    rows = profile.pop("rows")
    assert profile == {
        "description": "柳溪民政，为民服务。",
        "alias": "liuximinzheng",
        "subject_type": "政府",
        "verified_subject": "柳溪市民政局",
        "phone": "0999-12345",
        "authorised_services": ["云江政务云", "柳溪融媒"],
        "names": ["2024年02月02日 “柳溪市民政”改名“柳溪民政”", "2019年05月16日 注册“柳溪市民政”"],
        "service": "公众号",
        "biz": "MzkwMDAwMDAwMQ==",
    }
    assert "IP属地" not in rows


def test_about_page_of_a_service_account():
    markup = (
        (PAGES / "about.html")
        .read_text("utf-8")
        .replace("公众号简介", "服务号简介")
        .replace("关于公众号", "关于服务号")
    )
    profile = page.read(markup.encode(), "", NOW).profile
    assert (profile["service"], profile["description"]) == ("服务号", "柳溪民政，为民服务。")


def test_album_as_a_page():
    reading = read("album.html")
    assert (reading.kind, reading.account) == (PostKind.LIST, "柳溪民政")
    first, second = reading.posts
    assert (first.post_key, first.title) == ("2247480003_1", "低保 & 特困")
    assert first.url.endswith("&sn=00112233445566778899aabbccddee03")
    assert first.published_at == datetime.fromtimestamp(1780000000, UTC)
    assert (second.post_key, second.published_at) == ("2247480002_2", datetime(2026, 5, 3, 9, 20, tzinfo=CHINA))


def test_a_page_of_full_weight_reads_in_less_than_a_second():
    filler = "<script>" + "function f(){var a='x';return a.b||{c:[1,2,3]}}\n" * 80_000 + "</script>"
    markup = (PAGES / "article_2025.html").read_text("utf-8").replace("</head>", filler + "</head>")
    body = markup.encode()
    assert len(body) > 3_700_000
    started = time.process_time()
    reading = page.read(body, "", NOW)
    elapsed = time.process_time() - started
    assert reading.post.post_key == "2247480001_2"
    assert elapsed < 1.0


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.glob("*.html")))
def test_damaged_pages_never_raise(name):
    body = (PAGES / name).read_bytes()
    chance = random.Random(name)
    for _ in range(25):
        start, length = chance.randrange(len(body)), chance.randrange(400)
        damaged = body[:start] + bytes(chance.randrange(256) for _ in range(length // 8)) + body[start + length :]
        assert isinstance(page.read(damaged, "", NOW).outcome, Outcome)
        assert isinstance(page.read(body[:start], "", NOW).outcome, Outcome)


def test_same_bytes_same_reading():
    assert read("article_2025.html") == read("article_2025.html")
