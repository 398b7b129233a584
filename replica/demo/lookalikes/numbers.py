"""Numbers that are no person's: masked ones, running numbers, codes, hotlines, amounts, times."""

from __future__ import annotations

from replica.demo import files
from replica.demo.lookalikes.lookalike import Lookalike
from replica.demo.violations.plant import full_width
from replica.identities import Identities

_ID, _ID15, _MOBILE, _CARD = (
    "privacy-id-card-number",
    "privacy-id-card-number-15",
    "privacy-mobile-number",
    "privacy-bank-card-number",
)


def lookalikes(people: Identities) -> tuple[Lookalike, ...]:
    """Every harmless number."""
    return (*_like_id(people), *_like_old_id(people), *_like_mobile(people), *_like_card(people))


def _like_id(people: Identities) -> tuple[Lookalike, ...]:
    code, digits = people.credit_code(), people.credit_code("51", digits_only=True)
    return (
        Lookalike(
            rule_id=_ID,
            kind="已脱敏的号码",
            paragraphs=(f"公示对象钱某，身份证号{people.masked_id_card()}，如有异议请实名反映。",),
        ),
        Lookalike(
            rule_id=_ID,
            kind="全角星号脱敏",
            paragraphs=(f"拟发放对象郑某，证件号{full_width(people.masked_id_card())}，公示七天。",),
        ),
        Lookalike(
            rule_id=_ID,
            kind="表格里全部脱敏",
            paragraphs=(
                f"姓名\t身份证号\t金额（元）\n田某\t{people.masked_id_card()}\t120\n樊某\t{people.masked_id_card()}\t120",
            ),
        ),
        Lookalike(
            rule_id=_ID,
            kind="18 位受理编号（校验不过）",
            paragraphs=(f"您的申请已受理，受理编号{people.order_number()}，可凭编号查询进度。",),
        ),
        Lookalike(
            rule_id=_ID,
            kind="统一社会信用代码",
            paragraphs=(f"新登记社会服务机构一家，统一社会信用代码{code}，业务范围为社区助老。",),
        ),
        Lookalike(
            rule_id=_ID,
            kind="全为数字的统一社会信用代码",
            paragraphs=(f"经核实，该协会统一社会信用代码为{digits}，登记状态正常。",),
        ),
        Lookalike(
            rule_id=_ID,
            kind="校验恰好相符的项目编号",
            paragraphs=(f"采购项目编号：{people.id_card(ends_with_x=False)}，请供应商按公告要求下载文件。",),
        ),
        Lookalike(
            rule_id=_ID, kind="时间戳流水号", paragraphs=("缴费成功，交易流水20260512093015004471，请留存备查。",)
        ),
        Lookalike(
            rule_id=_ID,
            kind="附件里已脱敏的名单",
            paragraphs=("本期护理补贴发放名单见附件。",),
            files=(
                files.xlsx(
                    "护理补贴发放名单.xlsx",
                    (
                        ("姓名", "身份证号", "金额"),
                        ("鲍某", people.masked_id_card(), "80"),
                        ("史某", people.masked_id_card(), "80"),
                    ),
                ),
            ),
        ),
    )


def _like_old_id(people: Identities) -> tuple[Lookalike, ...]:
    return (
        Lookalike(
            rule_id=_ID15, kind="15 位设备号", paragraphs=("走失手环设备号861234567890123，定位正常，请家属放心。",)
        ),
        Lookalike(
            rule_id=_ID15, kind="15 位商户号", paragraphs=("捐赠扫码收款商户号898340199990001，到账后开具票据。",)
        ),
        Lookalike(rule_id=_ID15, kind="15 位流水号", paragraphs=("采购合同编号为340123202605181，合同文本已公开。",)),
        Lookalike(rule_id=_ID15, kind="15 位档案条码", paragraphs=("档案盒条码690123456789012，移交清单一式两份。",)),
        Lookalike(
            rule_id=_ID15, kind="已脱敏的旧号码", paragraphs=("旧档登记人卢某，身份证号349901******123，信息一致。",)
        ),
        Lookalike(rule_id=_ID15, kind="到秒的时间加序号", paragraphs=("系统自动备份批次202605200130001，校验完成。",)),
    )


def _like_mobile(people: Identities) -> tuple[Lookalike, ...]:
    number = people.mobile()
    return (
        Lookalike(
            rule_id=_MOBILE, kind="服务热线", paragraphs=("政策咨询请拨打12345，民政服务热线12349，反诈专线96110。",)
        ),
        Lookalike(rule_id=_MOBILE, kind="办公座机", paragraphs=("联系电话：0565-3320100，传真：0565-3320101。",)),
        Lookalike(
            rule_id=_MOBILE,
            kind="已脱敏的手机号",
            paragraphs=(f"获奖志愿者名单：潘某，手机{number[:3]}****{number[-4:]}，请尽快领取证书。",),
        ),
        Lookalike(
            rule_id=_MOBILE,
            kind="单位公布的值班手机",
            paragraphs=(f"夜间遇有求助人员，请拨打市救助管理站24小时值班电话：{people.mobile()}。",),
        ),
        Lookalike(rule_id=_MOBILE, kind="400 电话", paragraphs=("设备报修请致电400-800-1234，工作时间有人接听。",)),
        Lookalike(rule_id=_MOBILE, kind="嵌在长编号里", paragraphs=("快递单号SF138000012345678，助残辅具已发出。",)),
        Lookalike(rule_id=_MOBILE, kind="11 位金额", paragraphs=("全省财政五年累计安排补助资金13500000000元。",)),
        Lookalike(rule_id=_MOBILE, kind="小数", paragraphs=("测得系数为0.13800001234，误差在允许范围内。",)),
    )


def _like_card(people: Identities) -> tuple[Lookalike, ...]:
    card = people.bank_card()
    broken = card[:-1] + str((int(card[-1]) + 3) % 10)
    return (
        Lookalike(
            rule_id=_CARD, kind="只露后四位", paragraphs=(f"补贴已打入尾号{card[-4:]}的社会保障卡，请查收短信。",)
        ),
        Lookalike(
            rule_id=_CARD, kind="中间脱敏", paragraphs=(f"收款卡号{card[:6]}*********{card[-4:]}，信息已核对。",)
        ),
        Lookalike(
            rule_id=_CARD,
            kind="统一社会信用代码",
            paragraphs=(f"受赠单位统一社会信用代码{people.credit_code('53')}，捐赠协议已公开。",),
        ),
        Lookalike(
            rule_id=_CARD,
            kind="单位公布的捐赠账户",
            paragraphs=(f"捐赠账户：户名柳溪市慈善总会，开户行柳溪农商行，账号{people.bank_card()}，欢迎监督。",),
        ),
        Lookalike(
            rule_id=_CARD, kind="不过校验的 19 位单号", paragraphs=(f"物资调拨单号{broken}，已送达各乡镇仓库。",)
        ),
        Lookalike(rule_id=_CARD, kind="微博编号", paragraphs=("网友留言编号5300123456789012已回复，感谢监督。",)),
        Lookalike(rule_id=_CARD, kind="发票号码", paragraphs=("电子票据号码34000626000512345678，可在线查验。",)),
    )
