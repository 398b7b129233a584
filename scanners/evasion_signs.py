"""What a sign in a disguised word may stand for: parts of a character, pictures, foreign letters, syllables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scanners import confusion

_SPLITS = Path(__file__).resolve().parent / "data" / "splits.txt"


def _pictures(table: str) -> dict[str, str]:
    """``table`` holds a character and the pictures of it, entry by entry; the first entry of a picture counts."""
    found: dict[str, str] = {}
    for entry in table.split():
        for picture in entry[1:]:
            found.setdefault(picture, entry[0])
    return found


#: Pictures and marks, and the character that each is read as: what it shows, in one word.
PICTURES = _pictures(
    "加➕+ 减➖ 鸡🐔🐓🐤🐥🐣 狗🐶🐕🐩 猪🐷🐖🐽 马🐴🐎🐌 牛🐮🐂🐄 鱼🐟🐠🐡 蛇🐍 龟🐢 鼠🐭🐀🐁 "
    "羊🐑🐐🐏 鹿🦌 兔🐰🐇 虎🐯🐅 龙🐲🐉 猴🐵🐒 鸭🦆 鹅🦢 鸟🐦🕊 蛙🐸 熊🐻 猫🐱🐈 象🐘 虫🐛 蜂🐝 "
    "蟹🦀 虾🦐 枪🔫 药💊 针💉 炸💣 刀🔪🗡 弓🏹 钱💰💵💴💶💷 币🪙 麻🀄 赌🎰 骰🎲 球🏀⚽🏈🎾🏐🎱 "
    "票🎫🎟 牌🃏 茶🍵 菜🥬🥦 花🌸🌺🌼🌷🌻💐 玫🌹 桃🍑 橙🍊 蕉🍌 瓜🍉🍈 草🌿🌱☘🍀 树🌲🌳 木🪵 竹🎋 "
    "心❤♥🖤💛💚💙💜🧡 月🈷🌙🌛🌜🌕 日☀🌞 星⭐🌟 云☁ 雨🌧 雪❄☃ 火🔥 水💧💦🌊 冰🧊 山⛰ 土🟤 "
    "车🚗🚘🚕🚙🚌🚓 船🚢⛵ 飞✈🛩🛫 机📱🤳 电📞☎🔌⚡ 信📧📩✉💌📨 包📦👜💼 房🏠🏡🏘 店🏪 银🏦 院🏥 "
    "校🏫 卡💳 号🆔 网🌐🕸 链🔗⛓ 书📖📚📕 笔✏🖊 图🖼 片🎞 视📺📹 看👀👁 听👂 说💬🗣 口👄 舌👅 舔👅 吻💋 "
    "手✋🖐🤚 足👣🦶 腿🦵 脑🧠 牙🦷 骨🦴 血🩸 男👨🚹 女👩🚺 妹👧 孩👶 爷👴 奶👵 王👑 鬼👻 屎💩 "
    "裸👙 裤👖 衣👕👗 鞋👠👟👞 袜🧦 床🛏 门🚪 灯💡 钟⏰ 饭🍚 米🍚🌾 面🍜🍝 肉🥩🍖 蛋🥚🍳 奶🥛🍼 "
    "酒🍺🍻🍷🍶 烟🚬 糖🍬🍭 油⛽🛢 盐🧂 可🉑 有🈶 无🈚 禁🈲🔞🚫 满🈵 空🈳 合🈴 得🉐 申🈸 营🈺 割🈹 "
    "指🈯 秘㊙ 祝㊗ 黄🟡🟨 红🔴🟥 绿🟢🟩 蓝🔵🟦 黑⚫⬛ 白⚪⬜ 紫🟣🟪 上⬆🔝👆 下⬇👇 左⬅👈 右➡👉 "
    "回🔙 新🆕 免🆓 "
)
#: Letters of other scripts that look Latin.
FOREIGN = {
    **dict(zip("авсеһіјкмпорѕтухѵԁԛԝ", "abcehijkmnopstyxvdqw", strict=True)),
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
