"""``xunjian rules``: which rules there are, what they say, and why one fires or stays silent."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say, table
from domain.errors import ConfigError
from domain.rule import RuleStatus

if TYPE_CHECKING:
    from domain.rule import Rule

NAME = "rules"
#: What a bare ``--inspection`` stands for.
LATEST = "latest"
app = typer.Typer(cls=Group, help="规则：有哪些、说的是什么、为什么报或不报。")

_STATUS = {RuleStatus.STABLE: "启用", RuleStatus.PREVIEW: "试用", RuleStatus.DEPRECATED: "停用"}


@app.command("list", cls=Command)
def list_rules(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """列出全部规则。"""
    from cli.scanning import scanner_spec, surroundings
    from reports import labels
    from scanners.factory import load_book

    book = load_book(scanner_spec(surroundings(chosen_workspace(context, workspace))))
    rows = [
        (
            rule.id,
            labels.SEVERITY[rule.severity],
            "未检查" if rule.id in book.inactive else _STATUS[rule.status],
            rule.title,
            "、".join(citation.clause for citation in rule.citations),
        )
        for rule in book.rules
    ]
    table(("规则", "级别", "状态", "名称", "依据"), rows)
    return Exit.CLEAN


@app.command("explain", cls=Command)
def explain(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="规则", help="规则的英文名，见 xunjian rules list")],
    text: Annotated[
        str, typer.Option("--text", metavar="文字", help="用这段文字试：报出什么，没报的是什么原因", show_default=False)
    ] = "",
    workspace: WorkspaceOption = None,
) -> int:
    """说明一条规则；加 --text 说明它为什么报、为什么不报。"""
    from cli.scanning import scanner_spec, surroundings
    from scanners.factory import load_book

    spec = scanner_spec(surroundings(chosen_workspace(context, workspace)))
    book = load_book(spec)
    rule = book.by_id.get(rule_id)
    if rule is None:
        raise ConfigError(_unknown(rule_id, [known.id for known in book.rules]))
    if text:
        from pipelines import explain as explaining

        for line in explaining.explain(book, rule.id, text):
            say(line)
        return Exit.CLEAN
    _print(rule, book.inactive.get(rule.id, ""))
    return Exit.CLEAN


class _Coverage(Command):
    """``--inspection`` without a number means the latest inspection."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The library wants a value for every option: a bare ``--inspection`` is given one."""
        given = [
            part
            for here, after in pairwise([*args, "-"])
            for part in ((here, LATEST) if here == "--inspection" and after.startswith("-") else (here,))
        ]
        return super().parse_args(ctx, given)


@app.command("coverage", cls=_Coverage)
def coverage(
    context: typer.Context,
    inspection: Annotated[
        str | None,
        typer.Option(
            "--inspection",
            metavar="[检查编号]",
            help="说明这次检查查了哪些要求、哪些没有查成、因为什么；不写编号时为最近一次",
            show_default=False,
        ),
    ] = None,
    to: Annotated[str, typer.Option("--format", metavar="格式", help="text、json 或 csv")] = "text",
    workspace: WorkspaceOption = None,
) -> int:
    """列出制度的全部要求：怎样检查、由哪条规则检查；加 --inspection 说明某次检查的情况。"""
    from cli.coverage import of_inspection, of_program, write

    if to not in ("text", "json", "csv"):
        raise ConfigError(f"--format “{to}”不认识；可用：text、json、csv")
    if inspection is None:
        write(of_program(), to)
        return Exit.CLEAN
    from pipelines import reporting
    from pipelines.workspace import Workspace

    place = Workspace.find(chosen_workspace(context, workspace))
    with place.open_store() as store:
        report = reporting.build(place, store, None if inspection == LATEST else inspection)
    write(of_inspection(report), to)
    return (
        Exit.INCOMPLETE if any(line.state in ("partly", "not_checked") for line in report.obligations) else Exit.CLEAN
    )


@app.command("docs", cls=Command)
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="只检查说明页与规则是否一致，不写入", show_default=False)
    ] = False,
) -> int:
    """由规则和条款表重新生成 docs/rules/ 与 docs/coverage.md（维护人员用）。"""
    from pipelines import ruledocs

    return ruledocs.main(["--check"] if check else [])


def _unknown(rule_id: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(rule_id, known, n=3)
    hint = f"；相近：{'、'.join(near)}" if near else "；全部规则见 xunjian rules list"
    return f"没有规则 {rule_id}{hint}"


def _print(rule: Rule, inactive: str) -> None:
    from pipelines import clauses
    from reports import labels
    from reports.model import Clause

    known = clauses.load()
    say(f"{rule.title}（{rule.id}）")
    grade, sure = labels.SEVERITY[rule.severity], labels.CONFIDENCE[rule.confidence]
    say(f"级别：{grade}　把握：{sure}　状态：{_STATUS[rule.status]}")
    if inactive:
        say(f"本机未检查：{inactive}")
    say()
    say(" ".join(rule.rationale.split()))
    say()
    for citation in rule.citations:
        clause = known.get(citation.clause) or Clause(key=citation.clause)
        say(f"依据：{labels.clause(clause)}")
        if clause.text:
            say(f"　　　{clause.text}")
    say(f"建议：{rule.suggestion}")
    # The examples of a rule are invented; nothing in them is anybody's.
    if fires := [example.text for example in rule.fires if example.text]:
        say()
        say("会报，如：")
        for text in fires[:3]:
            say(f"  {' '.join(text.split())}")
    if silent := [example for example in rule.silent if example.text]:
        say("不报，如：")
        for example in silent[:3]:
            say(f"  {' '.join(example.text.split())}（{example.why}）")
