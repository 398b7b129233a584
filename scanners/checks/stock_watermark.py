"""Names of stock picture sites: a watermark in a picture, or a credit."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

_CREDIT = re.compile(
    r"(?:图源|图片?来源|图片?[由均]?来自|供图|图片?版权|图[/／｜|:：]|摄影?[/／:：]|©|\(c\))[^，。；\n]{0,8}$"
)
_TALK = re.compile("公司|集团|案|起诉|诉讼|法院|股|声明|版权纠纷")


def check(candidate: Candidate) -> Verdict:
    """Anything read from a picture, and a credit in the text; news about such a company is neither."""
    if candidate.recognised:
        if _TALK.search(candidate.before[-12:] + candidate.after[:12]):
            return reject("图中文字在谈论图库企业")
        return Verdict(ok=True, explanation="图片里识别出商业图库的名称，可能是水印")
    if _CREDIT.search(candidate.before):
        return Verdict(ok=True, explanation="图源写明是商业图库")
    return reject("正文提到图库，不是图源")
