"""Whose an account is, where and what for (第一、四条): unit, subject, platform, purpose, people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.clock import in_china
from domain.register import Attestation, Instruction, Person, PersonKind, Unit
from scanners.duties import credit_code
from scanners.duties.concern import answers_for, has_accounts, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: Nobody verifies these: there is no subject on a platform.
_OWN = frozenset({"website", "app"})
_SEVERAL = re.compile(r"[、，,;；/]|\s和\s")
#: How sections inside a unit call themselves, and the endings of legal units that look alike.
_SECTION = ("科", "股", "处", "室", "党支部")
_LEGAL = ("登记处", "办事处", "管理处", "服务处", "总会办公室", "人民政府办公室")
_PERSON = re.compile(r"个人|自然人")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_YEAR = re.compile(r"20\d\d年?|第[一二三四五六七八九十]+届")


def sponsor_unclear(hearing: Hearing) -> Iterator[Breach]:
    """Every account has exactly one unit that answers for it, and the unit is on the sheet of units (R02)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    known = hearing.register.unit(account.sponsor)
    if not account.sponsor.strip():
        told = "没有主办单位"
    elif _SEVERAL.search(account.sponsor):
        told = f"主办单位填了几个：{account.sponsor}"
    elif known is None:
        if not hearing.register.keeps(Unit) and hearing.spared(Guard.NOT_KEPT, "单位台账"):
            return
        told = f"主办单位“{account.sponsor}”不在单位台账"
    else:
        told = "主办单位在册"
        if hearing.spared(Guard.ON_FILE, account.sponsor):
            return
    yield Breach(episode="sponsor", explanation=f"{account.name}：{told}", facts={"told": told})


def personal_subject(hearing: Hearing) -> Iterator[Breach]:
    """Nobody opens 政务新媒体 in a personal name (R17): the subject says so, or is the name of one of the people."""
    subject = _subject(hearing)
    if not subject:
        return
    people = {each.name for each in hearing.register.all(Person)}
    personal = bool(_PERSON.search(subject)) or (bool(_NAME.fullmatch(subject)) and subject in people)
    if not personal and hearing.spared(Guard.ALIKE, "不是个人"):
        return
    yield Breach(episode="personal", explanation=f"认证主体为“{subject}”，是个人", facts={"subject": subject})


def section_subject(hearing: Hearing) -> Iterator[Breach]:
    """A section inside a unit is not a subject (R18): listed with its unit, or called like one."""
    subject = _subject(hearing)
    if not subject:
        return
    if hearing.register.unit(subject) is not None and hearing.spared(Guard.ON_FILE, "是台账中的单位"):
        return
    listed = [
        unit.key
        for unit in hearing.register.all(Unit)
        if any(subject in (section, f"{unit.key}{section}") for section in unit.sections)
    ]
    looks = subject.endswith(_SECTION) and not subject.endswith(_LEGAL)
    if not listed and not looks and hearing.spared(Guard.ALIKE, "不像内设机构"):
        return
    told = f"是{listed[0]}的内设机构" if listed else "像是内设机构"
    yield Breach(
        episode="section",
        record=f"{Unit.kind}:{listed[0]}" if listed else "",
        explanation=f"认证主体“{subject}”{told}",
        facts={"subject": subject, "told": told},
    )


def subject_not_a_unit(hearing: Hearing) -> Iterator[Breach]:
    """The subject is a legal unit on the sheet of units, by its full name (R18, R37d)."""
    subject = _subject(hearing)
    if not subject:
        return
    if not hearing.register.keeps(Unit) and hearing.spared(Guard.NOT_KEPT, "单位台账"):
        return
    if hearing.register.unit(subject) is not None and hearing.spared(Guard.ON_FILE, subject):
        return
    yield Breach(
        episode="subject",
        explanation=f"认证主体“{subject}”不在单位台账；主体应是单位全称，简称不等于全称",
        facts={"subject": subject},
    )


def code_invalid(hearing: Hearing) -> Iterator[Breach]:
    """A unit that runs accounts has a unified social credit code with correct checks (R18; GB 32100-2015)."""
    unit = hearing.facts.unit
    if unit is None or (not has_accounts(hearing) and hearing.spared(Guard.NOT_CONCERNED, "没有在用账号")):
        return
    if credit_code.is_valid(unit.credit_code) and hearing.spared(Guard.ON_FILE, unit.credit_code):
        return
    told = f"“{unit.credit_code}”校验不符" if unit.credit_code else "没有填写"
    yield Breach(
        episode="credit_code",
        record=f"{unit.kind}:{unit.key}",
        explanation=f"{unit.key}的统一社会信用代码{told}",
        facts={"unit": unit.key, "told": told},
    )


def platform_unapproved(hearing: Hearing) -> Iterator[Breach]:
    """The platform is one of the office's list of approved ones (R19)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    if account.platform in hearing.norms.platforms and hearing.spared(Guard.PLATFORM, account.platform):
        return
    yield Breach(
        episode=account.platform,
        explanation=f"平台“{account.platform}”不在单位确定的核准平台名单中",
        facts={"platform": account.platform},
    )


def campaign_account(hearing: Hearing) -> Iterator[Breach]:
    """No account of its own for a campaign (R20): words of campaigns, or a year, in the name. A person decides."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    found = [word for word in hearing.norms.campaign_words if word in account.name]
    found += _YEAR.findall(account.name)
    if not found and hearing.spared(Guard.NOT_CONCERNED, "名称没有专项活动的字样"):
        return
    yield Breach(
        episode="campaign",
        explanation=f"账号名称“{account.name}”含“{'、'.join(found)}”，像是为专项活动开设",
        facts={"words": "、".join(found), "name": account.name},
    )


def body_missing(hearing: Hearing) -> Iterator[Breach]:
    """A unit that runs accounts names its management body (R21)."""
    unit = hearing.facts.unit
    if unit is None or (not has_accounts(hearing) and hearing.spared(Guard.NOT_CONCERNED, "没有在用账号")):
        return
    if unit.management_body.strip() and hearing.spared(Guard.ON_FILE, unit.management_body):
        return
    yield Breach(
        episode="body",
        record=f"{unit.kind}:{unit.key}",
        explanation=f"{unit.key}没有登记管理机构",
        facts={"unit": unit.key},
    )


def manager_missing(hearing: Hearing) -> Iterator[Breach]:
    """An account has at least one manager who is in post and on the staff (R22)."""
    if passed_over(hearing):
        return
    if not hearing.register.keeps(Person) and hearing.spared(Guard.NOT_KEPT, "人员台账"):
        return
    managers = _managers(hearing)
    if managers and hearing.spared(Guard.ON_FILE, f"在岗管理员 {len(managers)} 人"):
        return
    yield Breach(episode="manager", explanation="人员台账中该账号没有在编在岗的管理员")


def manager_untrained(hearing: Hearing) -> Iterator[Breach]:
    """Of an account's managers at least one has a training on record (R22)."""
    if passed_over(hearing):
        return
    managers = _managers(hearing)
    if not managers:
        return
    trained = [each for each in managers if each.trained_on is not None and each.trained_on <= hearing.today]
    if trained and hearing.spared(Guard.ON_FILE, f"{trained[0].trained_on} 培训"):
        return
    yield Breach(
        episode="training",
        record=f"{Person.kind}:{managers[0].key}",
        explanation=f"该账号的在岗管理员 {len(managers)} 人，都没有培训记录",
        facts={"count": str(len(managers))},
    )


def instruction_unanswered(hearing: Hearing) -> Iterator[Breach]:
    """What 宣传、网信 departments asked for is answered by the day they set, else within the case days (R09)."""
    for each in hearing.register.all(Instruction):
        if each.received_on is None or not answers_for(hearing, each.unit):
            continue
        limit = each.answer_by or hearing.calendar.add_working_days(each.received_on, hearing.norms.overdue_days)
        if (each.answered_on or hearing.today) <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        told = f"{each.answered_on} 才答复" if each.answered_on else "至今没有答复记录"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"{each.department or '宣传、网信部门'} {each.received_on} 的意见应在 {limit} 前答复，{told}",
            facts={"department": each.department or "宣传、网信部门", "limit": str(limit), "told": told},
        )


def sheets_empty(hearing: Hearing) -> Iterator[Breach]:
    """One notice to the bureau for each sheet that the office never kept: what rests on it was not checked.

    An office that has not begun to keep a register is not told sheet by sheet: the report lists every requirement that
    could not be checked. Option ``sheets``: kind = name.
    """
    if not hearing.register.filled and hearing.spared(Guard.NOT_KEPT, "备案台账"):
        return
    found = hearing.options.get("sheets", {})
    for kind, name in found.items() if isinstance(found, dict) else ():
        if kind in hearing.register.filled and hearing.spared(Guard.ON_FILE, str(name)):
            continue
        yield Breach(
            episode=str(kind),
            explanation=f"“{name}”台账从未填报，靠它检查的要求都没有检查",
            facts={"name": str(name)},
        )


def confirmation_stale(hearing: Hearing) -> Iterator[Breach]:
    """The unit confirmed an account's record within ninety days (default; R37f)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    own = [each for each in hearing.register.all(Attestation) if each.topic == "confirmed"]
    if not own and hearing.spared(Guard.NOT_KEPT, "承诺和说明"):
        return
    stated = [
        each.stated_on
        for each in own
        if each.stated_on is not None
        and each.stated_on <= in_china(hearing.now).date()
        and (each.account == account.id or (not each.account and each.unit == account.sponsor))
    ]
    last, days = max(stated, default=None), hearing.norms.confirmed_days
    if last is not None and (hearing.today - last).days <= days and hearing.spared(Guard.LIMIT, f"{last} 确认"):
        return
    told = f"最近一次是 {last}" if last else "没有确认记录"
    yield Breach(
        episode=f"confirmed:{last or 'never'}",
        explanation=f"备案信息应每 {days} 天确认一次，{told}",
        facts={"days": str(days), "told": told},
    )


def _subject(hearing: Hearing) -> str:
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return ""
    if account.platform in _OWN and hearing.spared(Guard.PLATFORM, "没有平台认证"):
        return ""
    return account.verified_subject.strip()


def _managers(hearing: Hearing) -> list[Person]:
    return [
        each
        for each in hearing.register.of_account(Person, hearing.account_id)
        if each.person_kind is PersonKind.STAFF and "manager" in each.roles and each.in_post(hearing.today)
    ]
