"""Documents on the command line: their forms, their files, and what a person must know before signing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import note, say
from domain.errors import ConfigError, system_reason

if TYPE_CHECKING:
    from reports.documents.content import Official
    from reports.documents.facts import PeriodFacts

FORMS = ("docx", "pdf")


def chosen(option: str, text: str, known: Sequence[str]) -> tuple[str, ...]:
    """``docx,pdf`` as names; raises ``ConfigError`` for one that does not exist."""
    names = tuple(dict.fromkeys(part.strip().lower() for part in text.replace("，", ",").split(",") if part.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        told = f"没有“{'、'.join(unknown)}”这种格式" if unknown else "没有写明格式"
        raise ConfigError(f"{option}：{told}；可用：{'、'.join(known)}")
    return names


def file_name(title: str) -> str:
    """``title`` as a name that every system takes, at most 80 characters."""
    return re.sub(r'[\x00-\x1f\\/:*?"<>|]', "_", title)[:80].strip(" .") or "公文"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to be written, which takes its place once it is whole; for its owner only."""
    part = path.with_name(f".{path.name[-60:]}.{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield part
        part.chmod(0o600)
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}：写不进去（{system_reason(error)}）；请检查目录、权限与磁盘") from error
    finally:
        part.unlink(missing_ok=True)


def write_papers(documents: Sequence[Official], folder: Path, forms: Sequence[str]) -> None:
    """Write each document in each form, and say where."""
    from reports.documents import layout, printing

    for document in documents:
        for form in sorted(forms):  # docx first: it is there even where nothing can print
            body = layout.render(document) if form == "docx" else printing.pdf(document)
            path = folder / f"{file_name(document.name)}.{form}"
            with whole_file(path) as part:
                part.write_bytes(body)
            say(f"公文　{path}")
    if "pdf" in forms and (missing := printing.stand_ins()):
        told = "、".join(f"{name}（以 {other} 代）" for name, other in missing.items())
        note(f"提醒：本机缺公文字体 {told}，PDF 与正式版式的字形不同；docx 不受影响")


def tell_period(facts: PeriodFacts, *, asks: bool = False) -> None:
    """The figures, and what is missing before the paper can be signed; ``asks``: it asks units for an answer."""
    tally = facts.tally
    say(
        f"{facts.period.label}：在册账号 {len(facts.accounts)} 个，检查 {len(facts.checked)} 个，"
        f"合格 {facts.passed} 个；"
        f"问题记录 {tally.rows} 条，属实 {tally.problems} 个，已销号 {tally.closed} 个，未销号 {tally.unmended} 个"
    )
    if tally.unjudged:
        note(f"提醒：还有 {tally.unjudged} 条没有研判，没有写进公文；请先运行 xunjian triage export 研判")
    if asks and facts.reply_by is None and facts.rows:
        note("提醒：没有在途的通知书，报送期限印作“×月×日”待填；也可用 --reply-by 写明")
    waiting = sum(row.stage.value == "confirmed" for row in facts.rows)
    if waiting:
        note(f"提醒：有 {waiting} 个属实的问题还没有通知单位；请运行 xunjian rectify notice")
    if any("依据待核" in row.clauses for row in facts.rows):
        note("提醒：引用的条款中有“依据待核”的，签发前请与原文核对并删去这几个字")
    if facts.period.until >= facts.today:
        note(f"提醒：{facts.period.label}还没有结束，数字截至今天")
