"""Headline articles (头条文章): a post only shows a card; the body has an address and an interface of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_HOSTS = ("card.weibo.com", "weibo.com", "www.weibo.com", "media.weibo.cn", "m.weibo.cn")
_NUMBER = re.compile(r"\b(2309\d{18,})\b")


def number_of(post: RawPost) -> str:
    """The number of the article whose card ``post`` shows; empty where it shows none."""
    if post.kind is not PostKind.ARTICLE:
        return ""
    for link in post.links:
        parts = urlsplit(link)
        if parts.hostname not in _HOSTS:
            continue
        named = parse_qs(parts.query).get("id", [""])[0]
        if found := _NUMBER.search(f"{parts.path} {named}"):
            return found[1]
    return ""


def request_of(number: str) -> tuple[str, dict[str, str]]:
    """Address and headers of the request that the article's own page makes for its body."""
    page = f"https://card.weibo.com/article/m/show/id/{number}"
    headers = {"Accept": "application/json, text/plain, */*", "Referer": page, "X-Requested-With": "XMLHttpRequest"}
    return f"https://card.weibo.com/article/m/aj/detail?id={number}", headers


def with_body(post: RawPost, article: Reading) -> RawPost:
    """``post`` with the article's body behind its own words.

    Where the body was not given, the post stands as it is and says so: its own words have been read all the same.
    """
    body = article.post
    if body is None or article.outcome is not Outcome.OK:
        return replace(post, truncated=True, detail=f"头条文章正文没有取到：{article.detail}")
    title = body.title or post.title
    heading = () if title in post.text or title == post.title else (title,)
    return replace(
        post,
        title=post.title or title,
        text="\n".join(part for part in (post.text, *heading, body.text) if part),
        images=tuple(dict.fromkeys((*post.images, *body.images))),
        links=tuple(dict.fromkeys((*post.links, *body.links))),
        truncated=False,
    )
