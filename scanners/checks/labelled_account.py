"""Accounts that no check digit proves: passbooks and 一卡通 of rural banks; the label and the person decide."""

from __future__ import annotations

import re

from domain.rule import Severity
from scanners import people
from scanners.checks.bank_card import luhn
from scanners.checks.candidate import Candidate, Verdict, reject

#: Accounts that only people have.
_PERSONAL = re.compile("一卡通|存折|社保卡|惠农卡|惠民卡|本人|个人|户主|监护人|收款人|领取人|受益人|姓名")
#: Whoever holds an account under such a name is no person.
_OFFICE = re.compile(
    "单位|对公|公司|中心|协会|学会|商会|基金会|慈善|总会|委员会|财政|国库|学校|大学|学院|医院|福利院|法院|检察院|税务|管理[局处所]|"
    "民政局|[厅局]|专户|基本户|捐赠|募捐|善款|保证金|缴费|缴款|收费|诉讼费|办事处|人民政府|公积金|户名[：:][^，。；\n]{5,}"
)
_LUHN_LENGTHS = (16, 19)


def check(candidate: Candidate) -> Verdict:
    """12 to 23 digits that the rule's context calls an account: a person's is reported, an office's is not."""
    value = candidate.value
    if len(set(value)) < 3:
        return reject("不像账号")
    if value.startswith("62") and len(value) in _LUHN_LENGTHS and luhn(value):
        return reject("卡号校验相符，由银行卡号规则报告")
    around = f"{candidate.before[-60:]}|{candidate.after[:40]}|{candidate.head}|{candidate.row}"
    if _OFFICE.search(around):
        return reject("是单位的账户")
    named = people.names_in(around) or any(people.is_name(cell) for cell in candidate.row.split("\t"))
    if not named and not _PERSONAL.search(around):
        return reject("看不出是个人的账户")
    severity = None if named else Severity.MINOR
    return Verdict(ok=True, severity=severity, explanation=f"{len(value)} 位，写明是账号或存折，没有校验码可核对")
