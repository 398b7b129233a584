"""Tables that people edit in Excel, read as CSV: encoding, header, and the row number a person sees."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.errors import DataError, system_reason

#: What Excel needs to open a CSV file as UTF-8.
BOM = "\ufeff"
_FORMULA_STARTS = "=+-@"
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it (header = 1) and its trimmed cells by header."""

    number: int
    cells: Mapping[str, str]

    def get(self, header: str) -> str:
        """The cell under ``header``, empty where the file has no such column."""
        return self.cells.get(header, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and its rows; rows without any content are left out."""

    path: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(
    path: Path, *, known: Collection[str], required: Collection[str], error: type[DataError], name: str = ""
) -> Table:
    """Read a CSV file with a header row.

    Raises ``error`` for another encoding than UTF-8, an unreadable file, an unknown, doubled or missing column, and a
    cell outside the columns; where several things are wrong, all are told together.
    """
    shown = name or path.name
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise error(shown, f"读不出文件（{system_reason(reason)}）；请检查路径与权限") from reason
    text = decode(data, shown, error)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as reason:
        raise error(shown, "不是完整的 CSV；多半是引号没有成对，请在 Excel 中打开后重新保存") from reason
    return build(records, shown, known=known, required=required, error=error)


def decode(data: bytes, shown: str, error: type[DataError]) -> str:
    """UTF-8 text of ``data``, with or without BOM; raises ``error`` with the likely cause for anything else."""
    advice = "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重试"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise error(shown, f"是 UTF-16 编码（多半是 Excel 另存为“Unicode 文本”所致）；{advice}")
    if data[:4] == b"PK\x03\x04":
        raise error(shown, f"是 Excel 工作簿，不是 CSV；{advice}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        raise error(shown, f"不是 UTF-8 编码，也认不出是什么编码；{advice}") from None
    raise error(shown, f"不是 UTF-8 编码，是 GB18030（多半是 Excel 另存为“CSV（逗号分隔）”所致）；{advice}")


def build(
    records: Sequence[Sequence[str]],
    shown: str,
    *,
    known: Collection[str],
    required: Collection[str],
    error: type[DataError],
) -> Table:
    """A table from records, the first of which is the header; raises ``error`` as ``read_csv`` does."""
    header = [cell.strip().lstrip(BOM) for cell in records[0]] if records else []
    while header and not header[-1]:
        header.pop()
    if not header:
        raise error(shown, f"是空文件；第一行应为表头：{'、'.join(known)}")
    raise_all(_header_problems(header, shown, known=known, required=required, error=error))
    problems: list[DataError] = []
    rows: list[Row] = []
    for number, record in enumerate(records[1:], start=2):
        cells = [_unguarded(cell.strip()) for cell in record]
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            problems.append(error(shown, "单元格比表头多；请检查是否多了逗号或引号没有成对", row=number))
            continue
        rows.append(Row(number, dict(zip(header, cells, strict=False))))
    raise_all(problems)
    return Table(shown, tuple(header), tuple(rows))


def _header_problems(
    header: Sequence[str], shown: str, *, known: Collection[str], required: Collection[str], error: type[DataError]
) -> list[DataError]:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        return [error(shown, "列之间不是英文逗号；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”", row=1)]
    problems: list[DataError] = []
    unknown = [name for name in header if name not in known]
    if unknown:
        listed = "、".join(name or "（空白）" for name in unknown)
        problems.append(error(shown, f"不认识的列 {listed}；可用列：{'、'.join(known)}", row=1))
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        problems.append(error(shown, f"列重复 {'、'.join(doubled)}；每列只能出现一次", row=1))
    missing = [name for name in required if name not in header]
    if missing:
        problems.append(error(shown, f"缺少必填列 {'、'.join(missing)}；请补上该列", row=1))
    return problems


def raise_all(problems: Sequence[DataError]) -> None:
    """Raise all ``problems`` as one error of the first one's kind, one line each; nothing when there is none."""
    singles = [single for problem in problems for single in problem.problems]
    if singles:
        singles[0].also = tuple(singles[1:])
        raise singles[0]


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV file that Excel opens in columns; cells that Excel would take for formulas are kept as text."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows([_guarded(cell) for cell in row] for row in rows)


def _guarded(cell: str) -> str:
    return "'" + cell if cell[:1] in _FORMULA_STARTS and cell[:1] else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA_STARTS and cell[1:2] else cell


def parse_date(text: str) -> date | None:
    """The day as Excel or a person writes it (``2026-01-05``, ``2026/1/5``, ``2026年1月5日``), or ``None``."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, divided by ``|`` (full width too)."""
    return tuple(part for part in (piece.strip() for piece in cell.replace("｜", "|").split("|")) if part)
