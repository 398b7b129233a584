"""Films: covers and frames by recognition, subtitle tracks, tags. Speech is not recognised, and that is said."""

from __future__ import annotations

from domain.post import Origin, Segment, Unexamined
from extractors.film import reading as film
from extractors.model import Ability, Context, Extraction
from extractors.pictures import reading

SECONDS = 240.0
MEMORY = 4 * 1024 * 1024 * 1024
SPEECH = "语音未识别（本机没有配置语音识别模型），请人工收听，或提供字幕文件一并检查"


def extract(body: bytes, context: Context) -> Extraction:
    """What is to be read in a film, at ``画面 00:00:05`` and ``字幕 00:00:05``. Raises ``DocumentError`` for a broken
    file and ``MissingTool`` without FFmpeg's library."""
    opened = film.open_film(body, context)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    links: list[str] = []
    with opened.container:
        for kind, text in opened.tags():
            segments.append(context.segment(text, kind, hidden=True, origin=Origin.METADATA))
        for time, text in opened.subtitles():
            segments.append(context.segment(text, f"字幕 {time}"))
        shown = [("封面", picture) for picture in opened.covers()]
        shown += [(f"画面 {time}", picture) for time, picture in opened.frames()]
        sound = bool(opened.container.streams.audio)
    told: set[str] = set()
    for place, picture in shown:
        context.at(place)
        found = reading.read(picture, context, place)
        # the same caption stands in many frames
        fresh = [segment for segment in found.segments if segment.text not in told]
        told.update(segment.text for segment in fresh)
        segments.extend(fresh)
        unexamined.extend(found.unexamined)
        links.extend(found.links)
    unexamined = _once(unexamined, context)
    unexamined.extend(context.unexamined(note) for note in opened.notes)
    if sound:
        unexamined.append(context.unexamined(SPEECH, "声音"))
    return Extraction(tuple(segments), tuple(unexamined), tuple(dict.fromkeys(links)))


def _once(parts: list[Unexamined], context: Context) -> list[Unexamined]:
    """What holds for every frame is said once."""
    reasons = dict.fromkeys(part.reason for part in parts)
    return [context.unexamined(reason, "画面") for reason in reasons]


def abilities() -> tuple[Ability, ...]:
    """Frames and subtitles; and that speech is not."""
    remedy = "如需检查语音，请提供字幕文件（srt、vtt、ass）一并检查"
    return film.ability(), Ability("语音识别", False, "本版不带语音识别模型", remedy)
