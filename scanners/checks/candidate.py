"""What a check is asked, and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.rule import Confidence, Severity

_SEPARATORS = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A match of the rule's pattern. ``text`` is the folded match, ``before`` and ``after`` the folded text around it.

    ``head`` is the head of the column it stands in, ``row`` the rest of its row, where it stands in a table.
    ``recognised`` tells that the text was read from a picture, where single characters may be wrong.
    ``whole`` is all of the folded text in which it stands.
    ``published_on`` is the day of publication where it is known: a check never asks the clock.
    """

    text: str
    before: str = ""
    after: str = ""
    head: str = ""
    row: str = ""
    recognised: bool = False
    whole: str = ""
    published_on: date | None = None

    @property
    def value(self) -> str:
        """The match without separators."""
        return _SEPARATORS.sub("", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``ok`` False drops the match with ``reason``. ``needs_context`` asks for one of the rule's context words nearby.

    ``length`` cuts the match down to its first code points where only they are the value, ``lead`` says how many before
    it belong to it; ``severity``, ``confidence``
    and ``explanation`` go into the finding.
    """

    ok: bool
    reason: str = ""
    needs_context: bool = False
    severity: Severity | None = None
    confidence: Confidence | None = None
    explanation: str = ""
    length: int | None = None
    lead: int = 0


def reject(reason: str) -> Verdict:
    """The match is not what the rule looks for."""
    return Verdict(ok=False, reason=reason)
