"""Mark of a state secret: a level alone is an ordinary word, a level with its sign is a mark."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

#: The sign ★ in the forms seen in documents; 女, 大 and 太 are what text recognition makes of it.
_SIGN = re.compile(r"[★☆✩✰⭐✭✮]|\*\s?(?:\d|长期)|密[女大太]\d")
_FIELD = re.compile(r"密级[：:]")


def check(candidate: Candidate) -> Verdict:
    """The sign, or the field 密级 filled in with a level, must be there."""
    if _SIGN.search(candidate.text):
        return Verdict(ok=True, explanation="写成“密级★保密期限”的国家秘密标志")
    if _FIELD.match(candidate.text):
        return Verdict(ok=True, explanation="“密级”一栏填有密级")
    return reject("只有密级字样，没有标志")
