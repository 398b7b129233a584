"""Personal names, as far as a text without a register of people can show them: a surname, one or two signs, an edge.

Used only to grade a finding or to count people in a list: a name alone is never a finding.
"""

from __future__ import annotations

import re
from pathlib import Path


def _read() -> tuple[str, frozenset[str]]:
    lines = (Path(__file__).parent / "data" / "names.txt").read_text(encoding="utf-8").splitlines()[1:]
    return lines[0], frozenset(word for line in lines[1:] for word in line.split())


#: Surnames by their frequency in public lists, and everyday words that begin like a name ("高龄", "安全").
_SINGLE, _WORDS = _read()
SURNAMES = frozenset(_SINGLE)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|令狐|慕容|长孙|宇文|司徒|东方|夏侯|端木|澹台|申屠|呼延|南宫|钟离|独孤"
_NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SINGLE}][\u4e00-\u9fff]{{1,2}})"
#: A name as somebody may print it who hides a part of it.
_HIDDEN = rf"[{_SINGLE}](?:某{{1,2}}|[*×x○]{{1,2}})|[*×○][\u4e00-\u9fff]{{1,2}}"
#: What stands before a name, or after it, when it is one.
_LEAD = (
    "姓名|户主|申请人|监护人|当事人|受助人|收款人|领取人|受益人|死者|患者|患儿|老人|儿童|孤儿|业主|车主|车主为|持证人|配偶|父亲|母亲|家属|亲属|"
    "村民|居民|市民|群众|学生|职工|员工|对象|男方|女方|丈夫|妻子|儿子|女儿|户名|本人|现将|联系人|驾驶人|司机|请加|请联系"
)
_TAIL = (
    r"[，,、：:；;（(【\[）)\s\d]|$|的|家|现住|家住|住|身份证|公民身份|证件|护照|电话|手机|联系|微信|银行|名下|驾驶|所有|女士|先生|同志|男|女|老人|"
    "患|因|为|系|出生"
)
_NAMED = re.compile(
    rf"(?:^|[，。、；;：:\s（(【\[\d.|]|{_LEAD})(?:[:：\s为是]{{0,2}})(?P<name>{_NAME}|{_HIDDEN})(?={_TAIL})"
)
_WHOLE = re.compile(rf"{_NAME}|{_HIDDEN}")
#: Signs that no given name holds, so that a phrase is not taken for one.
_NOT_GIVEN = re.compile("[的了是与及或在等于从被把让对会要不没年月号市县区镇乡村街路组]")


def is_name(text: str) -> bool:
    """True when ``text``, all of it, can be a person's name, whole or partly hidden."""
    return len(text) <= 4 and _WHOLE.fullmatch(text) is not None and _plausible(text)


def is_hidden_name(text: str) -> bool:
    """True for a name of which only the surname, or only the given name, is printed (张某, 张*, *三)."""
    return re.fullmatch(_HIDDEN, text) is not None


def names_in(text: str) -> list[str]:
    """The names that stand in folded ``text`` with an edge on both sides, in their order."""
    return [match["name"] for match in _NAMED.finditer(text) if _plausible(match["name"])]


def ends_with_name(text: str) -> bool:
    """True when folded ``text`` ends with a name that has an edge before it."""
    return any(
        match.end("name") == len(text) and _plausible(match["name"])
        for match in _NAMED.finditer(text, max(0, len(text) - 12))
    )


def _plausible(name: str) -> bool:
    return name[:2] not in _WORDS and _NOT_GIVEN.search(name, 1) is None
