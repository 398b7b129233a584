"""What is wrong with a TOML file, in Chinese: the standard library says it in English only."""

from __future__ import annotations

import re

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
#: What the reader of Python says, the cause, and what to do. ``{}`` is what it quotes.
_PROBLEMS: tuple[tuple[str, str], ...] = (
    (r"Expected '=' after a key.*", "键后面缺少等号；请写成 键 = 值"),
    (r"Expected ']]' at the end of an array declaration", "段名没有以 ]] 结束；请写成 [[段名]]"),
    (r"Expected '\]' at the end of a table declaration", "段名没有以 ] 结束；请写成 [段名]"),
    (r"Expected newline or end of document after a statement", "一行里值的后面还有别的内容；请另起一行，注释前加 #"),
    (r"Expected (.+)", "此处缺少 {}；请补上"),
    (r"Invalid statement", "这一行认不出来；请写成 键 = 值，说明文字前加 #"),
    (r"Invalid initial character for a key part", "键名的第一个字符不对；键名用英文字母、数字、下划线或短横"),
    (r"Invalid value", "值的写法不对；文字请加英文双引号，多个值放进 [ ]，是与否写 true、false"),
    (r"Unterminated string", "引号没有成对；请补上后一个英文引号"),
    (r"Unescaped '\\' in a string", "双引号里的反斜杠写法不对；请改用英文单引号，或写成两个反斜杠"),
    (r"Invalid hex value|Escaped character is not a Unicode scalar value", "字符编号写法不对；请直接写出这个字"),
    (r"Illegal character (.+)", "有不允许的字符 {}；请删去，换行的文字用三个引号括起"),
    (r"Found invalid character (.+)", "有不允许的字符 {}；请删去或换成英文符号"),
    (r"Unclosed array", "方括号没有成对；请补上 ]"),
    (r"Unclosed inline table", "花括号没有成对；请补上 }"),
    (r"Duplicate inline table key (.+)", "花括号里的键 {} 写了两次；请删去一处"),
    (r"Cannot overwrite a value", "同一个键写了两次；请删去一处"),
    (r"Cannot declare (.+) twice", "段 {} 写了两次；请合并为一段"),
    (r"Cannot (?:mutate immutable namespace|redefine namespace) (.+)", "{} 在前面已经写完，不能再添；请合并到一处"),
    (r"Invalid date or datetime", "没有这个日期或时间；格式为 2026-01-05 或 2026-01-05T09:00:00+08:00"),
)


def toml_problem(error: ValueError) -> str:
    """Place, cause and remedy for what ``tomllib`` raised; the place alone where the cause is a new one."""
    told = str(error)
    place = _PLACE.search(told)
    where = "" if place is None else f"第 {place[1]} 行第 {place[2]} 个字符处" if place[1] else "文件末尾"
    cause = told[: place.start()] if place else told
    for pattern, chinese in _PROBLEMS:
        match = re.fullmatch(pattern, cause)
        if match is not None:
            quoted = _quoted(match[1]) if match.lastindex else ""
            return f"{where or '文件里'}：{chinese.replace('{}', quoted)}"
    return f"{where or '文件里'}：TOML 写法不对；请对照同目录的其他文件改正这一处"


def _quoted(value: str) -> str:
    """A tuple of key parts as the file writes them, or the quoted sign."""
    parts = re.findall(r"'([^']*)'", value)
    text = ".".join(parts) if parts else value.strip("'\"")
    if "\\n" in text:
        return "（换行）"
    return f"“{text}”"
