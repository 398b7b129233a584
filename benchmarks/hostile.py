"""Texts made to be slow, each against ordinary text of the same size in bytes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from domain.post import Segment
from scanners.engine import PostText, Scanner


def texts(ordinary: str, megabytes: float) -> dict[str, str]:
    """Hostile texts of up to so many million bytes; ``ordinary`` is real text to weave in."""
    size = int(megabytes * 1e6)
    return {
        "one_line": (ordinary.replace("\n", "") * (size // max(1, len(ordinary.encode())) + 1))[: size // 3],
        "digits": "1234567890" * (min(size, 1_000_000) // 10),
        "spaced_digits": "1 3 8 0 0 " * (min(size, 1_000_000) // 10),
        "emoji": "😀💰🎰" * 33_333,
        "emoji_sequences": "👨\u200d👩\u200d👧\ufe0f" * 20_000,
        "half_pairs": "\ud83d巡\udc00检" * 50_000,
        "same_letter": "a" * size,
        "same_character": "赌" * (size // 3),
        "repeats": "赌 博 网 " * (size // 12),
        "capitals": "aA" * (size // 2),
        "traditional": "網絡賭博" * (size // 12),
        "full_width": "１３８００１３８０００" * (size // 33),
        "invisible": "赌\u200b博\u200b" * (size // 12),
        "numerals": "一三八〇〇一二三四五六" * (size // 33),
        "brackets": "（" * (size // 3),
        "line_ends": "\n" * size,
        "noise": "巡*" * (size // 4),
    }


def ratios(scanner: Scanner, documents: Sequence[str], megabytes: float) -> dict[str, float]:
    """Processor time of each hostile text over that of ordinary documents with as many bytes."""
    whole = "\n".join(documents)
    unit = _seconds(lambda: scanner.scan_posts([_post(text) for text in documents])) / len(whole.encode())
    found = {}
    for name, text in texts(whole[:100_000], megabytes).items():
        seconds = _seconds(lambda text=text: scanner.scan_posts([_post(text)]))
        found[name] = round(seconds / (unit * len(text.encode("utf-8", "surrogatepass"))), 2)
    return found


def _post(text: str) -> PostText:
    return PostText(segments=(Segment("body", text),))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
