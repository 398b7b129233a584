"""Rows of a table or records of JSON → posts. Each row stands for itself: what is wrong with one costs no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler.parsing.dates import from_epoch, relative_date
from crawler.parsing.markup import plain
from crawler.parsing.post_keys import key_in_address
from domain.clock import CHINA, require_aware
from domain.outcome import Outcome
from domain.post import PostKind, RawPost
from pipelines.importing_model import Brought, Gathered, Refusal, Source
from registry.loose_table import Cell, PostTable, read_csv, read_workbook, text_of
from registry.post_columns import field_of

_KINDS = {
    PostKind.ARTICLE: "图文 文章 图文消息 长文 article",
    PostKind.PICTURE: "图片 图集 贴图 图片消息 picture",
    PostKind.VIDEO: "视频 短视频 小视频 横版视频 video",
    PostKind.AUDIO: "音频 语音 audio",
    PostKind.TEXT: "短文 文字 微博 动态 微头条 文本 text",
    PostKind.SHARE_CARD: "转发 分享 share_card",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
#: What a post is where the file does not say it.
_USUAL = {"weibo": PostKind.TEXT, "rednote": PostKind.PICTURE} | dict.fromkeys(
    ("channels", "douyin", "kuaishou", "bilibili"), PostKind.VIDEO
)
_YES = frozenset(["是", "原创", "有", "true", "yes", "1", "√", "已声明原创", "声明原创"])
_NO = frozenset(["否", "转载", "非原创", "无", "false", "no", "0", "×", "未声明", "未声明原创"])
_STATES = {
    Outcome.OK: "正常 已发布 发布成功 已发表 公开 在线 已通过 审核通过 已上线 ok",
    Outcome.DELETED: "已删除 删除 已撤回 撤回 deleted",
    Outcome.VIOLATION: "违规 已下架 下架 屏蔽 已屏蔽 封禁 violation",
}
_STATE_OF = {word: outcome for outcome, words in _STATES.items() for word in words.split()}
#: Nobody outside can see these: they are no publication.
_UNSEEN = frozenset(
    (
        *("草稿", "审核中", "待审核", "未通过", "审核未通过", "定时发布", "待发布", "未发布", "发布失败"),
        *("私密", "仅自己可见", "好友可见"),
    )
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_URL = re.compile(r"https?://\S+")
_TAG = re.compile(r"<(?:p|br|div|span|img|a|section|strong)\b[^>]*>", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_SPLIT = re.compile(r"[|｜\s]+")
#: A clock that runs a little fast is no post from the future.
_AHEAD = timedelta(hours=1)


class Unusable(ValueError):
    """Why a row cannot be imported, in Chinese."""


class Unseen(ValueError):
    """Why a row is left out although nothing is wrong with it."""


def gather_csv(source: Source) -> Gathered:
    """The posts of a CSV file. Raises ``ImportFileError`` where it has no known header."""
    return _gather_table(read_csv(source.body, source.name), source, "CSV 表")


def gather_workbook(source: Source) -> Gathered:
    """The posts of a workbook. Raises ``ImportFileError`` where it is damaged or has no known header."""
    return _gather_table(read_workbook(source.body, source.name), source, "工作簿")


def _gather_table(table: PostTable, source: Source, shape: str) -> Gathered:
    gathered = Gathered(
        shape, read=len(table.records) + len(table.refused) + len(table.skipped), notes=list(table.notes)
    )
    gathered.refused = [Refusal(one.place, one.reason) for one in table.refused]
    gathered.skipped = [Refusal(one.place, one.reason) for one in table.skipped]
    for record in table.records:
        take(record.cells, record.place, source, gathered)
    return gathered


def gather_json(source: Source) -> Gathered | None:
    """The posts of JSON: one object a line, one list, or an object with a list ``posts``.

    ``None`` where the records are not of that kind (a platform's own reply is read by its reader).
    """
    records = list(_records(source.body.decode("utf-8-sig", "replace")))
    known = sum(1 for _, record, _ in records if isinstance(record, Mapping) and _cells(record))
    if not known:
        return None
    lines = all(place.endswith("行") for place, _, _ in records)
    gathered = Gathered("JSONL" if lines else "JSON", "行" if lines else "条", read=len(records))
    for place, record, problem in records:
        cells = _cells(record) if isinstance(record, Mapping) else {}
        if problem or not cells:
            gathered.refused.append(Refusal(place, problem or "没有认得的项；应有 title、text、published_at 等"))
            continue
        take(cells, place, source, gathered)
    return gathered


def _records(text: str) -> Iterator[tuple[str, object, str]]:
    try:
        whole = json.loads(text)
    except ValueError:
        whole = None
    if isinstance(whole, Mapping) and isinstance(whole.get("posts"), list):
        whole = whole["posts"]
    if isinstance(whole, list):
        yield from ((f"第 {number} 条", record, "") for number, record in enumerate(whole, start=1))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield f"第 {number} 行", json.loads(line), ""
        except (ValueError, RecursionError):
            yield f"第 {number} 行", None, "不是完整的 JSON；请重新导出，或删去这一行"


def _cells(record: Mapping[str, object]) -> dict[str, Cell]:
    """A record's values by field; a list becomes the cell that a table would hold."""
    cells: dict[str, Cell] = {}
    for name, value in record.items():
        field = field_of(str(name))[0]
        if field and value is not None and field not in cells:
            if isinstance(value, list):
                cells[field] = " | ".join(str(item) for item in value)
            elif isinstance(value, str | int | float | bool):
                cells[field] = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return cells if {"title", "text", "published_at"} & cells.keys() else {}


# -- one row -----------------------------------------------------------------------------------------------------------


def take(cells: Mapping[str, Cell], place: str, source: Source, gathered: Gathered) -> None:
    """Enter one row in ``gathered``: as a post, as refused, or as left out."""
    try:
        brought = _brought(cells, place, source, gathered)
    except Unseen as reason:
        gathered.skipped.append(Refusal(place, str(reason)))
    except Unusable as reason:
        gathered.refused.append(Refusal(place, str(reason)))
    else:
        gathered.posts.append(brought)


def _brought(cells: Mapping[str, Cell], place: str, source: Source, gathered: Gathered) -> Brought:
    values = {name: _text(cell) for name, cell in cells.items()}
    outcome = _state(values.get("status", ""))
    published = _moment(cells.get("published_at"), source.exported_at)
    title, text = " ".join(values.get("title", "").split()), _body(values.get("text", ""))
    if spoken := _body(values.get("transcript", "")):
        text = f"{text}\n{spoken}" if text else spoken
    if not title and not text:
        raise Unusable("标题和正文都是空的；请至少填一项")
    url = _address(values.get("url", ""))
    post = RawPost(
        outcome=outcome,
        kind=_kind(values.get("kind", ""), source.platform, gathered),
        post_key=_key(values.get("key", "")) or (key_in_address(url) if url else ""),
        url=url,
        title=title,
        text=text,
        published_at=published,
        original=_yes_or_no(values.get("original", "")),
        repost_source=values.get("repost_source") or None,
        images=tuple(part for part in _SPLIT.split(values.get("images", "")) if _URL.fullmatch(part)),
        links=tuple(part for part in _SPLIT.split(values.get("links", "")) if _URL.fullmatch(part)),
    )
    given = frozenset(name for name, value in values.items() if value)
    account = values.get("account", "")
    return Brought(place=place, post=replace(post, account=account), given=given, seen_at=source.exported_at)


def _text(cell: Cell) -> str:
    try:
        return text_of(cell).strip()
    except ValueError as reason:
        raise Unusable(str(reason)) from None


def _key(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise Unusable(f"编号“{text}”被 Excel 改成了科学计数法；请把该列设为“文本”格式后重新填写")
    if re.search(r"[\s/|]", text):
        raise Unusable(f"编号“{text}”含有空格、斜线或竖线；请只填平台给出的编号")
    return text


def _address(text: str) -> str:
    if not text:
        return ""
    found = _URL.search(text)
    if found is None:
        raise Unusable(f"链接“{text[:60]}”不是网址；应以 http:// 或 https:// 开头，没有请留空")
    return found[0]


def _body(text: str) -> str:
    return plain(text) if _TAG.search(text) else text


def _moment(cell: Cell | None, exported_at: datetime) -> datetime:
    moment = _read_moment(cell, exported_at)
    if moment is None:
        shown = "" if cell is None else str(cell).strip()
        told = f"发布时间“{shown[:30]}”看不懂" if shown else "没有发布时间"
        raise Unusable(f"{told}；格式为 2026-06-18 09:30")
    if moment > exported_at + _AHEAD:
        raise Unusable(f"发布时间 {str(cell).strip()[:30]} 晚于导出时间；请核对，或用 --exported-at 写明导出时间")
    return moment


def _read_moment(cell: Cell | None, exported_at: datetime) -> datetime | None:
    if isinstance(cell, datetime):
        return require_aware(cell if cell.tzinfo else cell.replace(tzinfo=CHINA))
    if isinstance(cell, date):
        return require_aware(datetime(cell.year, cell.month, cell.day, tzinfo=CHINA))
    if cell is None or isinstance(cell, bool):
        return None
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell).strip()
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return from_epoch(int(text))
    if found := _COMPACT.fullmatch(text):
        text = f"{found[1]}-{found[2]}-{found[3]} {found[4] or '00'}:{found[5] or '00'}:{found[6] or '00'}"
    try:
        moment = datetime.fromisoformat(text)
        return require_aware(moment if moment.tzinfo else moment.replace(tzinfo=CHINA))
    except ValueError:
        found_date = relative_date(text, exported_at)
        return require_aware(found_date) if found_date is not None else None


def _state(text: str) -> Outcome:
    word = text.strip().casefold()
    if word in _UNSEEN:
        raise Unseen(f"状态为“{text}”，没有公开发布，不导入")
    if word and word not in _STATE_OF:
        raise Unusable(f"状态“{text}”不认识；可填：正常、已删除、违规，或留空")
    return _STATE_OF.get(word, Outcome.OK)


def _kind(text: str, platform: str, gathered: Gathered) -> PostKind:
    usual = _USUAL.get(platform, PostKind.ARTICLE)
    word = text.strip().casefold()
    if not word:
        return usual
    if word not in _KIND_OF:
        note = f"类型“{text.strip()[:20]}”不认识，按平台通常的类型处理"
        if note not in gathered.notes:
            gathered.notes.append(note)
    return _KIND_OF.get(word, usual)


def _yes_or_no(text: str) -> bool | None:
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None
