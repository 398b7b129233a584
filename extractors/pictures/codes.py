"""QR and bar codes in a picture: what they hold is text, and where they lead is a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec

from PIL import Image

from domain.post import Box
from extractors.model import Ability

#: Larger pictures are shrunk to this many pixels first: a code has far fewer modules.
_MOST_PIXELS = 24_000_000
_ADDRESS = re.compile(r"(?:https?|weixin|alipays?)://\S+", re.IGNORECASE)
REMEDY = "请在程序目录运行 .venv/bin/pip install -e '.[ocr]' 装上识别组件后再查"


@dataclass(frozen=True, slots=True)
class Code:
    """A decoded code: its text, its kind (``QRCode``), and where it stands."""

    text: str
    kind: str
    box: Box

    @property
    def link(self) -> str:
        """The address it leads to; empty where it holds something else."""
        found = _ADDRESS.match(self.text.strip())
        return found.group() if found else ""


def available() -> bool:
    """True where the library is installed."""
    return find_spec("zxingcpp") is not None


def ability() -> Ability:
    """For ``xunjian doctor``."""
    ok = available()
    return Ability("二维码与条形码识别", ok, "" if ok else "未安装 zxing-cpp", REMEDY)


def read(picture: Image.Image) -> list[Code]:
    """Every code that can be read; none where the library is missing."""
    if not available():
        return []
    import zxingcpp

    factor = 1.0
    grey = picture.convert("L")
    if grey.width * grey.height > _MOST_PIXELS:
        factor = (_MOST_PIXELS / (grey.width * grey.height)) ** 0.5
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)))
    codes: list[Code] = []
    for found in zxingcpp.read_barcodes(grey):
        at = found.position
        corners = [(corner.x, corner.y) for corner in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
        left, right = min(x for x, _ in corners) / factor, max(x for x, _ in corners) / factor
        top, bottom = min(y for _, y in corners) / factor, max(y for _, y in corners) / factor
        if found.text:
            box = (round(left), round(top), round(right - left), round(bottom - top))
            codes.append(Code(found.text, str(found.format).rsplit(".", 1)[-1], box))
    return codes
