"""The typefaces of an official document by name, and what stands in for one that a machine does not have.

A docx always carries the name that the standard asks for, with the known alternatives beside it: the office's own
machine has the face. Only a page that is printed here (PDF) takes the first face of the list that is installed, and
``substituted`` says which, so that nothing is replaced in silence.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Final


class Face(Enum):
    """A typeface by its use; the value is the name that goes into a docx."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    HEAVY = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"
    LATIN = "Times New Roman"


_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Noto Serif SC", "AR PL UMing CN")
_SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")

#: What is taken where a face is not installed, the nearest first.
ALTERNATIVES: Final[Mapping[Face, tuple[str, ...]]] = MappingProxyType(
    {
        Face.TITLE: (
            "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong", *_SERIF, "宋体", "SimSun", *_SANS,
        ),
        Face.BODY: (
            "仿宋", "FangSong", "FangSong_GB2312", "华文仿宋", "STFangsong", "方正仿宋_GBK", *_SERIF, "宋体", "SimSun",
            *_SANS,
        ),
        Face.HEAVY: ("SimHei", "华文黑体", "STHeiti", "方正黑体_GBK", *_SANS),
        Face.KAI: (
            "楷体", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti", "方正楷体_GBK", "AR PL UKai CN", *_SERIF, "宋体",
            "SimSun", *_SANS,
        ),
        Face.SONG: ("SimSun", "新宋体", "NSimSun", "华文宋体", "STSong", *_SERIF, *_SANS),
        Face.LATIN: ("Liberation Serif", "Nimbus Roman", "Tinos", *_SERIF, "DejaVu Serif"),
    }
)  # fmt: skip

#: How long the list of installed fonts may take (seconds).
_PATIENCE: Final = 30


@dataclass(frozen=True, slots=True)
class Faces:
    """The name under which each face is asked for."""

    names: Mapping[Face, str]

    def __getitem__(self, face: Face) -> str:
        return self.names[face]

    @property
    def substituted(self) -> dict[str, str]:
        """Name that the standard asks for, to the one that stands in for it."""
        return {face.value: name for face, name in self.names.items() if name != face.value}


#: As the standard has them: what a docx carries.
STANDARD: Final = Faces(MappingProxyType({face: face.value for face in Face}))


def faces_for(installed: Iterable[str]) -> Faces:
    """For each face the first name of its list that is in ``installed``; the standard's own where none is."""
    there = {name.casefold() for name in installed}

    def chosen(face: Face) -> str:
        return next((name for name in (face.value, *ALTERNATIVES[face]) if name.casefold() in there), face.value)

    return Faces({face: chosen(face) for face in Face})


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """Family names known to this machine; empty where they cannot be listed (no fontconfig)."""
    lister = shutil.which("fc-list")
    if lister is None:
        return frozenset()
    try:
        told = subprocess.run(
            [lister, ":", "family"], capture_output=True, text=True, timeout=_PATIENCE, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(name.strip() for line in told.splitlines() for name in line.split(",") if name.strip())
