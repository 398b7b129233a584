"""``xunjian read``: what one saved page or reply says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.output import say_json
from domain.errors import ConfigError, DocumentError

NAME = "read"


def command(
    file: Annotated[Path, typer.Argument(metavar="文件", help="保存下来的网页或接口回复；- 为标准输入")],
    platform: Annotated[str, typer.Option("--platform", metavar="平台", help="wechat、weibo、toutiao、website、app")],
    url: Annotated[
        str, typer.Option("--url", metavar="网址", help="当时的网址；不知道可以不写", show_default=False)
    ] = "",
    fetched_at: Annotated[
        str,
        typer.Option(
            "--fetched-at",
            metavar="时间",
            help="当时的时间，如 2026-06-18T22:00；相对时间（“昨天”）据此换算，不写时为现在",
            show_default=False,
        ),
    ] = "",
    content_type: Annotated[
        str, typer.Option("--content-type", metavar="类型", help="回复的 Content-Type", show_default=False)
    ] = "",
    status: Annotated[int, typer.Option("--status", metavar="状态码", help="回复的 HTTP 状态码")] = 200,
) -> int:
    """读取一个保存下来的网页或接口回复，以 JSON 给出其中的标题、正文、时间等。"""
    from crawler import reading
    from domain.clock import Clock, parse_instant

    try:
        moment = parse_instant(fetched_at) if fetched_at else Clock.system().read()
    except ValueError:
        raise ConfigError(
            f"--fetched-at：“{fetched_at}”不是时间；应如 2026-06-18T22:00 或 2026-06-18T22:00:00+08:00"
        ) from None
    body = read_bytes(file)
    try:
        result = reading.read(platform, body, url, moment, status=status, content_type=content_type)
    except ValueError as error:
        raise ConfigError(f"--platform：{error}") from error
    say_json(reading.to_dict(result))
    return Exit.CLEAN


def read_bytes(file: Path) -> bytes:
    """The bytes of ``file`` (``-``: standard input); raises ``DocumentError`` with what to do."""
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise DocumentError(str(file), "这是目录，不是文件；请给出其中的一个文件") from None
    except FileNotFoundError:
        raise DocumentError(str(file), "没有这个文件；请核对路径") from None
    except OSError as error:
        raise DocumentError(str(file), f"读不出（{error.strerror}）；请检查权限") from error
