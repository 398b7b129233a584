"""Help screens and usage errors in Chinese: the library speaks English only."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

_WORDS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "ERRORS_PANEL_TITLE": "错误",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
}


class _Chinese:
    """Mixed into the library's commands and groups: usage line, panel titles and the help option in Chinese."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """``用法：xunjian check [选项] 文件``."""
        pieces = [_WORDS.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help screen; the library keeps its titles in module variables."""
        from typer import rich_utils

        for name, title in _TITLES.items():
            setattr(rich_utils, name, title)
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            parameter.display_type_rich = partial(_label, parameter)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """The ``--help`` option, told in Chinese."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份帮助"
        return option


class Command(_Chinese, TyperCommand):
    """A command with a Chinese help screen."""


class Group(_Chinese, TyperGroup):
    """A group of commands with a Chinese help screen."""


def _label(parameter: Any, ctx: Any) -> str | None:
    """What stands beside an option: the name of its value. ``<bool>`` and ``<path>`` say nothing to a clerk."""
    del ctx
    return parameter.metavar if parameter.param_type_name == "option" else None


def usage_error(error: TyperException) -> str:
    """One Chinese line for a usage error: what is wrong and where help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "xunjian"
    return f"{command}：{_problem(error)}；用法见 {command} --help"


def _problem(error: TyperException) -> str:
    text = error.format_message()
    kind = type(error).__name__
    if kind == "NoSuchOption":
        possible = getattr(error, "possibilities", None)
        near = f"；相近：{'、'.join(sorted(possible))}" if possible else ""
        return f"没有选项 {getattr(error, 'option_name', '')}{near}"
    if kind == "MissingParameter":
        return f"缺少{_parameter(error)}"
    for pattern, told in _PATTERNS:
        found = pattern.search(text)
        if found:
            return told.format(*found.groups(), parameter=_parameter(error))
    return text


def _parameter(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "option":
        return f"选项 {parameter.opts[0]}"
    return f"参数 {parameter.metavar or parameter.name}"


_PATTERNS = [
    (re.compile(r"No such command '(.+?)'\.?.*?Did you mean '?(.+?)'?\?"), "没有命令 {0}；相近：{1}"),
    (re.compile(r"No such command '(.+?)'"), "没有命令 {0}"),
    (re.compile(r"Missing command"), "缺少命令"),
    (re.compile(r"unexpected extra argument\S* \((.+?)\)"), "多出参数 {0}"),
    (re.compile(r"Input should be a valid (?:integer|number)"), "{parameter} 应为数字"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), "{parameter} 不能小于 {0}"),
    (re.compile(r"Input should be less than or equal to (\S+)"), "{parameter} 不能大于 {0}"),
    (re.compile(r"requires an argument"), "选项后面缺少值"),
    (re.compile(r"requires (\d+) arguments"), "选项后面应有 {0} 个值"),
    (re.compile(r"does not take a value"), "这个选项不带值"),
    (re.compile(r"'(.+?)' is not a valid (?:int|integer|float)"), "{parameter} 应为数字，不是“{0}”"),
    (re.compile(r"'(.+?)' is not one of (.+?)\.?$"), "{parameter} 不能是“{0}”；可用：{1}"),
    (re.compile(r"'(.+?)' is not in the range (.+?)\.?$"), "{parameter} 的值 {0} 超出范围 {1}"),
    (re.compile(r"(?:File|Path|Directory) '(.+?)' does not exist"), "{parameter}：没有文件 {0}"),
    (re.compile(r"Invalid value for .+?: (.+)", re.S), "{parameter} 不对：{0}"),
]
