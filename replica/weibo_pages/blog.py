"""One post (``mblog``) of the mobile site, with the company it may keep: pictures, a video, a quoted post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.post import PostKind
from replica.weibo_pages.numbers import bid_of, full_date, shown_date
from replica.weibo_pages.text import is_cut, markup, plain
from replica.world import WorldAccount, WorldPost

_HELP = "http://t.cn/Rfd3rQV"


def user_of(entry: WorldAccount, statuses: int) -> dict[str, Any]:
    """The account as every post carries it."""
    uid = entry.account.key
    return {
        "id": int(uid),
        "screen_name": entry.account.name,
        "profile_image_url": f"https://tvax1.sinaimg.cn/crop.0.0.300.300.180/{uid}.jpg",
        "profile_url": f"https://m.weibo.cn/u/{uid}?uid={uid}&luicode=10000011",
        "statuses_count": statuses,
        "verified": True,
        "verified_type": 1,
        "verified_type_ext": 0,
        "verified_reason": entry.verified_reason,
        "close_blue_v": False,
        "description": entry.description,
        "gender": "m",
        "mbtype": 2,
        "urank": 20,
        "mbrank": 2,
        "follow_me": False,
        "following": False,
        "follow_count": 86,
        "followers_count": followers(entry.followers),
        "cover_image_phone": "https://tva1.sinaimg.cn/crop.0.0.640.640.640/cover.jpg",
        "avatar_hd": f"https://wx1.sinaimg.cn/orj480/{uid}.jpg",
        "like": False,
        "like_me": False,
    }


def followers(count: int) -> int | str:
    """A number, or from ten thousand on the words the site writes instead (``15.6万``)."""
    if count < 10_000:
        return count
    return f"{count / 10_000:.1f}".removesuffix(".0") + "万"


def mblog(entry: WorldAccount, post: WorldPost, now: datetime, statuses: int, *, whole: bool = False) -> dict[str, Any]:
    """``post`` as a listing has it, or as its own page has it (``whole``)."""
    loosely = int(post.key) % 13 == 6
    blog: dict[str, Any] = {
        "visible": {"type": 0, "list_id": 0},
        "created_at": full_date(post.published_at) if whole else shown_date(post.published_at, now, loosely=loosely),
        "id": post.key,
        "idstr": post.key,
        "mid": post.key,
        "bid": bid_of(post.key),
        "can_edit": False,
        "show_additional_indication": 0,
        "text": markup(post, whole=whole),
        "textLength": len(plain(post)) * 2,
        "source": "微博 weibo.com" if int(post.key) % 2 else "政务直通车",
        "region_name": "发布于 云江",
        "favorited": False,
        "pic_types": "",
        "is_paid": False,
        "mblog_vip_type": 0,
        "user": user_of(entry, statuses),
        "reposts_count": int(post.key) % 37,
        "comments_count": int(post.key) % 23,
        "attitudes_count": int(post.key) % 211,
        "pending_approval_count": 0,
        "isLongText": is_cut(post),
        "mlevel": 0,
        "darwin_tags": [],
        "mblogtype": 2 if post.pinned else 0,
        "rid": f"0_0_0_{post.key[-10:]}_0_0_0",
        "content_auth": 0,
        "pic_num": len(post.images),
    }
    if post.pinned:
        blog |= {"isTop": 1, "title": {"text": "置顶", "base_color": 1}}
    if post.images:
        blog |= _pictures(post)
    if post.kind is PostKind.VIDEO:
        blog["page_info"] = _video(post)
    if "article" in post.traits:
        blog["page_info"] = _article(post)
    if "repost" in post.traits:
        blog["retweeted_status"] = _quoted(post)
        blog["repost_type"] = 1
    if whole and is_cut(post):
        blog["longText"] = {"longTextContent": markup(post, whole=True), "url_objects": []}
    return blog


def _pictures(post: WorldPost) -> dict[str, Any]:
    entries = []
    for image in post.images:
        pid = image.rsplit("/", 1)[-1].removesuffix(".jpg")
        entries.append(
            {
                "pid": pid,
                "url": image.replace("/large/", "/orj360/"),
                "size": "orj360",
                "geo": {"width": 360, "height": 270, "croped": False},
                "large": {"size": "large", "url": image, "geo": {"width": "1080", "height": "810", "croped": False}},
            }
        )
    pictures: object = entries
    if post.traits.get("pictures") == "object":
        pictures = {str(place): picture for place, picture in enumerate(entries)}
    first = post.images[0]
    return {
        "pic_ids": [entry["pid"] for entry in entries],
        "thumbnail_pic": first.replace("/large/", "/thumbnail/"),
        "bmiddle_pic": first.replace("/large/", "/bmiddle/"),
        "original_pic": first,
        "pics": pictures,
    }


def _video(post: WorldPost) -> dict[str, Any]:
    return {
        "type": "video",
        "object_type": 11,
        "object_id": f"1034:{post.key}",
        "page_pic": {"width": 540, "url": f"https://wx2.sinaimg.cn/orj480/{post.key}.jpg", "height": 304},
        "page_url": f"https://video.weibo.com/show?fid=1034:{post.key}",
        "page_title": f"{post.title}的微博视频",
        "title": post.title,
        "content1": f"{post.title}的微博视频",
        "content2": "",
        "video_orientation": "horizontal",
        "play_count": "1.2万次播放",
        "media_info": {"stream_url": f"https://f.video.weibocdn.com/o0/{post.key}.mp4", "duration": 58.6},
        "urls": {"mp4_720p_mp4": f"https://f.video.weibocdn.com/o0/{post.key}_720.mp4"},
    }


def _article(post: WorldPost) -> dict[str, Any]:
    """The card of a headline article: its title and where its page lies, nothing of its text."""
    number = post.traits["article"]
    return {
        "type": "article",
        "object_type": 12,
        "object_id": f"1022:{number}",
        "page_pic": {"url": f"https://wx2.sinaimg.cn/orj480/{number}.jpg"},
        "page_url": f"https://card.weibo.com/article/m/show/id/{number}",
        "page_title": post.title,
        "content1": post.title,
        "content2": "",
    }


def _quoted(post: WorldPost) -> Mapping[str, Any]:
    """The quoted post: deleted by its author, hidden by a setting, or there to be read."""
    number = str(int(post.key) - 900_000_007)
    earlier = post.published_at - timedelta(hours=5)
    common = {"id": number, "mid": number, "bid": bid_of(number), "retweeted": 1}
    match post.traits["repost"]:
        case "deleted":
            notice = (
                f"抱歉，此微博已被作者删除。查看帮助：<a href='{_HELP}' data-hide=''>"
                "<span class='url-icon'><img src='//h5.sinaimg.cn/web_default.png'></span> "
                "<span class='surl-text'>网页链接</span></a>"
            )
            return common | {
                "visible": {"type": 0, "list_id": 0},
                "created_at": f"{earlier:%m-%d}",
                "idstr": number,
                "text": notice,
                "state": 7,
                "deleted": "1",
                "user": None,
                "source": "",
            }
        case "hidden":
            return common | {
                "visible": {"type": 0, "list_id": 3, "list_idstr": "3"},
                "created_at": f"{earlier:%Y-%m-%d}",
                "text": "抱歉，作者已设置仅展示半年内微博，此微博已不可见。 ",
                "user": None,
                "source": "",
            }
        case "denied":
            return common | {
                "visible": {"type": 1, "list_id": 0},
                "created_at": f"{earlier:%Y-%m-%d}",
                "idstr": number,
                "text": f"抱歉，由于作者设置，你暂时没有这条微博的查看权限哦。查看帮助：<a href='{_HELP}'>网页链接</a>",
                "user": None,
                "source": "",
            }
        case _:
            return common | {
                "visible": {"type": 0, "list_id": 0},
                "created_at": full_date(earlier),
                "idstr": number,
                "text": "全省民政系统夏季服务安排已经公布，请各地按要求做好值班和信息报送。",
                "isLongText": False,
                "source": "微博 weibo.com",
                "user": {"id": 7600009001, "screen_name": "云江民政", "verified": True, "verified_type": 1},
            }
