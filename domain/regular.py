"""What is wrong with a regular expression, in Chinese: the standard library says it in English only."""

from __future__ import annotations

import re

_PROBLEMS: tuple[tuple[str, str], ...] = (
    (r"missing \), unterminated subpattern|unexpected end of pattern", "左括号没有右括号与它成对；请补上 )"),
    (r"unbalanced parenthesis", "多了一个右括号；请删去，或写成 \\)"),
    (r"unterminated character set", "方括号没有成对；请补上 ]"),
    (r"nothing to repeat", "* + ? { 前面没有可重复的内容；请补上，或在前面加反斜杠"),
    (r"multiple repeat", "两个重复符号连在一起；请删去一个"),
    (r"bad escape .*|bad escape \(end of pattern\)", "反斜杠后面的字母没有这种用法；请改正，或写成两个反斜杠"),
    (r"bad character range .*", "方括号里的范围前大后小；请对调"),
    (r"min repeat greater than max repeat", "重复次数前大后小；请对调"),
    (r"look-behind requires fixed-width pattern", "(?<=…)、(?<!…) 里的内容长度必须固定；请拆开写"),
    (r"redefinition of group name .*", "分组名重复；请改其中一个"),
    (r"unknown extension .*|missing group name.*|bad character in group name .*", "(? 后面的写法不认识；请改正"),
)


def pattern_problem(error: re.error) -> str:
    """Place, cause and remedy for what ``re`` raised."""
    told = error.msg
    where = "" if error.pos is None else f"第 {error.pos + 1} 个字符处"
    chinese = next((text for pattern, text in _PROBLEMS if re.fullmatch(pattern, told)), "写法不对；请改正")
    return f"{where}{chinese}"
