"""Reads word lists, and lays the office's own over the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from domain.errors import LexiconError
from domain.table import Row, parse_date, raise_all, read_csv, write_csv
from lexicons import canonical, columns, hygiene
from lexicons.hygiene import plain
from lexicons.model import Lexicon, LexiconSet, Term

#: The lists that come with the program.
SHIPPED = Path(__file__).resolve().parent
#: The office's own list: its words come from the office alone, and what it switches off is switched off everywhere.
BUREAU = "bureau"


@dataclass(frozen=True, slots=True)
class WordFile:
    """One file as it stands: its usable rows, and the words that it switches off."""

    path: Path
    terms: tuple[Term, ...]
    switched_off: tuple[str, ...] = ()


def load(*folders: Path) -> LexiconSet:
    """Every ``*.csv`` of ``folders`` (none given: the shipped lists); later folders lie over earlier ones.

    A row of a later folder replaces the rows of the same list that hold one of its words; 级别 停用 takes the word
    out, in the office's own list out of every list below, and has to say why. A folder that does not exist holds
    nothing. Raises ``LexiconError`` with every problem of every file.
    """
    merged: dict[str, list[Term]] = {}
    paths: dict[str, Path] = {}
    problems: list[LexiconError] = []
    for folder in folders or (SHIPPED,):
        for path in sorted(folder.glob("*.csv")):
            try:
                file = load_file(path)
            except LexiconError as error:
                problems.append(error)
                continue
            merged[path.stem] = _overlay(merged.get(path.stem, []), file)
            paths[path.stem] = path
            if path.stem == BUREAU and file.switched_off:
                for name in merged.keys() - {BUREAU}:
                    merged[name] = _overlay(merged[name], WordFile(path, (), file.switched_off))
    raise_all(problems)
    return LexiconSet(
        {
            name: Lexicon(name, columns.TITLES.get(name, name), str(paths[name]), tuple(terms))
            for name, terms in sorted(merged.items())
            if terms
        }
    )


def load_file(path: Path) -> WordFile:
    """One word list. Raises ``LexiconError`` that carries every problem found in it."""
    shown = path.name
    layout = canonical.layout(path.stem)
    table = read_csv(path, known=layout.columns, required=layout.required, error=LexiconError)
    problems: list[LexiconError] = []
    terms: list[Term] = []
    switched_off: list[str] = []
    for row in table.rows:
        if row.get(columns.SEVERITY) == columns.SWITCHED_OFF and row.get(layout.word):
            switched_off.append(row.get(layout.word))
            if not (row.get(columns.NOTE) or row.get(canonical.SOURCE)):
                problems.append(LexiconError(shown, columns.NO_REASON.format(row.get(layout.word)), row=row.number))
            continue
        wrong = layout.wrong
        found = list(hygiene.cell_problems(row, layout.word) if wrong else canonical.cell_problems(row, layout))
        if columns.SOURCE in table.headers and wrong and not row.get(columns.SOURCE):
            found.append("缺少来源；请填写这个词出自哪份文件或由谁提供")
        if not found:
            term = _term(row, layout.word, str(path)) if wrong else canonical.term(row, layout, str(path))
            found = list(hygiene.term_problems(term) if wrong else canonical.term_problems(term, layout))
            terms.append(term)
        problems.extend(LexiconError(shown, problem, row=row.number) for problem in found)
    problems.extend(hygiene.duplicate_problems(terms, shown))
    raise_all(sorted(problems, key=lambda error: error.row or 0))
    return WordFile(path, tuple(terms), tuple(switched_off))


def write_template(path: Path) -> None:
    """An empty list with the header of its kind (told by its name), as Excel opens it in columns."""
    write_csv(path, canonical.layout(path.stem).columns, ())


def _term(row: Row, word: str, source: str) -> Term:
    updated, until = row.get(columns.UPDATED_ON), row.get(columns.VALID_UNTIL)
    return Term(
        word=row.get(word),
        variants=hygiene.values(row, columns.VARIANTS),
        severity=columns.SEVERITIES.get(row.get(columns.SEVERITY)),
        whole_word=columns.MATCHES[row.get(columns.MATCH)],
        exceptions=hygiene.values(row, columns.EXCEPTIONS),
        excused_by=hygiene.values(row, columns.EXCUSED_BY),
        not_after=hygiene.values(row, columns.NOT_AFTER),
        not_before=hygiene.values(row, columns.NOT_BEFORE),
        needs_context=hygiene.values(row, columns.NEEDS_CONTEXT),
        signal=row.get(columns.SIGNAL),
        weight=int(row.get(columns.WEIGHT) or 0),
        suggestion=row.get(columns.SUGGESTION) or row.get(columns.PRESENT),
        clause=row.get(columns.CLAUSE),
        fires=hygiene.values(row, columns.FIRES),
        silent=hygiene.values(row, columns.SILENT),
        note=row.get(columns.NOTE),
        source=row.get(columns.SOURCE),
        until=parse_date(until) if until else None,
        category=row.get(columns.CLASS),
        updated_on=parse_date(updated) if updated else None,
        updated_by=row.get(columns.UPDATED_BY),
        row=row.number,
        source_path=source,
    )


def _overlay(below: Iterable[Term], file: WordFile) -> list[Term]:
    replaced = {plain(word) for term in file.terms for word in term.words}
    replaced.update(plain(word) for word in file.switched_off)
    kept = [term for term in below if plain(term.word) not in replaced]
    kept = [_without(term, replaced) for term in kept]
    return [*kept, *file.terms]


def _without(term: Term, words: set[str]) -> Term:
    """``term`` without the variants that a later list holds or switches off."""
    if not any(plain(variant) in words for variant in term.variants):
        return term
    return replace(term, variants=tuple(variant for variant in term.variants if plain(variant) not in words))
