"""Quality of the privacy rules: recall by kind and spelling, hard negatives, invented persons, official texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.evaldata import FOLDER, Row, missing, rows
from domain.finding import Finding
from domain.post import Segment
from domain.rule import Severity
from scanners.engine import Scanner

GOVERNMENT = (
    "gov_laws",
    "gov_policy",
    "gov_reports",
    "gov_services",
    "gov_odw_sentences",
    "gov_xwlb_news",
)


def interval(hits: int, number: int) -> str:
    """A share and its 95 % interval (Wilson)."""
    if not number:
        return "no rows"
    z, share = 1.96, hits / number
    middle = share + z * z / (2 * number)
    spread = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    scale = 1 + z * z / number
    return f"{share:.3f} [{max(0.0, (middle - spread) / scale):.3f}, {min(1.0, (middle + spread) / scale):.3f}]"


def found(scanner: Scanner, row: Row, least: Severity = Severity.MINOR) -> list[Finding]:
    """The privacy findings of ``least`` or graver."""
    findings = scanner.scan_post([Segment("body", row.text)], post_key=row.id)
    return [finding for finding in findings if finding.family == "privacy" and finding.severity.at_least(least)]


def places(findings: list[Finding]) -> list[tuple[int, int]]:
    """Where findings stand."""
    return [(place.start, place.end) for finding in findings for place in finding.occurrences]


def overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """True where ``span`` shares a character with one of ``others``."""
    return any(span[0] < right and left < span[1] for left, right in others)


def report(scanner: Scanner, folder: Path = FOLDER, show: str = "") -> None:
    """Everything about privacy; with ``show`` the errors: ``missed``, ``negatives``, ``persons`` or ``government``."""
    for name, part in (("pii_synth", _synthetic), ("pii_multipriv", _persons)):
        if why := missing(name, folder):
            print(f"{name}: {why}")
        else:
            part(scanner, folder, show)
    _government(scanner, folder, show)


def _synthetic(scanner: Scanner, folder: Path, show: str) -> None:
    hit: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    negatives: defaultdict[str, list[bool]] = defaultdict(list)
    reported = right = 0
    for row in rows("pii_synth", folder):
        kind, style = row.meta["type"], row.meta["style"]
        spans = [(int(start), int(end)) for start, end in row.meta["spans"]]
        findings = found(scanner, row)
        here = places(findings)
        if row.label == "pii":
            ok = all(overlaps(span, here) for span in spans)
            hit[kind, style].append(ok)
            reported, right = reported + len(here), right + sum(overlaps(place, spans) for place in here)
            if show == "missed" and not ok:
                print(f"    missed {kind}/{style}: {[row.text[max(0, start - 20) : end + 8] for start, end in spans]}")
        elif not (style == "id_masked" and _weakly_masked(row)):
            negatives[style].append(bool(findings))
            reported += len(here)
            for finding in findings if show == "negatives" else ():
                print(f"    {style}: [{finding.term}] {finding.sentence[:100]!r}")
    print("pii_synth: recall by type")
    for kind in dict.fromkeys(kind for kind, _ in hit):
        cells = {style: marks for (own, style), marks in hit.items() if own == kind}
        total = [mark for marks in cells.values() for mark in marks]
        detail = ", ".join(f"{style} {sum(marks)}/{len(marks)}" for style, marks in sorted(cells.items()))
        print(f"  {kind:<10} {interval(sum(total), len(total))}  {detail}")
    everything = [mark for marks in hit.values() for mark in marks]
    fired = [mark for marks in negatives.values() for mark in marks]
    detail = ", ".join(f"{style} {sum(marks)}" for style, marks in sorted(negatives.items()) if any(marks))
    print(f"  {'all':<10} {interval(sum(everything), len(everything))}; precision {interval(right, reported)}")
    print(f"  hard negatives firing {interval(sum(fired), len(fired))} {detail}")


def _weakly_masked(row: Row) -> bool:
    return sum(row.text[start:end].count("*") for start, end in row.meta["spans"]) < 8


def _persons(scanner: Scanner, folder: Path, show: str) -> None:
    marks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("pii_multipriv", folder):
        findings = found(scanner, row, Severity.NOTICE)
        for kind, start, end, _ in row.meta["entities"]:
            if kind == "name":
                continue
            label = f"{kind} failing" if kind == "id" and not row.meta["id_checksum_valid"] else kind
            over = [finding for finding in findings if overlaps((start, end), places([finding]))]
            gravest = min((finding.severity.rank for finding in over), default=None)
            marks[label]["-" if gravest is None else list(Severity)[gravest].value] += 1
            if show == "persons" and not over:
                print(f"    missed {label}: {row.text[max(0, start - 20) : end + 8]!r}")
    print("pii_multipriv: found, gravest finding over each value")
    for label, counts in marks.items():
        number = counts.total()
        detail = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        print(f"  {label:<10} {interval(number - counts['-'], number)}  {detail}")


def _government(scanner: Scanner, folder: Path, show: str) -> None:
    number = 0
    flagged: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for row in _clean(folder):
        number += 1
        findings = found(scanner, row, Severity.NOTICE)
        flagged.update({finding.severity.value for finding in findings})
        rules.update({finding.rule_id for finding in findings})
        for finding in findings if show == "government" else ():
            print(f"    {row.id} {finding.rule_id} {finding.severity.value} [{finding.term}] {finding.sentence[:90]!r}")
    if not number:
        print("official texts: skipped, none is there")
        return
    print(f"official texts: documents with a privacy finding per 1,000 of {number} (published mobiles apart)")
    grave = flagged["veto"] + flagged["major"]
    shares = {"veto or major": grave, "minor": flagged["minor"], "notice": flagged["notice"]}
    print("  " + ", ".join(f"{name} {1000 * count / number:.2f}" for name, count in shares.items()))
    if rules:
        print("  " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


def _clean(folder: Path) -> Iterator[Row]:
    for name in GOVERNMENT:
        if not missing(name, folder):
            yield from (row for row in rows(name, folder) if row.label != "published_mobile")
