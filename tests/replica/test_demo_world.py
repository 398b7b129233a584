"""The demo world: large enough, varied enough, and the same every time."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from domain.post import PostKind
from replica.demo import DEMO_NOW, Demo, build
from replica.demo.lookalikes import lookalikes
from replica.demo.violations import plants
from replica.identities import Identities
from replica.world import Wall, WorldPost

SPAN = timedelta(days=120)


@pytest.fixture(scope="module")
def demo() -> Demo:
    return build()


def every_post(demo: Demo) -> list[WorldPost]:
    return [post for posts in demo.world.posts.values() for post in posts]


def test_size(demo: Demo) -> None:
    assert len(demo.world.accounts) >= 16
    platforms = {"wechat", "weibo", "toutiao", "douyin", "kuaishou", "website", "app"}
    assert {entry.account.platform for entry in demo.world.accounts} == platforms
    assert len(every_post(demo)) >= 400
    assert all(DEMO_NOW - SPAN <= post.published_at <= DEMO_NOW for post in every_post(demo))
    assert demo.now == DEMO_NOW == demo.world.now


def test_the_same_seed_gives_the_same_world(demo: Demo) -> None:
    again = build()
    assert again.world.posts == demo.world.posts
    assert again.answers == demo.answers


def test_another_seed_gives_another_world_of_the_same_make() -> None:
    other = build(7)
    assert other.world.posts != build().world.posts
    assert Counter(answer.rule_id for answer in other.answers) == Counter(answer.rule_id for answer in build().answers)


def test_every_account_holds_its_posts_newest_first(demo: Demo) -> None:
    for account, posts in demo.world.posts.items():
        assert [post.published_at for post in posts] == sorted((post.published_at for post in posts), reverse=True)
        assert len({post.key for post in posts}) == len(posts), account
        assert {post.account_id for post in posts} <= {account}


def test_posts_do_not_look_copied(demo: Demo) -> None:
    texts = Counter("\n".join(post.paragraphs) for post in every_post(demo))
    assert [text for text, count in texts.items() if count > 1] == []
    for posts in demo.world.posts.values():
        titles = Counter(post.title for post in posts if post.title)
        assert max(titles.values(), default=1) == 1
    paragraphs = Counter(text for post in every_post(demo) for text in post.paragraphs if len(text) > 20)
    assert max(paragraphs.values()) <= 8
    assert len(paragraphs) / paragraphs.total() > 0.75


def test_no_template_shows_through(demo: Demo) -> None:
    for post in every_post(demo):
        for text in (post.title, *post.paragraphs):
            assert not set("[]{}|") & set(text), text


def test_main_account_has_every_kind_of_page(demo: Demo) -> None:
    posts = demo.world.posts_of("wechat:gh_5a1c0e7b9d01")
    assert len({post.key.partition("_")[0] for post in posts}) == 48
    kinds = {post.kind for post in posts}
    assert {PostKind.ARTICLE, PostKind.PICTURE, PostKind.TEXT, PostKind.SHARE_CARD} <= kinds
    assert {post.notation for post in posts} == {"2025", "2026"}
    assert {post.notation for post in posts if post.full_weight} == {"2025", "2026"}
    assert sum(post.withdrawn for post in posts) == 1
    assert any(post.mass_sent for post in posts)
    assert any(post.kind is PostKind.ARTICLE and post.repost_source for post in posts)


def test_walls_hide_accounts_that_would_be_called_stale(demo: Demo) -> None:
    walls = {Wall.VERIFY, Wall.LOGIN, Wall.RATE_LIMITED, Wall.LAYOUT_CHANGED, Wall.QUOTA, Wall.ROBOTS}
    walled = {entry.wall: entry.account.id for entry in demo.world.accounts if entry.wall is not Wall.NONE}
    assert set(walled) == walls
    for account in walled.values():
        assert DEMO_NOW - demo.world.posts_of(account)[0].published_at > timedelta(days=14)
        assert all(answer.account_id != account for answer in demo.answers)


def test_silences(demo: Demo) -> None:
    about_accounts = {answer.rule_id: answer for answer in demo.answers if not answer.post_key}
    assert {rule: answer.days for rule, answer in about_accounts.items()} == {
        "freshness-weekly-lapse": 9,
        "freshness-ten-day-lapse": 11,
        "freshness-two-week-silence": 20,
        "freshness-dormant": 97,
        "freshness-empty-shell": None,
        "freshness-app-delisted": None,
    }
    for answer in about_accounts.values():
        if answer.days is not None:
            newest = demo.world.posts_of(answer.account_id)[0].published_at
            assert (DEMO_NOW - newest).days == answer.days
            assert answer.term == f"newest:{newest:%Y-%m-%d}"


def test_each_rule_is_broken_in_three_spellings_or_more() -> None:
    spellings = defaultdict(set)
    for plant in plants(Identities(20260618)):
        spellings[plant.rule_id].add(plant.spelling)
    assert len(spellings) == 12
    assert {rule: len(found) for rule, found in spellings.items() if len(found) < 3} == {}


def test_each_rule_has_five_kinds_of_lookalike() -> None:
    kinds = defaultdict(set)
    for lookalike in lookalikes(Identities(20260618)):
        kinds[lookalike.rule_id].add(lookalike.kind)
    assert set(kinds) == {plant.rule_id for plant in plants(Identities(20260618))}
    assert {rule: found for rule, found in kinds.items() if len(found) < 5} == {}


def test_every_term_stands_in_its_post(demo: Demo) -> None:
    by_id = {post.id: post for post in every_post(demo)}
    for answer in demo.answers:
        if not answer.post_key:
            continue
        post = by_id[f"{answer.account_id}/{answer.post_key}"]
        text = "\n".join((post.title, *post.paragraphs))
        addresses = {url for _, url in post.links}
        assert answer.term in text or answer.term in addresses or post.files, answer
        assert not post.withdrawn
        assert "state" not in post.traits


def test_violation_at_the_end_of_a_long_text_is_cut_off_in_the_listing(demo: Demo) -> None:
    cut = [post for post in every_post(demo) if post.long_text and post.paragraphs[-1].startswith("附获助学生登记")]
    assert len(cut) == 1
    assert "附获助学生登记" not in "\n".join(cut[0].paragraphs)[:140]


def test_every_lookalike_found_a_post_without_a_violation(demo: Demo) -> None:
    planted = {f"{answer.account_id}/{answer.post_key}" for answer in demo.answers}
    assert not planted & set(demo.lookalikes)
    placed = {(lookalike.rule_id, lookalike.kind) for lookalike in demo.lookalikes.values()}
    assert placed == {(each.rule_id, each.kind) for each in lookalikes(Identities(20260618))}
