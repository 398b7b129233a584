"""Masks that undo each other: one list hides the birth date of a person, another one the rest.

Each list alone may hide enough; what counts is what is left once they are laid over each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.rule import Rule
from scanners import people
from scanners.checks.resident_id import PROVINCES, fits
from scanners.checks.weak_mask import candidates
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage

#: What hides a character, once folded; and three of it as they stand in a text.
_HIDING = "*×●○■□#•"
_RUNS = tuple(sign * 3 for sign in f"{_HIDING}＊Xx＃")
_SIGNS = r"[0-9*×●○■□#•]"
#: An identity number or a mobile number of which some characters are hidden; blanks and hyphens may part it.
_MASKED = re.compile(rf"(?<![0-9a-z*×●○■□#•])(?:[1-9*×●○■□#•](?:[ \-]?{_SIGNS}){{10,17}}[ ]?x?)(?![0-9a-z*×●○■□#•])")
_PARTS = re.compile(r"[ \-]")
_SIGN = re.compile(r"[^0-9x]")
#: So few numbers can be tried one by one; and so many characters both must show to be of one person.
_FEW, _COMMON = 1_100, 2
_WINDOW = 40
#: A post with more masked numbers is compared up to here: the lists of one notice.
_MOST = 4_000
#: So many numbers of one name are laid over each other.
_NAMESAKES = 40
_ID, _PHONE = 18, 11


@dataclass(frozen=True, slots=True)
class _Masked:
    name: str
    shown: str
    passage: Passage
    start: int
    end: int


class MasksDetector:
    """The rule of kind ``masks``: numbers of one person that are hidden in different places in one post."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @staticmethod
    def wanted(text: str) -> bool:
        """True where ``text`` may hold a masked number; cheap, and often wrong."""
        return any(run in text for run in _RUNS)

    def judge(self, passages: Sequence[Passage], context: PostContext) -> Iterator[Hit]:
        """One hit for each person whose number comes out where the masks are laid over each other."""
        groups: dict[tuple[str, int], list[_Masked]] = {}
        for number, found in enumerate(_all(passages)):
            if number == _MOST:
                break
            groups.setdefault((found.name, len(found.shown)), []).append(found)
        for (name, length), group in groups.items():
            yield from self._laid_over(name, length, group[:_NAMESAKES], context)

    def _laid_over(self, name: str, length: int, group: Sequence[_Masked], context: PostContext) -> Iterator[Hit]:
        told: set[str] = set()
        for at, first in enumerate(group):
            for second in group[at + 1 :]:
                union = _union(first.shown, second.shown)
                if union is None or union in told:
                    continue
                if not _comes_out(union, first.shown, second.shown) and context.drop(
                    self.rule.id, Guard.MASKED, first.passage, first.start, first.end, "合起来仍还原不了"
                ):
                    continue
                told.add(union)
                yield _hit(name, length, union, first, second)


def _hit(name: str, length: int, union: str, first: _Masked, second: _Masked) -> Hit:
    left = union.count("*")
    rest = f"只剩 {left} 位未知，逐个试就能还原" if left else "号码完整露出"
    what = "身份证号" if length == _ID else "手机号"
    return Hit(
        passage=first.passage,
        start=first.start,
        end=first.end,
        key=f"masks:{first.shown}+{second.shown}",
        explanation=f"同一人（{people_mark(name)}）的{what}在两处遮盖的位置不同，合在一起{rest}",
        places=((second.passage, second.start, second.end),),
    )


def people_mark(name: str) -> str:
    """The surname alone."""
    return f"{name[0]}某"


def _all(passages: Sequence[Passage]) -> Iterator[_Masked]:
    for passage in passages:
        text = passage.base.text
        if not any(sign in text for sign in _HIDING):
            continue
        for match in _MASKED.finditer(text):
            shown = _SIGN.sub("*", _PARTS.sub("", match.group()))
            if len(shown) not in (_ID, _PHONE) or "*" not in shown or not any(map(str.isdigit, shown)):
                continue
            name = _name(passage, text, match.start())
            if name:
                yield _Masked(name, shown, passage, *passage.base.span(*match.span()))


def _name(passage: Passage, text: str, position: int) -> str:
    """Whose number stands at ``position``: the cell of the row, or the last name before it in its line."""
    cells = passage.segment.context.split("\t") if passage.segment.context else []
    named = next((cell for cell in cells if people.is_name(cell) and not people.is_hidden_name(cell)), "")
    if named:
        return named
    line = max(text.rfind("\n", 0, position) + 1, position - _WINDOW)
    before = text[line:position]
    whole = [cell for cell in re.split(r"[\s|,，:：]+", before) if people.is_name(cell)]
    names = whole or people.names_in(before)
    return names[-1] if names and not people.is_hidden_name(names[-1]) else ""


def _union(first: str, second: str) -> str | None:
    """Both laid over each other; ``None`` where they contradict each other or share too little."""
    common = 0
    laid: list[str] = []
    for one, other in zip(first, second, strict=True):
        if one != "*" and other != "*":
            if one != other:
                return None
            common += 1
        laid.append(other if one == "*" else one)
    return "".join(laid) if common >= _COMMON else None


def _comes_out(union: str, first: str, second: str) -> bool:
    """True where few numbers are left, and each mask alone left many."""
    if len(union) == _PHONE:
        hidden = union.count("*")
        return union[0] == "1" and hidden <= 2 and all(one.count("*") >= 4 for one in (first, second))
    if union[:2] not in PROVINCES or "x" in union[:17]:
        return False
    if "*" not in union:
        return fits(union) and all(_left(one) > _FEW for one in (first, second))
    return _left(union) <= _FEW and all(_left(one) > _FEW for one in (first, second))


def _left(shown: str) -> int:
    return candidates(shown.replace("x", "0"))
