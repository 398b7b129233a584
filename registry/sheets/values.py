"""Cells to the values of records. Every problem is a Chinese sentence that says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from registry.sheets import codes
from registry.sheets.catalogue import nearest
from registry.sheets.dates import read_day, read_moment
from registry.sheets.directory import Directory
from registry.sheets.model import Field, Value

_TRAILING_ZERO = re.compile(r"(\d+)\.0+")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_YES = frozenset(("是", "有", "对", "已", "通过", "可用", "真", "yes", "y", "true", "1", "√", "✓", "✔", "☑", "■", "v"))
_NO = frozenset(("否", "无", "不", "未", "不是", "没有", "未通过", "不通过", "不可用", "假")) | frozenset(
    ("no", "n", "false", "0", "×", "✗", "✘", "✕", "☐", "□", "x")
)
_NOTHING = frozenset(("/", "／", "—", "-", "——", "－"))
_NONE = frozenset(("无", "暂无", "没有"))
#: Here 无 is an answer, or one word among others.
_WORDS = frozenset((Value.TEXT, Value.YES_NO, Value.LIST, Value.CHOICE, Value.CHOICES))
_DIVIDED = re.compile(r"[|｜\n]+")
_LOOSELY = re.compile(r"[、；;，,]+")


def plain(text: str) -> str:
    """Digits and letters in their usual width, without the tail of a number that Excel wrote as a fraction."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    found = _TRAILING_ZERO.fullmatch(narrow)
    return found[1] if found else narrow


def pieces(text: str, *, loosely: bool = True) -> tuple[str, ...]:
    """The values of a cell that holds several: divided by bars or lines where there are any, else (``loosely``) by
    Chinese or English commas."""
    split = _DIVIDED.split(text) if _DIVIDED.search(text) or not loosely else _LOOSELY.split(text)
    return tuple(dict.fromkeys(part.strip() for part in split if part.strip()))


def value_of(field: Field, text: str, directory: Directory) -> Any:
    """What a filled cell means; ``None`` where it only says that there is nothing (``/``, ``—``, 无).

    Raises ``ValueError`` with a Chinese reason.
    """
    if (field.value is not Value.TEXT and text in _NOTHING) or (field.value not in _WORDS and text in _NONE):
        return None
    return _READERS[field.value](field, text, directory)


def _code(_: Field, text: str, __: Directory) -> str:
    return plain(text)


def _name(_: Field, text: str, __: Directory) -> str:
    return re.sub(r"\s", "", text)


def _unit(field: Field, text: str, directory: Directory) -> str:
    written = re.sub(r"\s", "", text)
    return written if field.name == "key" else directory.unit(written)


def _day(_: Field, text: str, __: Directory) -> Any:
    return read_day(text)


def _moment(_: Field, text: str, __: Directory) -> Any:
    return read_moment(text, exact=False)


def _minute(_: Field, text: str, __: Directory) -> Any:
    return read_moment(text, exact=True)


def _yes_no(field: Field, text: str, _: Directory) -> bool:
    word = plain(text).casefold()
    if word in _YES or text in _YES:
        return True
    if word in _NO or text in _NO:
        return False
    raise ValueError(f"{field.header}“{text}”看不懂；可填：是、否，或留空")


def _number(field: Field, text: str, _: Directory) -> int:
    bare = plain(text).replace(",", "").rstrip("人次级")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(万)?", bare)
    if found is None or (not found[2] and "." in found[1]):
        raise ValueError(f"{field.header}“{text}”不是整数；请只写数字")
    return round(float(found[1]) * 10000) if found[2] else int(found[1])


def _choice(field: Field, text: str, _: Directory) -> str:
    known = field.choices or {}
    by_plain = {re.sub(r"\s", "", unicodedata.normalize("NFKC", word)).casefold(): held for word, held in known.items()}
    word = re.sub(r"\s", "", plain(text)).casefold()
    if word in by_plain:
        return by_plain[word]
    if text in known.values():
        return text
    like = nearest(text, known)
    hint = f"，最接近的是“{like}”" if like else ""
    raise ValueError(f"{field.header}“{text}”不认识{hint}；可填：{'、'.join(field.words)}")


def _choices(field: Field, text: str, directory: Directory) -> tuple[str, ...]:
    split = filter(None, re.split(r"[|｜、；;，,/\s]+", text))
    return tuple(dict.fromkeys(_choice(field, part, directory) for part in split))


def _list(_: Field, text: str, __: Directory) -> tuple[str, ...]:
    return pieces(text)


def _names(_: Field, text: str, __: Directory) -> tuple[str, ...]:
    return tuple(re.sub(r"\s", "", part) for part in pieces(text))


def _units(_: Field, text: str, directory: Directory) -> tuple[str, ...]:
    return tuple(directory.unit(re.sub(r"\s", "", part)) for part in pieces(text))


def _url(field: Field, text: str, _: Directory) -> str:
    address = re.sub(r"\s", "", text)
    if not _URL.fullmatch(address):
        raise ValueError(f"{field.header}“{text[:80]}”不是网址；应以 http:// 或 https:// 开头，没有网址请留空")
    return address


def _urls(field: Field, text: str, directory: Directory) -> tuple[str, ...]:
    split = [part for piece in pieces(text, loosely=False) for part in piece.split()]
    return tuple(_url(field, part, directory) for part in split)


def _account(_: Field, text: str, directory: Directory) -> str:
    return directory.account(text)


def _accounts(_: Field, text: str, directory: Directory) -> tuple[str, ...]:
    return tuple(dict.fromkeys(directory.account(part) for part in pieces(text)))


def _exempt(field: Field, text: str, directory: Directory) -> tuple[str, ...]:
    found: list[str] = []
    for part in pieces(text, loosely=False):
        account, equals, reason = part.replace("＝", "=").partition("=")
        if not equals or not reason.strip():
            raise ValueError(f"{field.header}“{part}”没有写理由；格式为 账号=理由，多个用竖线 | 分开")
        found.append(f"{directory.account(account.strip())}={reason.strip()}")
    return tuple(found)


_READERS: Mapping[Value, Callable[[Field, str, Directory], Any]] = {
    Value.TEXT: lambda _, text, __: text,
    Value.CODE: _code,
    Value.NAME: _name,
    Value.UNIT: _unit,
    Value.CREDIT_CODE: lambda _, text, __: codes.credit_code(plain(text)),
    Value.MOBILE: lambda _, text, __: codes.mobile(plain(text)),
    Value.PHONE: lambda _, text, __: codes.phone(plain(text)),
    Value.URL: _url,
    Value.DATE: _day,
    Value.MOMENT: _moment,
    Value.MINUTE: _minute,
    Value.YES_NO: _yes_no,
    Value.NUMBER: _number,
    Value.CHOICE: _choice,
    Value.CHOICES: _choices,
    Value.LIST: _list,
    Value.URLS: _urls,
    Value.NAMES: _names,
    Value.UNITS: _units,
    Value.ACCOUNT: _account,
    Value.ACCOUNTS: _accounts,
    Value.EXEMPT: _exempt,
}
