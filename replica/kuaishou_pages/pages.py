"""The pages, whose scripts fetch what they show, and the pages that stand before them."""

from __future__ import annotations

import json
from html import escape

from replica.kuaishou_pages.works import photo_of
from replica.world import WorldAccount, WorldPost

#: ``data-way`` is ``rest`` or ``graphql``; ``data-modal`` lays the login dialogue over the page after so many pages.
_PROFILE = """
(function () {
  var user = document.body.dataset.user, way = document.body.dataset.way, modal = +document.body.dataset.modal;
  var cursor = "", busy = false, pages = 0, list = document.getElementById("list");
  function post(path, body) {
    return fetch(path, {method: "POST", headers: {"Content-Type": "application/json", "kww": "page"},
      body: JSON.stringify(body)}).then(function (reply) { return reply.json(); });
  }
  function draw(feed) {
    var item = document.createElement("div");
    item.style.minHeight = "180px";
    item.textContent = feed.photo ? feed.photo.caption : "";
    list.appendChild(item);
  }
  function ask() {
    if (way === "rest") { return post("/rest/v/profile/feed", {user_id: user, pcursor: cursor, page: "profile"}); }
    var asked = {operationName: "visionProfilePhotoList", variables: {userId: user, pcursor: cursor, page: "profile"}};
    return post("/graphql", asked).then(function (reply) { return (reply.data || {}).visionProfilePhotoList || {}; });
  }
  function load() {
    if (busy || cursor === "no_more" || (modal && pages >= modal)) { return; }
    busy = true;
    ask().then(function (reply) {
      (reply.feeds || []).forEach(draw);
      cursor = reply.pcursor || "no_more";
      busy = false;
      pages += 1;
      if (modal && pages >= modal) {
        var box = document.createElement("div");
        box.className = "login-modal";
        box.textContent = "登录后即可观看更多作品";
        document.body.appendChild(box);
      }
    }).catch(function () {});
  }
  window.addEventListener("scroll", function () {
    if (window.innerHeight + window.scrollY >= document.body.scrollHeight - 200) { load(); }
  });
  if (way === "rest") {
    fetch("/rest/v/profile/get?user_id=" + encodeURIComponent(user)).catch(function () {});
  } else {
    post("/graphql", {operationName: "visionProfile", variables: {userId: user}}).catch(function () {});
    post("/graphql", {operationName: "userInfoQuery", variables: {}}).catch(function () {});
  }
  load();
})();
"""


def profile_page(entry: WorldAccount, *, way: str = "rest", modal: int = 0) -> str:
    """The shell of an account's page. It holds no work: the script fetches them."""
    name = escape(entry.account.name)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{name} - 快手</title></head>
<body data-user="{escape(entry.account.key)}" data-way="{way}" data-modal="{modal}">
<h1>{name}</h1><div id="list"></div><script>{_PROFILE}</script></body></html>
"""


def quiet_page(entry: WorldAccount) -> str:
    """A page that asks for nothing any more: the layout of another year."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(entry.account.name)}</title></head>
<body><div id="app-v9"></div></body></html>"""


def work_page(entry: WorldAccount, post: WorldPost) -> str:
    """A work's page, with the store that it was built from."""
    photo = {"__typename": "VisionVideoDetailPhoto", **photo_of(post)}
    author = {"__typename": "VisionVideoDetailAuthor", "id": entry.account.key, "name": entry.account.name}
    store = {
        "defaultClient": {
            f"VisionVideoDetailAuthor:{entry.account.key}": author,
            f"VisionVideoDetailPhoto:{post.key}": photo,
        }
    }
    data = json.dumps(store, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>快手</title></head>
<body><div id="app"></div><script>window.__APOLLO_STATE__={data};</script></body></html>"""


def share_page(entry: WorldAccount, post: WorldPost) -> str:
    """The page behind a shared address. Its state names the work in the address only."""
    photo = photo_of(post)
    photo.pop("id")
    state = {
        "tusjohqwe": {"result": 1, "photo": {**photo, "userName": entry.account.name, "userEid": entry.account.key}}
    }
    data = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>快手</title></head>
<body><script>window.INIT_STATE = {data}</script></body></html>"""


def notice_page(words: str) -> str:
    """A page that says why there is nothing: 作品不存在, 用户不存在, a login or a check."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>{escape(words)}</p></body></html>'
