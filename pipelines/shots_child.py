"""The child that makes screenshots: reads captured pages from the archive, and files the pictures there."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime

from crawler.items import CaptureItem, digest_of
from crawler.shots import Photographer, Shot, ShotTask, photographer
from domain.clock import Clock, in_china, require_aware
from domain.finding import Finding
from domain.outcome import Outcome
from pipelines.ingest import Ingest
from pipelines.shots import FAILED, KIND, grave, marks_of
from pipelines.target import Target
from reports.visible import visible
from store.evidence import EvidenceRecord
from store.records import StoredPost
from store.shots import ShotRecord

#: A captured page with more bytes than this is not rendered.
_LARGEST = 16 * 1024 * 1024
_LOG = logging.getLogger(__name__)


def run(line: bytes) -> int:
    """Make the pictures that the plan names; 0 when all was tried, 3 when the browser did not hold out."""
    plan = json.loads(line)
    clock = Clock(start=require_aware(datetime.fromisoformat(plan["clock"]["start"])), fixed=plan["clock"]["fixed"])
    target = Target(**plan["store"])
    ingest = Ingest(target, clock)
    try:
        found = grave(ingest.store, target.inspection_id)
        with photographer(plan["browser"]) as camera:
            for stored in ingest.store.posts(plan["posts"]):
                _one(ingest, clock, camera, stored, found.get(stored.post.id, []))
    except Exception as error:  # the browser's library raises kinds of its own; what is left is told by the parent
        _LOG.error("screenshots broke off: %s", type(error).__name__)
        return 3
    finally:
        ingest.close()
    return 0


def _one(ingest: Ingest, clock: Clock, camera: Photographer, stored: StoredPost, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    store, page = ingest.store, findings[0].evidence
    digest, marked, detail = "", 0, FAILED
    try:
        record = store.show(page)
        if record is not None and len(record.body) <= _LARGEST:
            all_of_post = [one for one in store.findings(ingest.inspection_id) if one.post_id == stored.post.id]
            shot = camera.shoot(task_of(stored, record, findings, all_of_post))
            digest, marked, detail = _file(ingest, clock, stored, page, shot), shot.marked, _said(shot, record)
    except Exception as error:  # one strange page must not cost the others
        _LOG.warning("no screenshot of a page: %s", type(error).__name__)
    store.put_shot(
        ShotRecord(
            post_id=stored.post.id,
            page=page,
            marks=marks_of(findings),
            digest=digest,
            marked=marked,
            detail=detail,
            inspection_id=ingest.inspection_id,
            made_at=clock.start,
        )
    )


def task_of(
    stored: StoredPost, record: EvidenceRecord, findings: Sequence[Finding], everything: Sequence[Finding]
) -> ShotTask:
    """What the browser gets: the sentences of the grave findings marked, every private value of any finding hidden."""
    post = stored.post
    headers = {name.lower(): value for name, value in record.headers}
    hidden = [value for one in everything for value in _private_values(one, post.title, post.text)]
    heading = (
        f"取证截图　{in_china(record.fetched_at):%Y-%m-%d %H:%M:%S}（北京时间）读取　"
        f"{visible(record.url.partition('?')[0])}　"
        f"原始内容 sha256:{record.digest}　离线渲染，不载入图片和脚本；标黄为问题语句，黑块为遮盖的个人信息"
    )
    return ShotTask(
        url=record.url,
        body=record.body,
        content_type=headers.get("content-type", ""),
        marks=tuple(dict.fromkeys(one.sentence for one in findings if one.sentence.strip())),
        hidden=tuple(dict.fromkeys(filter(None, hidden))),
        title=post.title,
        text=post.text,
        heading=heading,
    )


def _private_values(finding: Finding, title: str, text: str) -> list[str]:
    if finding.family != "privacy" and finding.masked_term == finding.term:
        return []
    fields = {"title": title, "body": text}
    return [
        finding.term,
        *(fields[one.field][one.start : one.end] for one in finding.occurrences if one.field in fields),
    ]


def _file(ingest: Ingest, clock: Clock, stored: StoredPost, page: str, shot: Shot) -> str:
    digest = digest_of(shot.png)
    item = CaptureItem(
        account_id=stored.post.account_id,
        url=f"https://shot.xunjian.invalid/{page}",  # the archive reads back only what has a web address
        headers={"content-type": "image/png"},
        body=shot.png,
        fetched_at=clock.read(),
        outcome=Outcome.OK,
        kind=KIND,
        digest=digest,
    )
    ingest.write([item])
    return digest


def _said(shot: Shot, record: EvidenceRecord) -> str:
    said = []
    if not shot.marked:
        said.append("页面上没有这句话（在附件、图片里，或由脚本显示），没有标出位置")
    elif not shot.visible:
        said.append("这句话在页面上不显示（隐藏内容），没有标出位置")
    if shot.cut:
        said.append("页面很长，只截取问题所在的一段")
    if not _is_page(record):
        said.append("原始内容是接口答复，按文字排版")
    return "；".join(said)


def _is_page(record: EvidenceRecord) -> bool:
    kind = next((value for name, value in record.headers if name.lower() == "content-type"), "")
    return "html" in kind.lower() or record.body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))
