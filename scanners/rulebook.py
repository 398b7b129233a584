"""The rules in force: read from folders, laid over each other, bound to the word lists."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from domain.errors import RuleError
from domain.rule import Rule, RuleStatus
from lexicons import Lexicon, LexiconSet
from scanners import packs
from scanners.schema import read_rule

#: The rules that come with the program.
SHIPPED = Path(__file__).resolve().parent / "rules"
#: Why a rule whose word list is not there is not checked.
NO_LIST = "词库“{name}”尚未导入，本条未检查"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule of an installation in a fixed order.

    ``inactive`` says in Chinese why a rule cannot judge anything now: its clause is "not checked", never "passed".
    ``digest`` changes with any rule file and any word.
    """

    rules: tuple[Rule, ...]
    lexicons: Mapping[str, Lexicon]
    inactive: Mapping[str, str]
    digest: str
    #: Where this is a part of a book: the rules of the whole, for those that judge by another rule's words.
    whole: tuple[Rule, ...] = ()

    def find(self, rule_id: str) -> Rule | None:
        """The rule with this id, in force here or in the book that this is a part of."""
        return next((rule for rule in (*self.rules, *self.whole) if rule.id == rule_id), None)

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their present and former ids."""
        named = {rule.id: rule for rule in self.rules}
        former = {old: rule for rule in self.rules for old in rule.formerly}
        return {**former, **named}

    def active(self, families: frozenset[str] | None = None) -> tuple[Rule, ...]:
        """The rules that can judge, of the given families (``None``: all)."""
        return tuple(
            rule
            for rule in self.rules
            if rule.id not in self.inactive
            and rule.status is not RuleStatus.DEPRECATED
            and (families is None or rule.family in families)
        )

    def only(self, *ids: str) -> RuleBook:
        """A book of these rules alone, for examples and for explaining."""
        rules = tuple(rule for rule in self.rules if rule.id in ids)
        return RuleBook(rules, self.lexicons, self.inactive, self.digest, self.whole or self.rules)


def load(lexicon_set: LexiconSet, *rule_folders: Path) -> RuleBook:
    """Every ``*.toml`` under ``rule_folders`` (none given: the shipped rules).

    A later folder's rule replaces an earlier one with the same id. Raises ``RuleError`` for the first problem.
    """
    found: dict[str, tuple[Rule, str]] = {}
    version = packs.newest().version
    for folder in rule_folders or (SHIPPED,):
        own: dict[str, Path] = {}
        for path in sorted(folder.rglob("*.toml")):
            rule, digest = read_rule(path)
            if rule.id in own:
                raise RuleError(str(path), f"id “{rule.id}”与 {own[rule.id]} 重复；请改其中一个")
            own[rule.id] = path
            pack = version if folder == SHIPPED else f"{version}{packs.OWN}"
            found[rule.id] = (replace(rule, pack=pack), digest)
    rules = tuple(rule for rule, _ in (found[key] for key in sorted(found)))
    _check_names(rules)
    lexicons: dict[str, Lexicon] = {}
    inactive: dict[str, str] = {}
    for rule in rules:
        for name in list_names(rule):
            lexicon = lexicon_set.get(name)
            if lexicon is not None:
                lexicons[name] = lexicon
            elif rule.detector.get("optional"):
                inactive[rule.id] = NO_LIST.format(name=name)
            else:
                raise RuleError(_path_of(rule), _missing(name, (lexicon.name for lexicon in lexicon_set)))
    return RuleBook(rules, lexicons, inactive, _digest((digest for _, digest in found.values()), lexicons))


def list_names(rule: Rule) -> tuple[str, ...]:
    """The word lists that a rule reads, its own first."""
    shared = rule.detector.get("with", ())
    own = (str(rule.detector["list"]),) if "list" in rule.detector else ()
    return (*own, *map(str, shared)) if isinstance(shared, (list, tuple)) else own


def _path_of(rule: Rule) -> str:
    return f"{rule.family}/{rule.id}.toml"


def _missing(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3)
    hint = f"；相近：{'、'.join(near)}" if near else f"；可用：{'、'.join(names) or '（一个也没有）'}"
    return f"detector.list = “{name}”：没有这个词库{hint}"


def _check_names(rules: tuple[Rule, ...]) -> None:
    ids = {rule.id for rule in rules}
    for rule in rules:
        alive = ids.intersection(rule.formerly)
        if alive:
            raise RuleError(_path_of(rule), f"formerly 里的 {'、'.join(sorted(alive))} 还在使用；请去掉")
        supersedes = rule.detector.get("supersedes", [])
        unknown = set(supersedes) - ids if isinstance(supersedes, list) else set()
        if unknown:
            raise RuleError(_path_of(rule), f"supersedes 里没有这些规则：{'、'.join(sorted(unknown))}；请改正")


def _digest(files: Iterable[str], lexicons: Mapping[str, Lexicon]) -> str:
    parts = [*sorted(files), *(f"{name}={lexicons[name].version}" for name in sorted(lexicons))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
