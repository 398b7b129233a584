"""ID card numbers, of 18 and of 15 digits, in the spellings that slip through."""

from __future__ import annotations

from datetime import date

from replica.demo import files
from replica.demo.violations import where
from replica.demo.violations.plant import Plant, full_width, grouped, noisy
from replica.identities import Identities

_ID, _ID15 = "privacy-id-card-number", "privacy-id-card-number-15"


def plants(people: Identities) -> tuple[Plant, ...]:
    """What is planted for the two rules of ID card numbers."""
    return (*_id_cards(people), *_old_id_cards(people))


def _id_cards(people: Identities) -> tuple[Plant, ...]:
    plain = people.id_card()
    wide = full_width(people.id_card(ends_with_x=False))
    spaced = grouped(people.id_card(), 6, 8)
    hidden = noisy(people.id_card(), 6, 14)
    tabled = people.id_card(female=True)
    titled = people.id_card()
    lower = people.id_card(ends_with_x=True).lower()
    dashed = grouped(people.id_card(), 6, 8, by="-")
    cell = people.id_card(born=date(1947, 8, 19))
    printed = people.id_card(born=date(1951, 2, 3))
    cut_off = people.id_card()
    return (
        Plant(
            rule_id=_ID,
            term=plain,
            account=where.SITE,
            spelling="照抄",
            paragraphs=(f"经审核，申请人周某某（身份证号{plain}）符合条件，拟纳入保障，现予公示。",),
        ),
        Plant(
            rule_id=_ID,
            term=wide,
            account=where.WECHAT_MAIN,
            spelling="全角数字",
            paragraphs=(f"寻亲对象自述证件号码为{wide}，如有家属线索请尽快与站内联系。",),
        ),
        Plant(
            rule_id=_ID,
            term=spaced,
            account=where.WEIBO_MAIN,
            spelling="分段空格",
            paragraphs=(f"拾到身份证一张，号码{spaced}，请失主到市民政局门卫处认领。",),
        ),
        Plant(
            rule_id=_ID,
            term=hidden,
            account=where.WECHAT_MAIN,
            spelling="夹零宽字符",
            paragraphs=(f"补贴对象核对结果：吴某，{hidden}，审核通过，下月起发放。",),
        ),
        Plant(
            rule_id=_ID,
            term=tabled,
            account=where.SITE,
            spelling="表格单元格",
            paragraphs=(
                f"姓名\t身份证号\t补贴类别\n郑某\t{people.masked_id_card()}\t护理补贴\n王某\t{tabled}\t生活补贴",
            ),
        ),
        Plant(
            rule_id=_ID,
            term=titled,
            account=where.SITE,
            spelling="写在标题里",
            whole=True,
            title=f"关于孙某某（{titled}）入住申请的公示",
            paragraphs=(
                "经本人申请、能力评估和入户核实，拟同意其入住市社会福利院，公示期七天。",
                "公示期内如有异议，请向市社会福利院反映。",
            ),
        ),
        Plant(
            rule_id=_ID,
            term=lower,
            account=where.WECHAT_ALBUM,
            spelling="末位小写x",
            paragraphs=(f"拟任负责人李某，公民身份号码{lower}，任职资格已报送审查。",),
        ),
        Plant(
            rule_id=_ID,
            term=dashed,
            account=where.WECHAT_RSS,
            spelling="连字符分段",
            paragraphs=(f"受助人员登记信息：冯某，男，证件{dashed}，已购票返乡。",),
        ),
        Plant(
            rule_id=_ID,
            term=cell,
            account=where.SITE,
            spelling="xlsx 附件的单元格",
            whole=True,
            title="高龄津贴新增人员名单公示（附表）",
            paragraphs=("本期新增高龄津贴发放对象名单见附件，公示期七天。",),
            files=(
                files.xlsx(
                    "高龄津贴新增人员名单.xlsx",
                    (
                        ("序号", "姓名", "证件号码", "所在乡镇"),
                        ("1", "陈某", people.masked_id_card(), "青石镇"),
                        ("2", "褚某", cell, "白渡镇"),
                        ("3", "卫某", people.masked_id_card(), "柳林镇"),
                    ),
                    sheet="新增名单",
                ),
            ),
        ),
        Plant(
            rule_id=_ID,
            term=printed,
            account=where.SITE,
            spelling="docx 附件的段落",
            whole=True,
            title="特困人员集中供养审批结果公告（附件）",
            paragraphs=("审批结果见附件，如有异议请在公示期内提出。",),
            files=(
                files.docx(
                    "审批结果.docx",
                    ("特困人员集中供养审批结果", f"蒋某，住石门镇，身份证号{printed}，同意入住市社会福利院。"),
                ),
            ),
        ),
        Plant(
            rule_id=_ID,
            term=cut_off,
            account=where.WEIBO_MAIN,
            spelling="长微博的后半段",
            at_end=True,
            paragraphs=(f"附获助学生登记：沈某，证件号{cut_off}。",),
        ),
    )


def _old_id_cards(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.id_card_15(), people.id_card_15(female=True)
    wide, spaced = full_width(people.id_card_15()), grouped(people.id_card_15(), 6, 6)
    return (
        Plant(
            rule_id=_ID15,
            term=plain,
            account=where.SITE,
            spelling="照抄",
            paragraphs=(f"经查阅旧档，韩某的身份证号为{plain}，与户籍登记一致。",),
        ),
        Plant(
            rule_id=_ID15,
            term=wide,
            account=where.WECHAT_MAIN,
            spelling="全角数字",
            paragraphs=(f"婚姻档案补录公告：当事人杨某，公民身份号码{wide}，请携材料到窗口核对。",),
        ),
        Plant(
            rule_id=_ID15,
            term=tabled,
            account=where.SITE,
            spelling="表格单元格",
            paragraphs=(f"姓名\t身份证号码\t档案年份\n朱某\t{tabled}\t1988",),
        ),
        Plant(
            rule_id=_ID15,
            term=spaced,
            account=where.WECHAT_CHILDREN,
            spelling="分段空格",
            paragraphs=(f"历史收养档案核查：收养人秦某，旧身份证{spaced}。",),
        ),
    )
