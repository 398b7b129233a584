"""The scanner as a command needs it: with the overlays of the workspace where there is one, without where not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.workspace import Workspace
    from scanners.engine import Scanner
    from scanners.factory import ScannerSpec

#: As in ``pipelines.workspace``; a test compares them.
_MARKER = "xunjian.toml"
_VARIABLE = "XUNJIAN_HOME"
#: Enters fingerprints that are never stored nor printed: it lives as long as the process.
_KEY = os.urandom(32)


@dataclass(frozen=True)
class Surroundings:
    """What a workspace adds to the shipped rules and words; empty without one."""

    lexicon_folders: tuple[Path, ...] = ()
    rule_folders: tuple[Path, ...] = ()
    public_numbers: frozenset[str] = frozenset()
    bureau: str = ""


def optional_workspace(explicit: Path | None) -> Workspace | None:
    """The workspace, or ``None`` where none is named and none is near. One that is named must exist."""
    here = Path.cwd()
    near = any((folder / _MARKER).is_file() for folder in (here, *here.parents))
    if explicit is None and not near and not os.environ.get(_VARIABLE, "").strip():
        return None  # without loading the database's library, which takes longer than the check of a draft
    from pipelines.workspace import Workspace

    return Workspace.find(explicit)


def surroundings(explicit: Path | None) -> Surroundings:
    """What the workspace, if any, adds."""
    workspace = optional_workspace(explicit)
    if workspace is None:
        return Surroundings()
    bureau = workspace.settings.bureau
    return Surroundings(
        lexicon_folders=(workspace.lexicons,),
        rule_folders=(workspace.rules,),
        public_numbers=frozenset(bureau.public_numbers),
        bureau=bureau.name,
    )


def scanner_spec(around: Surroundings, families: frozenset[str] | None = None) -> ScannerSpec:
    """The description of a scanner whose fingerprints are never stored."""
    from scanners.factory import ScannerSpec

    return ScannerSpec(
        installation_key=_KEY,
        lexicon_folders=around.lexicon_folders,
        rule_folders=around.rule_folders,
        families=families,
    )


def build_scanner(around: Surroundings, families: frozenset[str] | None = None) -> Scanner:
    """The scanner itself."""
    from scanners.factory import scanner_for

    return scanner_for(scanner_spec(around, families))
