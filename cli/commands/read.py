"""``xunjian read``: what one saved page or reply says."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.files import read_bytes
from cli.output import say_json
from domain.errors import ConfigError, DocumentError

NAME = "read"
#: No page nor reply is larger than this once unpacked (bytes).
_LARGEST = 64 * 2**20


def command(
    file: Annotated[Path, typer.Argument(metavar="文件", help="保存下来的网页或接口回复；- 为标准输入")],
    platform: Annotated[
        str,
        typer.Option("--platform", metavar="平台", help="wechat、weibo、toutiao、douyin、kuaishou、website、app"),
    ],
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
    from domain.outcome import Outcome

    try:
        moment = parse_instant(fetched_at) if fetched_at else Clock.system().read()
    except ValueError:
        raise ConfigError(
            f"--fetched-at：“{fetched_at}”不是时间；应如 2026-06-18T22:00 或 2026-06-18T22:00:00+08:00"
        ) from None
    body = unpacked(read_bytes(file), str(file))
    try:
        result = reading.read(platform, body, url, moment, status=status, content_type=content_type)
    except ValueError as error:
        raise ConfigError(f"--platform：{error}") from error
    if status >= 400 and result.outcome is Outcome.LAYOUT_CHANGED:  # the page has no opinion: the status decides
        from crawler.outcomes import of_status

        said = of_status(status, {})
        result = result if said is None else replace(result, outcome=said[0], detail=said[1])
    say_json(reading.to_dict(result))
    return Exit.CLEAN


def unpacked(body: bytes, name: str) -> bytes:
    """``body`` without the compression it was transferred with; raises ``DocumentError`` where that is damaged."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as packed:
            plain = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise DocumentError(name, "gzip 压缩数据不完整或已损坏；请重新保存") from None
    if len(plain) > _LARGEST:
        raise DocumentError(name, f"解压后超过 {_LARGEST // 2**20} MB，不是网页；请核对文件")
    return plain
