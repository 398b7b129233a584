"""The examples of a duty rule: the ``given`` of a ``[[fires]]`` or ``[[silent]]`` table as facts.

| key | what |
|---|---|
| ``now`` | the instant of judgement |
| ``account`` | fields of the subject's account; platform, key, name and sponsor have defaults |
| ``accounts`` | further accounts on file |
| ``unit`` | the subject's unit by name (for unit and bureau rules; else the account's sponsor) |
| ``records`` | records of the register, each with ``kind``, its fields, and optionally ``key`` |
| ``filled`` | kinds that the office keeps though nothing is in them |
| ``posts`` | posts of the account: title, text, published_at, key, url, kind, original, links, gone ... |
| ``post`` | which of them a post rule judges (0) |
| ``coverage`` | how tonight's visit ended: outcome, complete, listed, ... |
| ``nights`` | earlier visits, newest first: at, outcome |
| ``links`` | followed addresses: url, outcome, status, final_url, resolved_at, title, text |
| ``twins``, ``siblings`` | posts of the website and of other accounts |
| ``cases`` | cases on file |
| ``sources``, ``commercial`` | the office's list of sources; names of commercial media |
| ``suspects`` | accounts that look like the bureau's: name, platform, found_at, is_confirmed |
| ``rest_days``, ``work_days``, ``known_through`` | the calendar |
| ``norms`` | the office's reading where it differs |
| ``profile`` | states of the profile, oldest first: fields of the profile, ``first_seen_at``, ``last_seen_at`` |
| ``registered_at`` | when the register last changed the account |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.account import Account, Medium, Purpose, Route, Standing
from domain.calendar import WorkCalendar
from domain.case import CaseState
from domain.coverage import Coverage
from domain.link import ResolvedLink
from domain.norms import Norms
from domain.outcome import Outcome
from domain.post import Post, PostKind
from domain.profile import ProfileFacts, ProfileHistory, ProfileState
from domain.register import Approval, Record, Register, Unit
from domain.register_codec import from_plain
from domain.rule import Rule, Severity
from domain.sources import ApprovedSource, SourceBook
from domain.timeline import Moment, Timeline
from scanners.duties.hearing import Facts, NightSeen, OpenCase, Sibling, Suspect
from scanners.duties.matching import approval_of

#: The unit of an example that names none: a fictional one.
UNIT = "柳溪市民政局"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example made ready: what ``DutyJudge.judge`` wants, and the parts from which the real line can be fed."""

    now: datetime
    facts: Facts
    register: Register
    calendar: WorkCalendar
    norms: Norms


def example_of(rule: Rule, given: Mapping[str, Any]) -> Example:
    """The example that ``given`` describes. Raises ``ValueError`` or ``TypeError`` for an unknown key or value."""
    values = dict(given)
    now = values.pop("now")
    account = _account(values.pop("account", {}))
    unit_name = str(values.pop("unit", account.sponsor))
    records = tuple(_record(number, table) for number, table in enumerate(values.pop("records", ()), start=1))
    filled = frozenset(values.pop("filled", ())) | {each.kind for each in records}
    register = Register(records=records, filled=filled)
    written = values.pop("posts", ())
    posts = tuple(_post(number, table, account) for number, table in enumerate(written, start=1))
    gone = frozenset(post.key for post, table in zip(posts, written, strict=True) if table.get("gone"))
    which = values.pop("post", 0)
    post = posts[which] if rule.detector["subject"] == "post" else None
    approvals = register.of_account(Approval, account.id)
    calendar = WorkCalendar(
        known_through=values.pop("known_through", 2099),
        rest_days=frozenset(values.pop("rest_days", ())),
        work_days=frozenset(values.pop("work_days", ())),
    )
    changed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.pop("norms", {}).items()}
    norms = Norms(**changed)
    visit = _coverage(account, values.pop("coverage", {}))
    history = ProfileHistory(
        states=tuple(_state(table) for table in values.pop("profile", ())),
        registered_at=values.pop("registered_at", None),
    )
    timeline = Timeline(
        account=account,
        coverage=visit,
        moments=tuple(
            Moment(p.published_at, p.kind, p.key, p.key in gone) for p in posts if p.published_at is not None
        ),
        profile=history,
    )
    facts = Facts(
        account=account,
        unit=register.unit(unit_name),
        unit_name=unit_name,
        accounts=(account, *(_account(table) for table in values.pop("accounts", ()))),
        timeline=timeline,
        posts=tuple(each for each in posts if each.key not in gone),
        approvals=approvals,
        nights=(NightSeen(now, visit.outcome), *(_night(table) for table in values.pop("nights", ()))),
        links={link.url: link for link in map(_link, values.pop("links", ()))},
        twins=tuple(_sibling(account, table) for table in values.pop("twins", ())),
        siblings=tuple(_sibling(account, table) for table in values.pop("siblings", ())),
        cases=tuple(_case(number, account, table) for number, table in enumerate(values.pop("cases", ()), start=1)),
        suspects=tuple(_suspect(n, table) for n, table in enumerate(values.pop("suspects", ()), start=1)),
        sources=SourceBook(
            approved=tuple(_approved(table) for table in values.pop("sources", ())),
            commercial=frozenset(values.pop("commercial", ())),
        ),
        post=post,
        approval=approval_of(post, approvals) if post else None,
    )
    if values:
        raise ValueError(f"{rule.id}: an example has unknown keys {sorted(values)}")
    return Example(now=now, facts=facts, register=register, calendar=calendar, norms=norms)


def _account(table: Mapping[str, Any]) -> Account:
    plain: dict[str, Any] = {
        "platform": "wechat",
        "key": "gh_liuxi0000001",
        "name": "柳溪民政",
        "sponsor": UNIT,
    } | dict(table)
    for name, kind in (("purpose", Purpose), ("medium", Medium), ("standing", Standing)):
        if name in plain:
            plain[name] = kind(plain[name])
    if "routes" in plain:
        plain["routes"] = tuple(Route(*each) for each in plain["routes"])
    if "aliases" in plain:
        plain["aliases"] = tuple(plain["aliases"])
    return Account(**plain)


def _record(number: int, table: Mapping[str, Any]) -> Record:
    values = dict(table)
    kind = str(values.pop("kind"))
    values.setdefault("key", f"{kind}-{number}")
    if kind == Unit.kind and "name" in values:
        values["key"] = values.pop("name")
    return from_plain(kind, values)


def _post(number: int, table: Mapping[str, Any], account: Account) -> Post:
    values: dict[str, Any] = {
        "key": f"p{number}",
        "title": "",
        "text": "",
        "url": f"https://www.liuxi.example/{number}",
    } | dict(table)
    values.pop("gone", None)
    values.setdefault("published_at", None)
    for name in ("images", "links"):
        if name in values:
            values[name] = tuple(values[name])
    values["kind"] = PostKind(values.get("kind", "article"))
    return Post(account_id=account.id, **values)


def _coverage(account: Account, table: Mapping[str, Any]) -> Coverage:
    values: dict[str, Any] = {"outcome": "OK", "complete": True} | dict(table)
    values["outcome"] = Outcome(values["outcome"])
    return Coverage(account_id=account.id, **values)


def _state(table: Mapping[str, Any]) -> ProfileState:
    values = dict(table)
    first, last = values.pop("first_seen_at"), values.pop("last_seen_at", None)
    return ProfileState(facts=ProfileFacts(**values), first_seen_at=first, last_seen_at=last or first)


def _night(table: Mapping[str, Any]) -> NightSeen:
    return NightSeen(table["at"], Outcome(table.get("outcome", "OK")))


def _link(table: Mapping[str, Any]) -> ResolvedLink:
    values: dict[str, Any] = {"outcome": "OK"} | dict(table)
    values["outcome"] = Outcome(values["outcome"])
    return ResolvedLink(**values)


def _sibling(account: Account, table: Mapping[str, Any]) -> Sibling:
    values: dict[str, Any] = {
        "account_id": account.id,
        "key": "",
        "url": "",
        "title": "",
        "text": "",
        "published_at": None,
    } | dict(table)
    return Sibling(**values)


def _approved(table: Mapping[str, Any]) -> ApprovedSource:
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in table.items()}
    return ApprovedSource(**values)


def _case(number: int, account: Account, table: Mapping[str, Any]) -> OpenCase:
    values: dict[str, Any] = {
        "fingerprint": f"case{number}",
        "rule_id": "privacy-mobile-number",
        "account_id": account.id,
        "post_id": "",
        "severity": "major",
        "state": "open",
    } | dict(table)
    values["severity"], values["state"] = Severity(values["severity"]), CaseState(values["state"])
    for name in ("notice_on", "due_on"):
        assert values.get(name) is None or isinstance(values[name], date), f"{name} is a date"
    return OpenCase(**values)


def _suspect(number: int, table: Mapping[str, Any]) -> Suspect:
    values: dict[str, Any] = {"id": f"s{number}", "platform": "wechat"} | dict(table)
    return Suspect(**values)
