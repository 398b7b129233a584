"""Values written in inline scripts, read without running anything.

A small recursive reader for the expressions the pages use: literals, ``'n' * 1``, ``"" || "x"``,
``xml ? getXmlValue('a') : 'b'``, ``JsDecode('…')``, ``'…'.html(false)``, nested objects and lists. A name that is not
known has no value (``None``); what is no expression of this kind raises ``ScriptError``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

_BLANK = r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+"
_QUOTED = r"""'((?:[^'\\]++|\\.)*+)'|"((?:[^"\\]++|\\.)*+)\""""
_STRING = re.compile(_QUOTED + r"|`((?:[^`\\$]++|\\.)*+)`", re.DOTALL)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_OPERATOR = re.compile(_BLANK + r"(===|!==|==|!=|<=|>=|\|\||&&|\?\?|[?:*/%+\-<>!=,;(){}\[\].~])?", re.DOTALL)
#: Nearly every member of the pages' objects has one of these forms; they are read in one step. Groups: two strings and
#: whether they are multiplied by one, then a number, then a constant.
_PLAIN = re.compile(
    rf"{_BLANK}(?:(?:{_QUOTED}){_BLANK}(\*{_BLANK}1{_BLANK})?|(\d++(?:\.\d++)?){_BLANK}|(true|false|null|undefined){_BLANK})"
    r"(?=[,}\])])",
    re.DOTALL,
)
_KEY = re.compile(rf"""{_BLANK}(?:([A-Za-z_$][\w$]*+)|'([^'\\]*+)'|"([^"\\]*+)"){_BLANK}:""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|(\r\n|.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}
_DECODED = re.compile(r"\\x(5c|0d|0a|22|26|27|3c|3e)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SKIPPED = re.compile(r"""[^'"`()\[\]{},;]++""")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_MAX_DEPTH = 60


class ScriptError(ValueError):
    """What stands at this place is no value that can be read."""


def unescape(text: str) -> str:
    """The string that the inside of a JavaScript string literal stands for."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_escape, text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _escape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _SIMPLE.get(match[4], match[4])


def js_decode(text: str) -> str:
    """The page's own ``JsDecode``: eight escapes that survived the string literal."""
    return _DECODED.sub(lambda match: chr(int(match[1], 16)), text)


def value_at(text: str, start: int) -> Any:
    """The value of the expression that begins at ``start``. Raises ``ScriptError``."""
    try:
        return _Reader(text, start).expression(0)
    except (RecursionError, IndexError):
        raise ScriptError("nested too deeply") from None


class _Reader:
    """One pass over one expression."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self._peeked_at = -1
        self._peeked = ""

    # -- tokens ----------------------------------------------------------------------------------------------------

    def peek(self) -> str:
        if self.position != self._peeked_at:  # every rule of the grammar asks at the same place
            found = _OPERATOR.match(self.text, self.position)
            operator = (found[1] or "") if found else ""
            self._peeked = operator
            self._peeked_at = self.position = found.end() - len(operator) if found else self.position
        return self._peeked

    def take(self, *operators: str) -> str:
        operator = self._peeked if self.position == self._peeked_at else self.peek()
        if operator in operators:
            self.position += len(operator)
            return operator
        return ""

    def expect(self, operator: str) -> None:
        if not self.take(operator):
            raise ScriptError(f"{operator} expected")

    # -- expressions -------------------------------------------------------------------------------------------------

    def expression(self, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise ScriptError("nested too deeply")
        if plain := _PLAIN.match(self.text, self.position):
            self.position = plain.end()
            return _plain(plain)
        condition = self.either(depth)
        if self.take("="):  # window.a = window.b = 'x'
            return self.expression(depth + 1)
        if not self.take("?"):
            return condition
        if_true = self.expression(depth + 1)
        self.expect(":")
        if_false = self.expression(depth + 1)
        return if_true if condition else if_false

    def either(self, depth: int) -> Any:
        value = self.comparison(depth)
        while operator := self.take("||", "&&", "??"):
            other = self.comparison(depth)
            if operator == "||":
                value = value or other
            elif operator == "&&":
                value = value and other
            else:
                value = other if value is None else value
        return value

    def comparison(self, depth: int) -> Any:
        value = self.sum(depth)
        while operator := self.take("===", "!==", "==", "!=", "<=", ">=", "<", ">"):
            other = self.sum(depth)
            if operator in ("===", "=="):
                value = _text(value) == _text(other)
            elif operator in ("!==", "!="):
                value = _text(value) != _text(other)
            else:
                value = None
        return value

    def sum(self, depth: int) -> Any:
        value = self.product(depth)
        while operator := self.take("+", "-"):
            other = self.product(depth)
            if isinstance(value, str) or (isinstance(other, str) and operator == "+"):
                value = _text(value) + _text(other) if operator == "+" else None
            else:
                left, right = _number(value), _number(other)
                value = None if left is None or right is None else left + right if operator == "+" else left - right
        return value

    def product(self, depth: int) -> Any:
        value = self.unary(depth)
        while operator := self.take("*", "/", "%"):
            left, right = _number(value), _number(self.unary(depth))
            if left is None or right is None or (operator != "*" and right == 0):
                value = None
            else:
                value = left * right if operator == "*" else left / right if operator == "/" else left % right
        return value

    def unary(self, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise ScriptError("nested too deeply")
        operator = self.take("!", "-", "+")
        if not operator:
            return self.postfix(self.primary(depth), depth)
        value = self.unary(depth + 1)
        if operator == "!":
            return not value
        number = _number(value)
        return number if operator == "+" or number is None else -number

    def postfix(self, value: Any, depth: int) -> Any:
        while True:
            if self.take("."):
                found = _NAME.match(self.text, self.position)
                if not found:
                    raise ScriptError("name expected")
                self.position = found.end()
                if self.take("("):
                    value = _method(value, found[0], self.arguments(depth))
                else:
                    value = value.get(found[0]) if isinstance(value, dict) else None
            elif self.take("["):
                index = self.expression(depth + 1)
                self.expect("]")
                value = _item(value, index)
            elif self.peek() == "(":
                self.take("(")
                self.arguments(depth)
                value = None
            else:
                return value

    def primary(self, depth: int) -> Any:
        operator = self.peek()
        position = self.position
        if operator == "(":
            self.take("(")
            value = self.expression(depth + 1)
            self.expect(")")
            return value
        if operator == "{":
            return self.object(depth + 1)
        if operator == "[":
            return self.list(depth + 1)
        string = _STRING.match(self.text, position)
        if string:
            self.position = string.end()
            return unescape(string[string.lastindex] if string.lastindex else "")
        number = _NUMBER.match(self.text, position)
        if number:
            self.position = number.end()
            return _number(number[0])
        if operator == "/" and (pattern := _REGEX.match(self.text, position)):
            self.position = pattern.end()
            return None
        name = _NAME.match(self.text, position)
        if not name or name[0] in ("function", "async", "new", "class", "typeof", "void"):
            raise ScriptError("value expected")
        self.position = name.end()
        if name[0] in _CONSTANTS:
            return _CONSTANTS[name[0]]
        if self.take("("):
            return _call(name[0], self.arguments(depth))
        return None

    def arguments(self, depth: int) -> list[Any]:
        """The values up to the closing bracket; where they cannot be read the brackets are skipped."""
        start = self.position
        values: list[Any] = []
        try:
            while not self.take(")"):
                values.append(self.expression(depth + 1))
                if not self.take(","):
                    self.expect(")")
                    break
        except ScriptError:
            self.position = start
            self.skip(over_commas=True)
            self.expect(")")
        return values

    def list(self, depth: int) -> list[Any]:
        self.expect("[")
        values: list[Any] = []
        while not self.take("]"):
            if self.take(","):
                continue
            start = self.position
            try:
                values.append(self.expression(depth))
                if self.peek() not in (",", "]"):
                    raise ScriptError("end of member expected")
            except ScriptError:
                self.position = start
                self.skip()
                self.ends_with("]")
        return values

    def object(self, depth: int) -> dict[str, Any]:
        self.expect("{")
        members: dict[str, Any] = {}
        while not self.take("}"):
            if self.take(","):
                continue
            start = self.position
            try:
                if plain := _KEY.match(self.text, self.position):
                    self.position, key = plain.end(), plain[plain.lastindex or 0]
                else:
                    key = self.key()
                    self.expect(":")
                value = self.expression(depth)
                if self.peek() not in (",", "}"):
                    raise ScriptError("end of member expected")
                members[key] = value
            except ScriptError:
                self.position = start
                self.skip()
                self.ends_with("}")
        return members

    def ends_with(self, bracket: str) -> None:
        """After a skipped member only a comma or the right bracket may stand."""
        if self.peek() not in (",", bracket):
            raise ScriptError(f"{bracket} expected")

    def key(self) -> str:
        self.peek()
        string = _STRING.match(self.text, self.position)
        found = string or _NAME.match(self.text, self.position) or _NUMBER.match(self.text, self.position)
        if not found:
            raise ScriptError("key expected")
        self.position = found.end()
        return unescape(string[string.lastindex]) if string and string.lastindex else found[0]

    def skip(self, *, over_commas: bool = False) -> None:
        """Go to the comma or bracket that ends this member, over whatever stands before it."""
        depth = 0
        while self.position < len(self.text):
            found = _SKIPPED.match(self.text, self.position) or _STRING.match(self.text, self.position)
            if found:
                self.position = found.end()
                continue
            mark = self.text[self.position]
            if mark in "([{":
                depth += 1
            elif mark in ")]}":
                if depth == 0:
                    return
                depth -= 1
            elif depth == 0 and mark in ",;":
                if mark == ";":
                    raise ScriptError("statement ended")
                if not over_commas:
                    return
            self.position += 1
        raise ScriptError("script ended")


def _plain(found: re.Match[str]) -> Any:
    """The value of a match of ``_PLAIN``."""
    single, double, times_one, number, constant = found.groups()
    if constant:
        return _CONSTANTS[constant]
    if number:
        return _number(number)
    text = unescape(single if double is None else double)
    return _number(text) if times_one else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _number(value: Any) -> int | float | None:
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        text = value.strip()
        try:
            return int(text or "0", 16 if text[:2].lower() == "0x" else 10)
        except ValueError:
            try:
                return float(text)
            except ValueError:
                return None
    return None


def _item(value: Any, index: Any) -> Any:
    if isinstance(value, dict):
        return value.get(_text(index))
    if isinstance(value, list) and isinstance(index, int) and 0 <= index < len(value):
        return value[index]
    return None


_FUNCTIONS: dict[str, Callable[[str], Any]] = {
    "JsDecode": js_decode,
    "htmlDecode": html.unescape,
    "String": str,
    "Number": _number,
    "parseInt": _number,
    "Boolean": bool,
}


def _call(name: str, arguments: list[Any]) -> Any:
    function = _FUNCTIONS.get(name)
    if function is None or not arguments or arguments[0] is None:
        return None
    return function(_text(arguments[0]))


def _method(value: Any, name: str, arguments: list[Any]) -> Any:
    """Methods the pages put behind a string; all others leave nothing to rely on."""
    if not isinstance(value, str):
        return None
    if name == "html":
        return html.unescape(value) if not (arguments and arguments[0]) else value
    if name == "trim":
        return value.strip()
    if name in ("replace", "toString"):
        return value  # the pages' own replacements only dress the text for display
    return None
