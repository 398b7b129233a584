"""What a sign in a disguised word may stand for: parts of a character, pictures, foreign letters, syllables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scanners import confusion

_SPLITS = Path(__file__).resolve().parent / "data" / "splits.txt"
#: Pictures and marks that are read aloud as a character (their plain names), for trades that are named by them.
PICTURES = {
    "➕": "加",
    "+": "加",
    "🐔": "鸡",
    "🐓": "鸡",
    "🐶": "狗",
    "🐕": "狗",
    "🐷": "猪",
    "🐴": "马",
    "🐎": "马",
    "🐮": "牛",
    "🐂": "牛",
    "🐟": "鱼",
    "🐍": "蛇",
    "🐢": "龟",
    "🐭": "鼠",
    "🔫": "枪",
    "💊": "药",
    "💉": "针",
    "💣": "炸",
    "💰": "钱",
    "💵": "钱",
    "💴": "钱",
    "🀄": "麻",
    "🎰": "赌",
    "🎲": "骰",
    "🏀": "球",
    "⚽": "球",
    "🎫": "票",
    "🎟": "票",
    "🍵": "茶",
    "🥬": "菜",
    "🌸": "花",
    "🌹": "花",
    "❤": "心",
    "♥": "心",
    "🖤": "心",
    "🈷": "月",
    "🌙": "月",
    "☀": "日",
    "🌞": "日",
    "🚗": "车",
    "🚘": "车",
    "🚕": "车",
    "✈": "飞",
    "🔥": "火",
    "💧": "水",
    "💦": "水",
    "🍚": "饭",
    "👩": "女",
    "👨": "男",
    "👧": "妹",
    "👶": "孩",
    "💋": "吻",
    "👀": "看",
    "👄": "口",
    "👅": "舔",
    "👣": "足",
    "👙": "裸",
    "🉑": "可",
    "🈶": "有",
    "🈚": "无",
    "🈲": "禁",
    "🈵": "满",
    "🈳": "空",
    "🈴": "合",
    "🉐": "得",
    "📞": "电",
    "📱": "机",
    "📧": "信",
    "📩": "信",
    "✉": "信",
    "🐧": "扣",
    "📦": "包",
    "🏠": "房",
    "💳": "卡",
    "🃏": "牌",
    "🆔": "号",
    "🔞": "禁",
}
#: Letters of other scripts that look Latin.
FOREIGN = {
    **dict(zip("авсеһіјкмпорѕтухѵԁԛԝ", "abcehijkmnopstuxvdqw", strict=True)),
    **dict(zip("αβικνορτυχωηγ", "abiknoptuxwny", strict=True)),
}


@cache
def splits() -> dict[str, str]:
    """Two parts in a row, to the characters that they make."""
    found: dict[str, str] = {}
    for line in _SPLITS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            whole, parts = line.split(" ")
            found[parts] = found.get(parts, "") + whole
    return found


@cache
def parts_of(sign: str) -> tuple[str, ...]:
    """The ways to take ``sign`` apart."""
    return tuple(parts for parts, wholes in splits().items() if sign in wholes)


@cache
def syllables(sign: str) -> tuple[str, ...]:
    """The toneless readings of a character; none for other signs."""
    return confusion.syllables(sign)
