"""``xunjian lexicon check``: are the word lists readable, do their clauses exist, and do their examples hold?

Every sentence under 应报 and 不报 goes through the scanner that inspects real posts, with a rule that holds only the
list the row stands in. 应报 must give a finding of that row; 不报 must give none (the gravest words may give one of
low confidence where their sentence holds an excusing word: a person decides then), and must give one as soon as the
guards of words are switched off, else it proves nothing. A sentence that begins with a day (``2019-03-02 ……``) is a
post of that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import lexicons
from domain.clock import CHINA
from domain.errors import LexiconError
from domain.finding import Finding
from domain.post import Segment
from domain.rule import Citation, Confidence, Rule, RuleStatus, Scope, Severity
from domain.table import parse_date
from lexicons import Lexicon, LexiconSet, Term, canonical
from pipelines import clauses
from scanners.engine import PostText, Scanner
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.rulebook import RuleBook

#: Examples redact nothing and are compared with nothing: any key does.
_KEY = bytes(32)
#: What keeps a word silent by a cell of its row.
_GUARDS = frozenset(
    {
        Guard.EXCEPTION,
        Guard.EXCUSE,
        Guard.WHOLE_WORD,
        Guard.NOT_AFTER,
        Guard.NOT_BEFORE,
        Guard.NEEDS_CONTEXT,
        Guard.ORDINARY,
        Guard.DATE,
        Guard.TITLE,
        Guard.WORD_CHECK,
    }
)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LexiconCheck:
    """What was checked and what has to be corrected."""

    lexicons: int
    terms: int
    examples: int
    problems: tuple[LexiconError, ...]


def check(*folders: Path, files: Sequence[Path] = ()) -> LexiconCheck:
    """Check the lists of ``folders`` laid over each other (none given: the shipped ones), or just ``files``.

    Never raises for what a list holds: every problem is in the result.
    """
    try:
        found = _only(files) if files else lexicons.load(*folders)
    except LexiconError as error:
        return LexiconCheck(0, 0, 0, tuple(single for single in error.problems if isinstance(single, LexiconError)))
    problems = [problem for lexicon in found for problem in check_lexicon(lexicon)]
    terms = [term for lexicon in found for term in lexicon.terms]
    examples = sum(len(term.fires) + len(term.silent) for term in terms)
    return LexiconCheck(len(found), len(terms), examples, tuple(problems))


def check_lexicon(lexicon: Lexicon) -> Iterator[LexiconError]:
    """What is wrong with the clauses and examples of one readable list."""
    known = clauses.load()
    book = _book(lexicon)
    fires = _findings(Scanner(book, _KEY), [each for term in lexicon.terms for each in (*term.fires, *term.silent)])
    unguarded = _findings(Scanner(book, _KEY, off=_GUARDS), [each for term in lexicon.terms for each in term.silent])
    for term in lexicon.terms:
        shown = Path(term.source_path).name or lexicon.path
        if term.clause not in known:
            problem = f"依据“{term.clause}”不在条款表里；请改正，或补进 docs/clauses.toml"
            yield LexiconError(shown, problem, row=term.row)
        for problem in _example_problems(fires, unguarded, lexicon, term):
            yield LexiconError(shown, problem, row=term.row)


#: What the rule of a list finds in each example.
_Found = Mapping[str, tuple[Finding, ...]]


def _example_problems(found: _Found, unguarded: _Found, lexicon: Lexicon, term: Term) -> Iterator[str]:
    for sentence in term.fires:
        findings = found[sentence]
        if not any(_is_of(finding, term) for finding in findings):
            other = _owner(findings, lexicon)
            reason = f"报出的是“{other.word}”（第 {other.row} 行）" if other else "没有报出"
            yield f"应报“{sentence}”{reason}；请改例句，或检查例外、豁免、排除和语境"
    for sentence in term.silent:
        fired = [finding for finding in found[sentence] if _is_of(finding, term)]
        if fired and not (term.severity is Severity.VETO and all(f.confidence is Confidence.LOW for f in fired)):
            yield f"不报“{sentence}”报出了“{fired[0].term}”；请补例外、豁免或排除，或改例句"
        elif not any(_is_of(finding, term) for finding in unguarded[sentence]):
            yield f"不报“{sentence}”不靠本行的例外、豁免、排除和语境也不会报，什么也证明不了；请改例句"


def _findings(scanner: Scanner, sentences: Iterable[str]) -> _Found:
    """What stands in each of ``sentences``, all looked at together: thousands of short texts cost little then."""
    several = list(dict.fromkeys(sentences))
    return dict(zip(several, scanner.scan_posts([_post(sentence) for sentence in several]), strict=True))


def _post(sentence: str) -> PostText:
    dated = _DATED.fullmatch(sentence)
    day = parse_date(dated[1]) if dated else None
    if dated is None or day is None:
        return PostText(segments=(Segment("body", sentence),))
    published_at = datetime.combine(day, time(12), CHINA)
    return PostText(segments=(Segment("body", dated[2]),), published_at=published_at)


def _is_of(finding: Finding, term: Term) -> bool:
    """A finding of this row: one of its words, or, in a list of what is right, a slip in one of them."""
    right = not canonical.layout(Path(term.source_path).stem).wrong
    return fold_word(finding.facts.get("right", "") if right else finding.term) in set(map(fold_word, term.words))


def _owner(findings: Iterable[Finding], lexicon: Lexicon) -> Term | None:
    return next((term for finding in findings for term in lexicon.terms if _is_of(finding, term)), None)


def _book(lexicon: Lexicon) -> RuleBook:
    """One rule that looks for every word of ``lexicon``, whichever rule uses the list in earnest."""
    rule = Rule(
        id="wording-example",
        title="例句",
        severity=Severity.MINOR,
        confidence=Confidence.HIGH,
        scope=Scope.POST,
        status=RuleStatus.STABLE,
        since="2026.1",
        message="{term}",
        suggestion="",
        rationale="",
        citations=(Citation("liuan-2022-4/art-9"),),
        detector=_detector(lexicon),
    )
    return RuleBook((rule,), {lexicon.name: lexicon}, {}, "")


def _detector(lexicon: Lexicon) -> dict[str, object]:
    """What reads a list of its kind. A leader's name is always asked for with its post beside it."""
    name = Path(lexicon.path).stem
    kind = {"phrases": "near_miss", "leaders": "name"}.get(name, "lexicon")
    dated = {"dated": True, "outside_titles": True} if canonical.layout(name) is canonical.FORMER else {}
    return {"kind": kind, "list": lexicon.name, **dated}


def _only(files: Sequence[Path]) -> LexiconSet:
    """Each of ``files`` as a list of its own, without anything below it."""
    found: dict[str, Lexicon] = {}
    for path in files:
        terms = lexicons.load_file(path).terms
        found[str(path)] = Lexicon(path.stem, path.stem, str(path), terms)
    return LexiconSet(found)
