"""From what is on file to the documents that an office signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version

from domain.account import Account, Standing
from domain.clock import in_china
from domain.errors import ConfigError
from domain.inspection import InspectionState
from domain.matters import Matter, MatterKind, matters
from domain.period import Period, period_of
from domain.rule import Severity
from pipelines import clauses, ledger
from pipelines.counterfeits import lines as candidate_lines
from pipelines.rectify import entries, find, summary
from pipelines.rectify_days import deadlines_of
from pipelines.repost_table import repost_lines
from pipelines.workspace import Workspace
from reports import repost_table
from reports.documents import letters, notice
from reports.documents.content import Official
from reports.documents.facts import AccountFact, PeriodFacts
from reports.ledger import LedgerRow, Stage
from reports.ledger_book import LedgerHead
from reports.tally import Tally, tally
from reports.visible import visible
from scanners.masking import mask_private
from store import Store

#: By what accounts are inspected, beside the bureau's own regulation.
NATIONAL = (
    "《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）"
)
_REGULATION = "liuan-2022-4/art-13"


def bureau_of(workspace: Workspace) -> str:
    """Whose documents these are."""
    return workspace.settings.bureau.name or "本单位"


def signer_of(workspace: Workspace) -> str:
    """第一条, 第十三条: the bureau's office leads the work and signs circulars and notices."""
    name = bureau_of(workspace)
    return name if name.endswith("办公室") else f"{name}办公室"


def facts(workspace: Workspace, store: Store, period: Period, now: datetime, *, signer: str = "",
          reply_by: date | None = None) -> PeriodFacts:  # fmt: skip
    """What is known of ``period`` at ``now``. Raises ``ConfigError`` for one that has not begun."""
    today = in_china(now).date()
    if period.since > today:
        raise ConfigError(f"{period.label}还没有开始，没有可写的；请改时期")
    counted = Tally()
    problems = [
        row
        for row in counted.counted(ledger.rows(workspace, store, now, since=period.begins, until=period.ends))
        if row.is_problem
    ]
    problems.sort(key=lambda row: (row.sponsor, row.account_id, row.severity.rank, row.found_at, row.fingerprint))
    reposts = _reposts(workspace, store, period, now)
    days: Mapping[Severity, int] = {
        grade: number for grade in Severity if (number := getattr(workspace.settings.rectify, grade.value))
    }
    counting = deadlines_of(workspace, now)
    accounts, inspections = _accounts(store, period)
    return PeriodFacts(
        bureau=bureau_of(workspace),
        signer=signer or signer_of(workspace),
        period=period,
        today=today,
        accounts=accounts,
        inspections=inspections,
        rows=tuple(problems),
        tally=counted,
        earlier=tuple(_earlier(workspace, store, period, now)),
        units=summary(store, today, since=period.since, until=period.until),
        basis=tuple(name for name in (NATIONAL, _regulation()) if name),
        regulation=_regulation(),
        days=days,
        counting=counting.told.removeprefix("整改时限"),
        reply_by=reply_by or _reply_by(problems, today),
        closures=_closures(store, period),
        reposts=reposts,
        repost_headers=repost_table.HEADERS if reposts else (),
        parts=_parts(workspace, store, period, now),
    )


def notice_of(workspace: Workspace, store: Store, said: str, *, signer: str = "", letterhead: str = "") -> Official:
    """The paper of an issued notice."""
    return notice.notice(
        find(store, said),
        clauses.load(),
        bureau=bureau_of(workspace),
        signer=signer or signer_of(workspace),
        regulation=_regulation(),
        letterhead=letterhead,
        phone=_phone(workspace),
    )


def reply_form_of(workspace: Workspace, store: Store, said: str, *, signer: str = "") -> Official:
    """The slip on which a unit answers."""
    return notice.reply_form(find(store, said), signer=signer or signer_of(workspace))


def counterfeit_letters(
    workspace: Workspace, store: Store, said: str, now: datetime, *, operator: str = "", office: str = "",
    letterhead: str = "",
) -> tuple[Official, Official]:  # fmt: skip
    """To the platform and to 网信, about a counterfeit that is being handled."""
    matter = _matter(store, said, MatterKind.COUNTERFEIT)
    on, bureau = in_china(now).date(), bureau_of(workspace)
    return (
        letters.counterfeit_to_platform(
            matter, bureau=bureau, signer=signer_of(workspace), on=on, phone=_phone(workspace),
            platform_operator=operator or "（平台运营方全称）", letterhead=letterhead,
        ),
        letters.counterfeit_to_cyberspace(
            matter, bureau=bureau, office=office or "市委网信办", on=on, phone=_phone(workspace), letterhead=letterhead
        ),
    )  # fmt: skip


def closure_report(
    workspace: Workspace, store: Store, said: str, now: datetime, *, to: str = "", letterhead: str = ""
) -> Official:
    """On an emergency closing, to the superior."""
    matter = _matter(store, said, MatterKind.EMERGENCY)
    return letters.emergency_closure(
        matter, bureau=bureau_of(workspace), signer=signer_of(workspace), to=to or "市政府办公室",
        on=in_china(now).date(), letterhead=letterhead,
    )  # fmt: skip


def ledger_head(workspace: Workspace, now: datetime, period: Period | None) -> LedgerHead:
    """What stands over a ledger."""
    return LedgerHead(
        bureau=bureau_of(workspace),
        scope=f"{period.label}发现的问题" if period else "全部问题",
        made_at=now,
        program=f"xunjian {version('xunjian')}",
    )


# -- parts -------------------------------------------------------------------------------------------------------------


def _regulation() -> str:
    known = clauses.load().get(_REGULATION)
    return known.document if known else ""


def _phone(workspace: Workspace) -> str:
    return next(iter(workspace.settings.bureau.public_numbers), "")


def _accounts(store: Store, period: Period) -> tuple[tuple[AccountFact, ...], int]:
    """Accounts on file, each with the last look of the period; and how many inspections there were."""
    looked: dict[str, tuple[datetime, datetime | None]] = {}
    count = 0
    for inspection in store.inspections():
        if inspection.state is not InspectionState.COMPLETE or not period.begins <= inspection.now < period.ends:
            continue
        count += 1
        for coverage in store.coverages(inspection.id):
            last = looked.get(coverage.account_id)
            if coverage.checked and (last is None or last[0] < inspection.now):
                looked[coverage.account_id] = (inspection.now, coverage.newest_at)
    found = [
        _account(account, looked.get(account.id))
        for account in store.accounts()
        if account.standing is not Standing.CLOSED or account.id in looked
    ]
    return tuple(sorted(found, key=lambda one: (one.sponsor, one.platform, one.id))), count


def _account(account: Account, look: tuple[datetime, datetime | None] | None) -> AccountFact:
    return AccountFact(
        id=account.id,
        name=account.name,
        platform=account.platform,
        sponsor=account.sponsor,
        supervisor=account.supervisor,
        checked=look is not None,
        checked_at=look[0] if look else None,
        newest_at=look[1] if look else None,
    )


def _earlier(workspace: Workspace, store: Store, period: Period, now: datetime) -> list[LedgerRow]:
    """Problems from before the period that were not closed when it began."""
    return [
        row
        for row in ledger.rows(workspace, store, now, until=period.begins)
        if row.is_problem and (row.stage is not Stage.CLOSED or (row.closed_on or period.since) >= period.since)
    ]


def _reply_by(problems: list[LedgerRow], today: date) -> date | None:
    """The last day of the notices that still run; ``None`` leaves it to the office."""
    running = [row.due_on for row in problems if row.due_on is not None and row.due_on >= today and not row.closed_on]
    return max(running, default=None)


def _closures(store: Store, period: Period) -> tuple[str, ...]:
    """Accounts that a person ordered to be closed in the period."""
    names: list[str] = []
    for entry in entries(store).values():
        known = {item.account_id: item.account_name for item in entry.notice.items}
        names += [
            f"“{known.get(one.account_id, one.account_id)}”"
            for one in entry.proposals
            if one.approved and one.decided_at is not None and period.begins <= one.decided_at < period.ends
        ]
    return tuple(dict.fromkeys(names))


def _reposts(workspace: Workspace, store: Store, period: Period, now: datetime) -> tuple[tuple[str, ...], ...]:
    lines = repost_lines(store, workspace.settings.norms, min(now, period.ends), since=period.begins)
    within = [line for line in lines if line.start < period.ends]
    return tuple(tuple(visible(mask_private(cell)) for cell in row) for row in repost_table.rows(within))


def _parts(workspace: Workspace, store: Store, period: Period, now: datetime) -> tuple[tuple[Period, Tally], ...]:
    """The quarters of a whole year that have begun."""
    if not period.label.endswith("年度"):
        return ()
    quarters = [period_of(f"{period.since.year}Q{number}") for number in (1, 2, 3, 4)]
    return tuple(
        (part, tally(ledger.rows(workspace, store, now, since=part.begins, until=part.ends)))
        for part in quarters
        if part.begins <= now
    )


def _matter(store: Store, said: str, kind: MatterKind) -> Matter:
    known = {number: one for number, one in matters(store.rectification_events()).items() if one.kind is kind}
    chosen = [one for number, one in known.items() if said.strip() == number or said.strip() in number]
    if len(chosen) != 1:
        told = "有几件都符合" if chosen else "没有这件事项"
        raise ConfigError(
            f"{said}：{told}；可用的编号：{'、'.join(known) or '还没有登记'}（xunjian rectify event 登记）"
        )
    return _masked(_placed(store, chosen[0]))


def _placed(store: Store, matter: Matter) -> Matter:
    """With the platform of the account, where the matter does not name it and the register or a candidate does."""
    if matter.platform:
        return matter
    if matter.kind is MatterKind.COUNTERFEIT:
        named = [(one.platform, "") for one in candidate_lines(store) if matter.subject in (one.name, one.key, one.id)]
    else:
        named = [(one.platform, one.home_url) for one in store.accounts() if matter.subject in (one.name, one.id)]
    platforms = {platform for platform, _ in named}
    if len(platforms) != 1:
        return matter
    return replace(matter, platform=platforms.pop(), url=matter.url or (named[0][1] if len(named) == 1 else ""))


def _masked(matter: Matter) -> Matter:
    """What people typed may hold a number that nobody has to see."""

    def shown(text: str) -> str:
        return visible(mask_private(text))

    return replace(
        matter,
        subject=shown(matter.subject),
        reason=shown(matter.reason),
        url=shown(matter.url),
        done=tuple(replace(one, note=shown(one.note)) for one in matter.done),
    )
