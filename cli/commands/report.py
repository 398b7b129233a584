"""``xunjian report``: the report of an inspection on file, again or in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.commands.run import DEFAULT_FORMATS, FormatsOption
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say

NAME = "report"


def command(
    context: typer.Context,
    inspection: Annotated[
        str | None, typer.Argument(metavar="检查编号", help="不写时为最近一次完成的巡检", show_default=False)
    ] = None,
    to: FormatsOption = DEFAULT_FORMATS,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="目录", help="写到哪里；不写时为工作区的 reports/", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """写出一次巡检的报告。"""
    from cli.reports import chosen_formats, write_reports
    from pipelines import reporting
    from pipelines.workspace import Workspace
    from reports import summary

    formats = chosen_formats(to)
    place = Workspace.find(chosen_workspace(context, workspace))
    with place.open_store() as store:
        report = reporting.build(place, store, inspection)
    say(summary.conclusion(report))
    for path in write_reports(report, out or place.reports, formats):
        say(f"报告　{path}")
    return Exit.CLEAN
