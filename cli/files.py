"""Reading the one file that a command is given."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from domain.errors import DocumentError, system_reason

#: No draft is larger than this (bytes): reading on would only use up the memory.
LARGEST_INPUT = 256 * 2**20


def read_bytes(file: Path) -> bytes:
    """The bytes of ``file`` (``-``: standard input); raises ``DocumentError`` with what to do."""
    name = "标准输入" if str(file) == "-" else str(file)
    try:
        with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as source:
            data = source.read(LARGEST_INPUT + 1)
    except IsADirectoryError:
        raise DocumentError(str(file), "这是目录，不是文件；请给出其中的一个文件") from None
    except FileNotFoundError:
        raise DocumentError(str(file), "没有这个文件；请核对路径") from None
    except OSError as error:
        raise DocumentError(str(file), f"读不出（{system_reason(error)}）；请检查权限") from error
    if len(data) > LARGEST_INPUT:
        raise DocumentError(name, f"超过 {LARGEST_INPUT // 2**20} MB，不检查；请拆开后再查")
    return data
