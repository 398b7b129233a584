"""How much one file may cost. What goes beyond is told as not looked into, never cut off in silence."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits for one file with everything inside it.

    ``seconds`` is wall time for one step (a file, or a page where the extractor tells its pages), ``total_seconds`` for
    all of it; ``memory`` is how much address space the child may take for it (bytes); ``file_bytes`` is the largest
    single file that is opened, ``unpacked_bytes`` all that is unpacked, ``part_bytes`` one XML part of an office file;
    ``ratio`` is how far a part larger than ``ratio_from`` may unpack; ``depth`` how deep files lie in files; ``files``
    how many there are; ``segments`` and ``characters`` how much text comes out.
    """

    seconds: float = 60.0
    total_seconds: float = 600.0
    memory: int = 1536 * _MB
    file_bytes: int = 64 * _MB
    unpacked_bytes: int = 512 * _MB
    part_bytes: int = 256 * _MB
    ratio: int = 400
    ratio_from: int = 16 * _MB
    depth: int = 6
    files: int = 500
    segments: int = 600_000
    characters: int = 60_000_000


#: The limits of every command.
DEFAULT = Limits()
