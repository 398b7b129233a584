"""The form of a plan: an account, and the rhythm in which it publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from replica.demo.places import Unit
from replica.demo.topics import ALL, Topic
from replica.world import WorldAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An account with its rhythm: ``count`` posts (WeChat: pushes), the newest ``newest_age`` old, over ``span``.

    ``extra`` is how many articles a WeChat push may hold besides the first. ``style`` is ``article``, ``short``,
    ``clip`` or ``site``.
    """

    entry: WorldAccount
    unit: Unit
    style: str = "article"
    topics: tuple[Topic, ...] = ALL
    count: int = 0
    newest_age: timedelta = timedelta(hours=6)
    span: timedelta = timedelta(days=119)
    extra: int = 0
    occasions: bool = True
    traits: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``platform:key``."""
        return self.entry.account.id
