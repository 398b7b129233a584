"""What goes wrong in the year: each breach changes the script of a careful office in one place.

A module here has functions that take a ``Stage`` and seed breaches of one kind; nothing is registered by hand.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from replica.year.breaches.stage import Stage
from replica.year.cast import Cast
from replica.year.model import Year


def seed(year: Year, cast: Cast) -> None:
    """Seed every breach, in the order of modules and of functions in them."""
    stage = Stage(year, cast)
    for found in sorted(iter_modules(__path__), key=lambda module: module.name):
        if found.name != "stage":
            module = import_module(f"{__name__}.{found.name}")
            for name, function in vars(module).items():
                if name.startswith("seed_"):
                    function(stage)
    year.expected.sort(key=lambda one: (one.day, one.account, one.rule, one.post_key))
