"""A rule: what is wrong, how grave, where it is written, and the examples that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; decides the days to rectify (第十三条: 1 to 5 days)."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _ORDER.index(self)

    def at_least(self, other: Severity) -> bool:
        """True when this is as grave as ``other`` or graver."""
        return self.rank <= other.rank


_ORDER = (Severity.VETO, Severity.MAJOR, Severity.MINOR, Severity.NOTICE)


class Confidence(StrEnum):
    """How sure the rule is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Scope(StrEnum):
    """What a rule judges."""

    POST = "post"
    ACCOUNT = "account"


class RuleStatus(StrEnum):
    """``preview`` runs and is counted but not reported; ``deprecated`` no longer runs."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause key of ``docs/clauses.toml``: ``<document>/<article>``."""

    clause: str


@dataclass(frozen=True, slots=True)
class Fires:
    """An example that must fire; ``match`` is the exact slice of ``text`` (post rules)."""

    text: str = ""
    match: str = ""
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Silent:
    """An example that must stay silent; ``guard`` names what keeps it silent, ``why`` says it in words."""

    text: str = ""
    why: str = ""
    guard: str = ""
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, read from one TOML file. ``detector`` is the file's table, understood by the detector of its kind."""

    id: str
    title: str
    severity: Severity
    confidence: Confidence
    scope: Scope
    status: RuleStatus
    since: str
    message: str
    suggestion: str
    rationale: str
    citations: tuple[Citation, ...]
    detector: Mapping[str, object]
    redact: bool = False
    formerly: tuple[str, ...] = ()
    bottom_line: str = ""
    safety_class: str = ""
    fires: tuple[Fires, ...] = ()
    silent: tuple[Silent, ...] = ()

    @property
    def family(self) -> str:
        """The first word of the id."""
        return self.id.split("-", 1)[0]
