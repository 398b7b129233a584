"""Leaders' names in another order than the published one; judged only between names whose rank the list tells."""

from __future__ import annotations

from domain.rule import Confidence
from lexicons import Lexicon
from lexicons.offices import Office
from scanners.wordchecks.found import FoundWord, WordVerdict


class _LeaderOrder:
    def __init__(self, lexicon: Lexicon) -> None:
        self._ranks = {term.word: term.ranks for term in lexicon.terms if term.ranks}
        self._before = tuple(f"{name}、" for name in self._ranks)
        self._longest = max(map(len, self._before), default=1)

    def worth(self, text: str, start: int, end: int) -> bool:
        """True where another ranked name and a list comma stand directly before the name."""
        del end
        return text[max(0, start - 1) : start] == "、" and text[max(0, start - self._longest) : start].endswith(
            self._before
        )

    def judge(self, found: FoundWord) -> WordVerdict:
        own = self._ranks.get(found.term.word, ())
        first = next((name for name in self._ranks if found.before.endswith(f"{name}、")), "")
        if not first or not own:
            return WordVerdict(reason="库里没有排序")
        pairs = [(a, b) for a in self._ranks[first] for b in own if _together(a, b, found)]
        if not pairs:
            return WordVerdict(reason="当时没有公布的排序")
        if any(int(a.title) < int(b.title) for a, b in pairs):
            return WordVerdict(reason="与公布的排序一致")
        undated = found.day is None
        if undated and self._of_another_time(found):
            return WordVerdict(reason="同列的姓名不属于现在的名单")
        return WordVerdict(
            lead=len(first) + 1,
            confidence=Confidence.LOW if undated else None,
            explanation=f"公布的排序中{found.term.word}在{first}之前{'；发布日期不明' if undated else ''}",
            suggestion=f"请核对排序：{found.term.word}、{first}",
        )

    def _of_another_time(self, found: FoundWord) -> bool:
        """True where somebody beside them has no rank today: an undated list of then."""
        near = f"{found.before}\n{found.after}"
        gone = (name for name, ranks in self._ranks.items() if all(rank.until is not None for rank in ranks))
        return any(name in near for name in gone)


def _together(one: Office, other: Office, found: FoundWord) -> bool:
    """True where both ranks held on the day; without a day, where there was a time at which both did."""
    if found.day is not None:
        return one.held_on(found.day) and other.held_on(found.day)
    return one.since is not None and other.since is not None and (one.held_on(other.since) or other.held_on(one.since))


def make(lexicon: Lexicon) -> _LeaderOrder:
    """For one list of leaders."""
    return _LeaderOrder(lexicon)
