"""Sheets about the filing of accounts."""

from __future__ import annotations

from domain.register import FilingEvent, FilingSheet
from registry.sheets import words
from registry.sheets.fields import NOTE, V, account, day, event, minute, number, person, text, url, yes
from registry.sheets.keys import of_event, of_form
from registry.sheets.model import Field, Sheet

EVENTS = Sheet(
    kind=FilingEvent,
    title="备案事项",
    also=("备案台账", "备案事项台账"),
    about="账号的开设、变更、关停、注销、补录，每件事一行",
    fields=(
        number(),
        account(),
        event(),
        Field(
            header="变更内容",
            name="changes",
            value=V.CHOICES,
            choices=words.CHANGES,
            help="变更时填，可多选",
            example="名称",
            also=("变更事项",),
        ),
        text("变更前", "old_value"),
        text("变更后", "new_value"),
        text("理由", "reason", example="宣传民政政策、服务群众", also=("原因", "开设理由")),
        day("研究同意日期", "agreed_on", "集体研究或主要负责人同意的日期", also=("同意日期",)),
        text("同意方式", "agreed_by", "集体研究，或主要负责人姓名", "集体研究"),
        text("同意文件", "agreed_document", example="局长办公会纪要〔2026〕3号"),
        day("申请日期", "applied_on", also=("申报日期",)),
        day("审批日期", "approved_on", "市民政局审批（核准）的日期", also=("批准日期", "核准日期")),
        text("审批人", "approver", also=("批准人", "审批单位")),
        day("报告日期", "reported_on", "报市级主管单位的日期"),
        day("系统填报日期", "system_on", also=("系统录入日期",)),
        Field(header="系统编号", name="system_no", value=V.CODE, also=("备案号",)),
        day("向平台申请日期", "asked_platform_on"),
        text("平台答复", "platform_reply"),
        day("办结日期", "done_on", also=("完成日期",)),
        day("提请市政府办日期", "escalated_on", "平台不办或不答复时"),
        url("公告网址", "announcement_url"),
        day("公告日期", "announced_on", also=("公告开始日期",)),
        day("公告截止日期", "announcement_ends_on", also=("公告结束日期",)),
        minute("紧急情况发生时间", "happened_at"),
        minute("报局时间", "reported_bureau_at"),
        minute("报市时间", "reported_city_at"),
        yes("是否涉及舆情安全", "involves_opinion", "涉及舆情、内容安全、网络安全", also=("涉及舆情",)),
        minute("报宣传部门时间", "reported_publicity_at"),
        minute("报网信部门时间", "reported_cyberspace_at"),
        minute("报公安部门时间", "reported_police_at"),
        text("并入账号", "merged_into", "内容并入的账号"),
        NOTE,
    ),
    make_key=of_event,
    key_help="账号和备案事由；变更还要有申请、同意或审批日期之一",
    ordered=(("announced_on", "announcement_ends_on"),),
    whole=False,
)


def _row(title: str, name: str) -> tuple[Field, ...]:
    """One row of 管理队伍 on the form."""
    return (
        person(f"{title}姓名", f"{name}_name", also=(title,)),
        text(f"{title}职务", f"{name}_post", "单位及职务", also=(f"{title}单位及职务",)),
        Field(header=f"{title}办公电话", name=f"{name}_phone", value=V.PHONE, also=(f"{title}电话",)),
        Field(header=f"{title}手机", name=f"{name}_mobile", value=V.MOBILE, also=(f"{title}手机号码",)),
    )


FORMS = Sheet(
    kind=FilingSheet,
    title="备案登记表",
    also=("登记表",),
    about="每张备案登记表一行",
    whole=False,
    fields=(
        number(),
        account(),
        Field(header="备案事项编号", name="event_key", value=V.CODE, help="“备案事项”表中的编号；可留空"),
        text("名称", "name", "表上写的名称", "柳溪民政"),
        event(),
        text("变更类别", "change", "账号、基本信息或其他"),
        text("类型", "platform_type", "微信公众号、新浪微博、移动客户端APP、其他平台", "微信公众号"),
        text("类型细分", "platform_subtype", "服务号、订阅号、小程序，或其他平台的名称", "订阅号"),
        day("开设时间", "opened_on", also=("开设日期",)),
        yes("是否通过认证", "certified"),
        text("简介", "introduction"),
        url("文章网址", "article_url", also=("文章URL",)),
        url("主页网址", "home_url", also=("主页URL",)),
        url("下载网址", "download_url", also=("下载URL",)),
        text("服务外包单位", "vendor", "名称及资质，没有填“无”", "无", also=("服务外包单位名称及资质",)),
        *_row("分管领导", "leader"),
        *_row("科室负责人", "head"),
        *_row("管理员", "manager"),
        person("主办单位签字人", "sponsor_signed_by"),
        day("主办单位签字日期", "sponsor_signed_on"),
        day("主办单位盖章日期", "sponsor_sealed_on"),
        day("同级主管单位盖章日期", "supervisor_sealed_on"),
        day("县区主管单位盖章日期", "county_sealed_on"),
        NOTE,
    ),
    make_key=of_form,
    key_help="账号和备案事由",
)

FILINGS = (EVENTS, FORMS)
