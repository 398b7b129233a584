"""Whether an account still calls itself what was filed: name, verified subject, introduction, avatar."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

from domain.clock import in_china
from domain.profile import hash_distance
from domain.rule import Rule
from domain.timeline import Timeline
from scanners.detectors.cadence import Silence
from scanners.guards import Drop, Guard
from scanners.masking import mask_private

#: Attribute of an account in the register that holds its filed introduction.
INTRODUCTION = "introduction"
#: Platforms whose listing bears a longer name than the account: the shop window of an application.
_LONG_NAMES = frozenset({"app"})
#: Difference hashes of one picture in other sizes and qualities differ in so few of their 64 bits.
_DISTANCE = 10
#: As much of an introduction as a message quotes.
_QUOTED = 40
_WORDS = {"name": "名称", "subject": "认证主体", "certification": "认证说明", "introduction": "简介"}

#: What of a profile a change on file speaks of, where the two are called differently.
_CHANGED = {"certification": "subject", "avatar_hash": "avatar"}

_Dropper = Callable[[Guard, str], bool]


class ProfileDetector:
    """A rule of kind ``profile``.

    Its table: ``field`` is ``name`` or ``subject`` (held against the register, the platform's words on the subject
    against what they were when the register was last changed), ``introduction`` (held against the register's attribute
    ``introduction`` where it has one, else likewise), or ``avatar`` (likewise; ``distance`` is the number of bits of
    the picture hash that may differ).

    A change that was approved before it was first seen is on file and no drift.
    The last profile that was read stands for tonight: on quiet nights it is not fetched again.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._field = str(rule.detector["field"])
        self._distance = int(str(rule.detector.get("distance", _DISTANCE)))

    def judge(
        self,
        timeline: Timeline,
        now: datetime,  # noqa: ARG002 (the signature of every account detector)
        off: frozenset[Guard] = frozenset(),
        drops: list[Drop] | None = None,
    ) -> Silence | None:
        """The drift this rule objects to, if any. ``off`` switches guards off, ``drops`` collects reasons."""

        def drop(guard: Guard, detail: str = "") -> bool:
            if guard in off:
                return False
            if drops is not None:
                drops.append(Drop(self.rule.id, guard, detail=detail))
            return True

        if timeline.profile.now is None:
            return None
        if not timeline.coverage.checked and drop(Guard.UNREACHED, timeline.coverage.outcome.value):
            return None
        if self._field == "avatar":
            return self._avatar(timeline, drop)
        account = timeline.account
        if self._field == "name":
            if account.platform in _LONG_NAMES and drop(Guard.PLATFORM, account.platform):
                return None
            return self._against(timeline, "name", account.name, drop)
        if self._field == "introduction":
            return self._against(timeline, "introduction", account.attributes.get(INTRODUCTION, ""), drop)
        found = self._against(timeline, "subject", account.verified_subject, drop)
        return found or self._against(timeline, "certification", "", drop)

    def _against(self, timeline: Timeline, field: str, registered: str, drop: _Dropper) -> Silence | None:
        """The present value of ``field`` against the register's, or against what it was when that was last changed."""
        state = timeline.profile.now
        assert state is not None, "judged only where a profile is known"
        shown: str = getattr(state.facts, field)
        filed = registered or timeline.profile.filed(field)
        if not shown or not filed or (plain(shown) == plain(filed) and drop(Guard.FILED, "")):
            return None
        if self._approved(timeline, field, shown, drop):
            return None
        source = "台账登记" if registered else "此前"
        word = _WORDS[field]
        reason = f"{source}为“{_quoted(filed)}”，平台上为“{_quoted(shown)}”"
        since = timeline.profile.since(field)
        day = f"，{in_china(since).date().isoformat()} 首次看到" if since is not None else ""
        return self._silence(f"{field}:{_key(shown)}", {"reason": reason}, f"{word}：{reason}{day}")

    def _avatar(self, timeline: Timeline, drop: _Dropper) -> Silence | None:
        state = timeline.profile.now
        assert state is not None, "judged only where a profile is known"
        shown, filed = state.facts.avatar_hash, timeline.profile.filed("avatar_hash")
        if not shown or not filed:
            return None
        bits = hash_distance(filed, shown)
        if bits <= self._distance and drop(Guard.DISTANCE, f"差 {bits} 位"):
            return None
        if self._approved(timeline, "avatar_hash", "", drop):
            return None
        since = timeline.profile.since("avatar_hash")
        day = in_china(since).date().isoformat() if since is not None else ""
        reason = f"{day} 首次看到现在的头像，图像指纹与此前相差 {bits} 位（共 64 位）"
        return self._silence(f"avatar:{shown}", {"reason": reason}, reason)

    def _approved(self, timeline: Timeline, field: str, shown: str, drop: _Dropper) -> bool:
        """True where an approved change covers what is shown: approved no later than it was first seen."""
        first = timeline.profile.since(field)
        if first is None:
            return False
        day = in_china(first).date()
        for change in timeline.profile.approved:
            if change.field != _CHANGED.get(field, field) or day < change.since:
                continue
            fits = plain(change.value) == plain(shown) if change.value and shown else day <= change.until
            if fits and drop(Guard.ON_FILE, change.record):
                return True
        return False

    def _silence(self, episode: str, facts: Mapping[str, str], explanation: str) -> Silence:
        return Silence(rule=self.rule, episode=episode, facts=facts, explanation=explanation)


def plain(text: str) -> str:
    """``text`` as it is compared: width, case, spaces and final punctuation do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("。.;；!！")


def _key(text: str) -> str:
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _quoted(text: str) -> str:
    line = mask_private(" ".join(text.split()))
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}……"
