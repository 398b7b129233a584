"""What is wrong with a file, told in Chinese with the place and what to do."""

from __future__ import annotations

import re
import tomllib

import pytest

from domain.regular import pattern_problem
from domain.toml import toml_problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id -", "第 1 行第 4 个字符处：键后面缺少等号；请写成 键 = 值"),
        ('a = "x', "文件末尾：引号没有成对；请补上后一个英文引号"),
        ('a = "x\n"', "第 1 行第 7 个字符处：有不允许的字符 （换行）；请删去，换行的文字用三个引号括起"),
        ("a = 标题", "第 1 行第 5 个字符处：值的写法不对；文字请加英文双引号，多个值放进 [ ]，是与否写 true、false"),
        ("a = [1, 2", "文件末尾：方括号没有成对；请补上 ]"),
        ("标题 = 1", "第 1 行第 1 个字符处：这一行认不出来；请写成 键 = 值，说明文字前加 #"),
        ("[a]\n[a]", "第 2 行第 3 个字符处：段 “a” 写了两次；请合并为一段"),
        ("a = 1\na = 2\nb = 3", "第 2 行第 6 个字符处：同一个键写了两次；请删去一处"),
        ("[a", "文件末尾：段名没有以 ] 结束；请写成 [段名]"),
        ("[[a]", "第 1 行第 4 个字符处：段名没有以 ]] 结束；请写成 [[段名]]"),
        ("a = 1 2", "第 1 行第 7 个字符处：一行里值的后面还有别的内容；请另起一行，注释前加 #"),
        (r'a = "\d"', "双引号里的反斜杠写法不对；请改用英文单引号，或写成两个反斜杠"),
        ("a = { b = 1, b = 2 }", "花括号里的键 “b” 写了两次；请删去一处"),
        ("a = 2026-02-30", "没有这个日期或时间；格式为 2026-01-05"),
    ],
)
def test_toml(text, told):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    problem = toml_problem(caught.value)
    assert told in problem
    assert not re.search("[A-Za-z]{3,}", problem.replace("true", "").replace("false", ""))


def test_a_reason_that_is_not_known_still_tells_the_place():
    assert toml_problem(ValueError("Something new (at line 3, column 5)")) == (
        "第 3 行第 5 个字符处：TOML 写法不对；请对照同目录的其他文件改正这一处"
    )


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(a", "第 1 个字符处左括号没有右括号与它成对；请补上 )"),
        ("a)", "多了一个右括号"),
        ("[a", "方括号没有成对"),
        ("*a", "前面没有可重复的内容"),
        (r"\q", "反斜杠后面的字母没有这种用法"),
        ("a{3,1}", "重复次数前大后小"),
        ("(?<=a*)b", "里的内容长度必须固定"),
        ("[z-a]", "方括号里的范围前大后小"),
        ("(?P<n>a)(?P<n>b)", "分组名重复"),
    ],
)
def test_patterns(pattern, told):
    with pytest.raises(re.error) as caught:
        re.compile(pattern)
    problem = pattern_problem(caught.value)
    assert told in problem
    assert not re.search("[a-z]{3,}", problem)
