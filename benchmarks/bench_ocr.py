"""Recognition on drawn public lists: which identity numbers are reported, what is asserted wrongly, time and memory.

    python -m benchmarks.bench_ocr [--numbers 300] [--json FILE]

Lists of 20 rows are drawn in five faces and three sizes, turned by up to 1.5 degrees and pressed into a JPEG of quality
70, once with identity numbers and once with harmless numbers of the same length. All numbers are fictional.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from extractors.driver import extract_here
from scanners.checks.resident_id import check_character
from scanners.engine import Scanner
from scanners.factory import ScannerSpec, scanner_for
from tests.fixtures.drawing import pictures

SIZES = (16, 20, 28)
_ROWS = 20
_RULE = "privacy-id-card-number"
_FAMILIES = (_RULE, "privacy-id-card-number-suspected", "privacy-id-card-number-15")
_SURNAMES, _GIVEN = "程周方何许吕施张孔曹严华金魏陶姜", "国伟芳秀英娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to. ``reported`` of ``numbers`` places; ``false_values`` are reported values that were not
    drawn; ``harmless_reports`` findings of identity numbers on ``harmless`` other numbers; times in seconds a picture,
    memory in MB."""

    numbers: int
    reported: int
    false_values: int
    unread_values: int
    harmless: int
    harmless_reports: int
    pictures: int
    seconds_median: float
    seconds_longest: float
    load_seconds: float
    peak_mb: int

    @property
    def recall(self) -> float:
        """Share of the drawn numbers that are reported."""
        return self.reported / max(1, self.numbers)


def identity(random_: random.Random) -> str:
    """A fictional identity number: its county code is assigned to no county."""
    first = _first(random_)
    return first + check_character(first).upper()


def harmless(random_: random.Random) -> str:
    """A number of the same length that is no identity number: half of them have its shape, and another check digit."""
    if random_.random() < 0.5:
        return f"{random_.randint(1, 6)}{random_.randint(10**4, 10**5 - 1)}31{random_.randint(10**9, 10**10 - 1)}"
    first = _first(random_)
    return first + random_.choice([digit for digit in "0123456789" if digit != check_character(first)])


def _first(random_: random.Random) -> str:
    born = f"{random_.randint(1935, 2015)}{random_.randint(1, 12):02d}{random_.randint(1, 28):02d}"
    return f"3499{random_.randint(1, 9):02d}{born}{random_.randint(1, 999):03d}"


def person(random_: random.Random) -> str:
    """A name."""
    return random_.choice(_SURNAMES) + "".join(random_.choice(_GIVEN) for _ in range(random_.choice((1, 2))))


def lists(numbers: int, *, private: bool, seed: int = 20) -> Iterator[tuple[bytes, list[str]]]:
    """Pictures of lists, with the numbers drawn in each."""
    random_ = random.Random(seed + private)
    styles = [(face, size) for face in range(len(pictures.faces())) for size in SIZES]
    drawn = 0
    while drawn < numbers:
        face, size = styles[(drawn // _ROWS) % len(styles)]
        count = min(_ROWS, numbers - drawn)
        values = [identity(random_) if private else harmless(random_) for _ in range(count)]
        head = ("序号", "姓名", "身份证号码", "金额") if private else ("序号", "单位", "订单编号", "金额")
        rows = [
            (str(number), person(random_) if private else "柳溪站", value, f"{random_.randint(3, 40) * 100}元")
            for number, value in enumerate(values, 1)
        ]
        sheet = pictures.table("柳溪市临时救助公示名单", [head, *rows], size=size, face=face)
        yield pictures.photographed(sheet, seed + drawn), values
        drawn += count


def run(numbers: int, scanner: Scanner) -> Result:
    """Draw, read, scan and count."""
    started = time.perf_counter()
    extract_here(pictures.saved(pictures.page(["预热"])), "a.png", field="attachment:1")
    load = time.perf_counter() - started
    times: list[float] = []
    reported = false = unread = reports = 0
    for body, values in lists(numbers, private=True):
        found, read = _found(body, scanner, times, (_RULE,))
        reported += sum(value in found for value in values)
        false += sum(value not in values for value in found)
        unread += sum(value not in read for value in found)
    for body, _ in lists(numbers, private=False):
        found, _ = _found(body, scanner, times, _FAMILIES)
        reports += len(found)
    return Result(
        numbers=numbers,
        reported=reported,
        false_values=false,
        unread_values=unread,
        harmless=numbers,
        harmless_reports=reports,
        pictures=len(times),
        seconds_median=round(median(times), 2),
        seconds_longest=round(max(times), 2),
        load_seconds=round(load, 2),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _found(body: bytes, scanner: Scanner, times: list[float], rules: Sequence[str]) -> tuple[list[str], str]:
    """The values reported by ``rules``, without separators, and all that was read."""
    started = time.perf_counter()
    extraction = extract_here(body, "list.jpg", field="attachment:1")
    times.append(time.perf_counter() - started)
    findings = scanner.scan_post(extraction.segments)
    values = [re.sub(r"\W", "", finding.term) for finding in findings if finding.rule_id in rules]
    return values, re.sub(r"[^0-9Xx]", "", "".join(segment.text for segment in extraction.segments))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=300)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = run(options.numbers, scanner_for(ScannerSpec(b"benchmark")))
    print(json.dumps({**asdict(result), "recall": round(result.recall, 4)}, indent=2))
    if options.json:
        options.json.write_text(json.dumps({**asdict(result), "recall": result.recall}), encoding="utf-8")


if __name__ == "__main__":
    main()
