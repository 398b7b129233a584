"""E-mail addresses of persons."""

from __future__ import annotations

import re

from domain.rule import Confidence, Severity
from scanners import people
from scanners.checks.candidate import Candidate, Verdict, reject

#: Mail services that anybody can use.
_PUBLIC = re.compile(
    r"@(?:vip\.)?(?:qq|foxmail|163|126|yeah|188|139|189|wo|sina|sohu|aliyun|gmail|hotmail|outlook|live|yahoo|icloud|tom|21cn)\."
)
#: Mail boxes of offices.
_OFFICIAL = re.compile(r"\.gov(?:\.cn)?$|\.(?:edu|org|mil)\.cn$")
#: An office may use a public service: what its box is for then stands beside it.
_FOR_OFFICE = re.compile(
    "报名|投稿|征集|征求|意见|反馈|举报|监督|投诉|咨询|受理|单位|部门|公开|联系我们|传真|发送至|发至|报送|寄送|提交|电子版|简历|应聘|招聘|材料|申报|邮政|邮编|通讯|通信|"
    "热线|[局委厅办处科股室]|中心|公司|协会|学会|组委会|主办|承办|编辑部|客服|官方|网址|预约|信箱"
)
_PERSONAL = re.compile("本人|个人|[其他她]的?|监护人|家属|户主|申请人|受助人|姓名|手机")
#: A mobile number beside it is a person's as well.
_PERSON_BESIDE = re.compile(r"手机|身份证|本人|[他她]|家住|住址|年龄|微信|(?<!\d)1[3-9]\d{9}(?!\d)")


def check(candidate: Candidate) -> Verdict:
    """A box at a public mail service beside a person; offices' boxes are not reported."""
    if _OFFICIAL.search(candidate.text):
        return reject("是单位邮箱")
    sentence = re.split(r"[。；;\n]", candidate.before)[-1]
    names = people.names_in(sentence[-40:]) or [cell for cell in candidate.row.split("\t") if people.is_name(cell)]
    if not _PUBLIC.search(candidate.text):
        return reject("不是公众邮箱")
    if _FOR_OFFICE.search(sentence[-40:] + candidate.head) and not names:
        return reject("是单位对外公布的邮箱")
    rest = re.split(r"[。；;\n]", candidate.after)[0][:30]
    if names or _PERSONAL.search(sentence[-40:] + candidate.head) or _PERSON_BESIDE.search(f"{sentence[-40:]}|{rest}"):
        return Verdict(ok=True, explanation="公众邮箱，附近写明是个人")
    if not people.names_in(candidate.before):
        return reject("看不出是个人的邮箱")
    return Verdict(
        ok=True, severity=Severity.NOTICE, confidence=Confidence.LOW, explanation="公众邮箱，看不出是单位还是个人"
    )
