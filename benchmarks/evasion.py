"""Do disguised words still fire, and does the same disguise make clean documents fire?

Every 应报 sentence of the harm lists and every ``[[fires]]`` example of the harm and ads rules is rewritten in each way
of ``benchmarks.disguises``; then the same rewriting is applied to words of clean documents.

Usage: ``python -m benchmarks.evasion [--folder DIR] [--documents N] [--seed N] [--show KIND]``.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

import lexicons
from benchmarks.disguises import KINDS, WHOLE
from benchmarks.evaldata import FOLDER, missing, rows
from domain.post import Segment
from domain.rule import Severity
from lexicons.hygiene import plain
from scanners import rulebook
from scanners.engine import Scanner

FAMILIES = frozenset(("harm", "ads"))
LISTS = ("pornography", "gambling", "violence", "fraud", "abuse", "black_market")
CLEAN = ("gov_policy", "gov_reports", "gov_services", "gov_laws", "gov_xwlb_news")
_WORD = re.compile("[\u4e00-\u9fff]{2,4}")


def sentences(book: rulebook.RuleBook) -> Iterator[tuple[str, str]]:
    """Sentences that must fire, each with the word in it that is disguised."""
    for name in LISTS:
        for term in book.lexicons[name].terms:
            if term.signal and term.weight < 0:
                continue
            for sentence in term.fires:
                word = next((word for word in term.words if word in sentence), "")
                if not word:
                    word = next((word for word in term.words if plain(word) in plain(sentence)), "")
                if word and word in sentence:
                    yield sentence, word
    for rule in book.rules:
        if rule.family in FAMILIES:
            for example in rule.fires:
                if example.match and example.match in example.text:
                    yield example.text, example.match


def fires(scanner: Scanner, text: str) -> set[str]:
    """The rules that find something of minor severity or above."""
    findings = scanner.scan_post([Segment("body", text)])
    return {finding.rule_id for finding in findings if finding.severity.at_least(Severity.MINOR)}


def recall(scanner: Scanner, seed: int, show: str) -> None:
    """Share of the rewritten sentences that still fire, by kind."""
    cases = [case for case in sentences(scanner.book) if fires(scanner, case[0])]
    print(f"{len(cases)} sentences fire undisguised")
    hit = total = 0
    for kind, rewrite in KINDS.items():
        source = random.Random(f"{seed} {kind}")
        own = done = 0
        for sentence, word in cases:
            changed = rewrite(sentence, source) if kind in WHOLE else sentence.replace(word, rewrite(word, source))
            if changed == sentence:
                continue
            done += 1
            found = bool(fires(scanner, changed))
            own += found
            if show == kind and not found:
                print(f"    missed: {changed}   ({sentence})")
        hit, total = hit + own, total + done
        share = f"{own / done:.3f}" if done else "  -  "
        print(f"  {kind:<14} {share}  ({own} of {done})")
    print(f"  {'all':<14} {hit / max(total, 1):.3f}  ({hit} of {total})")


def alarms(scanner: Scanner, folder: Path, documents: int, seed: int, show: str) -> None:
    """Findings that rewriting adds to clean documents."""
    source = random.Random(seed)
    names = [name for name in CLEAN if not missing(name, folder)]
    if not names:
        print(f"clean documents: {missing(CLEAN[0], folder)}")
        return
    added = 0
    streams = [rows(name, folder) for name in names]
    for number in range(documents):
        row = next(streams[number % len(streams)], None)
        if row is None:
            continue
        before = fires(scanner, row.text)
        kind = list(KINDS)[number % len(KINDS)]
        words = list(dict.fromkeys(_WORD.findall(row.text)))
        text = KINDS[kind](row.text, source) if kind in WHOLE else row.text
        for word in source.sample(words, min(len(words), 12)):
            text = text.replace(word, KINDS[kind](word, source), 3)
        more = fires(scanner, text) - before
        added += bool(more)
        if more and show:
            findings = scanner.scan_post([Segment("body", text)])
            print(f"    {row.id} {kind}: {[(f.rule_id, f.term, f.explanation) for f in findings]}")
    print(f"clean documents that rewriting makes fire: {added} of {documents}")


def main() -> None:
    """Both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    scanner = Scanner(rulebook.load(lexicons.load()), b"benchmark" * 4, FAMILIES)
    recall(scanner, options.seed, options.show)
    alarms(scanner, options.folder, options.documents, options.seed, options.show)


if __name__ == "__main__":
    main()
