"""Search results brought by hand become candidates: accounts of our own that nobody filed, and look-alikes.

What is kept are public profiles of organisations. A row that looks like a private person is refused, not stored.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import ConfigError
from extractors.look import difference_hash
from pipelines.counterfeit_judge import Judge, Profile, is_private, public_subject
from pipelines.workspace import Workspace
from registry.search_results import Result, read_results
from reports.model import CandidateLine
from store import Store
from store.candidates import Candidate

#: A portrait file with more bytes than this is not read.
_LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to. ``refused`` are rows not used, each with its reason; ``notes`` what else to know."""

    rows: int
    new: int
    known: int
    dismissed: int
    harmless: int
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def bring(workspace: Workspace, store: Store, path: Path, now: datetime) -> Imported:
    """Judge every row of ``path`` and file the candidates.

    Raises ``RegistryError`` where the file is no table of search results.
    """
    results, problems = read_results(path)
    accounts = store.accounts()
    if not accounts:
        raise ConfigError("台账：还没有账号，无从比对；请先运行 xunjian registry import")
    looks = {a.id: state.facts for a in accounts if (state := store.profile_history(a.id).now) is not None}
    judge = Judge(accounts, looks, (workspace.settings.bureau.name,))
    refused = [str(problem) for problem in problems]
    notes: list[str] = []
    found: dict[str, Candidate] = {}
    harmless = 0
    for result in results:
        profile = _profile(result, path, notes)
        if is_private(profile) and not judge.is_ours_by_name(profile):
            refused.append(f"{path.name}:{result.row}：像是个人账号，没有收录；只收单位、机构的公开资料")
            continue
        verdict = judge.verdict(profile)
        if verdict is None:
            harmless += 1
            continue
        identity = identity_of(workspace, profile)
        found[identity] = Candidate(
            id=identity,
            platform=profile.platform,
            kind=verdict.kind,
            body={
                "name": profile.name,
                "key": profile.key,
                "subject": public_subject(profile),
                "introduction": profile.introduction,
                "avatar_hash": profile.avatar_hash,
                "resembles": verdict.resembles,
                "reasons": list(verdict.reasons),
            },
            found_at=now,
            seen_at=now,
        )
    new, known, dismissed = store.put_candidates(tuple(found.values()))
    return Imported(
        rows=len(results) + len(problems),
        new=new,
        known=known,
        dismissed=dismissed,
        harmless=harmless,
        refused=tuple(refused),
        notes=tuple(notes),
    )


def identity_of(workspace: Workspace, profile: Profile) -> str:
    """The keyed hash by which an account is known without being named."""
    text = f"candidate\0{profile.platform}\0{(profile.key or profile.name).casefold()}"
    return hmac.new(workspace.fingerprint_key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def find(store: Store, number: str) -> Candidate:
    """The candidate whose id begins with ``number``; ``ConfigError`` where there is none, or more than one."""
    wanted = number.strip().lower()
    found = [one for one in store.candidates() if len(wanted) >= 6 and one.id.startswith(wanted)]
    if len(found) != 1:
        problem = "有不止一个" if found else "没有"
        raise ConfigError(f"{number}：{problem}这个编号的账号；编号至少写前 6 位，用 xunjian counterfeits list 查看")
    return found[0]


def lines(store: Store) -> tuple[CandidateLine, ...]:
    """The candidates as the report tells them, look-alikes first."""
    found = [
        CandidateLine(
            id=one.id,
            platform=one.platform,
            name=str(one.body.get("name", "")),
            key=str(one.body.get("key", "")),
            kind=one.kind,
            state=one.state,
            subject=str(one.body.get("subject", "")),
            resembles=str(one.body.get("resembles", "")),
            reasons=tuple(map(str, one.body.get("reasons", ()))),
            found_at=one.found_at,
        )
        for one in store.candidates()
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.platform, one.name, one.id)))


def _profile(result: Result, table: Path, notes: list[str]) -> Profile:
    return Profile(
        platform=result.platform,
        name=result.name,
        key=result.key,
        subject=result.subject,
        subject_type=result.subject_type,
        introduction=result.introduction,
        verified=result.verified,
        avatar_hash=_look(result, table, notes),
    )


def _look(result: Result, table: Path, notes: list[str]) -> str:
    """The look of the portrait that lies beside the table. An address is not fetched: nobody is visited for this."""
    name, folder = table.name, table.parent
    if not result.avatar:
        return ""
    if result.avatar.startswith(("http://", "https://")):
        notes.append(f"{name}:{result.row}：头像是网址，没有下载；请存成图片放在表格旁边，再写文件名")
        return ""
    path = (folder / result.avatar).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        notes.append(f"{name}:{result.row}：找不到头像文件 {result.avatar}；请放在表格所在的文件夹里")
        return ""
    body = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    look = difference_hash(body)
    if not look:
        notes.append(f"{name}:{result.row}：{result.avatar} 不是能读取的图片，没有比对头像")
    return look
