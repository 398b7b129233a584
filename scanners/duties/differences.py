"""What differs between two texts: numbers, names, and the first place where they part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

#: A number with what it counts: ``3000元``, ``12.5%``, ``2026年``; Chinese numerals only before a unit of measure.
_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:%|‰|[\u4e00-\u9fff]{0,2})?"
    r"|[一二三四五六七八九十百千万亿零两]{1,8}(?:元|人|户|周岁|岁|天|日|个月|年|名|家|所|张|万|亿|小时|工作日)"
)
_DIGITS = re.compile(r"^[\d,.]+")
#: The hundred most frequent family names (公安部户政 statistics), with which a name before an office begins.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
#: Names that stand before an office or a form of address.
_TITLED = re.compile(
    rf"(?P<name>[{_FAMILY}][\u4e00-\u9fff]{{1,2}})(?=同志|局长|副局长|书记|主任|副主任|站长|院长|市长|副市长|厅长|部长|科长|处长)"
)
#: Not more than so many changes are told one by one.
_TOLD = 3
_AROUND = 12


def numbers(text: str) -> Counter[str]:
    """The numbers of a text by their value, without what they count and without thousands separators."""
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        digits = _DIGITS.match(match[0])
        found[digits[0].replace(",", "").rstrip(".") if digits else match[0]] += 1
    return found


def changed_numbers(before: str, after: str) -> list[str]:
    """In Chinese, which numbers are in one text and not in the other; empty where all are in both."""
    one, other = numbers(before), numbers(after)
    return _told("数字", sorted((one - other).elements()), sorted((other - one).elements()))


def changed_names(before: str, after: str, known: Iterable[str]) -> list[str]:
    """In Chinese, which names (of ``known``, and those before an office) are in one text and not in the other."""
    listed = frozenset(known)
    one, other = _names(before, listed), _names(after, listed)
    return _told("名称", sorted(one - other), sorted(other - one))


def first_difference(before: str, after: str) -> str:
    """The first place where two texts part: ``“……3000元”改为“……2000元”``."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    start = max(same - _AROUND // 2, 0)
    old, new = before[start : same + _AROUND], after[start : same + _AROUND]
    if same == len(before):
        return f"末尾多出“{after[same : same + 2 * _AROUND]}”"
    if same == len(after):
        return f"末尾少了“{before[same : same + 2 * _AROUND]}”"
    return f"审定“{old}”，发布“{new}”"


def _names(text: str, known: frozenset[str]) -> set[str]:
    return {name for name in known if name in text} | {match["name"] for match in _TITLED.finditer(text)}


def _told(what: str, gone: list[str], come: list[str]) -> list[str]:
    if not gone and not come:
        return []
    parts = []
    if gone:
        parts.append(f"少了{_listed(gone)}")
    if come:
        parts.append(f"多了{_listed(come)}")
    return [f"{what}{'、'.join(parts)}"]


def _listed(items: list[str]) -> str:
    more = f"等{len(items)}处" if len(items) > _TOLD else ""
    return "、".join(f"“{item}”" for item in items[:_TOLD]) + more
