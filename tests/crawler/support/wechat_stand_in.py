"""A small WeChat for the spider's tests: official API, albums, a feed and article pages of one account."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

from rig import Answer, Asked

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 6, 18, 22, 0, tzinfo=CHINA)
BIZ, KEY, SECRET = "MzkwMDAwMDAwMQ==", "gh_5a1c0e7b9d01", "S3CRET-OF-THE-APP"
WALL = "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=y"
DELETED = (
    '<html><body id="activity-detail"><div class="weui-msg">'
    '<div class="weui-msg__title warn">该内容已被发布者删除</div></div></body></html>'
)


@dataclass
class Article:
    mid: int
    idx: int = 1
    days: float = 1
    title: str = ""
    mass_sent: bool = False
    counted: bool = True
    is_deleted: bool = False
    page: Answer | None = None

    @property
    def key(self) -> str:
        return f"{self.mid}_{self.idx}"

    @property
    def short(self) -> str:
        return f"Sh_rt-{self.mid}{self.idx}".ljust(22, "x")[:22]

    @property
    def at(self) -> datetime:
        return NOW - timedelta(days=self.days)

    @property
    def url(self) -> str:
        return f"http://mp.weixin.qq.com/s?__biz={BIZ}&mid={self.mid}&idx={self.idx}&sn={self.mid:032x}&chksm=ab#rd"

    @property
    def html(self) -> str:
        return (
            f'<html><body id="activity-detail"><div id="js_article"><div id="js_content"><p>正文{self.key}</p></div>'
            "</div>"
            f"<script>window.cgiDataNew = {{base_resp: {{ret: '0' * 1}}, user_name: '{KEY}', nick_name: '柳溪民政',"
            f"title: '{self.title or self.key}', ori_create_time: '{int(self.at.timestamp())}' * 1,"
            f"mid: '{self.mid}' * 1, idx: '{self.idx}' * 1, item_show_type: '0' * 1}};</script></body></html>"
        )


@dataclass
class Wechat:
    articles: list[Article] = field(default_factory=list)  # newest first
    expire_at_offset: int | None = None
    always_expired: bool = False
    publish_error: tuple[int, str] | None = None
    token_error: tuple[int, str] | None = None
    statistics_error: tuple[int, str] | None = None
    delayed: bool = False
    walled: bool = False
    albums: dict[str, list[Article]] = field(default_factory=dict)
    more: dict[str, dict] = field(default_factory=dict)  # further interfaces: path → reply
    token: int = 1

    def __call__(self, asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return Answer("User-agent: *\nAllow: /\n")
        if asked.host == "api.weixin.qq.com":
            return self.api(asked)
        if asked.host == "bridge.test":
            return Answer(self.feed())
        if self.walled:
            return Answer("", 302, {"Location": WALL})
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.target).query).items()}
        if asked.path == "/mp/appmsgalbum":
            return self.album(query)
        for article in self.articles:
            if asked.path == f"/s/{article.short}" or (
                asked.path == "/s" and (query.get("mid"), query.get("idx")) == (str(article.mid), str(article.idx))
            ):
                return article.page or Answer(article.html)
        return Answer("<html><script>var ret = '-2' * 1;</script></html>")

    # -- official API ------------------------------------------------------------------------------------------------

    def api(self, asked: Asked) -> Answer:
        body = json.loads(asked.body or b"{}")
        if asked.path == "/cgi-bin/stable_token":
            if self.token_error:
                return error(*self.token_error)
            if body["secret"] != SECRET or body["appid"] != "wx0001":
                return error(40125, "invalid appsecret")
            self.token += body["force_refresh"]
            return Answer({"access_token": f"T0KEN-{self.token}", "expires_in": 7200})
        token = parse_qs(urlsplit(asked.target).query)["access_token"][0]
        if self.always_expired or token != f"T0KEN-{self.token}":
            return error(42001, "access_token expired")
        if asked.path == "/cgi-bin/freepublish/batchget":
            return self.published(body)
        if asked.path == "/datacube/getarticletotaldetail":
            return self.statistics(body)
        if asked.path in self.more:
            return Answer(self.more[asked.path])
        return error(48001, "api unauthorized")

    def published(self, body: dict) -> Answer:
        if self.publish_error:
            return error(*self.publish_error)
        if body["offset"] == self.expire_at_offset:
            self.expire_at_offset = None
            self.token += 1
            return error(42001, "access_token expired")
        pushes: dict[int, list[Article]] = {}
        for article in self.articles:
            if not article.mass_sent:
                pushes.setdefault(article.mid, []).append(article)
        listed = list(pushes.items())
        shown = listed[body["offset"] : body["offset"] + body["count"]]
        items = [
            {
                "article_id": f"A{mid}",
                "content": {
                    "news_item": [
                        {"title": item.title or item.key, "content": "", "url": item.url, "is_deleted": item.is_deleted}
                        for item in push
                    ],
                    "create_time": int(push[0].at.timestamp()),
                },
                "update_time": int(push[0].at.timestamp()),
            }
            for mid, push in shown
        ]
        return Answer({"total_count": len(listed), "item_count": len(items), "item": items})

    def statistics(self, body: dict) -> Answer:
        if self.statistics_error:
            return error(*self.statistics_error)
        day = body["begin_date"]
        assert day == body["end_date"] < NOW.date().isoformat()
        rows = [
            {"ref_date": day, "msgid": item.key, "content_url": item.url, "publish_type": int(not item.mass_sent)}
            for item in self.articles
            if item.counted and item.at.date().isoformat() == day
        ]
        return Answer({"is_delay": self.delayed, "list": [] if self.delayed else rows})

    # -- public pages ------------------------------------------------------------------------------------------------

    def album(self, query: dict) -> Answer:
        articles = self.albums.get(query["album_id"])
        if articles is None:
            return Answer({"base_resp": {"ret": -2, "errmsg": "invalid"}})
        start = 0
        if "begin_msgid" in query:
            last = f"{query['begin_msgid']}_{query['begin_itemidx']}"
            start = [item.key for item in articles].index(last) + 1
        shown = articles[start : start + 2]
        reply: dict = {
            "base_info": {"article_count": str(len(articles)), "nickname": "柳溪民政", "username": KEY},
            "continue_flag": "1" if start + 2 < len(articles) else "0",
        }
        items = [
            {
                "create_time": str(int(item.at.timestamp())),
                "itemidx": str(item.idx),
                "msgid": str(item.mid),
                "title": item.key,
                "url": item.url,
            }
            for item in shown
        ]
        if len(items) == 1:
            reply["article_list"] = items[0]
        elif items:
            reply["article_list"] = items
        return Answer({"base_resp": {"ret": 0}, "getalbum_resp": reply})

    def feed(self) -> str:
        items = "".join(
            f"<item><title>{item.key}</title><link>https://mp.weixin.qq.com/s/{item.short}</link>"
            f"<pubDate>{item.at:%a, %d %b %Y %H:%M:%S} </pubDate></item>"
            for item in self.articles
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>柳溪民政</title>{items}</channel></rss>'


def error(code: int, message: str) -> Answer:
    return Answer({"errcode": code, "errmsg": f"{message} rid: 6a350000-1"})
