"""Words of a list: a hit counts unless a guard of its row excuses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.rule import Confidence, Rule, Severity
from domain.text import Folded
from lexicons import Lexicon, Term
from lexicons.columns import OTHER_CLASS
from scanners import wordchecks
from scanners.detectors.marks import in_title
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage
from scanners.segmenter import Segmenter
from scanners.wordchecks import PARTED, FoundWord, WordCheck, WordVerdict

#: Folded text handed to a check on each side.
_AROUND = 80
#: Blanks and marks that also stand between two separate words; a hit across them must look deliberate.
_WEAK = frozenset(" \t\n\r\u00a0\u3000\u2002\u2003·•・‧∙|/\\-.+#@&<>—–―‐‑‒'`=")


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One spelling of one row, with the row's guards folded."""

    rule_index: int
    term: Term
    word: str
    exceptions: tuple[str, ...]
    excused_by: tuple[str, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    needs_context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedEntry(WordEntry):
    """A word whose rule has a check; most of them are settled by the signs beside them."""

    check: WordCheck

    def probe(self, text: str, start: int, end: int) -> bool:
        """True where the check has to be asked."""
        return self.check.worth(text, start, end)


class LexiconDetector:
    """A rule of kind ``lexicon``: ``list`` names the word list.

    Its table may further hold ``excused_by``, ``not_after`` and ``not_before``, guards for all rows; ``classes``, the
    only classes of the bureau's own list that it reads; ``outside_titles``, true where a word in 《》 is the name of
    something; ``dated``, true where a row's last day decides (a post that appeared by then is right; where nobody says
    when it appeared it counts as today's, as a notice of little confidence, unless it names no year after that day);
    and ``word_check``, a named check.
    """

    def __init__(self, index: int, rule: Rule, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.rule = rule
        self._lexicon = lexicon
        self._segmenter = segmenter
        table = rule.detector
        common = {
            name: tuple(fold_word(str(word)) for word in _strings(table.get(name)))
            for name in ("excused_by", "not_after", "not_before")
        }
        self._dated = bool(table.get("dated", False))
        self._outside_titles = bool(table.get("outside_titles", False))
        self._check = wordchecks.get(str(table["word_check"]))(lexicon) if "word_check" in table else None
        classes = frozenset(map(str, _strings(table.get("classes"))))
        terms = tuple(term for term in lexicon.terms if not classes or (term.category or OTHER_CLASS) in classes)
        guards = common["excused_by"], common["not_after"], common["not_before"]
        self.entries = tuple(word_entries(index, replace(lexicon, terms=terms), *guards, self._check))

    def judge(
        self, found: Sequence[tuple[int, int, WordEntry]], passage: Passage, context: PostContext
    ) -> Iterator[Hit]:
        """The hits of this rule among the automaton's matches in ``passage.compact``."""
        covers = inside_longer(found)
        for start, end, entry in found:
            span = _original(passage, start, end)
            longer = covers.get((start, end), "")
            if longer and context.drop(self.rule.id, Guard.LONGER, passage, *span, longer):
                continue
            excuse = self._excuse(passage, start, end, entry)
            grave = (entry.term.severity or self.rule.severity) is Severity.VETO
            if excuse and not grave and context.drop(self.rule.id, Guard.EXCUSE, passage, *span, excuse):
                continue
            if self._guarded(passage, start, end, entry, context, span):
                continue
            verdict = WordVerdict()
            if self._check is not None:
                verdict = self._check.judge(_found_word(passage, start, end, entry, context))
                if verdict.reason and context.drop(self.rule.id, Guard.WORD_CHECK, passage, *span, verdict.reason):
                    continue
            yield self._hit(passage, start, end, entry, excuse if grave else "", verdict, context)

    def standing(self, found: Sequence[tuple[int, int, WordEntry]], text: str) -> Sequence[tuple[int, int, WordEntry]]:
        """Of matches in the compact view of a passage those that the text alone does not speak against."""
        covers = inside_longer(found)
        return [
            (start, end, entry)
            for start, end, entry in found
            if (start, end) not in covers
            and next(text_reasons(text, start, end, entry), None) is None
            and not (self._outside_titles and in_title(text, start))
            and not (entry.term.whole_word and not self._segmenter.is_word(text, start, end))
        ]

    def _hit(
        self,
        passage: Passage,
        start: int,
        end: int,
        entry: WordEntry,
        excuse: str,
        verdict: WordVerdict,
        context: PostContext,
    ) -> Hit:
        term = entry.term
        start = max(0, start - verdict.lead)
        left, right = _original(passage, start, end)
        undated = self._dated and context.day is None
        suggestion = verdict.suggestion or (term.suggestion if not verdict.explanation else "")
        facts = {"right": suggestion} if suggestion else {}
        return Hit(
            passage=passage,
            start=left,
            end=right,
            key=passage.compact.text[start:end] if verdict.lead else entry.word,
            severity=Severity.NOTICE if undated else verdict.severity or term.severity,
            confidence=Confidence.LOW if excuse or undated else verdict.confidence,
            suggestion=suggestion,
            clause=term.clause,
            explanation="；".join(filter(None, (self._explain(term, excuse, context.day), verdict.explanation))),
            facts={**facts, "class": term.category} if term.category else facts,
        )

    def _explain(self, term: Term, excuse: str, day: date | None) -> str:
        text = f"命中{self._lexicon.title}第 {term.row} 行“{term.word}”"
        if term.category:
            text += f"（类别：{term.category}）"
        if self._dated and term.until is not None:
            when = f"发布于 {day}" if day else "发布日期不明，按今天判断，请核对"
            text += f"，{term.until} 后改称（{term.source}）；{when}"
        return f"{text}；同句有“{excuse}”，请人工判断" if excuse else text

    @staticmethod
    def _excuse(passage: Passage, start: int, end: int, entry: WordEntry) -> str:
        if not entry.excused_by:
            return ""
        around = fold_word(passage.around(*_original(passage, start, end)))
        return next((word for word in entry.excused_by if word in around), "")

    def _guarded(
        self, passage: Passage, start: int, end: int, entry: WordEntry, context: PostContext, span: tuple[int, int]
    ) -> bool:
        text = passage.compact.text
        right = _still_right(entry.term, context) if self._dated else ""
        if right and context.drop(self.rule.id, Guard.DATE, passage, *span, right):
            return True
        if self._outside_titles and in_title(text, start) and context.drop(self.rule.id, Guard.TITLE, passage, *span):
            return True
        for guard, detail in _reasons(passage, start, end, entry):
            if context.drop(self.rule.id, guard, passage, *span, detail):
                return True
        if (
            entry.term.whole_word
            and not self._segmenter.is_word(text, start, end)
            and context.drop(self.rule.id, Guard.WHOLE_WORD, passage, *span)
        ):
            return True
        return _parted(passage.compact, start, end) and context.drop(self.rule.id, Guard.GAP, passage, *span)


def _still_right(term: Term, context: PostContext) -> str:
    """Why a former name was right when the post appeared; empty where it was not."""
    if term.until is None:
        return ""
    day = context.day
    if day is not None:
        return f"{day} 发布，{term.until} 以前有效" if day <= term.until else ""
    said = context.year_said
    return f"日期不明，文中最晚说到 {said} 年" if 0 < said <= term.until.year else ""


def _found_word(passage: Passage, start: int, end: int, entry: WordEntry, context: PostContext) -> FoundWord:
    compact = passage.compact
    text, (left, right) = compact.text, compact.span(start, end)
    parted_before = start > 0 and compact.origin(start - 1) + 1 != left
    parted_after = end < len(text) and compact.origin(end) != right
    return FoundWord(
        term=entry.term,
        word=entry.word,
        before=text[max(0, start - _AROUND) : start] + PARTED * parted_before,
        after=PARTED * parted_after + text[end : end + _AROUND],
        day=context.day,
        year_said=lambda: context.year_said,
    )


def _reasons(passage: Passage, start: int, end: int, entry: WordEntry) -> Iterator[tuple[Guard, str]]:
    yield from text_reasons(passage.compact.text, start, end, entry)
    if entry.needs_context:
        around = fold_word(passage.around(*_original(passage, start, end)))
        if not any(phrase in around for phrase in entry.needs_context):
            yield Guard.NEEDS_CONTEXT, "、".join(entry.needs_context[:3])


def text_reasons(text: str, start: int, end: int, entry: WordEntry) -> Iterator[tuple[Guard, str]]:
    """What the text around a word says against it, in a fixed order."""
    for phrase in entry.exceptions:
        if _contained(text, start, end, phrase):
            yield Guard.EXCEPTION, phrase
            break
    for phrase in entry.not_after:
        if text.endswith(phrase, max(0, start - len(phrase)), start):
            yield Guard.NOT_AFTER, phrase
            break
    for phrase in entry.not_before:
        if text.startswith(phrase, end):
            yield Guard.NOT_BEFORE, phrase
            break


def _contained(text: str, start: int, end: int, phrase: str) -> bool:
    """True when an occurrence of ``phrase`` contains the span."""
    first = max(0, end - len(phrase))
    at = text.find(phrase, first, min(len(text), start + len(phrase)))
    while at != -1 and at <= start:
        if at + len(phrase) >= end:
            return True
        at = text.find(phrase, at + 1, min(len(text), start + len(phrase)))
    return False


def inside_longer(found: Iterable[tuple[int, int, WordEntry]]) -> dict[tuple[int, int], str]:
    """The spans that lie inside a longer match, each with the word of one."""
    covered: dict[tuple[int, int], str] = {}
    last: tuple[int, int, str] | None = None
    for start, end, entry in sorted(found, key=lambda each: (each[0], -each[1])):
        if last is None or end > last[1]:
            last = start, end, entry.word
        elif (start, end) != last[:2]:
            covered[start, end] = last[2]
    return covered


def _original(passage: Passage, start: int, end: int) -> tuple[int, int]:
    return passage.compact.span(start, end)


def _parted(compact: Folded, start: int, end: int) -> bool:
    """True where ordinary blanks or marks part the hit in a way that two neighbouring words are parted, too.

    A word is taken as spaced out on purpose where every pair of its characters is parted, and as broken by one stray
    blank or line end where at least two characters stand on both sides of it.
    """
    left, right = compact.span(start, end)
    if right - left == end - start:
        return False
    gaps = weak = at = 0
    for index in range(start, end - 1):
        here = compact.span(index, index + 1)[1]
        there = compact.span(index + 1, index + 2)[0]
        between = compact.original[here:there]
        if between:
            gaps += 1
            if all(sign in _WEAK for sign in between):
                weak += 1
                at = index + 1 - start
    if weak == 0:
        return False
    length = end - start
    if gaps == length - 1 and length > 2:
        return False
    if gaps == length - 1:
        return not (_loose(compact, start - 1) and _loose(compact, end - 1))
    return weak > 1 or min(at, length - at) < 2


def _loose(compact: Folded, index: int) -> bool:
    """True when something other than a Han character stands between ``index`` and the next code point."""
    if index < 0 or index + 1 >= len(compact.text):
        return True
    if compact.span(index, index + 1)[1] != compact.span(index + 1, index + 2)[0]:
        return True
    return not ("\u3400" <= compact.text[index] <= "\u9fff" and "\u3400" <= compact.text[index + 1] <= "\u9fff")


def word_entries(
    index: int,
    lexicon: Lexicon,
    common: tuple[str, ...] = (),
    not_after: tuple[str, ...] = (),
    not_before: tuple[str, ...] = (),
    check: WordCheck | None = None,
) -> Iterator[WordEntry]:
    """Every spelling of every row for the rule at ``index``; ``common`` excuses all of them."""
    for term in lexicon.terms:
        guards = (
            _folded(term.exceptions),
            _folded(term.excused_by) + common,
            _folded(term.not_after) + not_after,
            _folded(term.not_before) + not_before,
            _folded(term.needs_context),
        )
        for word in dict.fromkeys(fold_word(word) for word in term.words):
            if check is None:
                yield WordEntry(index, term, word, *guards)
            else:
                yield CheckedEntry(index, term, word, *guards, check)


@lru_cache(maxsize=4096)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(fold_word, phrases)))


def _strings(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
