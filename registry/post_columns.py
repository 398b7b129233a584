"""The columns of a table of posts that a person brings: their names, what they fill, and a template a platform.

Every back end names its columns in its own way, so a column is known by any of its names; spaces, brackets and marks of
obligation (``发布时间 *``, ``标题（必填）``) do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from registry.columns import PLATFORMS, platform_name

#: Fields of a post that a column can fill, each with the names under which the platforms' back ends export it.
FIELDS: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "key": "作品编号 作品ID 编号 内容ID 文章ID 视频ID 微博编号 微博ID MID ID post_key key",
        "title": "标题 文章标题 作品标题 内容标题 视频标题 作品名称 名称 title",
        "text": "正文 正文内容 文章内容 微博正文 微博内容 内容 视频描述 作品描述 描述 文案 text content 简介 摘要",
        "transcript": "字幕文字 字幕 口播文字 口播稿 解说词 transcript",
        "published_at": "发布时间 发表时间 推送时间 群发时间 发布日期 发表日期 投稿时间 时间 日期 published_at",
        "url": "链接 文章链接 作品链接 视频链接 内容链接 微博链接 原文链接 文章URL 网址 URL 地址",
        "kind": "类型 内容类型 作品类型 体裁 形式 kind",
        "original": "原创 是否原创 原创标识 original",
        "repost_source": "转载来源 信息来源 稿件来源 来源 repost_source",
        "images": "图片 图片链接 配图 images",
        "links": "文中链接 links",
        "status": "状态 发布状态 审核状态 作品状态 outcome",
        "account": "账号 账号名称 公众号 昵称 account",
    }.items()
}
#: Without these nothing can be said about a post: when it was published, and any word of it.
WHEN, WORDS = "published_at", frozenset({"title", "text"})

_MARKS = re.compile(r"[(\[【<].*?[)\]】>]|[\s*:：_\-/]+")


def plain_name(header: str) -> str:
    """``header`` without what does not matter: width, case, spaces, bracketed remarks, marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", header)).casefold()


_BY_NAME = {
    plain_name(name): (field, rank) for field, names in FIELDS.items() for rank, name in reversed([*enumerate(names)])
}


def field_of(header: str) -> tuple[str, int]:
    """The field that a column of this name fills (empty: the name is not known), and how sure that is: of several
    columns for one field the lowest number is meant (正文 beside 摘要)."""
    return _BY_NAME.get(plain_name(header), ("", 0))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template: its header, whether it must be filled, what to write, and an example."""

    header: str
    required: bool
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class Template:
    """The table for one platform. ``export`` says where the platform's own export lies, where it has one."""

    platform: str
    name: str
    columns: tuple[Column, ...]
    export: str = ""


_WHEN = Column("发布时间", True, "页面上显示的发布时间，精确到分钟；只知道日期也可以", "2026-06-18 09:30")
_KEY = Column("作品编号", False, "平台给出的编号；没有可留空，留空时按链接、再按发布时间和标题辨认同一篇", "")
_TITLE = Column("标题", True, "与页面一致，不要改写", "关于做好高温天气救助工作的通知")
_TEXT = Column("正文", False, "全文粘贴；留空则只检查标题，报告中会注明", "各救助站点：……")
_KIND = Column("类型", False, "图文、图片、视频、音频、短文", "图文")
_ORIGINAL = Column("原创", False, "是、否，不清楚留空", "是")
_SOURCE = Column("转载来源", False, "转载的写明来源单位", "")
_IMAGES = Column("图片", False, "图片地址，多个用竖线 | 分开", "")
_STATUS = Column("状态", False, "正常、已删除、违规；留空为正常", "正常")
_TRANSCRIPT = Column("字幕文字", False, "视频中的字幕、口播；填了才能检查视频里说的话", "")


def _link(header: str, example: str) -> Column:
    return Column(header, False, "可以在浏览器中打开的地址，供核对和留证", example)


def _articles(platform: str, link: str, export: str = "") -> Template:
    columns = (_TITLE, _TEXT, _WHEN, _link("文章链接", link), _KEY, _KIND, _ORIGINAL, _SOURCE, _IMAGES, _STATUS)
    return Template(platform, platform_name(platform), columns, export)


def _videos(platform: str, words: str, link: str, export: str = "") -> Template:
    described = Column(words, True, "作品的文字说明，与页面一致，话题标签照抄", "入梅后多雨，请留意独居老人 #柳溪民政#")
    columns = (
        described, _TRANSCRIPT, _WHEN, _link("视频链接", link), _KEY,
        Column("类型", False, "视频、图片", "视频"), _ORIGINAL, _SOURCE, _STATUS,
    )  # fmt: skip
    return Template(platform, platform_name(platform), columns, export)


_WEIBO = Template(
    "weibo",
    platform_name("weibo"),
    (
        Column("微博内容", True, "全文，展开后再复制", "今日起开放高温避暑点 #柳溪民政#"),
        _WHEN,
        _link("微博链接", "https://weibo.com/1234567890/AbCdEfGhI"),
        Column("微博编号", False, "纯数字的 MID；没有可留空", ""),
        _KIND, _ORIGINAL, _SOURCE, _IMAGES, _STATUS,
    ),
)  # fmt: skip

#: Templates by platform id, and one for everything else.
TEMPLATES: Mapping[str, Template] = {
    "channels": _videos("channels", "视频描述", "", "视频号助手 → 数据中心 → 单篇视频 → 下载表格"),
    "douyin": _videos("douyin", "作品描述", "https://www.douyin.com/video/…", "抖音创作者中心 → 内容管理 → 导出数据"),
    "kuaishou": _videos("kuaishou", "作品描述", "https://www.kuaishou.com/short-video/…", "快手创作者平台 → 作品管理"),
    "bilibili": _videos("bilibili", "视频标题", "https://www.bilibili.com/video/…"),
    "rednote": _articles("rednote", "https://www.xiaohongshu.com/explore/…"),
    "peoples_daily": _articles("peoples_daily", "https://rmh.pdnews.cn/…", "人民号后台（mp.pdnews.cn）→ 内容管理"),
    "xinhua": _articles("xinhua", "https://…", "新华号后台 → 内容管理"),
    "baijiahao": _articles("baijiahao", "https://baijiahao.baidu.com/s?id=…", "百家号后台 → 内容管理 → 导出"),
    "xuexi": _articles("xuexi", "https://www.xuexi.cn/…", "学习强国号后台 → 稿件管理"),
    "wechat": _articles("wechat", "https://mp.weixin.qq.com/s/…", "公众号后台 → 数据 → 内容分析 → 下载数据明细"),
    "toutiao": _articles("toutiao", "https://www.toutiao.com/article/…", "头条号后台 → 管理 → 作品管理"),
    "weibo": _WEIBO,
    "website": _articles("website", "https://…"),
}  # fmt: skip
GENERAL = Template("", "通用", (_TITLE, _TEXT, _TRANSCRIPT, *_articles("website", "https://…").columns[2:]))
#: Platforms that only people can read: what they published is brought.
BROUGHT = frozenset({"channels", "peoples_daily", "xinhua", "baijiahao", "xuexi", "bilibili", "rednote"})
#: Nothing is posted there, so nothing can be imported.
_NOT_POSTING = frozenset({"app", "miniprogram"})


def template(name: str) -> Template:
    """The template for a platform by its Chinese name or id; ``通用`` for anything else that is on file.

    Raises ``ValueError`` with a Chinese reason for a name that is no platform, or one on which nothing is posted.
    """
    platform = PLATFORMS.get(name) or PLATFORMS.get(name.upper()) or name.lower()
    if platform in _NOT_POSTING:
        raise ValueError(f"{platform_name(platform)}不发布内容，不用导入；应用商店和小程序的情况由巡检读取")
    if platform in TEMPLATES:
        return TEMPLATES[platform]
    if name in ("通用", "其他", "general"):
        return GENERAL
    known = "、".join(one.name for one in TEMPLATES.values())
    raise ValueError(f"没有“{name}”的导入模板；可用：{known}、通用")
