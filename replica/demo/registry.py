"""The fictional bureau's register of accounts as the office would hand it in: ``accounts.csv``.

The columns and words are those of the register format (账号台账); the demo goes through the real import.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from domain.account import Account, Medium, Purpose, Route, Standing
from domain.table import write_csv
from replica.demo.accounts import PLANS

_COLUMNS = (
    "平台",
    "平台标识",
    "账号名称",
    "主办单位",
    "承办单位",
    "主管单位",
    "认证主体",
    "备案号",
    "用途",
    "内容形式",
    "状态",
    "读取方式",
    "主页网址",
    "附加标识",
    "授权依据",
    "曾用标识",
)
_PLATFORMS = {
    "wechat": "微信公众号",
    "weibo": "新浪微博",
    "toutiao": "今日头条",
    "douyin": "抖音",
    "kuaishou": "快手",
    "website": "政府网站",
    "app": "移动客户端",
}
_PURPOSES = {Purpose.PUBLISHING: "发布类", Purpose.SERVICE: "服务类"}
_MEDIA = {Medium.TEXT_IMAGE: "文字图片类", Medium.AUDIO_VIDEO: "音视频类", None: ""}
_STANDINGS = {Standing.LIVE: "在用", Standing.CLOSING: "拟注销", Standing.CLOSED: "已注销"}


def accounts() -> tuple[Account, ...]:
    """The accounts on file."""
    return tuple(plan.entry.account for plan in PLANS)


def write_registry(folder: Path) -> Path:
    """Write ``accounts.csv`` into ``folder`` and return its path."""
    path = folder / "accounts.csv"
    write_csv(path, _COLUMNS, map(_row, accounts()))
    return path


def _row(account: Account) -> list[str]:
    return [
        _PLATFORMS[account.platform],
        account.key,
        account.name,
        account.sponsor,
        account.operator,
        account.supervisor,
        account.verified_subject,
        account.filing_no,
        _PURPOSES[account.purpose],
        _MEDIA[account.medium],
        _STANDINGS[account.standing],
        _joined(map(_route, account.routes)),
        account.home_url,
        _joined(f"{name}={value}" for name, value in account.attributes.items()),
        account.robots_authorisation,
        _joined(account.aliases),
    ]


def _route(route: Route) -> str:
    target = route.credential or route.address
    return f"{route.kind}@{target}" if target else route.kind


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(parts)
