"""Mobile and bank card numbers, in the spellings that slip through."""

from __future__ import annotations

from replica.demo import files
from replica.demo.violations import where
from replica.demo.violations.plant import Plant, full_width, grouped, noisy
from replica.identities import Identities

_MOBILE, _CARD = "privacy-mobile-number", "privacy-bank-card-number"


def plants(people: Identities) -> tuple[Plant, ...]:
    """What is planted for the rules of mobile and bank card numbers."""
    return (*_mobiles(people), *_bank_cards(people))


def _mobiles(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.mobile(), people.mobile()
    wide, dashed, spaced = (
        full_width(people.mobile()),
        grouped(people.mobile(), 3, 4, by="-"),
        grouped(people.mobile(), 3, 4),
    )
    titled, cell, hidden = people.mobile(), people.mobile(), noisy(people.mobile(), 3, 7)
    return (
        Plant(
            rule_id=_MOBILE,
            term=plain,
            account=where.WEIBO_MAIN,
            spelling="照抄",
            paragraphs=(f"走失老人家属尤先生，手机{plain}，有线索请直接联系。",),
        ),
        Plant(
            rule_id=_MOBILE,
            term=wide,
            account=where.WECHAT_MAIN,
            spelling="全角数字",
            paragraphs=(f"报名请联系许女士，电话{wide}，每天晚七点前均可。",),
        ),
        Plant(
            rule_id=_MOBILE,
            term=dashed,
            account=where.SITE,
            spelling="连字符分段",
            paragraphs=(f"项目负责人何某，联系电话：{dashed}。",),
        ),
        Plant(
            rule_id=_MOBILE,
            term=spaced,
            account=where.WECHAT_RSS,
            spelling="空格分段",
            paragraphs=(f"寻亲家属吕先生的手机号 {spaced}，请知情者与他联系。",),
        ),
        Plant(
            rule_id=_MOBILE,
            term=tabled,
            account=where.SITE,
            spelling="表格单元格",
            paragraphs=(
                f"村（社区）\t儿童主任\t手机号码\n上坪村\t施某\t{tabled}\n北门社区\t张某\t{tabled[:3]}****{tabled[-4:]}",
            ),
        ),
        Plant(
            rule_id=_MOBILE,
            term=titled,
            account=where.SITE,
            spelling="写在标题里",
            whole=True,
            title=f"志愿服务集合通知（领队孔某手机{titled}）",
            paragraphs=(
                "周六上午八点半在文化广场集合，前往敬老院开展理发、量血压等志愿服务。",
                "请统一穿着志愿者马甲，自带水杯，雨天顺延。",
            ),
        ),
        Plant(
            rule_id=_MOBILE,
            term=cell,
            account=where.SITE,
            spelling="csv 附件的单元格",
            whole=True,
            title="志愿服务队骨干名册（附表）",
            paragraphs=("现将志愿服务队骨干名册予以公布，见附件。",),
            files=(files.table_csv("志愿服务队骨干名册.csv", (("队名", "队长", "手机"), ("晨光队", "曹某", cell))),),
        ),
        Plant(
            rule_id=_MOBILE,
            term=hidden,
            account=where.TOUTIAO,
            spelling="夹零宽字符",
            paragraphs=(f"想学手艺的乡亲可以找老严，手机{hidden}，免费教。",),
        ),
    )


def _bank_cards(people: Identities) -> tuple[Plant, ...]:
    plain, tabled = people.bank_card(), people.bank_card(16)
    wide, spaced = full_width(people.bank_card()), grouped(people.bank_card(), 4, 4, 4, 4)
    return (
        Plant(
            rule_id=_CARD,
            term=plain,
            account=where.SITE,
            spelling="照抄",
            paragraphs=(f"救助金已转入华某银行卡{plain}，请注意查收。",),
        ),
        Plant(
            rule_id=_CARD,
            term=spaced,
            account=where.WECHAT_MAIN,
            spelling="四位一组",
            paragraphs=(f"爱心款请汇至金某个人账户，卡号{spaced}。",),
        ),
        Plant(
            rule_id=_CARD,
            term=tabled,
            account=where.SITE,
            spelling="表格单元格",
            paragraphs=(f"户主\t银行卡号\t金额（元）\n魏某\t{tabled}\t600",),
        ),
        Plant(
            rule_id=_CARD,
            term=wide,
            account=where.WEIBO_OAUTH,
            spelling="全角数字",
            paragraphs=(f"受助学生陶某的银行卡号：{wide}。",),
        ),
    )
