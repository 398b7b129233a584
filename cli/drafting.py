"""The check of a draft as the command line does it: at once, without the library of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import judged
from cli.files import read_bytes
from cli.grades import severity
from cli.output import say, say_json
from domain.errors import ConfigError
from domain.rule import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.finding import Finding
    from domain.post import Unexamined
    from pipelines.drafts import DraftResult
    from reports.model import Clause

#: What is printed for text that came on standard input.
STANDARD_INPUT = "标准输入"
_OPTIONS = {
    "--format": "style",
    "--fail-on": "fail_on",
    "--workspace": "workspace",
    "-w": "workspace",
    "--evidence-dir": "evidence",
}


def plain(arguments: Sequence[str]) -> Callable[[], int] | None:
    """The work of a plain ``check FILE`` with nothing but known options; ``None`` for everything else.

    A person waits for this one command in front of the screen; loading the library of commands takes as long again.
    """
    if not arguments or arguments[0] != "check":
        return None
    given: dict[str, str] = {}
    files: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in _OPTIONS and not (equals and name == "-w"):
            value = value if equals else next(rest, "")
            if not value or _OPTIONS[name] in given:
                return None
            given[_OPTIONS[name]] = value
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            files.append(argument)
    if len(files) != 1 or not files[0]:
        return None
    workspace = Path(given["workspace"]) if "workspace" in given else None
    evidence = Path(given["evidence"]) if "evidence" in given else None
    return partial(
        check, Path(files[0]), given.get("style", "text"), given.get("fail_on", "minor"), workspace, evidence
    )


def check(file: Path, style: str, fail_on: str, workspace: Path | None, evidence: Path | None = None) -> int:
    """Judge one file, print what was found, and return the exit code. Marked pictures go into ``evidence``."""
    if style not in ("text", "json"):
        raise ConfigError(f"--format：不认识“{style}”；可用：text、json")
    bar = severity(fail_on)
    data = read_bytes(file)

    from cli.scanning import build_scanner, surroundings
    from pipelines import drafts

    around = surroundings(workspace)
    name = STANDARD_INPUT if str(file) == "-" else file.name
    result = drafts.check(data, name, build_scanner(around), public_numbers=around.public_numbers)
    written = _evidence(evidence, data, result) if evidence is not None else []
    if style == "json":
        say_json(as_json(result, str(file)))
    else:
        _print(result)
        for path in written:
            say(f"取证图片（号码已涂黑）：{path}")
    return judged((finding.severity for finding in result.findings), bar, complete=result.complete)


def _evidence(folder: Path, data: bytes, result: DraftResult) -> list[Path]:
    """Write the marked pictures."""
    from pipelines import evidence_pictures

    return evidence_pictures.write(folder, data, result.name, result.findings, result.segments)


def as_json(result: DraftResult, file: str) -> dict[str, object]:
    """The object of ``--format json``: one entry for each place of each finding."""
    from pipelines import drafts

    return {
        "file": file,
        "findings": [row for finding in result.findings for row in drafts.rows(finding)],
        "not_examined": [{"part": part.part, "reason": part.reason} for part in _not_examined(result)],
    }


def _not_examined(result: DraftResult) -> tuple[Unexamined, ...]:
    """What could not be searched, and the links that nobody has opened."""
    return (*result.unexamined, *filter(None, (result.unfollowed,)))


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
    if not_examined := _not_examined(result):
        say()
        say("未能检查的内容（请人工核看）：")
        for part in not_examined:
            say(f"  {part.part}：{part.reason}")
    if result.inactive:
        say()
        say("未检查的条款（不能视为合格）：")
        for line in labels.rule_gaps((result.titles[rule_id], reason) for rule_id, reason in result.inactive.items()):
            say(f"  {line}")


def _print_finding(number: int, finding: Finding, titles: Mapping[str, str], known: Mapping[str, Clause]) -> None:
    from reports import highlight, labels
    from reports.model import Clause
    from reports.visible import visible

    places = "；".join(dict.fromkeys(labels.occurrence(place) for place in finding.occurrences)) or "文字背后的链接"
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
