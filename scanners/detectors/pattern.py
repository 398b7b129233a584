"""Numbers and marks: a regular expression over the places where an anchor stands, a named check, and guards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.clock import in_china
from domain.post import Origin
from domain.rule import Confidence, Rule, Severity
from scanners import checks
from scanners.checks import Candidate, Verdict
from scanners.folding import fold_base, fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]*$")
#: How far back an address is looked for.
_ADDRESS_REACH = 200
#: A prefix letter or a suffix of a number may stand just outside the stretch that was searched out.
_MARGIN = 4
#: A piece of a number in a cell of its own, and how many more pieces are tried.
_PART = re.compile("[0-9]{2,16}[0-9x]")
_MOST_CELLS = 3
#: No number begins after a long row of single digits: a table of figures, or a text made to keep the program busy.
_NOT_SCATTERED = r"(?<!" + r"[0-9][ \t\n\-.]" * 8 + ")"
#: Folded text handed to a check on each side.
_AROUND = 80


@dataclass(frozen=True, slots=True)
class AnchorEntry:
    """A word that wakes the pattern of the rule with this index."""

    rule_index: int


class PatternDetector:
    """A rule of kind ``pattern``.

    Its table: ``anchor`` is ``"number"`` (search only where eleven digits can stand, in the digit view) or a list of
    words of which one must stand in the text or in the head of the column; ``pattern`` (group ``value`` is the match,
    else all of it); ``masked``, a pattern of the same thing with its digits hidden, never reported; ``check``, a named
    check; ``context`` with ``context_before`` and ``context_after`` (code points) for verdicts that need it, and
    ``context_always`` where every one does; ``reject_before`` and ``reject_after``, patterns directly before and after;
    ``public_before``, a pattern that makes the number a public one; ``excused_by``, words in the same sentence;
    ``origins``, the only origins of text that are searched (``ocr``: pictures); ``joins``, true where a value may be
    spread over several cells of a row.

    In a table the head of the column counts as what stands before the value: for the context, for ``reject_before`` and
    for ``public_before``.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        table = rule.detector
        self.by_number = table["anchor"] == "number"
        self._pattern = re.compile((_NOT_SCATTERED if self.by_number else "") + f"(?:{table['pattern']})")
        self._group = "value" if "value" in self._pattern.groupindex else 0
        self._masked = _optional(table, "masked")
        #: Words, folded, of which one must stand in a text for this rule to search it; empty for numbers.
        self.anchors = () if self.by_number else tuple(fold_word(word) for word in _list(table, "anchor"))
        self._check = checks.get(str(table["check"])) if "check" in table else None
        self._context = _optional(table, "context")
        self._context_before = int(str(table.get("context_before", 40)))
        self._context_after = int(str(table.get("context_after", 10)))
        self._always = bool(table.get("context_always", False))
        self._joins = bool(table.get("joins", False))
        self._reject_before = _ending(table, "reject_before")
        self._reject_after = _optional(table, "reject_after")
        self._public_before = _ending(table, "public_before")
        #: Where the text has to come from; empty: from anywhere.
        self._origins = frozenset(Origin(name) for name in _list(table, "origins"))
        self._excused_by = tuple(fold_word(word) for word in _list(table, "excused_by"))
        self._wakes = lru_cache(maxsize=1024)(self._has_anchor)

    def detect(self, passage: Passage, context: PostContext, *, woken: bool) -> Iterator[Hit]:
        """Every hit in one passage. ``woken`` tells whether one of the anchors stands in the text."""
        for start, end in self._places(passage, woken):
            yield from self._search(passage, context, start, end)
        if self._joins and passage.segment.context:
            yield from self._spread(passage)
        if self._masked is not None and (context.drops is not None or Guard.MASKED in context.off):
            yield from self._hidden(passage, context, self._masked)

    def may_match(self, text: str, places: Iterable[tuple[int, int]] = ()) -> bool:
        """False where nothing in a text (its base view, or its digit view at ``places``) has the form."""
        if not self.by_number:
            return self._pattern.search(text) is not None
        return any(
            self._pattern.search(text, max(0, start - _MARGIN), min(len(text), end + _MARGIN)) is not None
            for start, end in places
        )

    def _hidden(self, passage: Passage, context: PostContext, masked: re.Pattern[str]) -> Iterator[Hit]:
        """Masked values: only looked for where somebody asks why nothing was found."""
        text = passage.digits
        for match in masked.finditer(text):
            span = passage.base.span(*match.span(self._group_of(masked)))
            if not context.drop(self.rule.id, Guard.MASKED, passage, *span):
                yield self._hit(passage, text, *match.span(self._group_of(masked)), Verdict(ok=True))

    def _spread(self, passage: Passage) -> Iterator[Hit]:
        """A value of which this cell of a sheet holds the first part, and the next cells of its row the rest."""
        own = passage.digits.strip()
        if self._check is None or not _PART.fullmatch(own):
            return
        others = [fold_base(cell).text.strip() for cell in passage.segment.context.split("\t")]
        for first in range(len(others)):
            joined = own
            for cell in others[first : first + _MOST_CELLS]:
                if not _PART.fullmatch(cell):
                    break
                joined += cell
                if self._pattern.fullmatch(joined) and self._check(Candidate(text=joined, head=passage.head)).ok:
                    why = "一个号码拆在同一行的几个单元格里，连起来校验相符"
                    yield self._hit(passage, own, 0, len(own), Verdict(ok=True, explanation=why))
                    return

    @staticmethod
    def _group_of(pattern: re.Pattern[str]) -> str | int:
        return "value" if "value" in pattern.groupindex else 0

    def _has_anchor(self, text: str) -> bool:
        return any(anchor in text for anchor in self.anchors)

    def _places(self, passage: Passage, woken: bool) -> tuple[tuple[int, int], ...]:
        if self._origins and passage.segment.origin not in self._origins:
            return ()
        if self.by_number:
            return passage.stretches
        if woken or (passage.head and self._wakes(passage.head)):
            return ((0, len(passage.base.text)),)
        return ()

    def _search(self, passage: Passage, context: PostContext, start: int, end: int) -> Iterator[Hit]:
        text = passage.digits if self.by_number else passage.base.text
        at, limit = max(0, start - _MARGIN), min(len(text), end + _MARGIN)
        while match := self._pattern.search(text, at, limit):
            left, right = match.span(self._group)
            verdict = self._judge(passage, context, text, left, right)
            if verdict is None:
                at = match.start() + 1
                continue
            right = left + verdict.length if verdict.length is not None else right
            left -= verdict.lead
            yield self._hit(passage, text, left, right, verdict)
            at = right

    def _judge(self, passage: Passage, context: PostContext, text: str, left: int, right: int) -> Verdict | None:
        """The check's verdict, or ``None`` where a guard drops the match."""

        def drop(guard: Guard, detail: str = "") -> bool:
            if context.drops is None:
                return guard not in context.off
            return context.drop(self.rule.id, guard, passage, *passage.base.span(left, right), detail)

        before, after = text[max(0, left - _AROUND) : left], text[right : right + _AROUND]
        head = passage.column_head(left)
        if self._always and not self._in_context(text, left, right, head) and drop(Guard.CONTEXT):
            return None
        verdict = Verdict(ok=True)
        if self._check is not None:
            candidate = Candidate(
                text=text[left:right],
                before=before,
                after=after,
                head=head,
                row=passage.segment.context,
                recognised=passage.segment.origin is Origin.OCR,
                whole=text,
                published_on=_day(context),
            )
            verdict = self._check(candidate)
            if not verdict.ok:
                if drop(Guard.CHECK, verdict.reason):
                    return None
                verdict = Verdict(ok=True)
        value_end = left + verdict.length if verdict.length is not None else right
        after = text[value_end : value_end + _AROUND]
        if self.by_number and _ADDRESS.search(text, max(0, left - _ADDRESS_REACH), left) and drop(Guard.ADDRESS):
            return None
        rejected = (
            _found(self._reject_before, before)
            or _found(self._reject_before, head)
            or _found(self._reject_after, after, at_start=True)
        )
        if rejected and drop(Guard.REJECT, rejected):
            return None
        if verdict.needs_context and not self._in_context(text, left, value_end, head) and drop(Guard.CONTEXT):
            return None
        if self._is_public(text, left, value_end, before, head, context) and drop(Guard.PUBLIC):
            return None
        return self._excused(passage, left, value_end, verdict, context)

    def _in_context(self, text: str, left: int, right: int, head: str) -> bool:
        if self._context is None:
            return True
        near = f"{text[max(0, left - self._context_before) : left]}\x00{text[right : right + self._context_after]}"
        return self._context.search(near) is not None or (bool(head) and self._context.search(head) is not None)

    def _is_public(self, text: str, left: int, right: int, before: str, head: str, context: PostContext) -> bool:
        if _found(self._public_before, before) or _found(self._public_before, head):
            return True
        return bool(context.public_numbers) and Candidate(text=text[left:right]).value in context.public_numbers

    def _excused(
        self, passage: Passage, left: int, right: int, verdict: Verdict, context: PostContext
    ) -> Verdict | None:
        if not self._excused_by:
            return verdict
        span = passage.base.span(left, right)
        around = fold_word(passage.around(*span))
        excuse = next((word for word in self._excused_by if word in around), "")
        if not excuse:
            return verdict
        if self.rule.severity is Severity.VETO:
            why = f"{verdict.explanation}；同句有“{excuse}”，请人工判断".lstrip("；")
            return replace(verdict, confidence=Confidence.LOW, explanation=why)
        return None if context.drop(self.rule.id, Guard.EXCUSE, passage, *span, excuse) else verdict

    def _hit(self, passage: Passage, text: str, left: int, right: int, verdict: Verdict) -> Hit:
        start, end = passage.base.span(left, right)
        key = Candidate(text=text[left:right]).value if self.by_number else fold_word(text[left:right])
        return Hit(
            passage=passage,
            start=start,
            end=end,
            key=key,
            severity=verdict.severity,
            confidence=verdict.confidence,
            explanation=verdict.explanation,
        )


def _day(context: PostContext) -> date | None:
    return in_china(context.published_at).date() if context.published_at else None


def _found(pattern: re.Pattern[str] | None, text: str, *, at_start: bool = False) -> str:
    if pattern is None:
        return ""
    match = pattern.match(text) if at_start else pattern.search(text)
    return match.group().strip() if match else ""


def _optional(table: Mapping[str, object], key: str) -> re.Pattern[str] | None:
    return re.compile(str(table[key])) if key in table else None


def _ending(table: Mapping[str, object], key: str) -> re.Pattern[str] | None:
    return re.compile(f"(?:{table[key]})$") if key in table else None


def _list(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, ())
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()
