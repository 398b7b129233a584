"""The text formats of every situation, byte for byte.

``XUNJIAN_WRITE_GOLDEN=1`` writes the files anew; a person reads them before they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports import formats

GOLDEN = Path(__file__).resolve().parent / "golden"


@pytest.mark.parametrize("name", ["csv", "html", "json"])
def test_rendering_is_the_golden_one(situation, name):
    title, report = situation
    path = GOLDEN / f"{title}.{name}"
    body = formats.render(report, name)
    if os.environ.get("XUNJIAN_WRITE_GOLDEN") == "1":
        path.write_bytes(body)
    assert body == path.read_bytes(), f"{path.name} differs; XUNJIAN_WRITE_GOLDEN=1 writes it anew"


def test_no_golden_file_without_its_situation():
    from_files = {path.stem for path in GOLDEN.iterdir()}
    assert from_files == {"empty", "no_finding", "one_finding", "not_checked", "many"}
