"""Posts that people bring: one file, one account, one inspection of what it holds.

The file is read first, outside of everything; then its posts go down the same line as crawled ones (evidence, store,
extract, scan, reconcile). Nothing is silently dropped: ``Tally`` accounts for every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.items import CaptureItem, CoverageItem, Item, PostItem, digest_of
from domain.account import Account
from domain.clock import Clock, in_china, require_aware
from domain.coverage import Attempt, Coverage
from domain.errors import ImportFileError, system_reason
from domain.inspection import Inspection, InspectionKind, InspectionScope
from domain.outcome import Outcome
from pipelines.importing_files import gather
from pipelines.importing_model import Gathered, Source, Tally
from pipelines.importing_weigh import weigh
from pipelines.ingest import Ingest
from pipelines.inspection import InspectionResult, inspect
from pipelines.progress import Progress
from pipelines.workspace import Workspace
from store import Store

#: The route under which imported posts are covered.
ROUTE = "import"
#: An export older than this says nothing about silence until now.
_SAME_DAY = timedelta(hours=24)
#: Items written in one transaction.
_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What a person asks: the file, the account, when it was exported (``None``: what the file itself says, else now),
    whether it holds everything that the account published up to then, and the address of a saved page."""

    path: Path
    account: Account
    exported_at: datetime | None = None
    complete: bool = False
    url: str = ""


def check_file(workspace: Workspace, order: ImportOrder, clock: Clock) -> Tally:
    """What an import would do; nothing is written. Raises ``ImportFileError`` for a file that cannot be read at all."""
    gathered, source = _read(order, clock)
    with workspace.open_store() as store:
        return weigh(gathered, source, order.account, store)[0]


def import_file(
    workspace: Workspace, order: ImportOrder, clock: Clock, progress: Progress | None = None
) -> tuple[Tally, InspectionResult | None]:
    """Import a file and inspect what it holds. The inspection is ``None`` where no part of it was usable.

    Raises ``ImportFileError`` for a file that cannot be read at all; the account must be on file.
    """
    gathered, source = _read(order, clock)
    with workspace.open_store() as store:
        tally, _ = weigh(gathered, source, order.account, store)
    if not tally.usable:
        return tally, None

    def bring(store: Store, inspection: Inspection) -> None:
        # Weighed again under the lock: another import may have come between.
        final, posts = weigh(gathered, source, order.account, store)
        file = _file(source)
        held = file.digest in {capture.digest for capture in gathered.captures}  # a saved page is its own evidence
        items: list[Item] = [*([] if held else [file]), *gathered.captures, *posts]
        _deliver(workspace, inspection, clock, items, _coverage(order, source, final, posts, clock.read()))

    scope = InspectionScope(kind=InspectionKind.IMPORT, account_ids=(order.account.id,))
    return tally, inspect(workspace, scope, clock, progress=progress, bring=bring)


def _read(order: ImportOrder, clock: Clock) -> tuple[Gathered, Source]:
    name = order.path.name
    try:
        body = order.path.read_bytes()
    except OSError as error:
        raise ImportFileError(str(order.path), f"读不出文件（{system_reason(error)}）；请检查路径与权限") from error
    now = clock.read()
    exported = require_aware(order.exported_at) if order.exported_at is not None else now
    if exported > now:
        raise ImportFileError(name, "--exported-at 晚于现在；请核对导出时间")
    account = order.account
    source = Source(
        name=name, body=body, account_id=account.id, platform=account.platform, exported_at=exported, url=order.url
    )
    gathered = gather(source)
    if order.exported_at is None and gathered.moment is not None and gathered.moment <= now:
        source = replace(source, exported_at=gathered.moment)  # the file says itself when it was saved
    return gathered, source


def _coverage(order: ImportOrder, source: Source, tally: Tally, posts: Sequence[PostItem], now: datetime) -> Coverage:
    """How the account was looked at. Silence is concluded only from an export of today that is declared to be complete
    and of which nothing was refused."""
    told = f"人工导入 {source.name}：{tally.usable} 篇，导出于 {in_china(source.exported_at):%Y-%m-%d %H:%M}"
    notes = [told]
    if tally.refused:
        notes.append(f"另有 {len(tally.refused)} {tally.unit}没有导入")
    if tally.without_text:
        notes.append(f"{tally.without_text} 篇没有正文，只检查了标题")
    doubt = ""
    if not order.complete:
        doubt = "未声明内容齐全"
    elif tally.refused:
        doubt = "有没有导入的内容"
    elif now - source.exported_at > _SAME_DAY:
        doubt = "不是当天导出的"
    if doubt:
        notes.append(f"{doubt}，不作停更判断")
    return Coverage(
        account_id=order.account.id,
        outcome=Outcome.OK,
        detail="；".join(notes),
        route=ROUTE,
        complete=not doubt,
        listed=len(posts),
        read=frozenset(one.key for one in posts if not one.post.outcome.is_gone),
        newest_at=tally.newest_at,
        attempts=(Attempt(ROUTE, Outcome.OK, told),),
        finished_at=source.exported_at,
    )


def _file(source: Source) -> CaptureItem:
    """The file as it was brought, as evidence of what the account published."""
    return CaptureItem(
        account_id=source.account_id,
        url=source.file_url,
        headers={"Content-Type": "application/octet-stream"},
        body=source.body,
        fetched_at=source.exported_at,
        outcome=Outcome.OK,
        kind="list",
        digest=digest_of(source.body),
    )


def _deliver(
    workspace: Workspace, inspection: Inspection, clock: Clock, items: Sequence[Item], coverage: Coverage
) -> None:
    """Everything to the store in the order of a crawl: evidence, posts, and last the coverage."""
    target = workspace.target(inspection.id, ROUTE)
    ingest = Ingest(target, clock)
    try:
        for start in range(0, len(items), _BATCH):
            ingest.write(list(items[start : start + _BATCH]))
        ingest.write([CoverageItem(coverage=coverage)])
    finally:
        ingest.close()
