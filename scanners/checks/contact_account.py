"""WeChat and QQ numbers of persons."""

from __future__ import annotations

import re

from domain.rule import Confidence, Severity
from scanners import people
from scanners.checks.candidate import Candidate, Verdict, reject

_OFFICIAL = re.compile("公众号|公众平台|服务号|订阅号|小程序|视频号|官方|官微|关注|政务|微信平台|企业微信|群")
_FOR_OFFICE = re.compile(
    "咨询|报名|客服|服务|办公|值班|举报|监督|投诉|业务|技术支持|预约|受理|招聘|投稿|中心|[局委办科]"
)
_WORDS = frozenset(("wechat", "weixin", "weibo", "douyin", "toutiao", "android", "iphone", "number", "qrcode", "https"))


def check(candidate: Candidate) -> Verdict:
    """What follows 微信号 or QQ; public accounts, groups and offices' own are not private."""
    value = candidate.text
    if value in _WORDS or value.startswith("gh_"):
        return reject("不是账号")
    if value.isalpha() and not re.search(r"[号:：为是][ ]?$|\bid[ ]?$", candidate.before) and candidate.before:
        return reject("像一个英文词")
    sentence = re.split(r"[。；;\n]", candidate.before)[-1]
    near = sentence[-30:] + candidate.head
    if _OFFICIAL.search(near):
        return reject("是公众号、群或官方账号")
    names = people.names_in(f"{sentence[-40:]}|{re.split('[。；;]', candidate.after)[0][:24]}")
    names += [cell for cell in candidate.row.split("\t") if people.is_name(cell)]
    if names:
        return Verdict(ok=True, explanation="写明是个人的微信或 QQ")
    if _FOR_OFFICE.search(near):
        return reject("是单位对外公布的账号")
    return Verdict(
        ok=True, severity=Severity.NOTICE, confidence=Confidence.LOW, explanation="微信或 QQ 账号，看不出是单位还是个人"
    )
