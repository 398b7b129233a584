"""第十至十二条: passwords, managers, statements, impostors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.calendar import add_months
from domain.register import Attestation, Counterfeit, PersonKind, Role, StaffChange
from replica.year.breaches.stage import Stage
from replica.year.cast import BUREAU

_ONE = timedelta(days=1)


def seed_passwords(stage: Stage) -> None:
    """Three accounts whose password is not changed in time, and one that is too simple."""
    for month in (4, 7, 9):
        account = stage.account()
        key = f"{account.id}/password_changed"
        last = stage.last_filed(Attestation.kind, key, stage.day(month, 1))
        limit = add_months(last, 3)
        stage.remove_records(Attestation.kind, key, last + _ONE, limit + timedelta(days=25))
        stage.expect(limit - timedelta(days=7), "R80", "security-password-due-soon", account.id)
        stage.expect(limit + _ONE, "R80", "security-password-overdue", account.id)
    account = stage.account()
    key = f"{account.id}/password_complexity"
    day = stage.last_filed(Attestation.kind, key, stage.day(6, 30))
    stage.change_record(Attestation, key, lambda r: replace(r, passed=False), since=day, until=day + _ONE)
    stage.expect(day, "R80a", "security-password-too-simple", account.id)
    account = stage.account()
    key = f"{account.id}/password_complexity"
    last = stage.last_filed(Attestation.kind, key, stage.day(10, 1))
    renewed = add_months(last, 2)
    stage.remove_records(Attestation.kind, key, last + _ONE)
    changed = f"{account.id}/password_changed"
    stage.change_record(Attestation, changed, lambda r: replace(r, passed=None), since=last + _ONE)
    stage.expect(renewed, "R80a", "security-password-complexity-unstated", account.id)


def seed_login_statements(stage: Stage) -> None:
    """Two managers whose quarterly word on logging in is not given."""
    for month in (3, 8):
        account = stage.account()
        key = f"{account.id}/login_statement"
        last = stage.last_filed(Attestation.kind, key, stage.day(month, 1))
        stage.remove_records(Attestation.kind, key, last + _ONE, last + timedelta(days=120))
        stage.expect(add_months(last, 3) + _ONE, "R80c", "security-login-statement-stale", account.id)


def seed_leaving(stage: Stage) -> None:
    """A manager leaves before May Day: password and return list are late; another leaves and nobody writes it down."""
    account = stage.account("weibo")
    manager = stage.name(account.sponsor, Role.MANAGER)
    day = stage.day(4, 30)  # 5 月 1—5 日放假
    stage.year.put(day, StaffChange(key="s1", account=account.id, person=manager, left_on=day))
    late = StaffChange(key="s1", account=account.id, person=manager, left_on=day, password_changed_on=stage.day(5, 8),
                       returned_on=stage.day(5, 8), return_list="权限、设备收回清单")  # fmt: skip
    simple = Attestation(
        key=f"{account.id}/password_complexity", topic="password_complexity", unit=account.sponsor, account=account.id,
        stated_on=stage.day(5, 8), passed=True,
    )  # fmt: skip
    stage.year.put(stage.day(5, 9), late, simple)
    stage.expect(stage.day(5, 7), "R80b", "security-password-after-leaving", account.id)
    stage.expect(stage.day(5, 7), "R80b", "security-return-list-missing", account.id)

    unit = stage.unit(6)
    accounts = stage.cast.of(unit)
    left = stage.day(7, 3)  # 周五
    gone = replace(
        stage.cast.people[unit][Role.MANAGER], key=f"{unit}/前管理员", name="苏望舒", left_on=left,
        accounts=(accounts[1].id,),
    )  # fmt: skip
    stage.year.put(left, gone)
    stage.expect(stage.day(7, 7), "R80b", "security-leaver-unrecorded", accounts[1].id)


def seed_beginners(stage: Stage) -> None:
    """Somebody who begins before clearance, and somebody who begins before training."""
    for number, rule in ((1, "unreviewed"), (3, "untrained")):
        unit = stage.unit(number)
        day = stage.day(2 + number, 9)
        beginner = replace(
            stage.cast.people[unit][Role.EDITOR], key=f"{unit}/新人", name="季长风", roles=(Role.EDITOR.value,),
            started_on=day, secrecy_reviewed_on=day, trained_on=day, mobile="19900009901",
        )  # fmt: skip
        late = day + timedelta(days=4)
        wrong = replace(beginner, secrecy_reviewed_on=late) if number == 1 else replace(beginner, trained_on=late)
        stage.year.put(day, wrong)
        stage.expect(day, "R81", f"security-person-{rule}", stage.main(unit))


def seed_permission(stage: Stage) -> None:
    """An account whose only manager becomes somebody from a contractor."""
    unit = stage.unit(8)
    person = stage.cast.people[unit][Role.MANAGER]
    day = stage.day(9, 14)
    stage.year.put(day, replace(person, person_kind=PersonKind.VENDOR))
    stage.year.put(day + timedelta(days=3), person)
    for account in stage.cast.of(unit):
        stage.expect(day, "R82", "security-permission-without-staff", account.id)


def seed_statements(stage: Stage) -> None:
    """Units that forget a yearly statement, a drill, a plan."""
    for topic, number, day, requirement, rule in (
        ("responsibility", 1, stage.day(4, 1), "R73", "security-responsibility-unstated"),
        ("personal_accounts", 2, stage.day(4, 1), "R79", "security-personal-accounts-unstated"),
    ):
        unit = stage.unit(number)
        stage.remove_records(Attestation.kind, f"{unit}/{topic}", stage.day(1, 1))
        stage.expect(day, requirement, rule, stage.main(unit))
    unit = stage.unit(4)
    key = f"{unit}/drill"
    day = stage.day(1, 2)
    stage.change_record(
        Attestation, key, lambda r: replace(r, stated_on=stage.day(1, 2) - timedelta(days=250)), since=day
    )
    limit = add_months(day - timedelta(days=250), 12)
    stage.expect(limit + _ONE, "R74", "security-drill-stale", stage.main(unit))
    unit = stage.unit(5)
    key = f"{unit}/emergency_plan"
    end = stage.day(6, 30)
    stage.change_record(Attestation, key, lambda r: replace(r, valid_until=end), since=day)
    stage.expect(end + _ONE, "R74", "security-safety-documents-missing", stage.main(unit))


def seed_impostors(stage: Stage) -> None:
    """One impostor that nobody looks into at once, one with no letter and no report."""
    day = stage.day(5, 12)
    first = Counterfeit(key="c1", name="柳溪民政服务号", platform="wechat", unit=BUREAU, found_on=day)
    stage.year.put(day, first)
    done = replace(
        first, checked_on=day + _ONE, consulted_cyberspace_on=day, letter_on=day, letter_no="柳民函〔2026〕11号",
        reported_on=day,
    )  # fmt: skip
    stage.year.put(day + timedelta(days=2), done)
    stage.expect(day + _ONE, "R83", "security-counterfeit-unchecked", stage.main(BUREAU))
    day = stage.day(10, 14)  # 周三；三个工作日到 19 日
    second = Counterfeit(
        key="c2", name="柳溪婚登中心", platform="douyin", unit=stage.unit(4), found_on=day, checked_on=day
    )
    stage.year.put(day, second)
    for requirement, rule in (
        ("R84", "security-counterfeit-not-consulted"),
        ("R85", "security-counterfeit-no-letter"),
        ("R86", "security-counterfeit-not-reported"),
    ):
        stage.expect(stage.day(10, 20), requirement, rule, stage.main(BUREAU))


def seed_devices(stage: Stage) -> None:
    """A unit's list of devices grows older than a year."""
    unit = stage.unit(7)
    key = f"{unit}/device_list"
    told = stage.day(1, 2) - timedelta(days=200)
    stage.change_record(Attestation, key, lambda r: replace(r, stated_on=told))
    limit = add_months(told, 12)
    for account in stage.cast.of(unit):
        stage.expect(limit + _ONE, "R80c", "security-device-list-stale", account.id)
