"""``xunjian``: every command, one line of Chinese for every error a person can do something about."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from cli import drafting
from cli.exits import Exit
from cli.output import note
from domain.errors import XunjianError, system_reason

#: Set to anything, an error shows where in the program it arose (it may quote what was being read: do not pass it on).
DEBUG = "XUNJIAN_DEBUG"

#: What the shell expects of a program that Ctrl-C ended; the library returns it in that case.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us (>&-)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    try:
        plain = drafting.plain(sys.argv[1:] if arguments is None else arguments)
        result = plain() if plain is not None else _start(arguments)
        sys.stdout.flush()
    except XunjianError as error:
        return _told(str(error))
    except KeyboardInterrupt:
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


def _start(arguments: Sequence[str] | None) -> int | None:
    from cli import app

    return app.start(arguments)


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
