"""Real saved replies of Weibo and of the stores, where they are at hand."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.reading import read, to_dict

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms"
PLATFORMS = {"weibo": "weibo", "app_stores": "app"}
#: Relative dates of the saved listing refer to this moment.
AT = datetime.fromisoformat("2019-06-16T12:00:00+08:00")


def _cases():
    path = SHARED / "expected.json"
    if not path.is_file():
        reason = "the folder of real saved replies is not on this machine"
        return [pytest.param("", {}, marks=pytest.mark.skip(reason=reason))]
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    return [pytest.param(name, want, id=name) for name, want in files.items() if name.split("/")[0] in PLATFORMS]


@pytest.mark.parametrize(("name", "want"), _cases())
def test_a_real_reply_says_what_it_should(name, want):
    body = (SHARED / "samples" / name).read_bytes()
    said = to_dict(read(PLATFORMS[name.split("/")[0]], body, "", AT))
    for key, value in want.items():
        if key == "profile_contains":
            profile = json.dumps(said["profile"], ensure_ascii=False)
            assert [word for word in value if word not in profile] == []
        elif key == "images":
            assert len(said["images"]) == value
        elif key != "note":
            assert said[key] == value, key
