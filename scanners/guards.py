"""Everything that can keep a hit silent, by name: silence can be explained, and each guard proved by an example."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Guard(StrEnum):
    """A named reason to drop a hit. Switching one off (``Scanner(off=...)``) lets those hits through."""

    # words
    EXCEPTION = "exception"
    EXCUSE = "excuse"
    WHOLE_WORD = "whole_word"
    NOT_AFTER = "not_after"
    NOT_BEFORE = "not_before"
    NEEDS_CONTEXT = "needs_context"
    GAP = "gap"
    DATE = "date"
    TITLE = "title"
    WORD_CHECK = "word_check"
    LONGER = "longer"
    ORDINARY = "ordinary"
    # patterns
    CHECK = "check"
    CONTEXT = "context"
    REJECT = "reject"
    PUBLIC = "public"
    MASKED = "masked"
    ADDRESS = "address"
    OVERLAP = "overlap"
    # score
    THRESHOLD = "threshold"
    SUBTRACT = "subtract"
    # links
    OUTCOME = "outcome"
    # cadence
    UNREACHED = "unreached"
    INCOMPLETE = "incomplete"
    PURPOSE = "purpose"
    PLATFORM = "platform"
    MEDIUM = "medium"
    DAYS = "days"
    COUNT = "count"
    # profile
    FILED = "filed"
    DISTANCE = "distance"
    SUPERSEDED = "superseded"
    # duties
    LIMIT = "limit"
    ON_FILE = "on_file"
    NOT_KEPT = "not_kept"
    EXEMPT = "exempt"
    ALIKE = "alike"
    NOT_CONCERNED = "not_concerned"


#: What a clerk reads in ``xunjian rules explain``.
REASONS = {
    Guard.EXCEPTION: "在例外语境之内",
    Guard.EXCUSE: "同句有豁免词",
    Guard.WHOLE_WORD: "不是一个完整的词",
    Guard.NOT_AFTER: "前文排除",
    Guard.NOT_BEFORE: "后文排除",
    Guard.NEEDS_CONTEXT: "同句没有所需语境",
    Guard.GAP: "被空格或符号隔开，更像两个词",
    Guard.DATE: "发布时还是这样称呼",
    Guard.TITLE: "在书名号之内，是文件或作品的名称",
    Guard.WORD_CHECK: "核对后没有问题",
    Guard.LONGER: "已被更长的命中包含",
    Guard.ORDINARY: "是另一个通顺的说法",
    Guard.CHECK: "校验不符",
    Guard.CONTEXT: "附近没有所需语境",
    Guard.REJECT: "上下文表明是另一种号码或数量",
    Guard.PUBLIC: "是公开号码",
    Guard.MASKED: "已经遮盖",
    Guard.ADDRESS: "在网址之内",
    Guard.OVERLAP: "已由另一条规则报出",
    Guard.THRESHOLD: "分值不够",
    Guard.SUBTRACT: "扣除正当情形后分值不够",
    Guard.OUTCOME: "链接没有失效，或没能打开，不作判断",
    Guard.UNREACHED: "账号没读到，不作判断",
    Guard.INCOMPLETE: "列表没有读完，不作判断",
    Guard.PURPOSE: "服务类账号不查更新",
    Guard.PLATFORM: "该平台不查此项",
    Guard.MEDIUM: "账号的内容形式不适用此项",
    Guard.DAYS: "时间没有超过",
    Guard.COUNT: "与平台计数的差别在容许范围内",
    Guard.FILED: "与登记的一致",
    Guard.DISTANCE: "图片看上去还是同一幅",
    Guard.SUPERSEDED: "已由更重的一条报出",
    Guard.LIMIT: "还在期限或限度之内",
    Guard.ON_FILE: "台账里有记录",
    Guard.NOT_KEPT: "单位没有填报这张台账，不作判断",
    Guard.EXEMPT: "属于规定的例外",
    Guard.ALIKE: "与应有的一致",
    Guard.NOT_CONCERNED: "此项不适用",
}


@dataclass(frozen=True, slots=True)
class Drop:
    """A hit that was dropped: which rule, where (original text), by which guard, and what exactly it was.

    ``text`` is the original slice; whoever prints it masks it first.
    """

    rule_id: str
    guard: Guard
    field: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    detail: str = ""

    @property
    def reason(self) -> str:
        """The reason in Chinese."""
        return f"{REASONS[self.guard]}（{self.detail}）" if self.detail else REASONS[self.guard]
