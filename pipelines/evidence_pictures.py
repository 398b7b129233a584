"""Marked pictures of what was found in a draft: for the file of the case, without the values themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from domain.errors import ConfigError, system_reason
from domain.finding import Finding
from domain.post import Box, Segment
from extractors.evidence import Marks, pictures

#: A run of this many digits may be somebody's number and is painted over, whether or not a rule reported it.
_NUMBER = re.compile(r"\d[\d \-]{4,}[\dXx]")
_UNFIT = re.compile(r"[^\w\u4e00-\u9fff.-]+")


def write(folder: Path, data: bytes, name: str, findings: Sequence[Finding], segments: Sequence[Segment]) -> list[Path]:
    """Write one picture for each page or picture with findings into ``folder``, owner-only; returns their paths.

    Raises ``ConfigError`` where the folder cannot be written to.
    """
    made = pictures(data, name, marks(findings, segments))
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for locator, body in made.items():
            path = folder / f"{_UNFIT.sub('_', name)}-{_UNFIT.sub('_', locator)}.png"
            path.touch(mode=0o600)
            path.write_bytes(body)
            written.append(path)
    except OSError as error:
        raise ConfigError(f"--evidence-dir {folder}：写不进去（{system_reason(error)}）；请换一个目录") from error
    return written


def marks(findings: Sequence[Finding], segments: Sequence[Segment]) -> list[Marks]:
    """What is framed and what is painted black, by locator; a hidden place of a page is marked on the page."""
    framed: dict[str, list[Box]] = {}
    black: dict[str, list[Box]] = {}
    for finding in findings:
        for place in finding.occurrences:
            if place.box is not None:
                framed.setdefault(_base(place.locator), []).append(place.box)
                if finding.family == "privacy" or finding.masked_term != finding.term:
                    black.setdefault(_base(place.locator), []).append(place.box)
    for segment in segments:
        where = _base(segment.locator)
        if where in framed:
            for match in _NUMBER.finditer(segment.text):
                black.setdefault(where, []).extend(
                    spot.box for spot in segment.spots if spot.start < match.end() and match.start() < spot.end
                )
    return [Marks(where, tuple(boxes), tuple(dict.fromkeys(black.get(where, ())))) for where, boxes in framed.items()]


def _base(locator: str) -> str:
    return locator.split("（", 1)[0]
