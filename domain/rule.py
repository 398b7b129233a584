"""A rule: what is wrong, how grave, where it is written, and the examples that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

#: 七条底线 and the five classes of safety (第十、十一条): what a rule may say that it touches.
BOTTOM_LINES = ("法律法规", "社会主义制度", "国家利益", "公民合法权益", "公共秩序", "道德风尚", "信息真实性")
SAFETY_CLASSES = ("意识形态安全", "信息内容安全", "账号安全", "数据安全", "应用安全")


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
    """One rule, read from one TOML file. ``detector`` is the file's table, understood by the detector of its kind.

    ``since`` is the version of the rules that brought it, ``pack`` the version it is read from. What was published (or,
    for a duty, is) before ``effective_from`` is not judged by it. ``bottom_line`` and ``safety_class`` are what it
    touches.
    """

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
    effective_from: date | None = None
    pack: str = ""
    fires: tuple[Fires, ...] = ()
    silent: tuple[Silent, ...] = ()

    @property
    def family(self) -> str:
        """The first word of the id."""
        return self.id.split("-", 1)[0]

    @property
    def marks(self) -> dict[str, str]:
        """What every finding of this rule keeps of it: the version that judged, the line and the safety it touches."""
        known = {"rule_pack": self.pack, "bottom_line": self.bottom_line, "safety_class": self.safety_class}
        return {name: value for name, value in known.items() if value}

    def is_in_force(self, day: date) -> bool:
        """True where the rule judges what is of that day."""
        return self.effective_from is None or self.effective_from <= day
