"""Marks the hit in its sentence."""

from __future__ import annotations

#: Characters of a sentence that are printed on each side of the hit; the rest adds nothing to a decision.
AROUND = 120


def parts(sentence: str, term: str) -> list[tuple[str, bool]]:
    """``sentence`` as pieces of text, each with whether it is the hit; a very long one is cut around the first hit."""
    sentence = sentence.strip()
    if not term or term not in sentence:
        return [(_cut_end(sentence, 2 * AROUND), False)] if sentence else []
    at = sentence.index(term)
    if len(sentence) > 2 * AROUND + len(term):
        before, after = _cut_start(sentence[:at], AROUND), _cut_end(sentence[at + len(term) :], AROUND)
        sentence = f"{before}{term}{after}"
    pieces: list[tuple[str, bool]] = []
    for number, piece in enumerate(sentence.split(term)):
        pieces += [(term, True)] * bool(number) + [(piece, False)] * bool(piece)
    return pieces


def _cut_end(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}……"


def _cut_start(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"……{text[-limit:]}"
