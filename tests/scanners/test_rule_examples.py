"""Each rule's own examples, through the real engine: it fires where it says so, and on exactly that slice; it is silent
where it says so, and would fire with the named guard off."""

from __future__ import annotations

import pytest

from domain.rule import Scope
from scanners.guards import Guard
from tests.scanners.examples import book, run

FIRES = [
    pytest.param(rule.id, example, id=f"{rule.id}-{number}")
    for rule in book().rules
    for number, example in enumerate(rule.fires, start=1)
]
SILENT = [
    pytest.param(rule.id, example, id=f"{rule.id}-{number}")
    for rule in book().rules
    for number, example in enumerate(rule.silent, start=1)
]


@pytest.mark.parametrize(("rule_id", "example"), FIRES)
def test_fires_on_exactly_this(rule_id, example):
    findings = run(rule_id, example)
    assert len(findings) == 1
    assert findings[0].rule_id == rule_id
    rule = book().by_id[rule_id]
    if rule.scope is Scope.POST and rule.detector["kind"] != "duty":  # a duty judges a record, not a slice
        assert findings[0].term == example.match
        for place in findings[0].occurrences[:1]:
            assert example.text[place.start : place.end] == example.match


@pytest.mark.parametrize(("rule_id", "example"), SILENT)
def test_stays_silent(rule_id, example):
    assert run(rule_id, example) == ()


@pytest.mark.parametrize(("rule_id", "example"), SILENT)
def test_would_fire_without_its_guard(rule_id, example):
    assert run(rule_id, example, off=frozenset({Guard(example.guard)})) != ()
