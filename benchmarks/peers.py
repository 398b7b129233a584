"""What the scanner is compared with: the usual pipeline, and one bare pass of each matcher."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from pathlib import Path

#: Takes all documents, returns the number of hits (so that the work cannot be left out).
Scan = Callable[[Sequence[str]], int]

_NAIVE = (
    re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
)


def word_list(path: Path) -> list[str]:
    """The words of a plain list, one a line."""
    return list(dict.fromkeys(filter(None, path.read_text(encoding="utf-8").splitlines())))


def naive(words: Sequence[str]) -> Scan:
    """The usual pipeline: segment everything, keep the hits that are whole words, three regular expressions."""
    import jieba

    find = pyahocorasick(words)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()

    def scan(texts: Sequence[str]) -> int:
        hits = 0
        for text in texts:
            ends = {0}
            at = 0
            for token in tokenizer.cut(text):
                at += len(token)
                ends.add(at)
            hits += len(ends) and find([text])
            hits += sum(len(pattern.findall(text)) for pattern in _NAIVE)
        return hits

    return scan


def pyahocorasick(words: Sequence[str]) -> Scan:
    """One pass over ``str`` with the words and nothing else."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return lambda texts: sum(sum(1 for _ in automaton.iter(text)) for text in texts)


def daachorse(words: Sequence[str]) -> Scan | None:
    """One bare pass of the fastest matcher, ``None`` where it is not installed."""
    if importlib.util.find_spec("daachorse") is None:
        return None
    import daachorse as library

    find = library.CharwiseDoubleArrayAhoCorasick(list(words)).find_overlapping
    return lambda texts: sum(len(find(text)) for text in texts)
