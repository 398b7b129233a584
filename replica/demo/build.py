"""Builds the demo world: everything the fictional bureau published, and the key to what is wrong in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.clock import in_china
from domain.post import PostKind
from replica.demo.accounts import CREDENTIALS, PLANS, Plan
from replica.demo.lookalikes import LIVE_LINK, Lookalike, lookalikes
from replica.demo.other_posts import site_posts, toutiao_posts
from replica.demo.placing import Posts, place_lookalikes, place_plants
from replica.demo.schedule import DEMO_NOW
from replica.demo.video_posts import douyin_posts, kuaishou_posts
from replica.demo.violations import DEAD_LINKS, plants, where
from replica.demo.wechat_posts import wechat_posts
from replica.demo.weibo_posts import weibo_posts
from replica.identities import Identities
from replica.wechat_pages.addresses import short_url
from replica.world import Answer, World, WorldAccount, WorldPost


def _nothing(plan: Plan, rng: random.Random, written: set[str]) -> list[WorldPost]:
    """An app publishes nothing; its store page is all there is."""
    return []


_WRITERS: dict[str, Callable[[Plan, random.Random, set[str]], list[WorldPost]]] = {
    "wechat": wechat_posts,
    "weibo": weibo_posts,
    "website": site_posts,
    "toutiao": toutiao_posts,
    "douyin": douyin_posts,
    "kuaishou": kuaishou_posts,
    "app": _nothing,
}
#: Accounts whose silence is a finding, and the gravest rule that it breaks.
_SILENT = {
    where.WECHAT_CHILDREN: "freshness-weekly-lapse",
    where.WEIBO_CLIPS: "freshness-ten-day-lapse",
    where.WEIBO_SILENT: "freshness-two-week-silence",
    where.WECHAT_DORMANT: "freshness-dormant",
}


@dataclass(frozen=True, slots=True)
class Demo:
    """The world, the complete key to it, and the instant at which everything is judged.

    ``lookalikes`` says which post holds which harmless look-alike.
    """

    world: World
    answers: tuple[Answer, ...]
    now: datetime
    lookalikes: dict[str, Lookalike]


def build(seed: int = 20260618) -> Demo:
    """The demo of ``seed``: the same seed gives the same world, byte for byte."""
    people = Identities(seed)
    written: set[str] = set()
    posts: Posts = {
        plan.id: _WRITERS[plan.entry.account.platform](plan, _generator(seed, plan.id), written) for plan in PLANS
    }
    planted = place_plants(posts, plants(people), _generator(seed, "plants"))
    harmless = place_lookalikes(posts, lookalikes(people), planted, _generator(seed, "lookalikes"))
    world = World(
        now=DEMO_NOW,
        accounts=tuple(_with_external_entry(plan.entry, posts) for plan in PLANS),
        posts={account: tuple(kept) for account, kept in posts.items()},
        credentials=CREDENTIALS,
        dead_links=DEAD_LINKS,
        live_links=frozenset((LIVE_LINK,)),
    )
    return Demo(world, (*planted, *_about_accounts(world)), DEMO_NOW, dict(harmless))


def _with_external_entry(entry: WorldAccount, posts: Posts) -> WorldAccount:
    """The bureau's site points to an article of the bureau's WeChat account in its first column."""
    if entry.account.id != where.SITE:
        return entry
    shared = next(post for post in posts[where.WECHAT_MAIN] if post.kind is PostKind.SHARE_CARD)
    external = {
        "external_title": shared.title,
        "external_url": short_url(shared),
        "external_on": f"{in_china(shared.published_at):%Y-%m-%d}",
    }
    return replace(entry, traits={**entry.traits, **external})


def _generator(seed: int, purpose: str) -> random.Random:
    """A generator of its own for each purpose, so that one more post here changes nothing there."""
    return random.Random(f"{seed}/{purpose}")


def _about_accounts(world: World) -> tuple[Answer, ...]:
    answers = []
    for account, rule in _SILENT.items():
        newest = next(post.published_at for post in world.posts_of(account) if not post.withdrawn)
        days = (world.now - newest).days
        answers.append(Answer(account, "", rule, f"newest:{in_china(newest):%Y-%m-%d}", days))
    answers.append(Answer(where.WECHAT_EMPTY, "", "freshness-empty-shell", "empty"))
    answers.append(Answer(where.APP_DELISTED, "", "freshness-app-delisted", "delisted"))
    return tuple(answers)
