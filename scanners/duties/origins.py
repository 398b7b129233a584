"""稿件来源 (第七条): where a reposted text and its pictures come from, and who let them pass (R47, R48, R50, R51)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.post import Post
from domain.sources import SourceClass, plain_source
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.papers import chiefs
from scanners.guards import Guard

#: A line of its own that names a source; the name ends where another label begins.
_LINE = re.compile(
    r"(?:^|[\n（(【|])\s*(?:信息|文章|稿件|内容|新闻)?(?:来源|稿源|转自|转载自|摘自|原载)\s?[：:]\s?(?P<name>[^\n|）)】，,。；;]{2,40})"
)
_LABEL = re.compile(r"\s+(?:编辑|责编|作者|发布|审核|校对|时间).*$")
_PICTURE = re.compile(
    r"图源|供图|图片来源|图片由|摄影|图/|图：|图:|[\u4e00-\u9fff]{2,4}\s?摄(?:影)?(?=[\s）)。，]|$)|资料图|图片库|视频库"
)
_EDGE = 400


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    url: str
    kind: SourceClass


def not_listed(hearing: Hearing) -> Iterator[Breach]:
    """The source of a repost is neither party, government, mainstream media nor on the list (R47)."""
    found = _source(hearing)
    if found is None:
        return
    source, post = found
    if source.kind is SourceClass.COMMERCIAL and hearing.spared(Guard.NOT_CONCERNED, "商业网站另行报出"):
        return
    if source.kind not in (SourceClass.UNKNOWN, SourceClass.COMMERCIAL) and hearing.spared(
        Guard.ALIKE, f"{source.name or source.url}：{source.kind.value}"
    ):
        return
    if _passed_by_chief(hearing):
        return
    yield _breach(hearing, post, source, "不是党委政府、主流媒体，也不在稿源单位名单里，没有主要负责人同意的记录")


def commercial(hearing: Hearing) -> Iterator[Breach]:
    """A commercial site or private account as the source, without 主要负责人's consent (R50)."""
    found = _source(hearing)
    if found is None:
        return
    source, post = found
    if source.kind is not SourceClass.COMMERCIAL and hearing.spared(Guard.ALIKE, source.name or source.url):
        return
    if _passed_by_chief(hearing):
        return
    yield _breach(hearing, post, source, "是商业网站、自媒体，没有主要负责人同意的记录")


def permission_missing(hearing: Hearing) -> Iterator[Breach]:
    """Somebody else's original was reposted, and the form says nothing of a permission (R48).

    Party and government sources are meant to be reposted and need none.
    """
    found, approval = _source(hearing), hearing.facts.approval
    if found is None or approval is None:
        return
    source, post = found
    if source.kind is SourceClass.GOVERNMENT and hearing.spared(Guard.EXEMPT, "党委政府信息"):
        return
    if approval.permission.strip() and hearing.spared(Guard.ON_FILE, approval.permission):
        return
    yield _breach(hearing, post, source, "审批表没有写明转载许可")


def unstated(hearing: Hearing) -> Iterator[Breach]:
    """The form says that it is a repost, and the reader is not told whose (R48).

    That a platform does not mark a text as original proves nothing: offices rarely claim the mark for their own news.
    """
    post, approval = hearing.facts.post, hearing.facts.approval
    if post is None or passed_over(hearing):
        return
    said = bool(approval is not None and approval.source_url.strip())
    if not said and hearing.spared(Guard.NOT_CONCERNED, "没有标为转载"):
        return
    if source_of(post) and hearing.spared(Guard.ON_FILE, source_of(post)):
        return
    why = "审批表填有原文网址" if said else "没有标为转载"
    yield Breach(
        episode=post.key,
        record=f"post:{post.key}",
        explanation=f"{why}，正文和平台页面都没有来源",
        facts={"why": why},
    )


def picture_unstated(hearing: Hearing) -> Iterator[Breach]:
    """Pictures of which neither the form nor a caption says where they are from (R51).

    Judged only where the account fills 图片来源 at all.
    """
    post, approval = hearing.facts.post, hearing.facts.approval
    if post is None or approval is None or passed_over(hearing):
        return
    if not post.images and hearing.spared(Guard.NOT_CONCERNED, "没有图片"):
        return
    if not any(each.picture_source.strip() for each in hearing.facts.approvals) and hearing.spared(
        Guard.NOT_KEPT, "账号的审批表不填图片来源"
    ):
        return
    if approval.picture_source.strip() and hearing.spared(Guard.ON_FILE, approval.picture_source):
        return
    if _PICTURE.search(post.text) and hearing.spared(Guard.ALIKE, "文中写明了图源"):
        return
    yield Breach(
        episode=post.key,
        record=f"{approval.kind}:{approval.key}",
        explanation=f"{len(post.images)} 张图片，审批表没有填图片来源，文中也没有写",
        facts={"count": str(len(post.images))},
    )


def source_of(post: Post) -> str:
    """The name that the platform or the text gives as the source; empty where neither does."""
    if post.repost_source and post.repost_source.strip():
        return post.repost_source.strip()
    edges = post.text if len(post.text) <= 2 * _EDGE else f"{post.text[:_EDGE]}\n{post.text[-_EDGE:]}"
    if "来源" not in edges and "稿源" not in edges and "自" not in edges and "原载" not in edges:
        return ""
    match = _LINE.search(edges)
    return _LABEL.sub("", match["name"]).strip() if match else ""


def _source(hearing: Hearing) -> tuple[_Source, Post] | None:
    """The source of a repost and the post; ``None`` for an original and for one that names nobody."""
    post, approval = hearing.facts.post, hearing.facts.approval
    if post is None or passed_over(hearing):
        return None
    memo = hearing.facts.memo
    key = ("source", post.id)
    if key not in memo:
        name = source_of(post)
        url = approval.source_url.strip() if approval is not None else ""
        memo[key] = None if not name and not url else _classified(hearing, post, name, url)
    source: _Source | None = memo[key]
    if source is None or (source.kind is SourceClass.OWN and hearing.spared(Guard.ALIKE, "本单位的信息")):
        return None
    return source, post


def _classified(hearing: Hearing, post: Post, name: str, url: str) -> _Source:
    account = hearing.facts.account
    known = (account.name, account.sponsor, account.verified_subject) if account is not None else ()
    if name and plain_source(name) in {plain_source(each) for each in (*known, hearing.facts.unit_name) if each}:
        return _Source(name, url, SourceClass.OWN)
    day = on_day(post.published_at or hearing.now)
    return _Source(name, url, hearing.facts.sources.classify(name, url, day))


def _passed_by_chief(hearing: Hearing) -> bool:
    approval, post = hearing.facts.approval, hearing.facts.post
    by = approval.source_approved_by.strip() if approval is not None else ""
    if not by:
        return False
    known = chiefs(hearing, post.published_at if post is not None else None)
    # Where the office has not said who its chief is, the name on the form is taken for it.
    return (not known or by in known) and hearing.spared(Guard.ON_FILE, f"{by}同意")


def _breach(hearing: Hearing, post: Post, source: _Source, told: str) -> Breach:
    approval = hearing.facts.approval
    shown = source.name or source.url
    return Breach(
        episode=post.key,
        record=f"{approval.kind}:{approval.key}" if approval is not None else f"post:{post.key}",
        explanation=f"来源“{shown}”{told}",
        facts={"source": shown},
        term=shown,
    )
