"""What became of every case tonight. Pure: what is known goes in, verdicts come out.

| tonight                                                    | case on file          | sighting     |
|------------------------------------------------------------|-----------------------|--------------|
| found                                                      | none                  | new          |
| found                                                      | there before          | persisting   |
| found                                                      | was absent, withdrawn | reopened     |
| found, and really read after people had closed it          | closed                | reopened     |
| not found, post read again                                 | there before          | absent       |
| not found, the platform says that the post is gone         | there before          | withdrawn    |
| not found, and the place was not really looked at          | there before          | not_reread   |
| not found                                                  | was absent, withdrawn | none         |

"Really looked at" is strict: the post's content was read in this inspection, the rule was in force, the attachment was
searched, the link was reached, and for account rules the listing was walked to its end. What rests on the register
alone was looked at whenever its rule ran: the register is always at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.case import CaseState, Sighting
from domain.clock import in_china
from domain.coverage import Coverage
from domain.finding import Finding
from domain.outcome import Outcome
from store.records import Case, Presence, ReadRecord, Verdicts

_EPISODE = "newest:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one inspection knows when it ends.

    ``unread_parts`` are posts of which a part could not be searched; ``unreached_links`` addresses of which nothing
    may be concluded; ``registered`` are the rules that were judged from the register, ``judged_posts`` the posts
    on which they were; ``last`` holds the findings of cases that were not found tonight, as they were last seen.
    """

    found: Mapping[str, Finding]
    cases: tuple[Case, ...]
    last: Mapping[str, Finding]
    coverages: Mapping[str, Coverage]
    reads: Mapping[str, ReadRecord]
    gone: frozenset[str]
    rules: frozenset[str]
    unread_parts: frozenset[str] = frozenset()
    unreached_links: frozenset[str] = frozenset()
    registered: frozenset[str] = frozenset()
    judged_posts: frozenset[str] = frozenset()


def reconcile(night: Night) -> Verdicts:
    """The verdict on every finding of tonight and every case of the accounts in scope."""
    cases = {case.fingerprint: case for case in night.cases}
    sightings: dict[str, tuple[Sighting, str]] = {}
    reopened: list[str] = []
    for name, finding in night.found.items():
        case = cases.get(name)
        if case is None:
            sightings[name] = (Sighting.NEW, "")
        elif case.state is CaseState.CLOSED:
            if _read_since_closing(night, case, finding):
                sightings[name] = (Sighting.REOPENED, "认定整改后再次出现")
                reopened.append(name)
            else:
                sightings[name] = (Sighting.NOT_REREAD, "认定整改后尚未重读原文")
        elif case.presence is Presence.PRESENT:
            sightings[name] = (Sighting.PERSISTING, "")
        else:
            sightings[name] = (Sighting.REOPENED, "曾经消失，再次出现")
    for name, case in cases.items():
        if name not in night.found and case.presence is Presence.PRESENT:
            sightings[name] = _missing(night, case)
    return Verdicts(sightings=sightings, reopened=tuple(reopened))


def look_at(night: Night, case: Case) -> tuple[Sighting, str]:
    """How the place of a case looked tonight, whether or not the problem was there before: ``PERSISTING``, ``ABSENT``,
    ``WITHDRAWN`` or ``NOT_REREAD``. The same words of the same rule in another sentence of the post are still there.
    """
    if case.fingerprint in night.found:
        return Sighting.PERSISTING, "已重读，问题仍在"
    last = night.last.get(case.fingerprint)
    if last is not None and case.post_id and case.post_id not in night.gone:
        for finding in night.found.values():
            if (finding.rule_id, finding.post_id, finding.term) == (case.rule_id, case.post_id, last.term):
                return Sighting.PERSISTING, "语句改过，所指内容仍在"
    return _missing(night, case)


def _read_since_closing(night: Night, case: Case, finding: Finding) -> bool:
    assert case.closed_at is not None, "a closed case has the moment of its closing"
    if finding.rule_id in night.registered:
        return True
    if not finding.post_id:
        coverage = night.coverages.get(finding.account_id)
        return coverage is not None and coverage.checked
    read = night.reads.get(finding.post_id)
    return read is not None and read.outcome is Outcome.OK and read.read_at >= case.closed_at


def _missing(night: Night, case: Case) -> tuple[Sighting, str]:
    """How a case that was there, and was not found tonight, was seen."""
    if case.post_id and case.post_id in night.gone:
        return Sighting.WITHDRAWN, "平台答复：该内容已不存在"
    if case.rule_id not in night.rules:
        return Sighting.NOT_REREAD, "本次未运行该规则"
    if case.rule_id in night.registered:
        if case.post_id and case.post_id not in night.judged_posts:
            return Sighting.NOT_REREAD, "内容较早，已不再对照台账"
        return Sighting.ABSENT, "已按台账重新核对，问题不再出现"
    if not case.post_id:
        return _missing_of_account(night, case)
    read = night.reads.get(case.post_id)
    if read is None:
        return Sighting.NOT_REREAD, "本次未重读该内容"
    if read.outcome is not Outcome.OK:
        return Sighting.NOT_REREAD, f"本次未能读取该内容（{read.outcome.value}）"
    last = night.last.get(case.fingerprint)
    if last is not None:
        fields = {occurrence.field for occurrence in last.occurrences}
        if case.post_id in night.unread_parts and fields and all(name.startswith("attachment:") for name in fields):
            return Sighting.NOT_REREAD, "附件本次未能检查"
        if last.facts.get("url") in night.unreached_links:
            return Sighting.NOT_REREAD, "链接本次未能核查"
    return Sighting.ABSENT, "已重读，问题不再出现"


def _missing_of_account(night: Night, case: Case) -> tuple[Sighting, str]:
    coverage = night.coverages.get(case.account_id)
    if coverage is None:
        return Sighting.NOT_REREAD, "本次未检查该账号"
    if not coverage.checked:
        return Sighting.NOT_REREAD, f"本次未能检查该账号（{coverage.outcome.value}）"
    last = night.last.get(case.fingerprint)
    if last is not None:
        heir = next(
            (
                f
                for f in night.found.values()
                if not f.post_id and f.account_id == case.account_id and f.term == last.term
            ),
            None,
        )
        if heir is not None:
            return Sighting.ABSENT, f"同一情形改由规则 {heir.rule_id} 报出"
    if coverage.complete or _newer_than_episode(coverage, last):
        return Sighting.ABSENT, "已重新检查，问题不再出现"
    return Sighting.NOT_REREAD, "列表本次未读完"


def _newer_than_episode(coverage: Coverage, last: Finding | None) -> bool:
    """True when tonight's listing, even a part of it, showed a newer post than the silence began with."""
    if last is None or coverage.newest_at is None or not last.term.startswith(_EPISODE):
        return False
    return in_china(coverage.newest_at).date().isoformat() > last.term.removeprefix(_EPISODE)
