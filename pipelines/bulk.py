"""``xunjian scan``: bulk text in, findings out, one JSON object a line. No crawl, no database."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from domain.clock import parse_instant
from domain.finding import Finding
from domain.post import Segment
from pipelines.executor import InlineExecutor, Spread, in_flight, open_cluster, open_pool
from pipelines.linefiles import LONGEST_LINE, Reading, Writing, has_foreign_bytes, legible, require_place
from scanners.engine import PostText
from scanners.factory import ScannerSpec, scanner_for
from scanners.matcher import FEW

#: Lines handed to a worker at once: enough to make the hand-over cheap, few enough to keep memory flat.
BATCH_LINES = 512
#: A batch also ends here, so that long documents do not pile up (characters of JSON).
BATCH_CHARACTERS = 1_000_000
#: Batches handed out and not yet written, for each worker: one to work on, one to go on with.
BATCHES_AHEAD = 2
#: From so many batches on other processes save more time than their start takes.
WORTHWHILE = 4
_FOREIGN = "有字节不是 UTF-8，已当作乱码检查，可能漏查；请把文件另存为 UTF-8 后重新运行"
_Numbered = tuple[int, str]
Batches = Iterator[list[_Numbered]]


@dataclass(slots=True)
class ScanStats:
    """What was scanned. ``seconds`` is scanning alone: reading, start-up and writing are left out.

    With several workers it is the sum of their scanning time divided by their number.
    """

    documents: int = 0
    characters: int = 0
    bytes: int = 0
    seconds: float = 0.0
    findings: int = 0
    bad_lines: int = 0


@dataclass(slots=True)
class _Result:
    lines: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    stats: ScanStats = field(default_factory=ScanStats)


class BadLine(ValueError):
    """An input line that cannot be scanned; its text says why, in Chinese."""


def scan_file(
    source: Path,
    target: Path,
    spec: ScannerSpec,
    *,
    workers: int = 1,
    cluster: str = "",
    stats_file: Path | None = None,
    report: Callable[[str], None] | None = None,
) -> ScanStats:
    """Scan ``source`` (JSON lines) into ``target``, in the order of the input, holding only a few batches in memory.

    ``workers`` processes of this machine share the batches (0: one for each processor), or the workers of the cluster
    whose scheduler is at ``cluster``; the findings are the same. ``report`` gets one Chinese line for every bad input
    line; the caller ends with exit code 2 when ``bad_lines`` is not zero. ``-`` stands for standard input and output.
    The target appears only when all is done. Raises ``OSError``, ``ConfigError``, ``LexiconError`` and ``RuleError``.
    """
    require_place(target)
    if stats_file is not None:
        require_place(stats_file)
    total = ScanStats()
    # Rules and words are checked before anything is written; a worker elsewhere must have the very same.
    spec = replace(spec, digest=scanner_for(spec).book.digest)
    with ExitStack() as stack:
        lines = stack.enter_context(Reading(source))
        batches = _batches(lines)
        spread, batches = stack.enter_context(_spread(batches, spec, workers, cluster))
        output = stack.enter_context(Writing(target))
        work = ((spec, batch) for batch in batches)
        for result in in_flight(spread.executor, scan_batch, work, spread.workers * BATCHES_AHEAD):
            output.file.writelines(result.lines)
            for number, problem in result.errors:
                if report is not None:
                    report(f"{source}:{number}：{problem}")
            _add(total, result.stats)
        output.done = True
    total.seconds /= spread.workers
    if stats_file is not None:
        stats_file.write_text(json.dumps(asdict(total), ensure_ascii=False) + "\n", encoding="utf-8")
    return total


def _batches(lines: Iterator[str]) -> Iterator[list[_Numbered]]:
    batch: list[_Numbered] = []
    size = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        batch.append((number, line))
        size += len(line)
        if len(batch) >= BATCH_LINES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def scan_batch(spec: ScannerSpec, batch: list[_Numbered]) -> _Result:
    """The findings of some lines of input. Pure but for the scanner that the process keeps."""
    scanner = scanner_for(spec)
    result = _Result()
    stats = result.stats
    documents: list[Document] = []
    for number, line in batch:
        if has_foreign_bytes(line):  # scanned all the same: what is legible in it still counts
            line = legible(line)
            result.errors.append((number, _FOREIGN))
            stats.bad_lines += 1
        try:
            documents.append(read_document(line))
        except BadLine as error:
            result.errors.append((number, str(error)))
            stats.bad_lines += 1
    posts = [document.post for document in documents]
    if sum(len(segment.text) for post in posts for segment in post.segments) >= FEW:
        scanner.prepare()  # start-up, not scanning
    began = time.perf_counter()
    found = scanner.scan_posts(posts)
    stats.seconds += time.perf_counter() - began
    stats.documents += len(documents)
    for document, findings in zip(documents, found, strict=True):
        for segment in document.post.segments:
            stats.characters += len(segment.text)
            stats.bytes += len(segment.text.encode("utf-8", "surrogatepass"))
        stats.findings += len(findings)
        result.lines.extend(_line(document.raw_id, finding) for finding in findings)
    return result


@contextmanager
def _spread(
    batches: Iterator[list[_Numbered]], spec: ScannerSpec, workers: int, cluster: str
) -> Iterator[tuple[Spread, Batches]]:
    """Who does the work, and the batches. A short input is not worth the start of other processes."""
    if cluster:
        with open_cluster(cluster) as spread:
            yield spread, batches
        return
    count = workers or os.cpu_count() or 1
    first = list(islice(batches, WORTHWHILE))
    whole = chain(first, batches)
    if count < 2 or len(first) < WORTHWHILE:
        yield Spread(InlineExecutor(), 1), whole
        return
    scanner_for(spec).prepare()  # once, before this process is copied
    with open_pool(count) as spread:
        yield spread, whole


@dataclass(frozen=True, slots=True)
class Document:
    """One line of input; ``raw_id`` as it was written."""

    raw_id: str | int
    post: PostText


def read_document(line: str) -> Document:
    """Raises ``BadLine``."""
    if len(line) > LONGEST_LINE:
        raise BadLine(f"这一行超过 {LONGEST_LINE // 1_000_000} 百万字，没有检查；请拆成多行")
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"不是正确的 JSON（第 {error.colno} 个字处）；请改正这一行，其余各行不受影响") from error
    except (ValueError, RecursionError) as error:
        raise BadLine("不是正确的 JSON（嵌套太深或数字太长）；请改正这一行，其余各行不受影响") from error
    if not isinstance(row, dict):
        raise BadLine("应为一个 JSON 对象；请改正这一行")
    identity = row.get("id")
    if isinstance(identity, bool) or not isinstance(identity, (str, int)) or identity == "":
        raise BadLine("缺少 id（文字或整数）；请补上")
    text = _text(row, "text", required=True)
    title = _text(row, "title")
    segments = [Segment("title", title)] if title else []
    segments.append(Segment("body", text))
    post = PostText(
        segments=tuple(segments),
        account_id=_text(row, "account"),
        post_key=str(identity),
        published_at=_instant(row),
    )
    return Document(identity, post)


def _text(row: Mapping[str, object], key: str, *, required: bool = False) -> str:
    value = row.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"{key} 应为文字；请改正" if key in row else f"缺少 {key}；请补上")
    return value


def _instant(row: Mapping[str, object]) -> datetime | None:
    value = _text(row, "published_at")
    if not value:
        return None
    try:
        return parse_instant(value)
    except ValueError as error:
        raise BadLine(f"published_at “{value}”不是 ISO 8601 时间；例：2026-06-18T09:00:00+08:00") from error


def finding_fields(finding: Finding) -> dict[str, object]:
    """A finding as ``scan`` and ``check`` print it: masked, with the first place it stands at (``null`` for none)."""
    place = finding.occurrences[0] if finding.occurrences else None
    return {
        "rule": finding.rule_id,
        "family": finding.family,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "field": place.field if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "term": finding.masked_term,
        "sentence": finding.masked_sentence,
        "suggestion": finding.suggestion,
        "clause": finding.clauses[0] if finding.clauses else "",
    }


def _line(identity: str | int, finding: Finding) -> str:
    fields: dict[str, object] = {"id": identity, **finding_fields(finding)}
    try:
        return json.dumps(fields, ensure_ascii=False).encode("utf-8").decode() + "\n"
    except UnicodeEncodeError:  # half a surrogate pair in the input: escaped, so that the output stays valid UTF-8
        return json.dumps(fields) + "\n"


def _add(total: ScanStats, part: ScanStats) -> None:
    total.documents += part.documents
    total.characters += part.characters
    total.bytes += part.bytes
    total.seconds += part.seconds
    total.findings += part.findings
    total.bad_lines += part.bad_lines


__all__ = ["BATCH_LINES", "BadLine", "Document", "ScanStats", "finding_fields", "read_document", "scan_file"]
