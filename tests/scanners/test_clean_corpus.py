"""Every stable rule is silent on exemplary official prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.post import Segment
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

TEXTS = sorted((Path(__file__).parent / "clean").glob("*.txt"))


def test_there_are_texts():
    assert TEXTS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_silent(path):
    findings = Scanner(book(), KEY).scan_post([Segment("body", path.read_text(encoding="utf-8"))])
    assert [(finding.rule_id, finding.term, finding.sentence) for finding in findings] == []
