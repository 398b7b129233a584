"""Whether an edit of a fixed phrase is a slip, or another wording that happens to lie one edit away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from domain.rule import Severity
from scanners.dictionary import dictionary
from scanners.edit import (
    APART,
    BEFORE_VERBS,
    COMMON,
    COUNTRIES,
    CURIOUS_WORD,
    LINKS,
    LONG,
    RARE_SIGN,
    SUFFIXES,
    TAKES_OBJECT,
    Edit,
    EditKind,
    in_quotes,
    is_han,
    likeness,
)
from scanners.guards import Guard
from scanners.odds import gain, is_unheard, leaves_pieces, word_at
from scanners.people import SURNAMES
from scanners.segmenter import Segmenter

Tokens = Sequence[tuple[int, int]]

#: The length of the shortest phrases.
_SHORT = 3
#: Without one of these a number means something else.
_COUNTERS = frozenset("届")
#: Stand behind any noun or verb.
_PLACES = frozenset("中上下内外前后里间")
#: What a person's name stands before.
_TITLES = frozenset(("委员", "主任", "书记", "主席", "代表", "部长", "院长", "同志", "总理", "党员", "干部"))
#: Uses in the segmenter's counts. A character that is used more often is not looked at where nothing is known yet but
#: that the rest of the phrase is whole.
_USUAL_SIGN = 45_000
#: Of a character that is a curiosity, of a rare word, and of a word that everybody knows.
_STRANGE_SIGN = 300
_RARE_WORD = 40
_FAMILIAR_WORD = 1000


class SlipJudge:
    """Asks the segmenter, and only about edits that were found."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def objections(self, text: str, edit: Edit) -> Iterator[tuple[Guard, str]]:
        """Why this is no slip, in a fixed order."""
        here = text[edit.start : edit.end]
        if edit.kind is EditKind.REPLACED and (_joins_countries(text, edit) or _names_a_person(text, edit)):
            yield Guard.ORDINARY, here
        least = _least_gain(text, edit)
        if least > -math.inf and gain(text, edit) < least:
            yield Guard.ORDINARY, here
        if _is_certain(text, edit):
            return
        tokens = self._segmenter.tokens(text, edit.start, edit.end)
        if not _explains_itself(text, edit) and _leaves_a_hole(text, edit, tokens):
            return
        if not (_explains_itself(text, edit) or self._is_out_of_place(text, edit)):
            yield Guard.ORDINARY, here
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
        if edit.at == len(phrase) - 1 and right in SUFFIXES:
            return False
        first, last = edit.at == 0, edit.at == len(phrase) - 1
        long = len(phrase) >= LONG
        grave = edit.phrase.term.severity is Severity.VETO
        if len(phrase) == 3:
            return grave and is_rare_use(wrong, RARE_SIGN)
        if not (first or last) and len(phrase) < LONG:
            return is_rare_use(wrong, _STRANGE_SIGN) or (grave and not _makes_a_word(text, edit.place))
        if not grave or (right in LINKS and not long):
            return is_rare_use(wrong, RARE_SIGN)
        if not (first or last) or is_rare_use(wrong, RARE_SIGN):
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
        if len(phrase) < LONG and not (
            edit.kind is EditKind.REPLACED and len(phrase) > _SHORT and likeness(edit, text)
        ):
            return False
        if edit.kind is EditKind.DROPPED and (
            (edit.start in crossed and edit.at <= 1) or (edit.end in crossed and edit.at >= len(phrase) - 2)
        ):
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
        least = _RARE_WORD if _explains_itself(text, edit) else CURIOUS_WORD
        usual = right - left > 1 and self._segmenter.frequency(text[left:right]) >= least
        short = len(edit.phrase.text) < LONG
        if edit.kind is EditKind.SWAPPED and short:
            loose = (edit.place == edit.start and text[edit.start] in COMMON) or (
                edit.place + 2 == edit.end and text[edit.end - 1] in COMMON
            )
            if loose or (edit.place, edit.place + 2) == (left, right):
                return True
        if edit.kind is EditKind.DROPPED:
            grave = edit.phrase.term.severity is Severity.VETO
            sure = grave and len(edit.phrase.text) >= LONG and leaves_pieces(edit.phrase.text, edit.at)
            usual = right - left > 1 and self._segmenter.frequency(text[left:right]) >= (
                _FAMILIAR_WORD if sure else least
            )
            shorter = usual or (len(edit.phrase.text) <= LONG + 1 and not grave)
            shorter = shorter and edit.phrase.text[edit.at] not in _COUNTERS
            return (shorter and all(right - left > 1 for left, right in inside)) or _hangs_loose(text, edit, tokens)
        if len(edit.phrase.text) < LONG - 1:
            if usual and all(right - left > 1 for left, right in inside):
                return True
            if _hangs_loose(text, edit, tokens):
                return True
        return usual and not _explains_itself(text, edit)


def is_rare_use(sign: str, least: int = _USUAL_SIGN) -> bool:
    """True for a character that the dictionary's own texts have less than ``least`` times."""
    return (dictionary().uses(sign) or 0) < least


def _makes_a_word(text: str, place: int) -> bool:
    """True where the character at ``place`` is half of a word of the dictionary."""
    pairs = text[max(0, place - 1) : place + 1], text[place : place + 2]
    return any((dictionary().uses(pair) or 0) >= CURIOUS_WORD for pair in pairs)


def _explains_itself(text: str, edit: Edit) -> bool:
    return edit.kind is not EditKind.REPLACED or likeness(edit, text) is not None


def _least_gain(text: str, edit: Edit) -> float:
    """How much the right phrase must make likelier: nothing where an edit takes or gives a character, where the right
    one is a word of its own, or where the rest is long."""
    phrase = edit.phrase.text
    if edit.kind is not EditKind.REPLACED or len(phrase) >= LONG - 1:
        return -math.inf
    explained = likeness(edit, text) is not None
    left, right = word_at(phrase, edit.at)
    if right - left == 1:
        return -math.inf if explained else 4.5
    if len(phrase) == _SHORT:
        return 8.0 if edit.at == 0 else 2.5
    if not explained:
        return 4.5
    return 1.0 if leaves_pieces(phrase, edit.at) else -math.inf


def _is_certain(text: str, edit: Edit) -> bool:
    """True where so little is left of the words of the phrase that no other wording can be meant."""
    phrase = edit.phrase.text
    if edit.kind is EditKind.SWAPPED:
        return gain(text, edit) >= 5.0
    if edit.kind is EditKind.DOUBLED:
        return edit.start < edit.place - 1 and edit.place + 1 < edit.end and gain(text, edit) >= 7.0
    if edit.kind is not EditKind.REPLACED:
        return False
    if len(phrase) == _SHORT:
        return likeness(edit, text) is not None and gain(text, edit) >= 9.0
    if text[edit.place] in COMMON:
        return False
    inside, pieces = 0 < edit.at < len(phrase) - 1, leaves_pieces(phrase, edit.at)
    if likeness(edit, text) is None:
        if in_quotes(text, edit):
            return inside and gain(text, edit) >= 4.5
        if not inside and not pieces and len(phrase) >= LONG - 1 and edit.at:
            grave = edit.phrase.term.severity is Severity.VETO
            return grave and gain(text, edit) >= 15.0 and is_unheard(text[edit.place - 1 : edit.place + 1])
        rare = len(phrase) > _SHORT + 1 and inside and pieces and is_rare_use(text[edit.place], RARE_SIGN)
        return rare and gain(text, edit) >= 9.0 and _is_unheard_of(text, edit.place)
    return (inside or pieces) and gain(text, edit) >= 7.0


def _leaves_a_hole(text: str, edit: Edit, tokens: Tokens) -> bool:
    """True where a character that is not like the right one stands among pieces of a word, and makes none with them."""
    phrase, place, at = edit.phrase.text, edit.place, edit.at
    size = len(phrase)
    grave = edit.phrase.term.severity is Severity.VETO
    if at == 0 or size == _SHORT or (place, place + 1) not in tokens or text[place] in COMMON:
        return False
    if any(left < edge < right for left, right in tokens for edge in (edit.start, edit.end)):
        return False
    last, pieces, gained = at == size - 1, leaves_pieces(phrase, at), gain(text, edit)
    if size >= LONG and not last:
        return gained >= 7.0 or (gained >= 4.0 and _is_unheard_of(text, place))
    if not last and not pieces:
        return size == LONG - 1 and gained >= 9.0 and _is_unheard_of(text, place)
    if not pieces or gained < (5.0 if grave else 6.0) or _beside_loose(text, edit, tokens):
        return False
    if last and _may_end_otherwise(phrase):
        return False
    left, right = word_at(phrase, at)
    if phrase[left] in BEFORE_VERBS and left == at - 1:
        return False
    if size == LONG - 2 and not grave:
        return word_at(phrase, 0) == (0, 2) and word_at(phrase, 2) == (2, 4) and _is_unheard_of(text, place)
    before, after = left < at, at + 1 < right
    return not (before and not is_unheard(text[place - 1 : place + 1])) and not (
        after and not is_unheard(text[place : place + 2])
    )


def _is_unheard_of(text: str, place: int) -> bool:
    """True where no word of the dictionary holds the character together with either neighbour."""
    return is_unheard(text[place - 1 : place + 1]) and is_unheard(text[place : place + 2])


def _may_end_otherwise(phrase: str) -> bool:
    """True where another character may take the place of the last one: after a verb that takes any object, a function
    word, or where a whole word stands before it."""
    before = phrase[-2]
    if before in APART or before in SUFFIXES or before == "同" or (before in TAKES_OBJECT and len(phrase) < LONG):
        return True
    return any(dictionary().uses(phrase[at:-1]) for at in range(max(0, len(phrase) - 5), len(phrase) - 3))


def _beside_loose(text: str, edit: Edit, tokens: Tokens) -> bool:
    """True where a single character at an end of the phrase touches one outside: both may be one word."""
    ends = {right: left for left, right in tokens}
    starts = dict(tokens)
    before = starts.get(edit.start) == edit.start + 1 and _is_single(text, ends.get(edit.start, 0), edit.start)
    after = ends.get(edit.end) == edit.end - 1 and _is_single(text, edit.end, starts.get(edit.end, 0))
    return before or after


def _is_single(text: str, left: int, right: int) -> bool:
    return right - left == 1 and is_han(text[left]) and text[left] not in APART


def _joins_countries(text: str, edit: Edit) -> bool:
    """True for the names of two countries side by side: the second is no error for the name of one."""
    if edit.phrase.text[edit.at] not in COUNTRIES | {"国"}:
        return False
    pairs = text[edit.place - 1 : edit.place + 1], text[edit.place : edit.place + 2]
    return any(len(pair) == 2 and COUNTRIES.issuperset(pair) for pair in pairs)


def _names_a_person(text: str, edit: Edit) -> bool:
    """True where a surname stands before two characters and the title of a person."""
    phrase = edit.phrase.text
    return edit.at < 2 and phrase[2:] in _TITLES and text[edit.start - 1 : edit.start] in SURNAMES


def _hangs_loose(text: str, edit: Edit, tokens: Tokens) -> bool:
    """True where a single character at an end of the phrase may as well belong to the wording around it."""
    if edit.kind is EditKind.SWAPPED:
        return False
    starts, ends = dict(tokens), {right: left for left, right in tokens}
    phrase, kind = edit.phrase.text, edit.kind
    gap, doubled = kind is EditKind.DROPPED, kind is EditKind.DOUBLED
    near_start = edit.at <= 1 if gap else edit.place == edit.start or doubled
    near_end = edit.at >= len(phrase) - 2 if gap else edit.place == edit.end - 1
    first, last = word_at(phrase, min(edit.at, len(phrase) - 1))
    if near_start and starts.get(edit.start) == edit.start + 1:
        alone = _is_single(text, ends.get(edit.start, edit.start), edit.start)
        outer = text[edit.start - 1 : edit.start]
        if (alone and kind is not EditKind.REPLACED) or _is_common_piece(
            edit, text[edit.start], outer, first == 0, alone
        ):
            return True
    if near_end and ends.get(edit.end) == edit.end - 1:
        alone = _is_single(text, edit.end, starts.get(edit.end, edit.end))
        outer = text[edit.end : edit.end + 1]
        own = last == len(phrase)
        return (alone and kind is not EditKind.REPLACED) or _is_common_piece(
            edit, text[edit.end - 1], outer, own, alone
        )
    return False


def _is_common_piece(edit: Edit, sign: str, outer: str, own: bool, alone: bool) -> bool:
    """True where ``sign``, single at an end of the phrase, belongs to the wording around more often than not; ``own``
    tells that the edit is in its own word."""
    if edit.kind is EditKind.DOUBLED or sign not in COMMON:
        return False
    if edit.kind is not EditKind.DROPPED or not leaves_pieces(edit.phrase.text, edit.at):
        return True
    grave = edit.phrase.term.severity is Severity.VETO
    if not own or not (is_han(outer) and not alone and grave and len(edit.phrase.text) >= LONG):
        return own and (sign in APART or is_han(outer) or not grave)
    return sign in APART or sign in _PLACES
