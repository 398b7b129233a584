"""The segmenter's dictionary: words and beginnings of words, with how often they are used.

Read from the library's file, without loading the library, and kept in the cache as text. A question about one word is
answered from the text; the table of half a million words is made when many are asked.
"""

from __future__ import annotations

import importlib.util
from functools import cache, cached_property
from pathlib import Path

from scanners.cache import cached

#: So many words are looked up in the text before the table is made: it takes as long as some sixty of them.
_FEW = 60


class Dictionary:
    """``total`` is the sum of all uses, as the library counts it; ``version`` changes with the library's file."""

    def __init__(self, kept: str, version: str = "") -> None:
        self.version = version
        words, self._counts, total = kept.split("\n\n")
        self._words = f"\n{words}\n"
        self.total = int(total)
        self._asked: dict[str, int | None] = {}

    @cached_property
    def table(self) -> dict[str, int]:
        """Uses of each word; 0 for what only begins words."""
        return dict(zip(self._words.split("\n")[1:-1], map(int, self._counts.split(" ")), strict=True))

    @cached_property
    def _uses(self) -> list[str]:
        return self._counts.split(" ")

    def uses(self, word: str) -> int | None:
        """Uses of ``word``; ``None`` where it neither is nor begins one."""
        if "table" in self.__dict__ or len(self._asked) >= _FEW:
            return self.table.get(word)
        if word not in self._asked:
            place = self._words.find(f"\n{word}\n") if word and "\n" not in word else -1
            self._asked[word] = None if place < 0 else int(self._uses[self._words.count("\n", 0, place)])
        return self._asked[word]

    def holds(self, part: str) -> bool:
        """True where ``part`` stands inside some word; takes about a millisecond."""
        return part in self._words


@cache
def dictionary() -> Dictionary:
    """The library's dictionary, read once a process."""
    source = _source()
    state = source.stat()
    version = f"3 {source} {state.st_size} {state.st_mtime_ns}"
    return Dictionary(cached("words", version, lambda: _read(source)), version)


def _source() -> Path:
    found = importlib.util.find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).with_name("dict.txt")


def _read(source: Path) -> str:
    """Words in lines; their uses; the sum."""
    uses: dict[str, int] = {}
    total = 0
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            word, count, *_ = line.strip().split(" ")
            uses[word] = int(count)
            total += int(count)
            for end in range(1, len(word)):
                uses.setdefault(word[:end], 0)
    return "\n\n".join(("\n".join(uses), " ".join(map(str, uses.values())), str(total)))
