"""Masks for private values. Used by every output, so that the inspector does not become the leak.

What stays readable: the first two and last three characters of an identity number (2 + 13 + 3), the first three and
last four digits of a mobile number, the last four of any other long number, the service of a mail box, the province and
the last two signs of a number plate, the county or town of an address, the surname of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scanners import folding

_SEP = r"[ \u00a0\u3000.·\-\u2010-\u2015]"
#: Everything that looks like a private number, whether or not its check digit is right: a mistyped one is private, too.
_LONG = rf"(?<![0-9])\d(?:(?:{_SEP}|\r?\n)?[\dx]){{14,}}(?![0-9])"
_MOBILE = rf"(?<![0-9])1[3-9]\d(?:{_SEP}?\d){{8}}(?![0-9])(?!\.?\d*(?:元|万|亿))"
_MAIL = r"[a-z0-9][a-z0-9._%+\-]{0,63}@(?!(?:[a-z0-9\-]+\.)*gov\.)(?:[a-z0-9\-]{1,40}\.){1,3}[a-z]{2,6}"
_PLATE = (
    r"(?<=[\u4e00-\u9fff：:\s，、（(])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[a-hj-np-z][ ·.•]?"
    r"(?=[a-z0-9]{0,4}\d)[a-hj-np-z0-9]{5,6}(?![0-9a-z])"
)
#: Values that only their label tells from other words: what stands after it is hidden.
_LABELLED = (
    r"(?<=护照)(?:号码?)?[：:\s]{0,2}[a-z]{1,2}\d{7,8}|(?<=通行证)(?:号码?)?[：:\s（(]{0,2}[a-z]\d{8}(?:\d{2})?|"
    r"(?<=账号)[：:\s为是]{0,2}\d(?:[ \-]?\d){11,14}|(?<=卡号)[：:\s为是]{0,2}\d(?:[ \-]?\d){11,14}|"
    r"(?<=微信号)[：:\s]{0,2}[a-z][a-z0-9_\-]{5,19}|(?<=qq)(?:号码?)?[：:\s]{0,2}[1-9]\d{4,10}|"
    r"(?<![0-9a-z])(?:[jl]|b[jl])\d{6}-\d{4}-\d{5,6}"
)
_DOOR = (
    r"[0-9一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|号)?[ ]?[0-9一二三四五六七八九十]{1,2}单元"
    r"(?:[ ]?[0-9]{1,4}[室号户]?)?|"
    r"(?<=[栋幢])[0-9]{2,4}室|[0-9一二三四五六七八九十]{1,4}[栋幢](?:[0-9]{2,4}室)?"
)
_PRIVATE = re.compile("|".join(f"(?:{part})" for part in (_LONG, _MOBILE, _MAIL, _PLATE, _LABELLED, _DOOR)))
_SIGN = re.compile("[0-9a-z]")
_HAN = re.compile("[\u4e00-\u9fff]")
_IDENTITY = re.compile(r"\d{15}|\d{17}[\dx]")
_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|区|县|旗|镇|乡|街道))+")
_LABEL_SIGNS = re.compile(r"(?:号码?)?[：:\s（(为是]*")


def mask(value: str) -> str:
    """A private value as it may be shown; separators and the way its digits were written are not kept."""
    base = folding.fold_base(value)
    digits = folding.read_digits(base.text)
    plain = "".join(_SIGN.findall(digits))
    if "@" in digits:
        return f"{digits[:1]}***@{digits.rsplit('@', 1)[1]}"
    if _HAN.search(digits):
        return _masked_words(digits)
    if _IDENTITY.fullmatch(plain):
        return f"{plain[:2]}{'*' * (len(plain) - 5)}{plain[-3:]}".upper()
    if len(plain) == 11 and plain.isdigit():
        return f"{plain[:3]}****{plain[-4:]}"
    if len(plain) > 8:
        return f"{'*' * (len(plain) - 4)}{plain[-4:]}".upper()
    return "*" * max(len(value), 1)


def _masked_words(text: str) -> str:
    """Addresses down to the county or town, plates down to the province, names down to the surname."""
    region = _REGION.match(text)
    if region and region.end() < len(text):
        return f"{region.group()}***"
    if len(text) <= 9 and re.fullmatch(r"[\u4e00-\u9fff][ ]?[a-z][^\u4e00-\u9fff]*.?", text):
        return f"{text[0]}****{text[-2:]}".upper()
    return "*" * len(text) if len(text) <= 2 else f"{text[0]}***"


def mask_private(text: str) -> str:
    """``text`` with everything in it that looks like a private value masked, whichever rule reports it."""
    base = folding.fold_base(text)
    digits = folding.read_digits(base.text)
    pieces: list[str] = []
    cursor = 0
    for match in _PRIVATE.finditer(digits):
        label = _LABEL_SIGNS.match(match.group())
        start, end = base.span(match.start() + (label.end() if label else 0), match.end())
        pieces.append(text[cursor:start])
        pieces.append(mask(text[start:end]))
        cursor = end
    pieces.append(text[cursor:])
    return "".join(pieces)


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with ``spans`` of it masked, and all else that looks private, too. Spans may overlap."""
    pieces: list[str] = []
    cursor = 0
    for start, end in _joined(spans):
        pieces.append(mask_private(text[cursor:start]))
        pieces.append(mask(text[start:end]))
        cursor = end
    pieces.append(mask_private(text[cursor:]))
    return "".join(pieces)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
