"""Screenshots of pages with grave findings."""

from __future__ import annotations

from domain.rule import Severity

#: Findings of which a picture is made.
GRAVE = frozenset({Severity.VETO, Severity.MAJOR})
