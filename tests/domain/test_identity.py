"""What changes a fingerprint and what must not."""

from __future__ import annotations

import pytest

from domain.identity import fingerprint

KEY = b"k" * 32
BASE = {
    "rule_id": "wording-misstatement",
    "account_id": "weibo:1",
    "post_key": "m1",
    "term": "词",
    "sentence": "一句话有词。",
}


def make(**changes):
    values = {**BASE, "redact": False, "key": KEY, **changes}
    return fingerprint(
        values["rule_id"],
        values["account_id"],
        values["post_key"],
        values["term"],
        values["sentence"],
        installation_key=values["key"],
        redact=values["redact"],
    )


def test_it_is_twenty_hex_digits_and_stable():
    assert len(make()) == 20
    assert make() == make()
    assert int(make(), 16) >= 0


@pytest.mark.parametrize("name", ["rule_id", "account_id", "post_key", "term", "sentence"])
def test_every_part_counts(name):
    assert make(**{name: "别的"}) != make()


def test_white_space_does_not_count():
    assert make(sentence="一句话 有\n词。") == make()


def test_parts_cannot_run_into_each_other():
    assert make(account_id="weibo:1a", post_key="m1") != make(account_id="weibo:1", post_key="am1")


def test_a_redacted_value_depends_on_the_installation_and_not_on_a_mask():
    one = make(redact=True, term="349901199001010011")
    assert one != make(redact=True, term="349901199001010011", key=b"other" * 8)
    assert one != make(redact=True, term="349901199001010038")
    assert one != make(redact=False, term="349901199001010011")
