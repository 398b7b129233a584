"""Name and version of the program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("xunjian")
    except PackageNotFoundError:
        return "0"  # run from a copy that was never installed


PROGRAM = f"xunjian {_version()}"
