"""``xunjian check``: a draft before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import drafting
from cli.options import FailOnOption, WorkspaceOption, chosen_workspace

NAME = "check"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="文档、表格、PDF、图片、音视频或压缩包；- 为标准输入")],
    style: Annotated[str, typer.Option("--format", metavar="格式", help="text 给人看，json 给程序读")] = "text",
    fail_on: FailOnOption = "minor",
    workspace: WorkspaceOption = None,
    evidence: Annotated[
        Path | None, typer.Option("--evidence-dir", metavar="目录", help="把图片和 PDF 中的问题框出存成图片，号码涂黑")
    ] = None,
) -> int:
    """检查一份待发布的稿件：问题在哪里、为什么、怎么改、依据哪一条。"""
    return drafting.check(file, style, fail_on, chosen_workspace(context, workspace), evidence)
