"""Text recognition: RapidOCR on the processor, offline, with the models that its wheel carries."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from PIL import Image

from extractors.model import Ability, MissingTool
from extractors.pictures.lines import Line

#: One thread: a worker is one core, and more threads made recognition slower where they had to share it.
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.max_side_len": 4096,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    # Short cells are not padded to seven characters: half the time, the same text.
    "Rec.rec_img_shape": [3, 48, 64],
}
#: A line of which recognition is less sure (mean of its characters, 0 to 1) is not text.
_LEAST = 0.5
REMEDY = "请在程序目录运行 .venv/bin/pip install -e '.[ocr]' 装上识别组件后再查"
_LIBRARIES = ("rapidocr", "onnxruntime", "cv2", "numpy")


def available() -> bool:
    """True where the libraries of recognition are installed."""
    return all(find_spec(name) is not None for name in _LIBRARIES)


def ability() -> Ability:
    """For ``xunjian doctor``."""
    ok = available()
    return Ability("图片文字识别", ok, "离线识别，模型随组件安装" if ok else "未安装 rapidocr 或 onnxruntime", REMEDY)


@cache
def _engine() -> Any:
    """The engine, loaded once a process (some 0.5 s and 150 MB)."""
    if not available():
        raise MissingTool("", f"图片文字未识别：没有安装识别组件，{REMEDY}")
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return RapidOCR(params=dict(_SETTINGS))


def recognise(picture: Image.Image) -> list[Line]:
    """Every line of text in ``picture``, in no particular order. Raises ``MissingTool`` where there is no engine."""
    import numpy

    pixels = numpy.asarray(picture.convert("RGB"))[:, :, ::-1]
    found = _engine()(pixels, return_word_box=True, return_single_char_box=True)
    if found is None or not found.txts or found.boxes is None:
        return []
    words = found.word_results or [()] * len(found.txts)
    lines = (
        _line(str(text), [(float(x), float(y)) for x, y in box], float(score), word)
        for text, box, score, word in zip(found.txts, found.boxes, found.scores, words, strict=True)
    )
    return [line for line in lines if line.text.strip() and line.confidence >= _LEAST]


def _line(text: str, box: Sequence[tuple[float, float]], score: float, words: Iterable[Any]) -> Line:
    across, down = [x for x, _ in box], [y for _, y in box]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    width = box[1][0] - box[0][0]
    slope = (box[1][1] - box[0][1]) / width if width > 1 else 0.0
    edges, sure = _characters(text, left, right, score, words)
    upright = bottom - top > 1.5 * (right - left) and len(text) > 1
    if upright:  # written downwards: the whole box is the place of each character
        edges, slope = ((left, right),) * len(text), 0.0
    return Line(text, left, top, right, bottom, slope if abs(slope) < 1 else 0.0, edges, sure)


def _characters(
    text: str, left: float, right: float, score: float, words: Iterable[Any]
) -> tuple[tuple[tuple[float, float], ...], tuple[float, ...]]:
    """Left and right edge and certainty of each character; evenly spread where the engine tells only of words."""
    told = [(str(word[0]), float(word[1]), word[2]) for word in words or () if word and word[0]]
    solid = [sign for sign in text if not sign.isspace()]
    if [sign for sign, _, _ in told] == solid:
        rest = iter(told)
        edges: list[tuple[float, float]] = []
        sure: list[float] = []
        for sign in text:
            if sign.isspace():
                at = edges[-1][1] if edges else left
                edges.append((at, at))
                sure.append(score)
                continue
            _, certainty, box = next(rest)
            edges.append((float(min(x for x, _ in box)), float(max(x for x, _ in box))))
            sure.append(certainty)
        return tuple(edges), tuple(sure)
    step = (right - left) / max(1, len(text))
    return tuple((left + step * at, left + step * (at + 1)) for at in range(len(text))), (score,) * len(text)
