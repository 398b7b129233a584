"""The table of reposts: task by account, time used, in time or not, exemptions with reasons, from a real database."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from domain.account import Account
from domain.coverage import Coverage
from domain.errors import DataError
from domain.inspection import InspectionKind
from domain.norms import Norms
from domain.outcome import Outcome
from domain.post import Post, PostKind
from domain.register import RepostTask
from pipelines.repost_feeds import proposals
from pipelines.repost_table import repost_lines
from pipelines.workspace import Workspace
from reports import repost_table
from store.records import PostRead, Verdicts

START = datetime(2026, 6, 18, 12, tzinfo=UTC)  # 20:00 in China
NOW = START + timedelta(hours=20)
TITLE = "关于做好防汛救灾工作的通知"
TEXT = (
    "各县区民政局要落实值班值守，及时转移安置受灾群众，发放救灾物资，统计报送灾情，做好困难群众基本生活救助，确保不漏一户不落一人。"
    * 2
)


def account(platform, key, name, **more):
    return Account(platform=platform, key=key, name=name, sponsor="柳溪市民政局", **more)


ACCOUNTS = [
    account("wechat", "gh_liuxi0000001", "柳溪民政"),
    account("wechat", "gh_liuxi0000002", "柳溪民政服务", attributes={"类型": "服务号"}),
    account("weibo", "1000000001", "柳溪市民政局发布"),
    account("toutiao", "liuxi", "柳溪民政头条"),
    account("douyin", "liuxi", "柳溪民政视频"),
    account("kuaishou", "liuxi", "柳溪福利院"),
    account("app", "liuxi", "柳溪民政通"),
    account("website", "www.liuxi.example", "柳溪市民政局网站"),
]


def post(owner, key, at, title=TITLE, text="", **more):
    url = f"https://www.liuxi.example/{owner.platform}/{key}"
    return Post(
        account_id=owner.id, key=key, url=url, kind=PostKind.ARTICLE, title=title, text=text, published_at=at, **more
    )


@pytest.fixture
def lines(tmp_path):
    place = Workspace.create(tmp_path / "w", bureau="柳溪市民政局")
    wechat, service, weibo, toutiao, douyin, kuaishou, *_ = ACCOUNTS
    source = "https://mzt.yunjiang.example/1.html"
    task = RepostTask(
        key="2026-7", title=TITLE, url=source, text=TEXT, dispatched_at=START, published_at=START - timedelta(hours=1),
        exempt=(f"{kuaishou.id}=装修停用，书面说明 2026-06-10",),
    )  # fmt: skip
    posts = [
        post(wechat, "old", START - timedelta(days=40)),  # the same title of last month is not this item
        post(wechat, "1", START + timedelta(hours=12), title=f"【转载】{TITLE}"),
        *(post(service, f"s{n}", START - timedelta(days=n), title=f"办事指南{n}") for n in range(1, 5)),
        post(weibo, "1", START + timedelta(hours=12, minutes=1), title="", text="各单位注意防汛", links=(source,)),
        post(toutiao, "1", START + timedelta(minutes=30), title="防汛怎么做", text=f"云江省民政厅要求：{TEXT}"),
    ]
    with place.open_store() as store:
        store.put_accounts(ACCOUNTS, source="register", at=START)
        store.put_register({"repost_task": [task]}, source="office", at=START)
        read = [each for each in ACCOUNTS if each is not douyin]
        night = store.begin(InspectionKind.NIGHTLY, "all", NOW - timedelta(hours=2), [each.id for each in ACCOUNTS])
        store.put_posts(night.id, [PostRead(post=each, outcome=Outcome.OK, read_at=NOW) for each in posts])
        for each in ACCOUNTS:
            outcome = Outcome.OK if each in read else Outcome.RATE_LIMITED
            store.put_coverage(night.id, Coverage(account_id=each.id, outcome=outcome))
        store.conclude(night.id, Verdicts(sightings={}, reopened=()), NOW - timedelta(hours=1))
        yield repost_lines(store, Norms(), NOW, since=START - timedelta(days=30))


def test_each_account_with_its_time_and_its_reason(lines):
    found = {line.account: line for line in lines}
    assert {name: line.state for name, line in found.items()} == {
        "柳溪民政": "in_time",
        "柳溪民政服务": "exempt",
        "柳溪市民政局发布": "late",
        "柳溪民政头条": "in_time",
        "柳溪民政视频": "unknown",
        "柳溪福利院": "exempt",
        "柳溪民政通": "exempt",
    }
    assert (found["柳溪民政"].hours, found["柳溪民政"].by) == (12.0, "标题")
    assert found["柳溪市民政局发布"].by == "网址"
    assert found["柳溪民政头条"].by == "正文"
    assert found["柳溪民政服务"].reason == "服务号本月已群发 4 次，没有次数"
    assert found["柳溪福利院"].reason == "装修停用，书面说明 2026-06-10"
    assert found["柳溪民政通"].reason == "移动客户端不作推送"


def test_as_text_csv_and_workbook(lines):
    text = list(repost_table.to_text(lines))
    assert "应转载 4，按时 2，超时 1，未转载 0，未检查 1，不计 3，按时率 66.7%" in text[0]
    assert len(text) == 1 + len(lines)
    table = repost_table.to_csv(lines).decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(lines)
    book = openpyxl.load_workbook(io.BytesIO(repost_table.to_xlsx(lines, "柳溪市民政局", NOW)))
    assert book.sheetnames == ["汇总", "明细"]
    assert [cell.value for cell in book["明细"][2]] == list(repost_table.HEADERS)
    assert book["明细"].max_row == 2 + len(lines)
    assert book["汇总"]["J3"].value == "66.7%"


FEED = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>云江省民政厅</title>
<item><title>{TITLE}</title><link>https://mzt.yunjiang.example/1.html</link>
<pubDate>Thu, 18 Jun 2026 20:00:00 +0800</pubDate><description>{TEXT}</description></item>
<item><title>机关运动会举行</title><link>https://mzt.yunjiang.example/2.html</link>
<pubDate>Thu, 18 Jun 2026 19:00:00 +0800</pubDate></item>
<item><title>去年的通知</title><link>https://mzt.yunjiang.example/3.html</link>
<pubDate>Wed, 18 Jun 2025 19:00:00 +0800</pubDate></item></channel></rss>"""


def test_a_feed_makes_proposals():
    found = proposals(FEED.encode(), "feed.xml", NOW, since=NOW - timedelta(days=2))
    assert [task.title for task in found] == [TITLE, "机关运动会举行"]
    assert found[0].published_at == START
    assert found[0].url == "https://mzt.yunjiang.example/1.html"
    only = proposals(FEED.encode(), "feed.xml", NOW, since=NOW - timedelta(days=2), words=("通知",))
    assert [task.key for task in only] == [found[0].key]


def test_a_page_that_is_no_feed_is_refused():
    with pytest.raises(DataError, match="RSS"):
        proposals(b"<html><body>404</body></html>", "feed.xml", NOW, since=START)
