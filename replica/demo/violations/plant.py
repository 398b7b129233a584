"""The form of a planted violation, and the spellings in which private numbers turn up."""

from __future__ import annotations

from dataclasses import dataclass

from replica.world import WorldFile

ZERO_WIDTH = "\u200b"
_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One violation: what is put into which account's posts, and the exact slice that a rule must report.

    ``paragraphs`` go into the middle of an ordinary post; with ``whole`` they are the post. ``title`` replaces the
    ordinary one. ``spelling`` says what makes it hard to see. ``at_end`` puts it where a listing has cut the text off.
    """

    rule_id: str
    term: str
    account: str
    spelling: str
    paragraphs: tuple[str, ...] = ()
    title: str = ""
    whole: bool = False
    at_end: bool = False
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[WorldFile, ...] = ()


def full_width(text: str) -> str:
    """``text`` in full-width forms, as a Chinese input method leaves them."""
    return text.translate(_FULL_WIDTH)


def grouped(text: str, *sizes: int, by: str = " ") -> str:
    """``text`` in groups of the given sizes; what is left over is the last group."""
    groups = []
    for size in sizes:
        groups.append(text[:size])
        text = text[size:]
    return by.join([*groups, text] if text else groups)


def noisy(text: str, *places: int) -> str:
    """``text`` with an invisible character before each of the given places."""
    return "".join(ZERO_WIDTH + mark if place in places else mark for place, mark in enumerate(text))
