"""Telling the office at the end of a run: whatever goes wrong with it, the run has ended well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.output import note
from domain.errors import XunjianError

if TYPE_CHECKING:
    from pipelines.workspace import Workspace
    from reports.model import Report


def tell_office(workspace: Workspace, report: Report) -> None:
    """File what is to be told of this inspection, and send what waits."""
    from domain.clock import Clock
    from pipelines import messages

    if not workspace.settings.messages.channels:
        return
    now = Clock.system().read()
    try:
        with workspace.open_store() as store:
            messages.post(workspace, store, messages.of_inspection(workspace, store, report), now)
            for _, reason in messages.send_due(workspace, store, now).refused:
                note(reason)
    except XunjianError as error:
        note(f"通知没有发出，巡检结果不受影响：{error}")
