"""服务外包 (第二条): contract, choice, secrecy, rules and who really decides, from the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months
from domain.register import FilingSheet, Person, PersonKind, Vendor
from scanners.duties.concern import answers_for, on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: What stands in the form where nothing is outsourced.
_NONE = frozenset({"", "无", "/", "否", "没有", "不外包"})


def contract_missing(hearing: Hearing) -> Iterator[Breach]:
    """Every vendor has a written agreement that sets what is outsourced, from when and until when (R04)."""
    for vendor in _in_use(hearing):
        asked = {
            "合同编号": vendor.contract_no,
            "外包事项": vendor.scope,
            "起始日期": vendor.starts_on,
            "终止日期": vendor.ends_on,
        }
        missing = [name for name, value in asked.items() if not value]
        if not missing and hearing.spared(Guard.ON_FILE, vendor.contract_no):
            continue
        yield _breach(vendor, "、".join(missing), f"服务外包 {_called(vendor)}：合同登记缺少{'、'.join(missing)}")


def contract_expired(hearing: Hearing) -> Iterator[Breach]:
    """The contract has not run out; its last day still counts, and a later contract of the same vendor stands in."""
    for vendor in _in_use(hearing):
        if vendor.ends_on is None:
            continue
        if hearing.today <= vendor.ends_on and hearing.spared(Guard.LIMIT, f"到 {vendor.ends_on}"):
            continue
        if _renewed(hearing, vendor, hearing.today) and hearing.spared(Guard.ON_FILE, "已续签"):
            continue
        yield _breach(vendor, str(vendor.ends_on), f"与{_called(vendor)}的合同 {vendor.ends_on} 到期，没有续签记录")


def contract_expiring(hearing: Hearing) -> Iterator[Breach]:
    """Thirty days (default) before its end a contract is called to mind."""
    days = hearing.norms.contract_warn_days
    for vendor in _in_use(hearing):
        if vendor.ends_on is None or vendor.ends_on < hearing.today:
            continue
        if (vendor.ends_on - hearing.today).days > days and hearing.spared(Guard.LIMIT, f"到 {vendor.ends_on}"):
            continue
        if _renewed(hearing, vendor, vendor.ends_on + timedelta(days=1)) and hearing.spared(Guard.ON_FILE, "已续签"):
            continue
        yield _breach(vendor, str(vendor.ends_on), f"与{_called(vendor)}的合同 {vendor.ends_on} 到期，不足 {days} 天")


def procurement_missing(hearing: Hearing) -> Iterator[Breach]:
    """The vendor was chosen in competition: number and method of the procurement are on file (R04a)."""
    for vendor in _in_use(hearing):
        missing = [
            name
            for name, value in (("采购编号", vendor.procurement_no), ("采购方式", vendor.procurement_method))
            if not value
        ]
        if not missing and hearing.spared(Guard.ON_FILE, vendor.procurement_no):
            continue
        yield _breach(vendor, "、".join(missing), f"服务外包 {_called(vendor)}：没有登记{'、'.join(missing)}")


def secrecy_missing(hearing: Hearing) -> Iterator[Breach]:
    """Secrecy rules with the vendor, and an agreement signed no later than the contract begins, in force (R05)."""
    for vendor in _in_use(hearing):
        told = _secrecy(vendor, hearing.today)
        if not told and hearing.spared(Guard.ON_FILE, f"{vendor.secrecy_signed_on} 签订"):
            continue
        yield _breach(vendor, told, f"服务外包 {_called(vendor)}：{told}")


def rules_stale(hearing: Hearing) -> Iterator[Breach]:
    """Rules for supervising the vendor, looked over within twelve months (R06; the period is a default)."""
    for vendor in _in_use(hearing):
        last, months = vendor.rules_reviewed_on, hearing.norms.rules_months
        fresh = bool(vendor.rules_document) and last is not None and hearing.today <= add_months(last, months)
        if fresh and hearing.spared(Guard.LIMIT, f"{last} 审查"):
            continue
        if not vendor.rules_document:
            told = "没有登记监管办法"
        else:
            told = f"监管办法最近一次审查是 {last}" if last else "监管办法没有审查日期"
        yield _breach(vendor, told, f"服务外包 {_called(vendor)}：{told}", f"{vendor.key}:{last or 'never'}")


def unrecorded(hearing: Hearing) -> Iterator[Breach]:
    """A vendor that the filing sheet or the list of people names for an account is on the sheet of vendors (R04)."""
    if passed_over(hearing):
        return
    names = {each.vendor.strip() for each in hearing.register.of_account(FilingSheet, hearing.account_id)} - _NONE
    people = [
        each
        for each in hearing.register.of_account(Person, hearing.account_id)
        if each.person_kind is PersonKind.VENDOR and each.in_post(hearing.today)
    ]
    if not names and not people:
        return
    known = [v.name for v in hearing.register.of_account(Vendor, hearing.account_id)]
    if known and hearing.spared(Guard.ON_FILE, "、".join(known)):
        return
    told = "、".join(sorted(names)) or f"外包人员 {len(people)} 人"
    yield Breach(
        episode="vendor",
        explanation=f"登记表或人员台账显示账号由外包单位参与维护（{told}），服务外包台账没有该账号的合同",
        facts={"told": told},
    )


def run_by_vendor(hearing: Hearing) -> Iterator[Breach]:
    """脱管: people of a vendor hold permissions and not one member of the staff who is in post does (R07)."""
    if passed_over(hearing):
        return
    people = [p for p in hearing.register.of_account(Person, hearing.account_id) if p.in_post(hearing.today)]
    vendors = [p for p in people if p.person_kind is PersonKind.VENDOR]
    if not vendors:
        return
    staff = [p for p in people if p.person_kind is PersonKind.STAFF and "manager" in p.roles]
    if staff and hearing.spared(Guard.ON_FILE, f"在编管理员 {len(staff)} 人"):
        return
    yield Breach(
        episode="managers",
        record=f"{Person.kind}:{vendors[0].key}",
        explanation=f"账号有外包人员 {len(vendors)} 人，没有一名在编在岗的管理员",
        facts={"count": str(len(vendors))},
    )


def review_by_vendor(hearing: Hearing) -> Iterator[Breach]:
    """The final review of a post is not left to somebody of a vendor (R07)."""
    vendors = {p.name for p in hearing.register.all(Person) if p.person_kind is PersonKind.VENDOR and p.name}
    if not vendors:
        return
    staff = {p.name for p in hearing.register.all(Person) if p.person_kind is PersonKind.STAFF}
    since = hearing.today - timedelta(days=hearing.norms.judged_days)
    for approval in hearing.facts.approvals:
        if not approval.final_by or (approval.final_at is not None and on_day(approval.final_at) < since):
            continue
        decides = approval.final_by not in vendors or approval.final_by in staff
        if decides and hearing.spared(Guard.NOT_CONCERNED, "终审人不是外包人员"):
            continue
        yield Breach(
            episode=approval.key,
            record=f"{approval.kind}:{approval.key}",
            explanation=f"审批 {approval.key} 的终审人在人员台账中是外包单位人员",
            facts={"title": approval.title or approval.key},
        )


def _in_use(hearing: Hearing) -> Iterator[Vendor]:
    """The unit's contracts that name accounts: one without accounts is over."""
    for vendor in hearing.register.all(Vendor):
        if not answers_for(hearing, vendor.unit, vendor.accounts[0] if vendor.accounts else ""):
            continue
        if vendor.accounts or not hearing.spared(Guard.NOT_CONCERNED, "合同没有填账号"):
            yield vendor


def _renewed(hearing: Hearing, vendor: Vendor, day: date) -> bool:
    return any(
        each.key != vendor.key
        and each.name == vendor.name
        and set(vendor.accounts) <= set(each.accounts)
        and each.starts_on is not None
        and each.starts_on <= day
        and (each.ends_on is None or each.ends_on >= day)
        for each in hearing.register.all(Vendor)
    )


def _secrecy(vendor: Vendor, today: date) -> str:
    if vendor.secrecy_signed_on is None:
        return "没有登记保密安全协议"
    if vendor.starts_on is not None and vendor.secrecy_signed_on > vendor.starts_on:
        return f"保密安全协议 {vendor.secrecy_signed_on} 才签订，晚于合同开始的 {vendor.starts_on}"
    if vendor.secrecy_ends_on is not None and vendor.secrecy_ends_on < today:
        return f"保密安全协议已于 {vendor.secrecy_ends_on} 到期"
    return "" if vendor.secrecy_rules else "没有登记保密安全制度"


def _called(vendor: Vendor) -> str:
    return vendor.name or vendor.key


def _breach(vendor: Vendor, told: str, explanation: str, episode: str = "") -> Breach:
    return Breach(
        episode=episode or vendor.key,
        record=f"{vendor.kind}:{vendor.key}",
        explanation=explanation,
        facts={"vendor": _called(vendor), "told": told},
    )
