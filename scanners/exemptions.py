"""The two exemptions of 第十一条（三）: what punishes in public, and what the law orders to be disclosed.

Only headings are believed: the title of the post, or the first line of a text or of an attachment. A sentence that
mentions a punishment exempts nothing. Telephone numbers and accounts are never exempt (their rules do not ask).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.post import Segment
from scanners.folding import fold_word

PUNISHMENT = "惩戒公示"
DISCLOSURE = "强制性信息披露"
_PUNISHMENT = re.compile(
    "失信被执行人|联合惩戒|失信惩戒|惩戒公示|严重违法失信|失信主体|失信名单|限制消费|限制高消费|黑名单|曝光台|活动异常名录|"
    "行政处罚(?:决定|公示|信息公示|事先告知|告知|文书|公告|结果)|(?:撤销|吊销).{0,12}(?:登记|证书).{0,6}(?:决定|公告|公示)|悬赏(?:公告|执行)|通缉"
)
_DISCLOSURE = re.compile(
    "寻亲(?:公告|启事)|认领(?:公告|启事)|(?:寻找|查找|找寻).{0,12}(?:父母|监护人|亲人|家属|家人)|弃婴|弃儿|"
    "无人认领|无主(?:遗体|尸体|骨灰)|认尸|送达公告|公告送达|公示催告|死亡公告|失踪公告"
)
#: A rule about such disclosures, or news of them, discloses nothing.
_ABOUT = re.compile("规定|办法|条例|解释|意见|通知|细则|制度|方案|规范|法$|会议|宣传|解读|新闻|工作|活动$|培训")
_SIGN_END = re.compile("[。！？；]")
#: A heading is not longer (code points).
LONGEST_HEADING = 60


def exemptions(segments: Sequence[Segment]) -> dict[str, str]:
    """Which exemption holds for which field; the key ``title`` stands for the whole post."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for segment in segments:
        if segment.field in seen:
            continue
        line = next((line.strip() for line in segment.text.split("\n", 8) if line.strip()), "")
        if not line:
            continue
        seen.add(segment.field)
        if kind := _kind(line) or _kind(segment.locator.split("!", 1)[0]):
            found[segment.field] = kind
    return found


def _kind(heading: str) -> str:
    if not heading or len(heading) > LONGEST_HEADING or _SIGN_END.search(heading) or _ABOUT.search(heading):
        return ""
    heading = fold_word(heading)
    if _PUNISHMENT.search(heading):
        return PUNISHMENT
    return DISCLOSURE if _DISCLOSURE.search(heading) else ""
