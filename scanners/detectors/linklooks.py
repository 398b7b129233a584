"""What can be wrong with one followed link, as far as its address and its page's own words tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome
from domain.rule import Confidence, Rule, Severity
from scanners.guards import Guard
from scanners.masking import mask_private

#: A title in a message is cut here (code points).
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a look makes of one link. With a ``guard`` it is let pass, and ``why`` says for which reason."""

    explanation: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    guard: Guard | None = None
    why: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None

    def passed(self, guard: Guard, why: str) -> Sight:
        """The same, let pass."""
        return replace(self, guard=guard, why=why)


class Look(Protocol):
    """One way to look at a followed link."""

    def see(self, link: ResolvedLink) -> Sight | None:
        """``None`` where there is nothing that this look is about."""


def strings(rule: Rule, key: str) -> tuple[str, ...]:
    """A list of texts from the rule's table; empty where it is missing."""
    value = rule.detector.get(key, ())
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def host_of(url: str) -> str:
    """The host of an address in lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def named(url: str, hosts: Iterable[str]) -> str:
    """The first of ``hosts`` that ``url`` is under; one may name the beginning of a path (``jd.com/mall``)."""
    host = host_of(url)
    for each in hosts:
        name, slash, path = each.partition("/")
        if (host == name or host.endswith(f".{name}")) and (not slash or urlsplit(url).path.startswith(f"/{path}")):
            return each
    return ""


def shown(title: str) -> str:
    """A page's title as messages quote it: short, private values masked."""
    title = mask_private(title)
    return title if len(title) <= _SHOWN else f"{title[:_SHOWN]}…"


class OutcomeLook:
    """How following the link ended."""

    def __init__(self, rule: Rule) -> None:
        self._outcomes = frozenset(Outcome(name) for name in strings(rule, "outcomes"))

    def see(self, link: ResolvedLink) -> Sight | None:
        answer = f"服务器答复 {link.status}" if link.status else "对方页面表示没有这项内容"
        told = f"检查时打开这个链接，{answer}"
        if link.outcome in self._outcomes:
            return Sight(explanation=told)
        return Sight(explanation=told, guard=Guard.OUTCOME, why=link.outcome.value)


class ElsewhereLook:
    """The link led to another registrable domain. Where the other side moved to an official domain, or the link was
    made to lead elsewhere, nobody is surprised."""

    def __init__(self, rule: Rule) -> None:
        self._official = strings(rule, "except_hosts")
        self._forwarders = strings(rule, "forwarders")
        self._same = tuple(frozenset(each.split("=")) for each in strings(rule, "same"))

    def see(self, link: ResolvedLink) -> Sight | None:
        here, there = link.domain, link.final_domain
        if not here or not there or here == there:
            return None
        titled = f"，页面标题“{shown(link.title)}”" if link.title else ""
        sight = Sight(
            explanation=f"检查时打开这个链接，被转到 {there}{titled}",
            facts={"target": there, "page": shown(link.title), "capture_now": link.capture},
        )
        if link.outcome is not Outcome.OK:
            return sight.passed(Guard.OUTCOME, link.outcome.value)
        for why, passes in (
            ("转到官方网站", named(link.final_url, self._official)),
            ("本来就是中转网址", named(link.url, self._forwarders)),
            ("同一家的两个域名", any({here, there} <= pair for pair in self._same)),
        ):
            if passes:
                return sight.passed(Guard.EXCEPTION, why)
        return sight


class HostsLook:
    """The link is, or led to, one of the named hosts."""

    def __init__(self, rule: Rule) -> None:
        self._hosts, self._passed = strings(rule, "hosts"), strings(rule, "except_hosts")

    def see(self, link: ResolvedLink) -> Sight | None:
        own = named(link.url, self._hosts)
        found = own or (named(link.final_url, self._hosts) if link.outcome is Outcome.OK else "")
        if not found:
            return None
        there = host_of(link.final_url)
        now = f"目前通往 {there}" if _moved(link) else "按网址判断"
        told = now if own else f"打开后转到 {there}"
        sight = Sight(explanation=told, facts={"target": host_of(link.url) if own else there})
        excepted = named(link.url if own else link.final_url, self._passed)
        if excepted:
            return sight.passed(Guard.EXCEPTION, excepted)
        return sight


def _moved(link: ResolvedLink) -> bool:
    return link.outcome is Outcome.OK and bool(link.final_url) and host_of(link.final_url) != host_of(link.url)


class InsecureLook:
    """The page came in the clear, or its certificate was refused."""

    def __init__(self, rule: Rule) -> None:
        self._passed = strings(rule, "except_hosts")

    def see(self, link: ResolvedLink) -> Sight | None:
        facts = {"target": host_of(link.url)}
        if link.transport is Transport.DISTRUSTED:
            return Sight(explanation="检查时打开这个链接，对方的 https 证书不受信任", facts=facts)
        if not link.url.lower().startswith("http://"):
            return None
        sight = Sight(explanation="检查时打开这个链接，页面以明文 http 传送", facts=facts)
        if link.outcome is not Outcome.OK or link.transport is not Transport.PLAIN:
            secure = link.transport is Transport.SECURE
            return sight.passed(Guard.OUTCOME, "打开后自动转到 https" if secure else link.outcome.value)
        excepted = named(link.url, self._passed)
        return sight.passed(Guard.EXCEPTION, excepted) if excepted else sight


class ParkedLook:
    """The page says that its domain is for sale, parked or expired.

    One of ``titles`` in the title, one of ``texts`` in a page no longer than ``longest`` code points, or a final host
    of ``hosts``. A page with more to say than that speaks about domains.
    """

    def __init__(self, rule: Rule) -> None:
        self._titles = _pattern(rule, "titles")
        self._texts = _pattern(rule, "texts")
        self._hosts = strings(rule, "hosts")
        self._longest = int(str(rule.detector.get("longest", 1200)))

    def see(self, link: ResolvedLink) -> Sight | None:
        if link.outcome is not Outcome.OK:
            return None
        host = named(link.final_url, self._hosts)
        sign = self._titles.search(link.title) or self._texts.search(link.text) or self._texts.search(link.title)
        if not host and sign is None:
            return None
        quoted = f"页面写着“{sign.group()[:_SHOWN]}”" if sign is not None else f"转到域名停放服务 {host}"
        sight = Sight(
            explanation=f"检查时打开这个链接，{quoted}",
            facts={"target": link.final_domain, "page": shown(link.title), "capture_now": link.capture},
        )
        if not host and len(link.text) > self._longest:
            return sight.passed(Guard.THRESHOLD, "页面另有很多内容，只是谈到域名")
        return sight


class FormLook:
    """A questionnaire (``hosts``) asks for what identifies a person (``asks``), and its page tells nothing about what
    becomes of it (``notices``)."""

    def __init__(self, rule: Rule) -> None:
        self._hosts = strings(rule, "hosts")
        self._asks, self._notices = _pattern(rule, "asks"), _pattern(rule, "notices")

    def see(self, link: ResolvedLink) -> Sight | None:
        if link.outcome is not Outcome.OK or not named(link.final_url or link.url, self._hosts):
            return None
        text = f"{link.title}\n{link.text}"
        asked = tuple(dict.fromkeys(match.group() for match in self._asks.finditer(text)))
        if not asked:
            return Sight(guard=Guard.THRESHOLD, why="没有要证件号、银行卡、人脸", facts={"term": ""})
        facts = {"kinds": "、".join(asked[:5]), "page": shown(link.title), "capture_now": link.capture}
        told = f"所链页面“{shown(link.title)}”要填写{'、'.join(asked[:5])}，页面上没有隐私告知"
        notice = self._notices.search(text)
        if notice is not None:
            return Sight(explanation=told, facts=facts, guard=Guard.EXCUSE, why=notice.group())
        return Sight(explanation=told, facts=facts)


def _pattern(rule: Rule, key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in strings(rule, key)) or r"(?!)", re.IGNORECASE)


#: The looks by the name that rule files give them.
LOOKS: Mapping[str, Callable[[Rule], Look]] = {
    "outcome": OutcomeLook,
    "elsewhere": ElsewhereLook,
    "hosts": HostsLook,
    "insecure": InsecureLook,
    "parked": ParkedLook,
    "form": FormLook,
}
