"""The about page of an account (关于公众号, 关于服务号): the one public page that says who stands behind it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.parsing.markup import all_by_class, by_class, by_id, inner_text
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_LABELS = {
    "公众号简介": "description",
    "服务号简介": "description",
    "功能介绍": "description",
    "微信号": "alias",
    "认证类型": "subject_type",
    "主体类型": "subject_type",
    "帐号主体": "verified_subject",
    "账号主体": "verified_subject",
    "认证主体": "verified_subject",
    "IP属地": "ip_region",
    "客服电话": "phone",
    "认证时间": "verified_on",
}
_RENAMED = re.compile(r"改名“([^”]+)”|注册“([^”]+)”")


def is_about(root: Any, page_id: str) -> bool:
    """True for an about page."""
    return by_class(root, "about-page") is not None or page_id.startswith("mmbizwap:wxverify/info")


def read_about(root: Any, url: str) -> Reading:
    """The rows of the page as a profile: ``alias``, ``subject_type``, ``verified_subject``, ``description``, …

    ``service`` is 公众号 or 服务号 as the page calls it; ``names`` the history of the account's name, newest first;
    ``authorised_services`` the third parties with access; ``rows`` every row under its own label.
    """
    page = by_class(root, "about-page")
    profile: dict[str, object] = {}
    rows: dict[str, str] = {}
    for item in all_by_class(page if page is not None else root, "item-info"):
        title, value = by_class(item, "item-title"), by_class(item, "item-desc")
        if title is None or value is None:
            continue
        label, text = inner_text(title), inner_text(value)
        if not text:
            continue
        rows[label] = text
        if name := _LABELS.get(label):
            profile[name] = text
        elif label.endswith("简介"):
            profile["description"] = text
    for key, place in (("authorised_services", "js_auth_info"), ("names", "js_div_rename_history")):
        element = by_id(root, place)
        lines = [text for node in element.iter("p") if (text := inner_text(node))] if element is not None else []
        if lines:
            profile[key] = lines
    title = next(iter(root.iter("title")), None)
    name = " ".join((title.text or "").split()) if title is not None else ""
    if name.startswith("关于"):
        profile["service"] = name.removeprefix("关于")
    if biz := _biz(root, url):
        profile["biz"] = biz
    if not rows:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="是关于页，但读不到任何栏目；原始页面已留存，请人工核对")
    profile["rows"] = rows
    return Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, account=_name(profile), profile=profile)


def _biz(root: Any, url: str) -> str:
    for address in (*(node.get("href") or "" for node in root.iter("a")), url):
        try:
            values = parse_qs(urlsplit(address).query).get("__biz")
        except ValueError:
            continue
        if values:
            return values[0]
    return ""


def _name(profile: dict[str, object]) -> str:
    """The account's present name, where the history of names tells it."""
    names = profile.get("names")
    for line in names if isinstance(names, list) else ():
        if found := _RENAMED.search(line):
            return str(found[1] or found[2])
    return ""
