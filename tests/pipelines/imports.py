"""A workspace with accounts whose posts people bring, and the files they bring."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import openpyxl

from domain.account import Account, Route
from domain.clock import Clock, parse_instant
from pipelines.importing import ImportOrder, import_file
from pipelines.workspace import Workspace

NOW = parse_instant("2026-06-18T22:00")
CLOCK = Clock(NOW, fixed=True)
DAY = timedelta(days=1)

CLIPS = Account(
    platform="channels", key="sph_liuxi", name="柳溪民政视频号", sponsor="柳溪市民政局", routes=(Route("import"),)
)
PAPER = Account(
    platform="peoples_daily", key="4001", name="柳溪民政", sponsor="柳溪市民政局", routes=(Route("import"),)
)
WEIBO = Account(platform="weibo", key="7600009001", name="柳溪救助", sponsor="柳溪市救助管理站")
ACCOUNTS = (CLIPS, PAPER, WEIBO)


def workspace(path: Path, *accounts: Account) -> Workspace:
    path.mkdir()
    key = path / "secret.key"
    key.write_bytes(base64.b64encode(bytes(range(32))))
    key.chmod(0o600)
    made = Workspace.create(path, bureau="柳溪市民政局")
    with made.open_store() as store:
        store.put_accounts(accounts or ACCOUNTS, source="test", at=NOW)
    return made


def bring(place: Workspace, path: Path, account: Account = PAPER, clock: Clock = CLOCK, **options):
    return import_file(place, ImportOrder(path=path, account=account, **options), clock)


def table(path: Path, rows, *, merges=(), title="内容", extra=None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    if extra:
        other = book.create_sheet(extra[0])
        for row in extra[1]:
            other.append(row)
    book.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes(content.encode(encoding))
    return path
