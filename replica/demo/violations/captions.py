"""What went wrong under films and pictures, where a caption is written in a hurry."""

from __future__ import annotations

from replica.demo.violations import where
from replica.demo.violations.plant import Plant, grouped
from replica.identities import Identities


def plants(people: Identities) -> tuple[Plant, ...]:
    """Two on each platform."""
    spaced, plain = grouped(people.mobile(), 3, 4, 4), people.id_card()
    return (
        Plant(
            rule_id="privacy-mobile-number",
            term=spaced,
            account=where.DOUYIN,
            spelling="抖音图文说明里的手机号",
            paragraphs=(f"想报名老年合唱的街坊找老秦，手机{spaced}，晚上也能打。",),
        ),
        Plant(
            rule_id="wording-misstatement",
            term="截止目前",
            account=where.DOUYIN,
            spelling="抖音图文说明里的错字",
            paragraphs=("截止目前，舞台上的叔叔阿姨平均年龄六十八。",),
        ),
        Plant(
            rule_id="privacy-id-card-number",
            term=plain,
            account=where.KUAISHOU,
            spelling="快手图集说明里的证件号",
            paragraphs=(f"走失老人已由家属接回，家属身份证号{plain}核对无误。",),
        ),
        Plant(
            rule_id="wording-misstatement",
            term="扫黑险恶",
            account=where.KUAISHOU,
            spelling="快手图集说明里的错字",
            paragraphs=("站里组织学习扫黑险恶专项工作要求。",),
        ),
    )
