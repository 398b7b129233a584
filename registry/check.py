"""What ``xunjian registry check`` tells: what stops the import, and what the regulation asks for and is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.account import Account, Standing
from domain.errors import RegistryError
from registry import accounts as register
from registry.columns import platform_name
from registry.post_columns import BROUGHT

#: Platforms whose accounts are read without a way being named.
_SELF_EVIDENT = frozenset({"weibo", "toutiao", "douyin", "kuaishou", "app", "miniprogram"}) | BROUGHT
#: Nobody verifies a website or an app of one's own: there is no subject to be entered.
_UNVERIFIED = frozenset({"website", "app"})
#: Signs that a verified subject is a section of the bureau, not a legal unit (第四条).
_SECTIONS = ("科", "处", "股", "办公室", "党支部")
_LEGAL_SECTIONS = ("登记处", "办事处", "管理处", "服务处", "总会办公室")


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """``errors`` stop the import; ``advice`` is what a person should look at. One Chinese line each."""

    accounts: tuple[Account, ...]
    errors: tuple[str, ...]
    advice: tuple[str, ...]


def check(path: Path) -> RegisterCheck:
    """Read the register at ``path`` and look it over; never raises for what the file holds."""
    try:
        accounts = register.load(path)
    except RegistryError as error:
        return RegisterCheck((), tuple(str(problem) for problem in error.problems), ())
    return RegisterCheck(accounts, (), tuple(advise(accounts)))


def advise(accounts: Iterable[Account]) -> Iterator[str]:
    """What the regulation asks for and the register does not show (第三、四、五条)."""
    live: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        if account.standing is Standing.CLOSED:
            continue
        yield from _gaps(account)
        if account.sponsor and account.standing is Standing.LIVE:
            live[account.sponsor, account.platform].append(account)
    for (sponsor, platform), several in live.items():
        if len(several) > 1 and platform != "website":
            names = "、".join(account.name for account in several)
            yield (
                f"{sponsor}：在{platform_name(platform)}有 {len(several)} 个账号（{names}）；"
                "第五条要求同一平台原则上只开设一个，请清理整合或说明理由"
            )


def _gaps(account: Account) -> Iterator[str]:
    where = f"{account.id} {account.name}"
    if not account.sponsor:
        yield f"{where}：没有主办单位；第五条要求基本信息完整，请补填"
    if not account.filing_no:
        yield f"{where}：没有备案号；第三条要求备案后开设，请补填或补录备案"
    if not account.verified_subject and account.platform not in _UNVERIFIED:
        yield f"{where}：没有认证主体；第四条要求主体为法人单位，请补填"
    if _is_section(account.verified_subject):
        yield f"{where}：认证主体“{account.verified_subject}”像是内设机构；第四条规定内设机构不得作为认证主体，请核对"
    if not account.routes and account.platform not in _SELF_EVIDENT:
        yield f"{where}：没有填读取方式；巡检时将读不到内容，请补填，如 official@凭据名 或 album@专辑号"


def _is_section(subject: str) -> bool:
    return subject.endswith(_SECTIONS) and not subject.endswith(_LEGAL_SECTIONS)
