"""The Chinese words of the closed choices; the first word of each value is the one that is written."""

from __future__ import annotations

from domain.register import Change, EventKind, PersonKind, Role
from registry.columns import PLATFORMS as _PLATFORMS

EVENTS = {
    "开设": EventKind.OPEN.value,
    "新开设": EventKind.OPEN.value,
    "变更": EventKind.CHANGE.value,
    "关停": EventKind.CLOSE.value,
    "关停（注销）": EventKind.CLOSE.value,
    "注销": EventKind.CANCEL.value,
    "补录": EventKind.BACKFILL.value,
    "紧急关停": EventKind.EMERGENCY.value,
}
CHANGES = {
    "名称": Change.NAME.value,
    "账号名称": Change.NAME.value,
    "账号": Change.NAME.value,
    "主体": Change.SUBJECT.value,
    "认证主体": Change.SUBJECT.value,
    "简介": Change.INTRODUCTION.value,
    "头像": Change.AVATAR.value,
    "平台": Change.PLATFORM.value,
    "类型": Change.TYPE.value,
    "联系方式": Change.CONTACT.value,
    "其他": Change.OTHER.value,
    "基本信息": Change.OTHER.value,
}
PERSON_KINDS = {
    "在编在岗": PersonKind.STAFF.value,
    "在编": PersonKind.STAFF.value,
    "聘用借调": PersonKind.CONTRACT.value,
    "聘用": PersonKind.CONTRACT.value,
    "借调": PersonKind.CONTRACT.value,
    "编外": PersonKind.CONTRACT.value,
    "外包人员": PersonKind.VENDOR.value,
    "外包": PersonKind.VENDOR.value,
    "智能软件": PersonKind.SOFTWARE.value,
    "软件": PersonKind.SOFTWARE.value,
    "智能客服": PersonKind.SOFTWARE.value,
}
ROLES = {
    "主要负责人": Role.CHIEF.value,
    "分管领导": Role.LEADER.value,
    "科室负责人": Role.HEAD.value,
    "管理员": Role.MANAGER.value,
    "信息员": Role.EDITOR.value,
    "编辑": Role.EDITOR.value,
}
TIERS = {"市级": "市级", "市直": "市级", "县区": "县区", "县级": "县区"}
CHANNELS = {
    "局网站": "局网站",
    "网站": "局网站",
    "政务公开": "政务公开",
    "微博": "微博",
    "微信": "微信",
    "其他": "其他",
}
GATES = {word: f"{name}关" for name in ("政治", "法律", "政策", "保密", "舆情", "文字") for word in (f"{name}关", name)}
TOPICS = {
    "岗位职责分工": "duty_matrix",
    "年度说明": "yearly_statement",
    "经费保障": "funds",
    "管理制度": "rules",
    "密码变更": "password_changed",
    "密码复杂度说明": "password_complexity",
    "登录承诺": "login_statement",
    "责任制说明": "responsibility",
    "安全管理制度": "safety_rules",
    "保密审查制度": "secrecy_rules",
    "应急预案": "emergency_plan",
    "应急演练": "drill",
    "审核制度": "review_rules",
    "个人账号承诺": "personal_accounts",
    "公职人员个人账号承诺": "personal_accounts",
    "客户端功能说明": "app_functions",
    "适老化测试": "elderly_test",
    "无障碍测试": "accessibility_test",
    "IPv6测试": "ipv6_test",
    "互动测试": "interaction_test",
    "信息确认": "confirmed",
    "登录设备清单": "device_list",
    "外包管理制度": "vendor_rules",
    "培训": "training",
}
PLATFORMS = dict(_PLATFORMS)
