"""Decisions to states, in every order that matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.case import CaseState, Decision, Verdict, case_state

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)


def decide(*verdicts, expires_at=None):
    return [
        Decision(
            fingerprint="f", verdict=verdict, reason="看过原文", decided_by="李", decided_at=NOW, expires_at=expires_at
        )
        for verdict in verdicts
    ]


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ((), CaseState.OPEN),
        ((Verdict.CONFIRM,), CaseState.CONFIRMED),
        ((Verdict.DISMISS,), CaseState.DISMISSED),
        ((Verdict.DISMISS, Verdict.REOPEN), CaseState.OPEN),
        ((Verdict.CONFIRM, Verdict.RECTIFIED), CaseState.CLOSED),
        ((Verdict.CONFIRM, Verdict.RECTIFIED, Verdict.REOPEN), CaseState.OPEN),
        ((Verdict.REOPEN, Verdict.CONFIRM), CaseState.CONFIRMED),
    ],
)
def test_the_last_decision_rules(verdicts, state):
    assert case_state(decide(*verdicts), NOW) is state


def test_accepting_ends_on_its_day_and_needs_one():
    assert case_state(decide(Verdict.ACCEPT, expires_at=NOW + timedelta(days=1)), NOW) is CaseState.ACCEPTED
    assert case_state(decide(Verdict.ACCEPT, expires_at=NOW), NOW) is CaseState.OPEN
    assert case_state(decide(Verdict.ACCEPT), NOW) is CaseState.OPEN


def test_only_open_and_confirmed_cases_wait_for_somebody():
    assert [state for state in CaseState if state.is_open] == [CaseState.OPEN, CaseState.CONFIRMED]
