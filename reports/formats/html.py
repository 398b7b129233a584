"""The report to read: one file that needs nothing from outside, filters in the browser, prints on A4."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import highlight, labels, order, summary
from reports.model import AccountLine, FindingLine, Report

MEDIA_TYPE = "text/html; charset=utf-8"

_FOLDER = Path(__file__).resolve().parent.parent / "templates"
#: A clause of at most this many characters is quoted beside the problem; a longer one stands in the list of clauses.
QUOTED_CLAUSE = 120


@dataclass(frozen=True, slots=True)
class PostGroup:
    """The problems of one post (or, with an empty key, of the account itself), with their numbers."""

    key: str
    first: FindingLine
    findings: tuple[tuple[int, FindingLine], ...]


@dataclass(frozen=True, slots=True)
class AccountGroup:
    """The problems of one account."""

    id: str
    name: str
    platform: str
    account: AccountLine | None
    count: int
    posts: tuple[PostGroup, ...]


def render(report: Report) -> bytes:
    """UTF-8 HTML. Style and script are admitted by their digests, so nothing else in the page can run."""
    style, script = _source("report.css"), _source("report.js")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            title=summary.title(report),
            facts=summary.facts(report),
            conclusion=summary.conclusion(report),
            notes=summary.notes(report),
            obligation_total=summary.obligations(report),
            groups=_groups(report),
            rules=_rules(report),
            anchors={key: f"clause-{number}" for number, key in enumerate(sorted(report.clauses), start=1)},
            style=Markup(style),  # noqa: S704  (our own file)
            script=Markup(script),  # noqa: S704  (our own file)
            style_digest=_digest(style),
            script_digest=_digest(script),
        )
    )
    return page.encode("utf-8", "backslashreplace")


def web_address(address: str) -> str:
    """``address`` where it is an ordinary web address, else an empty string: no other scheme becomes a link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _groups(report: Report) -> list[AccountGroup]:
    accounts = {account.id: account for account in report.accounts}
    numbers = {id(finding): number for number, finding in enumerate(report.current, start=1)}
    groups = []
    for account_id, posts in order.grouped(report.current):
        first = posts[0][1][0]
        groups.append(
            AccountGroup(
                id=account_id,
                name=first.account_name,
                platform=first.platform,
                account=accounts.get(account_id),
                count=sum(len(findings) for _, findings in posts),
                posts=tuple(
                    PostGroup(key, findings[0], tuple((numbers[id(one)], one) for one in findings))
                    for key, findings in posts
                ),
            )
        )
    return groups


def _rules(report: Report) -> list[tuple[str, str, int]]:
    """The rules that found something: id, title, number of problems; the busiest first."""
    counts: dict[tuple[str, str], int] = {}
    for finding in report.current:
        key = (finding.rule_id, finding.rule_title)
        counts[key] = counts.get(key, 0) + 1
    return [(rule_id, title, count) for (rule_id, title), count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=2)
def _source(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(labels=labels, highlight=highlight.parts, quoted_clause=QUOTED_CLAUSE)
    environment.filters.update(web_address=web_address)
    return environment
