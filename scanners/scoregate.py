"""May a score rule find anything in a post? Told by the kinds of evidence alone, before any text is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.rule import Rule
from scanners.passage import Passage


class ScoreGate:
    """Opens wherever the rule might fire: the sum of all kinds that were seen, or might still be, is enough."""

    def __init__(self, rule: Rule) -> None:
        table = rule.detector
        levels, signals, fields = table["levels"], table["signals"], table.get("fields", [])
        assert isinstance(levels, Mapping)
        assert isinstance(signals, list)
        self.fields = frozenset(map(str, fields)) if isinstance(fields, list) else frozenset[str]()
        self._least = min(int(str(least)) for least in levels.values())
        #: Kinds without a word in the automaton: words and patterns near other evidence, and patterns over numbers.
        self._near = _weights(each for each in signals if _has_pattern(each) and not each.get("numbers"))
        self._number = _weights(each for each in signals if _has_pattern(each) and each.get("numbers"))

    def opens(self, passages: Sequence[Passage], seen: Sequence[tuple[Sequence[tuple[int, int, Any]], bool]]) -> bool:
        """True where the rule has to be asked. ``seen``: the signals of each passage, and whether it holds numbers."""
        if self.fields:
            return any(passage.segment.field in self.fields for passage in passages)
        kinds = {entry.signal.name: entry.signal.weight for signals, _ in seen for _, _, entry in signals}
        if self._number and any(numbers for _, numbers in seen):
            kinds |= self._number
        if not kinds:
            return False
        return sum((self._near | kinds).values()) >= self._least


def _weights(signals: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for each in signals:
        weight = int(each["weight"])
        if weight > 0:
            weights[str(each["name"])] = max(weight, weights.get(str(each["name"]), 0))
    return weights


def _has_pattern(signal: Mapping[str, Any]) -> bool:
    return bool(signal.get("nearby")) or ("pattern" in signal and not signal.get("anchors"))
