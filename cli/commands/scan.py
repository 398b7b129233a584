"""``xunjian scan``: bulk text, no crawl, no database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note
from domain.errors import ConfigError, DocumentError

NAME = "scan"


def command(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="输入", help="每行一个 JSON 对象，须有 id 和 text；- 为标准输入")],
    target: Annotated[Path, typer.Argument(metavar="输出", help="每个问题一行 JSON；- 为标准输出")],
    families: Annotated[
        str, typer.Option("--families", metavar="类别", help="只查这些类别，如 privacy,ads", show_default=False)
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", metavar="个数", min=0, max=256, help="进程数；0 为按处理器数")
    ] = 0,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", metavar="地址", help="改由 dask 集群检查，如 tls://10.0.0.1:8786", show_default=False
        ),
    ] = "",
    stats: Annotated[
        Path | None, typer.Option("--stats", metavar="文件", help="把篇数、字数、用时写成 JSON", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """批量检查文字：JSON 一行一篇进，一行一个问题出。"""
    from cli.scanning import scanner_spec, surroundings
    from pipelines import bulk

    if str(source) != "-":
        if source.is_dir():
            raise DocumentError(str(source), "这是目录，不是文件；请给出其中的一个文件")
        if not source.exists():
            raise DocumentError(str(source), "没有这个文件；请核对路径")
        if target.exists() and source.resolve() == target.resolve():
            raise ConfigError(f"{target}：输出和输入是同一个文件；请换一个名字")
    around = surroundings(chosen_workspace(context, workspace))
    spec = scanner_spec(around, _families(families))
    result = bulk.scan_file(
        source, target, spec, workers=workers, cluster=cluster.strip(), stats_file=stats, report=note
    )
    note(f"检查 {result.documents} 篇，{result.characters} 字，{result.seconds:.1f} 秒；发现问题 {result.findings} 个")
    if result.bad_lines:
        note(f"{source}：有 {result.bad_lines} 行没有检查或没有查全（见上）；改正后请重新运行")
        return Exit.USAGE
    return Exit.FINDINGS if result.findings else Exit.CLEAN


def _families(text: str) -> frozenset[str] | None:
    from reports import labels

    chosen = frozenset(part.strip() for part in text.replace("，", ",").split(",") if part.strip())
    unknown = sorted(chosen - labels.FAMILY.keys())
    if unknown:
        raise ConfigError(f"--families：不认识类别 {'、'.join(unknown)}；可用：{'、'.join(labels.FAMILY)}")
    return chosen or None
