"""备案台账 beyond the list of accounts: what the office has on file, as frozen records, and how they are found again.

Every record belongs to one kind (one sheet of the office's workbook) and has a ``key`` that is unique within it. Fields
are text, lists of text, yes/no, whole numbers, dates and zone-aware instants; an empty field means that the office has
not filled it. Accounts are named by their id (``weibo:1234567890``), units and people by their full names. Phone
numbers are those of staff in office; they are sealed at rest like every other text of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, TypeVar


class EventKind(StrEnum):
    """What a filing event does with an account (annex 1, 备案事由)."""

    OPEN = "open"  # 开设
    CHANGE = "change"  # 变更
    CLOSE = "close"  # 关停
    CANCEL = "cancel"  # 注销
    BACKFILL = "backfill"  # 补录
    EMERGENCY = "emergency"  # 紧急关停


class Change(StrEnum):
    """What a change touches (annex 1, 变更)."""

    NAME = "name"
    SUBJECT = "subject"
    INTRODUCTION = "introduction"
    AVATAR = "avatar"
    PLATFORM = "platform"
    TYPE = "type"
    CONTACT = "contact"
    OTHER = "other"


class PersonKind(StrEnum):
    """How somebody, or something, that holds a permission belongs to the office (第十二条)."""

    STAFF = "staff"  # 在编在岗
    CONTRACT = "contract"  # 聘用、借调等非在编人员
    VENDOR = "vendor"  # 外包单位人员
    SOFTWARE = "software"  # 智能软件、客服


class Role(StrEnum):
    """What a person does for accounts (annexes 1 and 2)."""

    CHIEF = "chief"  # 主要负责人
    LEADER = "leader"  # 分管领导
    HEAD = "head"  # 科室负责人
    MANAGER = "manager"  # 管理员
    EDITOR = "editor"  # 信息员、编辑


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all kinds share. ``key`` is unique within the kind; ``row`` is where the office's file has it."""

    kind: ClassVar[str] = ""

    key: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """单位: the bureau or a unit under it. ``key`` is its full name. ``sections`` are its 内设机构;
    ``least_reviewers`` is what a small unit has set down for itself (第八条, never below 2)."""

    kind: ClassVar[str] = "unit"

    credit_code: str = ""
    tier: str = ""  # 市级 / 县区
    superior: str = ""
    lead_section: str = ""
    sections: tuple[str, ...] = ()
    management_body: str = ""
    least_reviewers: int | None = None
    main_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """人员: somebody who works on accounts; ``key`` is unit and name. ``started_on`` is the first day on this work."""

    kind: ClassVar[str] = "person"

    name: str = ""
    unit: str = ""
    post: str = ""
    person_kind: PersonKind | None = None
    roles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    office_phone: str = ""
    mobile: str = ""
    started_on: date | None = None
    left_on: date | None = None
    secrecy_reviewed_on: date | None = None
    trained_on: date | None = None

    def in_post(self, day: date) -> bool:
        """True where the person worked on accounts on ``day``."""
        return (self.started_on is None or self.started_on <= day) and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor(Record):
    """服务外包 (第二条): one contract. ``key`` is the contract number or the vendor's name."""

    kind: ClassVar[str] = "vendor"

    name: str = ""
    unit: str = ""
    accounts: tuple[str, ...] = ()
    contract_no: str = ""
    scope: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    procurement_no: str = ""
    procurement_method: str = ""
    secrecy_rules: str = ""
    secrecy_signed_on: date | None = None
    secrecy_ends_on: date | None = None
    rules_document: str = ""
    rules_reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingEvent(Record):
    """备案事项 (第三、五条, annex 1): one opening, change, closing, cancellation or 补录 of one account.

    ``agreed_*``: 集体研究 or 主要负责人同意; ``approved_*``: 市民政局审批（核准）; ``reported_on``: to the city's body
    in charge; ``system_*``: entry in the reporting system; ``asked_platform_on`` and ``done_on``: with the platform;
    ``escalated_on``: the bureau asked 市政府办 because the platform refused or kept silent. Emergency closings have
    instants.
    """

    kind: ClassVar[str] = "filing_event"

    account: str = ""
    event: EventKind | None = None
    changes: tuple[str, ...] = ()
    old_value: str = ""
    new_value: str = ""
    reason: str = ""
    agreed_on: date | None = None
    agreed_by: str = ""
    agreed_document: str = ""
    applied_on: date | None = None
    approved_on: date | None = None
    approver: str = ""
    reported_on: date | None = None
    system_on: date | None = None
    system_no: str = ""
    asked_platform_on: date | None = None
    platform_reply: str = ""
    done_on: date | None = None
    escalated_on: date | None = None
    announcement_url: str = ""
    announced_on: date | None = None
    announcement_ends_on: date | None = None
    happened_at: datetime | None = None
    reported_bureau_at: datetime | None = None
    reported_city_at: datetime | None = None
    involves_opinion: bool | None = None  # 涉及舆情、内容安全、网络安全
    reported_publicity_at: datetime | None = None
    reported_cyberspace_at: datetime | None = None
    reported_police_at: datetime | None = None
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSheet(Record):
    """备案登记表 (annex 1) of one account, as it was handed in. ``key`` is the account's id and the event's key."""

    kind: ClassVar[str] = "filing_sheet"

    account: str = ""
    event_key: str = ""
    name: str = ""
    event: EventKind | None = None
    change: str = ""
    platform_type: str = ""
    platform_subtype: str = ""
    opened_on: date | None = None
    certified: bool | None = None
    introduction: str = ""
    article_url: str = ""
    home_url: str = ""
    download_url: str = ""
    vendor: str = ""
    leader_name: str = ""
    leader_post: str = ""
    leader_phone: str = ""
    leader_mobile: str = ""
    head_name: str = ""
    head_post: str = ""
    head_phone: str = ""
    head_mobile: str = ""
    manager_name: str = ""
    manager_post: str = ""
    manager_phone: str = ""
    manager_mobile: str = ""
    sponsor_signed_by: str = ""
    sponsor_signed_on: date | None = None
    sponsor_sealed_on: date | None = None
    supervisor_sealed_on: date | None = None
    county_sealed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Record):
    """信息发布审批 (第八条, annex 2) of one post. It is matched by the post's key or address, else by its title.

    ``gates`` are the ticks of 政治关、法律关、政策关、保密关、舆情关; ``channels`` the ticked categories.
    """

    kind: ClassVar[str] = "approval"

    account: str = ""
    post_key: str = ""
    url: str = ""
    title: str = ""
    content: str = ""
    is_secret: bool | None = None
    channels: tuple[str, ...] = ()
    wanted_at: datetime | None = None
    editor: str = ""
    first_by: str = ""
    first_at: datetime | None = None
    second_by: str = ""
    second_at: datetime | None = None
    final_by: str = ""
    final_at: datetime | None = None
    publisher: str = ""
    is_important: bool | None = None
    gates: tuple[str, ...] = ()
    source_url: str = ""
    source_approved_by: str = ""  # 主要负责人 who let a commercial or private source pass (第七条)
    permission: str = ""
    picture_source: str = ""
    coordinated_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostTask(Record):
    """转载任务 (第六条): something important of a superior that every named account reposts within 12 hours.

    ``exempt`` holds ``account id=reason``.
    """

    kind: ClassVar[str] = "repost_task"

    title: str = ""
    url: str = ""
    text: str = ""
    published_at: datetime | None = None
    dispatched_at: datetime | None = None
    accounts: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportantPeriod(Record):
    """重要时段 (第九条): around-the-clock duty from ``starts_at`` to ``ends_at``. ``key`` is its name."""

    kind: ClassVar[str] = "important_period"

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShift(Record):
    """值班: one person's hours."""

    kind: ClassVar[str] = "duty_shift"

    unit: str = ""
    person: str = ""
    phone: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    handed_over: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation(Record):
    """承诺和说明: what the unit states and the program can only check for presence, freshness and consistency.

    ``topic`` is a name such as ``duty_matrix``, ``yearly_statement``, ``funds``, ``rules``, ``password_changed``,
    ``password_complexity``, ``login_statement``, ``responsibility``, ``safety_rules``, ``secrecy_rules``,
    ``emergency_plan``, ``drill``, ``review_rules``, ``personal_accounts``, ``app_functions``, ``elderly_test``,
    ``accessibility_test``, ``ipv6_test``, ``interaction_test``, ``confirmed``, ``device_list``.
    """

    kind: ClassVar[str] = "attestation"

    topic: str = ""
    unit: str = ""
    account: str = ""
    person: str = ""
    stated_on: date | None = None
    valid_until: date | None = None
    passed: bool | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChange(Record):
    """管理人员变动 (第十二条): ``account``'s manager left on ``left_on``."""

    kind: ClassVar[str] = "staff_change"

    account: str = ""
    person: str = ""
    left_on: date | None = None
    password_changed_on: date | None = None
    returned_on: date | None = None
    return_list: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """突发和舆情 (第九条): harmful information that was found, or an opinion event.

    ``is_major``: a person flagged it as 重大舆情."""

    kind: ClassVar[str] = "incident"

    unit: str = ""
    account: str = ""
    post_key: str = ""
    is_major: bool | None = None
    found_at: datetime | None = None
    handled_at: datetime | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfeit(Record):
    """假冒账号 (第十二条) and what was done about it."""

    kind: ClassVar[str] = "counterfeit"

    name: str = ""
    platform: str = ""
    url: str = ""
    unit: str = ""
    found_on: date | None = None
    checked_on: date | None = None
    consulted_cyberspace_on: date | None = None
    consulted_police_on: date | None = None
    consulted_telecom_on: date | None = None
    letter_on: date | None = None
    letter_no: str = ""
    reported_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry(Record):
    """网友诉求 (第七条): when something was asked and answered. Neither who asked nor what is kept."""

    kind: ClassVar[str] = "enquiry"

    account: str = ""
    is_simple: bool | None = None
    received_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction(Record):
    """宣传、网信部门的指导意见 (第二条) and its answer."""

    kind: ClassVar[str] = "instruction"

    department: str = ""
    unit: str = ""
    received_on: date | None = None
    answer_by: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularCheck(Record):
    """定期检查 (第十三条): one check of the lead section with its report."""

    kind: ClassVar[str] = "regular_check"

    unit: str = ""
    checked_on: date | None = None
    report: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppCard(Record):
    """移动客户端 (第四条): what it declares. ``key`` is the account's id."""

    kind: ClassVar[str] = "app_card"

    account: str = ""
    functions: tuple[str, ...] = ()
    terminals: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    ipv6_tested_on: date | None = None
    ipv6_passed: bool | None = None
    elderly_tested_on: date | None = None
    elderly_passed: bool | None = None
    accessible_tested_on: date | None = None
    accessible_passed: bool | None = None
    reason_for_another: str = ""  # why the unit has more than one (集约建设)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """互动入口 (第七、九条) of an account, and when a person last tried it."""

    kind: ClassVar[str] = "interaction"

    account: str = ""
    entry: str = ""
    url: str = ""
    tested_on: date | None = None
    works: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(Record):
    """关注度和利用率 (第五条) of an account on one day."""

    kind: ClassVar[str] = "usage"

    account: str = ""
    counted_on: date | None = None
    followers: int | None = None
    median_reads: int | None = None


KINDS: Mapping[str, type[Record]] = {
    each.kind: each
    for each in (
        Unit,
        Person,
        Vendor,
        FilingEvent,
        FilingSheet,
        Approval,
        RepostTask,
        ImportantPeriod,
        DutyShift,
        Attestation,
        StaffChange,
        Incident,
        Counterfeit,
        Enquiry,
        Instruction,
        RegularCheck,
        AppCard,
        Interaction,
        Usage,
    )
}
#: Kinds of which there is one record a post: read account by account, never all at once.
BY_ACCOUNT = frozenset({Approval.kind})

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Register:
    """Records at hand: all of the bureau's, or with ``approvals`` those of one account.

    ``filled`` names the kinds of which the office has ever imported anything: a rule must not conclude from an empty
    sheet that nobody was appointed before the office began to keep that sheet.
    """

    records: tuple[Record, ...] = ()
    filled: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Register:
        """A register of just these records; their kinds count as filled."""
        given = tuple(records)
        return cls(records=given, filled=frozenset(each.kind for each in given))

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {}
        for each in self.records:
            found.setdefault(each.kind, []).append(each)
        return {kind: tuple(items) for kind, items in found.items()}

    @cached_property
    def _by_account(self) -> dict[tuple[str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str], list[Record]] = {}
        for each in self.records:
            for account in accounts_of(each):
                found.setdefault((each.kind, account), []).append(each)
        return {key: tuple(items) for key, items in found.items()}

    def all(self, kind: type[_R]) -> tuple[_R, ...]:
        """Every record of ``kind``, in the order of their keys."""
        return self._by_kind.get(kind.kind, ())  # type: ignore[return-value]

    def of_account(self, kind: type[_R], account_id: str) -> tuple[_R, ...]:
        """The records of ``kind`` that name this account."""
        return self._by_account.get((kind.kind, account_id), ())  # type: ignore[return-value]

    def of_unit(self, kind: type[_R], unit: str) -> tuple[_R, ...]:
        """The records of ``kind`` that name this unit."""
        return self._by_unit.get((kind.kind, unit), ())  # type: ignore[return-value]

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str], list[Record]] = {}
        for each in self.records:
            found.setdefault((each.kind, getattr(each, "unit", "")), []).append(each)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def topics(self) -> frozenset[str]:
        """What anybody in the office has ever stated something about."""
        return frozenset(each.topic for each in self.all(Attestation))

    def statements(self, topic: str, unit: str) -> tuple[Attestation, ...]:
        """The statements on ``topic`` that a unit made for itself, or the bureau for all; not those on one account."""
        return self._statements.get((topic, unit), ()) + (self._statements.get((topic, ""), ()) if unit else ())

    @cached_property
    def _statements(self) -> dict[tuple[str, str], tuple[Attestation, ...]]:
        found: dict[tuple[str, str], list[Attestation]] = {}
        for each in self.all(Attestation):
            if not each.account:
                found.setdefault((each.topic, each.unit), []).append(each)
        return {key: tuple(items) for key, items in found.items()}

    def unit(self, name: str) -> Unit | None:
        """The unit of that full name."""
        return self._units.get(name)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {each.key: each for each in self.all(Unit)}

    def keeps(self, kind: type[Record]) -> bool:
        """True where the office keeps this sheet at all."""
        return kind.kind in self.filled

    def with_records(self, more: Iterable[Record]) -> Register:
        """This register and ``more``."""
        given = tuple(more)
        return Register(records=self.records + given, filled=self.filled | {each.kind for each in given})


def accounts_of(record: Record) -> Iterator[str]:
    """The ids of the accounts that ``record`` names."""
    single = getattr(record, "account", "")
    if single:
        yield single
    yield from getattr(record, "accounts", ())
