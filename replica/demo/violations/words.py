"""Wrong and harmful words of the word lists."""

from __future__ import annotations

from replica.demo.violations.plant import Plant

PLANTS: tuple[Plant, ...] = ()
