"""What every page of the site has: head, breadcrumb and foot."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from replica.world import WorldAccount

_IDENTIFIER = "3499010023"


def page(entry: WorldAccount, title: str, inner: str, meta: Mapping[str, str], *, shouted: bool = False) -> str:
    """A whole page. ``shouted`` writes the meta tags in capitals, as older templates of the site do."""
    declared = {
        "SiteName": entry.account.name,
        "SiteDomain": entry.account.key,
        "SiteIDCode": _IDENTIFIER,
        **meta,
    }
    tags = "\n".join(_meta(name, value, shouted) for name, value in declared.items())
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>
<meta charset="utf-8">
<title>{escape(title)}</title>
{tags}
</head>
<body>
<div class="header"><a href="/" class="logo">{escape(entry.account.name)}</a>
<ul class="nav"><li><a href="/">首页</a></li></ul></div>
{inner}
<div class="footer">
<p>主办单位：{escape(entry.account.sponsor)} 网站标识码：{_IDENTIFIER} 云ICP备00000000号 云公网安备 00000000000000号</p>
<p><a href="/wzdt.html">网站地图</a> <a href="/lxwm.html">联系我们</a></p>
</div>
<script>document.write(unescape("%3Cspan id='_ideConac'%3E%3C/span%3E"));</script>
</body></html>
"""


def _meta(name: str, value: str, shouted: bool) -> str:
    if shouted:
        return f'<META NAME="{name}" CONTENT="{escape(value)}" />'
    return f'<meta name="{name}" content="{escape(value)}">'
