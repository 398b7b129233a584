"""How this office counts days to rectify."""

from __future__ import annotations

from datetime import datetime

from domain.clock import in_china
from domain.deadline import Counting, Deadlines
from pipelines.workspace import Workspace


def deadlines_of(workspace: Workspace, now: datetime) -> Deadlines:
    """The counting of ``[rectify]`` on the office's calendar, far enough for any time that begins at ``now``."""
    chosen = workspace.settings.rectify
    calendar = workspace.calendar(in_china(now).year + 1)
    return Deadlines(calendar=calendar, counting=Counting(chosen.counting), roll=chosen.roll)
