"""Numbers of people: ID cards, mobiles, bank cards, in the spellings that slip through."""

from __future__ import annotations

from datetime import date

from replica.demo import files
from replica.demo.violations import where
from replica.demo.violations.plant import Plant, full_width, grouped, noisy
from replica.identities import Identities

_ID, _ID15, _MOBILE, _CARD = (
    "privacy-id-card-number",
    "privacy-id-card-number-15",
    "privacy-mobile-number",
    "privacy-bank-card-number",
)


def plants(people: Identities) -> tuple[Plant, ...]:
    """Everything planted for the privacy rules."""
    return (*_id_cards(people), *_old_id_cards(people), *_mobiles(people), *_bank_cards(people))


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
        Plant(rule_id=_ID, term=plain, account=where.SITE, spelling="照抄",
              paragraphs=(f"经审核，申请人周某某（身份证号{plain}）符合条件，拟纳入保障，现予公示。",)),
        Plant(rule_id=_ID, term=wide, account=where.WECHAT_MAIN, spelling="全角数字",
              paragraphs=(f"寻亲对象自述证件号码为{wide}，如有家属线索请尽快与站内联系。",)),
        Plant(rule_id=_ID, term=spaced, account=where.WEIBO_MAIN, spelling="分段空格",
              paragraphs=(f"拾到身份证一张，号码{spaced}，请失主到市民政局门卫处认领。",)),
        Plant(rule_id=_ID, term=hidden, account=where.WECHAT_MAIN, spelling="夹零宽字符",
              paragraphs=(f"补贴对象核对结果：吴某，{hidden}，审核通过，下月起发放。",)),
        Plant(rule_id=_ID, term=tabled, account=where.SITE, spelling="表格单元格",
              paragraphs=(f"姓名\t身份证号\t补贴类别\n郑某\t{people.masked_id_card()}\t护理补贴\n王某\t{tabled}\t生活补贴",)),
        Plant(rule_id=_ID, term=titled, account=where.SITE, spelling="写在标题里", whole=True,
              title=f"关于孙某某（{titled}）入住申请的公示",
              paragraphs=("经本人申请、能力评估和入户核实，拟同意其入住市社会福利院，公示期七天。",
                          "公示期内如有异议，请向市社会福利院反映。")),
        Plant(rule_id=_ID, term=lower, account=where.WECHAT_ALBUM, spelling="末位小写x",
              paragraphs=(f"拟任负责人李某，公民身份号码{lower}，任职资格已报送审查。",)),
        Plant(rule_id=_ID, term=dashed, account=where.WECHAT_RSS, spelling="连字符分段",
              paragraphs=(f"受助人员登记信息：冯某，男，证件{dashed}，已购票返乡。",)),
        Plant(rule_id=_ID, term=cell, account=where.SITE, spelling="xlsx 附件的单元格", whole=True, title="高龄津贴新增人员名单公示（附表）",
              paragraphs=("本期新增高龄津贴发放对象名单见附件，公示期七天。",),
              files=(files.xlsx("高龄津贴新增人员名单.xlsx", (
                  ("序号", "姓名", "证件号码", "所在乡镇"),
                  ("1", "陈某", people.masked_id_card(), "青石镇"),
                  ("2", "褚某", cell, "白渡镇"),
                  ("3", "卫某", people.masked_id_card(), "柳林镇")), sheet="新增名单"),)),
        Plant(rule_id=_ID, term=printed, account=where.SITE, spelling="docx 附件的段落", whole=True, title="特困人员集中供养审批结果公告（附件）",
              paragraphs=("审批结果见附件，如有异议请在公示期内提出。",),
              files=(files.docx("审批结果.docx", (
                  "特困人员集中供养审批结果", f"蒋某，住石门镇，身份证号{printed}，同意入住市社会福利院。")),)),
        Plant(rule_id=_ID, term=cut_off, account=where.WEIBO_MAIN, spelling="长微博的后半段", at_end=True,
              paragraphs=(f"附获助学生登记：沈某，证件号{cut_off}。",)),
    )  # fmt: skip


def _old_id_cards(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.id_card_15(), people.id_card_15(female=True)
    wide, spaced = full_width(people.id_card_15()), grouped(people.id_card_15(), 6, 6)
    return (
        Plant(rule_id=_ID15, term=plain, account=where.SITE, spelling="照抄",
              paragraphs=(f"经查阅旧档，韩某的身份证号为{plain}，与户籍登记一致。",)),
        Plant(rule_id=_ID15, term=wide, account=where.WECHAT_MAIN, spelling="全角数字",
              paragraphs=(f"婚姻档案补录公告：当事人杨某，公民身份号码{wide}，请携材料到窗口核对。",)),
        Plant(rule_id=_ID15, term=tabled, account=where.SITE, spelling="表格单元格",
              paragraphs=(f"姓名\t身份证号码\t档案年份\n朱某\t{tabled}\t1988",)),
        Plant(rule_id=_ID15, term=spaced, account=where.WECHAT_CHILDREN, spelling="分段空格",
              paragraphs=(f"历史收养档案核查：收养人秦某，旧身份证{spaced}。",)),
    )  # fmt: skip


def _mobiles(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.mobile(), people.mobile()
    wide, dashed, spaced = full_width(people.mobile()), grouped(people.mobile(), 3, 4, by="-"), grouped(people.mobile(), 3, 4)
    titled, cell, hidden = people.mobile(), people.mobile(), noisy(people.mobile(), 3, 7)
    return (
        Plant(rule_id=_MOBILE, term=plain, account=where.WEIBO_MAIN, spelling="照抄",
              paragraphs=(f"走失老人家属尤先生，手机{plain}，有线索请直接联系。",)),
        Plant(rule_id=_MOBILE, term=wide, account=where.WECHAT_MAIN, spelling="全角数字",
              paragraphs=(f"报名请联系许女士，电话{wide}，每天晚七点前均可。",)),
        Plant(rule_id=_MOBILE, term=dashed, account=where.SITE, spelling="连字符分段",
              paragraphs=(f"项目负责人何某，联系电话：{dashed}。",)),
        Plant(rule_id=_MOBILE, term=spaced, account=where.WECHAT_RSS, spelling="空格分段",
              paragraphs=(f"寻亲家属吕先生的手机号 {spaced}，请知情者与他联系。",)),
        Plant(rule_id=_MOBILE, term=tabled, account=where.SITE, spelling="表格单元格",
              paragraphs=(f"村（社区）\t儿童主任\t手机号码\n上坪村\t施某\t{tabled}\n北门社区\t张某\t{tabled[:3]}****{tabled[-4:]}",)),
        Plant(rule_id=_MOBILE, term=titled, account=where.SITE, spelling="写在标题里", whole=True,
              title=f"志愿服务集合通知（领队孔某手机{titled}）",
              paragraphs=("周六上午八点半在文化广场集合，前往敬老院开展理发、量血压等志愿服务。",
                          "请统一穿着志愿者马甲，自带水杯，雨天顺延。")),
        Plant(rule_id=_MOBILE, term=cell, account=where.SITE, spelling="csv 附件的单元格", whole=True, title="志愿服务队骨干名册（附表）",
              paragraphs=("现将志愿服务队骨干名册予以公布，见附件。",),
              files=(files.table_csv("志愿服务队骨干名册.csv", (("队名", "队长", "手机"), ("晨光队", "曹某", cell))),)),
        Plant(rule_id=_MOBILE, term=hidden, account=where.TOUTIAO, spelling="夹零宽字符",
              paragraphs=(f"想学手艺的乡亲可以找老严，手机{hidden}，免费教。",)),
    )  # fmt: skip


def _bank_cards(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.bank_card(), people.bank_card(16)
    wide, spaced = full_width(people.bank_card()), grouped(people.bank_card(), 4, 4, 4, 4)
    return (
        Plant(rule_id=_CARD, term=plain, account=where.SITE, spelling="照抄",
              paragraphs=(f"救助金已转入华某银行卡{plain}，请注意查收。",)),
        Plant(rule_id=_CARD, term=spaced, account=where.WECHAT_MAIN, spelling="四位一组",
              paragraphs=(f"爱心款请汇至金某个人账户，卡号{spaced}。",)),
        Plant(rule_id=_CARD, term=tabled, account=where.SITE, spelling="表格单元格",
              paragraphs=(f"户主\t银行卡号\t金额（元）\n魏某\t{tabled}\t600",)),
        Plant(rule_id=_CARD, term=wide, account=where.WEIBO_OAUTH, spelling="全角数字",
              paragraphs=(f"受助学生陶某的银行卡号：{wide}。",)),
    )  # fmt: skip
