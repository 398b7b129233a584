"""What a check of a word is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.rule import Confidence, Severity
from lexicons import Term

#: Stands at the edge of the text around a word that a blank or a line end parts from it.
PARTED = "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWord:
    """A word of a list in a text. ``before`` and ``after`` are the folded text around it, ``day`` the day of
    publication, ``None`` where it is not known: a check never asks the clock."""

    term: Term
    word: str
    before: str
    after: str
    day: date | None = None
    year_said: Callable[[], int] = lambda: 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVerdict:
    """``reason`` (not empty) drops the word. ``lead`` says how many code points before it belong to what is wrong;
    the others go into the finding, empty ones leave the rule's own."""

    reason: str = ""
    lead: int = 0
    severity: Severity | None = None
    confidence: Confidence | None = None
    explanation: str = ""
    suggestion: str = ""


class WordCheck(Protocol):
    """Judges one word where it stands."""

    def worth(self, text: str, start: int, end: int) -> bool:
        """False where the next characters already tell that nothing is wrong: asked at every word, so it is cheap."""

    def judge(self, found: FoundWord) -> WordVerdict:
        """What is wrong with it."""
