"""What writing reports costs: 100,000 findings as a ledger (xlsx and csv), 5,000 findings as a page in the browser.

    .venv/bin/python -m benchmarks.bench_reports [--rows 100000] [--page 5000]

The measure of a writer is its own library: the same cells, links and formats put into a workbook (``xlsxwriter``) or a
file (``csv``) by a bare loop, without a model, a mask or a count. Each measurement runs in a process of its own, the
rows are made on the way, and the memory is the highest of that process. Fails (exit code 1) where the ledger takes
more than 1.5 times the library's time, where memory grows by more than a quarter from a tenth of the rows to all of
them, or where the page takes 2 s or more.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FACTOR, GROWTH, OPENED = 1.5, 1.25, 2.0
START = datetime(2026, 1, 1, tzinfo=UTC)


def made(count: int) -> Iterator[object]:
    """Rows of a fictional bureau, of the length that real ones have."""
    from domain.rule import Severity
    from reports.ledger import LedgerRow, Stage

    grades, stages = tuple(Severity), tuple(Stage)
    for number in range(count):
        yield LedgerRow(
            fingerprint=f"{number:020x}",
            found_at=START + timedelta(minutes=5 * number),
            account_id=f"wechat:demo{number % 97}",
            account_name=f"柳溪市民政服务第{number % 97}号",
            platform=("wechat", "weibo", "toutiao", "website")[number % 4],
            sponsor=f"柳溪市民政局下属单位{number % 23}",
            supervisor="柳溪市民政局",
            severity=grades[number % 4],
            family=("privacy", "wording", "links", "freshness")[number % 4],
            problem="出现完整身份证号 349************017，涉及名单中的一人",
            stage=stages[number % len(stages)],
            term="349************017",
            sentence=f"第{number}行：苏某某，身份证号349************017，家住柳溪市云台路，本月发放高龄津贴300元。",
            post_title=f"关于{number % 12 + 1}月高龄津贴发放名单的公示（第{number}号）",
            post_url=f"https://mp.example.com/s/demo{number}",
            published_at=START + timedelta(minutes=5 * number - 600),
            clauses="《柳溪市民政局政务新媒体管理制度》第十一条第（三）项",
            suggestion="请删除，或仅保留前3位与后3位",
            notice=f"媒整〔2026〕{number % 400 + 1}号",
            notified_on=date(2026, 3, 2),
            due_on=date(2026, 3, 5),
            recheck="2026-03-06 已整改",
            evidence=f"sha256:{number:064x}",
        )


def head() -> object:
    """What stands over the rows."""
    from reports.ledger_book import LedgerHead

    return LedgerHead(bureau="柳溪市民政局", scope="全部", made_at=START, program="xunjian")


def ledger_xlsx(path: Path, count: int) -> None:
    """The project's workbook."""
    from reports import ledger_book

    ledger_book.write(path, head(), made(count))  # type: ignore[arg-type]


def ledger_csv(path: Path, count: int) -> None:
    """The project's table."""
    from reports import ledger_text

    ledger_text.write_csv(path, head(), made(count))  # type: ignore[arg-type]


def bare_xlsx(path: Path, count: int) -> None:
    """The same sheets, cells and links by the library alone."""
    import xlsxwriter

    from reports.ledger import HEADERS, cells
    from reports.ledger_book import LINKED_ROWS

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "tmpdir": str(path.parent)}) as book:
        look = book.add_format({"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True})
        sheet, proof = book.add_worksheet(), book.add_worksheet()
        links = {HEADERS.index("链接"), HEADERS.index("证据摘要")}
        for number, row in enumerate(made(count), start=1):
            for column, value in enumerate(cells(number, row)):  # type: ignore[arg-type]
                if isinstance(value, int):
                    sheet.write_number(number, column, value, look)
                elif column in links and number <= LINKED_ROWS:
                    sheet.write_url(number, column, value if "://" in value else "internal:A1", look, value)
                else:
                    sheet.write_string(number, column, value, look)
            proof.write_string(number, 0, row.evidence, look)  # type: ignore[attr-defined]
            proof.write_number(number, 1, number, look)
            proof.write_string(number, 2, row.post_url, look)  # type: ignore[attr-defined]
            proof.write_string(number, 3, "xunjian evidence show 0123456789abcdef", look)


def bare_csv(path: Path, count: int) -> None:
    """The same cells by the library alone."""
    import csv

    from reports.ledger import cells

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(made(count), start=1):
            writer.writerow(cells(number, row))  # type: ignore[arg-type]


WORK = {"ledger_xlsx": ledger_xlsx, "ledger_csv": ledger_csv, "bare_xlsx": bare_xlsx, "bare_csv": bare_csv}


def measured(name: str, count: int) -> tuple[float, float]:
    """Seconds and highest memory (MB) of one piece of work in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_reports", "--child", name, "--rows", str(count)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def child(name: str, count: int) -> None:
    """Do the work once and say what it cost."""
    import csv  # noqa: F401  (imported before the clock starts, as the others)

    import xlsxwriter  # noqa: F401

    from reports import ledger_book, ledger_text  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{name.rpartition('_')[2]}"
        start = time.process_time()
        WORK[name](path, count)
        seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([round(seconds, 3), round(memory, 1)]))


def page_seconds(count: int) -> tuple[float, float] | None:
    """Seconds to the end of the first layout of a page with ``count`` findings in a cold browser tab, and its size
    (MB); ``None`` where there is no browser."""
    from crawler.browser import find_browser

    browser = find_browser()
    if not browser:
        return None
    from playwright.sync_api import sync_playwright

    from benchmarks.report_page import page_of
    from reports import formats

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "report.html"
        path.write_bytes(formats.render(page_of(count), "html"))
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = chromium.new_page()
        start = time.monotonic()
        tab.goto(path.as_uri(), wait_until="load", timeout=60_000)
        tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds = time.monotonic() - start
        size = path.stat().st_size / 2**20
        chromium.close()
    return seconds, size


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--page", type=int, default=5_000)
    parser.add_argument("--child", choices=sorted(WORK))
    asked = parser.parse_args()
    if asked.child:
        child(asked.child, asked.rows)
        return 0
    failed = []
    for kind in ("xlsx", "csv"):
        few = measured(f"ledger_{kind}", asked.rows // 10)
        bare = min(measured(f"bare_{kind}", asked.rows) for _ in range(2))
        ours = min(measured(f"ledger_{kind}", asked.rows) for _ in range(2))
        factor, growth = ours[0] / bare[0], ours[1] / few[1]
        print(f"{kind}: {asked.rows} rows {ours[0]:.1f} s of processor, library alone {bare[0]:.1f} s: × {factor:.2f}")
        print(f"{kind}: highest memory {few[1]:.0f} MB at {asked.rows // 10} rows, {ours[1]:.0f} MB at {asked.rows}")
        failed += [f"{kind} takes × {factor:.2f}"] * (factor > FACTOR)
        failed += [f"{kind} memory grows × {growth:.2f}"] * (growth > GROWTH)
    page = page_seconds(asked.page)
    if page is None:
        print("html: no browser on this machine, not measured")
    else:
        print(f"html: {asked.page} findings, {page[1]:.1f} MB, open in {page[0]:.2f} s")
        failed += [f"html opens in {page[0]:.2f} s"] * (page[0] >= OPENED)
    print("; ".join(failed) or "all within their bounds")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
