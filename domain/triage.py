"""研判: what a person may decide on a finding, why, and how far a dismissal reaches."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.case import Verdict


class DismissScope(StrEnum):
    """How far a dismissal reaches: this finding, one rule on one account, or one word of a rule everywhere."""

    POST = "post"
    ACCOUNT = "account"
    EVERYWHERE = "everywhere"


#: The reasons of each verdict. The last of each needs a note.
OTHER = "其他"
REASONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.CONFIRM: ("情况属实", "上级通报指出", "群众反映属实", OTHER),
    Verdict.DISMISS: (
        "属于正常用语",
        "引用法规、文件或机构名称原文",
        "对外公开的办公信息",
        "已脱敏，不能识别到个人",
        "依法应当公开",
        "图片或附件识别有误",
        "批评、宣传防范中的提及",
        "经审批可以发布",
        OTHER,
    ),
    Verdict.ACCEPT: ("历史内容，暂不处理", "平台限制，无法修改", "正在协调处理", OTHER),
    Verdict.REOPEN: ("原研判有误", "出现新情况", "上级要求重新核查", OTHER),
}


def reason_text(reason: str, note: str) -> str:
    """A reason and its note as they are kept: ``其他：已电话核实``."""
    note = " ".join(note.split())
    return f"{reason}：{note}" if note else reason


def same_person(one: str, other: str) -> bool:
    """True when two names are written for the same person: width, case and spaces do not make a second one."""
    return _name(one) == _name(other)


def _name(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A dismissal beyond one finding. ``term`` is masked; ``term_digest`` (keyed) tells whether a word is the same.

    Everywhere needs a second person: until ``confirmed_by`` is set it has no effect.
    """

    id: int
    scope: DismissScope
    rule_id: str
    account_id: str
    term: str
    term_digest: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def is_effective(self) -> bool:
        """True when findings are dismissed by it."""
        if self.ended_at is not None:
            return False
        return self.scope is not DismissScope.EVERYWHERE or self.confirmed_at is not None

    @property
    def effective_at(self) -> datetime | None:
        """The moment from which it holds."""
        if not self.is_effective:
            return None
        return self.confirmed_at if self.scope is DismissScope.EVERYWHERE else self.proposed_at

    @property
    def waits(self) -> bool:
        """True while it needs its second person."""
        return self.scope is DismissScope.EVERYWHERE and self.confirmed_at is None and self.ended_at is None

    def covers(self, rule_id: str, account_id: str, term_digest: str) -> bool:
        """True when a finding of this rule, account and word falls under it."""
        if rule_id != self.rule_id:
            return False
        if self.scope is DismissScope.ACCOUNT:
            return account_id == self.account_id
        return self.scope is DismissScope.EVERYWHERE and term_digest == self.term_digest
