"""``xunjian run``: tonight's inspection of every account on file."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import FailOnOption, WorkspaceOption, chosen_workspace, severity
from domain.errors import ConfigError

NAME = "run"
DEFAULT_FORMATS = "html,xlsx,json,csv"

FormatsOption = Annotated[
    str, typer.Option("--to", metavar="格式", help="报告格式，用逗号分开：html、xlsx、json、csv、docx、pdf")
]


def command(
    context: typer.Context,
    fail_on: FailOnOption = "minor",
    to: FormatsOption = DEFAULT_FORMATS,
    workspace: WorkspaceOption = None,
) -> int:
    """巡检全部在册账号，写出报告。中断后再次运行会接着做。"""
    from cli.inspecting import carry_out, exit_code, tell
    from cli.messaging import tell_office
    from cli.reports import chosen_formats
    from domain.clock import Clock
    from domain.inspection import InspectionKind, InspectionScope
    from pipelines.workspace import Workspace

    bar, formats = severity(fail_on), chosen_formats(to)
    place = Workspace.find(chosen_workspace(context, workspace))
    with place.open_store() as store:
        if not store.accounts():
            raise ConfigError(
                f"{place.root}：数据库中还没有账号；"
                f"请填写 {place.registry / 'accounts.csv'}，再运行 xunjian registry import"
            )
    _, report = carry_out(place, InspectionScope(kind=InspectionKind.NIGHTLY), Clock.system())
    tell(place, report, formats)
    tell_office(place, report)
    return exit_code(report, bar)
