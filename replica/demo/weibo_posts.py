"""What the fictional Weibo accounts posted."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

from domain.post import PostKind
from replica.demo.accounts import Plan
from replica.demo.compose import Draft
from replica.demo.schedule import moments
from replica.demo.violations import where
from replica.demo.writing import Writer
from replica.world import WorldPost

_PICTURE = "https://wx{0}.sinaimg.cn/large/{1}.jpg"
#: Every so many posts: a long text, a repost of something that is gone, of something hidden, of something there.
_LONG, _DELETED, _HIDDEN, _SHOWN = 9, 17, 23, 11
#: A listing cuts off what is longer than about so many characters.
_LONG_FROM = 150
#: How far back the post lies that the account keeps at its top.
_PINNED = {where.WEIBO_MAIN: 60, where.WEIBO_SILENT: 12}


def weibo_posts(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """Every post of a Weibo account, newest first; pinned ones where their date puts them."""
    writer = Writer(plan, rng, written)
    posts = [_post(plan, place, at, writer, rng) for place, at in enumerate(moments(plan, rng))]
    if plan.id in _PINNED:
        place = _PINNED[plan.id]
        posts[place] = replace(posts[place], pinned=True, traits={})
    return posts


def mid_at(at: datetime, salt: int) -> str:
    """A post number of 16 digits that grows with time, as Weibo's do."""
    return str(5_200_000_000_000_000 + int(at.timestamp() - 1_760_000_000) * 4_194_304 // 1000 * 1000 + salt)


def _post(plan: Plan, place: int, at: datetime, writer: Writer, rng: random.Random) -> WorldPost:
    clip = plan.style == "clip"
    long_text = not clip and place % _LONG == 4
    draft = writer.special(at, short=True) if not long_text and not clip else None
    if draft is None:
        draft = writer.article(at) if long_text or clip else writer.brief(at)
    kind = PostKind.VIDEO if clip else rng.choice((PostKind.TEXT, PostKind.PICTURE, PostKind.PICTURE))
    traits: dict[str, str] = {}
    if not clip and not long_text:
        for every, name in ((_DELETED, "deleted"), (_HIDDEN, "hidden"), (_SHOWN, "shown")):
            if place % every == every - 2:
                traits["repost"], kind = name, PostKind.TEXT
                break
    if kind is PostKind.PICTURE and place % 4 == 1:
        traits["pictures"] = "object"
    mid, paragraphs = mid_at(at, place), _short(draft, long_text)
    return WorldPost(
        account_id=plan.id,
        key=mid,
        kind=kind,
        title=draft.title if clip else "",
        paragraphs=paragraphs,
        published_at=at,
        original="repost" not in traits,
        images=tuple(_PICTURE.format(1 + n % 4, f"00lx{mid[-9:]}{n:02d}") for n in range(rng.randint(1, 6)))
        if kind is PostKind.PICTURE
        else (),
        long_text=long_text and len("\n".join(paragraphs)) > _LONG_FROM,
        traits=traits,
    )


def _short(draft: Draft, long_text: bool) -> tuple[str, ...]:
    if long_text:
        return (f"【{draft.title}】", *draft.paragraphs)
    return draft.paragraphs
