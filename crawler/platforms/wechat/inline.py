"""What the inline scripts of one page say: ``cgiDataNew``, the older top-level variables, and the page's own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crawler.platforms.wechat.script import ScriptError, value_at

_DATA_NEW = re.compile(r"\bcgiDataNew\s*=\s*(?=\{)")
_DATA = re.compile(r"\bcgiData\s*=\s*(?=\{)")
_PAGE_ID = re.compile(r"\bPAGE_MID\s*=\s*(['\"])(.*?)\1")
_NAMES = (
    "biz|mid|idx|sn|ct|oriCreateTime|ori_create_time|create_time|createTime|user_name|nickname|nick_name|msg_title"
    "|title|msg_desc|desc|msg_link|msg_source_url|copyright_stat|_copyright_stat|item_show_type|source_username"
    "|source_nickname|reprint_style|reprint_type|content_noencode|content|transfer_target_link|ret|svr_time|hd_head_img"
    "|voiceid|source_encode_biz|alias"
)
#: Only literals and the page's own decorations: ``var idx = 0`` inside a library is none of them.
_VARIABLE = re.compile(
    rf"(?:\bvar\s+|\bwindow\.|\bd\.|\b_g\.)({_NAMES})\s*=\s*"
    rf"(?=[\"']|htmlDecode\(|JsDecode\(|\(?\s*xml\b|window\.\w+\s*=\s*[\"'])"
)
_PICTURES = re.compile(r"\bpicture_page_info_list\s*=\s*(?=\[)")


class Inline:
    """The scripts of one page, read when asked for."""

    def __init__(self, root: Any) -> None:
        self.scripts: tuple[str, ...] = tuple(script.text for script in root.iter("script") if script.text)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """``window.cgiDataNew``; empty where the page has none."""
        return self._object(_DATA_NEW, ("base_resp", "user_name", "title", "nick_name"))

    @cached_property
    def old_data(self) -> Mapping[str, Any]:
        """``window.cgiData``, which pages of removed articles carry."""
        return self._object(_DATA, ("nick_name", "user_name", "del_reason_id", "title"))

    @cached_property
    def variables(self) -> Mapping[str, Any]:
        """The top-level variables that have a value; the first of each name stands."""
        found: dict[str, Any] = {}
        for script in self.scripts:
            for match in _VARIABLE.finditer(script):
                if match[1] in found:
                    continue
                try:
                    value = value_at(script, match.end())
                except ScriptError:
                    continue
                if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
                    found[match[1]] = value
        return found

    @cached_property
    def page_id(self) -> str:
        """``window.PAGE_MID``: which template made the page."""
        for script in self.scripts:
            if match := _PAGE_ID.search(script):
                return match[2]
        return ""

    @cached_property
    def pictures(self) -> list[Mapping[str, Any]]:
        """``picture_page_info_list`` of ``cgiDataNew``, else the variable of that name."""
        listed = self.data.get("picture_page_info_list")
        if not listed:
            for script in self.scripts:
                for match in _PICTURES.finditer(script):
                    try:
                        listed = value_at(script, match.end())
                    except ScriptError:
                        continue
                    if listed:
                        break
                if listed:
                    break
        return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []

    def text(self, *names: str) -> str:
        """The first of ``names`` that has a value, as text: in ``cgiDataNew``, then among the variables."""
        for source in (self.data, self.variables):
            for name in names:
                value = source.get(name)
                if isinstance(value, bool) or value is None or value == "":
                    continue
                if isinstance(value, (str, int)):
                    return str(value)
        return ""

    def number(self, *names: str) -> int | None:
        """The first of ``names`` that is a whole number."""
        for source in (self.data, self.variables):
            for name in names:
                value = source.get(name)
                if isinstance(value, bool):
                    continue
                if isinstance(value, int):
                    return value
                if isinstance(value, str) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
                    return int(value)
        return None

    def _object(self, pattern: re.Pattern[str], any_of: tuple[str, ...]) -> Mapping[str, Any]:
        for script in self.scripts:
            for match in pattern.finditer(script):
                try:
                    value = value_at(script, match.end())
                except ScriptError:
                    continue
                if isinstance(value, dict) and any(name in value for name in any_of):
                    return value
        return {}
