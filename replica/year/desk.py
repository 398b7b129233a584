"""What a careful office keeps on file through the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.account import Account
from domain.calendar import add_months
from domain.post import Post
from domain.register import (
    AppCard,
    Approval,
    Attestation,
    DutyShift,
    EventKind,
    FilingEvent,
    FilingSheet,
    ImportantPeriod,
    Interaction,
    Record,
    RegularCheck,
    RepostTask,
    Role,
    Usage,
)
from replica.year.cast import BUREAU, Cast
from replica.year.model import CHINA, Year

#: Statements of a unit that stand for a year, renewed in the first days of January.
YEARLY = (
    *("duty_matrix", "yearly_statement", "funds", "rules", "responsibility", "safety_rules", "secrecy_rules"),
    *("emergency_plan", "drill", "review_rules", "personal_accounts", "vendor_rules", "device_list", "training"),
)
PERIODS = (
    ("春节", datetime(2026, 2, 15, tzinfo=CHINA), datetime(2026, 2, 24, tzinfo=CHINA)),
    ("国庆中秋", datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 10, 9, tzinfo=CHINA)),
)
GATES = ("政治关", "法律关", "政策关", "保密关", "舆情关")
#: What the approval form calls the platforms.
CHANNELS = {"website": "局网站", "wechat": "微信", "weibo": "微博"}
_SUBTYPE = {"wechat": "订阅号"}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)


def fill(year: Year, cast: Cast) -> None:
    """Put everything on file that does not belong to one post, and renew it in time."""
    begin = year.first - timedelta(days=1)
    year.put(begin, *cast.units, *(person for group in cast.people.values() for person in group.values()))
    for account in cast.accounts:
        year.put(begin, *filing(cast, account))
        _renew(year, begin, account, cast)
    for unit in cast.units:
        year.put(begin, *yearly(unit.key, begin))
        year.put(date(year.first.year, 1, 2), *yearly(unit.key, date(year.first.year, 1, 2)))
    for quarter in range(4):
        day = date(year.first.year, 3 * quarter + 2, 20)
        year.put(
            day, RegularCheck(key=f"{day:%Y}Q{quarter + 1}", unit=BUREAU, checked_on=day, report=f"{day:%Y}季度检查")
        )
    earlier = date(year.first.year - 1, 11, 20)
    year.put(begin, RegularCheck(key="last", unit=BUREAU, checked_on=earlier, report="上年四季度检查"))
    for name, starts_at, ends_at in PERIODS:
        year.put(
            begin,
            ImportantPeriod(key=name, starts_at=starts_at, ends_at=ends_at),
            *shifts(cast, name, starts_at, ends_at),
        )


def shifts(cast: Cast, name: str, starts_at: datetime, ends_at: datetime) -> Iterator[DutyShift]:
    """Three shifts a day, handed over, for every unit."""
    for unit, group in cast.people.items():
        staff = list(group.values())
        moment, number = starts_at, 0
        while moment < ends_at:
            person = staff[number % len(staff)]
            yield DutyShift(
                key=f"{name}/{unit}/{number:03d}",
                unit=unit,
                person=person.name,
                phone=person.office_phone,
                starts_at=moment,
                ends_at=moment + timedelta(hours=8),
                handed_over=True,
            )
            moment += timedelta(hours=8)
            number += 1


def yearly(unit: str, day: date) -> Iterator[Attestation]:
    """The yearly statements of a unit."""
    for topic in YEARLY:
        yield Attestation(
            key=f"{unit}/{topic}", topic=topic, unit=unit, stated_on=day, passed=True, document=f"{topic}-{day.year}"
        )


def filing(cast: Cast, account: Account) -> Iterator[Record]:
    """How the account was opened, two years ago and in order; its sheet, its entry for readers, its use."""
    people = cast.people[account.sponsor]
    leader, head, manager = people[Role.LEADER], people[Role.HEAD], people[Role.MANAGER]
    yield FilingEvent(
        key=f"{account.id}#open",
        account=account.id,
        event=EventKind.OPEN,
        reason="宣传民政政策、服务群众",
        agreed_on=date(2024, 3, 4),
        agreed_by="集体研究",
        agreed_document="局长办公会纪要〔2024〕3号",
        applied_on=date(2024, 3, 5),
        approved_on=date(2024, 3, 6),
        approver=BUREAU,
        reported_on=date(2024, 3, 7),
        system_on=date(2024, 3, 8),
        system_no=account.filing_no,
        asked_platform_on=date(2024, 3, 8),
        done_on=date(2024, 3, 11),
        announcement_url=f"https://mz.liuxi.example/gg/{account.platform}-{account.key}",
        announced_on=date(2024, 3, 12),
        announcement_ends_on=date(2024, 5, 20),
    )
    yield FilingSheet(
        key=f"{account.id}#open",
        account=account.id,
        event_key=f"{account.id}#open",
        name=account.name,
        event=EventKind.OPEN,
        platform_type=account.platform,
        platform_subtype=_SUBTYPE.get(account.platform, ""),
        opened_on=date(2024, 3, 11),
        certified=True,
        introduction=f"{account.sponsor}官方账号，发布民政工作动态和办事指南。",
        article_url=f"{account.home_url.rstrip('/')}/post/0001",
        home_url=account.home_url,
        download_url="https://mz.liuxi.example/app/download" if account.platform == "app" else "",
        vendor="无",
        leader_name=leader.name,
        leader_post=f"{account.sponsor}{leader.post}",
        leader_phone=leader.office_phone,
        leader_mobile=leader.mobile,
        head_name=head.name,
        head_post=f"{account.sponsor}{head.post}",
        head_phone=head.office_phone,
        head_mobile=head.mobile,
        manager_name=manager.name,
        manager_post=f"{account.sponsor}{manager.post}",
        manager_phone=manager.office_phone,
        manager_mobile=manager.mobile,
        sponsor_signed_by=people[Role.CHIEF].name,
        sponsor_signed_on=date(2024, 3, 5),
        sponsor_sealed_on=date(2024, 3, 5),
        supervisor_sealed_on=date(2024, 3, 6),
    )
    if account.platform == "app":
        tested = date(2025, 12, 20)
        yield AppCard(
            key=account.id,
            account=account.id,
            functions=("搜索", "注册", "支付"),
            terminals=("安卓", "苹果", "鸿蒙"),
            hosts=("mz.liuxi.example",),
            stores=("https://store.liuxi.example/mz",),
            ipv6_tested_on=tested,
            ipv6_passed=True,
            elderly_tested_on=tested,
            elderly_passed=True,
            accessible_tested_on=tested,
            accessible_passed=True,
        )


def _renew(year: Year, begin: date, account: Account, cast: Cast) -> None:
    """What must be stated again every so often, in good time."""
    manager = cast.people[account.sponsor][Role.MANAGER].name
    day = begin
    while day <= year.last:
        year.put(day, *statements(account, day, manager))
        day = add_months(day, 2)
    day = begin
    while day <= year.last:
        year.put(
            day,
            Interaction(
                key=account.id,
                account=account.id,
                entry="留言",
                url=f"{account.home_url.rstrip('/')}/message",
                tested_on=day,
                works=True,
            ),
            Usage(key=account.id, account=account.id, counted_on=day, followers=5200, median_reads=460),
        )
        day += timedelta(days=21)


def statements(account: Account, day: date, manager: str) -> Iterator[Attestation]:
    """The statements about one account that go stale within months."""
    for topic in ("password_changed", "password_complexity", "login_statement", "confirmed"):
        yield Attestation(
            key=f"{account.id}/{topic}",
            topic=topic,
            unit=account.sponsor,
            account=account.id,
            person=manager if topic == "login_statement" else "",
            stated_on=day,
            passed=True,
            document=f"{topic}-{day}",
        )


def approval_of(cast: Cast, account: Account, post: Post) -> Approval:
    """The approval of a post as it should be."""
    assert post.published_at is not None
    people = cast.people[account.sponsor]
    moments = [post.published_at - timedelta(hours=hours) for hours in (5, 3, 1)]
    return Approval(
        key=post.id,
        account=account.id,
        post_key=post.key,
        url=post.url,
        title=post.title,
        content=post.text,
        is_secret=False,
        channels=(CHANNELS.get(account.platform, "其他"),),
        wanted_at=post.published_at,
        editor=people[Role.EDITOR].name,
        first_by=people[Role.EDITOR].name,
        first_at=moments[0],
        second_by=people[Role.HEAD].name,
        second_at=moments[1],
        final_by=people[Role.LEADER].name,
        final_at=moments[2],
        publisher=people[Role.MANAGER].name,
        is_important=False,
        gates=GATES,
        picture_source="单位自拍",
    )


def repost_task(number: int, dispatched_at: datetime, accounts: tuple[Account, ...]) -> RepostTask:
    """A task of the superior."""
    title = f"云江省民政厅印发第{number}号民政惠民措施"
    return RepostTask(
        key=f"T{number:03d}",
        title=title,
        url=f"https://mzt.yunjiang.gov.example/{number}",
        text=f"云江省民政厅日前印发第{number}号民政惠民措施，明确养老、救助、儿童福利等方面的具体安排，自下月起施行。",
        published_at=dispatched_at - timedelta(hours=1),
        dispatched_at=dispatched_at,
        accounts=tuple(account.id for account in accounts if account.platform != "app"),
    )
