"""The text of a post as HTML (mobile site) and as plain text (open interface)."""

from __future__ import annotations

import hashlib
import re
from html import escape
from urllib.parse import quote

from replica.world import WorldPost

#: A listing shows about so many characters of a long text.
CUT_AT = 140
_TOPIC = re.compile(r"#([^#\s]{2,30})#")
_MOODS = ("[心]", "[鲜花]", "[给力]")


def plain(post: WorldPost) -> str:
    """The whole text."""
    return "\n".join(post.paragraphs)


def is_cut(post: WorldPost) -> bool:
    """True when listings show only the beginning."""
    return post.long_text and len(plain(post)) > CUT_AT


def markup(post: WorldPost, *, whole: bool) -> str:
    """The text as HTML; a listing (``whole`` false) ends a long one with a link to the rest."""
    if is_cut(post) and not whole:
        return f'{_decorated(plain(post)[:CUT_AT], post)}...<a href="/status/{post.key}">全文</a>'
    return _decorated(plain(post), post) + _mood(post)


def short_link(url: str) -> str:
    """The short form under which Weibo stores an outward link."""
    return f"http://t.cn/A6{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def outward_link(url: str) -> str:
    """The platform's warning page before an outward link."""
    return f"https://weibo.cn/sinaurl?u={quote(url, safe='')}"


def _decorated(text: str, post: WorldPost) -> str:
    shown = _TOPIC.sub(_topic, escape(text, quote=False))
    for words, url in post.links:
        anchor = (
            f'<a data-url="{short_link(url)}" href="{outward_link(url)}" data-hide=""><span class="url-icon">'
            f'<img style="width: 1rem;height: 1rem" src="https://h5.sinaimg.cn/upload/web_default.png"></span>'
            f'<span class="surl-text">{escape(words)}</span></a>'
        )
        shown = shown.replace(escape(words, quote=False), anchor, 1)
    return shown.replace("\n", "<br />")


def _topic(found: re.Match[str]) -> str:
    query = quote(f"231522type=1&q=#{found[1]}#", safe="")
    return f'<a href="https://m.weibo.cn/search?containerid={query}"><span class="surl-text">#{found[1]}#</span></a>'


def _mood(post: WorldPost) -> str:
    """Every fifth post ends with an emoticon, which is a picture with its name as alternative text."""
    number = int(post.key)
    if number % 5:
        return ""
    name = _MOODS[number % len(_MOODS)]
    return f'<span class="url-icon"><img alt={name} src="https://h5.sinaimg.cn/m/emoticon/icon/default/d.png" /></span>'
