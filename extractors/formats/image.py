"""Pictures: their text by recognition, their codes, what the file says beside the picture, and each frame that shows
something new."""

from __future__ import annotations

from domain.post import Origin, Segment, Unexamined
from extractors.model import Ability, Context, Extraction
from extractors.pictures import codes, engine, metadata, opening, reading

#: Recognition of one tile takes a second or two, of a long picture a minute or two (seconds, bytes).
SECONDS = 240.0
MEMORY = 4 * 1024 * 1024 * 1024


def extract(body: bytes, context: Context) -> Extraction:
    """Everything in a picture, at ``图1`` (``图1第2帧``), with the rectangle of each part."""
    opened = opening.open_picture(body, context)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    links: list[str] = []
    for kind, text in metadata.read(opened.image):
        segments.append(context.segment(text, f"图1{kind}", hidden=True, origin=Origin.METADATA))
    for frame, picture in opened.frames():
        place = f"图1{frame}"
        context.at(place)
        found = reading.read(picture, context, place)
        segments.extend(found.segments)
        unexamined.extend(found.unexamined)
        links.extend(found.links)
    unexamined.extend(context.unexamined(note, "图1") for note in opened.notes)
    return Extraction(tuple(segments), tuple(dict.fromkeys(unexamined)), tuple(dict.fromkeys(links)))


def abilities() -> tuple[Ability, ...]:
    """Recognition of text and of codes."""
    return engine.ability(), codes.ability()
