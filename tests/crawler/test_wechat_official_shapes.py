"""Replies of the official API: what documentation shows and what the replica writes is read as the same thing.

The folder of documented replies is not part of the project; without it those tests skip.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms.wechat import page
from crawler.platforms.wechat.callback import read_event
from crawler.platforms.wechat.comments import read_comments
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading
from replica.wechat_pages import api_replies as write
from replica.wechat_pages import pushes

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms" / "samples"
FOLDER = SAMPLES / "wechat_official_api"
FILES = sorted(FOLDER.glob("*")) if FOLDER.is_dir() else []
HERE = pytest.mark.skipif(not FILES, reason="the folder of documented replies is not on this machine")
#: Requests that look exactly like a receipt: nothing in them says which of the two they are.
TWINS = {"CgibinDraftDelete", "CgibinDraftGet", "CgibinFreePublishSubmit", "CgibinMaterialGetMaterial"} | {
    "CgibinMaterialGetMaterialAsVideo"
}
#: Fixture → kind of the reading, and the name of its statistic.
EXPECTED: Mapping[str, tuple[PostKind, str]] = {
    "CgibinCommentList": (PostKind.PROFILE, ""),
    "CgibinDraftAdd": (PostKind.NONE, ""),
    "CgibinDraftBatchGet": (PostKind.LIST, ""),
    "CgibinDraftCount": (PostKind.PROFILE, "draft_count"),
    "CgibinDraftGet": (PostKind.LIST, ""),
    "CgibinFreePublishBatchGet": (PostKind.LIST, ""),
    "CgibinFreePublishGetArticle": (PostKind.LIST, ""),
    "CgibinFreePublishGet": (PostKind.LIST, ""),
    "CgibinFreePublishSubmit": (PostKind.NONE, ""),
    "CgibinMaterialAddMaterial": (PostKind.NONE, ""),
    "CgibinMaterialBatchGetMaterial": (PostKind.LIST, ""),
    "CgibinMaterialGetMaterialAsVideo": (PostKind.VIDEO, ""),
    "CgibinMaterialGetMaterialCount": (PostKind.PROFILE, "material_count"),
    "CgibinMessageMassGet": (PostKind.NONE, ""),
    "CgibinMessageMassSendAll": (PostKind.NONE, ""),
    "CgibinMessageMassSend": (PostKind.NONE, ""),
    "CgibinMessageMassSpeedGet": (PostKind.PROFILE, "mass_send_speed"),
    "CgibinOpenApiQuotaGet": (PostKind.PROFILE, "quota"),
    "CgibinOpenApiRequestIdGet": (PostKind.PROFILE, "call_trace"),
    "CgibinToken": (PostKind.NONE, ""),
    "DataCubeGetArticleSummary": (PostKind.LIST, ""),
    "DataCubeGetArticleTotal": (PostKind.LIST, ""),
    "DataCubeGetArticleTotalDetail": (PostKind.LIST, ""),
    "DataCubeGetUserCumulate": (PostKind.PROFILE, "followers"),
    "DataCubeGetUserReadHour": (PostKind.PROFILE, "hourly"),
    "DataCubeGetUserRead": (PostKind.PROFILE, "reads"),
    "DataCubeGetUserShareHour": (PostKind.PROFILE, "hourly"),
    "DataCubeGetUserShare": (PostKind.PROFILE, "shares"),
    "DataCubeGetUserSummary": (PostKind.PROFILE, "follower_changes"),
    "DataCubeGetWeAnalysisAppIdDailyRetainInfo": (PostKind.PROFILE, "miniprogram_users"),
    "DataCubeGetWeAnalysisAppIdDailySummaryTrend": (PostKind.PROFILE, "miniprogram_summary"),
    "DataCubeGetWeAnalysisAppIdDailyVisitTrend": (PostKind.PROFILE, "miniprogram_visits"),
    "DataCubeGetWeAnalysisAppIdMonthlyRetainInfo": (PostKind.PROFILE, "miniprogram_users"),
    "DataCubeGetWeAnalysisAppIdMonthlyVisitTrend": (PostKind.PROFILE, "miniprogram_visits"),
    "DataCubeGetWeAnalysisAppIdUserPortrait": (PostKind.PROFILE, "miniprogram_users"),
    "DataCubeGetWeAnalysisAppIdVisitDistribution": (PostKind.PROFILE, "miniprogram_distribution"),
    "DataCubeGetWeAnalysisAppIdVisitPage": (PostKind.PROFILE, "miniprogram_pages"),
    "DataCubeGetWeAnalysisAppIdWeeklyRetainInfo": (PostKind.PROFILE, "miniprogram_users"),
    "DataCubeGetWeAnalysisAppIdWeeklyVisitTrend": (PostKind.PROFILE, "miniprogram_visits"),
}


def read(data: object) -> Reading:
    return page.read(json.dumps(data, ensure_ascii=False).encode(), "", NOW)


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8-sig"))


@HERE
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_documented_file(path: Path):
    reading = page.read(path.read_bytes(), "", NOW)
    if path.suffix == ".xml":
        assert reading.kind is PostKind.LIST
        assert read_event(path.read_bytes()).is_sending
        return
    name, _, _ = path.stem.removesuffix("_RECONSTRUCTED").rpartition("Re")  # …Request, …Response
    if "Request" in path.stem.removeprefix(name):
        assert reading.outcome is Outcome.OK if name in TWINS else "这是发给接口的请求" in reading.detail
        return
    kind, statistic = EXPECTED[name]
    assert (reading.outcome, reading.kind) == (Outcome.OK, kind), reading.detail
    assert (reading.profile or {}).get("statistics", "") == statistic
    # What was read, written again in the same structure, is read as the same.
    again = read(REWRITTEN.get(name, _same)(load(path), reading))
    assert again == reading


def _same(data: Any, reading: Reading) -> object:
    """Statistics are written from the rows that were read; receipts have nothing to write."""
    profile = reading.profile or {}
    rows = profile.get("rows")
    if not isinstance(rows, list) or "list" not in data:
        return data
    written = write.rows(rows, str(profile.get("day", "")))
    assert structure(written) == structure(data)
    return written


def _pushes(by: str) -> Callable[[Any, Reading], object]:
    def rewrite(data: Any, reading: Reading) -> object:
        posts = [_article(post) for post in reading.posts]
        (entry,) = (item for item in data["item"] if "content" in item)
        files = [item for item in data["item"] if "content" not in item]  # the library holds pictures as well
        written = write.publish_page([write.push(entry[by], posts, entry["update_time"], by=by)], reading.total)
        written["item"] = [*written["item"], *files]  # type: ignore[misc]
        missing = structure(data) - structure(written)
        assert missing <= {"item.content.create_time", "item.content.update_time"}
        if missing:  # only the library of material says when a push was made
            written["item"][0]["content"] |= {k: entry["content"][k] for k in ("create_time", "update_time")}
        return written

    return rewrite


def _one_push(data: Any, reading: Reading) -> object:
    written = {"news_item": [_article(post) for post in reading.posts]}
    assert structure(data) <= structure(written)
    return written


def _article(post: RawPost) -> dict[str, object]:
    source = post.links[0] if post.links else ""
    return write.article(post.title, post.url, content=post.text, content_source_url=source)


def _publication(data: Any, reading: Reading) -> object:
    urls = [post.url for post in reading.posts]
    written = write.publication(data["publish_id"], 0, data["article_id"], urls)
    assert structure(written) == structure(data)
    return written


def _comments(data: Any, reading: Reading) -> object:
    pairs = [(row["create_time"], row["reply"][0]["create_time"]) for row in data["comment"]]
    written = write.comment_page(pairs, reading.total, listed=True)
    assert structure(written) == structure(data)
    assert read_comments(written) == read_comments(data)
    return written


def _quota(data: Any, reading: Reading) -> object:
    rows = (reading.profile or {})["rows"]
    written = write.quota(rows[0]["daily_limit"], rows[0]["used"])  # type: ignore[index]
    assert structure(written) == structure(data)
    return written


REWRITTEN: Mapping[str, Callable[[Any, Reading], object]] = {
    "CgibinFreePublishBatchGet": _pushes("article_id"),
    "CgibinDraftBatchGet": _pushes("media_id"),
    "CgibinMaterialBatchGetMaterial": _pushes("media_id"),
    "CgibinFreePublishGetArticle": _one_push,
    "CgibinDraftGet": _one_push,
    "CgibinFreePublishGet": _publication,
    "CgibinCommentList": _comments,
    "CgibinOpenApiQuotaGet": _quota,
}


def structure(value: Any, place: str = "") -> set[str]:
    """Every path of keys in ``value``."""
    if isinstance(value, Mapping):
        return {p for key, item in value.items() for p in structure(item, f"{place}.{key}".strip("."))} | {place}
    if isinstance(value, list):
        return {p for item in value for p in structure(item, place)} | {place}
    return {place}


@HERE
def test_documented_events_are_written_and_read_as_the_same():
    for path in (path for path in FILES if path.suffix == ".xml"):
        event = read_event(path.read_bytes())
        job = event.job.partition(":")[2]
        if event.name == "MASSSENDJOBFINISH":
            written = pushes.mass_finished(event.account_key, job, event.at, status="err(30003)")
            again = read_event(written)
            assert event.reprints == (1, 2)
            event = replace(event, reprints=(), counts=again.counts, detail=event.detail.split("；第")[0])
        else:
            written = pushes.publish_finished(event.account_key, job, event.at, failed=event.failed)
            again = read_event(written)
            assert event.failed == (1, 2)
            event = replace(event, name=again.name)
        assert again == event


@pytest.mark.parametrize(
    ("written", "outcome", "keys"),
    [
        (
            pushes.mass_finished("gh_1", "1", NOW, ["http://mp.weixin.qq.com/s?__biz=A&mid=7&idx=1&sn=b#rd"]),
            "OK",
            ["7_1"],
        ),
        (pushes.mass_finished("gh_1", "1", NOW), "OK", []),
        (pushes.mass_finished("gh_1", "1", NOW, status="err(30003)"), "UNAVAILABLE", []),
        (pushes.mass_finished("gh_1", "1", NOW, status="err(20001)"), "VIOLATION", []),
        (pushes.mass_finished("gh_1", "1", NOW, status="sendfail"), "UNAVAILABLE", []),
        (
            pushes.publish_finished("gh_1", "2", NOW, ["https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"]),
            "OK",
            ["AbCdEfGhIjKlMnOpQrStUv"],
        ),
        (pushes.publish_finished("gh_1", "2", NOW, status=6), "VIOLATION", []),
    ],
)
def test_pushed_events(written, outcome, keys):
    reading = page.read(written, "", NOW)
    assert reading.outcome == outcome
    assert [post.post_key for post in reading.posts] == keys
    assert reading.detail


SLIM = sorted((SAMPLES / "wechat_slim").glob("*.json")) if FILES else []


@pytest.mark.skipif(not SLIM, reason="the folder of saved pages is not on this machine")
@pytest.mark.parametrize("path", SLIM, ids=lambda path: path.stem)
def test_the_data_of_a_page_saved_alone_says_what_the_page_says(path: Path):
    alone = page.read(path.read_bytes(), "", NOW).post
    whole = page.read(path.with_name(path.name.replace(".cgiDataNew.json", ".html")).read_bytes(), "", NOW).post
    assert alone is not None
    assert whole is not None
    for name in ("kind", "title", "account", "account_key", "post_key", "published_at", "original", "repost_source"):
        assert getattr(alone, name) == getattr(whole, name), name
    assert alone.text.split("\n")[0] == whole.text.split("\n")[0]


@pytest.mark.parametrize(
    ("button", "entry"),
    [
        ({"type": "view", "name": "官网", "url": "https://www.liuxi.gov.cn/"}, {"url": "https://www.liuxi.gov.cn/"}),
        ({"type": "miniprogram", "name": "办事", "appid": "wx1", "pagepath": "p"}, {"appid": "wx1", "pagepath": "p"}),
        ({"type": "click", "name": "问", "key": "K"}, {"key": "K"}),
        (
            {"type": "news", "name": "要闻", "value": "m", "news_info": {"list": [
                {"title": "公示", "content_url": "http://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"}]}},
            {"name": "要闻/公示", "url": "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"},
        ),
        ({"name": "上", "sub_button": {"list": [{"type": "click", "name": "下", "key": "K"}]}}, {"name": "上/下"}),
        ({"name": "上", "sub_button": [{"type": "click", "name": "下", "key": "K"}]}, {"name": "上/下"}),
    ],
)  # fmt: skip
def test_menu_entries(button, entry):
    reading = read(write.menu([button]))
    (found,) = reading.profile["menu"]
    assert entry.items() <= found.items()
    assert read({"menu": {"button": [button]}}).profile["menu"] == [found]
    closed = read(write.menu([]))
    assert (closed.outcome, closed.profile["menu_open"], closed.posts) == (Outcome.EMPTY, False, ())
