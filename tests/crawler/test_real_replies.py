"""Every real saved reply of Weibo and Toutiao, where they are at hand, comes out as the right kind of thing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from crawler.reading import read
from domain.outcome import Outcome
from domain.post import PostKind

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms" / "samples"
AT = datetime.fromisoformat("2019-06-16T12:00:00+08:00")
#: File → outcome, kind, outcomes of its posts.
WANTED = {
    "weibo/REDACTED_comments1_1669879400.json": (Outcome.OK, PostKind.NONE, []),
    "weibo/REDACTED_comments2_1669879400.json": (Outcome.OK, PostKind.NONE, []),
    "weibo/ajax_mymblog_item_deleted_retweet_MASKED.json": (Outcome.OK, PostKind.LIST, [Outcome.OK]),
    "weibo/err_empty_reconstructed.json": (Outcome.EMPTY, PostKind.NONE, []),
    "weibo/err_ok_minus100_reconstructed.json": (Outcome.LOGIN_WALL, PostKind.NONE, []),
    "weibo/getIndex_cards1_1669879400.json": (Outcome.OK, PostKind.LIST, [Outcome.OK] * 10),
    "weibo/getIndex_profile_6100410734.json": (Outcome.OK, PostKind.PROFILE, []),
    "weibo/getIndex_profile_official_6593199887.json": (Outcome.OK, PostKind.PROFILE, []),
    "weibo/getIndex_userInfo_1669879400.json": (Outcome.OK, PostKind.PROFILE, []),
    "weibo/retweeted_status_deleted_shapes.json": (Outcome.OK, PostKind.LIST, [Outcome.DELETED, Outcome.UNAVAILABLE]),
    "weibo/statuses_extend_1669879400.json": (Outcome.OK, PostKind.TEXT, [Outcome.OK]),
    "weibo/statuses_show_media_video_1323527941.json": (Outcome.OK, PostKind.VIDEO, [Outcome.OK]),
    "weibo/statuses_show_retweet_1669879400.json": (Outcome.OK, PostKind.TEXT, [Outcome.OK]),
    "toutiao/feed_legacy_content_string_xinhuanet.json": (Outcome.OK, PostKind.LIST, [Outcome.OK]),
}


def _saved(name: str):
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"the folder of saved real replies is not here: {SAMPLES}")
    return read(name.split("/")[0], path.read_bytes(), "", AT)


@pytest.mark.parametrize("name", WANTED)
def test_kind(name):
    reading = _saved(name)
    assert (reading.outcome, reading.kind, [post.outcome for post in reading.posts]) == WANTED[name]
    for post in reading.posts:
        assert post.published_at is None or post.published_at.tzinfo is not None


def test_no_file_is_left_out():
    for folder in ("weibo", "toutiao"):
        if not (SAMPLES / folder).is_dir():
            pytest.skip(f"the folder of saved real replies is not here: {SAMPLES}")
        assert {f"{folder}/{path.name}" for path in (SAMPLES / folder).iterdir()} <= set(WANTED)


def test_the_older_list_of_toutiao():
    post = _saved("toutiao/feed_legacy_content_string_xinhuanet.json").posts[0]
    assert (post.account, post.post_key, post.kind) == ("新华网", "6421262515992903938", PostKind.ARTICLE)
    assert (post.pinned, post.truncated) == (True, True)
    assert post.published_at.isoformat() == "2017-05-18T00:26:13+00:00"


def test_a_repost_of_something_deleted():
    post = _saved("weibo/ajax_mymblog_item_deleted_retweet_MASKED.json").posts[0]
    assert (post.text, post.original) == ("转发微博", False)
    assert "已被删除" in post.detail
