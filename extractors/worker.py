"""The child process: reads files that it is sent, one after another, and tells what stands in them.

Started by ``extractors.process`` as ``python -m extractors.worker FOLDER``; ends when its standard input closes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from extractors import sandbox, wire
from extractors.driver import Walk, context_of
from extractors.limits import Limits
from extractors.model import Context, Extraction


class _Teller:
    """Tells the parent where the work has come to, and what came out."""

    def __init__(self, out: BinaryIO, limits: Limits) -> None:
        self._out = out
        self._limits = limits
        self._path = "0"
        self._seconds = limits.seconds

    def begin(self, path: str, context: Context, module: ModuleType | None) -> None:
        """Work on a file begins, under the limits of its kind."""
        self._path = path
        self._seconds = float(getattr(module, "SECONDS", self._limits.seconds))
        sandbox.bound(int(getattr(module, "MEMORY", self._limits.memory)), self._seconds)
        self.at(context.part())

    def at(self, place: str) -> None:
        """The work has come to ``place``; its clock starts anew."""
        sandbox.bound_time(self._seconds)
        note = {"path": self._path, "place": place, "seconds": self._seconds}
        wire.write(self._out, wire.PLACE, json.dumps(note).encode())

    def emit(self, path: str, found: Extraction) -> None:
        """One file is done."""
        wire.write(self._out, wire.RESULT, *wire.encode(found, path))


def _do(out: BinaryIO, job: Mapping[str, Any], body: bytes) -> None:
    limits = Limits(**job["limits"])
    teller = _Teller(out, limits)
    context = context_of(job["name"], job["field"], job["media_type"], limits, teller.at)
    Walk(teller.emit, teller.begin, frozenset(job["done"]), job["lost"]).go(body, context)
    sandbox.unbound()
    wire.write(out, wire.DONE, json.dumps({"resident": sandbox.resident()}).encode())


def main() -> None:
    """Serve until the parent closes the pipe."""
    inward = sys.stdin.buffer
    # What libraries print must not fall among the frames.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sandbox.enter(Path(sys.argv[1]))
    # Cells by the hundred thousand are no garbage: it is looked for between two files.
    gc.disable()
    wire.write(out, wire.READY)
    while (job := wire.read(inward)) is not None:
        body = wire.read(inward)
        if body is None:
            return
        _do(out, json.loads(job[1]), body[1])
        del job, body
        gc.collect()


if __name__ == "__main__":
    main()
