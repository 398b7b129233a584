"""Home addresses down to the door."""

from __future__ import annotations

import re

from domain.rule import Confidence, Severity
from scanners import people
from scanners.checks.candidate import Candidate, Verdict, reject

#: Words that say of the address directly before or after them that somebody lives there.
_LIVES = re.compile(r"(?:居住|现居|现住|家住|住址|暂住|常住|户籍)[地在于址为是：:所]*$")
_LIVES_AFTER = re.compile(r"[，]?(?:内|处)?(?:居住|家中|的家)")
#: What an address may be made of, read backwards from its door number.
_LEAD = re.compile(r"[\u4e00-\u9fff0-9a-z·\-]{0,40}$")
#: What stands before an address and is no part of it.
_LABEL = re.compile(
    r".*(?:住址|住所地?|住在|居住在|居住于|居住地|现居住?于?|现住在?|家住在?|暂住|常住|户籍所在地|户籍地址?|户籍|"
    r"地址|位于|坐落于?|住于|住)[为是：:]?"
)
_HOME = re.compile(
    "住址|住所|住在|居住|现居|现住|家住|暂住|常住|户籍|家庭地址|家庭详细|入户|上户|探望|走访|慰问|本人地址|家中|家里|家属"
)
_ESTATE = re.compile(
    "小区|花园|公寓|家园|花苑|嘉苑|新苑|名苑|佳苑|雅苑|[苑里]|新村|家属院|宿舍|佳园|名城|华府|新城|安置房|廉租房|公租房|保障房|庭"
)
_OFFICE = re.compile(
    "大厦|大楼|写字楼|办公|大厅|窗口|服务中心|政府|委员会|[局厅]|公司|法院|检察院|派出所|医院|学校|学院|广场|商场|市场|商铺|门面|门市|酒店|宾馆|"
    "会议|报告厅|教室|实验|展厅|招标|投标|开标|拍卖|评标|代理机构|事务所|营业|注册地|机构|协会|基金会|研究|园区|产业园|报名地|受理|接收|邮编|邮寄|寄送|"
    "咨询|考场|考点|集合|会场|仓库|车间|厂房"
)
_DELIMITER = re.compile(r"[。；;\n！？]")
_ROOM = re.compile("单元")
#: A home that somebody inspected or visits stands in the office's own files; the label still says whose it is.
_OWNER = re.compile(r"[（(]?([\u4e00-\u9fff]{2,4})家[）)]")


def check(candidate: Candidate) -> Verdict:
    """A door of a residential building, or a house number after words of living there; offices and venues are not."""
    lead = _lead(candidate.before)
    written = lead + candidate.text
    before = candidate.before[: len(candidate.before) - len(lead)]
    sentence_before = _DELIMITER.split(before)[-1][-40:]
    sentence_after = _DELIMITER.split(candidate.after)[0][:40]
    around = f"{sentence_before}|{candidate.head}|{sentence_after}"
    home = _HOME.search(sentence_before + candidate.head + candidate.before[-len(lead) - 8 :]) is not None
    lives = _LIVES.search(before) is not None or _LIVES_AFTER.match(candidate.after) is not None
    home = home or lives
    names = people.names_in(sentence_before) + people.names_in(sentence_after)
    names += [cell for cell in candidate.row.split("\t") if people.is_name(cell)]
    owner = _OWNER.search(sentence_after)
    names += [owner[1]] if owner and people.is_name(owner[1]) else []
    residential = _ROOM.search(written) is not None or _ESTATE.search(written) is not None
    if len(lead) < 2 and not candidate.head:
        return reject("没有写出路名或小区")
    if not lives and (_OFFICE.search(written) or (_OFFICE.search(around) and not (home and names))):
        return reject("是办公或活动场所的地址")
    deep = re.search("[室户]$|单元|组|队", candidate.text) is not None
    if not home and not (residential and deep) and not (names and deep):
        return reject("附近没有写明是住址")
    if not home and not names and _ROOM.search(written) is None:
        return reject("附近没有写明是住址")
    severity = Severity.MAJOR if names else Severity.MINOR
    why = "写到门牌或室号" + ("，同处有姓名" if names else "")
    confidence = Confidence.HIGH if names and home else Confidence.MEDIUM
    return Verdict(ok=True, severity=severity, confidence=confidence, explanation=why, lead=len(lead))


def _lead(before: str) -> str:
    match = _LEAD.search(before)
    lead = match.group() if match else ""
    return lead[len(label.group()) :] if (label := _LABEL.match(lead)) else lead
