"""``xunjian``: every command, one line of Chinese for every error a person can do something about."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from cli.chinese import Command, Group, usage_error
from cli.commands import (
    audit,
    check,
    credential,
    demo,
    doctor,
    evidence,
    init,
    lexicon,
    read,
    registry,
    report,
    rules,
    run,
    scan,
)
from cli.exits import Exit
from cli.options import WorkspaceOption
from cli.output import note
from domain.errors import XunjianError, system_reason

#: Set to anything, an error shows where in the program it arose (it may quote what was being read: do not pass it on).
DEBUG = "XUNJIAN_DEBUG"

#: What the shell expects of a program that Ctrl-C ended; the library returns it in that case.
INTERRUPTED = 130

app = typer.Typer(
    name="xunjian",
    cls=Group,
    add_completion=False,
    help="政务新媒体巡检：读取台账上的账号发布了什么，对照管理制度和词库检查，给出问题、依据和报告。",
    epilog="退出码：0 没有问题；1 有达到 --fail-on 的问题；3 有账号或内容未能检查；2 输入、配置或用法有误。",
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> int | None:
    context.obj = workspace
    if version:
        from cli.version import PROGRAM

        sys.stdout.write(f"{PROGRAM}\n")
        raise typer.Exit(Exit.CLEAN)
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit(Exit.CLEAN)
    return None


for _module in (demo, init, run, audit, check, scan, read, report, doctor):
    app.command(name=_module.NAME, cls=Command)(_module.command)
for _group in (registry, lexicon, rules, evidence, credential):
    app.add_typer(_group.app, name=_group.NAME)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us (>&-)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    try:
        result = app(args=arguments, standalone_mode=False, prog_name="xunjian")
        sys.stdout.flush()
    except TyperException as error:
        note(usage_error(error))
        return Exit.USAGE
    except XunjianError as error:
        return _told(str(error))
    except (KeyboardInterrupt, typer.Abort):
        result = INTERRUPTED
    except SystemExit:
        return Exit.CLEAN  # only the library's own answer to a closed pipe ends here; its code 1 means findings to us
    except BrokenPipeError:
        # The reader of the pipe has gone (head, less): no one is left to tell, and flushing at exit would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except OSError as error:
        return _told(f"{_shown(error)}：{system_reason(error)}；请检查路径、权限和磁盘空间")
    except Exception as error:
        # The message of an unforeseen error may quote a post: only its kind is shown.
        return _told(
            f"xunjian：程序内部出错（{type(error).__name__}）；请设环境变量 {DEBUG}=1 重新运行，把显示的内容交技术人员"
        )
    if result == INTERRUPTED:
        note("已中断；已完成的部分都已保存，再次运行同一命令即可接着做")
    return int(result or 0)


def _told(message: str) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exc()
    note(message)
    return Exit.USAGE


def _shown(error: OSError) -> str:
    name = error.filename
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    return str(Path(name)) if isinstance(name, str) else "xunjian"


if __name__ == "__main__":
    sys.exit(main())
