"""How an account answers its readers, from the numbers in its profile. No reader and no comment is ever stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.model import Interaction


def interaction_of(profile: Mapping[str, Any] | None) -> Interaction | None:
    """The figures of a profile; ``None`` where it says nothing about interaction."""
    if profile is None or not ("interaction" in profile or "menu" in profile):
        return None
    given = profile.get("interaction")
    figures: Mapping[str, Any] = given if isinstance(given, Mapping) else {}

    def number(name: str) -> Any:
        value = figures.get(name)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    return Interaction(
        comments=number("comments"),
        unanswered=number("unanswered"),
        median_reply_hours=number("median_reply_hours"),
        longest_reply_hours=number("longest_reply_hours"),
        waiting_days=number("waiting_days"),
        entries=tuple(_entries(profile, figures)),
    )


def _entries(profile: Mapping[str, Any], figures: Mapping[str, Any]) -> list[str]:
    menu = profile.get("menu")
    found = []
    if profile.get("menu_open") and isinstance(menu, (list, tuple)) and menu:
        found.append(f"自定义菜单（{len(menu)} 项）")
    if figures.get("articles"):
        found.append(f"文章留言（{figures['articles']} 篇可留言）")
    return found
