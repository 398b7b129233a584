"""Records of the register: imported whole or not at all, sealed, and never forgotten."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, cast

import pytest
from sqlalchemy import text

from domain.errors import StoreError
from domain.register import KINDS, Approval, EventKind, FilingEvent, Person, PersonKind, Register, Unit
from domain.register_codec import field_types, from_plain, to_plain
from tests.store.factories import account

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 1, tzinfo=UTC)
UNIT = Unit(key="柳溪市民政局", sections=("办公室", "养老服务科"), least_reviewers=3)
EVENT = FilingEvent(
    key="2026-1", account="wechat:gh_a", event=EventKind.OPEN, approved_on=date(2026, 2, 27), happened_at=AT
)
PERSON = Person(
    key="柳溪市民政局/程小满", name="程小满", person_kind=PersonKind.STAFF, accounts=("wechat:gh_a", "weibo:1")
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_to_plain_values_and_back(kind):
    samples: dict[type, Any] = {
        str: "字",
        bool: True,
        int: 3,
        date: date(2026, 3, 1),
        datetime: AT,
        tuple: ("甲", "乙"),
    }
    values: dict[str, Any] = {
        name: samples[wanted] if wanted in samples else next(iter(cast("type[StrEnum]", wanted)))
        for name, wanted in field_types(kind).items()
    }
    record = KINDS[kind](**values)
    assert from_plain(kind, to_plain(record)) == record
    assert set(to_plain(record)) == {each.name for each in fields(record)}


def test_an_instant_without_a_zone_and_an_unknown_field_are_refused():
    with pytest.raises(ValueError, match="instant"):
        from_plain("filing_event", {"key": "1", "happened_at": "2026-03-01T09:00:00"})
    with pytest.raises(ValueError, match="no field"):
        from_plain("unit", {"key": "1", "colour": "red"})


def test_what_is_imported_is_found_again(opened):
    results = opened.put_register({"unit": [UNIT], "filing_event": [EVENT], "person": [PERSON]}, source="office", at=AT)
    assert results["unit"].added == ("柳溪市民政局",)
    register = opened.register()
    assert register.unit("柳溪市民政局") == UNIT
    assert register.of_account(FilingEvent, "wechat:gh_a") == (EVENT,)
    assert register.of_account(Person, "weibo:1") == (PERSON,)
    assert register.keeps(Person)
    assert not register.keeps(Approval)


def test_an_empty_sheet_is_a_sheet_that_is_kept(opened):
    opened.put_register({"person": []}, source="office", at=AT)
    assert opened.register().keeps(Person)


def test_the_same_import_twice_changes_nothing(opened):
    opened.put_register({"unit": [UNIT]}, source="office", at=AT)
    again = opened.put_register({"unit": [UNIT]}, source="office", at=LATER, replace=frozenset({"unit"}))
    assert again["unit"] == type(again["unit"])()


def test_a_whole_sheet_takes_away_what_it_no_longer_holds_and_the_past_is_kept(opened):
    other = replace(UNIT, key="柳溪市救助管理站")
    opened.put_register({"unit": [UNIT, other]}, source="office", at=AT)
    changed = replace(UNIT, lead_section="办公室")
    results = opened.put_register({"unit": [changed]}, source="office", at=LATER, replace=frozenset({"unit"}))
    assert results["unit"].changed == (UNIT.key,)
    assert results["unit"].removed == (other.key,)
    assert opened.register().all(Unit) == (changed,)
    assert opened.record_history("unit", UNIT.key) == ((LATER, UNIT),)
    assert opened.record_history("unit", other.key) == ((LATER, other),)


def test_what_another_source_brought_stays(opened):
    opened.put_register({"unit": [UNIT]}, source="form", at=AT)
    opened.put_register({"unit": []}, source="office", at=LATER, replace=frozenset({"unit"}))
    assert opened.register().all(Unit) == (UNIT,)


def test_a_key_that_stands_twice_leaves_nothing_behind(opened):
    with pytest.raises(StoreError, match="出现两次"):
        opened.put_register({"person": [PERSON], "unit": [UNIT, UNIT]}, source="office", at=AT)
    assert opened.register() == Register()


def test_approvals_are_read_account_by_account(opened):
    mine = Approval(key="1", account="wechat:gh_a", title="甲")
    other = Approval(key="2", account="weibo:1", title="乙")
    opened.put_register({"approval": [mine, other]}, source="office", at=AT)
    assert opened.approvals("wechat:gh_a") == (mine,)
    assert opened.register().all(Approval) == ()
    assert opened.records("approval") == (mine, other)


def test_texts_are_sealed_at_rest(opened):
    opened.put_register({"person": [replace(PERSON, mobile="13800001234")]}, source="office", at=AT)
    opened.put_register({"person": [PERSON]}, source="office", at=LATER)
    with opened.reading() as connection:
        rows = [
            bytes(body)
            for table in ("register_records", "register_history")
            for body in connection.scalars(text(f"SELECT body FROM {table}"))
        ]
    assert len(rows) == 2
    for secret in (b"13800001234", "程小满".encode()):
        assert not any(secret in data for data in rows)


def test_accounts_and_records_of_one_file_are_one_event_or_nothing(opened):
    mine = account()
    own, results = opened.put_office([mine], {"person": [PERSON], "unit": [UNIT]}, source="office", at=AT)
    assert own is not None and own.added == (mine.id,) and results["person"].added == (PERSON.key,)
    again, _ = opened.put_office([mine], {"person": [PERSON]}, source="office", at=LATER)
    assert again is not None and not again.added
    with opened.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM register_events")) == 1
    kept, _ = opened.put_office(None, {"person": []}, source="office", at=LATER, replace=frozenset({"person"}))
    assert kept is None and opened.accounts() == (mine,)


def test_accounts_that_clash_keep_the_records_of_their_file_out(opened):
    with pytest.raises(StoreError, match="同时属于"):
        opened.put_office([account(), account()], {"person": [PERSON]}, source="office", at=AT)
    assert opened.accounts() == () and opened.register() == Register()
