"""The columns of the sheet on which findings are judged, and the words of its choices."""

from __future__ import annotations

import hashlib
import unicodedata

from domain.case import Verdict
from domain.triage import OTHER, REASONS, DismissScope

NUMBER, VERDICT, REASON, NOTE, UNTIL, BY = "序号", "结论", "理由", "说明", "保留至", "研判人"
ACCOUNT, TERM = "账号", "命中内容"
FINGERPRINT, CHECK, EXPORTED_AT = "指纹", "核对", "导出时间"
#: What the clerk fills in.
FILLED = (VERDICT, REASON, NOTE, UNTIL, BY)
#: What ties a row to its finding; hidden in a workbook.
HIDDEN = (FINGERPRINT, CHECK, EXPORTED_AT)
HEADERS = (
    NUMBER, "级别", "问题", TERM, "所在语句", ACCOUNT, "平台", "标题", "发布时间", "链接", *FILLED, "目前研判",
    "主办单位", "依据", "整改建议", "首次发现", *HIDDEN,
)  # fmt: skip

CONFIRM, ACCEPT, REOPEN = "确认", "暂予保留", "重新研判"
DISMISS = {
    "排除（仅本条）": DismissScope.POST,
    "排除（本账号同类）": DismissScope.ACCOUNT,
    "排除（全局同词）": DismissScope.EVERYWHERE,
}
VERDICTS: dict[str, tuple[Verdict, DismissScope]] = {
    CONFIRM: (Verdict.CONFIRM, DismissScope.POST),
    **{label: (Verdict.DISMISS, scope) for label, scope in DISMISS.items()},
    ACCEPT: (Verdict.ACCEPT, DismissScope.POST),
    REOPEN: (Verdict.REOPEN, DismissScope.POST),
}
#: What people write instead.
_SAID = {"属实": CONFIRM, "确认属实": CONFIRM, "误报": "排除（仅本条）", "排除": "排除（仅本条）", "保留": ACCEPT}
_BY_PLAIN: dict[str, str] = {}


def verdict_of(text: str) -> tuple[Verdict, DismissScope] | None:
    """The verdict that a cell names, whatever its brackets and blanks."""
    if not _BY_PLAIN:
        _BY_PLAIN.update({_plain(label): label for label in VERDICTS})
        _BY_PLAIN.update({_plain(said): label for said, label in _SAID.items()})
    label = _BY_PLAIN.get(_plain(text))
    return VERDICTS[label] if label else None


def verdict_label(verdict: Verdict, scope: DismissScope = DismissScope.POST) -> str:
    """The word of the choice for a verdict."""
    return next(label for label, value in VERDICTS.items() if value == (verdict, scope))


def reason_of(verdict: Verdict, text: str) -> str:
    """The reason of the fixed list that a cell names; empty for any other."""
    return next((reason for reason in REASONS[verdict] if _plain(reason) == _plain(text)), "")


def all_reasons() -> tuple[str, ...]:
    """Every reason once, the one that needs a note last."""
    named = dict.fromkeys(reason for reasons in REASONS.values() for reason in reasons if reason != OTHER)
    return (*named, OTHER)


def row_check(fingerprint: str, account: str, term: str) -> str:
    """What shows that a row's cells still belong together: sorting some columns only would part them."""
    text = "\x1f".join((fingerprint, _plain(account), _plain(term)))
    return "K" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _plain(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c == "*").casefold()
    return kept.lstrip("0") if kept.isdecimal() else kept
