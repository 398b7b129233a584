"""``xunjian check``: a draft before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.read import read_bytes
from cli.exits import judged
from cli.options import FailOnOption, WorkspaceOption, chosen_workspace, severity
from cli.output import say, say_json
from domain.errors import ConfigError
from domain.rule import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.finding import Finding
    from pipelines.drafts import DraftResult
    from reports.model import Clause

NAME = "check"
#: What is printed for text that came on standard input.
STANDARD_INPUT = "标准输入"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="txt、html、docx、pdf、xlsx、csv 文件；- 为标准输入")],
    style: Annotated[str, typer.Option("--format", metavar="格式", help="text 给人看，json 给程序读")] = "text",
    fail_on: FailOnOption = "minor",
    workspace: WorkspaceOption = None,
) -> int:
    """检查一份待发布的稿件：问题在哪里、为什么、怎么改、依据哪一条。"""
    if style not in ("text", "json"):
        raise ConfigError(f"--format：不认识“{style}”；可用：text、json")
    bar = severity(fail_on)
    data = read_bytes(file)

    from cli.scanning import build_scanner, surroundings
    from pipelines import drafts

    around = surroundings(chosen_workspace(context, workspace))
    name = STANDARD_INPUT if str(file) == "-" else file.name
    result = drafts.check(data, name, build_scanner(around), public_numbers=around.public_numbers)
    if style == "json":
        say_json(as_json(result, str(file)))
    else:
        _print(result)
    return judged((finding.severity for finding in result.findings), bar, complete=result.complete)


def as_json(result: DraftResult, file: str) -> dict[str, object]:
    """The object of ``--format json``: one entry for each place of each finding."""
    from pipelines import drafts

    return {
        "file": file,
        "findings": [row for finding in result.findings for row in drafts.rows(finding)],
        "not_examined": [{"part": part.part, "reason": part.reason} for part in result.unexamined],
    }


def _print(result: DraftResult) -> None:
    from pipelines import clauses
    from reports import labels

    known = clauses.load()
    counts = [
        f"{label} {count}"
        for grade, label in labels.SEVERITY.items()
        if (count := sum(finding.severity is grade for finding in result.findings))
    ]
    if result.findings:
        say(f"{result.name}：发现 {len(result.findings)} 个问题（{'，'.join(counts)}）")
    elif result.complete:
        say(f"{result.name}：没有发现问题")
    else:
        say(f"{result.name}：已检查的部分没有发现问题，但有内容未能检查")
    for number, finding in enumerate(result.findings, start=1):
        say()
        _print_finding(number, finding, result.titles, known)
    if result.unexamined:
        say()
        say("未能检查的内容（请人工核看）：")
        for part in result.unexamined:
            say(f"  {part.part}：{part.reason}")
    if result.inactive:
        say()
        say("未检查的条款（不能视为合格）：")
        for rule_id, reason in result.inactive.items():
            say(f"  {labels.rule_gap(result.titles[rule_id], reason)}")


def _print_finding(number: int, finding: Finding, titles: Mapping[str, str], known: Mapping[str, Clause]) -> None:
    from reports import highlight, labels
    from reports.model import Clause
    from reports.visible import visible

    places = "；".join(dict.fromkeys(labels.occurrence(place) for place in finding.occurrences))
    say(f"{number}. ［{labels.SEVERITY[finding.severity]}］{titles.get(finding.rule_id, finding.rule_id)}（{places}）")
    sentence = " ".join(visible(finding.masked_sentence).split())
    pieces = highlight.parts(sentence, " ".join(visible(finding.masked_term).split()))
    say("   原文：" + "".join(f"【{piece}】" if hit else piece for piece, hit in pieces))
    reasons = dict.fromkeys(part for part in (finding.message, finding.explanation) if part)
    say(f"   原因：{visible('；'.join(reasons))}")
    if finding.suggestion:
        say(f"   建议：{labels.suggestion(finding.suggestion)}")
    cited = [labels.clause(known.get(key) or Clause(key=key)) for key in finding.clauses]
    say(f"   依据：{'；'.join(cited) or labels.UNCONFIRMED}")
    if finding.confidence is not Confidence.HIGH:
        say(f"   把握：{labels.CONFIDENCE[finding.confidence]}")
