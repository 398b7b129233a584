"""Fixed phrases with one wrong edit: a slip is told from another wording that happens to look like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rule import Confidence, Rule
from lexicons import Lexicon
from scanners.confusion import Likeness
from scanners.detectors.lexicon import _parted
from scanners.edit import Edit, EditKind, Phrase, likeness, may_be
from scanners.edits import NameAnchor, WrongForm, edit_at, short_forms
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.nearscan import NearScan
from scanners.passage import Passage, PlainPassage
from scanners.segmenter import Segmenter
from scanners.slips import SlipJudge
from scanners.views import View

#: Matches of the automaton: both ends in the compact view, and the entry.
Found = Sequence[tuple[int, int, WrongForm | NameAnchor]]

#: The shortest wording that is taken for a short form of a longer phrase.
_SHORT_FORM = 4

KINDS = {
    EditKind.REPLACED: "错字",
    EditKind.SWAPPED: "前后颠倒",
    EditKind.DROPPED: "漏字",
    EditKind.DOUBLED: "叠字",
}
LIKE = {Likeness.SAME_SOUND: "同音", Likeness.NEAR_SOUND: "音近", Likeness.SHAPE: "形近"}


class NearMissDetector:
    """A rule of kind ``near_miss``: ``list`` names the list of fixed phrases, ``excused_by`` the words of sentences
    that speak about an error instead of making it."""

    def __init__(self, index: int, rule: Rule, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.rule = rule
        self._lexicon = lexicon
        self._slips = SlipJudge(segmenter)
        value = rule.detector.get("excused_by", ())
        self._excused_by = tuple(fold_word(str(word)) for word in value) if isinstance(value, list) else ()
        phrases: dict[str, Phrase] = {}
        for term in lexicon.terms:
            for word in term.words:
                folded = fold_word(word)
                phrases.setdefault(folded, Phrase(folded, term))
        self._known = frozenset(phrases) | {fold_word(word) for term in lexicon.terms for word in term.exceptions}
        lengths: dict[str, set[int]] = {}
        for known in self._known:
            lengths.setdefault(known[:2], set()).add(len(known))
        self._longer: dict[str, list[str]] = {}
        for known in phrases:
            if len(known) >= _SHORT_FORM + 2:
                self._longer.setdefault(known[0] + known[-1], []).append(known)
        self._lengths = {begin: tuple(sorted(sizes)) for begin, sizes in lengths.items()}
        self._longest = max(map(len, self._known), default=0)
        self._index = index
        self.entries: tuple[tuple[str, WrongForm], ...] = tuple(short_forms(index, list(phrases.values())))
        self._scan = NearScan(list(phrases.values()), self._known)
        self._forms: dict[tuple[int, EditKind, int], WrongForm] = {}

    def spots(self, view: View, *, everything: bool) -> Iterator[tuple[int, int, WrongForm]]:
        """Edits that are no words of the automaton, in a text with margins, as if they were; ``everything`` also those
        that can be no slip."""
        text = view.text
        for spot in self._scan.find(view.codes, everything=everything):
            edit = edit_at(spot, text)
            if edit is not None and (everything or may_be(text, edit)):
                key = id(edit.phrase), edit.kind, edit.at
                form = self._forms.get(key)
                if form is None:
                    form = self._forms[key] = WrongForm(self._index, ((edit.phrase, edit.kind, edit.at),))
                yield edit.start, edit.end, form

    def judge(self, found: Found, passage: Passage, context: PostContext) -> Iterator[Hit]:
        """The slips among the automaton's matches in ``passage.compact``; of overlapping ones the longest phrase."""
        text = passage.compact.text
        edits = {edit for start, end, entry in found for edit in entry.edits(text, start, end)}
        taken: list[Edit] = []
        for edit in sorted(edits, key=lambda edit: _preference(edit, text)):
            if any(edit.start < other.end and other.start < edit.end for other in taken):
                continue
            span = passage.compact.span(edit.start, edit.end)
            if any(
                context.drop(self.rule.id, guard, passage, *span, detail)
                for guard, detail in self._reasons(edit, passage)
            ):
                continue
            taken.append(edit)
            yield self._hit(edit, passage, span)

    def standing(self, found: Found, text: str) -> Found:
        """Of matches in the compact view of a passage those that the text alone does not speak against."""
        passage = PlainPassage(text)
        return [
            sighting
            for sighting in found
            if any(next(self._reasons(edit, passage), None) is None for edit in sighting[2].edits(text, *sighting[:2]))
        ]

    def _hit(self, edit: Edit, passage: Passage, span: tuple[int, int]) -> Hit:
        term, text = edit.phrase.term, passage.compact.text
        like = likeness(edit, text)
        how = LIKE[like] + KINDS[edit.kind] if like else KINDS[edit.kind]
        return Hit(
            passage=passage,
            start=span[0],
            end=span[1],
            key=text[edit.start : edit.end],
            severity=term.severity,
            confidence=None if like or edit.kind is not EditKind.REPLACED else Confidence.MEDIUM,
            suggestion=term.suggestion or term.word,
            clause=term.clause,
            explanation=f"与{self._lexicon.title}第 {term.row} 行“{term.word}”只差一处（{how}）；来源：{term.source}",
            facts={"right": edit.phrase.text},
        )

    def _reasons(self, edit: Edit, passage: Passage) -> Iterator[tuple[Guard, str]]:
        """Why this is no slip, in order; a switched-off guard lets the next one speak."""
        text = passage.compact.text
        if not may_be(text, edit):
            yield Guard.ORDINARY, text[edit.start : edit.end]
        listed = self._listed(text, edit) or self._shortened(text, edit)
        if listed:
            yield Guard.EXCEPTION, listed
        yield from self._slips.objections(text, edit)
        if self._excused_by:
            around = fold_word(passage.around(*passage.compact.span(edit.start, edit.end)))
            excuse = next((word for word in self._excused_by if word in around), "")
            if excuse:
                yield Guard.EXCUSE, excuse
        if _parted(passage.compact, edit.start, edit.end):
            yield Guard.GAP, ""

    def _listed(self, text: str, edit: Edit) -> str:
        """A listed phrase, or a look-alike named by a row, that stands over the edit just as it is."""
        first = edit.place - 1 if edit.kind in (EditKind.DROPPED, EditKind.DOUBLED) else edit.place
        last = first + 1 if edit.kind is EditKind.REPLACED else first + 2
        for left in range(max(0, last - self._longest), first + 1):
            for size in self._lengths.get(text[left : left + 2], ()):
                if left + size >= last and text[left : left + size] in self._known:
                    return text[left : left + size]
        return ""

    def _shortened(self, text: str, edit: Edit) -> str:
        """A listed phrase of which the wording is a short form: its characters in order, both ends equal."""
        form = text[edit.start : edit.end]
        if len(form) < _SHORT_FORM or edit.kind is not EditKind.REPLACED:
            return ""
        return next(
            (phrase for phrase in self._longer.get(form[0] + form[-1:], ()) if _is_subsequence(form, phrase)), ""
        )


def _is_subsequence(form: str, phrase: str) -> bool:
    rest = iter(phrase)
    return len(form) < len(phrase) and all(sign in rest for sign in form)


def _preference(edit: Edit, text: str) -> tuple[int, int, bool, str, str]:
    """The longest phrase first, of equal ones that which explains the character; always the same order."""
    unlike = edit.kind is EditKind.REPLACED and likeness(edit, text) is None
    return -len(edit.phrase.text), edit.start, unlike, edit.kind.value, edit.phrase.text
