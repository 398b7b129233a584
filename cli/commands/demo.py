"""``xunjian demo``: the whole line against the bundled stand-in of the platforms, on the demo's own clock."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say
from domain.errors import ConfigError
from domain.rule import Severity

if TYPE_CHECKING:
    from cli.answers import Comparison, Line
    from crawler.plan import ReplicaAddress
    from domain.clock import Clock
    from pipelines.workspace import Workspace
    from replica.demo import Demo
    from replica.server import ReplicaServer
    from store import Store

NAME = "demo"
BUREAU = "柳溪市民政局"
#: A folder with this file was made by the demo and may be made anew.
MARK = ".demo"
#: The stand-in needs no politeness.
_SETTINGS = """\
# 演示用的工作区：虚构的单位，读取的是本机上的模拟平台。
database = ""

[bureau]
name = "{bureau}"
contact = "demo@liuxi.example"

[crawl]
delay = 0
accounts = 8
per_host = 8
"""

_YEAR_SETTINGS = """\
# 演示用的工作区：虚构的单位的一年，内容由程序放入，不访问任何网站。
database = ""

[bureau]
name = "{bureau}"

[scan]
workers = 1

[shots]
limit = 0
"""


def command(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="与答案逐条核对，再检查一遍看有无变化")] = False,
    year: Annotated[
        bool, typer.Option("--year", help="演示一整年：台账、审批、备案逐日变化，逐日检查（约十分钟，不联网）")
    ] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """用自带的模拟平台演示全过程：一个虚构单位的账号、台账、问题和报告。"""
    from cli.commands.run import DEFAULT_FORMATS
    from cli.inspecting import carry_out, exit_code, tell
    from cli.reports import chosen_formats
    from crawler.plan import ReplicaAddress
    from domain.clock import Clock
    from domain.inspection import InspectionKind, InspectionScope
    from replica.demo import build
    from replica.server import ReplicaServer

    if year:
        return _year(chosen_workspace(context, workspace) or Path("var") / "demo-year", check=check)
    folder = chosen_workspace(context, workspace) or Path("var") / "demo"
    note(f"准备演示：{BUREAU}（虚构），工作区 {folder}")
    demo = build()
    clock = Clock(start=demo.now, fixed=True)
    place = make_workspace(folder, demo)
    scope = InspectionScope(kind=InspectionKind.NIGHTLY)
    with ReplicaServer(demo.world) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)
        _, report = carry_out(place, scope, clock, replica=address)
        tell(place, report, chosen_formats(DEFAULT_FORMATS))
        code = exit_code(report, Severity.MINOR)
        passed = _checked(place, demo, server, address, clock) if check else True
        for error in server.errors:
            note(f"模拟平台出错：{error}")
            passed = False
    return code if passed else Exit.USAGE


def _year(folder: Path, *, check: bool) -> int:
    """The simulated year: every seeded breach on its first day, and nothing else."""
    from cli.yearly import run_year
    from pipelines.workspace import MARKER, Workspace
    from replica.year.script import build

    note(f"准备演示：{BUREAU}（虚构）的一年，工作区 {folder}")
    fresh_folder(folder)
    (folder / MARKER).write_text(_YEAR_SETTINGS.format(bureau=BUREAU), encoding="utf-8")
    place = Workspace.create(folder)
    result = run_year(place, build(), note)
    say(
        f"检查 {result.inspections} 天，内容 {result.posts} 篇；"
        f"预置问题 {result.expected} 个，涉及要求 {result.requirements} 条"
    )
    say(f"报出 {len(result.found)} 个，未按日报出 {len(result.missing)} 个，多报 {len(result.outside)} 个")
    for one in result.missing:
        say(f"  未报　{one.day}　{one.requirement}　{one.rule}　{one.account}　{one.post_key or '账号整体'}")
    for line, why in result.outside:
        say(f"  多报　{line.day}　{line.rule}　{line.account}　{line.post_key or '账号整体'}　{why}")
    say("核对通过" if result.passed else "核对没有通过")
    return Exit.CLEAN if result.passed or not check else Exit.USAGE


def make_workspace(folder: Path, demo: Demo) -> Workspace:
    """A fresh workspace with the demo's register (through the real import) and credentials.

    Raises ``ConfigError`` where ``folder`` holds anything that no demo has made.
    """
    from cli.commands.registry import import_register
    from pipelines.workspace import MARKER, Workspace
    from replica.demo import write_registry

    fresh_folder(folder)
    (folder / MARKER).write_text(_SETTINGS.format(bureau=BUREAU), encoding="utf-8")
    place = Workspace.create(folder)
    register = write_registry(place.registry)
    place.put_credentials({name: dict(values) for name, values in demo.world.credentials.items()})
    say(import_register(place, register, demo.now))
    return place


def fresh_folder(folder: Path) -> None:
    """An empty folder for a demo. Raises ``ConfigError`` where it holds anything that no demo has made."""
    if folder.exists() and (folder.is_file() or any(folder.iterdir())):
        if not (folder / MARK).is_file():
            raise ConfigError(f"{folder}：不是演示用的目录，里面已有内容，不会覆盖；请换一个空目录")
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARK).touch()


def _checked(place: Workspace, demo: Demo, server: ReplicaServer, address: ReplicaAddress, clock: Clock) -> bool:
    from cli.answers import compare
    from pipelines.inspection import result_of

    with place.open_store() as store:
        latest = store.inspection()
        assert latest is not None, "the demo has just been inspected"
        first = result_of(store, latest.id)
    outcome = compare(demo.world, demo.answers, [one.finding for one in first.findings], first.coverages)
    _print_comparison(outcome, demo)
    again = _second_run(place, server, address, clock)
    passed = outcome.passed and again
    say("核对通过" if passed else "核对没有通过")
    return passed


def _print_comparison(outcome: Comparison, demo: Demo) -> None:
    names = {entry.account.id: entry.account.name for entry in demo.world.accounts}
    say(f"与答案核对：应发现 {outcome.expected}，实际发现 {outcome.found}")
    say(f"召回率 recall={outcome.recall:.2f}　准确率 precision={outcome.precision:.2f}")
    for line in outcome.missing:
        say(f"  漏报　{_shown(line, names)}")
    for line in outcome.outside:
        say(f"  误报　{_shown(line, names)}")
    for one in outcome.unread:
        say(f"  应读到而没有读到　{names[one]}（{one}）")
    for one in outcome.entered:
        say(f"  应当读不到却报告为已检查　{names[one]}（{one}）")
    for one in outcome.no_tool:
        say(f"  NO_TOOL　{names[one]}（{one}）：本机没有浏览器，这个账号的答案不计；见 xunjian doctor")
    if outcome.left_out:
        say(f"  因此有 {outcome.left_out} 条答案未计入")


def _shown(line: Line, names: dict[str, str]) -> str:
    from scanners.masking import mask_private

    days = f"　{line.days} 天" if line.days else ""
    post = line.post_key or "账号整体"
    return f"{names.get(line.account_id, line.account_id)}　{post}　{line.rule_id}　{mask_private(line.term)}{days}"


def _second_run(place: Workspace, server: ReplicaServer, address: ReplicaAddress, clock: Clock) -> bool:
    """On the same clock nothing is new, and nothing is read that is not due."""
    from cli.inspecting import carry_out
    from domain.inspection import InspectionKind, InspectionScope

    before = len(server.log)
    with place.open_store() as store:
        allowed = _due(store, clock)
    result, report = carry_out(place, InspectionScope(kind=InspectionKind.NIGHTLY), clock, replica=address)
    read = {(coverage.account_id, key) for coverage in result.coverages for key in coverage.read}
    idle = sorted(read - allowed)
    say(
        f"同一时刻再检查一遍：新增问题 {len(report.new)}，读取未到期的内容 {len(idle)} 篇；"
        f"访问 {len(server.log) - before} 次（第一遍 {before} 次）"
    )
    for account_id, key in idle:
        say(f"  不该再读　{account_id}/{key}")
    for finding in report.new:
        say(f"  不该新增　{finding.account_name}　{finding.post_key or '账号整体'}　{finding.rule_id}")
    return not report.new and not idle


def _due(store: Store, clock: Clock) -> set[tuple[str, str]]:
    """Posts that a second run may read: those due for another look, and those that no visit could open yet."""
    from domain.reread import is_due

    allowed: set[tuple[str, str]] = set()
    for account in store.accounts():
        known, unread = store.known_posts(account.id, clock.start)
        allowed |= {(account.id, post.key) for post in known if is_due(post, clock.start)}
        allowed |= {(account.id, key) for key in unread}
    return allowed
