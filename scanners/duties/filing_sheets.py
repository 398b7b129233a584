"""备案登记表 (annex 1): one for each account, every field filled, signed and sealed in order (R37d, R92–R95)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from domain.account import Account
from domain.outcome import Outcome
from domain.register import EventKind, FilingEvent, FilingSheet, Unit
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

_MOBILE = re.compile(r"1\d{10}")
_PHONE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?|1\d{10}")
_ROWS = {"leader": "分管领导", "head": "科室负责人", "manager": "管理员"}
_COLUMNS = {"name": "姓名", "post": "单位及职务", "phone": "办公电话", "mobile": "手机号码"}
_APPS = ("app", "miniprogram")
#: Types of the form under which a further choice has to be made.
_WITH_SUBTYPE = ("微信", "其他")


def missing(hearing: Hearing) -> Iterator[Breach]:
    """Every account in use has its own sheet (R95)."""
    if passed_over(hearing):
        return
    if not hearing.register.keeps(FilingSheet) and hearing.spared(Guard.NOT_KEPT, "备案登记表"):
        return
    if _sheets(hearing) and hearing.spared(Guard.ON_FILE, hearing.account_id):
        return
    yield Breach(episode="sheet", explanation="备案登记表台账里没有该账号的登记表")


def repeated(hearing: Hearing) -> Iterator[Breach]:
    """One sheet for one event of an account: two for the same are one too many, or of another account (R95)."""
    seen: dict[str, FilingSheet] = {}
    for sheet in _sheets(hearing):
        event = sheet.event_key or (sheet.event.value if sheet.event else "")
        if event not in seen and hearing.spared(Guard.ALIKE, sheet.key):
            seen[event] = sheet
            continue
        other = seen.get(event, sheet)
        told = f"{other.key} 和 {sheet.key} 是同一事项的两份登记表"
        yield _breach(sheet, told)


def change_without_sheet(hearing: Hearing) -> Iterator[Breach]:
    """An approved change of an account has a sheet of its own (R37e)."""
    if not hearing.register.keeps(FilingSheet) and hearing.spared(Guard.NOT_KEPT, "备案登记表"):
        return
    sheets = _sheets(hearing)
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        if event.event is not EventKind.CHANGE or event.approved_on is None:
            continue
        fits = [s for s in sheets if s.event_key == event.key or (not s.event_key and s.event is EventKind.CHANGE)]
        if fits and hearing.spared(Guard.ON_FILE, fits[0].key):
            continue
        yield Breach(
            episode=event.key,
            record=f"{event.kind}:{event.key}",
            explanation=f"变更 {event.key} {event.approved_on} 批准，没有对应的备案登记表",
            facts={"event": event.key},
        )


def basics_missing(hearing: Hearing) -> Iterator[Breach]:
    """Every field of the block 基本信息 (R92); 外包 may be 无, 下载URL is asked of apps only."""
    for sheet in _sheets(hearing):
        asked: dict[str, object] = {
            "名称": sheet.name,
            "备案事由": sheet.event,
            "类型": sheet.platform_type,
            "开设时间": sheet.opened_on,
            "是否通过认证": sheet.certified is not None,
            "简介": sheet.introduction,
            "服务外包单位名称及资质": sheet.vendor,
        }
        if sheet.event is EventKind.CHANGE:
            asked["变更内容"] = sheet.change
        if sheet.platform_type.startswith(_WITH_SUBTYPE):
            asked["类型的细项"] = sheet.platform_subtype
        app = hearing.facts.account is not None and hearing.facts.account.platform in _APPS
        asked |= (
            {"下载URL": sheet.download_url}
            if app
            else {
                "文章URL": sheet.article_url,
                "主页URL": sheet.home_url,
            }
        )
        absent = [name for name, value in asked.items() if not value]
        if not absent and hearing.spared(Guard.ON_FILE, sheet.key):
            continue
        yield _breach(sheet, f"缺少{'、'.join(absent)}")


def team_missing(hearing: Hearing) -> Iterator[Breach]:
    """管理队伍: three rows of four columns, and not one person in all three (R93)."""
    for sheet in _sheets(hearing):
        absent = [
            f"{row}的{column}"
            for key, row in _ROWS.items()
            for part, column in _COLUMNS.items()
            if not getattr(sheet, f"{key}_{part}").strip()
        ]
        names = {sheet.leader_name, sheet.head_name, sheet.manager_name}
        alone = len(names) == 1 and "" not in names
        if not absent and not alone and hearing.spared(Guard.ON_FILE, sheet.key):
            continue
        yield _breach(sheet, "三行是同一个人" if alone else f"缺少{'、'.join(absent)}")


def opinions_missing(hearing: Hearing) -> Iterator[Breach]:
    """Signature and seals with their days; the county's opinion only of a county unit (R94)."""
    for sheet in _sheets(hearing):
        asked: dict[str, object] = {
            "主办单位负责人签字": sheet.sponsor_signed_by,
            "主办单位签字日期": sheet.sponsor_signed_on,
            "主办单位盖章日期": sheet.sponsor_sealed_on,
            "同级主管单位盖章日期": sheet.supervisor_sealed_on,
        }
        if _is_county(hearing.facts.unit):
            asked["县区主管单位盖章日期"] = sheet.county_sealed_on
        absent = [name for name, value in asked.items() if not value]
        if not absent and hearing.spared(Guard.ON_FILE, sheet.key):
            continue
        yield _breach(sheet, f"缺少{'、'.join(absent)}")


def opinions_disordered(hearing: Hearing) -> Iterator[Breach]:
    """The days of the opinions do not go backwards: in the order of the form (R94)."""
    for sheet in _sheets(hearing):
        days = [
            ("主办单位签字", sheet.sponsor_signed_on),
            ("主办单位盖章", sheet.sponsor_sealed_on),
            ("同级主管单位盖章", sheet.supervisor_sealed_on),
            ("县区主管单位盖章", sheet.county_sealed_on if _is_county(hearing.facts.unit) else None),
        ]
        known = [(name, day) for name, day in days if day is not None]
        wrong = [
            f"{later} {second} 早于{earlier} {first}"
            for (earlier, first), (later, second) in pairwise(known)
            if second < first
        ]
        if not wrong and hearing.spared(Guard.ALIKE, sheet.key):
            continue
        yield _breach(sheet, "；".join(wrong))


def invalid(hearing: Hearing) -> Iterator[Breach]:
    """Phone numbers and addresses are such (R37d)."""
    for sheet in _sheets(hearing):
        wrong = [
            f"{row}的{_COLUMNS[part]}"
            for key, row in _ROWS.items()
            for part, shape in (("phone", _PHONE), ("mobile", _MOBILE))
            if (value := getattr(sheet, f"{key}_{part}").strip()) and not shape.fullmatch(value)
        ]
        for name, url in (("文章URL", sheet.article_url), ("主页URL", sheet.home_url), ("下载URL", sheet.download_url)):
            if url.strip() and not _is_url(url):
                wrong.append(name)
        if not wrong and hearing.spared(Guard.ALIKE, sheet.key):
            continue
        yield _breach(sheet, f"{'、'.join(wrong)}格式不对")


def differs(hearing: Hearing) -> Iterator[Breach]:
    """The last sheet bears the account's own name as the register has it (R37d); spaces and width do not matter."""
    account, sheets = hearing.facts.account, _sheets(hearing)
    if account is None or not sheets:
        return
    sheet = max(sheets, key=lambda each: str(each.sponsor_signed_on or ""))
    if not sheet.name or (_plain(sheet.name) == _plain(account.name) and hearing.spared(Guard.ALIKE, sheet.name)):
        return
    yield _breach(sheet, f"登记表的名称是“{sheet.name}”，账号台账是“{account.name}”")


def address_dead(hearing: Hearing) -> Iterator[Breach]:
    """The addresses on the sheet answer (R37d). Only the server's "nothing there" counts."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    for sheet in _sheets(hearing):
        for name, url in (("文章URL", sheet.article_url), ("主页URL", sheet.home_url), ("下载URL", sheet.download_url)):
            link = hearing.facts.links.get(url)
            if not url or link is None or not link.followed:
                continue
            if link.outcome.is_reach and hearing.spared(Guard.UNREACHED, link.outcome.value):
                continue
            if link.outcome is Outcome.OK and hearing.spared(Guard.OUTCOME, "能打开"):
                continue
            yield _breach(sheet, f"{name}打不开：{url}", f"{sheet.key}:{url}")


def account_incomplete(hearing: Hearing) -> Iterator[Breach]:
    """The account's own line in the register has its sponsor, subject, filing number and home page (R37d)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    absent = [name for name, value in _line(account).items() if not value.strip()]
    if not absent and hearing.spared(Guard.ON_FILE, account.filing_no):
        return
    yield Breach(
        episode="account",
        explanation=f"账号台账缺少{'、'.join(absent)}",
        facts={"told": "、".join(absent)},
    )


def _line(account: Account) -> dict[str, str]:
    found = {"主办单位": account.sponsor, "备案号": account.filing_no}
    if account.platform not in ("app", "website"):
        found["认证主体"] = account.verified_subject
    return found


def _sheets(hearing: Hearing) -> tuple[FilingSheet, ...]:
    return hearing.register.of_account(FilingSheet, hearing.account_id)


def _is_county(unit: Unit | None) -> bool:
    return unit is not None and unit.tier in ("县区", "县", "区", "县级")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _breach(sheet: FilingSheet, told: str, episode: str = "") -> Breach:
    return Breach(
        episode=episode or sheet.key,
        record=f"{sheet.kind}:{sheet.key}",
        explanation=f"备案登记表 {sheet.key}：{told}",
        facts={"told": told},
    )
