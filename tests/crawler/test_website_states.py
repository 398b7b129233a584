"""Every state in which a bureau's website stands, served by the replica, and what the visit of each comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from states import NOW, Row, night, on_file, work

from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall, WorldFile

COLUMN = "/content/column/10002?pageIndex=1"


def host_of(name: str) -> str:
    return f"{name}.liuxi.example"


def lists(name: str, *paths: str, kind: str = "lists") -> tuple[Route, ...]:
    return tuple(Route(kind, f"https://{host_of(name)}{path}") for path in paths)


def news(count: int, **given) -> tuple:
    values = {"kind": PostKind.ARTICLE, "traits": {"column": "10002"}} | given
    return tuple(work(str(20003000 - n), 0.5 + n, title=f"柳溪市民政局工作动态第{n}号", **values) for n in range(count))


def trs_news(count: int) -> tuple:
    def key(n: int) -> str:
        return f"t{NOW - timedelta(days=0.5 + n):%Y%m%d}_{30000 - n}"

    return tuple(
        work(key(n), 0.5 + n, title=f"通知公告第{n}号", kind=PostKind.ARTICLE, traits={"column": "tzgg"})
        for n in range(count)
    )


def hanweb_news(count: int) -> tuple:
    return tuple(
        work(f"art_101_{9000 - n}", 0.5 + n, title=f"社会组织公告第{n}号", kind=PostKind.ARTICLE) for n in range(count)
    )


FILE = WorldFile("附件1：名单.docx", "application/msword", b"PK\x03\x04 list of names")
VARIANTS = tuple(
    work(
        str(20004000 - n), 1 + n, title=f"不同年份的版式第{n}号", kind=PostKind.ARTICLE, files=(FILE,),
        traits={"column": "10002", "variant": str(n), **({"date": "missing"} if n == 2 else {})},
    )
    for n in range(4)
)  # fmt: skip
DISCLOSED = tuple(
    work(f"public-{40000 - n}", 1 + n, title=f"信息公开文件第{n}号", kind=PostKind.ARTICLE) for n in range(17)
)
EXTERNAL = {
    "external_title": "入梅提醒",
    "external_url": "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv",
    "external_on": "2026-06-17",
}
INDEX = "/public/column/6796200?type=4&action=list&nav=3&catId=6717201"
ORGAN = {"site_id": "6795600", "organ_id": "6796200"}


def site(name, outcome, listed=0, says="", *, path=COLUMN, kind="lists", **given) -> Row:
    """A row whose account has one list. What cannot be looked at has posts all the same."""
    if outcome.is_reach:
        given = {"posts": news(3), "complete": False} | given
    return Row(name, outcome, given.pop("complete", True), listed, says, routes=lists(name, path, kind=kind), **given)


def trs(name, listed, **traits) -> Row:
    return site(
        name, Outcome.OK, listed, path="/tzgg/index.html", posts=trs_news(listed), traits={"cms": "trs"} | traits
    )


def hanweb(name, **traits) -> Row:
    traits = {"cms": "hanweb"} | traits
    return site(name, Outcome.OK, 40, path="/col/col101/index.html", posts=hanweb_news(40), traits=traits)


def state(name: str, **traits) -> dict:
    return {"traits": {"state": name} | traits}


ROWS = (
    site("three-pages", Outcome.OK, 40, posts=news(40)),
    site("layouts", Outcome.OK, 4, posts=VARIANTS),
    site("external", Outcome.OK, 4, posts=news(3), traits=EXTERNAL),
    site("static-first", Outcome.OK, 20, posts=news(20), path="/lm/10002/index.html"),
    site("disclosure", Outcome.OK, 17, posts=DISCLOSED, traits=ORGAN, path=INDEX, kind="disclosure"),
    site("empty-disclosure", Outcome.EMPTY, traits=ORGAN, path=INDEX, kind="disclosure"),
    site("nothing", Outcome.EMPTY, posts=news(3), **state("nothing")),
    site("feed", Outcome.OK, 12, "订阅源", posts=news(12), path="/rss/rss.xml?siteId=1", kind="rss", complete=False),
    trs("trs-call", 40),
    trs("trs-variables", 31, pager="variables"),
    trs("trs-object", 31, pager="object"),
    hanweb("hanweb-link"),
    hanweb("hanweb-numbers", groups="numbers"),
    hanweb("hanweb-repeat", groups="repeat"),
    site("second-night", Outcome.OK, 15, posts=news(40), known=tuple(on_file(post.key) for post in news(40))),
    site("half", Outcome.OK, 15, posts=news(40), complete=False, **state("half")),
    site(
        "moved",
        Outcome.OK,
        40,
        "网站跳转到 three-pages.liuxi.example",
        **state("moved", new_host=host_of("three-pages")),
    ),
    site("script-only", Outcome.OK, 3, "3 篇内容本次未能读取", posts=news(3), **state("script_only")),
    site("column-gone", Outcome.LAYOUT_CHANGED, says="栏目地址打不开", **state("column_gone")),
    site("challenge-cookie", Outcome.VERIFY_WALL, says="浏览器校验页面", wall=Wall.VERIFY),
    site("challenge-412", Outcome.VERIFY_WALL, says="浏览器", **state("challenge_412")),
    site("challenge-521", Outcome.VERIFY_WALL, says="浏览器", **state("challenge_521")),
    site("too-fast", Outcome.RATE_LIMITED, says="访问", wall=Wall.RATE_LIMITED),
    site("busy", Outcome.RATE_LIMITED, says="120 秒", **state("busy")),
    site("forbidden", Outcome.NOT_AUTHORIZED, says="403", **state("forbidden")),
    site("broken", Outcome.NETWORK, says="500", **state("broken")),
    site("silent", Outcome.NETWORK, says="超时", **state("silent")),
    site("new-layout", Outcome.LAYOUT_CHANGED, says="页面结构不认识", wall=Wall.LAYOUT_CHANGED),
    site("robots", Outcome.ROBOTS, says="robots.txt", wall=Wall.ROBOTS),
    Row("no-way", Outcome.BAD_REQUEST, False, says="台账没有登记可用的采集途径", routes=()),
)


@pytest.fixture(scope="module")
def crawled():
    return night("website", ROWS, {row.name: host_of(row.name) for row in ROWS}, accounts=8, timeout=2)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_state_and_its_outcome(crawled, row):
    coverage = crawled.coverage(row)
    assert (coverage["outcome"], coverage["complete"], coverage["listed"]) == (
        row.outcome, row.complete, 0 if row.outcome.is_reach else row.listed,
    ), coverage["detail"]  # fmt: skip
    assert row.says in coverage["detail"]
    assert crawled.errors == []


def test_every_listed_article_is_read_with_text_and_date(crawled):
    for name in ("three-pages", "trs-call", "hanweb-link", "hanweb-numbers", "hanweb-repeat", "disclosure", "layouts"):
        row = next(row for row in ROWS if row.name == name)
        posts = crawled.posts(row)
        assert set(posts) == {post.key for post in row.posts}, name
        for post in row.posts:
            found = posts[post.key]
            assert found["outcome"] == Outcome.OK
            assert post.paragraphs[0] in found["text"]
            assert found["title"] == post.title


def test_attachments_of_every_layout_are_kept(crawled):
    row = next(row for row in ROWS if row.name == "layouts")
    for post in crawled.posts(row).values():
        assert [(outcome, bool(digest)) for _, outcome, digest in post["attachments"]] == [(Outcome.OK, True)]


def test_an_external_entry_is_what_the_column_shows(crawled):
    row = next(row for row in ROWS if row.name == "external")
    kinds = {post["kind"] for key, post in crawled.posts(row).items() if key.startswith("external-")}
    assert kinds == {"share_card"}


def test_a_wall_costs_one_request_and_its_page_is_kept(crawled):
    for row in ROWS:
        if row.outcome.is_reach and row.routes and row.wall is not Wall.ROBOTS:
            asked = [
                served for served in crawled.log if served.host == host_of(row.name) and served.path != "/robots.txt"
            ]
            assert len(asked) <= 3, row.name  # a failure of the server is tried again twice
            assert crawled.posts(row) == {}


def test_the_static_second_page_is_never_asked_for(crawled):
    assert not [served for served in crawled.log if "index_2.html" in served.path and "trs" not in served.host]
