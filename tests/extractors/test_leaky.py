"""Every hiding place is found with its exact place, and its harmless twin is not reported."""

from __future__ import annotations

from functools import lru_cache

import pytest

import lexicons
from pipelines.drafts import check
from scanners import rulebook
from scanners.engine import Scanner
from tests.fixtures.leaky import HidingPlace, places

ALL = places()
#: What the first test found, for the table.
_results: list[tuple[HidingPlace, str]] = []


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    book = rulebook.load(lexicons.load(lexicons.SHIPPED), rulebook.SHIPPED / "privacy")
    return Scanner(book, b"key of the hiding places")


def _found(data: bytes, place: HidingPlace) -> list[tuple[str, str, bool]]:
    result = check(data, place.file, _scanner())
    return [(spot.locator, finding.rule_id, spot.hidden) for finding in result.findings for spot in finding.occurrences]


@pytest.mark.parametrize("place", ALL, ids=lambda place: f"{place.kind}-{place.place}")
def test_what_is_hidden_is_found_at_its_place(place: HidingPlace):
    found = _found(place.leaky, place)
    here = [rule for locator, rule, hidden in found if locator == place.locator and hidden is place.hidden]
    _results.append((place, here[0] if here else "没有找到"))
    assert here, f"{place.locator} (hidden={place.hidden}) is not among {found}"


@pytest.mark.parametrize("place", ALL, ids=lambda place: f"{place.kind}-{place.place}")
def test_the_harmless_twin_is_not_reported(place: HidingPlace):
    assert not _found(place.harmless, place)


def test_there_are_enough_and_this_is_their_table(capsys):
    """Printed with ``pytest -s`` or when it fails; last in the file, so that the results are in."""
    lines = [f"{len(_results)} 处：文件 | 藏法 | 位置 | 查出的规则"]
    lines += [f"{p.kind:5} | {p.place} | {p.locator} | {rule}" for p, rule in _results]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert len(ALL) >= 40
    assert len({(place.kind, place.place) for place in ALL}) == len(ALL)
