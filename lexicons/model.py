"""What a word list holds, once read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.rule import Severity
from lexicons.offices import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row. What it matches is decided on folded text; the cells stand here as they were written.

    A hit of ``word`` or one of ``variants`` is dropped where it lies inside one of ``exceptions``, directly after one
    of ``not_after``, directly before one of ``not_before``, where its sentence holds one of ``excused_by`` (for the
    gravest words that only lowers the confidence), or none of ``needs_context`` although some are named.
    ``severity`` is ``None`` where the rule's own applies; ``clause`` is a key of ``docs/clauses.toml``. A row with a
    ``signal`` never counts alone: it is evidence of that kind, of ``weight`` points (below zero: a look-alike).
    ``until`` of a former name is the last day on which it was right. ``category`` is the bureau's own class of a word.
    ``offices`` and ``ranks`` are a leader's posts and places in the published order, each with its time.
    """

    word: str
    clause: str
    fires: tuple[str, ...]
    variants: tuple[str, ...] = ()
    severity: Severity | None = None
    whole_word: bool = False
    exceptions: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()
    signal: str = ""
    weight: int = 0
    suggestion: str = ""
    silent: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    posts: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    ranks: tuple[Office, ...] = ()
    category: str = ""
    since: date | None = None
    until: date | None = None
    updated_on: date | None = None
    updated_by: str = ""
    row: int = 0
    source_path: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The word and its variants: all of them give the same finding."""
        return (self.word, *self.variants)

    @property
    def is_guarded(self) -> bool:
        """True where something can keep a hit silent."""
        return bool(
            self.whole_word
            or self.exceptions
            or self.excused_by
            or self.not_after
            or self.not_before
            or self.needs_context
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A word list after all overlays. ``path`` is the last file that added to it."""

    name: str
    title: str
    path: str
    terms: tuple[Term, ...]

    @property
    def version(self) -> str:
        """Twelve hex digits over everything that decides what is found and what is printed about it."""
        digest = hashlib.sha256()
        for term in sorted(self.terms, key=lambda term: term.word):
            digest.update(json.dumps(_content(term), ensure_ascii=False).encode())
            digest.update(b"\n")
        return digest.hexdigest()[:12]


def _content(term: Term) -> list[object]:
    return [
        term.word,
        list(term.variants),
        term.severity.value if term.severity else "",
        term.whole_word,
        list(term.exceptions),
        list(term.excused_by),
        list(term.not_after),
        list(term.not_before),
        list(term.needs_context),
        *((term.signal, term.weight) if term.signal else ()),
        term.suggestion,
        term.clause,
        *([term.source, list(term.posts), str(term.since or ""), str(term.until or "")] if term.source else ()),
        *([term.category] if term.category else ()),
        *(str(office) for office in (*term.offices, *term.ranks) if office.dated),
    ]


@dataclass(frozen=True, slots=True)
class LexiconSet:
    """Every word list of an installation by name. A list without a single row is not there at all."""

    by_name: Mapping[str, Lexicon]

    def get(self, name: str) -> Lexicon | None:
        """The list called ``name`` (its file name without ``.csv``), or ``None`` where none is loaded."""
        return self.by_name.get(name)

    def __iter__(self) -> Iterator[Lexicon]:
        return iter(self.by_name.values())

    def __len__(self) -> int:
        return len(self.by_name)

    @property
    def version(self) -> str:
        """Twelve hex digits over all lists."""
        parts = "\n".join(f"{name} {self.by_name[name].version}" for name in sorted(self.by_name))
        return hashlib.sha256(parts.encode()).hexdigest()[:12]
