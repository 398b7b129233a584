"""``xunjian init``: a new workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say

NAME = "init"


def command(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="目录", help="在哪里新建；不写时为当前目录", show_default=False)
    ] = None,
    bureau: Annotated[
        str, typer.Option("--bureau", metavar="单位", help="单位名称，印在报告上", show_default=False)
    ] = "",
    contact: Annotated[
        str,
        typer.Option(
            "--contact", metavar="联系方式", help="写进访问标识，对方站点有疑问时可以联系到人", show_default=False
        ),
    ] = "",
    workspace: WorkspaceOption = None,
) -> int:
    """新建工作区：设置、台账、词库、数据库、取证档案。已有的文件不会覆盖。"""
    import lexicons
    from pipelines.workspace import Workspace
    from registry import accounts as register

    place = Workspace.create(
        folder or chosen_workspace(context, workspace) or Path.cwd(), bureau=bureau, contact=contact
    )
    table = place.registry / "accounts.csv"
    if not table.exists() and not table.with_suffix(".xlsx").exists():
        register.write(table, ())
    words = place.lexicons / "bureau.csv"
    if not words.exists():
        lexicons.write_template(words)
    say(f"工作区：{place.root}")
    say(f"  设置　　　{place.root / 'xunjian.toml'}")
    say(f"  台账　　　{table}（填好后运行 xunjian registry check）")
    say(f"  敏感词表　{words}（填入本单位敏感词；没有词语时该项报告为“未检查”）")
    say(f"  密钥　　　{place.key_path}（丢失后已存内容无法读取，请另存备份）")
    say("下一步：填写台账，用 xunjian credential set 登记接口凭据，然后运行 xunjian run")
    return Exit.CLEAN
