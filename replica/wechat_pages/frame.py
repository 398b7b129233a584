"""What the content pages share: head, meta elements and the noise around the content."""

from __future__ import annotations

from html import escape

from replica.wechat_pages.notation import html_escaped
from replica.wechat_pages.padding import HEAVY, LIGHT, padding_script
from replica.wechat_pages.pagedata import canonical_link, description, page_data_script
from replica.world import WorldAccount, WorldPost

NONCE = "1842006137"

#: ``String.prototype.html`` and ``htmlDecode``, which the variables of the page pass through.
HELPERS = """String.prototype.html = function (encode) {
  var pairs = ["&#39;", "'", "&quot;", '"', "&nbsp;", " ", "&gt;", ">", "&lt;", "<", "&yen;", "¥", "&amp;", "&"];
  for (var i = 0, text = this; i < pairs.length; i += 2) text = text.split(pairs[i]).join(pairs[i + 1]);
  return text;
};
function htmlDecode(text) { return text.html(false); }"""


def script(content: str) -> str:
    """A script element as the server writes it."""
    return f'<script type="text/javascript" nonce="{NONCE}" reportloaderror>\n{content}\n</script>'


def head(entry: WorldAccount, post: WorldPost, page_id: str) -> str:
    """The head. ``<title>`` is empty; the title stands in the meta elements."""
    meta = {
        "og:title": post.title,
        "og:url": canonical_link(entry, post),
        "og:image": post.images[0] if post.images else "",
        "og:description": description(post),
        "og:site_name": "微信公众平台",
        "og:type": "article",
        "og:article:author": post.traits.get("author", ""),
        "twitter:card": "summary",
        "twitter:title": post.title,
        "twitter:site": "微信公众平台",
        "twitter:description": description(post),
    }
    named = {"description": description(post), "author": post.traits.get("author", "")}
    lines = [f'<meta name="{name}" content="{html_escaped(text)}" />' for name, text in named.items()]
    lines += [f'<meta property="{name}" content="{html_escaped(text)}" />' for name, text in meta.items()]
    return f"""<head>
<meta name="wechat-enable-text-zoom-em" content="true">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0,viewport-fit=cover">
{chr(10).join(lines)}
{script('window.logs = { pagetime: {} }; window.LANG = "zh_CN";')}
{script(HELPERS)}
<title></title>
{script(f'window.PAGE_MID="{page_id}"')}
</head>"""


def page(entry: WorldAccount, post: WorldPost, page_id: str, body_open: str, content: str, variables: str) -> str:
    """The whole page: the data object before the content, variables and padding behind it, as in the real one."""
    half = padding_script((HEAVY if post.full_weight else LIGHT) // 2, NONCE)
    return f"""<!DOCTYPE html>
<html class="">
{head(entry, post, page_id)}
{body_open}
<link rel="dns-prefetch" href="//res.wx.qq.com" reportloaderror>
<link rel="dns-prefetch" href="//mmbiz.qpic.cn" reportloaderror>
{script(page_data_script(entry, post))}
{half}
{content}
{script(variables)}
{half}
<span aria-hidden="true" class="weui-a11y_ref" style="display:none" id="js_a11y_colon">：</span>
<span aria-hidden="true" class="weui-a11y_ref" style="display:none" id="js_a11y_comma">，</span>
</body>
</html>
"""


def attribute(text: str) -> str:
    """Text inside a double-quoted attribute."""
    return escape(text, quote=True)
