"""Puts violations and look-alikes into ordinary posts, each into one of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from domain.post import PostKind
from replica.demo.lookalikes import Lookalike
from replica.demo.schedule import DEMO_NOW
from replica.demo.violations import Plant, where
from replica.world import Answer, WorldPost

#: How many of the newest posts a route shows at all, where it does not show everything.
VISIBLE = {where.WEIBO_OAUTH: 5}
#: Accounts that take look-alikes, in turn: every one that can be read and writes ordinary text, the large ones often.
HOSTS = (
    where.WECHAT_MAIN,
    where.SITE,
    where.WEIBO_MAIN,
    where.WECHAT_ALBUM,
    where.SITE,
    where.WECHAT_MAIN,
    where.WECHAT_RSS,
    where.WEIBO_MAIN,
    where.WECHAT_CHILDREN,
    where.SITE,
    where.WECHAT_MARRIAGE,
    where.TOUTIAO,
    where.WECHAT_MAIN,
)
_MASS_SENT_SEEN = timedelta(days=20)

Posts = dict[str, list[WorldPost]]


def place_plants(posts: Posts, plants: Iterable[Plant], rng: random.Random) -> tuple[Answer, ...]:
    """Put every plant into a post of its account and return the key to them. ``posts`` is changed."""
    taken: set[str] = set()
    answers = []
    for plant in plants:
        place = _choose(posts, plant.account, taken, rng, partial(_suits, plant))
        post = _planted(posts[plant.account][place], plant)
        posts[plant.account][place] = post
        taken.add(post.id)
        answers.append(Answer(post.account_id, post.key, plant.rule_id, plant.term))
    return tuple(answers)


def place_lookalikes(
    posts: Posts, lookalikes: Iterable[Lookalike], answers: Iterable[Answer], rng: random.Random
) -> Mapping[str, Lookalike]:
    """Put every look-alike into a post without a violation, two in different accounts where the form allows it."""
    taken = {f"{answer.account_id}/{answer.post_key}" for answer in answers}
    placed: dict[str, Lookalike] = {}
    turn = 0
    for lookalike in lookalikes:
        tabled = any("\t" in text for text in lookalike.paragraphs)
        for _ in range(1 if lookalike.files else 2):
            turn += 1
            account = where.SITE if lookalike.files or tabled else _host(posts, turn, taken)
            place = _choose(posts, account, taken, rng, _is_ordinary)
            post = posts[account][place]
            posts[account][place] = replace(
                post,
                paragraphs=_inserted(post, lookalike.paragraphs),
                links=(*post.links, *lookalike.links),
                files=(*post.files, *lookalike.files),
            )
            taken.add(post.id)
            placed[post.id] = lookalike
    return placed


def _host(posts: Posts, turn: int, taken: set[str]) -> str:
    """The account whose turn it is, or the next that has room."""
    for step in range(len(HOSTS)):
        account = HOSTS[(turn + step) % len(HOSTS)]
        if any(post.id not in taken and _is_ordinary(post) for post in posts[account]):
            return account
    raise ValueError("no account has room for another look-alike")


def _choose(posts: Posts, account: str, taken: set[str], rng: random.Random, suits: Callable[[WorldPost], bool]) -> int:
    visible = VISIBLE.get(account, len(posts[account]))
    fitting = [n for n, post in enumerate(posts[account][:visible]) if post.id not in taken and suits(post)]
    if not fitting:
        raise ValueError(f"{account}: no post left to put anything into")
    return rng.choice(fitting)


def _suits(plant: Plant, post: WorldPost) -> bool:
    if plant.at_end:
        return _is_open(post) and post.long_text
    if plant.account == where.WECHAT_RSS:
        return _is_ordinary(post)
    return _is_ordinary(post) and not post.long_text and not (plant.title and not post.title)


def _is_ordinary(post: WorldPost) -> bool:
    return _is_open(post) and post.kind in (PostKind.ARTICLE, PostKind.TEXT, PostKind.PICTURE)


def _is_open(post: WorldPost) -> bool:
    """True where a visitor surely sees the text: not withdrawn, not quoted, not known from old statistics only."""
    seen = not post.mass_sent or DEMO_NOW - post.published_at < _MASS_SENT_SEEN
    hidden = post.withdrawn or "state" in post.traits or post.full_weight
    return seen and not (hidden or post.repost_source or "repost" in post.traits)


def _planted(post: WorldPost, plant: Plant) -> WorldPost:
    if plant.whole:
        paragraphs = plant.paragraphs
    elif plant.at_end:
        paragraphs = (*post.paragraphs, *plant.paragraphs)
    else:
        paragraphs = _inserted(post, plant.paragraphs)
    return replace(
        post,
        title=plant.title or post.title,
        paragraphs=paragraphs,
        links=(*post.links, *plant.links),
        files=(*post.files, *plant.files),
        images=() if plant.whole else post.images,
    )


def _inserted(post: WorldPost, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Behind the first paragraph, where a reader gets to it."""
    return (*post.paragraphs[:1], *paragraphs, *post.paragraphs[1:])
