"""What stands on the bureau's websites and in its Toutiao account."""

from __future__ import annotations

import random

from domain.post import PostKind
from replica.demo.accounts import SITE_COLUMNS, Plan
from replica.demo.schedule import moments
from replica.demo.writing import Writer
from replica.world import WorldPost

_FIRST_ARTICLE, _FIRST_ITEM = 90200100, 7_640_000_000_000_000_000
#: Layouts of an article page that the site has gone through.
_VARIANTS = 4


def site_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Articles of a website, newest first; every seventh is a document of the disclosure list instead."""
    writer = Writer(plan, rng, written)
    times = moments(plan, rng)
    columns = list(SITE_COLUMNS)
    posts = []
    for place, at in enumerate(times):
        draft = writer.special(at) or writer.article(at)
        number = _FIRST_ARTICLE + (len(times) - place) * 3
        disclosed = len(times) > 20 and place % 7 == 6
        traits = {"variant": str(place % _VARIANTS)}
        if disclosed:
            traits["file_number"] = f"柳民〔2026〕{len(times) - place}号"
        else:
            traits["column"] = columns[place % len(columns)]
        if place % 9 == 5:
            traits["date"] = "missing"
        posts.append(
            WorldPost(
                account_id=plan.id,
                key=f"public-{number}" if disclosed else str(number),
                kind=PostKind.ARTICLE,
                title=draft.title,
                paragraphs=draft.paragraphs,
                published_at=at,
                images=tuple(f"/group1/M00/0{n}/2C/liuxi{number}{n}.jpg" for n in range(rng.choice((0, 0, 1, 2)))),
                traits=traits,
            )
        )
    return posts


def toutiao_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Articles, micro posts and clips of a Toutiao account, newest first; the eleventh is pinned."""
    writer = Writer(plan, rng, written)
    posts = []
    for place, at in enumerate(moments(plan, rng)):
        kind = (PostKind.ARTICLE, PostKind.ARTICLE, PostKind.TEXT, PostKind.ARTICLE, PostKind.VIDEO)[place % 5]
        brief = kind is PostKind.TEXT
        draft = writer.brief(at) if brief else writer.article(at)
        posts.append(
            WorldPost(
                account_id=plan.id,
                key=str(_FIRST_ITEM + int(at.timestamp()) * 1_000 + place),
                kind=kind,
                title=draft.title,
                paragraphs=draft.paragraphs if kind is not PostKind.VIDEO else draft.paragraphs[:1],
                published_at=at,
                original=kind is PostKind.ARTICLE and place % 2 == 0,
                pinned=place == 10,
            )
        )
    return posts
