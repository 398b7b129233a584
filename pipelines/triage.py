"""研判: the open findings as rows to be judged, and what a judged sheet comes to: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from domain.account import Account
from domain.case import CaseState, Decision, Verdict
from domain.clock import CHINA, in_china, parse_instant
from domain.errors import ImportFileError
from domain.finding import Finding
from domain.triage import OTHER, REASONS, Dismissal, DismissScope, reason_text
from pipelines import clauses
from pipelines.dismissals import apply_dismissals
from pipelines.workspace import Workspace
from registry import triage_columns as columns
from registry import triage_sheet
from registry.triage_sheet import SheetRow
from reports import labels
from reports.model import Clause
from reports.visible import visible
from scanners.folding import fold_word
from scanners.masking import mask_private
from store import Store
from store.conclusion import PROGRAM
from store.dismissals import NewDismissal
from store.records import Case, Presence, StoredPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row's verdict, ready to be filed."""

    place: str
    decision: Decision
    scope: DismissScope


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageImport:
    """What a sheet came to. ``wrong`` are its wrong rows, told; where there are any and ``partial`` was not asked for,
    nothing was written. ``waiting`` are dismissals that need their second person."""

    rows: int
    written: int = 0
    known: int = 0
    blank: int = 0
    applied: int = 0
    waiting: tuple[Dismissal, ...] = ()
    wrong: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def open_cases(store: Store, now: datetime, *, everything: bool = False) -> list[tuple[Case, Finding]]:
    """The cases that wait for a verdict and are still there (``everything``: all that are on file), with the finding
    as it was last seen: gravest first, then by account and post."""
    cases = store.cases([account.id for account in store.accounts()], now)
    chosen = [
        case for case in cases if everything or (case.state is CaseState.OPEN and case.presence is Presence.PRESENT)
    ]
    last = store.last_findings(chosen)
    pairs = [(case, last[case.fingerprint]) for case in chosen if case.fingerprint in last]
    pairs.sort(key=lambda pair: (pair[1].severity.rank, pair[0].account_id, pair[0].post_id, pair[0].fingerprint))
    return pairs


def sheet_rows(store: Store, now: datetime, *, everything: bool = False) -> list[dict[str, str | int]]:
    """The rows of the sheet to be judged."""
    pairs = open_cases(store, now, everything=everything)
    accounts = {account.id: account for account in store.accounts()}
    posts = {stored.post.id: stored for stored in store.posts(sorted({c.post_id for c, _ in pairs if c.post_id}))}
    decided = store.decisions_on([case.fingerprint for case, _ in pairs])
    known = clauses.load()
    return [
        _row(number, case, finding, accounts.get(case.account_id), posts.get(case.post_id),
             decided.get(case.fingerprint, ()), known, now)
        for number, (case, finding) in enumerate(pairs, start=1)
    ]  # fmt: skip


def _row(
    number: int,
    case: Case,
    finding: Finding,
    account: Account | None,
    stored: StoredPost | None,
    decided: Sequence[Decision],
    known: Mapping[str, Clause],
    now: datetime,
) -> dict[str, str | int]:
    name = account.name if account else case.account_id
    term = visible(finding.masked_term) if finding.post_id else ""
    return {
        columns.NUMBER: number,
        "级别": labels.SEVERITY[finding.severity],
        "问题": visible(finding.message),
        columns.TERM: term,
        "所在语句": visible(finding.masked_sentence) if finding.post_id else "",
        columns.ACCOUNT: name,
        "平台": labels.platform(case.account_id.partition(":")[0]),
        "标题": visible(mask_private(stored.post.title)) if stored else "",
        "发布时间": labels.instant(stored.post.published_at) if stored and stored.post.published_at else "",
        "链接": visible(mask_private(stored.post.url)) if stored else "",
        "目前研判": standing(case, decided),
        "主办单位": account.sponsor if account else "",
        "依据": "；".join(labels.clause(known.get(key, Clause(key=key))) for key in finding.clauses),
        "整改建议": finding.suggestion,
        "首次发现": labels.instant(case.opened_at),
        columns.FINGERPRINT: f"#{case.fingerprint}",
        columns.CHECK: columns.row_check(case.fingerprint, name, term),
        columns.EXPORTED_AT: f"{in_china(now):%Y-%m-%d %H:%M:%S}",
    }


def standing(case: Case, decided: Sequence[Decision]) -> str:
    """``误报（张三 2026-06-18：属于正常用语）``."""
    state = labels.CASE[case.state]
    if not decided:
        return state
    last = decided[-1]
    return f"{state}（{last.decided_by} {labels.day(last.decided_at)}：{mask_private(last.reason)}）"


def bring(
    workspace: Workspace, store: Store, path: Path, by: str, now: datetime, *, partial: bool = False
) -> TriageImport:
    """Import a judged sheet. Without ``partial`` one wrong row keeps the whole file out.

    Raises ``ImportFileError`` for a file that cannot be read.
    """
    del workspace
    rows = triage_sheet.read(path)
    if not rows:
        raise ImportFileError(path.name, "表里没有数据行，没有导入任何内容；请核对文件")
    chosen = [row for row in rows if row.get(columns.VERDICT) or row.problem]
    desk = _Desk.of(store, chosen, by, now)
    for row in chosen:
        desk.take(row)
    wrong = tuple(f"{path.name}：{line}" for line in desk.wrong)
    told = TriageImport(
        rows=len(rows), known=desk.known, blank=len(rows) - len(chosen), wrong=wrong, notes=_unjudged(path, rows)
    )
    if wrong and not partial:
        return told
    before = len(store.dismissals())
    store.record_triage([one.decision for one in desk.new], desk.dismissals())
    added = store.dismissals()[before:]
    applied = apply_dismissals(store, [account.id for account in store.accounts()], now) if added else 0
    return TriageImport(
        rows=told.rows,
        written=len(desk.new),
        known=desk.known,
        blank=told.blank,
        applied=applied,
        waiting=tuple(one for one in added if one.waits),
        wrong=wrong,
        notes=told.notes,
    )


def _unjudged(path: Path, rows: Sequence[SheetRow]) -> tuple[str, ...]:
    return tuple(
        f"{path.name}：{row.place}写了理由或说明，没有写结论，这一行没有采用"
        for row in rows
        if not row.get(columns.VERDICT) and not row.problem and (row.get(columns.REASON) or row.get(columns.NOTE))
    )


@dataclass(slots=True)
class _Desk:
    """Judges rows one by one against what is on file."""

    by: str
    now: datetime
    cases: Mapping[str, Case]
    last: Mapping[str, Finding]
    decided: Mapping[str, Sequence[Decision]]
    standing: Sequence[Dismissal]
    store: Store
    new: list[Judgement] = field(default_factory=list)
    seen: dict[str, tuple[str, tuple[object, ...]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    known: int = 0

    @classmethod
    def of(cls, store: Store, rows: Sequence[SheetRow], by: str, now: datetime) -> _Desk:
        wanted = {_fingerprint(row) for row in rows}
        cases = {c.fingerprint: c for c in store.all_cases(now, wanted)}
        return cls(
            by=by.strip(),
            now=now,
            cases=cases,
            last=store.last_findings(cases.values()),
            decided=store.decisions_on(list(cases)),
            standing=[one for one in store.dismissals() if one.ended_at is None],
            store=store,
        )

    def take(self, row: SheetRow) -> None:
        """File the row's verdict, or say what is wrong with it."""
        number = row.get(columns.NUMBER)
        place = f"{row.place}（序号 {number}）" if number else row.place
        try:
            judged = self._judge(row, place)
        except _WrongRow as error:
            self.wrong.append(f"{place}：{error}")
            return
        if judged is not None:
            self.new.append(judged)

    def _judge(self, row: SheetRow, place: str) -> Judgement | None:
        if row.problem:
            raise _WrongRow(f"{row.problem}；请改正这一行")
        fingerprint = _fingerprint(row)
        if not fingerprint:
            raise _WrongRow("缺少指纹，不知道是哪个问题；请从导出的表上把这一行重新填一次")
        if fingerprint not in self.cases:
            raise _WrongRow("指纹在库中查不到；请核对是不是本单位、本工作区导出的表")
        if row.has_check:
            check = columns.row_check(fingerprint, row.get(columns.ACCOUNT), row.get(columns.TERM))
            if check != row.get(columns.CHECK):
                raise _WrongRow("账号、命中内容与指纹对不上，多半是排序时只选了部分列；请重新导出后填写")
        decision, scope = self._decision(row, fingerprint)
        entry = (decision.verdict, scope, decision.reason, decision.decided_by, decision.expires_at)
        if fingerprint in self.seen:
            other, same = self.seen[fingerprint]
            if same != entry:
                raise _WrongRow(f"与{other}是同一个问题，结论却不同；请只留一行")
            return None
        self.seen[fingerprint] = (place, entry)
        if self._is_known(row, decision, scope):
            self.known += 1
            return None
        return Judgement(place=place, decision=decision, scope=scope)

    def _decision(self, row: SheetRow, fingerprint: str) -> tuple[Decision, DismissScope]:
        said = row.get(columns.VERDICT)
        found = columns.verdict_of(said)
        if found is None:
            raise _WrongRow(f"结论“{said}”不认识；可填：{'、'.join(columns.VERDICTS)}")
        verdict, scope = found
        reason = columns.reason_of(verdict, row.get(columns.REASON))
        if not reason:
            said = row.get(columns.REASON)
            told = f"理由“{said}”不适用于这个结论" if said else "没有写理由"
            raise _WrongRow(f"{told}；可填：{'、'.join(REASONS[verdict])}")
        if reason == OTHER and not row.get(columns.NOTE):
            raise _WrongRow("理由选了“其他”，须在说明一列写清；请补上")
        by = row.get(columns.BY) or self.by
        if not by:
            raise _WrongRow("没有写研判人；请填写研判人一列，或导入时加 --by 姓名")
        decision = Decision(
            fingerprint=fingerprint,
            verdict=verdict,
            reason=reason_text(reason, row.get(columns.NOTE)),
            decided_by=by,
            decided_at=self.now,
            expires_at=self._expiry(row, verdict),
        )
        return decision, scope

    def _expiry(self, row: SheetRow, verdict: Verdict) -> datetime | None:
        written = row.get(columns.UNTIL)
        if verdict is not Verdict.ACCEPT:
            if written:
                raise _WrongRow("只有“暂予保留”才写保留至；请清空这一格，或改结论")
            return None
        if row.until is None:
            told = f"保留至“{written}”不是日期" if written else "暂予保留没有写保留至哪一天"
            raise _WrongRow(f"{told}；请写成 2026-12-31 这样")
        end = datetime(row.until.year, row.until.month, row.until.day, tzinfo=CHINA) + timedelta(days=1)
        if end <= self.now:
            raise _WrongRow(f"保留至 {row.until} 已经过去；请改为以后的日期")
        return end

    def _is_known(self, row: SheetRow, decision: Decision, scope: DismissScope) -> bool:
        """True where the sheet was imported before. Raises ``_WrongRow`` where somebody has decided otherwise since
        the sheet was written."""
        exported = _exported(row)
        own = [one for one in self.decided.get(decision.fingerprint, ()) if one.decided_by != PROGRAM]
        later = [one for one in own if exported is None or one.decided_at >= exported]
        for one in later:
            if (one.verdict, one.reason, one.decided_by, one.expires_at) == (
                decision.verdict, decision.reason, decision.decided_by, decision.expires_at,
            ) and self._scope_filed(decision, scope):  # fmt: skip
                return True
        if exported is not None and later:
            last = later[-1]
            raise _WrongRow(f"导出以后 {last.decided_by} 已另作研判；请重新导出，核对后再填")
        return False

    def _scope_filed(self, decision: Decision, scope: DismissScope) -> bool:
        if scope is DismissScope.POST:
            return True
        one = self._dismissal(decision, scope)
        return any(_same(standing, one, self.store.term_digest(one.term)) for standing in self.standing)

    def _dismissal(self, decision: Decision, scope: DismissScope) -> NewDismissal:
        case, finding = self.cases[decision.fingerprint], self.last[decision.fingerprint]
        return NewDismissal(
            scope=scope,
            rule_id=case.rule_id,
            account_id=case.account_id,
            term=fold_word(finding.term),
            masked_term=visible(finding.masked_term),
            reason=decision.reason,
            by=decision.decided_by,
            at=decision.decided_at,
        )

    def dismissals(self) -> list[NewDismissal]:
        """The dismissals beyond one finding, each once."""
        found: dict[tuple[str, ...], NewDismissal] = {}
        for judged in self.new:
            if judged.scope is DismissScope.POST:
                continue
            one = self._dismissal(judged.decision, judged.scope)
            place = one.account_id if one.scope is DismissScope.ACCOUNT else one.term
            if not any(_same(standing, one, self.store.term_digest(one.term)) for standing in self.standing):
                found.setdefault((one.scope.value, one.rule_id, place), one)
        return list(found.values())


class _WrongRow(Exception):
    """What is wrong with a row, told to a person."""


def _same(standing: Dismissal, one: NewDismissal, digest: str) -> bool:
    if (standing.scope, standing.rule_id) != (one.scope, one.rule_id):
        return False
    if one.scope is DismissScope.ACCOUNT:
        return standing.account_id == one.account_id
    return standing.term_digest == digest


def _fingerprint(row: SheetRow) -> str:
    return row.get(columns.FINGERPRINT).lstrip("#").strip().lower()


def _exported(row: SheetRow) -> datetime | None:
    try:
        return parse_instant(row.get(columns.EXPORTED_AT).replace("/", "-"))
    except ValueError:
        return None
