"""What makes a row of a word list unusable, told in the clerk's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from domain.errors import LexiconError
from domain.table import Row, parse_date, split
from lexicons import columns
from lexicons.model import Term

_WEIGHT = re.compile(r"-?[1-9]")
_CLAUSE = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+")
_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Text as far as it matters for telling whether two cells mean the same word: width, case, invisible marks.

    Chinese punctuation stays as it is: the scanners do not fold it either.
    """
    visible = _IGNORED.sub("", text)
    if not unicodedata.is_normalized("NFKC", visible):
        visible = "".join(_plain_sign(sign) for sign in visible)
    return visible.casefold()


def _plain_sign(sign: str) -> str:
    form = unicodedata.normalize("NFKC", sign)
    return form if form.isalnum() else sign


def cell_problems(row: Row, word: str = columns.WORD) -> Iterator[str]:
    """What is wrong with the closed choices and formats of a row; ``word`` is the column that names it."""
    severity, match = row.get(columns.SEVERITY), row.get(columns.MATCH)
    if not row.get(word):
        yield f"缺少{word}；请填写，或删除整行"
    category = row.get(columns.CLASS)
    if category and category not in columns.CLASSES:
        yield f"类别“{category}”不认识；可填：{'、'.join(columns.CLASSES)}，或留空"
    if word == columns.FORMER:
        yield from _former_problems(row)
    if severity and severity not in columns.SEVERITIES and severity != columns.SWITCHED_OFF:
        yield f"级别“{severity}”不认识；可填：{'、'.join(columns.SEVERITIES)}、{columns.SWITCHED_OFF}，或留空"
    if match not in columns.MATCHES:
        yield f"匹配“{match}”不认识；可填：包含、整词，或留空"
    yield from clause_problems(row)
    weight = row.get(columns.WEIGHT)
    if weight and not _WEIGHT.fullmatch(weight):
        yield f"分值“{weight}”不是 1 到 9 的整数；请填 1 到 9，正当情形填 -9 到 -1"
    if bool(weight) != bool(row.get(columns.SIGNAL)):
        yield "迹象和分值要一起填；单独就应报出的词两格都留空"
    updated = row.get(columns.UPDATED_ON)
    if updated and parse_date(updated) is None:
        yield f"更新日期“{updated}”不是日期；格式为 2026-01-05"


def _former_problems(row: Row) -> Iterator[str]:
    if not row.get(columns.PRESENT):
        yield "缺少新称；请填写现在怎样称呼，已撤销的填承接的单位"
    if parse_date(row.get(columns.VALID_UNTIL)) is None:
        yield f"有效至“{row.get(columns.VALID_UNTIL)}”不是日期；请填旧称最后有效的一天，格式为 2018-03-16"


def clause_problems(row: Row) -> Iterator[str]:
    """What is wrong with the clause that a row cites."""
    clause = row.get(columns.CLAUSE)
    if not clause:
        yield "缺少依据；没有依据的词不能入库，请填条款号，如 liuan-2022-4/art-9"
    elif not _CLAUSE.fullmatch(clause):
        yield f"依据“{clause}”不是条款号；格式为 文件/条款，如 liuan-2022-4/art-9"


def term_problems(term: Term) -> Iterator[str]:
    """What is wrong with a row whose cells are readable: guards that can never work, examples that prove nothing."""
    words = [plain(word) for word in term.words]
    for word, shown in zip(words, term.words, strict=True):
        if len(word) < 2:
            yield f"“{shown}”只有一个字，会到处命中；请写成至少两个字的词"
    if not term.fires:
        yield "缺少应报；请写至少一句应当报出的话"
    for sentence in term.fires:
        if not _holds(sentence, words):
            yield f"应报“{sentence}”里没有“{term.word}”，永远不会报出；请改例句或词语"
    yield from _guard_problems(term, words)
    for sentence in term.silent:
        if not _holds(sentence, words):
            yield f"不报“{sentence}”里没有“{term.word}”，什么也证明不了；请改例句"
    if term.is_guarded and not term.silent:
        yield "用了整词、例外、豁免、排除或语境，却没有不报例句；请写至少一句应当不报的话"
    both = set(map(plain, term.fires)) & set(map(plain, term.silent))
    if both:
        yield "同一句话既写在应报又写在不报；请删去一处"


def _guard_problems(term: Term, words: Sequence[str]) -> Iterator[str]:
    for phrase in term.exceptions:
        inside = plain(phrase)
        if not any(word in inside for word in words):
            yield f"例外“{phrase}”里没有“{term.word}”，永远不会生效；请改例外或词语"
        elif inside in words:
            yield f"例外“{phrase}”就是词语本身，这个词永远不会报；请改例外"
    for phrase in term.excused_by:
        excuse = plain(phrase)
        if any(excuse in word for word in words):
            yield f"豁免“{phrase}”含在词语里，这个词永远不会报；请改豁免"
    for phrase in term.needs_context:
        context = plain(phrase)
        if all(context in word for word in words):
            yield f"语境“{phrase}”含在词语里，总是成立；请改语境"


def duplicate_problems(terms: Sequence[Term], shown: str) -> list[LexiconError]:
    """Words that stand in two rows of one file, or twice in one row."""
    seen: dict[str, Term] = {}
    problems: list[LexiconError] = []
    for term in terms:
        own: set[str] = set()
        for word in term.words:
            key = plain(word)
            if key in own:
                problems.append(LexiconError(shown, f"“{word}”在本行重复；请删去一处", row=term.row))
            elif key in seen:
                where = f"与第 {seen[key].row} 行重复"
                problems.append(LexiconError(shown, f"“{word}”{where}；请合并为一行", row=term.row))
            own.add(key)
            seen.setdefault(key, term)
    return problems


def _holds(sentence: str, words: Sequence[str]) -> bool:
    text = plain(sentence)
    return any(word in text for word in words)


def values(row: Row, column: str) -> tuple[str, ...]:
    """The ``|``-separated values of a cell."""
    return split(row.get(column))
