"""What WeChat pushes to the owner's server: that something was mass-sent or published, and how that ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from crawler.parsing.addresses import canonical_address, key_of_address
from domain.announcement import Announcement
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_MASS = "MASSSENDJOBFINISH"
#: The documentation's name, and the one that older kits know.
_PUBLISHED = frozenset(("PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH"))
_CODE = re.compile(r"err\((\d+)\)")
_SHORT = "/s/"
#: Why a mass sending was refused (platform documentation, MASSSENDJOBFINISH).
REFUSALS = {
    10001: (Outcome.VIOLATION, "涉嫌广告"),
    20001: (Outcome.VIOLATION, "涉嫌政治"),
    20002: (Outcome.VIOLATION, "涉嫌色情"),
    20004: (Outcome.VIOLATION, "涉嫌社会"),
    20006: (Outcome.VIOLATION, "涉嫌违法犯罪"),
    20008: (Outcome.VIOLATION, "涉嫌欺诈"),
    20013: (Outcome.VIOLATION, "涉嫌版权"),
    21000: (Outcome.VIOLATION, "涉嫌其他"),
    22000: (Outcome.VIOLATION, "涉嫌互推（互相宣传）"),
    30001: (Outcome.UNAVAILABLE, "原创校验系统出错，且选择了“判为转载则不群发”"),
    30002: (Outcome.UNAVAILABLE, "原创校验认定不能群发"),
    30003: (Outcome.UNAVAILABLE, "原创校验判定为转载，且选择了“判为转载则不群发”"),
    40001: (Outcome.UNAVAILABLE, "管理员拒绝了群发"),
    40002: (Outcome.UNAVAILABLE, "管理员 30 分钟内没有确认，群发超时"),
}
#: ``publish_status``.
PUBLICATIONS = {
    0: (Outcome.OK, "发布成功"),
    1: (Outcome.UNAVAILABLE, "正在发布"),
    2: (Outcome.UNAVAILABLE, "发布失败：原创校验没有通过"),
    3: (Outcome.UNAVAILABLE, "发布失败"),
    4: (Outcome.VIOLATION, "发布没有通过平台审核"),
    5: (Outcome.DELETED, "发布后已被全部删除"),
    6: (Outcome.VIOLATION, "发布后已被平台封禁"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentArticle:
    """One article of a sending: its place in it (from 1) and its address."""

    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PushEvent:
    """One event. ``job`` is the platform's number of the sending; ``name`` the event's own name in capitals."""

    account_key: str
    name: str
    at: datetime
    job: str = ""
    outcome: Outcome = Outcome.OK
    detail: str = ""
    articles: tuple[SentArticle, ...] = ()
    failed: tuple[int, ...] = ()
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)  # receivers: in all, after filtering, reached, failed
    reprints: tuple[int, ...] = ()  # numbers of the articles that the platform takes for reprints

    @property
    def is_sending(self) -> bool:
        """True for the events that say that something was sent."""
        return self.name == _MASS or self.name in _PUBLISHED

    def announcements(self, account_id: str) -> tuple[Announcement, ...]:
        """What is to be kept of it: one entry an article, or one for the whole where it names none."""
        if not self.is_sending:
            return ()
        whole = Announcement(
            account_id=account_id, job=self.job, outcome=self.outcome, detail=self.detail, sent_at=self.at
        )
        if self.outcome is not Outcome.OK or not self.articles:
            return (whole,)
        return tuple(
            Announcement(
                account_id=account_id,
                job=self.job,
                number=article.number,
                key=_key(article.url),
                url=article.url,
                detail=self.detail,
                sent_at=self.at,
            )
            for article in self.articles
        )


def looks_like_push(body: bytes) -> bool:
    """True for a body that begins as WeChat's pushed XML does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower() == b"<xml>"


def fields(body: bytes) -> dict[str, str]:
    """The outer values of a pushed message. Raises ``ValueError`` for anything that is not such XML."""
    return {node.tag: (node.text or "").strip() for node in _root(body)}


def read_event(body: bytes) -> PushEvent:
    """The event that ``body`` (plain XML) holds. Raises ``ValueError`` for anything that is not such XML."""
    root = _root(body)
    name = _text(root, "Event").upper()
    values: dict[str, Any] = {
        "account_key": _text(root, "ToUserName"),
        "name": name,
        "at": datetime.fromtimestamp(_number(root, "CreateTime"), UTC),
    }
    if name == _MASS:
        return PushEvent(**values, **_mass(root))
    if name in _PUBLISHED:
        return PushEvent(**values, **_published(root.find("PublishEventInfo")))
    return PushEvent(**values)


def read_push(body: bytes) -> Reading:
    """The same as a reading: a list of the articles that were sent."""
    try:
        event = read_event(body)
    except ValueError:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="推送消息的 XML 不完整；请人工核对")
    posts = tuple(
        RawPost(
            outcome=event.outcome,
            kind=PostKind.ARTICLE,
            account_key=event.account_key,
            post_key=_key(article.url),
            url=article.url,
            published_at=event.at,
            truncated=True,
        )
        for article in event.articles
    )
    detail = event.detail or f"推送消息（{event.name or '不是事件'}），与发布无关"
    return Reading(outcome=event.outcome, kind=PostKind.LIST, account_key=event.account_key, posts=posts, detail=detail)


def _mass(root: Any) -> dict[str, Any]:
    status = "".join(_text(root, "Status").lower().split())
    outcome, detail = Outcome.OK, "群发成功"
    found = _CODE.search(status)
    if found:
        code = int(found[1])
        outcome, reason = REFUSALS.get(code, (Outcome.UNAVAILABLE, "原因不明"))
        detail = f"群发没有成功：{reason}（{code}）；请登录公众平台核实处理"
    elif "success" not in status:
        outcome, detail = Outcome.UNAVAILABLE, "群发失败；请登录公众平台查看原因"
    checks = root.findall("CopyrightCheckResult/ResultList/item")
    reprints = tuple(_number(item, "ArticleIdx") for item in checks if _number(item, "AuditState") == 2)
    if reprints:
        detail += f"；第 {'、'.join(map(str, reprints))} 篇被判定为转载"
    counts = tuple(_number(root, name) for name in ("TotalCount", "FilterCount", "SentCount", "ErrorCount"))
    items = root.findall("ArticleUrlResult/ResultList/item")
    articles = tuple(_articles(items, "ArticleIdx", "ArticleUrl"))
    return {
        "job": f"mass:{_text(root, 'MsgID')}",
        "outcome": outcome,
        "detail": detail,
        "articles": articles,
        "counts": counts,
        "reprints": reprints,
    }


def _published(info: Any) -> dict[str, Any]:
    if info is None:
        return {"outcome": Outcome.UNAVAILABLE, "detail": "发布结果推送没有内容；请登录公众平台核对"}
    outcome, detail = PUBLICATIONS.get(
        _number(info, "publish_status"), (Outcome.UNAVAILABLE, "发布状态不认识；请登录公众平台核对")
    )
    return {
        "job": f"publish:{_text(info, 'publish_id')}",
        "outcome": outcome,
        "detail": detail,
        "articles": tuple(_articles(info.findall("article_detail/item"), "idx", "article_url")),
        "failed": tuple(int(node.text) for node in info.findall("fail_idx") if (node.text or "").strip().isdigit()),
    }


def _articles(items: list[Any], number: str, url: str) -> Iterator[SentArticle]:
    for place, item in enumerate(items, 1):
        address = canonical_address(_text(item, url))
        if address.startswith("https://mp.weixin.qq.com/"):
            yield SentArticle(number=_number(item, number) or place, url=address)


def _key(url: str) -> str:
    return key_of_address(url) or (url.rsplit(_SHORT, 1)[1] if _SHORT in url else "")


def _root(body: bytes) -> Any:
    try:
        root = fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeError, LookupError) as error:
        raise ValueError("not a pushed message") from error
    if root.tag != "xml":
        raise ValueError("not a pushed message")
    return root


def _text(node: Any, name: str) -> str:
    return str(node.findtext(name) or "").strip()


def _number(node: Any, name: str) -> int:
    text = _text(node, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
