"""Real replies and pages of stores and government sites, where this machine has them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.platforms.website.keys import key_of
from crawler.reading import read
from domain.outcome import Outcome
from domain.post import PostKind

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms" / "samples"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not on this machine")


def sample(platform: str, name: str, url: str = ""):
    return read(platform, (SAMPLES / name).read_bytes(), url, AT)


@pytest.mark.parametrize(
    ("name", "outcome", "key", "version"),
    [
        ("apple_lookup_wechat_cn.json", Outcome.OK, "com.tencent.xin", "8.0.2"),
        ("apple_lookup_notfound.json", Outcome.DELETED, "", None),
        ("yyb_wechat_apkinfo_testfixture.json", Outcome.OK, "com.tencent.mm", "8.0.78"),
        ("yyb_notfound.json", Outcome.DELETED, "", None),
    ],
)
def test_replies_of_stores(name, outcome, key, version):
    reading = sample("app", f"app_stores/{name}")
    assert (reading.outcome, reading.account_key) == (outcome, key)
    assert (reading.profile or {}).get("version") == version
    assert (reading.kind is PostKind.PROFILE) == (outcome is Outcome.OK)


def test_every_reply_of_a_store_is_covered():
    assert {path.name for path in (SAMPLES / "app_stores").iterdir()} == {
        "apple_lookup_wechat_cn.json", "apple_lookup_notfound.json", "yyb_wechat_apkinfo_testfixture.json",
        "yyb_notfound.json",
    }  # fmt: skip


def test_a_disclosure_list_on_trs():
    url = "http://hdzfxxgk.hd.gov.cn/zfwj/jinqixxgk/index.html"
    reading = sample("website", "gov_pages/handan_xxgk_list_excerpt.html", url)
    assert (reading.outcome, reading.kind) == (Outcome.OK, PostKind.LIST)
    assert [post.post_key for post in reading.posts] == ["t20200805_1353179"]
    assert reading.posts[0].published_at == datetime.fromisoformat("2020-08-05T00:00:00+08:00")
    assert reading.cursor == {"url": "http://hdzfxxgk.hd.gov.cn/zfwj/jinqixxgk/index_1.html"}
    assert reading.profile["site_id_code"] == "1304000009"


def test_a_notice_of_the_procurement_site():
    url = "http://www.ccgp.gov.cn/cggg/dfgg/zbgg/202507/t20250714_24951234.htm"
    post = sample("website", "gov_pages/ccgp_notice_skeleton_REDACTED.html", url).post
    assert (post.outcome, post.kind, post.post_key) == (Outcome.OK, PostKind.ARTICLE, "t20250714_24951234")
    assert post.published_at == datetime.fromisoformat("2025-07-14T01:59:00+08:00")
    assert "项目编号" in post.text


def test_no_two_articles_of_one_site_share_a_key():
    """One document may stand in two columns, and has one key then: its title is the same."""
    rows = json.loads((SAMPLES / "gov_docs" / "gov_notice_list_3467.json").read_text("utf-8"))
    titles = defaultdict(set)
    for row in rows:
        titles[urlsplit(row["url"]).hostname, key_of(row["url"])].add("".join(row["title"].split())[:12])
    assert len(rows) > 3000
    assert not {key: found for key, found in titles.items() if len(found) > 1}
