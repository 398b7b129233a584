"""``xunjian evidence``: what a page really held when it was read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from pipelines.workspace import Workspace

NAME = "evidence"
app = typer.Typer(cls=Group, help="取证：调取、核对当时读到的原始网页。")


@app.command("show", cls=Command)
def show(
    context: typer.Context,
    digest: Annotated[str, typer.Argument(metavar="摘要", help="报告中的证据摘要（可只写前 8 位以上）")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="文件", help="把原始内容写到这个文件", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """调取一份原始内容：何时、从哪里读到；--to 写出内容（未遮盖，请妥善保管）。"""
    from domain.clock import in_china

    wanted = digest.strip().lower().removeprefix("sha256:")
    with _workspace(context, workspace).open_store() as store:
        record = store.show(wanted)
        times = store.captures(wanted) if record else ()
        pictures = store.pictures_of(record.digest) if record else ()
    if record is None:
        raise ConfigError(f"没有摘要为 {digest} 的证据；请核对摘要（至少 8 位），或确认用的是当时的工作区")
    say(f"摘要　sha256:{record.digest}（内容与摘要相符）")
    say(f"网址　{record.url}")
    say(f"时间　{in_china(record.fetched_at):%Y-%m-%d %H:%M:%S}（北京时间）")
    for picture in pictures:
        say(f"截图　sha256:{picture}（用 xunjian evidence show {picture[:12]} --to 图.png 取出）")
    say(f"状态　HTTP {record.status}，{len(record.body)} 字节")
    if len(times) > 1:
        say(f"另有 {len(times) - 1} 次读到同样的内容，最近一次 {in_china(times[-1].fetched_at):%Y-%m-%d %H:%M:%S}")
    if to is not None:
        if to.exists():
            raise ConfigError(f"{to}：文件已存在；请换一个名字")
        write_private(to, record.body)
        note(f"{to}：已写出原始内容；其中可能有未遮盖的个人信息，只供核查")
    elif not sys.stdout.isatty():
        note("需要原始内容时请加 --to 文件")
    return Exit.CLEAN


@app.command("shots", cls=Command)
def shots(
    context: typer.Context,
    inspection: Annotated[
        str, typer.Argument(metavar="巡检编号", help="不写时为最近一次完成的巡检", show_default=False)
    ] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="目录", help="把截图写到这个目录", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """列出一次巡检制作的取证截图；--to 写出图片（问题处标黄，个人信息已涂黑）。"""
    with _workspace(context, workspace).open_store() as store:
        chosen = store.inspection(inspection or None)
        if chosen is None:
            raise ConfigError(f"{inspection or '工作区'}：没有这次巡检；请用 xunjian report 查看已有的巡检")
        found = store.shots_of(chosen.id)
        for record in found:
            told = f"sha256:{record.digest}" if record.digest else "没有截图"
            say("\t".join(filter(None, (record.post_id, told, record.detail))))
            body = store.body_or_none(record.digest) if to is not None and record.digest else None
            if body is not None and to is not None:
                to.mkdir(parents=True, exist_ok=True)
                path = to / f"{record.digest[:16]}.png"
                if not path.exists():
                    write_private(path, body)
    made = sum(bool(record.digest) for record in found)
    say(f"{chosen.id}：截图 {made} 张" + (f"，另有 {len(found) - made} 个页面没有截图" if made < len(found) else ""))
    if to is not None and made:
        note(f"{to}：已写出 {made} 张")
    return Exit.CLEAN


@app.command("verify", cls=Command)
def verify(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """把全部取证档案读一遍，核对有无缺失和改动。"""
    with _workspace(context, workspace).open_store() as store:
        state = store.verify_evidence()
    for digest, problem in state.missing:
        note(f"sha256:{digest}：{problem}")
    say(f"证据 {state.records} 份，完好 {state.records - len(state.missing)} 份，有问题 {len(state.missing)} 份")
    if state.unindexed:
        say(f"另有 {state.unindexed} 份没有登记（多半是巡检被中断时写下的），不影响使用")
    return Exit.USAGE if state.missing else Exit.CLEAN


def write_private(path: Path, body: bytes) -> None:
    """Write a new file that only its owner can read."""
    import os

    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
