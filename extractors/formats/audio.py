"""Sound: tags, covers and lyrics. Speech is not recognised, and that is said."""

from __future__ import annotations

from domain.post import Origin, Segment, Unexamined
from extractors.film import reading as film
from extractors.formats.video import MEMORY, SECONDS, SPEECH
from extractors.model import Context, Extraction
from extractors.pictures import reading


def extract(body: bytes, context: Context) -> Extraction:
    """What can be read in a sound file. Raises ``DocumentError`` for a broken file and ``MissingTool`` without FFmpeg's
    library."""
    opened = film.open_film(body, context)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    with opened.container:
        for kind, text in opened.tags():
            segments.append(context.segment(text, kind, hidden=True, origin=Origin.METADATA))
        for time, text in opened.subtitles():
            segments.append(context.segment(text, f"字幕 {time}"))
        covers = list(opened.covers())
    for picture in covers:
        found = reading.read(picture, context, "封面")
        segments.extend(found.segments)
        unexamined.extend(found.unexamined)
    unexamined.extend(context.unexamined(note) for note in opened.notes)
    unexamined.append(context.unexamined(SPEECH, "声音"))
    return Extraction(tuple(segments), tuple(dict.fromkeys(unexamined)))


__all__ = ["MEMORY", "SECONDS", "extract"]
