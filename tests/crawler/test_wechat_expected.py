"""Real saved pages and what must be read from them. They are not part of the project; without them this skips."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.reading import read, to_dict

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms"
EXPECTED = FOLDER / "expected.json"
FILES = json.loads(EXPECTED.read_text("utf-8"))["files"] if EXPECTED.is_file() else {}
CASES = sorted((name, values) for name, values in FILES.items() if name.startswith("wechat/"))


@pytest.mark.skipif(not CASES, reason="the folder of real saved pages is not on this machine")
@pytest.mark.parametrize(("name", "values"), CASES or [("none", {})], ids=[name for name, _ in CASES] or ["none"])
def test_expected_reading(name, values):
    body = (FOLDER / "samples" / name).read_bytes()
    said = to_dict(read("wechat", body, "", datetime(2026, 6, 18, tzinfo=UTC)))
    for key, value in values.items():
        if key == "images":
            assert len(said["images"]) == value
        elif key == "profile_contains":
            profile = json.dumps(said["profile"], ensure_ascii=False)
            assert [text for text in value if text not in profile] == []
        elif key != "note":
            assert said[key] == value, key
