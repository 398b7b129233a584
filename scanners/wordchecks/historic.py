"""A former name that is written as one: 原市国土资源局, 卫计委（现卫生健康委）, 工商局、质监局合并."""

from __future__ import annotations

import re

from lexicons import Lexicon
from scanners.wordchecks.found import FoundWord, WordVerdict

#: The word that makes a name a former one stands before the place to which the office belongs.
_BEFORE = re.compile(
    r"(?:原(?!则|料|因|本|告|件|文|籍|著)|时任|前任|历任|曾任|曾是|旧时|当时的|昔日|更名前|改制前|改革前)"
    r"(?:的|为|在|属)?[“\"]?(?:[\u4e00-\u9fff]{0,8}(?:省|市|县|区|旗|州|镇|乡|中央|国家|国务院))?[“\"]?$|前身[是为]?[^。；]{0,12}$"
)
_AFTER = re.compile(
    r"[”\"]?(?:[（(](?:现|原|今|已|后|撤|20\d\d年)|[^，。；！？]{0,16}(?:更名|改名|改称|改组|改为|并入|合并|整合|撤销|划转|不再保留|的职责))"
)
#: Offices of other states have names like ours of then.
_FOREIGN = re.compile(
    r"(?:[美英法德韩泰]国|日本|俄罗斯|印度|墨西哥|加拿大|澳大利亚|新西兰|意大利|西班牙|巴西|越南|新加坡|马来西亚|印度尼西亚|菲律宾|乌克兰|巴基斯坦"
    r"|哈萨克斯坦|南非|埃及|伊朗|土耳其|联邦|外国|该国|公司|集团)$"
)


class _Historic:
    def worth(self, text: str, start: int, end: int) -> bool:
        del text, start, end
        return True

    def judge(self, found: FoundWord) -> WordVerdict:
        other = _FOREIGN.search(found.before[-8:])
        if other:
            return WordVerdict(reason=f"前面是“{other.group()}”，是另一个机构")
        match = _BEFORE.search(found.before[-24:]) or _AFTER.match(found.after[:40])
        return WordVerdict(reason=f"前后文“{match.group()}”表明说的是从前") if match else WordVerdict()


def make(lexicon: Lexicon) -> _Historic:
    """The same for every list."""
    del lexicon
    return _Historic()
