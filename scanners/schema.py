"""One rule file to one ``Rule``: every key is checked, and every problem is told where it stands."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from domain.account import Medium
from domain.errors import RuleError
from domain.outcome import Outcome
from domain.post import Origin
from domain.regular import pattern_problem
from domain.rule import (
    BOTTOM_LINES,
    SAFETY_CLASSES,
    Citation,
    Confidence,
    Fires,
    Rule,
    RuleStatus,
    Scope,
    Severity,
    Silent,
)
from domain.toml import toml_problem
from lexicons.columns import CLASSES
from scanners import checks, duties, wordchecks
from scanners.guards import Guard

Choice = TypeVar("Choice", bound=StrEnum)

#: The families: the first word of every id.
FAMILIES = frozenset(
    [
        "privacy",
        "ads",
        "wording",
        "secrecy",
        "harm",
        "style",
        "links",
        "maps",
        "source",
        "freshness",
        "repost",
        "approval",
        "filing",
        "interaction",
        "security",
    ]
)
#: What a message may hold in braces.
PLACEHOLDERS = frozenset(
    [
        *("term", "masked", "right", "score", "signals", "days", "newest_on", "url", "people", "kinds"),
        *("platform_total", "accounted", "missing", "class", "reason"),
        *("target", "page", "before"),
    ]
)

_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_REQUIRED = frozenset(
    [
        "id",
        "title",
        "severity",
        "confidence",
        "scope",
        "status",
        "since",
        "message",
        "suggestion",
        "rationale",
        "citation",
        "detector",
        "fires",
        "silent",
    ]
)
_OPTIONAL = frozenset(("formerly", "redact", "bottom_line", "safety_class", "effective_from"))
_DETECTORS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "lexicon": (
        frozenset(("list",)),
        frozenset(
            ("excused_by", "optional", "classes", "word_check", "dated", "outside_titles", "not_after", "not_before")
        ),
    ),
    "pattern": (
        frozenset(("pattern", "anchor")),
        frozenset(
            [
                "masked",
                "check",
                "context",
                "context_before",
                "context_after",
                "context_always",
                "joins",
                "reject_before",
                "reject_after",
                "public_before",
                "excused_by",
                "origins",
            ]
        ),
    ),
    "combination": (
        frozenset(("list", "window", "least")),
        frozenset(("with", "least_kinds", "reach", "patterns", "excused_by", "brief", "telling", "outspoken")),
    ),
    "score": (
        frozenset(("window", "levels", "signals")),
        frozenset(("least_kinds", "unaddressed", "long_text", "long_extra", "fields", "outside_quotes")),
    ),
    "cadence": (frozenset(("state",)), frozenset(("days", "medium", "platforms", "least", "codes"))),
    "profile": (frozenset(("field",)), frozenset(("distance",))),
    "links": (
        frozenset(),
        frozenset(
            [
                *("outcomes", "look", "hosts", "except_hosts", "forwarders", "same", "titles", "texts", "longest"),
                *("asks", "notices", "judged_by", "least", "condemning"),
            ]
        ),
    ),
    "people": (frozenset(("bulk",)), frozenset()),
    "masks": (frozenset(), frozenset()),
    "near_miss": (frozenset(("list",)), frozenset(("excused_by",))),
    "typo": (frozenset(), frozenset(("excused_by",))),
    "name": (frozenset(("list",)), frozenset(("excused_by", "context"))),
    "duty": (frozenset(("duty", "subject")), frozenset(("rests_on", "options"))),
}
_SUBJECTS = ("post", "account", "unit", "bureau")
#: What a rule about links looks at, and what it must say for that.
_LOOKS: Mapping[str, tuple[str, ...]] = {
    "outcome": ("outcomes",),
    "elsewhere": (),
    "hosts": ("hosts",),
    "insecure": (),
    "parked": ("titles", "texts"),
    "form": ("hosts", "asks", "notices"),
    "hidden": (),
    "harm": ("judged_by", "condemning"),
}
_SHARED = frozenset(("kind", "supersedes", "exempt"))
_PATTERNS = ("pattern", "masked", "context", "reject_before", "reject_after", "public_before")


def read_rule(path: Path) -> tuple[Rule, str]:
    """The rule in ``path`` and the digest of its file. Raises ``RuleError``."""
    raw = path.read_bytes()
    shown = f"{path.parent.name}/{path.name}"
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RuleError(shown, "不是 UTF-8 编码；请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(shown, f"不是正确的 TOML：{toml_problem(error)}") from error
    return _Reader(shown, path.stem, table).rule(), hashlib.sha256(raw).hexdigest()


class _Reader:
    def __init__(self, shown: str, stem: str, table: Mapping[str, object]) -> None:
        self._shown, self._stem, self._table = shown, stem, table

    def rule(self) -> Rule:
        self._keys(self._table, _REQUIRED, _OPTIONAL, "规则")
        identity = self._text("id")
        if identity != self._stem:
            self._fail(f"id “{identity}”与文件名“{self._stem}”不一致；请改成一样")
        if not _ID.fullmatch(identity) or identity.split("-")[0] not in FAMILIES:
            self._fail(f"id “{identity}”不合命名规则；应为 类别-名词，类别可用：{'、'.join(sorted(FAMILIES))}")
        return Rule(
            id=identity,
            title=self._text("title"),
            severity=self._choice("severity", Severity),
            confidence=self._choice("confidence", Confidence),
            scope=self._choice("scope", Scope),
            status=self._choice("status", RuleStatus),
            since=self._text("since"),
            message=self._message(),
            suggestion=self._text("suggestion"),
            rationale=self._text("rationale"),
            citations=tuple(Citation(str(entry.get("clause", ""))) for entry in self._tables("citation")),
            detector=self._detector(),
            redact=bool(self._table.get("redact", False)),
            formerly=self._strings("formerly"),
            bottom_line=self._one_of("bottom_line", BOTTOM_LINES),
            safety_class=self._one_of("safety_class", SAFETY_CLASSES),
            effective_from=self._day("effective_from"),
            fires=tuple(
                Fires(str(entry.get("text", "")), str(entry.get("match", "")), _rest(entry, "text", "match"))
                for entry in self._tables("fires")
            ),
            silent=tuple(self._silent(number, entry) for number, entry in enumerate(self._tables("silent"), start=1)),
        )

    def _silent(self, number: int, entry: Mapping[str, object]) -> Silent:
        for key in ("why", "guard"):
            if not entry.get(key):
                self._fail(f"silent[{number}] 缺少 {key}；请说明它为什么不报、由哪一道防线挡下")
        guard = str(entry["guard"])
        if guard not in {member.value for member in Guard}:
            self._fail(f"silent[{number}] 的 guard “{guard}”不认识；可用：{'、'.join(Guard)}")
        return Silent(str(entry.get("text", "")), str(entry["why"]), guard, _rest(entry, "text", "why", "guard"))

    def _detector(self) -> Mapping[str, object]:
        table = self._table["detector"]
        if not isinstance(table, dict):
            self._fail("[detector] 应为一张表")
        kind = str(table.get("kind", ""))
        if kind not in _DETECTORS:
            self._fail(f"detector.kind “{kind}”不认识；可用：{'、'.join(_DETECTORS)}")
        required, optional = _DETECTORS[kind]
        self._keys(table, required | {"kind"}, optional | _SHARED, "detector")
        for key in _PATTERNS:
            if key in table:
                self._compiles(f"detector.{key}", str(table[key]))
        name = table.get("check")
        if name is not None and name not in checks.names():
            self._fail(f"detector.check “{name}”不认识；可用：{'、'.join(checks.names())}")
        name = table.get("word_check")
        if name is not None and name not in wordchecks.names():
            self._fail(f"detector.word_check “{name}”不认识；可用：{'、'.join(wordchecks.names())}")
        unknown = [each for each in _list(table.get("classes")) if each not in CLASSES]
        if unknown:
            self._fail(f"detector.classes “{unknown[0]}”不认识；可用：{'、'.join(CLASSES)}")
        if kind == "score":
            self._score(table)
        if kind == "combination":
            self._patterns(table.get("patterns", []))
        self._values(table, "medium", Medium)
        self._values(table, "outcomes", Outcome)
        self._values(table, "origins", Origin)
        if kind == "links":
            self._links(table)
        if kind == "cadence" and table["state"] not in ("silent", "empty", "gone", "uncounted", "refused"):
            self._fail(f"detector.state “{table['state']}”不认识；可用：silent、empty、gone、uncounted、refused")
        if kind == "duty":
            self._duty(table)
        if kind == "profile" and table["field"] not in ("name", "subject", "introduction", "avatar"):
            self._fail(f"detector.field “{table['field']}”不认识；可用：name、subject、introduction、avatar")
        return table

    def _duty(self, table: Mapping[str, object]) -> None:
        if table["subject"] not in _SUBJECTS:
            self._fail(f"detector.subject “{table['subject']}”不认识；可用：{'、'.join(_SUBJECTS)}")
        if (table["subject"] == "post") != (self._table.get("scope") == "post"):
            self._fail("detector.subject 为 post 时 scope 应为 post，其余为 account；请改成一致")
        if table.get("rests_on", "register") not in ("register", "page"):
            self._fail(f"detector.rests_on “{table['rests_on']}”不认识；可用：register、page")
        if not duties.exists(str(table["duty"])):
            self._fail(f"detector.duty “{table['duty']}”没有这样的检查；应为 scanners/duties 下的 模块.函数")

    def _links(self, table: Mapping[str, object]) -> None:
        look = str(table.get("look", "outcome"))
        if look not in _LOOKS:
            self._fail(f"detector.look “{look}”不认识；可用：{'、'.join(_LOOKS)}")
        missing = [key for key in _LOOKS[look] if not table.get(key)]
        if missing:
            self._fail(f"detector 缺少 {'、'.join(missing)}（look = “{look}”）；请补上")
        for key in ("titles", "texts", "asks", "notices"):
            for pattern in _list(table.get(key)):
                self._compiles(f"detector.{key}", pattern)

    def _score(self, table: Mapping[str, object]) -> None:
        levels = table["levels"]
        signals = table["signals"]
        if not isinstance(levels, dict) or not isinstance(signals, list) or not signals:
            self._fail("detector.levels 应为一张表，detector.signals 应为至少一张表")
        self._values({"levels": list(levels)}, "levels", Severity)
        for number, signal in enumerate(signals, start=1):
            where = f"detector.signals[{number}]"
            optional = frozenset(
                ["words", "exceptions", "pattern", "anchors", "numbers", "addressed", "supporting", "nearby"]
            )
            self._keys(signal, frozenset(("name", "weight")), optional, where)
            if "pattern" in signal:
                self._compiles(f"{where}.pattern", str(signal["pattern"]))
            elif "anchors" in signal:
                self._fail(f"{where} 有 anchors 却没有 pattern；请补上 pattern，或改写成 words")
            if not signal.get("words") and "pattern" not in signal:
                self._fail(f"{where} 既没有 words 也没有 pattern；请至少写一样")

    def _patterns(self, patterns: object) -> None:
        if not isinstance(patterns, list):
            self._fail("detector.patterns 应为若干张表")
        for number, entry in enumerate(patterns, start=1):
            where = f"detector.patterns[{number}]"
            self._keys(entry, frozenset(("name", "weight", "pattern")), frozenset(("longest",)), where)
            self._compiles(f"{where}.pattern", str(entry["pattern"]))

    def _values(self, table: Mapping[str, object], key: str, kind: type[StrEnum]) -> None:
        if key not in table:
            return
        value = table[key]
        for item in value if isinstance(value, list) else [value]:
            if item not in {member.value for member in kind}:
                self._fail(f"detector.{key} “{item}”不认识；可用：{'、'.join(kind)}")

    def _compiles(self, where: str, pattern: str) -> None:
        try:
            re.compile(pattern)
        except re.error as error:
            self._fail(f"{where} 不是正确的正则表达式：{pattern_problem(error)}")

    def _message(self) -> str:
        text = self._text("message")
        detector = self._table.get("detector")
        if isinstance(detector, dict) and detector.get("kind") == "duty":
            return text  # each check says what it knows; that every name is filled is a test
        for name in re.findall(r"{(\w*)}", text):
            if name not in PLACEHOLDERS:
                self._fail(f"message 里的 {{{name}}} 不认识；可用：{'、'.join(sorted(PLACEHOLDERS))}")
        return text

    def _keys(
        self, table: Mapping[str, object], required: frozenset[str], optional: frozenset[str], where: str
    ) -> None:
        missing = sorted(required - table.keys())
        if missing:
            self._fail(f"{where}缺少 {'、'.join(missing)}；请补上")
        unknown = sorted(table.keys() - required - optional)
        if unknown:
            self._fail(f"{where}里不认识的键 {'、'.join(unknown)}；可用：{'、'.join(sorted(required | optional))}")

    def _text(self, key: str) -> str:
        value = self._table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(f"{key} 应为非空文字")
        return value.strip()

    def _one_of(self, key: str, known: tuple[str, ...]) -> str:
        value = self._table.get(key, "")
        if value and value not in known:
            self._fail(f"{key} “{value}”不认识；可用：{'、'.join(known)}")
        return str(value)

    def _day(self, key: str) -> date | None:
        value = self._table.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self._fail(f"{key} 应为日期，如 2026-07-25，不加引号")
        return value

    def _strings(self, key: str) -> tuple[str, ...]:
        value = self._table.get(key, [])
        if not isinstance(value, list):
            self._fail(f"{key} 应为文字列表")
        return tuple(map(str, value))

    def _tables(self, key: str) -> list[Mapping[str, object]]:
        value = self._table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            self._fail(f"缺少 [[{key}]]；请至少写一段")
        return value

    def _choice(self, key: str, kind: type[Choice]) -> Choice:
        value = self._table.get(key)
        for member in kind:
            if member.value == value:
                return member
        self._fail(f"{key} “{value}”不认识；可用：{'、'.join(kind)}")
        return None

    def _fail(self, problem: str) -> NoReturn:
        raise RuleError(self._shown, problem)


def _list(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _rest(entry: Mapping[str, object], *taken: str) -> Mapping[str, object]:
    return {key: value for key, value in entry.items() if key not in taken}
