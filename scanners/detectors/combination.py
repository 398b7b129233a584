"""Words of a trade: some say everything alone, most only beside others of another kind.

A row without 迹象 is an ordinary word of a list. A row with 迹象 is evidence of that kind; kinds that stand close
together are added up, and what speaks for an honest text (a row of negative weight) is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from domain.rule import Rule
from lexicons import Lexicon
from scanners.detectors.evidence import (
    Mark,
    Window,
    is_inside_latin,
    is_outspoken,
    is_telling,
    read_list,
    read_pairs,
    read_pattern,
    total,
)
from scanners.detectors.lexicon import LexiconDetector, WordEntry, inside_longer, text_reasons, word_entries
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.matcher import WordMatcher
from scanners.passage import Passage
from scanners.segmenter import Segmenter


class CombinationDetector(LexiconDetector):
    """A rule of kind ``combination``.

    ``list`` and shared lists ``with``; ``window`` (code points); ``least`` points and ``least_kinds``; ``telling``, the
    kinds that wake the rule (none named: every one of weight); ``patterns``, searched only where a telling word stands;
    ``excused_by``, for all rows, and for combinations within ``reach`` code points; ``brief``, pairs of a length and
    the points that a text no longer than that has beforehand: it says nothing else, and that is a kind of its own.
    """

    def __init__(
        self, index: int, rule: Rule, lexicon: Lexicon, segmenter: Segmenter, shared: Iterable[Lexicon] = ()
    ) -> None:
        super().__init__(index, rule, lexicon, segmenter)
        table = rule.detector
        self._window = int(str(table["window"]))
        self._least = int(str(table["least"]))
        self._least_kinds = int(str(table.get("least_kinds", 2)))
        self._reach = int(str(table.get("reach", 200)))
        self._excuses = tuple(fold_word(str(word)) for word in read_list(table.get("excused_by")))
        self._patterns = tuple(read_pattern(entry) for entry in read_list(table.get("patterns")))
        self._brief = tuple(
            sorted((int(str(length)), int(str(points))) for length, points in read_pairs(table.get("brief")))
        )
        #: No more than this can come of patterns; two of a kind count a little more than one.
        self._pattern_total = sum(
            max(each.weight for each in self._patterns if each.kind == kind) + 1
            for kind in {each.kind for each in self._patterns if each.weight > 0}
        )
        telling = frozenset(map(str, read_list(table.get("telling"))))
        own = self.entries
        self.entries = tuple(entry for entry in own if not entry.term.signal or is_telling(entry.term, telling))
        #: Looked for only around telling words: most of these are words of every honest text, too.
        self.beside = (
            *(entry for entry in own if entry.term.signal and not is_telling(entry.term, telling)),
            *(entry for other in shared for entry in word_entries(index, other, ()) if entry.term.weight > 0),
        )
        self._beside: WordMatcher[WordEntry] = WordMatcher((entry.word, entry) for entry in self.beside)
        self._telling = frozenset(entry.term for entry in self.entries)

    def judge(
        self, found: Sequence[tuple[int, int, WordEntry]], passage: Passage, context: PostContext
    ) -> Iterator[Hit]:
        """Words that say everything alone; where there are none, the strongest combination."""
        text = passage.compact.text
        whole = [each for each in found if not each[2].term.signal and not is_inside_latin(text, each[0], each[1])]
        hits = list(super().judge(whole, passage, context)) if whole else []
        yield from hits
        if hits:
            return
        telling = [each for each in found if each[2].term.signal]
        beside = list(self._near(telling, text))
        marks = list(self._marks([*telling, *beside], passage, context))
        if not any(mark.own for mark in marks):
            return
        marks.extend(self._pattern_marks(telling, passage))
        hit = self._combined(marks, passage, context)
        if hit is not None:
            yield hit

    def standing(self, found: Sequence[tuple[int, int, WordEntry]], text: str) -> Sequence[tuple[int, int, WordEntry]]:
        """``found``, unless all that stands near it cannot make enough: then nothing. Whole words count as they do in
        a list."""
        whole = [each for each in found if not each[2].term.signal and not is_inside_latin(text, each[0], each[1])]
        if whole and super().standing(whole, text):
            return found
        telling = [
            each
            for each in found
            if each[2].term.signal
            and not is_inside_latin(text, each[0], each[1])
            and next(text_reasons(text, *each), None) is None
        ]
        if not telling:
            return ()
        bonus = self._bonus(len(text))
        marks = [
            Mark(start, end, entry.term.signal, entry.term.weight, entry.word, entry.term in self._telling)
            for start, end, entry in (*telling, *self._near(telling, text))
            if entry.term.weight > 0
        ]
        if total(marks) + self._pattern_total + bonus < self._least:
            return ()
        marks.extend(
            Mark(match.start(), match.end(), each.kind, each.weight, match.group(), own=False)
            for left, right in self._stretches(telling)
            for each in self._patterns
            if each.weight > 0 and not (each.longest and len(text) > each.longest)
            for match in each.pattern.finditer(text, left, right)
        )
        window = self._best(sorted(marks, key=lambda mark: (mark.start, mark.end)), bonus)
        return found if window is not None and window.net >= self._least else ()

    def _stretches(self, telling: Sequence[tuple[int, int, WordEntry]]) -> Iterator[tuple[int, int]]:
        """What lies within two windows of the telling words, each place once."""
        left = right = -1
        for start, end, _ in sorted(telling, key=lambda each: each[0]):
            low, high = max(0, start - 2 * self._window), end + 2 * self._window
            if left >= 0 and low <= right:
                right = max(right, high)
                continue
            if left >= 0:
                yield left, right
            left, right = low, high
        if left >= 0:
            yield left, right

    def _near(self, telling: Sequence[tuple[int, int, WordEntry]], text: str) -> Iterator[tuple[int, int, WordEntry]]:
        """The other words of the rule near its telling ones."""
        for left, right in self._stretches(telling):
            for first, last, entry in self._beside.find(text[left:right]):
                yield left + first, left + last, entry

    def _marks(
        self, found: Sequence[tuple[int, int, WordEntry]], passage: Passage, context: PostContext
    ) -> Iterator[Mark]:
        covered = inside_longer(found)  # one piece of evidence, not two
        for start, end, entry in found:
            term = entry.term
            if not term.signal or (start, end) in covered:
                continue
            if is_inside_latin(passage.compact.text, start, end):
                continue
            left, right = passage.compact.span(start, end)
            if self._guarded(passage, start, end, entry, context, (left, right)):
                continue
            yield Mark(left, right, term.signal, term.weight, entry.word, term in self._telling)

    def _pattern_marks(self, telling: Sequence[tuple[int, int, WordEntry]], passage: Passage) -> Iterator[Mark]:
        text = passage.compact.text
        for left, right in self._stretches(telling):
            for each in self._patterns:
                if each.longest and len(text) > each.longest:
                    continue
                for match in each.pattern.finditer(text, left, right):
                    if match.end() > match.start():
                        start, end = passage.compact.span(*match.span())
                        yield Mark(start, end, each.kind, each.weight, match.group(), own=False)

    def _combined(self, marks: Sequence[Mark], passage: Passage, context: PostContext) -> Hit | None:
        bonus = self._bonus(len(passage.segment.text))
        window = self._best(sorted(marks, key=lambda mark: (mark.start, mark.end)), bonus)
        if window is None:
            return None
        evidence = sorted(window.marks, key=lambda mark: (not mark.own, -mark.weight, mark.start))
        top = evidence[0]
        kinds = tuple(dict.fromkeys(mark.kind for mark in evidence))
        detail = f"{window.gained}{window.taken:+d} 分" if window.taken else f"{window.gained} 分"
        if window.net < self._least:
            guard = Guard.THRESHOLD if window.gained < self._least else Guard.SUBTRACT
            if context.drop(self.rule.id, guard, passage, top.start, top.end, detail):
                return None
        excuse = self._nearby_excuse(window, passage)
        if excuse and context.drop(self.rule.id, Guard.EXCUSE, passage, top.start, top.end, excuse):
            return None
        if bonus:
            kinds = (*kinds, "篇幅短")
        quoted = "、".join(f"“{word}”" for word in tuple(dict.fromkeys(mark.word for mark in evidence))[:5])
        return Hit(
            passage=passage,
            start=top.start,
            end=top.end,
            key=top.word,
            explanation=f"{quoted}同处出现（{'、'.join(kinds)}），合计 {detail}",
            facts={"score": str(window.net), "signals": "、".join(kinds)},
            places=tuple(dict.fromkeys((passage, mark.start, mark.end) for mark in evidence[1:])),
        )

    def _bonus(self, length: int) -> int:
        return next((points for limit, points in self._brief if length <= limit), 0)

    def _best(self, marks: Sequence[Mark], bonus: int) -> Window | None:
        """The window of the highest net score among those with enough kinds and a telling word of the rule's own."""
        good = [mark for mark in marks if mark.weight > 0]
        bad = [mark for mark in marks if mark.weight < 0]
        best: Window | None = None
        first = 0
        for last, mark in enumerate(good):
            while mark.start - good[first].start > self._window:
                first += 1
            inside = tuple(good[first : last + 1])
            if not any(each.own for each in inside):
                continue
            kinds = len({each.kind for each in inside})
            if kinds + (bonus > 0) < self._least_kinds:
                continue
            if kinds < self._least_kinds and not is_outspoken(inside):
                continue
            low, high = inside[0].start - self._window, mark.end + self._window
            taken = total(each for each in bad if low <= each.start <= high)
            window = Window(inside, total(inside) + bonus, taken)
            if best is None or (window.net, window.gained) > (best.net, best.gained):
                best = window
        return best

    def _nearby_excuse(self, window: Window, passage: Passage) -> str:
        if not self._excuses:
            return ""
        start = min(mark.start for mark in window.marks)
        end = max(mark.end for mark in window.marks)
        text = passage.segment.text
        around = fold_word(text[max(0, start - self._reach) : end + self._reach])
        evidence = {mark.word for mark in window.marks}
        return next((word for word in self._excuses if word in around and word not in evidence), "")
