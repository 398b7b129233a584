"""A busy machine is no reason to fail a property: the first call builds tables and is slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
