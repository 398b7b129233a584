"""The grades of findings as people write them on the command line."""

from __future__ import annotations

from domain.errors import ConfigError
from domain.rule import Severity

_CHINESE = {"严重": Severity.VETO, "较重": Severity.MAJOR, "一般": Severity.MINOR, "提示": Severity.NOTICE}


def severity(text: str) -> Severity:
    """The severity a person wrote, in English or Chinese; raises ``ConfigError`` with the choices."""
    if text in _CHINESE:
        return _CHINESE[text]
    try:
        return Severity(text.strip().lower())
    except ValueError:
        choices = "、".join(f"{known.value}（{name}）" for name, known in _CHINESE.items())
        raise ConfigError(f"--fail-on：不认识级别“{text}”；可用：{choices}") from None
