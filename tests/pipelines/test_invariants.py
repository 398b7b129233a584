"""Six promises about walls, pins, deletions, times, failures and quotas, over random histories of nights.

The histories go through the real spiders, readers, store, rules and reconciliation; only the network and the crawl
processes are left out.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import lexicons
from domain.case import Sighting
from domain.clock import CHINA, Clock, in_china
from domain.inspection import InspectionScope
from domain.outcome import Outcome
from pipelines.inspection import inspect
from pipelines.workspace import Workspace
from replica.bureau.accounts import album, app_id, official, website, weibo, weibo_oauth
from replica.bureau.build import _credentials, _post
from replica.bureau.faults import Fault, FaultyWorld
from replica.world import Wall, World
from scanners import rulebook
from tests.pipelines.quick import Quick

#: Rules that are judged from the register alone.
OF_REGISTER = frozenset(
    rule.id
    for rule in rulebook.load(lexicons.load()).by_id.values()
    if rule.detector["kind"] == "duty" and rule.detector.get("rests_on", "register") == "register"
)

START = datetime(2026, 6, 1, 22, 0, tzinfo=CHINA)
#: Weibo by its page, its interface, a site, 公众号 by album, by interface, and by both.
ENTRIES = [weibo(0), weibo_oauth(1), website(2), album(3), official(4)]
BOTH = official(5)
BOTH = replace(BOTH, account=replace(BOTH.account, routes=(*BOTH.account.routes, *album(5).account.routes)))
ENTRIES.append(BOTH)
IDS = [entry.account.id for entry in ENTRIES]
PINNABLE = IDS[0]
#: What can stand before each kind of account, with the outcome it must have.
TROUBLES = {
    IDS[0]: [
        (Wall.LOGIN, Outcome.LOGIN_WALL),
        (Wall.RATE_LIMITED, Outcome.RATE_LIMITED),
        (Fault.ERROR, Outcome.NETWORK),
    ],
    IDS[1]: [(Wall.QUOTA, Outcome.QUOTA), (Fault.CUT, Outcome.NETWORK)],
    IDS[2]: [(Wall.VERIFY, Outcome.VERIFY_WALL), (Wall.LAYOUT_CHANGED, Outcome.LAYOUT_CHANGED), (Fault.ERROR, None)],
    IDS[3]: [(Wall.VERIFY, Outcome.VERIFY_WALL), (Fault.CUT, Outcome.NETWORK)],
    IDS[4]: [(Wall.QUOTA, Outcome.QUOTA), (Fault.CUT, Outcome.NETWORK)],
    IDS[5]: [(Wall.QUOTA, None)],
}
LATEST = 5  # what the Weibo interface shows

night_of = st.fixed_dictionaries(
    {
        "hours": st.integers(13, 80),
        "troubles": st.dictionaries(st.sampled_from(IDS), st.integers(0, 2), max_size=3),
        "fresh": st.sets(st.sampled_from(IDS), max_size=4),
        "edited": st.sets(st.tuples(st.sampled_from(IDS), st.integers(0, 5)), max_size=3),
        "deleted": st.sets(st.tuples(st.sampled_from(IDS), st.integers(0, 5)), max_size=2),
        "moved": st.sets(st.tuples(st.sampled_from(IDS[3:]), st.integers(0, 5)), max_size=1),
        "pinned": st.none() | st.integers(2, 6),
    }
)


class History:
    """A workspace, a world that goes on, and what was seen."""

    def __init__(self, folder: Path, monkeypatch, posts: int = 13) -> None:
        self.quick = Quick()
        self.quick.install(monkeypatch)
        self.now = START
        self.posts = {
            entry.account.id: [
                _post(entry, number, posts - 1 - back, START - timedelta(hours=12 + 53 * back)) for back in range(posts)
            ]
            for number, entry in enumerate(ENTRIES)
        }
        self.deleted: set[str] = set()
        self.results = []
        folder.mkdir()
        (folder / "secret.key").write_bytes(base64.b64encode(bytes(range(32))))
        (folder / "secret.key").chmod(0o600)
        self.made = Workspace.create(folder, bureau="柳溪市民政局")
        self.credentials = _credentials(ENTRIES) | {
            "bureau-05": {"appid": app_id(5), "secret": "c0de5ec0" + "5" * 24},
            "bureau-04": {"appid": app_id(4), "secret": "c0de5ec0" + "4" * 24},
            "bureau-01": {"access_token": "2.00LiuxiInvariantToken"},
        }
        self.made.put_credentials(self.credentials)
        with self.made.open_store() as store:
            store.put_accounts([entry.account for entry in ENTRIES], source="test", at=START)

    def change(self, what) -> None:
        """What people did to the accounts since the last night."""
        for account, place in what["deleted"] | what["moved"]:
            post = self.posts[account][place]
            state = {"state": "migrated", "migrated_to": "https://mp.weixin.qq.com/s/ZZZZZZZZZZZZZZZZZZZZZZ"}
            moved = (account, place) in what["moved"] and not post.withdrawn
            self.posts[account][place] = (
                replace(post, traits={**post.traits, **state}) if moved else replace(post, withdrawn=True)
            )
            if not moved:
                self.deleted.add(post.id)
        for account, place in what["edited"]:
            post = self.posts[account][place]
            self.posts[account][place] = replace(post, paragraphs=(*post.paragraphs, f"更正于{self.now:%m%d%H}。"))
        for number, entry in enumerate(ENTRIES):
            if entry.account.id in what["fresh"]:
                held = self.posts[entry.account.id]
                held.insert(0, _post(entry, number, len(held), self.now - timedelta(minutes=30)))
        if what["pinned"] is not None:
            held = self.posts[PINNABLE]
            self.posts[PINNABLE] = [replace(post, pinned=n == what["pinned"]) for n, post in enumerate(held)]

    def night(self, troubles):
        """One inspection; ``troubles`` maps accounts to what stands before them."""
        walls = {key: what for key, (what, _) in troubles.items() if isinstance(what, Wall)}
        faults = {key: what for key, (what, _) in troubles.items() if isinstance(what, Fault)}
        world = World(
            now=self.now,
            accounts=tuple(replace(entry, wall=walls.get(entry.account.id, Wall.NONE)) for entry in ENTRIES),
            posts={key: tuple(held) for key, held in self.posts.items()},
            credentials=self.credentials,
        )
        self.quick.answer = FaultyWorld(world, faults).answer
        self.quick.asked.clear()
        result = inspect(self.made, InspectionScope(), Clock(self.now, fixed=True))
        self.results.append(result)
        return result


@pytest.mark.slow
# A history takes seconds, so a failing one is told as it stands: shrinking it would take hours.
@settings(
    max_examples=int(os.environ.get("XUNJIAN_TEST_HISTORIES", "8")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    print_blob=True,
)
@given(nights=st.lists(night_of, min_size=2, max_size=6))
def test_promises_hold_over_random_histories(nights):
    with tempfile.TemporaryDirectory(prefix="invariants-") as name, pytest.MonkeyPatch.context() as patch:
        history = History(Path(name) / "ws", patch)
        calm(history, history.night({}))
        for what in nights:
            history.now += timedelta(hours=what["hours"])
            history.change(what)
            troubles = {key: TROUBLES[key][place % len(TROUBLES[key])] for key, place in what["troubles"].items()}
            result = history.night(troubles)
            each_account_ends(result, troubles)
            walls_conclude_nothing(result, troubles)
            quota_stops_only_its_interface(history, result, troubles)
        history.now += timedelta(hours=30)
        calm(history, history.night({}))
        deletions_are_told_once(history)
        times_are_aware(history)


def each_account_ends(result, troubles) -> None:
    """(5) one failing account never aborts the run: every account has its coverage, and the untroubled are read."""
    ended = {coverage.account_id: coverage for coverage in result.coverages}
    assert set(ended) == set(IDS)
    for key, coverage in ended.items():
        if key not in troubles:
            blocked = any(attempt.retry_at is not None for attempt in coverage.attempts)
            assert coverage.checked or blocked, coverage
        elif troubles[key][1] is not None:
            assert coverage.outcome is troubles[key][1], coverage


def walls_conclude_nothing(result, troubles) -> None:
    """(1) a wall never produces "no update", and nothing of the account is gone or put right behind it. What rests on
    the register alone is judged whoever was reached."""
    ended = {coverage.account_id: coverage for coverage in result.coverages}
    unseen = {key for key, coverage in ended.items() if not coverage.checked}
    for item in result.findings:
        if item.finding.account_id in unseen and item.finding.rule_id not in OF_REGISTER:
            assert item.sighting is Sighting.NOT_REREAD, (item.sighting, item.finding.rule_id)


def quota_stops_only_its_interface(history, result, troubles) -> None:
    """(6) a quota error stops only that interface, with the moment of its reset."""
    (both,) = [coverage for coverage in result.coverages if coverage.account_id == IDS[5]]
    if troubles.get(IDS[5], (None,))[0] is Wall.QUOTA:
        assert both.checked, "the album is read all the same"
        (refused,) = [attempt for attempt in both.attempts if attempt.outcome is Outcome.QUOTA]
        assert refused.retry_at is not None
        assert history.now < refused.retry_at <= history.now + timedelta(hours=24)
        assert in_china(refused.retry_at).hour == 0
        hosts = {host for account, host, _ in history.quick.asked if account == IDS[5]}
        assert "mp.weixin.qq.com" in hosts
        if IDS[4] not in troubles:
            (other,) = [coverage for coverage in result.coverages if coverage.account_id == IDS[4]]
            assert other.checked or any(attempt.retry_at for attempt in other.attempts)


def calm(history, result) -> None:
    """(2) after a night without trouble everything that is to be seen is on file: no pinned post stopped the walk."""
    ended = {coverage.account_id: coverage for coverage in result.coverages}
    with history.made.open_store() as store:
        for key in IDS:
            if any(attempt.retry_at is not None for attempt in ended[key].attempts):
                continue  # its interface is to be left alone until its quota is back
            shown = [post for post in history.posts[key] if not post.withdrawn]
            if key == IDS[1]:
                shown = shown[:LATEST]
            on_file = {stored.post.key for stored in store.posts_of(key)}
            missing = {post.key for post in shown} - on_file
            assert not missing, (key, missing, ended[key])


def deletions_are_told_once(history) -> None:
    """(3) a deleted post has at most one DELETED event, and its evidence stays."""
    events: Counter[str] = Counter()
    with history.made.open_store() as store:
        for result in history.results:
            for post_id, read in store.reads(result.inspection.id).items():
                events[post_id] += read.outcome is Outcome.DELETED
        for key in IDS:
            for stored in store.posts_of(key):
                assert events[stored.post.id] == (stored.outcome is Outcome.DELETED), stored.post.id
                if stored.gone_at is not None:
                    assert stored.post.id in history.deleted, "gone without having been deleted"
                    if stored.post.text:
                        assert store.bytes_of(stored.post.evidence), "the copy of what was there stays"
        assert store.verify_evidence().missing == ()


def times_are_aware(history) -> None:
    """(4) every stored instant has its zone and is the one that the platform meant."""
    truth = {post.id: post.published_at for held in history.posts.values() for post in held}
    with history.made.open_store() as store:
        for key in IDS:
            for stored in store.posts_of(key):
                moments = [stored.first_seen_at, stored.last_read_at, stored.gone_at, stored.post.published_at]
                for moment in filter(None, moments):
                    assert moment.utcoffset() is not None
                    assert in_china(moment).utcoffset() == timedelta(hours=8)
                at = stored.post.published_at
                assert at is not None
                if "/" in stored.post.id and stored.post.id in truth:
                    assert abs(at - truth[stored.post.id]) < timedelta(hours=24)
        for result in history.results:
            for coverage in result.coverages:
                moments = [coverage.finished_at, coverage.newest_at, *(a.retry_at for a in coverage.attempts)]
                assert all(moment.utcoffset() is not None for moment in moments if moment is not None)


def test_an_interface_without_quota_is_left_alone_until_it_is_back(tmp_path, monkeypatch):
    history = History(tmp_path / "ws", monkeypatch)
    history.night({IDS[4]: (Wall.QUOTA, Outcome.QUOTA)})
    history.now += timedelta(hours=1)
    result = history.night({})
    assert not [asked for asked in history.quick.asked if asked[0] == IDS[4]], "no knocking before the reset"
    (ended,) = [coverage for coverage in result.coverages if coverage.account_id == IDS[4]]
    assert ended.outcome is Outcome.QUOTA
    assert "06 月 02 日 00:00" in ended.detail
    history.now += timedelta(hours=2)
    (ended,) = [coverage for coverage in history.night({}).coverages if coverage.account_id == IDS[4]]
    assert ended.outcome is Outcome.OK
