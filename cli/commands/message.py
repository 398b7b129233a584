"""``xunjian message``: the channels that tell the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say, table
from domain.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.workspace import Workspace

NAME = "message"
app = typer.Typer(cls=Group, help="通知：把严重问题、每日摘要、技术告警发到企业微信、钉钉、飞书或邮箱。")


@app.command("test", cls=Command)
def test(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """向每个通道发一条测试消息。"""
    from domain.message import Message, Topic
    from pipelines import messages

    place = _workspace(context, workspace)
    failed = False
    for channel in place.settings.messages.channels:
        message = Message(key="test", topic=Topic.TECHNICAL, title="政务新媒体巡检", text="这是一条测试消息。")
        try:
            messages.deliver(messages.address(place, channel), message, channel.name)
            say(f"{channel.name}\t已发出")
        except ConfigError as error:
            note(str(error))
            failed = True
    return Exit.INCOMPLETE if failed else Exit.CLEAN


@app.command("send", cls=Command)
def send(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """发出等待中的消息；到了设定的钟点，还没有发过今天摘要的，先写今天的摘要。"""
    from domain.clock import Clock
    from pipelines import messages, reporting

    place = _workspace(context, workspace)
    now = Clock.system().read()
    with place.open_store() as store:
        if messages.is_digest_due(place, now) and store.inspection() is not None:
            messages.post(place, store, [messages.digest(reporting.build(place, store), now)], now)
        sent = messages.send_due(place, store, now)
    say(f"发出 {sent.taken} 条")
    for _, reason in sent.refused:
        note(reason)
    return Exit.INCOMPLETE if sent.refused else Exit.CLEAN


@app.command("list", cls=Command)
def list_messages(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """列出已发出和等待重发的消息。"""
    from reports import labels

    with _workspace(context, workspace).open_store() as store:
        posted = store.messages()
    rows = [
        (
            labels.instant(one.created_at),
            one.channel,
            one.message.title,
            f"{labels.instant(one.sent_at)} 已发出" if one.sent_at else f"试过 {one.attempts} 次，等待重发",
        )
        for one in posted
    ]
    table(("时间", "通道", "消息", "状态"), rows)
    return Exit.CLEAN


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    found = Workspace.find(chosen_workspace(context, workspace))
    if not found.settings.messages.channels:
        raise ConfigError(f"{found.root / 'xunjian.toml'}：没有设置通知通道；请按 [messages] 的说明填写")
    return found
