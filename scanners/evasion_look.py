"""A second look at stretches that may hide a word: without their disguises, judged by the same rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from domain.rule import Confidence, Rule
from scanners.evasion import DecodedPassage, Decoder, Spelt
from scanners.evasion_gate import SHORT, is_suspect, stretches
from scanners.hit import Hit, PostContext
from scanners.panel import Panel, Seen
from scanners.passage import Passage

#: So many disguised words are named in an explanation.
_NAMED = 3


class SecondLook:
    """For the rules of ``panel`` whose words people hide. What it needs is made when a text first deserves it."""

    def __init__(self, panel: Panel) -> None:
        self._all = panel
        self._indices = panel.hidden

    @cached_property
    def _panel(self) -> Panel:
        return self._all.of_hidden()

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(word for word in self._panel.vocabulary if len(word) > 1)

    def prepare(self) -> None:
        """Make what is needed now."""
        if self._indices:
            self._panel.prepare()
            _ = self._decoder

    def wanted(self, text: str) -> bool:
        """True where a text is looked at twice even though no rule has seen anything in it."""
        return bool(self._indices) and 1 < len(text) <= SHORT

    def hits(
        self,
        passages: Sequence[Passage],
        seen: Sequence[Seen],
        context: PostContext,
        known: Sequence[tuple[Rule, Hit]],
    ) -> Iterator[tuple[Rule, Hit]]:
        """What the rules object to once disguises are off; a rule with a hit among ``known`` has said it already."""
        if not self._indices:
            return
        decoded: dict[int, DecodedPassage] = {}
        for index, (passage, here) in enumerate(zip(passages, seen, strict=True)):
            if not is_suspect(passage.segment.text):
                continue
            parts = stretches(passage.compact.text, self._places(here))
            plain = self._decoder.decode(passage, parts) if parts else None
            if plain is not None:
                decoded[index] = plain
        if not decoded:
            return
        views: list[Passage] = [decoded.get(index, passage) for index, passage in enumerate(passages)]
        said = {rule.id for rule, _ in known}
        quiet = replace(context, drops=None)
        for rule, hit in self._panel.hits(views, [self._seen(view) for view in views], quiet, everything=False):
            if rule.id in said:
                continue
            spelt = _spelt(hit)
            faint = sum(each.faint for each in spelt.values())
            if spelt and faint < 1 + len(hit.places):
                named = (f"“{written}”即“{each.word}”" for written, each in list(spelt.items())[:_NAMED])
                why = f"{hit.explanation}；规避写法：{'、'.join(named)}"
                yield rule, replace(hit, explanation=why, confidence=Confidence.LOW)

    def _places(self, seen: Seen) -> Iterator[int]:
        """Where the rules that are asked again have seen words."""
        if seen.roused:
            yield from seen.roused
            return
        for filed in (seen.words, seen.signals):
            for index, found in filed.items():
                if index in self._indices:
                    yield from (start for start, _, _ in found)

    def _seen(self, passage: Passage) -> Seen:
        seen = Seen()
        text = passage.compact.text
        for match in self._panel.find(text):
            self._panel.see(seen, text, match, 0, everything=False)
        return seen


def _spelt(hit: Hit) -> dict[str, Spelt]:
    """The disguised words that the hit rests on, by how they are written."""
    found: dict[str, Spelt] = {}
    for passage, start, end in ((hit.passage, hit.start, hit.end), *hit.places):
        if isinstance(passage, DecodedPassage):
            for each in passage.spelt:
                if each.start < end and start < each.end:
                    found.setdefault(passage.segment.text[each.start : each.end], each)
    return found
