"""整改通知书 and its 回执."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.rectification import ItemProgress, Rectification
from reports import labels
from reports.documents.content import Annex, Block, Grid, Official, Paragraph, chinese_date
from reports.model import Clause

_REPLY = ("序号", "问题编号", "整改措施", "完成时间", "责任人", "单位负责人签字（盖章）")


def notice(
    entry: Rectification,
    clauses: Mapping[str, Clause],
    *,
    bureau: str,
    signer: str,
    regulation: str = "",
    letterhead: str = "",
    phone: str = "",
) -> Official:
    """The notice with the list of its items and the slip to answer on. It is the paper that was issued: what became of
    it since stands in the ledger."""
    said = entry.notice
    accounts = list(dict.fromkeys((item.account_name, item.platform) for item in said.items))
    named = "、".join(f"“{name}”（{labels.platform(platform)}）" for name, platform in accounts)
    rule = regulation or f"《{bureau}政务新媒体管理制度》"
    body: list[Block] = [
        *([] if letterhead else [Paragraph(f"编号：{said.number}", indent=False)]),
        Paragraph(f"经检查，你单位主办的政务新媒体{named}存在{len(said.items)}个问题（清单见附件1）。"),
        Paragraph(f"请按下列时限完成整改：{_times(entry.items)}。{said.counting}。"),
        *([Paragraph(f"{said.caution}。")] if said.caution else []),
        Paragraph(
            "对涉及个人隐私、涉密敏感和严重表述错误的信息应当立即下线。整改完成后，请填写《整改回执》（附件2）"
            f"并附证明材料，于{chinese_date(said.last_due_on)}前报{signer}；经复查确已整改的予以销号，"
            "复查仍存在的重新整改。"
        ),
        Paragraph(f"逾期未整改或者拒绝整改的，依据{rule}第十三条责令关停账号，予以公开通报。"),
    ]
    return Official(
        title=("政务新媒体", "整改通知书"),
        to=said.unit,
        body=tuple(body),
        signer=signer,
        on=said.issued_on,
        number=said.number if letterhead else "",
        letterhead=letterhead,
        note=f"联系人：　　　　　联系电话：{phone or '　　　　　　'}",
        annexes=(_items(entry, clauses), reply_annex(entry)),
    )


def reply_form(entry: Rectification, *, signer: str) -> Official:
    """回执 alone, to be sent with the notice or filled in by hand; items that were taken back are left out."""
    said = entry.notice
    return Official(
        title=("政务新媒体", "整改回执"),
        to=signer,
        body=(
            Paragraph(f"你局《政务新媒体整改通知书》（{said.number}）收悉，现将整改情况回复如下："),
            _reply_grid(entry),
            Paragraph(f"附整改证明材料{chr(0xA0) * 6}份（截图、删除或更正后的链接等）。"),
        ),
        signer=f"{said.unit}（盖章）",
        on=said.issued_on,
        open_date=True,
    )


def reply_annex(entry: Rectification) -> Annex:
    """回执 as an annex of the notice."""
    return Annex(("整改回执",), (Paragraph(f"通知书编号：{entry.notice.number}", indent=False), _reply_grid(entry)))


def _reply_grid(entry: Rectification) -> Grid:
    rows = tuple(
        (str(one.item.number), one.item.fingerprint, "", "", "", "")
        for one in entry.items
        if one.state.is_open or one.rechecks or one.replied_at
    )
    return Grid(_REPLY, rows, (1.1, 4.2, 6, 2.4, 2.2, 4), size=10.5, least=12.0)


def _items(entry: Rectification, clauses: Mapping[str, Clause]) -> Annex:
    headers = ("序号", "问题编号", "发现时间", "信息标题和链接", "问题描述（已脱敏）", "等级", "依据条款", "整改时限")
    rows = tuple(
        (
            str(item.number),
            item.fingerprint,
            labels.instant(item.found_at),
            "\n".join(part for part in (item.post_title, item.post_url) if part) or f"“{item.account_name}”账号整体",
            "\n".join(dict.fromkeys(part for part in (item.problem, item.sentence) if part)),
            labels.SEVERITY[item.severity],
            labels.clauses(clauses.get(key, Clause(key=key)) for key in item.clauses),
            f"{item.days}日内\n（{item.due_on.isoformat()}前）",
        )
        for item in entry.notice.items
    )
    return Annex(("问题清单",), (Grid(headers, rows, (1.2, 4.2, 2.6, 5, 5.6, 1.3, 4.6, 2.8), size=10.5),))


def _times(items: tuple[ItemProgress, ...]) -> str:
    """``第1、2项（严重）于2026年10月9日前``: by the day the paper says."""
    by_day: dict[date, list[ItemProgress]] = {}
    for one in items:
        by_day.setdefault(one.item.due_on, []).append(one)
    parts = []
    for day, several in sorted(by_day.items()):
        numbers = _runs([one.item.number for one in several])
        grades = "、".join(dict.fromkeys(labels.SEVERITY[one.item.severity] for one in several))
        parts.append(f"第{numbers}项（{grades}）于{chinese_date(day)}前")
    return "，".join(parts)


def _runs(numbers: list[int]) -> str:
    """``1—4、6``: runs of three and more are drawn together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return "、".join(told)
