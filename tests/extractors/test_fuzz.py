"""Bytes that no program wrote: every extractor gives an answer, and none brings down or holds up its process."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import extract
from extractors.driver import extract_here
from extractors.limits import Limits
from tests.fixtures.leaky import places
from tests.fixtures.leaky.making.zips import packed

#: Kinds that need no recognition of pictures: that takes seconds a file.
_QUICK = ("xlsx", "xls", "csv", "docx", "doc", "rtf", "odt", "ods", "ofd", "html", "zip", "7z", "tar.gz")
_SAMPLES = {place.kind: (place.leaky, place.file) for place in places() if place.kind in _QUICK}
_LIMITS = Limits(segments=20_000, unpacked_bytes=50 * 2**20, part_bytes=20 * 2**20, depth=3, files=50)
_SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def _mutated(data: bytes, seed: int) -> bytes:
    """A few bytes changed, taken out, doubled or put in."""
    generator = random.Random(seed)
    body = bytearray(data)
    for _ in range(generator.randint(1, 12)):
        if not body:
            break
        at = generator.randrange(len(body))
        match generator.randrange(5):
            case 0:
                body[at] = generator.randrange(256)
            case 1:
                del body[at : at + generator.randint(1, 40)]
            case 2:
                body[at:at] = body[at : at + generator.randint(1, 200)]
            case 3:
                body[at : at + 4] = generator.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
            case _:
                body[at:at] = bytes(generator.randrange(256) for _ in range(generator.randint(1, 16)))
    return bytes(body) or b"\x00"


@pytest.mark.parametrize("kind", sorted(_SAMPLES))
@_SETTINGS
@given(seed=st.integers(0, 2**31))
def test_changed_files_are_answered(kind, seed):
    data, file = _SAMPLES[kind]
    started = time.monotonic()
    if kind == "xls":  # its library can run without end: that is what the child process is for
        found = extract(_mutated(data, seed), file, field="attachment:1", limits=_LIMITS)
    else:
        found = extract_here(_mutated(data, seed), file, field="attachment:1", limits=_LIMITS)
    assert time.monotonic() - started < 45
    assert found.segments or found.unexamined or kind in ("html", "rtf", "csv", "zip", "tar.gz")


#: Parts that are unpacked before they are read: changing the packed bytes would only break the checksum.
_PARTS = {
    "docx": (
        "word/document.xml",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>",
    ),
    "xlsx": ("xl/workbook.xml", "<workbook xmlns='x'><sheets><sheet name='a'/></sheets>"),
    "odt": ("content.xml", "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"),
    "ofd": ("OFD.xml", "<ofd:OFD xmlns:ofd='x'>"),
}
_FRAGMENTS = st.lists(
    st.sampled_from(
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<a b='", "'/>",
         "文字", "&#x10FFFF;", "&amp;", "&nope;", "<![CDATA[x]]>", "<!-- x -->", "<?x y?>", "<w:sz w:val='x'/>",
         "<c r='ZZZZ99999999'>", "<row r='-1'/>",
         "<v>1e309</v>", "<text:p text:c='-5'/>", "<ofd:TextObject Boundary='a b'/>"]
    ),
    max_size=30,
)  # fmt: skip


@pytest.mark.parametrize("kind", sorted(_PARTS))
@_SETTINGS
@given(pieces=_FRAGMENTS)
def test_odd_xml_is_answered(kind, pieces):
    name, start = _PARTS[kind]
    end = "</" + start[1:].split()[0].rstrip(">") + ">"
    body = packed({"mimetype": "application/vnd.oasis.opendocument.text", name: start + "".join(pieces) + end})
    extract_here(body, f"x.{kind}", field="attachment:1", limits=_LIMITS)
