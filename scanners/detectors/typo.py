"""Ordinary typing errors, as hints: one character keeps a common word from standing where it should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.rule import Rule
from scanners.detectors.lexicon import _parted
from scanners.detectors.nearmiss import LIKE
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage, PlainPassage
from scanners.typoscan import TypoScan, limit
from scanners.typoscore import Slip, slip_at
from scanners.views import View


@dataclass(frozen=True, slots=True)
class TypoEntry:
    """What may be wrong in a span of the compact view."""

    slip: Slip


#: Both ends in the compact view, and the entry.
Found = Sequence[tuple[int, int, TypoEntry]]


class TypoDetector:
    """A rule of kind ``typo``; ``excused_by`` are the words of sentences that speak about an error.

    Nothing but the segmenter's word counts and the tables of sounds and shapes decides, so a finding is a hint at most.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        value = rule.detector.get("excused_by", ())
        self._excused_by = tuple(fold_word(str(word)) for word in value) if isinstance(value, list) else ()
        self._scan = TypoScan()

    def spots(self, view: View, *, everything: bool) -> Iterator[tuple[int, int, TypoEntry]]:
        """Possible slips in a block of texts; ``everything`` also those too weak for the length of their text."""
        for place, signs, needed in self._scan.find(view.codes, everything=everything):
            slip = slip_at(view.text, place, signs)
            if slip is not None and slip.score >= needed:
                start = place - slip.at
                yield start, start + len(slip.word), TypoEntry(slip)

    def judge(self, found: Found, passage: Passage, context: PostContext) -> Iterator[Hit]:
        """The hints of a passage; of overlapping ones the strongest."""
        taken: list[tuple[int, int]] = []
        for start, end, entry in sorted(found, key=lambda sighting: (-sighting[2].slip.score, sighting[0])):
            if any(start < right and left < end for left, right in taken):
                continue
            span = passage.compact.span(start, end)
            if any(
                context.drop(self.rule.id, guard, passage, *span, detail)
                for guard, detail in self._reasons(start, end, entry.slip, passage)
            ):
                continue
            taken.append((start, end))
            yield self._hit(start, end, entry.slip, passage)

    def standing(self, found: Found, text: str) -> Found:
        """Of sightings in the compact view of a passage those that the text alone does not speak against."""
        passage = PlainPassage(text)
        return [
            sighting
            for sighting in found
            if next(self._reasons(sighting[0], sighting[1], sighting[2].slip, passage), None) is None
        ]

    def _hit(self, start: int, end: int, slip: Slip, passage: Passage) -> Hit:
        text = passage.compact.text
        wrong, right = text[start + slip.at], slip.word[slip.at]
        left, last = passage.compact.span(start, end)
        return Hit(
            passage=passage,
            start=left,
            end=last,
            key=text[start:end],
            suggestion=f"请核对此处是否应为“{slip.word}”；专名、新词、引文原样保留",
            explanation=f"“{wrong}”与前后的字都不成常用词，换成{LIKE[slip.like(wrong)]}的“{right}”就是常用词“{slip.word}”；"
            "只凭字词统计推断，未必是错",
            facts={"right": slip.word},
        )

    def _reasons(self, start: int, end: int, slip: Slip, passage: Passage) -> Iterator[tuple[Guard, str]]:
        """Why this is no hint, in order."""
        text = passage.compact.text
        if slip.score < limit(len(text)):
            yield Guard.THRESHOLD, f"{slip.score:.1f}，本文需要 {limit(len(text)):.1f}"
        here = text[start:end]
        if text.find(here, end) >= 0 or text.find(here, 0, start) >= 0:
            yield Guard.ORDINARY, f"文中不止一次写“{here}”"
        if passage.segment.spots:
            yield Guard.WORD_CHECK, "图片、扫描件识别出来的文字，单字不作判断"
        if self._excused_by:
            around = fold_word(passage.around(*passage.compact.span(start, end)))
            excuse = next((word for word in self._excused_by if word in around), "")
            if excuse:
                yield Guard.EXCUSE, excuse
        if _parted(passage.compact, start, end):
            yield Guard.GAP, ""
