"""Exit codes, as other programs rely on them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from domain.rule import Severity


class Exit(IntEnum):
    """How a command ended."""

    CLEAN = 0  # nothing to report
    FINDINGS = 1  # findings at or above --fail-on
    USAGE = 2  # bad input, configuration or usage
    INCOMPLETE = 3  # something could not be looked at


#: 2 beats 3 beats 1.
_ORDER = (Exit.USAGE, Exit.INCOMPLETE, Exit.FINDINGS)


def worst(codes: Iterable[Exit]) -> Exit:
    """The code that a command with several ends returns."""
    given = set(codes)
    return next((code for code in _ORDER if code in given), Exit.CLEAN)


def judged(severities: Iterable[Severity], fail_on: Severity, *, complete: bool, usable: bool = True) -> Exit:
    """The code for findings of these ``severities``: ``complete`` false where a part or an account was not examined,
    ``usable`` false where a part of the input was bad."""
    codes = []
    if any(severity.at_least(fail_on) for severity in severities):
        codes.append(Exit.FINDINGS)
    if not complete:
        codes.append(Exit.INCOMPLETE)
    if not usable:
        codes.append(Exit.USAGE)
    return worst(codes)
