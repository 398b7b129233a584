"""The profile page, whose script fetches and draws the list, and the pages of single items."""

from __future__ import annotations

import hashlib
import json
from html import escape
from urllib.parse import quote

from domain.clock import in_china
from domain.post import PostKind
from replica.toutiao_pages.text import abstract, body_html
from replica.world import WorldAccount, WorldPost


def signature(token: str, before: str) -> str:
    """What the page's script puts into ``a_bogus``: here, the sum of the characters and the cursor, in base 36."""
    number = sum(ord(mark) for mark in token) * 7919 + int(before or "0")
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + letters
    return letters or "0"


#: Draws one block an item, high enough that twelve of them fill more than a screen, and asks for more at the end.
_SCRIPT = """
(function () {
  var token = document.body.dataset.token, next = 0, more = true, busy = false;
  var modal = +document.body.dataset.modal, pages = 0;
  var list = document.getElementById("profile-feed");
  function sign(before) {
    var sum = 0;
    for (var i = 0; i < token.length; i++) { sum += token.charCodeAt(i); }
    return (sum * 7919 + before).toString(36);
  }
  function draw(item) {
    var card = document.createElement("div");
    card.className = "profile-normal-wrapper";
    card.style.minHeight = "180px";
    var link = document.createElement("a");
    link.className = "title";
    link.href = item.article_url;
    link.textContent = item.title || item.abstract;
    card.appendChild(link);
    list.appendChild(card);
  }
  function load() {
    if (busy || !more || (modal && pages >= modal)) { return; }
    busy = true;
    var query = "category=profile_all&token=" + encodeURIComponent(token) + "&max_behot_time=" + next +
      "&entrance_gid=&aid=24&app_name=toutiao_web&a_bogus=" + sign(next);
    fetch("/api/pc/list/feed?" + query).then(function (reply) { return reply.json(); }).then(function (reply) {
      reply.data.forEach(draw);
      more = reply.has_more;
      next = reply.next.max_behot_time;
      busy = false;
      pages += 1;
      if (modal && pages >= modal) {
        var box = document.createElement("div");
        box.className = "login-modal";
        box.textContent = "登录后查看更多内容";
        document.body.appendChild(box);
      }
    }).catch(function () {});
  }
  window.addEventListener("scroll", function () {
    if (window.innerHeight + window.scrollY >= document.body.scrollHeight - 200) { load(); }
  });
  load();
})();
"""


def profile_page(entry: WorldAccount, token: str, *, modal: int = 0) -> str:
    """The shell of an account's page. It holds no post: the script fetches them."""
    name = escape(entry.account.name)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{name}的头条主页 - 今日头条</title></head>
<body data-token="{escape(token)}" data-modal="{modal}">
<div class="profile-info-wrapper"><span class="name">{name}</span><p class="auth">{escape(entry.verified_reason)}</p>
<p class="desc">{escape(entry.description)}</p></div>
<ul class="tabs"><li>全部</li><li>文章</li><li>视频</li><li>微头条</li></ul>
<div class="profile-tab-feed" id="profile-feed"></div>
<script>{_SCRIPT}</script>
</body></html>
"""


def item_page(entry: WorldAccount, post: WorldPost) -> str:
    """An item as a reader sees it, with the state that the page was built from."""
    published = in_china(post.published_at)
    title = post.title or abstract(post)
    state = {
        "data": {
            "title": post.title,
            "content": body_html(post),
            "publishTime": int(post.published_at.timestamp()),
            "source": entry.account.name,
            "groupId": post.key,
            "isOriginal": bool(post.original),
        }
    }
    mark = '<span class="original-tag">原创</span>' if post.original else ""
    head = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)} - 今日头条</title>
<meta property="og:title" content="{escape(title)}"></head><body>
<script id="RENDER_DATA" type="application/json">{quote(json.dumps(state, ensure_ascii=False), safe="")}</script>
"""
    if post.kind in (PostKind.TEXT, PostKind.PICTURE):
        return f"""{head}<div class="wtt-content"><span class="name">{escape(entry.account.name)}</span>
<time>{published:%Y-%m-%d %H:%M}</time>
<article class="weitoutiao-html">{body_html(post)}</article></div></body></html>"""
    return f"""{head}<div class="article-content"><h1>{escape(post.title)}</h1>
<div class="article-meta">{mark}<span>{published:%Y-%m-%d %H:%M}</span><span>·</span>
<span class="name"><a href="#">{escape(entry.account.name)}</a></span></div>
<article class="syl-article-base">{body_html(post)}</article></div></body></html>"""


#: The page with the slider.
SLIDER = """<html><head><meta charset="utf-8"><title>验证</title>
<script src="https://verify.snssdk.com/captcha.js"></script></head>
<body><div class="captcha_verify_container"></div></body></html>"""


def challenge_page(token: str) -> str:
    """The page before the page: it wants a script run, shows nothing and gives a cookie."""
    nonce = hashlib.sha256(token.encode()).hexdigest()[:21]
    return (
        f'<html><head><script>document.cookie="__ac_nonce={nonce}";window.__ac_signature="";'
        "byted_acrawler.init({aid:24});</script></head><body></body></html>"
    )
