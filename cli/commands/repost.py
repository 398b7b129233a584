"""``xunjian repost``: what superiors want reposted, and whether it was within twelve hours."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit, worst
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say

NAME = "repost"
app = typer.Typer(cls=Group, help="重要信息转载：从上级订阅源挑选任务，列出各账号 12 小时转载情况。")

DaysOption = Annotated[int, typer.Option("--days", min=1, max=400, metavar="天", help="只看最近这些天的")]


@app.command("feeds", cls=Command)
def feeds(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="上级网站的订阅源（RSS/Atom），下载后的文件")],
    take: Annotated[str, typer.Option("--take", metavar="序号", help="列为转载任务的条目，如 1,3；all 为全部")] = "",
    word: Annotated[list[str] | None, typer.Option("--word", metavar="词", help="只列标题有这个词的，可写多次")] = None,
    days: DaysOption = 3,
    workspace: WorkspaceOption = None,
) -> int:
    """列出订阅源里近几天的条目，由人挑选哪些是要转载的重要信息。"""
    from cli.files import read_bytes
    from domain.clock import Clock
    from domain.errors import ConfigError
    from pipelines.repost_feeds import proposals
    from pipelines.workspace import Workspace

    now = Clock.system().read()
    found = [
        task
        for file in files
        for task in proposals(
            read_bytes(file), file.name, now, since=now - timedelta(days=days), words=tuple(word or ())
        )
    ]
    for number, task in enumerate(found, start=1):
        say(f"{number:>3}  {_clock(task.published_at)}  {task.title}  {task.url}")
    if not found:
        say(f"近 {days} 天没有条目")
        return Exit.CLEAN
    if not take:
        say("用 --take 序号 把重要的列为转载任务")
        return Exit.CLEAN
    wanted = range(1, len(found) + 1) if take == "all" else [int(each) for each in take.split(",") if each.isdigit()]
    if not wanted or any(not 1 <= number <= len(found) for number in wanted):
        raise ConfigError(f"--take {take}：序号应为 1 到 {len(found)}，几个用英文逗号隔开")
    place = Workspace.find(chosen_workspace(context, workspace))
    chosen = [found[number - 1] for number in wanted]
    with place.open_store() as store:
        result = store.put_register({"repost_task": chosen}, source="feeds", at=now)["repost_task"]
    say(f"列为转载任务 {len(chosen)} 条（新增 {len(result.added)}）；下一次巡检起按 12 小时核对")
    return Exit.CLEAN


@app.command("tasks", cls=Command)
def tasks(context: typer.Context, days: DaysOption = 30, workspace: WorkspaceOption = None) -> int:
    """列出台账里的转载任务。"""
    from domain.clock import Clock
    from domain.register import RepostTask
    from pipelines.workspace import Workspace
    from scanners.duties.repost_match import started

    since = Clock.system().read() - timedelta(days=days)
    with Workspace.find(chosen_workspace(context, workspace)).open_store() as store:
        found = [task for task in store.register().all(RepostTask) if (at := started(task)) is None or at >= since]
    for task in found:
        whom = f"{len(task.accounts)} 个账号" if task.accounts else "全部发布类账号"
        say(f"{task.key}  {_clock(started(task))}  {task.title}  {whom}，豁免 {len(task.exempt)}")
    say(f"近 {days} 天转载任务 {len(found)} 条")
    return Exit.CLEAN


@app.command("table", cls=Command)
def table(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="任务", help="任务编号；不写为全部")] = None,
    to: Annotated[str, typer.Option("--to", metavar="格式", help="text、csv 或 xlsx")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写到哪里")] = None,
    days: DaysOption = 30,
    workspace: WorkspaceOption = None,
) -> int:
    """任务与账号对照：起算、转载时间、用时、是否按时、不计的理由。有未转载、超时的退出码为 1，没读到的为 3。"""
    from domain.clock import Clock
    from domain.errors import ConfigError, system_reason
    from pipelines.repost_table import repost_lines
    from pipelines.workspace import Workspace
    from reports import repost_table

    if to not in ("text", "csv", "xlsx"):
        raise ConfigError(f"--to {to}：不认识的格式；可用 text、csv、xlsx")
    place, now = Workspace.find(chosen_workspace(context, workspace)), Clock.system().read()
    with place.open_store() as store:
        lines = repost_lines(store, place.settings.norms, now, since=now - timedelta(days=days), keys=tuple(keys or ()))
    if to == "text":
        for line in repost_table.to_text(lines):
            say(line)
    else:
        data = (
            repost_table.to_csv(lines) if to == "csv" else repost_table.to_xlsx(lines, place.settings.bureau.name, now)
        )
        path = output or place.reports / f"repost-{now:%Y%m%d}.{to}"
        try:
            path.write_bytes(data)
        except OSError as error:
            raise ConfigError(f"{path}：写不进去（{system_reason(error)}）；请检查路径与权限") from error
        say(f"已写入 {path}")
    if not lines:
        note(f"近 {days} 天没有要对照的任务和账号；请核对账号台账，填写转载任务，或用 xunjian repost feeds 挑选")
    states = {line.state for line in lines}
    codes = [Exit.FINDINGS] if states & {"missed", "late"} else []
    return worst([*codes, Exit.INCOMPLETE] if "unknown" in states else codes)


def _clock(moment: object) -> str:
    from datetime import datetime

    from domain.clock import in_china

    return f"{in_china(moment):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else "时间不明"
