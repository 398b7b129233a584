"""Addresses, numbers and credentials of the fictional accounts."""

from __future__ import annotations

from collections.abc import Mapping

SITE_HOST = "mzj.liuxi.example"
CHARITY_HOST = "cs.liuxi.example"
CARE_HOST = "ylfw.liuxi.example"
ORGANISATION_HOST = "shzz.liuxi.example"
FEED = "http://werss.test/feed/MP_WXS_3999000004.rss"

#: What the owner has put into the credential store.
CREDENTIALS: Mapping[str, Mapping[str, str]] = {
    "wechat-main": {"appid": "wx5d2f0a7c31e9b801", "secret": "5f0c2a9be7d14836a1b0c4d2e6f78901"},
    "wechat-marriage": {"appid": "wx5d2f0a7c31e9b802", "secret": "6a1d3b8cf8e25947b2c1d5e3f7089a12"},
    "wechat-charity": {"appid": "wx5d2f0a7c31e9b806", "secret": "7b2e4c9d09f36a58c3d2e6f4081a9b23"},
    "wechat-welfare": {"appid": "wx5d2f0a7c31e9b807", "secret": "8c3f5d0e1a047b69d4e3f705192bac34"},
    "wechat-senior": {"appid": "wx5d2f0a7c31e9b808", "secret": "9d406e1f2b158c70e5f4081623cbbd45"},
    "wechat-children": {"appid": "wx5d2f0a7c31e9b809", "secret": "0e517f203c269d81f605192734dcce56"},
    "weibo-charity": {"access_token": "2.00LiuxiCharity20260618Demo"},
}

#: The albums of the organisations' account: many articles, exactly one, and none at all.
ALBUM_MANY, ALBUM_ONE, ALBUM_NONE = "3390010000000000001", "3390010000000000002", "3390010000000000003"
SITE_COLUMNS = {"10001": "民政要闻", "10002": "通知公告", "10003": "政策解读"}
SITE_ID, ORGAN_ID = "6795621", "6796201"
TOUTIAO_TOKEN = "MS4wLjABAAAALiuxiMinzhengDemo20260618AccountToken00000000001"  # noqa: S105 - part of a public address
DOUYIN_KEY = "MS4wLjABAAAALiuxiMinzhengDemo20260618DouyinAccount000000001"
KUAISHOU_KEY = "3xliuxijiuzhudemo"
