"""``xunjian receive``: hears from WeChat that something was sent, while it runs."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say
from domain.errors import ConfigError, system_reason

NAME = "receive"


def command(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="端口", help="监听的端口", min=1, max=65535)] = 8088,
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="监听的地址；对外由反向代理转发，不必改")
    ] = "127.0.0.1",
    workspace: WorkspaceOption = None,
) -> int:
    """接收公众号的消息推送：群发、发布一完成就登记，当天巡检即可读到。按 Ctrl-C 结束。"""
    from datetime import datetime

    from domain.clock import CHINA, Clock
    from pipelines.receive import Receiver
    from pipelines.receive_server import ReceiverServer
    from pipelines.workspace import Workspace

    place = Workspace.find(chosen_workspace(context, workspace))

    def tell(line: str) -> None:
        say(f"{datetime.now(CHINA):%m-%d %H:%M:%S}　{line}")
        sys.stdout.flush()  # somebody may watch it through a pipe or a service's log

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with place.open_store() as store:
        receiver = Receiver(store, place.credentials(), Clock.system(), tell)
        if not receiver.names:
            raise ConfigError(
                "凭据库：没有一份凭据登记了 token，无从核对推送；"
                "请用 xunjian credential set 名称 appid secret token aes_key 登记（明文模式不填 aes_key）"
            )
        try:
            server = ReceiverServer(receiver, host, port)
        except OSError as error:
            reason = system_reason(error)
            raise ConfigError(f"{host}:{port}：监听不了（{reason}）；请换一个端口，或停掉占用它的程序") from error
        with server:
            for name in receiver.names:
                note(f"接收 {name}：http://{host}:{server.server_port}/wechat/{name}（填在公众平台“消息推送”的 URL）")
            signal.signal(signal.SIGTERM, stop)  # how a service manager ends it
            try:
                server.serve_forever(poll_interval=0.2)
            except KeyboardInterrupt:
                note("已停止接收")
    return Exit.CLEAN
