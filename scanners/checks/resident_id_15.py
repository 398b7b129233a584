"""Resident identity number of 15 digits, issued before October 1999."""

from __future__ import annotations

from scanners import people
from scanners.checks.candidate import Candidate, Verdict, reject
from scanners.checks.resident_id import plausible


def check(candidate: Candidate) -> Verdict:
    """Province and birth date must exist; there is no check character, so context or a name must stand nearby."""
    value = candidate.value
    why = plausible(f"{value[:6]}19{value[6:]}")
    if why:
        return reject(why)
    named = people.ends_with_name(candidate.before.rstrip(" :：,，"))
    return Verdict(ok=True, needs_context=not named, explanation="15 位，省份码和出生日期与旧版身份证号相符")
