"""One edit of a fixed phrase, and whether it can be a slip at all, told without a dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.rule import Severity
from lexicons import Term
from scanners.confusion import Likeness, is_known, likely

#: From this length on any Han character in place of another is an error, if everything else is whole.
LONG = 6
NUMERALS = frozenset("零〇一二三四五六七八九十百千两")
#: Both are in use for the same thing.
_EQUAL = frozenset(("作做", "做作", "唯惟", "惟唯", "帐账", "账帐", "他它", "它他", "份分", "分份"))
#: Characters that begin or end the wording around a phrase far more often than they are a slip.
COMMON = frozenset(
    "的地得了着过是不在有和与及或以为于对向从把被将由让使等也都就还又再更最很要会能可到去来上下中内外前后里间之其该此这那各每某本"
    "另第设自原现代新老旧大小多少全总副正首"
)
#: Characters whose absence leaves a usual short form.
LINKS = frozenset("的和与及之等、")
#: Characters before which anything may stand: "党的建设", "站的建设".
LEADING = frozenset("党")
#: Characters in which names end: a second one may belong to the name before, another one makes another name.
SUFFIXES = frozenset("村镇乡县市省区国部局厅会社院人党队军民家等各所站处令委办法例员者师志派组奖网科室司法")


class EditKind(StrEnum):
    """What happened to the phrase."""

    REPLACED = "replaced"
    SWAPPED = "swapped"
    DROPPED = "dropped"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One spelling of one row, folded."""

    text: str
    term: Term


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` is ``phrase`` with one edit at ``at`` (an index of the phrase)."""

    phrase: Phrase
    kind: EditKind
    start: int
    end: int
    at: int

    @property
    def place(self) -> int:
        """Where in the text the edit is: the wrong character, the first of two swapped ones, the second of two equal
        ones, or the character after the gap."""
        return self.start + self.at


def likeness(edit: Edit, text: str) -> Likeness | None:
    """Why the wrong character may stand there, ``None`` where nothing but the rest of the phrase speaks for it."""
    if edit.kind is not EditKind.REPLACED:
        return None
    return likely(edit.phrase.text[edit.at]).get(text[edit.place])


def may_be(text: str, edit: Edit) -> bool:
    """True where such an edit can be a slip at all, whatever stands around it."""
    phrase = edit.phrase.text
    if edit.kind is EditKind.DROPPED:
        gone = phrase[edit.at]
        if not is_han(gone) or gone in LINKS or gone in NUMERALS:
            return False
        around = text[max(0, edit.start - 1) : edit.start], text[edit.end : edit.end + 1]
        apart = not any(is_han(sign) and sign not in COMMON for sign in around)
        return len(phrase) >= LONG - 1 or (apart and edit.phrase.term.severity is Severity.VETO)
    if edit.kind is EditKind.SWAPPED:
        pair = text[edit.place : edit.place + 2]
        loose = (edit.place == edit.start and pair[0] in COMMON) or (edit.place + 2 == edit.end and pair[1] in COMMON)
        return not set(pair) <= NUMERALS and not (loose and len(phrase) < LONG)
    if edit.kind is EditKind.DOUBLED:
        first, last = edit.place - 1 == edit.start, edit.place + 1 == edit.end
        outer = text[edit.start - 1 : edit.start] if first else text[edit.end : edit.end + 1] if last else ""
        doubled = text[edit.place]
        belongs = (is_han(outer) and outer not in COMMON and doubled in SUFFIXES) or outer in ("(", "（")
        belongs = belongs or (is_han(outer) and doubled in COMMON)
        return is_han(doubled) and not belongs
    wrong, right = text[edit.place], phrase[edit.at]
    beside = text[max(0, edit.place - 1) : edit.place] + text[edit.place + 1 : edit.place + 2]
    counts = wrong in NUMERALS and (right in NUMERALS or bool(set(beside) & NUMERALS))
    if counts or wrong + right in _EQUAL or not (is_known(wrong) and is_known(right)):
        return False
    return likeness(edit, text) is not None or _may_stand_alone(edit, wrong, right)


def _may_stand_alone(edit: Edit, wrong: str, right: str) -> bool:
    """True where a character that neither sounds nor looks like the right one may still be nothing but wrong."""
    size = len(edit.phrase.text)
    last = edit.at == size - 1
    if wrong in COMMON or wrong in NUMERALS or (wrong in SUFFIXES and (last or size < LONG)):
        return False
    return not (last and right in SUFFIXES) and not (edit.at == 0 and right in LEADING)


def is_han(sign: str) -> bool:
    """True for one Han character of the basic block."""
    return sign != "" and "\u4e00" <= sign <= "\u9fff"
