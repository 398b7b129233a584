"""Opening a picture of unknown origin: its size is known before it is unpacked, and its frames are looked at once."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageFile, ImageOps, ImageStat, UnidentifiedImageError

from extractors.model import Context

#: A picture of more pixels is not unpacked; a JPEG is unpacked at a half, a quarter or an eighth of its size first.
MOST_PIXELS = 80_000_000
#: Frames of an animation that are gone through, and those that are recognised: the ones that show something new.
_MOST_FRAMES, MOST_SHOWN = 400, 12
#: Frames are compared at this size; so much difference (of 255) in one place of it is something new.
_GLANCE, _NEW = (96, 96), 40
_UNREADABLE = "图片格式不能读取，请另存为 JPG 或 PNG 后再查"
_LIGHT = 170


@dataclass(slots=True)
class Opened:
    """An opened picture. ``notes`` collects, in Chinese, what of it could not be looked at."""

    image: Image.Image
    notes: list[str] = field(default_factory=list)

    def frames(self) -> Iterator[tuple[str, Image.Image]]:
        """Each picture to be read, with the name of its frame (empty where there is one); pages of a TIFF, and the
        frames of an animation that show something new."""
        count = getattr(self.image, "n_frames", 1)
        if count <= 1:
            yield "", _plain(self._loaded())
            return
        kind = "页" if self.image.format == "TIFF" else "帧"
        glance: Image.Image | None = None
        shown = 0
        for number in range(min(count, _MOST_FRAMES)):
            try:
                self.image.seek(number)
                picture = _plain(self._loaded())
            except (OSError, EOFError, SyntaxError, ValueError):
                self.notes.append(f"第{number + 1}{kind}损坏，从这里起未识别")
                return
            look = picture.convert("L").resize(_GLANCE, Image.Resampling.BOX)
            if glance is not None and ImageChops.difference(look, glance).getextrema()[1] < _NEW:  # type: ignore[operator]
                continue
            if shown == MOST_SHOWN:
                self.notes.append(f"共 {count} {kind}，只识别了内容有变化的前 {MOST_SHOWN} {kind}，其余请人工查看")
                return
            glance, shown = look, shown + 1
            yield f"第{number + 1}{kind}", picture
        if count > _MOST_FRAMES:
            self.notes.append(f"共 {count} {kind}，第 {_MOST_FRAMES} {kind}以后未识别，请人工查看")

    def _loaded(self) -> Image.Image:
        try:
            self.image.load()
        except OSError:
            note = "图片不完整（文件被截断），只识别了已有的部分，请重新上传完整的图片后再查"
            if note not in self.notes:
                self.notes.append(note)
            before = ImageFile.LOAD_TRUNCATED_IMAGES
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                self.image.load()
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = before
        return self.image


def open_picture(body: bytes, context: Context) -> Opened:
    """Open, not yet unpack. Raises ``DocumentError`` for what is no picture, or one too large to be unpacked."""
    try:
        with _own_limit():
            image = Image.open(io.BytesIO(body))
    except UnidentifiedImageError as error:
        raise context.problem(_UNREADABLE) from error
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, OverflowError) as error:
        raise context.problem("图片损坏，请重新导出或重新上传后再查") from error
    width, height = image.size
    if width * height > MOST_PIXELS and image.format == "JPEG":
        image.draft("RGB", (width // 2, height // 2))
        while image.width * image.height > MOST_PIXELS and image.width > width // 8:
            image.draft("RGB", (image.width // 2, image.height // 2))
    if image.width * image.height > MOST_PIXELS:
        limit = f"{width}×{height} 像素，上限约 {MOST_PIXELS // 10_000} 万"
        raise context.problem(f"图片过大（{limit}），未打开，请缩小后再查")
    return Opened(image)


@contextlib.contextmanager
def _own_limit() -> Iterator[None]:
    """Pillow's own limit refuses without saying how large a picture is; sizes are judged here."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _plain(image: Image.Image) -> Image.Image:
    """Upright, in RGB; what is transparent gets the background against which the rest stands out."""
    image = ImageOps.exif_transpose(image) if getattr(image, "n_frames", 1) <= 1 else image
    if image.mode.startswith(("I", "F")):
        low, high = image.convert("F").getextrema()
        spread = max(1.0, float(high) - float(low))  # type: ignore[arg-type]
        start = float(low)  # type: ignore[arg-type]
        return image.convert("F").point(lambda value: (value - start) * (255.0 / spread)).convert("L").convert("RGB")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        image = image.convert("RGBA")
        seen = image.getchannel("A").point(lambda value: 255 if value > 127 else 0)
        light = ImageStat.Stat(image.convert("L"), seen).mean[0] if seen.getbbox() else 0.0
        ground = Image.new("RGBA", image.size, (0, 0, 0, 255) if light > _LIGHT else (255, 255, 255, 255))
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")
