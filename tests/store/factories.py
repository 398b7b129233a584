"""Things to store, of the fictional bureau 柳溪市民政局."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.account import Account, Medium, Purpose, Route
from domain.coverage import Attempt, Coverage
from domain.finding import Finding, Occurrence
from domain.inspection import InspectionKind
from domain.outcome import Outcome
from domain.post import Attachment, Post, PostKind
from domain.rule import Confidence, Severity
from store.records import PostRead

KEY = bytes(range(32))
NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)
#: 349901 is no county; the check digit is right.
ID_NUMBER = "349901199003076011"
SENTENCE = f"经办人身份证号{ID_NUMBER}，请核对。"


def account(key="1000000001", **changes):
    values = {
        "platform": "weibo",
        "key": key,
        "name": "柳溪民政",
        "sponsor": "柳溪市民政局",
        "purpose": Purpose.PUBLISHING,
        "medium": Medium.TEXT_IMAGE,
        "routes": (Route("mobile"), Route("rss", "https://feeds.example/1")),
        "attributes": {"home": "柳溪"},
        "aliases": (f"weibo:old-{key}",),
    }
    return Account(**(values | changes))


def post(key="p1", **changes):
    values = {
        "account_id": "weibo:1000000001",
        "key": key,
        "url": f"https://m.weibo.cn/status/{key}",
        "kind": PostKind.ARTICLE,
        "title": "办事指南",
        "text": SENTENCE,
        "published_at": NOW - DAY,
        "original": True,
        "repost_source": "柳溪发布",
        "images": ("https://img.example/1.jpg",),
        "links": ("https://liuxi.example/a",),
        "attachments": (Attachment(url="https://liuxi.example/a.docx", name="名单.docx", digest="ab" * 32),),
        "evidence": "cd" * 32,
    }
    return Post(**(values | changes))


def read(key="p1", outcome=Outcome.OK, at=NOW, **changes):
    return PostRead(post=post(key, **changes), outcome=outcome, read_at=at)


def finding(name="f1", *, post_key="p1", rule="privacy-id-card-number", **changes):
    values = {
        "fingerprint": name,
        "rule_id": rule,
        "account_id": "weibo:1000000001",
        "post_id": f"weibo:1000000001/{post_key}" if post_key else "",
        "term": ID_NUMBER,
        "sentence": SENTENCE,
        "masked_term": "34*************011",
        "masked_sentence": "经办人身份证号34*************011，请核对。",
        "occurrences": (Occurrence("body", 7, 25),),
        "severity": Severity.VETO,
        "confidence": Confidence.HIGH,
        "message": "出现完整身份证号",
        "suggestion": "删除或遮盖",
        "explanation": "校验码相符",
        "clauses": ("liuan-2022-4/art-9",),
        "evidence": "cd" * 32,
        "facts": {"length": "18"},
    }
    return Finding(**(values | changes))


def coverage(account_id="weibo:1000000001", outcome=Outcome.OK, **changes):
    values = {
        "account_id": account_id,
        "outcome": outcome,
        "detail": "已读完",
        "route": "mobile",
        "complete": not outcome.is_reach,
        "listed": 2,
        "read": frozenset({"p1"}),
        "newest_at": NOW - DAY,
        "platform_total": 40,
        "requests": 3,
        "attempts": (Attempt("mobile", outcome, "已读完"),),
        "finished_at": NOW,
    }
    return Coverage(**(values | changes))


def registered(opened, *accounts):
    """The store with accounts on file."""
    opened.put_accounts(accounts or (account(),), source="registry/accounts.csv", at=NOW)
    return opened


def night(opened, number=0, kind=InspectionKind.NIGHTLY, ids=("weibo:1000000001",)):
    """A new inspection, ``number`` days after the first."""
    return opened.begin(kind, "scope", NOW + number * DAY, ids)


__all__ = [
    "DAY",
    "ID_NUMBER",
    "KEY",
    "NOW",
    "SENTENCE",
    "account",
    "coverage",
    "finding",
    "night",
    "post",
    "read",
    "registered",
    "replace",
]
