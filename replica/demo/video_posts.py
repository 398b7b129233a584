"""What the fictional accounts on Douyin and Kuaishou published."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from domain.post import PostKind
from replica.demo.accounts import Plan
from replica.demo.schedule import moments
from replica.demo.writing import Writer
from replica.world import WorldPost

_FIRST_WORK = 7_510_000_000_000_000_000
#: Every fifth work is a series of pictures; one old work is kept on top, and one was withdrawn.
_ALBUM, _PINNED, _WITHDRAWN = 5, 9, 14


def douyin_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Films and series of pictures, newest first; keys are numbers that grow with time."""
    return _works(
        plan,
        rng,
        written,
        lambda at, place: str(_FIRST_WORK + int(at.timestamp()) * 1_000 + place),
        "https://p9-pc-sign.douyinpic.com/tos-cn/liuxi{}.webp",
    )


def kuaishou_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Films and series of pictures, newest first; keys say nothing to a reader."""
    return _works(
        plan,
        rng,
        written,
        lambda at, place: f"3x{int(at.timestamp()):x}lx{place:02d}",
        "https://p5.a.yximgs.com/ufile/atlas/liuxi{}.webp",
    )


def _works(
    plan: Plan, rng: random.Random, written: set[str], key: Callable[[datetime, int], str], picture: str
) -> list[WorldPost]:
    writer = Writer(plan, rng, written)
    posts = []
    for place, at in enumerate(moments(plan, rng)):
        draft = writer.article(at)
        is_album = place % _ALBUM == _ALBUM - 2
        number = key(at, place)
        posts.append(
            WorldPost(
                account_id=plan.id,
                key=number,
                kind=PostKind.PICTURE if is_album else PostKind.VIDEO,
                title="",
                paragraphs=(draft.title, *draft.paragraphs),
                published_at=at,
                images=tuple(picture.format(f"{number[-8:]}{n}") for n in range(rng.randint(2, 6))) if is_album else (),
                pinned=place == _PINNED,
                withdrawn=place == _WITHDRAWN,
            )
        )
    return posts
