"""Sheets about the office itself: units, people, contracts."""

from __future__ import annotations

from domain.register import (
    Person,
    StaffChange,
    Unit,
    Vendor,
)
from registry.sheets import words
from registry.sheets.fields import NOTE, V, account, accounts, day, number, person, text, unit
from registry.sheets.keys import first_of, joined
from registry.sheets.model import Field, Sheet

UNITS = Sheet(
    kind=Unit,
    title="单位",
    also=("单位表", "主办单位"),
    about="局机关和所属单位，每个单位一行",
    fields=(
        Field(
            header="单位名称",
            name="key",
            value=V.UNIT,
            required=True,
            help="法人证书上的全称",
            example="柳溪市救助管理站",
            also=("单位", "单位全称"),
        ),
        Field(
            header="统一社会信用代码",
            name="credit_code",
            value=V.CREDIT_CODE,
            help="18 位，含校验码",
            also=("信用代码", "社会信用代码"),
        ),
        Field(header="层级", name="tier", value=V.CHOICE, choices=words.TIERS, help="单选", example="市级"),
        Field(
            header="上级单位",
            name="superior",
            value=V.UNIT,
            help="单位全称",
            example="柳溪市民政局",
            also=("主管单位",),
        ),
        text("牵头科室", "lead_section", "负责政务新媒体工作的科室", "办公室"),
        Field(header="内设机构", name="sections", value=V.LIST, help="多个用顿号分开", example="办公室、综合科"),
        text("管理机构", "management_body", "明确管理政务新媒体的机构", "办公室"),
        Field(
            header="最少审核人数",
            name="least_reviewers",
            value=V.NUMBER,
            help="小单位自行规定的审核级数，不少于 2；不填按 3",
            example="3",
        ),
        Field(
            header="主账号", name="main_account", value=V.ACCOUNT, help="单位的主账号", example="微信公众号 柳溪民政"
        ),
        NOTE,
    ),
    make_key=first_of("key"),
    key_help="单位名称",
)
PEOPLE = Sheet(
    kind=Person,
    title="人员",
    also=("人员表", "管理人员", "人员台账"),
    about="主要负责人、分管领导、科室负责人、管理员和信息员，每人一行",
    fields=(
        number(),
        person("姓名", "name", required=True),
        unit(required=True),
        text("职务", "post", example="办公室主任", also=("单位及职务", "职位")),
        Field(
            header="人员类别",
            name="person_kind",
            value=V.CHOICE,
            choices=words.PERSON_KINDS,
            help="单选",
            example="在编在岗",
            also=("人员性质", "编制"),
        ),
        Field(
            header="职责",
            name="roles",
            value=V.CHOICES,
            choices=words.ROLES,
            help="可多选，用顿号分开",
            example="管理员、信息员",
            also=("角色", "岗位"),
        ),
        accounts("负责账号"),
        Field(
            header="办公电话",
            name="office_phone",
            value=V.PHONE,
            help="带区号",
            example="0999-2000001",
            also=("电话", "座机"),
        ),
        Field(header="手机号码", name="mobile", value=V.MOBILE, help="11 位", also=("手机", "手机号", "移动电话")),
        day("到岗日期", "started_on", "开始做这项工作的日期", also=("任职日期", "上岗日期")),
        day("离岗日期", "left_on", "不再做这项工作的第一天；在岗留空", also=("离任日期",)),
        day("保密审查日期", "secrecy_reviewed_on"),
        day("培训日期", "trained_on", "最近一次", also=("最近培训日期",)),
        NOTE,
    ),
    make_key=joined("unit", "name"),
    key_help="单位和姓名",
    ordered=(("started_on", "left_on"),),
)
VENDORS = Sheet(
    kind=Vendor,
    title="服务外包",
    also=("外包", "外包合同", "外包单位"),
    about="委托外单位运行维护的合同，每份合同一行",
    fields=(
        number(),
        text("外包单位", "name", "单位全称", "云江省柳叶文化传播有限公司", also=("外包单位名称", "服务单位")),
        unit("委托单位"),
        accounts(),
        Field(header="合同编号", name="contract_no", value=V.CODE, example="LX-2026-012", also=("合同号",)),
        text("外包内容", "scope", "写明外包哪些环节；审核和发布不得外包", "图文排版、视频制作"),
        day("合同起始日期", "starts_on", also=("开始日期", "起始日期")),
        day("合同终止日期", "ends_on", also=("结束日期", "终止日期", "到期日期")),
        Field(header="采购编号", name="procurement_no", value=V.CODE),
        text("采购方式", "procurement_method", example="竞争性磋商"),
        text("保密协议", "secrecy_rules", "文件名称或文号", "保密协议（2026）"),
        day("保密协议签订日期", "secrecy_signed_on"),
        day("保密协议到期日期", "secrecy_ends_on"),
        text("外包管理制度", "rules_document", "文件名称或文号"),
        day("外包管理制度修订日期", "rules_reviewed_on"),
        NOTE,
    ),
    make_key=first_of("contract_no", "name"),
    key_help="合同编号，没有合同编号的用外包单位",
    ordered=(("starts_on", "ends_on"), ("secrecy_signed_on", "secrecy_ends_on")),
)
STAFF_CHANGES = Sheet(
    kind=StaffChange,
    title="人员变动",
    also=("管理人员变动", "管理员变动"),
    about="账号管理人员离岗后的密码变更和资料交还，每人每个账号一行",
    fields=(
        number(),
        account(),
        person("离岗人员", "person", required=True, also=("姓名", "人员")),
        day("离岗日期", "left_on", required=True),
        day("密码变更日期", "password_changed_on"),
        day("交还日期", "returned_on", also=("资料交还日期",)),
        text("交还清单", "return_list", "交还了什么", "登录设备一台、账号资料一份"),
        NOTE,
    ),
    make_key=joined("account", "person", "left_on"),
    key_help="账号、离岗人员和离岗日期",
    whole=False,
)
OFFICE = (UNITS, PEOPLE, VENDORS, STAFF_CHANGES)
