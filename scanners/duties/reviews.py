"""三级审核 (第八条): three reviews, in their order, before publication, by people who are not one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scanners.duties.concern import clock
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.papers import Review, breach, chiefs, least_reviewers, paper_of, reviews, without_chiefs
from scanners.guards import Guard


def review_missing(hearing: Hearing) -> Iterator[Breach]:
    """初审、复审、终审 are signed: as many as the unit must have, the last one always (R54, R97)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    least = least_reviewers(hearing)
    signed = [review for review in reviews(approval) if review.by]
    enough = len(signed) >= least and bool(approval.final_by.strip())
    if enough and hearing.spared(Guard.ON_FILE, "、".join(review.name for review in signed)):
        return
    missing = [review.name for review in reviews(approval) if not review.by] or ["终审"]
    if approval.final_by.strip() and least < len(reviews(approval)):
        missing = missing[: max(least - len(signed), 1)]
    told = "、".join(missing)
    yield breach(approval, f"应有 {least} 级审核，没有{told}的签字", missing=told, least=str(least))


def out_of_order(hearing: Hearing) -> Iterator[Breach]:
    """t1 ≤ t2 ≤ t3: no level signs before the one below it (R55)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    dated = [review for review in reviews(approval) if review.at is not None]
    for before, after in pairwise(dated):
        assert before.at is not None and after.at is not None, "only dated ones are taken"
        if before.at <= after.at and hearing.spared(Guard.ALIKE, f"{before.name}在前，{after.name}在后"):
            continue
        yield breach(
            approval,
            f"{after.name}（{clock(after.at)}）早于{before.name}（{clock(before.at)}）",
            later=after.name,
            earlier=before.name,
        )
        return


def published_first(hearing: Hearing) -> Iterator[Breach]:
    """先审后发: nothing is published before its last review (R55). The platform's time is to the minute at best."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    last = _last(reviews(approval))
    if post.published_at is None or last is None or last.at is None:
        return
    # Platforms and forms both count in minutes: the same minute is no proof.
    published, signed = post.published_at.replace(second=0, microsecond=0), last.at.replace(second=0, microsecond=0)
    if signed <= published and hearing.spared(Guard.LIMIT, f"{last.name} {clock(last.at)}"):
        return
    yield breach(
        approval,
        f"{clock(post.published_at)} 发布，{last.name}在 {clock(last.at)}，先发后审",
        published=clock(post.published_at),
        review=last.name,
        signed=clock(last.at),
    )


def one_person_alone(hearing: Hearing) -> Iterator[Breach]:
    """自编自审自发: one name in every place of the form that is filled (R57)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    names = _names(approval.editor, *(review.by for review in reviews(approval)), approval.publisher)
    if not names:
        return
    if len(names) == 1:
        return
    if len(set(names)) > 1 and hearing.spared(Guard.ALIKE, "经过不同的人"):
        return
    yield breach(approval, f"编辑、审核、发布都是{names[0]}一人", person=names[0])


def reviewers_overlap(hearing: Hearing) -> Iterator[Breach]:
    """The reviewers are different people, and whoever edited the text does not give the last word on it (R57).

    A unit that has set down two levels for itself needs two different people.
    """
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    signed = [review for review in reviews(approval) if review.by]
    own = [review for review in signed if review.name == "终审" and review.by == approval.editor.strip()]
    people = {review.by for review in signed}
    least = min(least_reviewers(hearing), len(signed))
    if not own and len(people) >= least and hearing.spared(Guard.ALIKE, f"{len(people)} 人审核"):
        return
    if len(signed) < 2 and not own:
        return
    if own:
        told = f"{own[0].by}既是编辑又是终审"
    else:
        twice = next((r for r in signed if [s.by for s in signed].count(r.by) > 1), signed[0])
        told = f"{'、'.join(r.name for r in signed if r.by == twice.by)}都是{twice.by}"
    yield breach(approval, f"{told}，应由 {least_reviewers(hearing)} 个不同的人审核", told=told)


def editor_publishes(hearing: Hearing) -> Iterator[Breach]:
    """编辑审核权限分离: whoever writes a text does not also put it out (R57). Units of two reviewers are excepted."""
    paper = paper_of(hearing)
    if paper is None:
        return
    _, approval = paper
    publisher = approval.publisher.strip()
    if not publisher:
        return
    if publisher != approval.editor.strip() and hearing.spared(Guard.ALIKE, "编辑和发布不是一人"):
        return
    if least_reviewers(hearing) < hearing.norms.least_reviewers and hearing.spared(Guard.EXEMPT, "人员少的单位"):
        return
    yield breach(approval, f"编辑和发布都是{publisher}", person=publisher)


def chief_missing(hearing: Hearing) -> Iterator[Breach]:
    """Important and major information has its last review by 主要负责人 (R58). A person has set the flag."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    if approval.is_important is not True and hearing.spared(Guard.NOT_CONCERNED, "没有标为重要信息"):
        return
    if without_chiefs(hearing):
        return
    known = chiefs(hearing, approval.final_at or post.published_at)
    if approval.final_by.strip() in known and hearing.spared(Guard.ALIKE, approval.final_by):
        return
    told = approval.final_by.strip() or "空白"
    yield breach(approval, f"标为重要信息，终审人是{told}，不是主要负责人", final=told)


def importance_unset(hearing: Hearing) -> Iterator[Breach]:
    """A title with a word of important information, and nobody has said whether it is (R58)."""
    paper = paper_of(hearing)
    if paper is None:
        return
    post, approval = paper
    word = next((word for word in hearing.norms.important_words if word in post.title), "")
    if not word and hearing.spared(Guard.NOT_CONCERNED, "标题里没有重要信息的字样"):
        return
    if approval.is_important is not None and hearing.spared(Guard.ON_FILE, "已经标明是否重要"):
        return
    if approval.final_by.strip() in chiefs(hearing, approval.final_at) and hearing.spared(
        Guard.ALIKE, "终审人就是主要负责人"
    ):
        return
    yield breach(approval, f"标题有“{word}”，审批表没有标明是否重要信息", word=word)


def _names(*written: str) -> list[str]:
    return [name.strip() for name in written if name.strip()]


def _last(levels: tuple[Review, ...]) -> Review | None:
    """The latest signature: 终审 where it is dated, else the last dated one below it."""
    dated = [review for review in levels if review.at is not None]
    return dated[-1] if dated else None
