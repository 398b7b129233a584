"""The pages, whose scripts fetch what they show, and the pages that stand before them."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from replica.world import WorldAccount

#: Asks for the account's card and for its works, page by page as the visitor scrolls; ``data-modal`` lays the login
#: dialogue over the page once so many pages are shown, ``data-wall`` exchanges it for the check after the first.
_PROFILE = """
(function () {
  var secret = document.body.dataset.sec, modal = +document.body.dataset.modal, wall = document.body.dataset.wall;
  var next = 0, more = true, busy = false, pages = 0, list = document.getElementById("list");
  function sign(cursor) {
    var sum = 0;
    for (var i = 0; i < secret.length; i++) { sum += secret.charCodeAt(i); }
    return (sum * 6007 + cursor).toString(36);
  }
  function draw(work) {
    var item = document.createElement("li");
    item.style.minHeight = "180px";
    item.textContent = work.desc;
    list.appendChild(item);
  }
  function cover() {
    var box = document.createElement("div");
    box.className = "login-guide-container";
    box.textContent = "登录后免费畅享高清视频";
    document.body.appendChild(box);
  }
  function load() {
    if (busy || !more || (modal && pages >= modal)) { return; }
    busy = true;
    var query = "device_platform=webapp&aid=6383&channel=channel_pc_web&sec_user_id=" + encodeURIComponent(secret) +
      "&max_cursor=" + next + "&count=18&publish_video_strategy_type=2&a_bogus=" + sign(next);
    fetch("/aweme/v1/web/aweme/post/?" + query).then(function (reply) { return reply.json(); }).then(function (reply) {
      (reply.aweme_list || []).forEach(draw);
      more = reply.has_more === 1;
      next = reply.max_cursor;
      busy = false;
      pages += 1;
      if (modal && pages >= modal) { cover(); }
      if (wall) { document.title = "验证码中间页"; document.body.innerHTML = "<div id='captcha_container'></div>"; }
    }).catch(function () {});
  }
  var box = document.getElementById("box");
  box.addEventListener("scroll", function () {
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 200) { load(); }
  });
  fetch("/aweme/v1/web/user/profile/other/?device_platform=webapp&sec_user_id=" + encodeURIComponent(secret) +
    "&a_bogus=" + sign(0)).catch(function () {});
  load();
})();
"""
_WORK = """
fetch("/aweme/v1/web/aweme/detail/?device_platform=webapp&aweme_id=" + document.body.dataset.key)
  .then(function (reply) { return reply.json(); })
  .then(function (reply) { document.getElementById("desc").textContent = (reply.aweme_detail || {}).desc || ""; })
  .catch(function () {});
"""


def signature(secret: str, cursor: str) -> str:
    """What the page's script puts into ``a_bogus``: here, the sum of the characters and the cursor, in base 36."""
    number = sum(ord(mark) for mark in secret) * 6007 + int(cursor or "0")
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + letters
    return letters or "0"


def profile_page(entry: WorldAccount, *, modal: int = 0, wall: bool = False) -> str:
    """The shell of an account's page. It holds no work: the script fetches them into a box that scrolls by itself."""
    name = escape(entry.account.name)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{name}的抖音 - 抖音</title>
<style>body {{ height: 600px; margin: 0; overflow: hidden }} #box {{ height: 600px; overflow-y: scroll }}</style></head>
<body data-sec="{escape(entry.account.key)}" data-modal="{modal}" data-wall="{"1" if wall else ""}">
<div id="box" class="route-scroll-container"><h1>{name}</h1><ul id="list"></ul></div>
<script>{_PROFILE}</script></body></html>
"""


def quiet_page(entry: WorldAccount) -> str:
    """A page that asks for nothing any more: the layout of another year."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(entry.account.name)}</title></head>
<body><div id="root-v9"></div></body></html>"""


def work_page(key: str) -> str:
    """The shell of a work's page."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>抖音</title></head><body data-key="{key}">
<div id="desc"></div><script>{_WORK}</script></body></html>
"""


def share_page(reply: dict[str, Any], key: str) -> str:
    """The page behind a shared address, with the state that it was built from."""
    found, reasons = reply.get("aweme_detail"), reply.get("filter_detail")
    info = {"item_list": [found] if found else [], "filter_list": [reasons] if reasons else []}
    state = {"loaderData": {"video_(id)/page": {"itemId": key, "videoInfoRes": info}}, "errors": None}
    data = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<script>window._ROUTER_DATA = {data}</script></body></html>"""


def check_page() -> str:
    """验证码中间页."""
    return """<!DOCTYPE html><html><head><meta charset="utf-8"><title>验证码中间页</title>
<script>window.TTGCaptcha = {};</script></head><body><div id="captcha_container"></div></body></html>"""


def login_page() -> str:
    """The profile page with nothing but the login dialogue on it."""
    return """<!DOCTYPE html><html><head><meta charset="utf-8"><title>抖音</title></head>
<body><div class="login-full-panel">扫码登录，登录后即可观看喜欢、收藏的视频</div></body></html>"""


def gone_page() -> str:
    """The page of an account that is not there."""
    return '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>用户不存在</p></body></html>'
