"""One file to segments. Whatever goes wrong in it becomes an ``Unexamined`` part: nothing is dropped in silence."""

from __future__ import annotations

from extractors.driver import extract_here
from extractors.limits import Limits
from extractors.model import Extraction


def extract(data: bytes, name: str, *, field: str, media_type: str = "", limits: Limits | None = None) -> Extraction:
    """The segments of ``data`` (a file called ``name``) and of the files inside it, all under ``field`` (``body``,
    ``attachment:2``).

    Never raises for a bad file: a broken, encrypted, oversized or unknown one comes back as ``unexamined`` with the
    reason in Chinese.
    """
    return extract_here(data, name, field=field, media_type=media_type, limits=limits)
