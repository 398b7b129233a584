"""One inspection from a command: run with progress, report, exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.exits import Exit, judged
from cli.output import note, say, table
from cli.progress import progress
from cli.reports import write_reports

if TYPE_CHECKING:
    from crawler.plan import ReplicaAddress
    from domain.clock import Clock
    from domain.inspection import InspectionScope
    from domain.rule import Severity
    from pipelines.inspection import InspectionResult
    from pipelines.workspace import Workspace
    from reports.model import Report


def carry_out(
    workspace: Workspace, scope: InspectionScope, clock: Clock, *, replica: ReplicaAddress | None = None
) -> tuple[InspectionResult, Report]:
    """Inspect, and build the report of it."""
    from pipelines import reporting
    from pipelines.inspection import inspect

    with progress() as tell:
        result = inspect(workspace, scope, clock, replica=replica, progress=tell)
    if result.resumed:
        note(f"上一次巡检（{result.inspection.id}）中途停了，这次接着做完")
    with workspace.open_store() as store:
        return result, reporting.build(workspace, store, result.inspection.id)


def tell(workspace: Workspace, report: Report, formats: Sequence[str]) -> None:
    """Write the report files and print what a person needs to know at the end of a run."""
    from reports import labels, summary

    account_table(report)
    say(summary.conclusion(report))
    for account in report.not_checked:
        name = f"{account.name}（{labels.platform(account.platform)}）"
        reason = labels.reason(account)
        # Most readings say themselves what to do.
        say(f"  未能检查　{name}：{reason}" + ("" if "请" in reason else f"；{labels.remedy(account)}"))
    for one in report.credentials:
        if one.alert:  # told in this run, and in no later one
            say(f"  凭据提醒　{one.label}：{labels.countdown(one)}；{one.refusal or one.remedy}")
    for line in labels.rule_gaps((gap.rule_title, gap.reason) for gap in report.clause_gaps):
        say(f"  未检查条款　{line}")
    for path in write_reports(report, workspace.reports, formats):
        say(f"报告　{path}")


def account_table(report: Report) -> None:
    """Every account's outcome: what the night came to, account by account."""
    from reports import labels

    rows = [
        (
            labels.platform(account.platform),
            account.name,
            labels.check_result(account),
            labels.route(account.route) if account.route else "—",
            f"{account.listed}／{account.read}" if account.checked else "—",
            labels.counted(account) or "—",
            str(account.requests),
        )
        for account in report.accounts
    ]
    table(("平台", "账号", "检查结果", "读取通道", "列出／读取", "平台计数", "访问次数"), rows)


def exit_code(report: Report, fail_on: Severity) -> Exit:
    """The exit code of an inspection with this report."""
    complete = not report.not_checked
    return judged((finding.severity for finding in report.current), fail_on, complete=complete)
