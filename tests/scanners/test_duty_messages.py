"""What a clerk reads of a rule about a duty: every name in its message is filled, and nothing is left dangling."""

from __future__ import annotations

import re

import pytest

from tests.scanners.examples import book, run

DUTIES = [rule for rule in book().rules if rule.detector["kind"] == "duty"]
_NAME = re.compile(r"{(\w+)}")
_DANGLING = re.compile(r"[，；：、（]$|[，；、]{2}|（）|“”|None|\{|\}")


@pytest.mark.parametrize("rule", DUTIES, ids=lambda rule: rule.id)
def test_every_name_of_a_message_is_filled(rule):
    for example in rule.fires:
        (finding,) = run(rule.id, example)
        for name in _NAME.findall(rule.message):
            assert finding.facts.get(name), f"{rule.id} does not say {{{name}}}"
        for text in (finding.message, finding.explanation):
            assert text
            assert not _DANGLING.search(text), text
            assert len(text.splitlines()) == 1
