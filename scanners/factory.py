"""One scanner a process: built from a small, picklable description, kept for as long as the process lives."""

from __future__ import annotations

import gc
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import lexicons
from domain.errors import ConfigError
from scanners import rulebook
from scanners.engine import Scanner


@dataclass(frozen=True, slots=True)
class ScannerSpec:
    """What a worker process needs to build the scanner for itself.

    Folders lie over the shipped rules and word lists, later ones on top; one that does not exist holds nothing.
    ``digest``, where it is given, is that of the book that must come out of it: a worker on another machine with other
    rules or words would give other findings.
    """

    installation_key: bytes
    lexicon_folders: tuple[Path, ...] = ()
    rule_folders: tuple[Path, ...] = ()
    families: frozenset[str] | None = None
    digest: str = ""

    def __repr__(self) -> str:
        """Without the key: descriptions of failed work are logged."""
        return f"ScannerSpec(families={self.families!r}, rule_folders={self.rule_folders!r})"


def load_book(spec: ScannerSpec) -> rulebook.RuleBook:
    """The rule book of ``spec``. Raises ``LexiconError`` and ``RuleError``."""
    words = lexicons.load(lexicons.SHIPPED, *spec.lexicon_folders)
    return rulebook.load(words, rulebook.SHIPPED, *spec.rule_folders)


@lru_cache(maxsize=4)
def scanner_for(spec: ScannerSpec) -> Scanner:
    """The scanner of ``spec``, built at most once in this process.

    Raises ``LexiconError`` and ``RuleError``, and ``ConfigError`` where rules or words are not those of ``digest``.
    """
    if spec.digest:
        scanner = scanner_for(replace(spec, digest=""))
        if scanner.book.digest != spec.digest:
            raise ConfigError(f"{platform.node()}：规则或词库与发起检查的机器不同；请在两处装同一版本、放同样的词库")
        return scanner
    return _kept(lambda: Scanner(load_book(spec), spec.installation_key, spec.families))


def _kept(make: Callable[[], Scanner]) -> Scanner:
    """What ``make`` returns, out of the garbage collector's sight.

    The half million objects of a scanner live as long as the process: looking through them while they are made takes a
    quarter of the time, and again and again later.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        scanner = make()
        gc.freeze()
    finally:
        if enabled:
            gc.enable()
    return scanner
