"""What the checks of 信息发布审批 share: whether a post needs an approval, and who stands on the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.post import Post
from domain.register import Approval, Person, Role
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: 第八条: a unit may set its own levels, but nobody reviews his own text alone.
_NEVER_FEWER = 2


@dataclass(frozen=True, slots=True)
class Review:
    """One row of opinion on the form: what it is called, who signed, and when."""

    name: str
    by: str
    at: datetime | None


def paper_of(hearing: Hearing) -> tuple[Post, Approval] | None:
    """The judged post and its approval; ``None`` where there is none (which is judged by a rule of its own) or where
    the account is not concerned."""
    post, approval = hearing.facts.post, hearing.facts.approval
    if post is None or approval is None or passed_over(hearing):
        return None
    return post, approval


def reviews(approval: Approval) -> tuple[Review, Review, Review]:
    """初审、复审、终审 as they stand on the form."""
    return (
        Review("初审", approval.first_by.strip(), approval.first_at),
        Review("复审", approval.second_by.strip(), approval.second_at),
        Review("终审", approval.final_by.strip(), approval.final_at),
    )


def least_reviewers(hearing: Hearing) -> int:
    """How many people must review: three, or what a small unit has set down for itself, never fewer than two."""
    unit = hearing.facts.unit
    own = unit.least_reviewers if unit is not None else None
    return max(own if own is not None else hearing.norms.least_reviewers, _NEVER_FEWER)


def chiefs(hearing: Hearing, at: datetime | None = None) -> frozenset[str]:
    """The 主要负责人 of the account's unit who were in post at ``at`` (now where it is not known)."""
    day = on_day(at or hearing.now)
    people = hearing.register.of_unit(Person, hearing.facts.unit_name)
    return frozenset(
        person.name for person in people if Role.CHIEF.value in person.roles and person.name and person.in_post(day)
    )


def without_chiefs(hearing: Hearing) -> bool:
    """True where nobody can say who the unit's 主要负责人 was: the sheet is not kept, or names none."""
    if hearing.register.keeps(Person) and any(
        Role.CHIEF.value in person.roles for person in hearing.register.of_unit(Person, hearing.facts.unit_name)
    ):
        return False
    return hearing.spared(Guard.NOT_KEPT, f"人员台账里没有{hearing.facts.unit_name}的主要负责人")


def breach(approval: Approval, explanation: str, **facts: str) -> Breach:
    """A breach that rests on this approval."""
    return Breach(
        episode=approval.key,
        record=f"{approval.kind}:{approval.key}",
        explanation=f"审批表 {approval.key}：{explanation}",
        facts=facts,
    )
