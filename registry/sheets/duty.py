"""Sheets about what the office does all year: duty, statements, checks."""

from __future__ import annotations

from domain.register import Attestation, DutyShift, ImportantPeriod, Instruction, RegularCheck
from registry.sheets import words
from registry.sheets.fields import NOTE, V, account, day, minute, number, person, text, unit, yes
from registry.sheets.keys import first_of, joined
from registry.sheets.model import Field, Sheet

PERIODS = Sheet(
    kind=ImportantPeriod,
    title="重要时段",
    also=("重要时段表", "节假日和重要时段"),
    about="要求 24 小时值班的时段，每个时段一行",
    fields=(
        Field(header="时段名称", name="key", required=True, example="2026年国庆", also=("名称", "时段")),
        minute("开始时间", "starts_at", required=True, also=("起始时间",)),
        minute("结束时间", "ends_at", required=True, also=("终止时间",)),
        Field(
            header="值班单位",
            name="units",
            value=V.UNITS,
            help="留空为全部单位",
            example="柳溪市民政局",
            also=("单位",),
        ),
        NOTE,
    ),
    make_key=first_of("key"),
    key_help="时段名称",
    ordered=(("starts_at", "ends_at"),),
)
SHIFTS = Sheet(
    kind=DutyShift,
    title="值班表",
    also=("值班", "值班安排", "值班台账"),
    about="重要时段的值班，每人每班一行",
    whole=False,
    fields=(
        number(),
        unit(required=True),
        person("值班人", "person", required=True, also=("值班人员", "姓名")),
        Field(header="值班电话", name="phone", value=V.PHONE, example="0999-2000001", also=("电话", "联系电话")),
        minute("开始时间", "starts_at", required=True, also=("上班时间", "起始时间")),
        minute("结束时间", "ends_at", required=True, also=("下班时间", "终止时间")),
        yes("是否交接", "handed_over", also=("已交接", "交接")),
        NOTE,
    ),
    make_key=joined("unit", "person", "starts_at"),
    key_help="单位、值班人和开始时间",
    ordered=(("starts_at", "ends_at"),),
)
ATTESTATIONS = Sheet(
    kind=Attestation,
    title="承诺和说明",
    also=("承诺", "说明材料", "承诺书"),
    about="单位作出的承诺、说明和测试结果，每份材料一行",
    whole=False,
    fields=(
        number(),
        Field(
            header="事项",
            name="topic",
            value=V.CHOICE,
            required=True,
            choices=words.TOPICS,
            help="单选",
            example="密码变更",
            also=("材料类别", "类别"),
        ),
        unit(),
        account(required=False),
        person("姓名", "person", also=("承诺人", "人员")),
        day("日期", "stated_on", "材料上的日期", required=True, also=("签署日期", "出具日期", "完成日期")),
        day("有效期至", "valid_until", "没有期限留空", also=("到期日期",)),
        yes("是否通过", "passed", "测试、演练、评审的结果", also=("结果", "通过")),
        text("材料", "document", "文件名称或文号", "密码变更记录（2026年3月）", also=("材料名称", "文件")),
        NOTE,
    ),
    make_key=joined("topic", "stated_on", "account", "unit", "person", least=2),
    key_help="事项、日期和所涉账号、单位、人员",
    ordered=(("stated_on", "valid_until"),),
)
INSTRUCTIONS = Sheet(
    kind=Instruction,
    title="指导意见",
    also=("部门指导意见",),
    about="宣传、网信部门的指导意见和办理情况，每份一行",
    fields=(
        number(),
        text("来文部门", "department", example="市委网信办", also=("部门",)),
        unit("承办单位"),
        day("收到日期", "received_on", required=True),
        day("要求答复日期", "answer_by", also=("答复期限",)),
        day("答复日期", "answered_on"),
        NOTE,
    ),
    make_key=joined("department", "received_on"),
    key_help="来文部门和收到日期",
    ordered=(("received_on", "answer_by"), ("received_on", "answered_on")),
    whole=False,
)
CHECKS = Sheet(
    kind=RegularCheck,
    title="定期检查",
    also=("季度检查",),
    about="牵头科室的定期检查，每次一行",
    fields=(
        number(),
        unit("检查单位", required=True),
        day("检查日期", "checked_on", required=True),
        text("检查报告", "report", "文件名称或文号", "2026年一季度检查通报"),
        NOTE,
    ),
    make_key=joined("unit", "checked_on"),
    key_help="检查单位和检查日期",
    whole=False,
)
DUTY = (PERIODS, SHIFTS, ATTESTATIONS, INSTRUCTIONS, CHECKS)
