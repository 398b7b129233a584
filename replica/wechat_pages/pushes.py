"""What WeChat pushes to an owner's server when a sending has ended, as the XML it comes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape


def mass_finished(
    account_key: str, job: str, at: datetime, urls: Sequence[str] = (), *, status: str = "send success"
) -> bytes:
    """``MASSSENDJOBFINISH``; ``status`` is ``send success``, ``send fail`` or ``err(30003)``."""
    items = "".join(
        f"<item><ArticleIdx>{number}</ArticleIdx><ArticleUrl><![CDATA[{url}]]></ArticleUrl></item>"
        for number, url in enumerate(urls, 1)
    )
    return _event(
        account_key,
        at,
        "MASSSENDJOBFINISH",
        f"<MsgID>{escape(job)}</MsgID><Status><![CDATA[{status}]]></Status><TotalCount>120</TotalCount>"
        "<FilterCount>100</FilterCount><SentCount>98</SentCount><ErrorCount>2</ErrorCount>"
        "<CopyrightCheckResult><Count>0</Count><ResultList></ResultList><CheckState>1</CheckState></CopyrightCheckResult>"
        f"<ArticleUrlResult><Count>{len(urls)}</Count><ResultList>{items}</ResultList></ArticleUrlResult>",
    )


def publish_finished(
    account_key: str, job: str, at: datetime, urls: Sequence[str] = (), *, status: int = 0, failed: Sequence[int] = ()
) -> bytes:
    """``PUBLISHJOBFINISH``."""
    items = "".join(
        f"<item><idx>{number}</idx><article_url><![CDATA[{url}]]></article_url></item>"
        for number, url in enumerate(urls, 1)
    )
    missed = "".join(f"<fail_idx>{number}</fail_idx>" for number in failed)
    return _event(
        account_key,
        at,
        "PUBLISHJOBFINISH",
        f"<PublishEventInfo><publish_id>{escape(job)}</publish_id><publish_status>{status}</publish_status>"
        f"<article_id><![CDATA[replica_{escape(job)}]]></article_id><article_detail><count>{len(urls)}</count>{items}"
        f"</article_detail>{missed}</PublishEventInfo>",
    )


def _event(account_key: str, at: datetime, name: str, inner: str) -> bytes:
    return (
        f"<xml><ToUserName><![CDATA[{account_key}]]></ToUserName><FromUserName><![CDATA[oReplicaOfficial]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{name}]]></Event>{inner}</xml>"
    ).encode()
