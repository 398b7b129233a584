"""A leader's name with a post that he or she did not hold on the day of the post.

Judged only by posts whose time the list of leaders tells: one held by the person at another time, or one that only one
person holds, and on that day somebody else did. Everything else is unknown, and silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from domain.rule import Confidence, Severity
from lexicons import Lexicon
from lexicons.offices import Office
from scanners.folding import fold_word
from scanners.wordchecks.found import FoundWord, WordVerdict

#: Held by several people at once.
_SEVERAL = re.compile("副|委员$|常委$|书记处书记$|元帅$|^主席$|^总司令$")
#: How a post is called for short beside the name, before it or after it, where nobody else can be meant.
_SHORT = {"总书记": "中共中央总书记", "总理": "国务院总理", "委员长": "全国人大常委会委员长", "副总理": "国务院副总理"}
_SPOKEN_OF_THE_PAST = re.compile(r"(?:时任|原任|原|前任|前|曾任|历任|当时的|已故)(?:中国|我国|党和国家领导人)?[、，]?$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
#: Posts whose holders the list tells without a gap: whoever is not among them never held one.
_COMPLETE = frozenset(
    ("中共中央总书记", "国家主席", "中央军委主席", "国务院总理", "全国人大常委会委员长", "全国政协主席")
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Since before there were official accounts: no post of one can be too early for it.
_ALWAYS = date(2013, 4, 1)
#: Signs of the longest chain of posts before a name that is looked through.
_REACH = 48


class _LeaderPost:
    def __init__(self, lexicon: Lexicon) -> None:
        self._held: dict[str, dict[str, list[Office]]] = {}
        self._holders: dict[str, list[tuple[str, Office]]] = {}
        for term in lexicon.terms:
            for office in term.offices:
                title = fold_word(office.title)
                self._held.setdefault(term.word, {}).setdefault(title, []).append(office)
                if office.dated and not _SEVERAL.search(office.title):
                    self._holders.setdefault(title, []).append((term.word, office))
        self._titles: Mapping[str, str] = {
            **{title: title for titles in self._held.values() for title in titles},
            **{short: full for short, full in _SHORT.items() if full in self._holders or "副" in short},
        }
        self._longest_first = sorted(self._titles, key=len, reverse=True)
        self._ends = tuple(self._longest_first)
        self._after = tuple(_SHORT)
        self._always = {
            term.word: tuple(
                fold_word(office.title)
                for office in term.offices
                if office.since is not None and office.since < _ALWAYS and office.until is None
            )
            for term in lexicon.terms
        }

    def worth(self, text: str, start: int, end: int) -> bool:
        """True where a post stands beside the name that the person has not held all the time."""
        before = text[max(0, start - _REACH) : start]
        if not before.endswith(self._ends) and not text.startswith(self._after, end):
            return False
        always = self._always.get(text[start:end], ())
        return not (always and before.endswith(always) and "、" not in before[-14:])

    def judge(self, found: FoundWord) -> WordVerdict:
        name = found.term.word
        for title, lead in self._posts(found):
            why, hard = self._wrong(found, title)
            if not why:
                continue
            if _SPOKEN_OF_THE_PAST.search(found.before[: len(found.before) - lead] if lead else found.before):
                return WordVerdict(reason="前面写明说的是从前的职务")
            if self._of_its_time(found, title):
                return WordVerdict(reason="说的是任职那些年的事")
            undated = found.day is None
            when = "发布日期不明，按今天判断" if undated else f"发布于 {found.day}"
            return WordVerdict(
                lead=lead,
                severity=Severity.NOTICE if undated and not hard else None,
                confidence=Confidence.LOW if undated else None,
                explanation=f"{why}；{when}，任期见领导人姓名库",
                suggestion=f"请核对{name}当时的职务；说的是从前的，写“时任”或“原”",
            )
        return WordVerdict(reason="职务与任期相符，或库里没有这项任期")

    def _posts(self, found: FoundWord) -> Iterator[tuple[str, int]]:
        """The posts beside the name in full, nearest first, with the signs from there to the name."""
        at = len(found.before)
        while True:
            post = next((title for title in self._longest_first if found.before.endswith(title, 0, at)), "")
            if not post or (post in _SHORT and _HAN.match(found.before[: at - len(post)][-1:])):
                break
            at -= len(post)
            yield self._titles[post], len(found.before) - at
            if found.before[at - 1 : at] != "、":
                break
            at -= 1
        for short in self._after:
            if found.after.startswith(short):
                yield self._titles.get(short, short), 0

    def _wrong(self, found: FoundWord, title: str) -> tuple[str, bool]:
        """What is wrong, and whether it was wrong at all times."""
        name, day = found.term.word, found.day or date.max
        own = self._held.get(name, {}).get(title, [])
        if any(not office.dated or office.held_on(day) for office in own):
            return "", False
        if own:
            times = "、".join(f"{office.since}至{office.until or '今'}" for office in own)
            return f"{name}任{title}是 {times}", False
        other = next((who for who, office in self._holders.get(title, ()) if office.held_on(day)), "")
        return (f"库里没有{name}担任{title}的任期，当时是{other}", title in _COMPLETE) if other else ("", False)

    def _of_its_time(self, found: FoundWord, title: str) -> bool:
        own = self._held.get(found.term.word, {}).get(title, [])
        years = [int(match[1]) for match in _YEAR.finditer(f"{found.before}\n{found.after}")]
        if found.day is None and (said := found.year_said()):
            years.append(said)
        return any(
            office.since is not None and office.since.year <= year <= (office.until or date.max).year
            for office in own
            for year in years
        )


def make(lexicon: Lexicon) -> _LeaderPost:
    """For one list of leaders."""
    return _LeaderPost(lexicon)
