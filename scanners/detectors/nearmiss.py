"""Fixed phrases with one wrong edit: a slip is told from another wording that happens to look like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rule import Confidence, Rule, Severity
from lexicons import Lexicon
from scanners.confusion import Likeness, is_known
from scanners.detectors.lexicon import _parted
from scanners.edits import LONG, Anchor, Edit, EditKind, GapAnchor, NameAnchor, Phrase, WrongForm, entries, likeness
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage
from scanners.segmenter import Segmenter

#: An entry of the automaton that belongs to a rule of this kind.
NearEntry = Anchor | GapAnchor | WrongForm
#: Matches of the automaton: both ends in the compact view, and the entry.
Found = Sequence[tuple[int, int, NearEntry | NameAnchor]]

KINDS = {
    EditKind.REPLACED: "错字",
    EditKind.SWAPPED: "前后颠倒",
    EditKind.DROPPED: "漏字",
    EditKind.DOUBLED: "叠字",
}
LIKE = {Likeness.SAME_SOUND: "同音", Likeness.NEAR_SOUND: "音近", Likeness.SHAPE: "形近"}
_NUMERALS = frozenset("零〇一二三四五六七八九十百千两")
#: Characters whose absence leaves a usual short form.
_LINKS = _NUMERALS | frozenset("的和与及之等、")
#: Characters in which names end: a second one may belong to the name before.
_SUFFIXES = frozenset("村镇乡县市省区国部局厅会社院人党队军民家等各所站处令委办法例员者师志派组")
#: Both are in use for the same thing.
_EQUAL = frozenset(("作做", "做作", "唯惟", "惟唯", "帐账", "账帐", "他它", "它他", "份分", "分份"))
#: Characters that begin or end the wording around a phrase far more often than they are a slip.
COMMON = frozenset(
    "的地得了着过是不在有和与及或以为于对向从把被将由让使等也都就还又再更最很要会能可到去来上下中内外前后里间之其该此这那各每某本"
    "另第设自原现新老旧大小多少全总副正首"
)


class NearMissDetector:
    """A rule of kind ``near_miss``: ``list`` names the list of fixed phrases, ``excused_by`` the words of sentences
    that speak about an error instead of making it."""

    def __init__(self, index: int, rule: Rule, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.rule = rule
        self._lexicon = lexicon
        self._segmenter = segmenter
        value = rule.detector.get("excused_by", ())
        self._excused_by = tuple(fold_word(str(word)) for word in value) if isinstance(value, list) else ()
        phrases: dict[str, Phrase] = {}
        for term in lexicon.terms:
            for word in term.words:
                folded = fold_word(word)
                phrases.setdefault(folded, Phrase(folded, term))
        self._known = frozenset(phrases) | {fold_word(word) for term in lexicon.terms for word in term.exceptions}
        self._longest = max(map(len, self._known), default=0)
        self.entries: tuple[tuple[str, NearEntry], ...] = tuple(entries(index, list(phrases.values())))

    def judge(self, found: Found, passage: Passage, context: PostContext) -> Iterator[Hit]:
        """The slips among the automaton's matches in ``passage.compact``; of overlapping ones the longest phrase."""
        text = passage.compact.text
        edits = {edit for start, end, entry in found for edit in entry.edits(text, start, end)}
        taken: list[Edit] = []
        for edit in sorted(edits, key=lambda edit: (-len(edit.phrase.text), edit.start, edit.kind)):
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
        listed = self._listed(text, edit)
        if listed:
            yield Guard.EXCEPTION, listed
        if not _may_be_slip(text, edit):
            yield Guard.ORDINARY, text[edit.start : edit.end]
        unlike = edit.kind is EditKind.REPLACED and likeness(edit, text) is None
        if unlike and not _breaks_word(edit, self._segmenter):
            yield Guard.ORDINARY, text[edit.start : edit.end]
        tokens = self._segmenter.tokens(text, edit.start, edit.end)
        if not _aligned(tokens, edit):
            yield Guard.WHOLE_WORD, ""
        if _is_ordinary(text, edit, tokens):
            yield Guard.ORDINARY, "、".join(text[left:right] for left, right in tokens if left >= edit.start)
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
            for right in range(last, min(len(text), left + self._longest) + 1):
                if text[left:right] in self._known:
                    return text[left:right]
        return ""


def _may_be_slip(text: str, edit: Edit) -> bool:
    """True where such an edit can be a slip at all, whatever stands around it."""
    phrase = edit.phrase.text
    if edit.kind is EditKind.DROPPED:
        gone = phrase[edit.at]
        short = len(phrase) < LONG - 1
        return _is_han(gone) and gone not in _LINKS and not (short and edit.phrase.term.severity is not Severity.VETO)
    if edit.kind is EditKind.SWAPPED:
        pair = text[edit.place : edit.place + 2]
        loose = (edit.place == edit.start and pair[0] in COMMON) or (edit.place + 2 == edit.end and pair[1] in COMMON)
        return not set(pair) <= _NUMERALS and not loose
    if edit.kind is EditKind.DOUBLED:
        first, last = edit.place - 1 == edit.start, edit.place + 1 == edit.end
        outer = text[edit.start - 1 : edit.start] if first else text[edit.end : edit.end + 1] if last else ""
        doubled = text[edit.place]
        belongs = (_is_han(outer) and outer not in COMMON and doubled in _SUFFIXES) or outer in ("(", "（")
        return _is_han(doubled) and not belongs
    wrong, right = text[edit.place], phrase[edit.at]
    if not (is_known(wrong) and is_known(right)):
        return False
    beside = text[max(0, edit.place - 1) : edit.place] + text[edit.place + 1 : edit.place + 2]
    if wrong in _NUMERALS and (right in _NUMERALS or set(beside) & _NUMERALS):
        return False
    if wrong + right in _EQUAL:
        return False
    if likeness(edit, text) is not None:
        return True
    return len(phrase) > 3 and wrong not in COMMON and wrong not in _NUMERALS and right not in _LINKS


def _breaks_word(edit: Edit, segmenter: Segmenter) -> bool:
    """True where the wrong character leaves only a part of a word of the phrase.

    At an end of a phrase that is asked for, unless the character explains itself: what is left whole there may go on
    in another way ("教育部", "教育厅"). Other wordings of slogans are usual, those of the gravest ones are not.
    """
    phrase = edit.phrase
    if 0 < edit.at < len(phrase.text) - 1:
        return True
    if phrase.text[edit.at] in _SUFFIXES or (phrase.term.severity is not Severity.VETO and len(phrase.text) < LONG):
        return False
    tokens = segmenter.tokens(phrase.text, 0, len(phrase.text))
    left, right = tokens[0] if edit.at == 0 else tokens[-1]
    return right - left > 1


def _aligned(tokens: Sequence[tuple[int, int]], edit: Edit) -> bool:
    """True where no word reaches over an end of the phrase."""
    return not any(left < edge < right for left, right in tokens for edge in (edit.start, edit.end))


def _is_ordinary(text: str, edit: Edit, tokens: Sequence[tuple[int, int]]) -> bool:
    """True where the words that stand there are as good as the phrase."""
    size = len(edit.phrase.text)
    inside = [(left, right) for left, right in tokens if edit.start <= left and right <= edit.end]
    over = next(((left, right) for left, right in inside if left <= edit.place < right), None)
    if inside and inside[0] == (edit.start, edit.end):
        return True
    if size < LONG - 1 or edit.kind is EditKind.DROPPED:
        if all(right - left > 1 for left, right in inside):
            return True
        if _hangs_loose(text, edit, tokens):
            return True
    if edit.kind is EditKind.REPLACED and likeness(edit, text) is None:
        return over is not None and over[1] - over[0] > 1
    return False


def _hangs_loose(text: str, edit: Edit, tokens: Sequence[tuple[int, int]]) -> bool:
    """True where a single character at an end of a short phrase may as well belong to the wording around it."""
    by_start = dict(tokens)
    by_end = {right: left for left, right in tokens}
    if edit.kind is EditKind.SWAPPED:
        return False
    first_alone = by_start.get(edit.start) == edit.start + 1
    last_alone = by_end.get(edit.end) == edit.end - 1
    gap = edit.kind is EditKind.DROPPED
    if first_alone:
        before = by_end.get(edit.start)
        loose = text[edit.start] in COMMON and (gap or edit.place == edit.start)
        if loose or (edit.kind is not EditKind.REPLACED and before == edit.start - 1 and _is_han(text[before])):
            return True
    if last_alone:
        after = by_start.get(edit.end)
        loose = text[edit.end - 1] in COMMON and (gap or edit.place == edit.end - 1)
        if loose or (edit.kind is not EditKind.REPLACED and after == edit.end + 1 and _is_han(text[edit.end])):
            return True
    return False


def _is_han(sign: str) -> bool:
    return sign != "" and "\u4e00" <= sign <= "\u9fff"
