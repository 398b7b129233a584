"""What this machine can and cannot do, and the fix for each."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from domain.clock import Clock, in_china
from domain.errors import XunjianError

if TYPE_CHECKING:
    from domain.account import Account
    from pipelines.workspace import Workspace

#: Below this the evidence of a first inspection of a hundred accounts may not fit (bytes).
_ENOUGH_DISK = 2 * 2**30
_PARTS = {
    "scrapy": "读取网页",
    "sqlalchemy": "数据库",
    "cryptography": "加密",
    "jieba": "分词",
    "ahocorasick": "词语匹配",
    "opencc": "繁简转换",
    "xlsxwriter": "Excel 报告",
    "docx": "Word 附件和公文",
    "pypdfium2": "PDF 附件",
    "python_calamine": "Excel 附件",
    "warcio": "取证档案",
}


class State(Enum):
    """How serious a line is."""

    GOOD = "正常"
    ADVICE = "提醒"
    BAD = "有误"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, what was found, and what to do where it is not as it should be."""

    state: State
    name: str
    found: str
    fix: str = ""


def machine() -> Iterator[Check]:
    """What can be said without a workspace."""
    yield _python()
    yield _packages()
    yield _sqlite()
    yield _browser()
    yield _fonts()
    yield _printer()
    yield _postgres()
    yield from _files()


def workspace_checks(workspace: Workspace) -> Iterator[Check]:
    """What can be said of one workspace."""
    yield Check(State.GOOD, "工作区", str(workspace.root))
    yield _disk(workspace.root)
    yield from _private(workspace)
    try:
        with workspace.open_store() as store:
            accounts = store.accounts()
    except XunjianError as error:
        yield Check(State.BAD, "数据库", str(error))
        return
    if not accounts:
        fix = f"请填写 {workspace.registry / 'accounts.csv'}，再运行 xunjian registry import"
        yield Check(State.ADVICE, "台账", "数据库中还没有账号", fix)
    else:
        yield Check(State.GOOD, "台账", f"在册账号 {len(accounts)} 个")
    yield from _credentials(workspace, {r.credential for a in accounts for r in a.routes if r.credential})
    yield from _expiries(workspace, accounts)
    yield from _words(workspace)
    yield from _calendar(workspace, in_china(Clock.system().read()).date())


def _calendar(workspace: Workspace, today: date) -> Iterator[Check]:
    """Whether working days can be counted as far as the longest time limit reaches."""
    from registry.calendar import LONGEST, warning

    try:
        calendar = workspace.calendar(today.year + 1)
    except XunjianError as error:
        yield Check(State.BAD, "工作日历", str(error), "请改正 workdays.csv")
        return
    told = warning(calendar, today + LONGEST)
    if told:
        found, _, fix = told.partition("；")
        yield Check(State.ADVICE, "工作日历", found, fix)
    else:
        yield Check(State.GOOD, "工作日历", f"放假安排已知到 {calendar.known_through} 年")


def _python() -> Check:
    # An older one than 3.11 would not have come this far.
    return Check(State.GOOD, "Python", f"{'.'.join(map(str, sys.version_info[:3]))}（{sys.executable}）")


def _packages() -> Check:
    missing = [f"{name}（{use}）" for name, use in _PARTS.items() if importlib.util.find_spec(name) is None]
    if missing:
        return Check(
            State.BAD, "程序部件", f"缺少 {'、'.join(missing)}", "请在程序目录运行 make test 或 make demo 补齐"
        )
    return Check(State.GOOD, "程序部件", f"{len(_PARTS)} 个都在")


def _sqlite() -> Check:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < (3, 35, 0):
        return Check(State.BAD, "SQLite", found, "需要 3.35 或更新版本；请更新系统，或在 xunjian.toml 改用 PostgreSQL")
    return Check(State.GOOD, "SQLite", found)


def _browser() -> Check:
    from crawler.browser import VARIABLE, browser_ready, find_browser

    path = find_browser()
    fix = f"请在程序目录运行 make browser，或安装 Chromium 后用环境变量 {VARIABLE} 写明路径"
    if not path:
        return Check(State.ADVICE, "浏览器", "没有；须用浏览器读取的账号（如今日头条）将报告为“未能检查”", fix)
    if not browser_ready(path):
        told = f"{path}；但缺少驱动它的部件 playwright、scrapy-playwright"
        return Check(State.ADVICE, "浏览器", told, "请在程序目录运行 make browser")
    return Check(State.GOOD, "浏览器", path)


def _fonts() -> Check:
    lister = shutil.which("fc-list")
    if lister is None:
        return Check(
            State.ADVICE, "中文字体", "无法查看（没有 fc-list）", "只影响在本机打印报告；可安装 fontconfig 后再看"
        )
    listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)
    names = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if not names:
        fix = "只影响在本机查看和打印报告；请安装 fonts-noto-cjk（如 apt-get install fonts-noto-cjk）"
        return Check(State.ADVICE, "中文字体", "没有", fix)
    return Check(State.GOOD, "中文字体", "、".join(names[:3]) + (f" 等 {len(names)} 种" if len(names) > 3 else ""))


def _printer() -> Check:
    from reports.documents.printing import ADVICE, find_printer, stand_ins

    path = find_printer()
    if not path:
        return Check(State.ADVICE, "打印 PDF", "没有 LibreOffice；公文只能出 docx", ADVICE)
    missing = stand_ins()
    if missing:
        told = f"{path}；本机缺公文字体 {'、'.join(missing)}，PDF 以其他字体代替，docx 不受影响"
        return Check(State.ADVICE, "打印 PDF", told, "请装上这些字体，或用装有字体的电脑打开 docx 打印")
    return Check(State.GOOD, "打印 PDF", path)


def _postgres() -> Check:
    try:
        return Check(State.GOOD, "PostgreSQL 驱动（可选）", version("psycopg"))
    except PackageNotFoundError:
        return Check(State.GOOD, "PostgreSQL 驱动（可选）", "没有安装；用 SQLite 时不需要")


def _files() -> Iterator[Check]:
    """Kinds of files that need more than the program itself; what cannot be read is told with each such file."""
    from extractors import formats

    for ability in formats.abilities():
        if ability.ok:
            yield Check(State.GOOD, ability.label, ability.detail or "可以读取")
        else:
            yield Check(State.ADVICE, ability.label, ability.detail, ability.remedy)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    shown = f"剩余 {free / 2**30:.1f} GB"
    if free < _ENOUGH_DISK:
        return Check(State.ADVICE, "磁盘", shown, "取证档案需要空间；请清理磁盘，或把工作区移到更大的磁盘")
    return Check(State.GOOD, "磁盘", shown)


def _private(workspace: Workspace) -> Iterator[Check]:
    if not workspace.key_path.is_file():
        fix = "请从备份恢复；没有它，已存内容无法读取"
        yield Check(State.BAD, "密钥", f"{workspace.key_path} 不见了", fix)
    for name, path in (
        ("密钥", workspace.key_path),
        ("凭据", workspace.credentials_path),
        ("取证档案", workspace.evidence),
    ):
        if not path.exists():
            continue
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            wanted = "700" if path.is_dir() else "600"
            yield Check(State.BAD, name, f"{path} 的权限是 {mode:o}，其他用户能读", f"请运行 chmod {wanted} {path}")
        else:
            yield Check(State.GOOD, name, f"权限 {mode:o}，只有本用户能读")


def _credentials(workspace: Workspace, wanted: set[str]) -> Iterator[Check]:
    try:
        missing = sorted(wanted - set(workspace.credentials()))
    except XunjianError as error:
        yield Check(State.BAD, "接口凭据", str(error))
        return
    if missing:
        told = f"台账用到但没有登记：{'、'.join(missing)}"
        yield Check(State.ADVICE, "接口凭据", told, f"请运行 xunjian credential set {missing[0]} …")
    elif wanted:
        yield Check(State.GOOD, "接口凭据", f"台账用到的 {len(wanted)} 份都已登记")


def _expiries(workspace: Workspace, accounts: Sequence[Account]) -> Iterator[Check]:
    """The countdown of every certification, token and secret whose end is known, and what a platform refused."""
    from domain.clock import Clock, in_china
    from pipelines.credential_health import states

    now = Clock.system().read()
    try:
        with workspace.open_store() as store:
            last = store.inspection()
            found = states(workspace, store, accounts, store.coverages(last.id) if last is not None else (), now)
    except XunjianError:
        return  # told above
    for one in found:
        left = one.days_left(now)
        if one.refusal:
            yield Check(State.ADVICE, one.label, f"平台不接受：{one.refusal}")
        elif left is not None and one.expires_at is not None:
            day = f"{in_china(one.expires_at):%Y-%m-%d}"
            told = f"{day} 到期，还有 {left} 天" if left >= 0 else f"已于 {day} 到期，过了 {-left} 天"
            late = left <= workspace.settings.credentials.warn_days
            yield Check(State.ADVICE if late else State.GOOD, one.label, told, one.remedy if late else "")


def _words(workspace: Workspace) -> Iterator[Check]:
    from scanners.factory import ScannerSpec, load_book

    try:
        book = load_book(ScannerSpec(b"", (workspace.lexicons,), (workspace.rules,)))
    except XunjianError as error:
        yield Check(State.BAD, "规则和词库", str(error), "请运行 xunjian lexicon check 查看全部问题")
        return
    yield Check(
        State.GOOD, "规则和词库", f"规则 {len(book.active())} 条，词库 {len(book.lexicons)} 个，版本 {book.digest}"
    )
    for rule in book.rules:
        if rule.id in book.inactive:
            table = workspace.lexicons / f"{rule.detector.get('list', '')}.csv"
            fix = f"请把词语填入 {table}（表头由 xunjian init 生成），再运行 xunjian lexicon check"
            yield Check(State.ADVICE, rule.title, book.inactive[rule.id], fix)
