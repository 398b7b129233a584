"""Addresses that stand in a text itself."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{4,}")


def written_links(text: str) -> tuple[str, ...]:
    """Addresses that stand in the text itself: many posts cannot hold a link one can click."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?'\")]") for found in _ADDRESS.findall(text)))
