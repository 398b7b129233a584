"""What the fictional WeChat accounts pushed, in every kind of page."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from domain.clock import CHINA
from domain.post import PostKind
from replica.demo.accounts import ALBUM_ONE, Plan
from replica.demo.compose import Draft
from replica.demo.schedule import DEMO_NOW, moments
from replica.demo.writing import Writer
from replica.world import WorldPost

_FIRST_MID = 2247480100
#: From this day on pages come in the newer notation.
_NEW_NOTATION = datetime(2026, 5, 6, tzinfo=CHINA)
#: Mass-sent posts stand in the daily statistics only; older statistics need not be there any more.
_STATISTICS_KEPT = timedelta(days=25)
_SOURCES = ("云江民政", "柳溪发布", "云江日报")
_PICTURE = "https://mmbiz.qpic.cn/mmbiz_jpg/liuxi{0:04d}{1:02d}/0?wx_fmt=jpeg"


def wechat_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Every post of a WeChat account, newest first."""
    writer = Writer(plan, rng, written)
    times = moments(plan, rng) if plan.count else []
    main = plan.extra > 0
    posts: list[WorldPost] = []
    for place, at in enumerate(times):
        mid = _FIRST_MID + (len(times) - place) * 7
        mass_sent = main and place % 5 in (1, 3) and DEMO_NOW - at < _STATISTICS_KEPT
        articles = 1 + (rng.randint(0, plan.extra) if main else 0)
        for index in range(1, articles + 1):
            special = writer.special(at) if index == 1 else None
            draft = special or writer.article(at)
            kind = _kind(place, index, special is not None, main)
            posts.append(_post(plan, f"{mid}_{index}", kind, draft, at, mass_sent, place + index, rng))
    return _dressed(plan, posts)


def _kind(place: int, index: int, is_special: bool, main: bool) -> PostKind:
    if is_special:
        return PostKind.PICTURE
    if main and index == 1 and place in (6, 15, 27, 39):
        return PostKind.TEXT
    if main and index == 2 and place % 11 == 4:
        return PostKind.SHARE_CARD
    return PostKind.ARTICLE


def _post(
    plan: Plan, key: str, kind: PostKind, draft: Draft, at: datetime, mass_sent: bool, turn: int, rng: random.Random
) -> WorldPost:
    reprint = kind is PostKind.SHARE_CARD or (plan.extra > 0 and kind is PostKind.ARTICLE and turn % 13 == 7)
    source = rng.choice(_SOURCES) if reprint else None
    pictures = rng.randint(3, 6) if kind is PostKind.PICTURE else rng.randint(0, 3)
    serial = int(key.partition("_")[0]) % 10000
    paragraphs = draft.paragraphs
    traits: dict[str, str] = {}
    if kind is PostKind.TEXT:
        paragraphs, pictures = draft.paragraphs[:2], 0
    if kind is PostKind.SHARE_CARD:
        paragraphs, pictures = (f"推荐阅读：{draft.title}",), 0
        traits["source_title"] = draft.title
    if reprint:
        traits["source_author"] = "本报记者"
    return WorldPost(
        account_id=plan.id,
        key=key,
        kind=kind,
        title=draft.title,
        paragraphs=paragraphs,
        published_at=at,
        original=not reprint and kind is PostKind.ARTICLE and turn % 3 == 0,
        repost_source=source,
        images=tuple(_PICTURE.format(serial, number) for number in range(1, pictures + 1)),
        mass_sent=mass_sent,
        notation="2026" if at >= _NEW_NOTATION else "2025",
        traits=traits,
    )


def _dressed(plan: Plan, posts: list[WorldPost]) -> list[WorldPost]:
    """The rarer circumstances: two pages of full weight, one withdrawn and one forbidden article, a voice, a card,
    and an album of exactly one."""
    articles = [place for place, post in enumerate(posts) if post.kind is PostKind.ARTICLE and not post.mass_sent]
    if plan.extra and len(articles) > 12:
        for place, date in ((articles[2], "2026"), (articles[9], "2025")):
            posts[place] = replace(posts[place], full_weight=True, notation=date)
        posts[articles[7]] = replace(posts[articles[7]], withdrawn=True)
        posts[articles[14]] = _with(posts[articles[14]], state="violation")
        posts[articles[19]] = _with(posts[articles[19]], author="小溪", audio="听民政")
        posts[articles[22]] = _with(posts[articles[22]], profile_card="1")
    if "album" in plan.traits:
        posts = [_with(post, album=plan.traits["album"]) for post in posts]
        if len(posts) > 12:
            posts[5] = _with(posts[5], album=ALBUM_ONE)
    return posts


def _with(post: WorldPost, **traits: str) -> WorldPost:
    return replace(post, traits={**post.traits, **traits})
