"""How long certifications, tokens and secrets last, and which of them is to be told tonight: once each."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.plan import ReplicaAddress
from crawler.tokens import TokenPlan
from domain.account import Account, Standing
from domain.clock import CHINA, Clock
from domain.coverage import Coverage
from domain.credential import CredentialKind, CredentialState
from domain.inspection import Inspection
from domain.outcome import Outcome
from pipelines.child import run_child
from pipelines.settings import CredentialSettings
from pipelines.workspace import Workspace
from store import Store
from store.credentials import EXPIRES_ON, SET_ON
from store.evidence import make_private

#: A token that lasts longer than this is asked about again after a week only.
_FAR, _AGAIN = timedelta(days=45), timedelta(days=7)
_SECONDS = 120.0
_RENEW = {
    CredentialKind.CERTIFICATION: "请登录公众平台办理微信认证年审",
    CredentialKind.TOKEN: "请由账号本人重新授权，再用 xunjian credential set 更新",
    CredentialKind.SECRET: "请在平台上更换密钥，再用 xunjian credential set 更新",
}


def check_tokens(
    workspace: Workspace,
    store: Store,
    inspection: Inspection,
    accounts: Sequence[Account],
    clock: Clock,
    replica: ReplicaAddress | None,
    lock: int | None,
) -> None:
    """Before the accounts are visited: ask how long the tokens last that may run out soon."""
    used = _used(accounts)
    known = store.token_states()
    tokens = {
        name: values["access_token"]
        for name, values in workspace.credentials().items()
        if name in used
        and values.get("access_token")
        and any(account.platform == "weibo" for account in used[name])
        and _is_due(known.get(f"credential:{name}"), inspection.now)
    }
    if not tokens:
        return
    make_private(workspace.logs)
    plan = TokenPlan(
        tokens=tokens,
        clock=clock,
        replica=replica,
        contact=workspace.settings.bureau.contact,
        timeout=workspace.settings.crawl.timeout,
        store=workspace.target(inspection.id, "tokens").to_plan(),
    )
    run_child(
        "tokens",
        plan.to_json(),
        log=workspace.logs / f"{inspection.id}-tokens.log",
        seconds=_SECONDS,
        lock=lock,
        cancelled=threading.Event(),
    )


def _is_due(known: tuple[datetime | None, str, datetime] | None, now: datetime) -> bool:
    if known is None:
        return True
    expires_at, refusal, checked_at = known
    if refusal or expires_at is None or expires_at - now < _FAR:
        return checked_at < now
    return now - checked_at >= _AGAIN


def states(
    workspace: Workspace, store: Store, accounts: Sequence[Account], coverages: Sequence[Coverage], now: datetime
) -> tuple[CredentialState, ...]:
    """Everything of which an end is known, or which was refused, the nearest end first. ``coverages`` are those of the
    inspection at hand, or of the last one."""
    entries = workspace.credentials()
    found = [
        *_certifications(store, accounts),
        *_entries(entries, _used(accounts), store.token_states(), _refusals(accounts, coverages), workspace),
    ]
    far = now + timedelta(days=36500)
    return tuple(sorted(found, key=lambda one: (not one.refusal, one.expires_at or far, one.key)))


def to_tell(found: Sequence[CredentialState], settings: CredentialSettings, now: datetime) -> list[tuple[str, str]]:
    """Key and cause of what is refused, or ends within the time that the office wants to be warned."""
    return [
        (one.key, one.cause)
        for one in found
        if one.refusal or ((days := one.days_left(now)) is not None and days <= settings.warn_days)
    ]


def note_tonight(
    workspace: Workspace, store: Store, inspection: Inspection, accounts: Sequence[Account]
) -> list[dict[str, object]]:
    """Look at everything, note what is told tonight for the first time, and return it all for the report."""
    now = inspection.now
    found = states(workspace, store, accounts, store.coverages(inspection.id), now)
    for one in found:
        if not one.refusal:
            store.clear_alert(one.key, "refused")
    first = store.alert_once(to_tell(found, workspace.settings.credentials, now), inspection.id, now)
    return [
        {
            "key": one.key,
            "kind": one.kind.value,
            "label": one.label,
            "expires_at": one.expires_at.isoformat() if one.expires_at is not None else "",
            "refusal": one.refusal,
            "remedy": one.remedy,
            "alert": one.key in first,
        }
        for one in found
    ]


def _certifications(store: Store, accounts: Sequence[Account]) -> Iterator[CredentialState]:
    for account in accounts:
        state = store.profile_history(account.id).now if account.platform == "wechat" else None
        if state is None or not state.facts.certified_until or account.standing is Standing.CLOSED:
            continue
        yield CredentialState(
            key=f"certification:{account.id}",
            kind=CredentialKind.CERTIFICATION,
            label=f"微信认证：{account.name}",
            expires_at=datetime.fromisoformat(state.facts.certified_until),
            remedy=_RENEW[CredentialKind.CERTIFICATION],
        )


def _entries(
    entries: Mapping[str, Mapping[str, str]],
    used: Mapping[str, Sequence[Account]],
    tokens: Mapping[str, tuple[datetime | None, str, datetime]],
    refusals: Mapping[str, str],
    workspace: Workspace,
) -> Iterator[CredentialState]:
    for name in sorted({*entries, *used}):
        key = f"credential:{name}"
        values = entries.get(name, {})
        told, refused, _ = tokens.get(key, (None, "", None))
        refusal = refused or refusals.get(name, "")
        own = _end_of_day(values.get(EXPIRES_ON, "")) or _replaced_by(values, workspace.settings.credentials)
        kind = CredentialKind.TOKEN if told is not None else CredentialKind.SECRET
        state = CredentialState(
            key=key,
            kind=kind,
            label=f"接口凭据：{name}",
            expires_at=told or own,
            remedy=_RENEW[kind],
        )
        if refusal:
            yield replace(state, kind=CredentialKind.REFUSED, refusal=refusal)
        elif state.expires_at is not None:
            yield state


def _refusals(accounts: Sequence[Account], coverages: Sequence[Coverage]) -> dict[str, str]:
    """By credential, why a platform did not accept it. What another way then read does not make it valid."""
    by_id = {account.id: account for account in accounts}
    found: dict[str, str] = {}
    for coverage in coverages:
        account = by_id.get(coverage.account_id)
        for attempt in coverage.attempts if account is not None else ():
            if attempt.outcome is not Outcome.NOT_AUTHORIZED:
                continue
            for route in account.routes if account is not None else ():
                if route.credential and route.kind == attempt.route:
                    found.setdefault(route.credential, attempt.detail)
    return found


def _used(accounts: Sequence[Account]) -> dict[str, list[Account]]:
    """The accounts that use each credential."""
    found: dict[str, list[Account]] = {}
    for account in accounts:
        if account.standing is Standing.CLOSED:
            continue
        for route in account.routes:
            if route.credential:
                found.setdefault(route.credential, []).append(account)
    return found


def _end_of_day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(hour=23, minute=59, tzinfo=CHINA) if text else None
    except ValueError:
        return None


def _replaced_by(values: Mapping[str, str], settings: CredentialSettings) -> datetime | None:
    """When a secret is to be replaced by the office's own rule."""
    set_on = _end_of_day(values.get(SET_ON, ""))
    return set_on + timedelta(days=settings.secret_days) if set_on is not None and settings.secret_days else None
