"""The years that a text speaks of: the only thing that dates a text of which nobody says when it was published."""

from __future__ import annotations

import re

#: Years as dates, numbers of documents (〔2016〕) and headings write them. Quantities ("2000元") are none.
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?=年|[-/.]\d|[〕\]）)](?:第?\d|\s*$))|二[〇○0零]([〇○零一二三四五六七八九]{2})年"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
#: Text looked through (code points): a longer one says early on of what time it is.
_REACH = 200_000


def latest_year(text: str) -> int:
    """The latest year named in ``text``; 0 where there is none."""
    latest = 0
    for match in _YEAR.finditer(text, 0, _REACH):
        year = int(match[1]) if match[1] else int("20" + "".join(_DIGITS[sign] for sign in match[2]))
        latest = max(latest, year)
    return latest
