"""Number plates of private vehicles."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

_PRIVATE = re.compile("车主|车牌|号牌|驾驶|私家车|小汽车|轿车|司机|牌照|停放|乘坐|座驾|姓名|业主")
_DIRECT = re.compile("(?:车牌|号牌|车牌号码?|驾驶的?|牌照)[^，。；\n]{0,6}$")
_OFFICIAL = re.compile(
    "公务用?车|公车|执法车|巡逻车|救护车|消防车|公交|出租|巡游|网约|客运|校车|殡仪车|接运|洒水|环卫|警车|单位车辆|拍卖|处置|报废|招标|采购|班线|班车|机动车辆?号段|教练车|工程车|租赁"
)


def check(candidate: Candidate) -> Verdict:
    """A plate beside words that speak of somebody's car; cars of offices and of public transport are not private."""
    value = candidate.value
    if not any(sign.isdigit() for sign in value) and not _DIRECT.search(candidate.before):
        return reject("没有数字，不像号牌")
    around = f"{candidate.before[-40:]}|{candidate.head}|{candidate.row}|{candidate.after[:24]}"
    if _OFFICIAL.search(around):
        return reject("是单位或营运车辆")
    if not _PRIVATE.search(around):
        return reject("附近没有写明是谁的车")
    return Verdict(ok=True, explanation="号牌格式相符，附近写明是个人的车辆")
