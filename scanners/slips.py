"""Whether an edit of a fixed phrase is a slip, or another wording that happens to lie one edit away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rule import Severity
from scanners.dictionary import dictionary
from scanners.edit import COMMON, LINKS, LONG, Edit, EditKind, is_han, likeness
from scanners.guards import Guard
from scanners.segmenter import Segmenter

Tokens = Sequence[tuple[int, int]]

#: Uses of a character or a word in the segmenter's counts (of some sixty million words): below, it is a rare one.
_RARE_SIGN = 3000
_STRANGE_SIGN = 300
_RARE_WORD = 40
#: Of a word that would have to stand there by a slip that nothing explains.
_CURIOUS_WORD = 4


class SlipJudge:
    """Asks the segmenter, and only about edits that were found."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def objections(self, text: str, edit: Edit) -> Iterator[tuple[Guard, str]]:
        """Why this is no slip, in a fixed order."""
        here = text[edit.start : edit.end]
        if not (_explains_itself(text, edit) or self._is_out_of_place(text, edit)):
            yield Guard.ORDINARY, here
        tokens = self._segmenter.tokens(text, edit.start, edit.end)
        if not self._is_aligned(text, edit, tokens):
            yield Guard.WHOLE_WORD, here
        if self._reads_well(text, edit, tokens):
            yield Guard.ORDINARY, here

    def _is_out_of_place(self, text: str, edit: Edit) -> bool:
        """True where a character that neither sounds nor looks like the right one can still be nothing but wrong.

        A character that is not rare may make another phrase of ordinary words ("科研成果转化"), so it only counts
        against the gravest phrases. Inside one of four characters it must be wrong; at an end, what is whole may go on
        in another way ("教育部", "教育厅"), unless the character is rare or a word of the phrase is left in pieces.
        """
        phrase, wrong, right = edit.phrase.text, text[edit.place], edit.phrase.text[edit.at]
        first, last = edit.at == 0, edit.at == len(phrase) - 1
        long = len(phrase) >= LONG
        grave = edit.phrase.term.severity is Severity.VETO
        if len(phrase) == 3:
            return grave and is_rare_use(wrong)
        if not (first or last) and len(phrase) < LONG:
            return is_rare_use(wrong, _STRANGE_SIGN) or (grave and not _makes_a_word(text, edit.place))
        if not grave or (right in LINKS and not long):
            return is_rare_use(wrong)
        if not (first or last) or is_rare_use(wrong):
            return True
        tokens = self._segmenter.tokens(phrase, 0, len(phrase))
        left, end = tokens[0] if first else tokens[-1]
        return end - left > 1

    def _is_aligned(self, text: str, edit: Edit, tokens: Tokens) -> bool:
        """True where no word reaches over an end of the phrase that would not reach over it in the right text, too."""
        phrase = edit.phrase.text
        crossed = [edge for edge in (edit.start, edit.end) if any(left < edge < right for left, right in tokens)]
        if not crossed:
            return True
        if len(phrase) < LONG:
            return False
        over = [token for token in tokens if token[0] <= edit.place < token[1]]
        if any(left < edit.start or edit.end < right for left, right in over):
            return False
        at_start = edit.at == 0 or (edit.at == 1 and edit.kind is EditKind.DOUBLED)
        if (edit.start in crossed and at_start) or (edit.end in crossed and edit.place >= edit.end - 1):
            return False
        end = edit.start + len(phrase)
        right_tokens = self._segmenter.tokens(text[: edit.start] + phrase + text[edit.end :], edit.start, end)
        edges = [edit.start if edge == edit.start else end for edge in crossed]
        return all(any(left < edge < right for left, right in right_tokens) for edge in edges)

    def _reads_well(self, text: str, edit: Edit, tokens: Tokens) -> bool:
        """True where the words that stand there are as good as the phrase."""
        inside = [(left, right) for left, right in tokens if edit.start <= left and right <= edit.end]
        if inside and inside[0] == (edit.start, edit.end):
            return True
        left, right = next(((left, right) for left, right in tokens if left <= edit.place < right), (0, 0))
        least = _RARE_WORD if _explains_itself(text, edit) else _CURIOUS_WORD
        usual = right - left > 1 and self._segmenter.frequency(text[left:right]) >= least
        short = len(edit.phrase.text) < LONG
        if edit.kind is EditKind.SWAPPED and (edit.place, edit.place + 2) == (left, right) and short:
            return True
        if len(edit.phrase.text) < LONG - 1 or edit.kind is EditKind.DROPPED:
            if (usual or (edit.kind is EditKind.DROPPED and len(edit.phrase.text) <= LONG + 1)) and all(
                right - left > 1 for left, right in inside
            ):
                return True
            if _hangs_loose(text, edit, tokens):
                return True
        return usual and not _explains_itself(text, edit)


def is_rare_use(sign: str, least: int = _RARE_SIGN) -> bool:
    """True for a character that the dictionary's own texts have less than ``least`` times."""
    return (dictionary().uses(sign) or 0) < least


def _makes_a_word(text: str, place: int) -> bool:
    """True where the character at ``place`` is half of a word of the dictionary."""
    pairs = text[max(0, place - 1) : place + 1], text[place : place + 2]
    return any((dictionary().uses(pair) or 0) >= _CURIOUS_WORD for pair in pairs)


def _explains_itself(text: str, edit: Edit) -> bool:
    return edit.kind is not EditKind.REPLACED or likeness(edit, text) is not None


def _hangs_loose(text: str, edit: Edit, tokens: Tokens) -> bool:
    """True where a single character at an end of the phrase may as well belong to the wording around it."""
    if edit.kind is EditKind.SWAPPED:
        return False
    by_start = dict(tokens)
    by_end = {right: left for left, right in tokens}
    gap = edit.kind is EditKind.DROPPED
    near_start = edit.at <= 1 if gap else edit.place == edit.start or edit.kind is EditKind.DOUBLED
    near_end = edit.at >= len(edit.phrase.text) - 2 if gap else edit.place == edit.end - 1
    doubled = edit.kind is EditKind.DOUBLED
    if near_start and by_start.get(edit.start) == edit.start + 1:
        before = by_end.get(edit.start)
        alone = before == edit.start - 1 and is_han(text[before])
        if (text[edit.start] in COMMON and not doubled) or (edit.kind is not EditKind.REPLACED and alone):
            return True
    if near_end and by_end.get(edit.end) == edit.end - 1:
        alone = by_start.get(edit.end) == edit.end + 1 and is_han(text[edit.end])
        if (text[edit.end - 1] in COMMON and not doubled) or (edit.kind is not EditKind.REPLACED and alone):
            return True
    return False
