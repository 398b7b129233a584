"""What the inline scripts of one page say: ``cgiDataNew``, the older top-level variables, and the page's own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from crawler.parsing.markup import tree
from crawler.platforms.wechat.script import ScriptError, value_at

_PAGE_ID = re.compile(r"PAGE_MID\s*=\s*(['\"])(.*?)\1")
_ASSIGNED_OBJECT = re.compile(r"\s*=\s*(?=\{)")
_ASSIGNED_LIST = re.compile(r"\s*=\s*(?=\[)")
#: Only literals and the page's own decorations: ``var idx = 0`` inside a library is none of them.
_ASSIGNED_LITERAL = re.compile(r"\s*=\s*(?=[\"']|htmlDecode\(|JsDecode\(|\(?\s*xml\b|window\.\w+\s*=\s*[\"'])")
_BEFORE_NAME = re.compile(r"(?:\bvar\s+|\bwindow\.|\bd\.|\b_g\.)$")


class Inline:
    """The scripts of one page, read when asked for."""

    def __init__(self, root: Any) -> None:
        self.scripts: tuple[str, ...] = tuple(script.text for script in root.iter("script") if script.text)
        self._variables: dict[str, str | int | float | None] = {}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Inline:
        """The same for a ``cgiDataNew`` that was saved alone, without its page."""
        inline = cls(tree("<html></html>"))
        inline.__dict__["data"] = data
        return inline

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """``window.cgiDataNew``; empty where the page has none."""
        return self._object("cgiDataNew", ("base_resp", "user_name", "title", "nick_name"))

    @cached_property
    def old_data(self) -> Mapping[str, Any]:
        """``window.cgiData``, which pages of removed articles carry."""
        return self._object("cgiData", ("nick_name", "user_name", "del_reason_id", "title"))

    @cached_property
    def rendered(self) -> Mapping[str, Any]:
        """``window.__QMTPL_SSR_DATA__``, what the server filled into a text message's template."""
        return self._object("__QMTPL_SSR_DATA__", ("nick_name", "contentNoEncode"))

    def variable(self, name: str) -> str | int | float | None:
        """The first value that ``var name``, ``window.name`` or ``d.name`` is given; ``None`` where it has none."""
        if name not in self._variables:
            self._variables[name] = next(self._values(name), None)
        return self._variables[name]

    def _values(self, name: str) -> Iterator[str | int | float]:
        for script, start, end in self._assignments(name, _ASSIGNED_LITERAL):
            if not _BEFORE_NAME.search(script[max(start - 12, 0) : start]):
                continue
            try:
                value = value_at(script, end)
            except ScriptError:
                continue
            if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
                yield value

    def _assignments(self, name: str, rest: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
        """Places where ``name`` stands before ``rest``: found by plain search, for the scripts weigh megabytes."""
        for script in self.scripts:
            start = script.find(name)
            while start >= 0:
                if found := rest.match(script, start + len(name)):
                    yield script, start, found.end()
                start = script.find(name, start + len(name))

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
            for script, _, end in self._assignments("picture_page_info_list", _ASSIGNED_LIST):
                try:
                    listed = value_at(script, end)
                except ScriptError:
                    continue
                if listed:
                    break
        return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []

    def text(self, *names: str) -> str:
        """The first of ``names`` that has a value, as text: in ``cgiDataNew``, then among the variables."""
        for value in self._found(names):
            if value not in (None, "") and isinstance(value, (str, int)) and not isinstance(value, bool):
                return str(value)
        return ""

    def number(self, *names: str) -> int | None:
        """The first of ``names`` that is a whole number."""
        for value in self._found(names):
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
                return int(value)
        return None

    def _found(self, names: Iterable[str]) -> Iterator[Any]:
        for name in names:
            yield self.data.get(name)
        for name in names:
            yield self.variable(name)

    def _object(self, name: str, any_of: tuple[str, ...]) -> Mapping[str, Any]:
        for script, _, end in self._assignments(name, _ASSIGNED_OBJECT):
            try:
                value = value_at(script, end)
            except ScriptError:
                continue
            if isinstance(value, dict) and any(key in value for key in any_of):
                return value
        return {}
