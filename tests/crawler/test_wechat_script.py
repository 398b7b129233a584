"""Values of inline scripts: every notation the pages use, and no more."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.wechat.script import ScriptError, js_decode, unescape, value_at


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("'12' * 1", 12),
        ("'' * 1", 0),
        ("'abc' * 1", None),
        ("'4324402950480543747' * 1", 4324402950480543747),
        ("'0.79208368' * 1", 0.79208368),
        ('"" || "MjM5" || ""', "MjM5"),
        ("'' || ''", ""),
        ("xml ? getXmlValue('ori_create_time.DATA') : '1738231334'", "1738231334"),
        ("(xml ? getXmlValue('nick_name.DATA') : '柳溪 &amp; 民政').html(false)", "柳溪 & 民政"),
        ("'a &lt;b&gt;'.html(true)", "a &lt;b&gt;"),
        ('htmlDecode("甲&quot;乙")', '甲"乙'),
        (r"JsDecode('\x3cp\x3e甲\x26quot;\x0a乙')", "<p>甲&quot;\n乙"),
        (r"JsDecode('甲\\x0a乙')", "甲\n乙"),
        ("window.title = '甲' || ''", "甲"),
        ("window.a = window.b = '甲'", "甲"),
        ("!!'1'", True),
        ("!''", True),
        ("-'3' * 2", -6),
        ("'a' + 'b' + 1", "ab1"),
        ("1 + 2 * 3", 7),
        ("'' === 'x' ? 'yes' : 'no'", "no"),
        ("\"\" != 'false'", True),
        ("unknown.deep[0].value", None),
        ("new Date()", ScriptError),
        ("function () { return 1 }", ScriptError),
        (r"'\ud83d\ude00 \u{1F600} \u4e2d'", "😀 😀 中"),
        (r"'it\'s \"x\" \\ \/'", 'it\'s "x" \\ /'),
        ("`模板`", "模板"),
        (r""""甲\n乙".replace(/\r/g,"").replace(/\n/g,"<br>")""", "甲\n乙"),
        ("{a: '1' * 1, 'b': [ {c: 'x'}, ], \"d\": {}, 5: 'e', }", {"a": 1, "b": [{"c": "x"}], "d": {}, "5": "e"}),
        ("[ 'a', , 'b' ]", ["a", "b"]),
        ("/* note */ { // line\n a: 'x' }", {"a": "x"}),
        ("true", True),
        ("null", None),
    ],
)
def test_value(script, value):
    if value is ScriptError:
        with pytest.raises(ScriptError):
            value_at(script, 0)
    else:
        assert value_at(script, 0) == value


def test_an_unreadable_member_costs_only_itself():
    script = "{a: 'x', f: function (p) { return {q: [1, 2]} }, g: /it's, [)}]/.test(y), n: new Date(1, 2), z: 'last'}"
    assert value_at(script, 0) == {"a": "x", "g": None, "z": "last"}


def test_arguments_that_cannot_be_read_are_skipped():
    assert value_at("{a: call(function () { return ',)' }), b: '2'}", 0) == {"a": None, "b": "2"}


@pytest.mark.parametrize("script", ["'open", "{a: 'x'", "[1, 2", "(1", "", ";", "[" * 5000, "{a:" * 5000, "!" * 5000])
def test_broken_scripts_raise_one_error(script):
    with pytest.raises(ScriptError):
        value_at(script, 0)


@given(st.text(alphabet="{}[](),:;'\"\\x26ab01|?*+!=./ \n", max_size=80))
def test_any_text_gives_a_value_or_the_error(script):
    with contextlib.suppress(ScriptError):
        value_at(script, 0)


@given(st.text())
def test_a_string_literal_reads_back(text):
    literal = "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'"
    expected = text if not any("\ud800" <= char <= "\udfff" for char in text) else None
    value = value_at(literal, 0)
    assert expected is None or value == expected


def test_decoders():
    assert unescape("plain") == "plain"
    assert js_decode(r"\x3cb\x3e \x41") == r"<b> \x41"  # only eight escapes are the page's own
