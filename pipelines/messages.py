"""What the office is told of an inspection, and the sending of it. A dead channel never stops a run."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from domain.clock import in_china
from domain.errors import ConfigError
from domain.inspection import InspectionKind
from domain.message import Message, Topic, troubles
from domain.rule import Severity
from pipelines.settings import ChannelSettings
from pipelines.workspace import Workspace
from reports import labels, summary
from reports.model import Report
from scanners.masking import mask_private
from store import Store

#: So many findings are named in one message; the others are counted.
_NAMED = 8
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """How a sending went: messages that were taken, and channels that did not take theirs with the reason."""

    taken: int
    refused: tuple[tuple[str, str], ...] = ()


def guarded(message: Message) -> Message:
    """The message with everything that looks private masked: the last look before it leaves."""
    return replace(message, title=mask_private(message.title), text=mask_private(message.text))


def of_inspection(workspace: Workspace, store: Store, report: Report) -> list[Message]:
    """New grave findings, and the troubles of the night."""
    found = [one for one in (_severe(report), _credentials(report)) if one is not None]
    if report.kind is InspectionKind.NIGHTLY:
        found += _troubles(workspace, store, report)
    return [guarded(message) for message in found]


def digest(report: Report, now: datetime) -> Message:
    """The one message of this morning, on the latest finished inspection."""
    day = in_china(now).date()
    lines = [f"{labels.instant(report.now)}巡检。{summary.conclusion(report)}"]
    lines += [
        f"未能检查：{account.name}（{labels.platform(account.platform)}）" for account in report.not_checked[:_NAMED]
    ]
    if len(report.not_checked) > _NAMED:
        lines.append(f"另有 {len(report.not_checked) - _NAMED} 个账号未能检查。")
    title = f"{report.bureau}政务新媒体巡检摘要（{day}）"
    return guarded(Message(key=f"digest:{day}", topic=Topic.DIGEST, title=title, text="\n".join(lines)))


def is_digest_due(workspace: Workspace, now: datetime) -> bool:
    """True from the hour that the office has set until midnight."""
    return in_china(now).time() >= workspace.settings.messages.digest_at


def post(workspace: Workspace, store: Store, messages: Sequence[Message], now: datetime) -> None:
    """File messages for every channel that is told their topic."""
    channels = workspace.settings.messages.channels
    store.post_messages(
        [(channel.name, message) for message in messages for channel in channels if message.topic in channel.topics],
        now,
    )


def send_due(workspace: Workspace, store: Store, now: datetime) -> Sent:
    """Send what waits. What a channel does not take is tried again later; one refusal spares it the others."""
    channels = {channel.name: channel for channel in workspace.settings.messages.channels}
    taken, refused = 0, dict[str, str]()
    for posted in store.messages(due=now):
        channel = channels.get(posted.channel)
        if channel is None or posted.channel in refused or not store.claim_message(posted, now):
            continue
        try:
            deliver(address(workspace, channel), guarded(posted.message), channel.name)
        except ConfigError as error:
            refused[posted.channel] = str(error)
            continue
        store.message_sent(posted, now)
        taken += 1
    return Sent(taken, tuple(refused.items()))


def address(workspace: Workspace, channel: ChannelSettings) -> str:
    """Where a channel is; raises ``ConfigError`` (which never shows it) where that is not on file."""
    if channel.variable and (value := os.environ.get(channel.variable, "").strip()):
        return value
    value = workspace.credentials().get(channel.credential, {}).get("url", "") if channel.credential else ""
    if not value:
        where = f"xunjian credential set {channel.credential or '名称'} url"
        raise ConfigError(f"通知通道 {channel.name}：没有登记地址；请运行 {where}，或设置环境变量")
    return value


def deliver(url: str, message: Message, name: str) -> None:
    """Hand one message to one address; raises ``ConfigError`` where it was not taken. The address is a secret: neither
    the error nor the library's log shows it."""
    import apprise

    target = apprise.Apprise()
    with _silence():
        if not target.add(url):
            raise ConfigError(f"通知通道 {name}：地址的写法不对；请用 xunjian credential set 重新登记 url")
        try:
            taken = target.notify(title=message.title, body=message.text)
        except Exception as error:  # plugins raise whatever the other side makes them
            raise ConfigError(f"通知通道 {name}：发送出错（{type(error).__name__}）；稍后自动重发") from None
    if not taken:
        raise ConfigError(f"通知通道 {name}：对方没有接收；请检查地址和网络，稍后自动重发")


@contextmanager
def _silence() -> Iterator[None]:
    """The libraries below log addresses, and with them the secrets in their paths: not during a delivery."""
    logs = [logging.getLogger(name) for name in ("apprise", "urllib3", "urllib3.connectionpool", "urllib3.util.retry")]
    before = [log.disabled for log in logs]
    for log in logs:
        log.disabled = True
    try:
        yield
    finally:
        for log, disabled in zip(logs, before, strict=True):
            log.disabled = disabled


def _severe(report: Report) -> Message | None:
    fresh = [finding for finding in report.new if finding.is_current and finding.severity.at_least(Severity.MAJOR)]
    if not fresh:
        return None
    lines = [
        f"{number}. ［{labels.SEVERITY[one.severity]}］{one.account_name}（{labels.platform(one.platform)}）"
        f"{_short(one.post_title)}：{one.rule_title}"
        for number, one in enumerate(fresh[:_NAMED], 1)
    ]
    if len(fresh) > _NAMED:
        lines.append(f"另有 {len(fresh) - _NAMED} 个，见报告。")
    return Message(
        key=f"severe:{report.inspection_id}",
        topic=Topic.SEVERE,
        title=f"{report.bureau}：新发现严重、较重问题 {len(fresh)} 个",
        text="\n".join([*lines, f"巡检编号 {report.inspection_id}，请及时研判。"]),
    )


def _credentials(report: Report) -> Message | None:
    lines = [
        f"{one.label}：{labels.countdown(one)}；{one.refusal or one.remedy}" for one in report.credentials if one.alert
    ]
    if not lines:
        return None
    return Message(
        key=f"credentials:{report.inspection_id}",
        topic=Topic.TECHNICAL,
        title=f"{report.bureau}：凭据、认证提醒 {len(lines)} 项",
        text="\n".join(lines),
    )


def _troubles(workspace: Workspace, store: Store, report: Report) -> list[Message]:
    accounts = {account.id: account for account in report.accounts}
    found = []
    for trouble in troubles(store.reached(), workspace.settings.messages.nights):
        account = accounts.get(trouble.subject)
        if account is None:
            continue
        name = f"{account.name}（{labels.platform(account.platform)}）"
        if trouble.over:
            title, text = f"{name}恢复检查", f"此前连续 {trouble.nights} 晚未能检查，今晚已经读到。"
        else:
            title = f"{name}连续 {trouble.nights} 晚未能检查"
            text = f"{labels.reason(account)}；{labels.remedy(account)}"
        found.append(Message(key=trouble.key, topic=Topic.TECHNICAL, title=title, text=text))
    return found


def _short(title: str) -> str:
    text = " ".join(title.split())
    return f"《{text if len(text) <= _LONGEST else text[:_LONGEST] + '……'}》" if text else ""
