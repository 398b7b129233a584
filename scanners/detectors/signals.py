"""What a score is made of: kinds of evidence and legitimate look-alikes, as a rule file writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanners.folding import fold_word

#: A signal of less weight adds to the score but is no kind of evidence of its own.
_TELLING = 2


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence. ``weight`` counts once a window however often it occurs; a negative one is a look-alike.

    ``exceptions`` are phrases around a word that make it harmless. ``pattern`` is searched in the compact view: with
    ``anchors`` only where one of them stands and the match touches it, with ``numbers`` only where eleven digits can
    stand (in the digit view), else only near other evidence; ``nearby`` words are looked for only there, too, for words
    that any text may hold. ``addressed`` evidence speaks to the reader.
    ``supporting`` evidence adds to the score but is never a kind of its own: a telephone number sells nothing.
    """

    name: str
    weight: int
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    pattern: re.Pattern[str] | None
    anchors: tuple[str, ...] = ()
    numbers: bool = False
    addressed: bool = False
    supporting: bool = False
    nearby: bool = False

    @property
    def telling(self) -> bool:
        """True for evidence that means something of itself."""
        return self.weight >= _TELLING and not self.supporting

    @property
    def lazy(self) -> re.Pattern[str] | None:
        """The pattern that is looked for only near other evidence."""
        return None if self.anchors or self.numbers else self.pattern


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """A word of a signal in the automaton; an ``anchor`` is no evidence itself, it only says where to look."""

    rule_index: int
    signal: Signal
    word: str
    anchor: bool = False


def read_signal(entry: Mapping[str, object]) -> Signal:
    """One table of ``detector.signals``."""
    return Signal(
        name=str(entry["name"]),
        weight=int(str(entry["weight"])),
        words=_words(entry, "words"),
        exceptions=_words(entry, "exceptions"),
        pattern=re.compile(str(entry["pattern"])) if "pattern" in entry else None,
        anchors=_words(entry, "anchors"),
        numbers=bool(entry.get("numbers", False)),
        addressed=bool(entry.get("addressed", False)),
        supporting=bool(entry.get("supporting", False)),
        nearby=bool(entry.get("nearby", False)),
    )


def entries_of(index: int, signals: Iterable[Signal]) -> tuple[SignalEntry, ...]:
    """What the automaton has to look for on behalf of ``signals``."""
    return tuple(
        SignalEntry(index, signal, word, anchor)
        for signal in signals
        for words, anchor in ((() if signal.nearby else signal.words, False), (signal.anchors, True))
        for word in words
    )


def total(signals: Iterable[Signal]) -> int:
    """The sum of weights; each kind counts once, by its heaviest signal."""
    kinds: dict[str, int] = {}
    for signal in signals:
        if abs(signal.weight) > abs(kinds.get(signal.name, 0)):
            kinds[signal.name] = signal.weight
    return sum(kinds.values())


def _words(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, ())
    return tuple(fold_word(str(word)) for word in value) if isinstance(value, (list, tuple)) else ()
