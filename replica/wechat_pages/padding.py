"""The scripts that make up 97 % of a real page: of no use to a reader, and full of words that mislead naive tests."""

from __future__ import annotations

from functools import lru_cache

#: Words that stand in the inlined scripts of every page, whatever the page shows. Searching the raw text for them
#: says nothing.
MISLEADING = (
    'var tips = {"original": "原创", "reprint": "转载", "reward": "喜欢作者"};',
    'var states = {"deleted": "该内容已被发布者删除", "banned": "此内容因违规无法查看"};',
    'var walls = {"busy": "访问过于频繁", "env": "环境异常", "moved": "该公众号已迁移"};',
    "if (document.querySelector('.wx_follow_nickname') || document.querySelector('.video_iframe')) { report(28307); }",
    "var voices = document.getElementsByTagName('mpvoice');",
    "var biz = null;",
    "var mid = start + end >> 1;",
    "var idx = permanentListeners[event].indexOf(callback);",
    "if (typeof window.PAGE_MID !== 'undefined' && window.PAGE_MID) { data.mid = window.PAGE_MID; }",
    "var userInfo = window.cgiDataNew && window.cgiDataNew.user_info;",
    "function render(opt) { var biz = opt.biz || window.biz; var mid = opt.mid || window.mid; }",
    "var node = document.getElementById('js_content'); node && node.removeAttribute('style');",
    "var wall = 'mmbizwap:secitptpage/verify' + '.htm';",
)

#: The weight of an ordinary replica page's scripts, and of a full-weight one's, in characters.
LIGHT = 12_000
HEAVY = 2_700_000


@lru_cache(maxsize=4)
def padding_script(size: int, nonce: str = "1842006137") -> str:
    """Script elements of at least ``size`` characters, the same for the same size."""
    parts: list[str] = []
    total = 0
    number = 0
    while total < size:
        lines = [f"/* block {number} */", *MISLEADING]
        lines.extend(
            f"modules.define('page/part_{number}_{line}', function (require, exports) {{ "
            f"exports.value_{line} = [{number * 7919 % 104729}, {line * 6007 % 99991}]; return exports; }});"
            for line in range(60)
        )
        body = "\n".join(lines)
        parts.append(f'<script nonce="{nonce}" reportloaderror>\n(function () {{\n{body}\n}})();\n</script>')
        total += len(parts[-1])
        number += 1
    return "\n".join(parts)
