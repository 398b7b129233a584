"""致函 and 报告: a counterfeit account to its platform and to 网信, an emergency closing to the superior."""

from __future__ import annotations

from datetime import date

from domain.clock import in_china
from domain.matters import Matter
from reports import labels
from reports.documents.content import Annex, Block, Grid, Heading, Official, Paragraph, chinese_date


def counterfeit_to_platform(
    matter: Matter, *, bureau: str, signer: str, platform_operator: str, on: date, phone: str = "", letterhead: str = ""
) -> Official:
    """第十二条: asks the operator of the platform to close an account that passes for the bureau."""
    return Official(
        title=("关于商请关停", f"假冒“{bureau}”账号的函"),
        to=platform_operator,
        body=(
            Paragraph(
                f"经核查，你平台{_platform(matter)}账号“{matter.subject}”"
                f"{_at(matter)}并非{bureau}开设或授权，存在假冒{bureau}政务新媒体的情形。{_reason(matter)}"
            ),
            Paragraph(
                f"为维护政府公信力，防止群众受到误导，现商请你平台依据《互联网用户公众账号信息服务管理规定》和平台规则，"
                f"对该账号予以关停，并将处理结果函复{signer}。"
            ),
            Paragraph("如需补充证明材料，请与我们联系。"),
        ),
        signer=bureau,
        on=on,
        letterhead=letterhead,
        note=f"联系人：　　　　　联系电话：{phone or '　　　　　　'}",
    )


def counterfeit_to_cyberspace(
    matter: Matter, *, bureau: str, office: str, on: date, phone: str = "", letterhead: str = ""
) -> Official:
    """第十二条: consults 网信 (and police and telecom, who get a copy) on an account that passes for the bureau."""
    return Official(
        title=("关于商请协同处置", f"假冒“{bureau}”账号的函"),
        to=office,
        body=(
            Paragraph(
                f"{_day(matter)}，我局发现{labels.platform(matter.platform)}账号“{matter.subject}”{_at(matter)}"
                f"假冒{bureau}政务新媒体。{_reason(matter)}经核查，该账号并非{bureau}开设或授权。"
            ),
            Paragraph(
                f"按照假冒政务新媒体处置的有关规定，我局{'已' if _taken(matter, 'letter') else '正在'}致函平台运营方"
                "要求关停。现商请贵办依职责协同处置，"
                "并会同公安、电信主管部门依法查处。有关处置情况将报上一级政务新媒体主管单位备案。"
            ),
            *_steps(matter),
        ),
        signer=bureau,
        on=on,
        letterhead=letterhead,
        copies="公安机关，电信主管部门",
        note=f"联系人：　　　　　联系电话：{phone or '　　　　　　'}",
    )


def emergency_closure(matter: Matter, *, bureau: str, signer: str, to: str, on: date, letterhead: str = "") -> Official:
    """第五条: an account that had to be closed at once, reported upward (and to 宣传、网信、公安 where safety is
    touched)."""
    safety = "该情况涉及网络舆情、信息内容安全或网络安全，已按规定同时向宣传、网信、公安等部门报备。"
    return Official(
        title=("关于紧急关停", f"政务新媒体“{matter.subject}”的报告"),
        to=to,
        body=(
            Heading(1, "一、基本情况"),
            Paragraph(
                f"{_day(matter)}{in_china(matter.began_at):%H:%M}，{bureau}政务新媒体“{matter.subject}”"
                f"{_platform(matter)}{_at(matter)}因{matter.reason or '　　　　　　　　'}紧急关停。"
            ),
            Heading(1, "二、处置情况"),
            *(_steps(matter) or [Paragraph("处置步骤尚未登记。")]),
            *([Paragraph(_safety(matter, safety))] if matter.safety else []),
            Heading(1, "三、下一步工作"),
            Paragraph(
                f"{signer}将会同主办单位查明原因、消除隐患。确需关停注销的，按程序逐级报核后办理并向社会公告；"
                "具备恢复条件的，报核准后恢复。后续情况及时续报。"
            ),
        ),
        signer=bureau,
        on=on,
        letterhead=letterhead,
        copies="宣传部门，网信部门，公安机关" if matter.safety else "",
        annexes=(_table(matter),),
    )


def _safety(matter: Matter, told: str) -> str:
    """Only what was filed is said to be done."""
    taken = {one.key for one in matter.done}
    if {"publicity", "cyberspace", "police"} <= taken:
        return told
    return "该情况涉及网络舆情、信息内容安全或网络安全，须同时向宣传、网信、公安等部门报备（尚未全部登记，见附件）。"


def _steps(matter: Matter) -> list[Block]:
    titles = {step.key: step.title for step, _, _ in matter.steps}
    told: list[Block] = []
    for one in matter.done:
        paper = f"（{one.paper}）" if one.paper else ""
        note = f"：{one.note.rstrip('。')}" if one.note else ""
        when = f"{chinese_date(in_china(one.at).date())}{in_china(one.at):%H:%M}"
        told.append(Paragraph(f"{when}，{titles.get(one.key, one.key)}{paper}{note}。"))
    return told


def _table(matter: Matter) -> Annex:
    rows = tuple(
        (step.title, labels.instant(due), labels.instant(done.at) if done else "未登记", done.by if done else "",
         done.paper if done else "")
        for step, due, done in matter.steps
    )  # fmt: skip
    headers = ("步骤", "应于此前完成", "完成时间", "经办人", "文号")
    return Annex(("处置步骤登记表",), (Grid(headers, rows, (4, 3, 3, 2, 3), size=12.0),), landscape=False)


def _platform(matter: Matter) -> str:
    return f"（{labels.platform(matter.platform)}）" if matter.platform else ""


def _taken(matter: Matter, step: str) -> bool:
    return any(one.key == step for one in matter.done)


def _at(matter: Matter) -> str:
    return f"（{matter.url}）" if matter.url else ""


def _reason(matter: Matter) -> str:
    return f"主要情形：{matter.reason.rstrip('。')}。" if matter.reason else ""


def _day(matter: Matter) -> str:
    return chinese_date(in_china(matter.began_at).date())
