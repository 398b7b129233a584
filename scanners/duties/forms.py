"""信息发布审批表 (annex 2): that there is one, that it is filled, and that what it says was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.register import Approval
from scanners.duties.concern import clock, has_accounts, on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.papers import breach, least_reviewers, paper_of, reviews
from scanners.guards import Guard

#: What annex 2 calls the platforms that it names; every other platform is 其他.
_CATEGORIES = {"wechat": ("微信",), "weibo": ("微博",), "website": ("网站", "政务公开")}
_OTHER = ("其他", "其它")
#: An account that published so often without a single approval does not use the form at all.
_NEVER = 1
_DAY_LATE = timedelta(hours=24)


def missing(hearing: Hearing) -> Iterator[Breach]:
    """A post without an approval (R56), where the account otherwise has them.

    Posts before the first approval on file are from before the office kept the sheet.
    """
    post = hearing.facts.post
    if post is None or passed_over(hearing):
        return
    if not hearing.register.keeps(Approval) and hearing.spared(Guard.NOT_KEPT, "信息发布审批"):
        return
    if hearing.facts.approval is not None and hearing.spared(Guard.ON_FILE, hearing.facts.approval.key):
        return
    if not hearing.facts.approvals and hearing.spared(Guard.NOT_CONCERNED, "账号没有一份审批表，另行报出"):
        return
    since = min((on_day(at) for each in hearing.facts.approvals if (at := _signed(each)) is not None), default=None)
    published = post.published_at
    if (
        since is not None
        and published is not None
        and on_day(published) < since
        and hearing.spared(Guard.NOT_KEPT, f"审批台账从 {since} 开始")
    ):
        return
    yield Breach(
        episode=post.key,
        record=f"post:{post.key}",
        explanation="审批台账里没有与这条信息对应的审批表（按平台编号、网址、标题查找）",
        facts={"published": clock(published) if published else "日期不明"},
    )


def never_filed(hearing: Hearing) -> Iterator[Breach]:
    """The office keeps approvals, and this account published without a single one (R56)."""
    if passed_over(hearing) or (not hearing.register.keeps(Approval) and hearing.spared(Guard.NOT_KEPT)):
        return
    if hearing.facts.approvals and hearing.spared(Guard.ON_FILE, f"{len(hearing.facts.approvals)} 份审批表"):
        return
    count = len(hearing.facts.posts)
    if count < _NEVER and hearing.spared(Guard.COUNT, "没有发布"):
        return
    yield Breach(
        episode="never",
        record="approval:",
        explanation=f"近期发布 {count} 条信息，审批台账里没有这个账号的审批表",
        facts={"count": str(count)},
    )


def not_kept(hearing: Hearing) -> Iterator[Breach]:
    """The bureau has accounts and keeps no sheet of approvals: the rules of 第八条 cannot be checked (R54 to R61)."""
    if not has_accounts(hearing) and hearing.spared(Guard.NOT_CONCERNED, "没有政务新媒体"):
        return
    if hearing.register.keeps(Approval) and hearing.spared(Guard.ON_FILE, "信息发布审批"):
        return
    if not hearing.register.filled and hearing.spared(Guard.NOT_KEPT, "台账还没有开始填报"):
        return
    yield Breach(
        episode="approval",
        record="approval:",
        explanation="台账中没有导入过信息发布审批，三级审核、先审后发、发布稿与审定稿一致等都没有核对",
    )


def incomplete(hearing: Hearing) -> Iterator[Breach]:
    """Every field of annex 2 is filled: five fields, and name and date of each opinion (R56, R96, R97).

    Opinions without a name are judged by a rule of their own; a level that a small unit does without may be empty.
    """
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    empty = [
        name
        for name, given in (
            ("信息标题", approval.title.strip()),
            ("是否涉密", approval.is_secret is not None),
            ("信息发布类别", any(each.strip() for each in approval.channels)),
            ("要求发布时间", approval.wanted_at is not None),
            ("信息内容", approval.content.strip()),
        )
        if not given
    ]
    for review in reviews(approval):
        if review.by and review.at is None:
            empty.append(f"{review.name}日期")
        elif review.at is not None and not review.by and least_reviewers(hearing) >= len(reviews(approval)):
            empty.append(f"{review.name}审核人")
    if not empty and hearing.spared(Guard.ON_FILE, "各栏已填"):
        return
    told = "、".join(empty)
    yield breach(approval, f"没有填{told}", fields=told)


def gates_unticked(hearing: Hearing) -> Iterator[Breach]:
    """政治关、法律关、政策关、保密关、舆情关 are ticked (R60); an office may add 文字关 in its norms."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    if not any(each.gates for each in hearing.facts.approvals) and hearing.spared(Guard.NOT_KEPT, "另行报出"):
        return
    ticked = {_gate(each) for each in approval.gates}
    lacking = [gate for gate in hearing.norms.gates if _gate(gate) not in ticked]
    if not lacking and hearing.spared(Guard.ON_FILE, "、".join(approval.gates)):
        return
    told = "、".join(lacking)
    yield breach(approval, f"没有勾选{told}", gates=told)


def gates_not_kept(hearing: Hearing) -> Iterator[Breach]:
    """None of the account's approvals has a single gate ticked: the form lacks the column (R60)."""
    if passed_over(hearing) or not hearing.facts.approvals:
        return
    if any(each.gates for each in hearing.facts.approvals) and hearing.spared(Guard.ON_FILE, "已有勾选"):
        return
    yield Breach(
        episode="gates",
        record="approval:",
        explanation=f"{len(hearing.facts.approvals)} 份审批表都没有勾选政治、法律、政策、保密、舆情各关",
        facts={"count": str(len(hearing.facts.approvals))},
    )


def secret_published(hearing: Hearing) -> Iterator[Breach]:
    """是否涉密 says 是, and it was published (R96)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    if approval.is_secret is not True and hearing.spared(Guard.NOT_CONCERNED, "没有标为涉密"):
        return
    yield breach(approval, "是否涉密一栏为“是”，信息已在账号上发布")


def channel_unticked(hearing: Hearing) -> Iterator[Breach]:
    """The category of the platform on which it was published is ticked (R96)."""
    paper = paper_of(hearing)
    account = hearing.facts.account
    if paper is None or account is None:
        return
    _, approval = paper
    ticked = [each.strip() for each in approval.channels if each.strip()]
    if not ticked:
        return  # an empty category is judged by the rule on empty fields
    wanted = _CATEGORIES.get(account.platform, (*_OTHER, hearing.option(account.platform, account.platform)))
    if any(name in each for each in ticked for name in wanted) and hearing.spared(Guard.ALIKE, "、".join(ticked)):
        return
    yield breach(
        approval,
        f"信息发布类别只有{'、'.join(ticked)}，没有{wanted[0]}",
        wanted=wanted[0],
        ticked="、".join(ticked),
    )


def published_early(hearing: Hearing) -> Iterator[Breach]:
    """Published before 要求发布时间 (R96); the same minute is in time."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    if post.published_at is None or approval.wanted_at is None:
        return
    minute = approval.wanted_at.replace(second=0, microsecond=0)
    if post.published_at >= minute and hearing.spared(Guard.LIMIT, f"要求 {clock(approval.wanted_at)}"):
        return
    yield breach(
        approval,
        f"要求 {clock(approval.wanted_at)} 发布，{clock(post.published_at)} 已发布",
        wanted=clock(approval.wanted_at),
        published=clock(post.published_at),
    )


def published_late(hearing: Hearing) -> Iterator[Breach]:
    """Published more than 24 hours after 要求发布时间 (R96, default)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    if post.published_at is None or approval.wanted_at is None:
        return
    late = post.published_at - approval.wanted_at
    if late <= _DAY_LATE and hearing.spared(Guard.LIMIT, f"要求 {clock(approval.wanted_at)}"):
        return
    yield breach(
        approval,
        f"要求 {clock(approval.wanted_at)} 发布，{clock(post.published_at)} 才发布",
        wanted=clock(approval.wanted_at),
        published=clock(post.published_at),
        hours=str(int(late / timedelta(hours=1))),
    )


def _gate(name: str) -> str:
    """政治 and 政治关 are the same gate."""
    return name.strip().removesuffix("关")


def _signed(approval: Approval) -> datetime | None:
    return approval.first_at or approval.second_at or approval.final_at or approval.wanted_at
