"""A film or a sound file, opened with FFmpeg: frames worth a look, subtitle tracks, tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from PIL import Image, ImageChops

from extractors.model import Ability, Context, MissingTool
from extractors.pictures.metadata import POSITION

#: Frames that are recognised, spread over the film; frames that are gone through to find them.
MOST_SHOWN, _MOST_FRAMES = 24, 3_000
#: A film of no more frames is gone through frame by frame, a longer one by its key frames.
_SHORT = 1_500
#: Frames are compared at this size; so much difference (of 255) in one place of it is something new.
_GLANCE, _NEW = (96, 54), 48
#: Lines of subtitles, and bytes of one.
_MOST_LINES, _LONGEST = 20_000, 8_192
_TEXT_CODECS = frozenset(("subrip", "srt", "mov_text", "ass", "ssa", "webvtt", "text"))
_TECHNICAL = frozenset(
    (
        *("encoder", "major_brand", "minor_version", "compatible_brands", "creation_time", "handler_name", "vendor_id"),
        *("language", "duration", "encoding_tool"),
    )
)
_ISO_POSITION = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
REMEDY = "请在程序目录运行 .venv/bin/pip install -e '.[docs]' 装上音视频组件后再查"


def ability() -> Ability:
    """For ``xunjian doctor``."""
    ok = find_spec("av") is not None
    return Ability("音视频画面与字幕", ok, "" if ok else "未安装 av", REMEDY)


@dataclass(slots=True)
class Film:
    """An opened film. ``notes`` collects, in Chinese, what of it could not be looked at."""

    container: Any
    body: bytes
    notes: list[str] = field(default_factory=list)

    def tags(self) -> Iterator[tuple[str, str]]:
        """Kind (Chinese or the tag's own name) and text of what the file says of itself."""
        seen: set[str] = set()
        for source in (self.container, *self.container.streams):
            for name, value in dict(source.metadata or {}).items():
                if name.lower() in _TECHNICAL or not str(value).strip() or str(value) in seen:
                    continue
                seen.add(str(value))
                if "location" in name.lower() and (found := _ISO_POSITION.match(str(value))):
                    latitude, longitude = float(found[1]), float(found[2])
                    north, east = "北" if latitude >= 0 else "南", "东" if longitude >= 0 else "西"
                    yield "拍摄位置", f"{POSITION}：{north}纬{abs(latitude):.5f}度，{east}经{abs(longitude):.5f}度"
                else:
                    yield f"信息 {name}"[:24], str(value)[:_LONGEST]

    def covers(self) -> Iterator[Image.Image]:
        """Pictures attached to the file."""
        for stream in self.container.streams.video:
            if _attached(stream):
                for packet in self.container.demux(stream):
                    for frame in packet.decode():
                        yield frame.to_image().convert("RGB")
                        break
                    break
                self.container.seek(0)

    def frames(self) -> list[tuple[str, Image.Image]]:
        """Time and picture of the frames that show something new, at most ``MOST_SHOWN`` of them."""
        streams = [stream for stream in self.container.streams.video if not _attached(stream)]
        if not streams:
            return []
        stream = streams[0]
        stream.codec_context.thread_count = 1
        total = stream.frames or _estimated(self.container, stream)
        keys = total > _SHORT
        if keys:
            stream.codec_context.skip_frame = "NONKEY"
            self.notes.append("视频较长，只识别了关键帧的画面，其余请人工查看")
        return self._changing(stream)

    def _changing(self, stream: Any) -> list[tuple[str, Image.Image]]:
        kept: list[tuple[str, Image.Image]] = []
        glance: Image.Image | None = None
        stride = changes = 0
        self.container.seek(0)
        try:
            for number, frame in enumerate(self.container.decode(stream)):
                if number >= _MOST_FRAMES:
                    self.notes.append(f"视频画面过多，{_clock(frame.time)} 以后未识别，请人工查看")
                    break
                look = frame.reformat(*_GLANCE, format="gray").to_image().convert("L")
                if glance is not None and _difference(look, glance) < _NEW:
                    continue
                glance, changes = look, changes + 1
                if stride and changes % (1 << stride):
                    continue
                kept.append((_clock(frame.time), frame.to_image().convert("RGB")))
                if len(kept) > MOST_SHOWN:
                    kept, stride = kept[::2], stride + 1
        except (OSError, ValueError) as error:  # FFmpeg's errors are kinds of these
            if not kept:
                raise
            self.notes.append(f"视频在 {kept[-1][0]} 之后损坏（{type(error).__name__}），其余未识别")
        if stride:
            self.notes.append(f"画面变化很多，只识别了均匀选取的 {len(kept)} 帧，其余请人工查看")
        return kept

    def subtitles(self) -> Iterator[tuple[str, str]]:
        """Time and text of each line of each subtitle track."""
        for number, stream in enumerate(self.container.streams.subtitles, 1):
            codec = stream.codec_context.name
            if codec not in _TEXT_CODECS:
                self.notes.append(f"第 {number} 条字幕是图形字幕（{codec}），未识别，请人工查看")
                continue
            self.container.seek(0)
            for count, packet in enumerate(self.container.demux(stream)):
                if count > _MOST_LINES:
                    self.notes.append(f"第 {number} 条字幕行数过多，未读完")
                    break
                text = _line(bytes(packet), codec)
                if text:
                    start = float(packet.pts * packet.time_base) if packet.pts is not None else 0.0
                    yield _clock(start), text


def open_film(body: bytes, context: Context) -> Film:
    """Open a film. Raises ``MissingTool`` without the library, ``DocumentError`` for what is no film."""
    if find_spec("av") is None:
        raise MissingTool(context.part(), f"音视频未检查：没有安装读取组件，{REMEDY}")
    import av

    av.logging.set_level(None)
    try:
        return Film(av.open(io.BytesIO(body), metadata_errors="replace"), body)
    except (OSError, ValueError) as error:
        raise context.problem("音视频文件损坏或格式不能读取，请转成 mp4 或 mp3 后再查") from error


def _difference(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of two grey pictures in one place."""
    return int(ImageChops.difference(one, other).getextrema()[1])  # type: ignore[arg-type]


def _attached(stream: Any) -> bool:
    import av

    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _estimated(container: Any, stream: Any) -> int:
    seconds = (container.duration or 0) / 1_000_000
    return int(seconds * float(stream.average_rate or 25))


def _line(data: bytes, codec: str) -> str:
    if codec == "mov_text":
        data = data[2 : 2 + int.from_bytes(data[:2], "big")] if len(data) > 2 else b""
    text = data[:_LONGEST].decode("utf-8", "replace").strip("\x00\r\n ")
    if codec in ("ass", "ssa"):
        text = text.split(",", 8)[-1].replace("\\N", "\n")
    return re.sub(r"<[^<>\n]{0,80}>|\{[^{}\n]{0,200}\}", "", text).strip()


def _clock(seconds: float | None) -> str:
    whole = int(seconds or 0)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
