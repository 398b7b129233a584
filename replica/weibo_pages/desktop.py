"""The desktop site: the replies that its pages ask for, and the pages, whose scripts ask for them."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import Any

from domain.post import PostKind
from replica.weibo_pages.blog import followers, user_of
from replica.weibo_pages.listing import shown_posts
from replica.weibo_pages.numbers import bid_of, full_date
from replica.weibo_pages.text import CUT_AT, is_cut, plain, short_link
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 20
_HELP = "http://t.cn/Rfd3rQV"
_COVER = "https://wx2.sinaimg.cn/orj480/{}.jpg"


def profile(world: World, entry: WorldAccount) -> dict[str, Any]:
    """``/ajax/profile/info``."""
    count = int(entry.traits.get("counted", len(shown_posts(world, entry))))
    user = user_of(entry, count) | {
        "idstr": entry.account.key,
        "profile_url": f"/u/{entry.account.key}",
        "followers_count": entry.followers,
        "followers_count_str": str(followers(entry.followers)),
        "friends_count": 86,
        "location": "云江 柳溪",
        "status_total_counter": {"total_cnt": 0, "repost_cnt": 0, "comment_cnt": 0, "like_cnt": 0},
    }
    return {"ok": 1, "data": {"user": user, "tabList": [{"name": "weibo", "tabName": "微博"}], "blockText": ""}}


def listing(world: World, entry: WorldAccount, since: str, page: int) -> dict[str, Any]:
    """``/ajax/statuses/mymblog``: the pinned post first, ``since_id`` with the number of the page behind it."""
    posts = shown_posts(world, entry)
    last = since.partition("kp")[0]
    older = [post for post in posts if not last.isdigit() or int(post.key) < int(last)]
    shown = older[:PAGE_SIZE]
    statuses = [status(entry, post, len(posts)) for post in shown]
    if page == 1:
        statuses = [status(entry, post, len(posts)) for post in posts if post.pinned] + statuses
    more = len(older) > len(shown)
    return {
        "ok": 1,
        "data": {
            "since_id": f"{shown[-1].key}kp{page + 1}" if more else "",
            "list": statuses,
            "total": int(entry.traits.get("counted", len(posts))),
            "status_visible": 0,
            "bottom_tips_visible": False,
            "bottom_tips_text": "",
            "topicList": [],
        },
    }


def status(entry: WorldAccount, post: WorldPost, statuses: int) -> dict[str, Any]:
    """One post in the desktop form: plain text beside HTML, pictures by size, cards with a number for their type."""
    text = _shortened(post, whole=False)
    state: dict[str, Any] = {
        "visible": {"type": 0, "list_id": 0},
        "created_at": full_date(post.published_at),
        "id": int(post.key),
        "idstr": post.key,
        "mid": post.key,
        "mblogid": bid_of(post.key),
        "user": user_of(entry, statuses) | {"idstr": entry.account.key},
        "can_edit": False,
        "text_raw": text,
        "text": escape(text).replace("\n", "<br />"),
        "textLength": len(plain(post)) * 2,
        "source": '<a href="//app.weibo.com/t/feed/1" rel="nofollow">微博网页版</a>',
        "region_name": "发布于 云江",
        "pic_ids": [],
        "pic_num": len(post.images),
        "isLongText": is_cut(post),
        "mblogtype": 0,
        "reposts_count": 1,
        "comments_count": 2,
        "attitudes_count": 3,
        "url_struct": [
            {"short_url": short_link(url), "ori_url": short_link(url), "long_url": url, "url_title": words}
            for words, url in post.links
        ],
        "number_display_strategy": {"apply_scenario_flag": 3, "display_text": "100万+"},
    }
    if is_cut(post):
        state["continue_tag"] = {"title": "全文", "pic": "", "scheme": f"sinaweibo://detail?mblogid={post.key}"}
    if post.pinned:
        state |= {"isTop": 1, "title": {"text": "置顶", "base_color": 1}}
    if post.images:
        state |= _pictures(post)
    if post.kind is PostKind.VIDEO:
        state["page_info"] = _video(post)
    if "article" in post.traits:
        state["page_info"] = article_card(post)
    if "repost" in post.traits:
        state["retweeted_status"] = _quoted(post)
    return state


def long_text(post: WorldPost) -> dict[str, Any]:
    """``/ajax/statuses/longtext``; of a post that is not long the answer holds nothing."""
    if not is_cut(post):
        return {"ok": 1, "http_code": 200, "data": {}}
    links = [{"short_url": short_link(url), "long_url": url, "url_title": words} for words, url in post.links]
    return {
        "ok": 1,
        "http_code": 200,
        "data": {"longTextContent": _shortened(post, whole=True), "url_struct": links, "topic_struct": []},
    }


def article_card(post: WorldPost) -> dict[str, Any]:
    """The card of a headline article, as the desktop site has it: ``type`` is a number."""
    number = post.traits["article"]
    return {
        "type": "24",
        "object_type": "article",
        "object_id": f"1022:{number}",
        "page_url": f"https://card.weibo.com/article/m/show/id/{number}",
        "page_title": post.title,
        "page_pic": _COVER.format(number),
        "content1": post.title,
    }


def article_reply(entry: WorldAccount, post: WorldPost) -> dict[str, Any]:
    """The body of a headline article, which only its own interface gives."""
    body = "".join(f"<p>{escape(text)}</p>" for text in post.traits["body"].split("\n"))
    picture = f'<figure><img src="{_COVER.format(post.traits["article"] + "a")}"></figure>'
    return {
        "code": 100000,
        "msg": "",
        "data": {
            "title": post.title,
            "content": body + picture,
            "summary": post.title,
            "create_at": f"{post.published_at:%Y-%m-%d %H:%M}",
            "read_count": "1.2万",
            "is_original": 1,
            "userinfo": {"uid": entry.account.key, "screen_name": entry.account.name},
        },
    }


def _shortened(post: WorldPost, *, whole: bool) -> str:
    text = plain(post)
    for words, url in post.links:
        text = text.replace(words, f"{words} {short_link(url)}", 1)
    return text if whole or not is_cut(post) else f"{text[:CUT_AT]} ...展开"


def _pictures(post: WorldPost) -> dict[str, Any]:
    infos = {}
    for image in post.images:
        pid = image.rsplit("/", 1)[-1].removesuffix(".jpg")
        sizes = {
            name: {"url": image.replace("/large/", f"/{name}/"), "width": 1080, "height": 810, "cut_type": 1}
            for name in ("thumbnail", "bmiddle", "large", "original", "mw2000")
        }
        infos[pid] = {**sizes, "largest": {"url": image, "width": 1080, "height": 810}, "type": "pic"}
    return {"pic_ids": list(infos), "pic_infos": infos}


def _video(post: WorldPost) -> dict[str, Any]:
    return {
        "type": "11",
        "object_type": "video",
        "object_id": f"1034:{post.key}",
        "page_pic": _COVER.format(post.key),
        "page_title": post.title,
        "title": post.title,
        "media_info": {"name": post.title, "duration": 58, "h5_url": f"https://video.weibo.com/show?fid={post.key}"},
    }


def _quoted(post: WorldPost) -> dict[str, Any]:
    """The quoted post. A deleted one has neither ``state`` nor counters here."""
    number = str(int(post.key) - 900_000_007)
    common = {
        "visible": {"type": 0, "list_id": 0},
        "created_at": full_date(post.published_at - timedelta(hours=5)),
        "id": int(number),
        "idstr": number,
        "mid": number,
        "mblogid": bid_of(number),
        "user": None,
        "mlevel": 2,
        "rcList": [],
    }
    match post.traits["repost"]:
        case "deleted":
            words = f"抱歉，此微博已被作者删除。查看帮助：{_HELP}"
            return common | {"text_raw": words, "text": words, "deleted": "1", "showFeedRepost": False}
        case "hidden":
            words = "抱歉，作者已设置仅展示半年内微博，此微博已不可见。 "
            return common | {"text_raw": words, "text": words, "visible": {"type": 0, "list_id": 3}}
        case "denied":
            words = f"抱歉，由于作者设置，你暂时没有这条微博的查看权限哦。查看帮助：{_HELP}"
            return common | {"text_raw": words, "text": words, "visible": {"type": 1, "list_id": 0}}
    words = "全省民政系统夏季服务安排已经公布，请各地按要求做好值班和信息报送。"
    user = {"id": 7600009001, "idstr": "7600009001", "screen_name": "云江民政", "verified": True, "verified_type": 1}
    return common | {"text_raw": words, "text": words, "user": user}


#: ``data-uid`` for an account's page, ``data-post`` for that of one post.
_SCRIPT = """
(function () {
  var uid = document.body.dataset.uid, bid = document.body.dataset.post;
  var since = "", page = 1, more = true, busy = false;
  var list = document.getElementById("list");
  function ask(path) {
    return fetch(path, {headers: {"X-Requested-With": "XMLHttpRequest"}}).then(function (reply) {
      return reply.json();
    });
  }
  function draw(status) {
    var item = document.createElement("article");
    item.style.minHeight = "180px";
    item.textContent = status.text_raw;
    list.appendChild(item);
  }
  function load() {
    if (busy || !more) { return; }
    busy = true;
    var query = "uid=" + uid + "&page=" + page + "&feature=0" + (since ? "&since_id=" + since : "");
    ask("/ajax/statuses/mymblog?" + query).then(function (reply) {
      reply.data.list.forEach(draw);
      since = reply.data.since_id;
      more = !!since;
      page += 1;
      busy = false;
      if (document.body.dataset.modal) {
        more = false;
        var box = document.createElement("div");
        box.className = "LoginCard";
        box.textContent = "登录后查看更多微博";
        document.body.appendChild(box);
      }
    }).catch(function () {});
  }
  if (bid) {
    ask("/ajax/statuses/show?id=" + bid + "&locale=zh-CN&isGetLongText=true").then(function (status) {
      draw(status);
      if (status.isLongText) { ask("/ajax/statuses/longtext?id=" + bid).catch(function () {}); }
      ask("/ajax/statuses/buildComments?flow=0&id=" + status.id + "&uid=" + status.user.id).catch(function () {});
    }).catch(function () {});
    return;
  }
  ask("/ajax/profile/info?uid=" + uid).catch(function () {});
  ask("/ajax/profile/detail?uid=" + uid).catch(function () {});
  window.addEventListener("scroll", function () {
    if (window.innerHeight + window.scrollY >= document.body.scrollHeight - 200) { load(); }
  });
  load();
})();
"""


def page(uid: str = "", bid: str = "", *, modal: bool = False) -> str:
    """The shell of every page of the site: it holds nothing, its script fetches everything."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>微博</title></head>
<body data-uid="{uid}" data-post="{bid}" data-modal="{"1" if modal else ""}"><div id="app"><div id="list"></div></div>
<script>{_SCRIPT}</script></body></html>
"""


#: The visitor system: its script asks for an identity and goes back with it.
VISITOR = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sina Visitor System</title></head>
<body><span id="message"></span><script>
fetch("/visitor/genvisitor2", {method: "POST", body: "cb=visitor_gray_callback&tid="}).then(function () {
  return fetch("/visitor/visitor?a=incarnate&t=replica");
}).then(function () {
  location.href = new URLSearchParams(location.search).get("url");
}).catch(function () {});
</script></body></html>"""
