"""False alarms on clean official texts, recall and precision on labelled ones.

Usage: ``python -m benchmarks.quality [--folder DIR] [--show RULE] [--sets a,b]``. Sets that are absent are skipped with
the reason. ``--show`` prints the findings of one rule (or ``missed``) so that errors can be read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import privacy
from benchmarks.evaldata import FOLDER, Row, missing, rows
from domain.finding import Finding
from domain.post import Segment
from domain.rule import Severity
from scanners.engine import Scanner
from scanners.factory import ScannerSpec, scanner_for

CLEAN = (
    "gov_laws",
    "gov_policy",
    "gov_reports",
    "gov_services",
    "gov_odw_sentences",
    "gov_xwlb_news",
    "news_sogou",
    "timeline_xwlb_posts",
)
#: Whoever answers for a harmful text: one line often is an advertisement and a fraud at once.
HARM = ("harm-", "ads-", "secrecy-", "links-")


def findings(scanner: Scanner, row: Row) -> tuple[Finding, ...]:
    """What the rules say to one text."""
    return scanner.scan_post([Segment("body", row.text)], post_key=row.id)


def graver(found: Iterable[Finding], least: Severity = Severity.MINOR) -> list[Finding]:
    """Those of ``least`` or graver."""
    return [finding for finding in found if finding.severity.at_least(least)]


def clean_sets(scanner: Scanner, folder: Path, sets: Sequence[str], show: str) -> None:
    """Documents with any finding of minor or above, per 1,000."""
    print("false alarms: documents with a finding of minor or above, per 1,000")
    for name in sets:
        why = missing(name, folder)
        if why:
            print(f"  {name:<24} {why}")
            continue
        documents = flagged = 0
        by_rule: Counter[str] = Counter()
        for row in rows(name, folder):
            if row.label == "published_mobile":
                continue
            documents += 1
            found = graver(findings(scanner, row))
            flagged += bool(found)
            by_rule.update({finding.rule_id for finding in found})
            for finding in found:
                if show and finding.rule_id.startswith(show):
                    print(f"    {row.id} {finding.severity.value} [{finding.term}] {finding.sentence[:120]!r}")
        rules = ", ".join(f"{rule} {count}" for rule, count in by_rule.most_common())
        print(f"  {name:<24} {1000 * flagged / max(documents, 1):6.2f}  ({flagged} of {documents})  {rules}")


def labelled(
    scanner: Scanner, folder: Path, name: str, positive: set[str], prefixes: tuple[str, ...], show: str
) -> None:
    """Precision and recall of the rules beginning with ``prefixes`` against the labels ``positive``."""
    if why := missing(name, folder):
        print(f"{name}: {why}")
        return
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in rows(name, folder):
        found = [finding for finding in graver(findings(scanner, row)) if finding.rule_id.startswith(prefixes)]
        counts[row.label in positive, bool(found)] += 1
        if found and row.label not in positive and show == name:
            print(f"    {row.id} [{found[0].term}] {found[0].explanation} {found[0].sentence[:100]!r}")
    true, false = counts[True, True], counts[False, True]
    recall = true / max(true + counts[True, False], 1)
    print(f"{name}: precision {true / max(true + false, 1):.3f} recall {recall:.3f} ({true} true, {false} false)")


def harm(scanner: Scanner, folder: Path, show: str) -> None:
    """Share of each class on which one of its rules fires."""
    if why := missing("harm_bench", folder):
        print(f"harm_bench: {why}")
        return
    seen: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    for row in rows("harm_bench", folder):
        found = [f for f in graver(findings(scanner, row)) if f.rule_id.startswith(HARM)]
        seen[row.label] += 1
        fired[row.label] += bool(found)
        if found and row.label == "不违规" and show == "harm_bench":
            print(f"    {row.id} {found[0].rule_id} [{found[0].term}] {found[0].sentence[:100]!r}")
    print("harm_bench: " + ", ".join(f"{label} {fired[label] / seen[label]:.3f}" for label in seen))


def main() -> None:
    """Everything, or the named sets of clean texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--sets", default=",".join(CLEAN))
    parser.add_argument("--show", default="")
    parser.add_argument("--only", default="clean,privacy,ads,harm,typo")
    options = parser.parse_args()
    scanner = scanner_for(ScannerSpec(b"benchmark" * 4))
    parts = options.only.split(",")
    if "clean" in parts:
        clean_sets(scanner, options.folder, options.sets.split(","), options.show)
    if "privacy" in parts:
        privacy.report(scanner, options.folder, options.show)
    if "ads" in parts:
        labelled(scanner, options.folder, "ads_sms", {"spam"}, ("ads-",), options.show)
    if "harm" in parts:
        harm(scanner, options.folder, options.show)
    if "typo" in parts:
        labelled(scanner, options.folder, "typo_political", {"misstatement"}, ("wording-",), options.show)


if __name__ == "__main__":
    main()
