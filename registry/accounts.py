"""The register of accounts (备案台账), from and to CSV or XLSX. Its headers are told in ``registry``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from domain.account import Account, Purpose, Standing
from domain.errors import RegistryError
from domain.table import Row, Table, build, raise_all, read_csv, split, write_csv
from registry import columns, routes, workbook

_PLATFORM = re.compile(r"[a-z][a-z0-9_-]*")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_URL = re.compile(r"https?://[^\s/]+\S*")
#: What the platform's own key looks like, where that is certain, and how to say it.
_KEYS = {
    "wechat": (re.compile(r"gh_\w+"), "公众号原始 ID，以 gh_ 开头"),
    "weibo": (re.compile(r"\d+"), "微博 UID，全为数字"),
    "douyin": (re.compile(r"MS4w[\w-]+"), "抖音 sec_uid，以 MS4w 开头，即主页网址 /user/ 后面的一段"),
    "kuaishou": (re.compile(r"[A-Za-z0-9_-]{3,64}"), "快手主页网址 /profile/ 后面的一段"),
    "website": (re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?"), "网站域名，不带 https:// 和路径"),
    "miniprogram": (re.compile(r"wx[0-9a-z]+"), "小程序 AppID，以 wx 开头"),
}


def load(path: Path) -> tuple[Account, ...]:
    """The accounts of a ``.csv`` or ``.xlsx`` register, in the file's order.

    Raises ``RegistryError`` that carries every problem of the file with its row.
    """
    return from_table(_table(path))


def from_table(table: Table) -> tuple[Account, ...]:
    """The accounts of rows that have been read already. Raises ``RegistryError`` as ``load`` does."""
    accounts: list[tuple[int, Account]] = []
    problems: list[RegistryError] = []
    for row in table.rows:
        found = list(_cell_problems(row))
        if found:
            problems.extend(RegistryError(table.path, problem, row=row.number) for problem in found)
        else:
            accounts.append((row.number, _account(row)))
    problems.extend(_doubled(accounts, table.path))
    raise_all(sorted(problems, key=lambda error: error.row or 0))
    return tuple(account for _, account in accounts)


def write(path: Path, accounts: Iterable[Account]) -> None:
    """Write a register that ``load`` reads back; the suffix decides between CSV and XLSX.

    Without accounts this is a template. Raises ``ValueError`` for another suffix or a value that no cell can hold.
    """
    cells = rows(accounts)
    if path.suffix.lower() == ".csv":
        write_csv(path, columns.COLUMNS, cells)
    elif path.suffix.lower() == ".xlsx":
        choices: dict[str, Sequence[str]] = {
            columns.PLATFORM: list(dict.fromkeys(map(columns.platform_name, columns.PLATFORMS.values()))),
            columns.PURPOSE: list(columns.PURPOSES),
            columns.MEDIUM: list(columns.MEDIA),
            columns.STANDING: list(columns.STANDINGS),
        }
        workbook.write(path, "账号台账", columns.COLUMNS, cells, choices)
    else:
        raise ValueError(f"{path.name}：台账只能写成 .csv 或 .xlsx")


def rows(accounts: Iterable[Account]) -> list[list[str]]:
    """The cells of each account in the order of ``columns.COLUMNS``. Raises ``ValueError`` as ``write`` does."""
    return [_cells(account) for account in accounts]


def _table(path: Path) -> Table:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return build(
            workbook.read(path), path.name, known=columns.COLUMNS, required=columns.REQUIRED, error=RegistryError
        )
    return read_csv(path, known=columns.COLUMNS, required=columns.REQUIRED, error=RegistryError)


def _cell_problems(row: Row) -> Iterator[str]:
    for header in columns.REQUIRED:
        if not row.get(header):
            yield f"缺少{header}；请填写，或删除整行"
    yield from _identity_problems(row)
    choices: Mapping[str, Mapping[str, object]] = {
        columns.PURPOSE: columns.PURPOSES,
        columns.MEDIUM: columns.MEDIA,
        columns.STANDING: columns.STANDINGS,
    }
    for header, known in choices.items():
        value = row.get(header)
        if value and value not in known:
            yield f"{header}“{value}”不认识；可填：{'、'.join(known)}，或留空"
    home = row.get(columns.HOME_URL)
    if home and not _URL.fullmatch(home):
        yield f"主页网址“{home}”不是网址；应以 http:// 或 https:// 开头"
    try:
        routes.parse(row.get(columns.ROUTES))
    except ValueError as reason:
        yield str(reason)
    for part in split(row.get(columns.ATTRIBUTES)):
        if not re.fullmatch(r"[^=\s]+\s*=\s*\S.*", part):
            yield f"附加标识“{part}”看不懂；格式为 名称=值，如 biz=MzA… | appid=wx…"


def _identity_problems(row: Row) -> Iterator[str]:
    platform, key = _platform(row), row.get(columns.KEY)
    if row.get(columns.PLATFORM) and not _PLATFORM.fullmatch(platform):
        known = dict.fromkeys(map(columns.platform_name, columns.PLATFORMS.values()))
        yield f"平台“{row.get(columns.PLATFORM)}”不认识；可填：{'、'.join(known)}，或英文代号"
        return
    if not key:
        return
    if _SCIENTIFIC.fullmatch(key):
        yield f"平台标识“{key}”被 Excel 改成了科学计数法；请把该列设为“文本”格式后重新填写"
    elif re.search(r"[\s/|]", key):
        yield f"平台标识“{key}”含有空格、斜线或竖线；请只填平台给出的标识"
    elif platform in _KEYS and not _KEYS[platform][0].fullmatch(_key(platform, key)):
        yield f"平台标识“{key}”不对；应为{_KEYS[platform][1]}"


def _doubled(accounts: Sequence[tuple[int, Account]], shown: str) -> Iterator[RegistryError]:
    seen: dict[str, int] = {}
    for number, account in accounts:
        if account.id in seen:
            problem = f"账号 {account.id} 与第 {seen[account.id]} 行重复；一个账号只能登记一次"
            yield RegistryError(shown, problem, row=number)
        seen.setdefault(account.id, number)
    for number, account in accounts:
        for alias in account.aliases:
            other = seen.get(alias)
            if other is not None:
                problem = f"曾用标识 {alias} 已是第 {other} 行的账号；请核对哪一个在用"
                yield RegistryError(shown, problem, row=number)


def _platform(row: Row) -> str:
    written = row.get(columns.PLATFORM)
    return columns.PLATFORMS.get(written) or columns.PLATFORMS.get(written.upper()) or written.lower()


def _key(platform: str, key: str) -> str:
    return key.lower() if platform == "website" else key


def _account(row: Row) -> Account:
    platform = _platform(row)
    pairs = (part.partition("=") for part in split(row.get(columns.ATTRIBUTES)))
    return Account(
        platform=platform,
        key=_key(platform, row.get(columns.KEY)),
        name=row.get(columns.NAME),
        sponsor=row.get(columns.SPONSOR),
        operator=row.get(columns.OPERATOR),
        supervisor=row.get(columns.SUPERVISOR),
        verified_subject=row.get(columns.VERIFIED_SUBJECT),
        filing_no=row.get(columns.FILING_NO),
        purpose=columns.PURPOSES.get(row.get(columns.PURPOSE), Purpose.PUBLISHING),
        medium=columns.MEDIA.get(row.get(columns.MEDIUM)),
        standing=columns.STANDINGS.get(row.get(columns.STANDING), Standing.LIVE),
        routes=routes.parse(row.get(columns.ROUTES)),
        home_url=row.get(columns.HOME_URL),
        attributes={name.strip(): value.strip() for name, _, value in pairs},
        robots_authorisation=row.get(columns.ROBOTS),
        aliases=split(row.get(columns.ALIASES)),
    )


def _cells(account: Account) -> list[str]:
    for value in (*account.attributes.values(), *account.aliases):
        if "|" in value:
            raise ValueError(f"{account.id}：附加标识或曾用标识“{value}”含有竖线，台账中无法保存")
    named = {
        columns.PLATFORM: columns.platform_name(account.platform),
        columns.KEY: account.key,
        columns.NAME: account.name,
        columns.SPONSOR: account.sponsor,
        columns.OPERATOR: account.operator,
        columns.SUPERVISOR: account.supervisor,
        columns.VERIFIED_SUBJECT: account.verified_subject,
        columns.FILING_NO: account.filing_no,
        columns.PURPOSE: _word(columns.PURPOSES, account.purpose),
        columns.MEDIUM: _word(columns.MEDIA, account.medium),
        columns.STANDING: _word(columns.STANDINGS, account.standing),
        columns.ROUTES: routes.render(account.routes),
        columns.HOME_URL: account.home_url,
        columns.ATTRIBUTES: " | ".join(f"{name}={value}" for name, value in account.attributes.items()),
        columns.ROBOTS: account.robots_authorisation,
        columns.ALIASES: " | ".join(account.aliases),
    }
    return [named[header] for header in columns.COLUMNS]


def _word(choices: Mapping[str, object], value: object) -> str:
    return next((word for word, known in choices.items() if known == value), "")
