"""The ways to read an account, as one cell of the register holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.account import Route
from domain.table import split

#: Ways for which the part after ``@`` names a credential, not an address.
BY_CREDENTIAL = frozenset({"official", "oauth"})
#: What a clerk may write instead of the word the spiders know.
NAMES = {
    "官方接口": "official",
    "开放接口": "oauth",
    "专辑": "album",
    "页面": "page",
    "订阅源": "rss",
    "浏览器": "browser",
    "移动版": "mobile",
    "栏目": "lists",
    "公开目录": "disclosure",
    "应用商店": "lookup",
    "应用宝": "tencent",
    "华为应用市场": "huawei",
    "人工导入": "import",
    "导入": "import",
    "自查记录": "record",
}
_WAY = re.compile(r"(?P<kind>[^\s@:：]+)(?:[:：](?P<credential>[\w.-]+))?(?:@(?P<rest>\S.*))?", re.S)
_KIND = re.compile(r"[a-z][a-z0-9_]*")
_CREDENTIAL = re.compile(r"[\w.-]+")


def parse(cell: str) -> tuple[Route, ...]:
    """The ways in ``cell``, in order. Raises ``ValueError`` with a Chinese reason."""
    return tuple(_parse_one(part) for part in split(cell))


def _parse_one(text: str) -> Route:
    found = _WAY.fullmatch(text)
    kind = NAMES.get(found["kind"], found["kind"].lower()) if found else ""
    if not found or not _KIND.fullmatch(kind):
        raise ValueError(f"读取方式“{text}”看不懂；格式为 方式@地址，如 official@wechat-main | rss@https://…")
    credential, rest = found["credential"] or "", (found["rest"] or "").strip()
    if kind in BY_CREDENTIAL and not credential:
        if not _CREDENTIAL.fullmatch(rest):
            raise ValueError(f"读取方式“{text}”须写明凭据名称，如 {kind}@wechat-main")
        credential, rest = rest, ""
    return Route(kind, rest, credential)


def render(routes: Iterable[Route]) -> str:
    """The cell that ``parse`` reads back."""
    return " | ".join(_render_one(route) for route in routes)


def _render_one(route: Route) -> str:
    address = route.address.replace("|", "%7C")
    if route.kind in BY_CREDENTIAL and not address:
        return f"{route.kind}@{route.credential}"
    head = f"{route.kind}:{route.credential}" if route.credential else route.kind
    return f"{head}@{address}" if address else head
