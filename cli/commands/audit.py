"""``xunjian audit``: one account, now."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.commands.run import DEFAULT_FORMATS, FormatsOption
from cli.options import FailOnOption, WorkspaceOption, chosen_workspace, severity
from cli.output import note

NAME = "audit"


def command(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="账号", help="账号标识（如 weibo:123）、账号名称，或在册账号的网址、文章网址")
    ],
    fail_on: FailOnOption = "minor",
    to: FormatsOption = DEFAULT_FORMATS,
    workspace: WorkspaceOption = None,
) -> int:
    """立即核查一个在册账号。不在台账上的账号和网址不予核查。"""
    from cli.inspecting import carry_out, exit_code, tell
    from cli.reports import chosen_formats
    from cli.target import find_account
    from domain.clock import Clock
    from domain.inspection import InspectionKind, InspectionScope
    from pipelines.workspace import Workspace

    bar, formats = severity(fail_on), chosen_formats(to)
    place = Workspace.find(chosen_workspace(context, workspace))
    with place.open_store() as store:
        account = find_account(store, target)
    note(f"核查 {account.name}（{account.id}）")
    scope = InspectionScope(kind=InspectionKind.AUDIT, account_ids=(account.id,))
    _, report = carry_out(place, scope, Clock.system())
    tell(place, report, formats)
    return exit_code(report, bar)
