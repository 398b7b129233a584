"""涉及其他单位工作的信息 (第十一条第三款, R79a): agreed with that unit before it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanners.duties.hearing import Breach, Hearing
from scanners.duties.papers import breach, paper_of
from scanners.guards import Guard

#: Bodies of a city or county beside the civil affairs bureau, by the short name that stands in a headline.
_BODIES = (
    "公安局|财政局|教育局|教体局|卫生健康委|卫健委|人力资源和?社会保障局|人社局|医疗保障局|医保局|住房和?城乡建设局|住建局|司法局|自然资源和?规划局|"
    "农业农村局|农业农村委|应急管理局|市场监督管理局|市场监管局|交通运输局|文化和旅游局|文旅局|退役军人事务局|乡村振兴局|审计局|城市管理局|城管局|"
    "残疾人联合会|残联|妇女联合会|妇联|共青团|团市委|总工会|红十字会|消防救援支队|法院|检察院|宣传部|网信办|政法委"
)
#: As an actor: it does something, alone or together. A body that is only asked, thanked or visited is not.
_ACTOR = re.compile(
    rf"(?:联合|会同|携手|联手|牵手|与|和)(?P<a>[\u4e00-\u9fff]{{0,6}}?(?:{_BODIES}))"
    rf"|^(?P<b>[\u4e00-\u9fff]{{0,6}}?(?:{_BODIES}))(?=、|和|与|等|联合|开展|举办|召开|启动|发布|印发|部署|走进)"
)


def uncoordinated(hearing: Hearing) -> Iterator[Breach]:
    """The headline has another unit act, and the form does not say that it was asked."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    match = _ACTOR.search(post.title)
    if match is None:
        return
    name = match["a"] or match["b"]
    if (post.original is False or post.repost_source or approval.source_url.strip()) and hearing.spared(
        Guard.EXEMPT, "转载的信息由原发布单位负责"
    ):
        return
    if any(
        _short(each) in name or name in each for each in approval.coordinated_with if each.strip()
    ) and hearing.spared(Guard.ON_FILE, "、".join(approval.coordinated_with)):
        return
    yield breach(approval, f"标题涉及{name}，审批表没有与其沟通协调的记录", unit=name)


def _short(name: str) -> str:
    """云江省柳溪市财政局 is meant by 财政局."""
    found = re.search(rf"(?:{_BODIES})$", name.strip())
    return found[0] if found else name.strip()
