"""Recognition on drawn lists, as ``benchmarks/bench_ocr.py`` measures it, on a smaller number of lists."""

from __future__ import annotations

import pytest

from benchmarks import bench_ocr
from scanners.factory import ScannerSpec, scanner_for
from tests.fixtures.drawing import needs


@pytest.mark.slow
def test_numbers_on_lists_are_reported_and_nothing_is_made_up():
    needs.recognition()
    result = bench_ocr.run(100, scanner_for(ScannerSpec(b"k" * 32, families=frozenset({"privacy"}))))
    assert result.recall >= 0.95
    assert result.unread_values == 0
    assert result.false_values == 0
    assert result.harmless_reports == 0
