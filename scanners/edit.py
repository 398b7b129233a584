"""One edit of a fixed phrase, and whether it can be a slip at all, told from the characters beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.rule import Severity
from lexicons import Term
from scanners.confusion import Likeness, is_known, likely
from scanners.dictionary import dictionary
from scanners.odds import is_unheard, leaves_pieces

#: From this length on any Han character in place of another is an error, if everything else is whole.
LONG = 6
NUMERALS = frozenset("零〇一二三四五六七八九十百千两")
#: Both are in use for the same thing.
_EQUAL = frozenset(("作做", "做作", "唯惟", "惟唯", "帐账", "账帐", "他它", "它他", "份分", "分份"))
#: Tens that no congress, session or plan has reached.
_TOO_MANY = frozenset("三四五六七八九")
#: What fixed counts stand in.
_QUOTES = frozenset("“”\"'‘’「」")
#: Characters that begin or end the wording around a phrase far more often than they are a slip.
COMMON = frozenset(
    "的地得了着过是不在有和与及或以为于对向从把被将由等也都就还又再更最很要会能到去来上下中内外前后里间之其该此这那各每某本"
    "另第设自原现代新老旧大小多少全总副正首"
)
#: Characters whose absence leaves a usual short form.
LINKS = frozenset("的和与及之等、")
#: Characters before which anything may stand: "党的建设", "站的建设".
LEADING = frozenset("党")
#: Of those, the ones beside which a phrase stands on its own: they are no part of a word.
APART = frozenset("的地得了着是在有和与及或以为于对向从把被将由让使等也都就还又再更最很")
#: Characters that stand for a country or a region beside another one: two of them are no error for the name of one.
COUNTRIES = frozenset(
    "中美英法德俄苏日韩朝越老柬泰缅菲马新印尼巴阿埃土伊沙以加墨古秘智澳欧非亚拉葡西意荷比瑞丹挪芬波匈捷奥希塞乌哈吉蒙"
)
#: Uses in the segmenter's counts (of some sixty million words): a character that is used less often is a rare one; a
#: word that stands where nothing explains a slip may be used less often.
RARE_SIGN = 3000
CURIOUS_WORD = 4
#: Verbs of one character that take any object: "依法治国" is the model of "依法治水".
TAKES_OBJECT = frozenset("治强兴爱护防反抗惠利送进")
#: Adverbs of one character that make a new word with any verb: "共同繁荣", "共创繁荣".
BEFORE_VERBS = frozenset("共同互相自不未再更已均皆并齐同各")
#: Characters in which names end: a second one may belong to the name before, another one makes another name.
SUFFIXES = frozenset("村镇乡县市省区国部局厅会社院人党队军民家等各所站处令委办法例员者师志派组奖网科室司法")

#: Of those, the ones that end any name.
_PLACES_AND_OFFICES = frozenset("村镇乡县市省区国部局厅会院所站处组办委队")


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


def in_quotes(text: str, edit: Edit) -> bool:
    """True for a fixed count ("五位一体") that stands in quotation marks, its own or others."""
    phrase = edit.phrase.text
    before = text[edit.place - edit.at - 1 : edit.start] + phrase
    begins = next((at for at, sign in enumerate(before) if sign in _QUOTES and before[at + 1 : at + 2] in NUMERALS), -1)
    closed = any(sign in _QUOTES for sign in (phrase + text[edit.end : edit.end + 1])[edit.at + 1 :])
    return begins == 0 and closed and edit.phrase.term.severity is Severity.VETO


def likeness(edit: Edit, text: str) -> Likeness | None:
    """Why the wrong character may stand there, ``None`` where nothing but the rest of the phrase speaks for it."""
    if edit.kind is not EditKind.REPLACED:
        return None
    return likely(edit.phrase.text[edit.at]).get(text[edit.place])


def may_be(text: str, edit: Edit) -> bool:
    """True where such an edit can be a slip at all, whatever stands around it."""
    phrase = edit.phrase.text
    if edit.kind is EditKind.DROPPED:
        return _may_be_dropped(text, edit)
    if edit.kind is EditKind.SWAPPED:
        pair = text[edit.place : edit.place + 2]
        return not NUMERALS.issuperset(pair) or (pair[1] == "十" and pair[0] in _TOO_MANY)
    if edit.kind is EditKind.DOUBLED:
        return is_han(text[edit.place]) and not _belongs_outside(text, edit)
    wrong, right = text[edit.place], phrase[edit.at]
    beside = text[max(0, edit.place - 1) : edit.place] + text[edit.place + 1 : edit.place + 2]
    counts = wrong in NUMERALS and (right in NUMERALS or bool(set(beside) & NUMERALS))
    if counts or wrong + right in _EQUAL or not (is_known(wrong) and is_known(right)):
        return False
    return likeness(edit, text) is not None or _may_stand_alone(edit, text, wrong, right)


def _may_stand_alone(edit: Edit, text: str, wrong: str, right: str) -> bool:
    """True where a character that neither sounds nor looks like the right one may still be nothing but wrong."""
    size = len(edit.phrase.text)
    last = edit.at == size - 1
    if wrong in COMMON or wrong in NUMERALS or (wrong in SUFFIXES and (last or size < LONG - 2)):
        return False
    if wrong in SUFFIXES and size < LONG and not leaves_pieces(edit.phrase.text, edit.at):
        return False
    if last and right in SUFFIXES and not leaves_pieces(edit.phrase.text, edit.at):
        return False
    if _is_in_use(edit, text, wrong) and not in_quotes(text, edit):
        return False
    return not (edit.at == 0 and right in LEADING)


def _is_in_use(edit: Edit, text: str, wrong: str) -> bool:
    """True for a character that makes a word with a neighbour; but for the gravest phrases also for an everyday one
    that begins the phrase, or leaves a word whole."""
    uses, size, at = dictionary().uses, len(edit.phrase.text), edit.at
    grave = edit.phrase.term.severity is Severity.VETO
    if grave and size >= LONG:
        return False
    if not grave and (uses(wrong) or 0) >= RARE_SIGN:
        whole = not leaves_pieces(edit.phrase.text, at) and (size < LONG - 1 or at == size - 1)
        if at == 0 or whole:
            return True
    pairs = text[edit.place - 1 : edit.place + 1], text[edit.place : edit.place + 2]
    return any((uses(pair) or 0) >= CURIOUS_WORD for pair in pairs)


def _may_be_dropped(text: str, edit: Edit) -> bool:
    """A phrase of four characters must stand apart on the side of the gap, and what is left before the gap is a word
    more often than a slip."""
    phrase, at = edit.phrase.text, edit.at
    gone, beside = phrase[at], phrase[max(0, at - 1) : at] + phrase[at + 1 : at + 2]
    if not is_han(gone) or gone in LINKS or (gone in NUMERALS and not NUMERALS.isdisjoint(beside)):
        return False
    if len(phrase) >= LONG - 1:
        return True
    grave = edit.phrase.term.severity is Severity.VETO
    if not grave and not leaves_pieces(phrase, at):
        return False
    if at <= 1:
        return grave and _is_apart(text[max(0, edit.start - 1) : edit.start])
    piece, outer = text[edit.end - 1], text[edit.end : edit.end + 1]
    if _is_apart(outer):
        return True
    return is_han(outer) and piece not in COMMON and piece not in SUFFIXES and is_unheard(piece + outer)


def _is_apart(sign: str) -> bool:
    return sign in APART or not (is_han(sign) or sign.isalnum())


def _belongs_outside(text: str, edit: Edit) -> bool:
    """True where one of two equal characters at an end may be part of the wording beside the phrase."""
    first, last = edit.place - 1 == edit.start, edit.place + 1 == edit.end
    outer = text[edit.start - 1 : edit.start] if first else text[edit.end : edit.end + 1] if last else ""
    doubled = text[edit.place]
    if outer in ("(", "（") or (doubled in LINKS and is_han(outer)):
        return True
    if not is_han(outer):
        return False
    if doubled in COMMON or (doubled in SUFFIXES and doubled not in _PLACES_AND_OFFICES):
        return not first or _ends_a_word(text[max(0, edit.start - 3) : edit.start] + doubled)
    return doubled in SUFFIXES and outer not in COMMON


def _ends_a_word(text: str) -> bool:
    return any(dictionary().uses(text[at:]) for at in range(len(text) - 1))


def is_han(sign: str) -> bool:
    """True for one Han character of the basic block."""
    return sign != "" and "\u4e00" <= sign <= "\u9fff"
