"""A name that is given as the source of a text or a picture: after 来源, 转自, 摘自, and with nothing behind it."""

from __future__ import annotations

import re

from lexicons import Lexicon
from scanners.wordchecks.found import PARTED, FoundWord, WordVerdict

_LABEL = re.compile(
    r"(?:(?:来源|稿源|图源|出处|供图|原载|来自)(?:[：:|丨][于自]?|(?="
    + PARTED
    + r"))|转自|转载自|转载于|摘自|选自|来源于|来源自|首发于|载于|源自)[：:]?\s?"
    r"[“\"《@「『【]?(?:[\u4e00-\u9fffa-z]{2,8}[、/])?" + PARTED + "?$"
)
_END = re.compile(
    PARTED + r"?[”\"》」』】]?(?:客户端|app|官网|官方网站|频道|首页|平台|网友|用户|网)?"
    r"(?:$|[\s。，,、；;：）)】\]|/！!]|如有|侵删)"
)
#: A blank or a bar between 来源 and the name is gone from the text in which words are found.
_LAST = frozenset("源处") | frozenset('：:自于、/“"《@「『【|丨 \t\n\u3000')


class _SourceLine:
    def worth(self, text: str, start: int, end: int) -> bool:
        del end
        return text[start - 1 : start] in _LAST if start else False

    def judge(self, found: FoundWord) -> WordVerdict:
        if _LABEL.search(found.before) is None:
            return WordVerdict(reason="不是写在来源后面")
        if _END.match(found.after) is None:
            return WordVerdict(reason="后面还有账号或单位的名称")
        return WordVerdict()


def make(lexicon: Lexicon) -> _SourceLine:
    """The same for every list."""
    del lexicon
    return _SourceLine()
