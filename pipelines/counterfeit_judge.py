"""Whether a stranger's account passes for the bureau, or is one of its own that nobody filed.

Compared are names (also with characters that only look or sound alike), verified subjects, introductions and avatars.
The platform's verification mark counts for nothing: in 2025 two verified accounts passed for the lottery centre of
Haikou. Only the verified subject's full name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from domain.account import Account
from domain.profile import ProfileFacts, hash_distance
from scanners.confusion import syllables
from scanners.folding import fold_word

UNREGISTERED, LOOKALIKE = "unregistered", "lookalike"
#: Bits in which the hashes of one picture may differ.
_SAME_PICTURE = 10
#: Likeness of introductions from which on one is a copy (0 to 100), and the least length for which that says something.
_COPIED, _LONG_ENOUGH = 85.0, 12
#: Weight of likeness from which on an account is listed.
_ENOUGH = 3
#: Words that pretend to an office without changing what a name says.
_DRESSING = re.compile(r"官方(?:账号|微博|微信|号)?|官微|唯一|正式|认证|服务号|订阅号|视频号|发布|公众号|账号")
_NOISE = re.compile(r"[\W_]+")
#: What the name of an organisation ends with or holds.
_BODIES = re.compile(
    "局|厅|委|办|站|院|所|校|处|科|中心|协会|学会|总会|基金会|公司|集团|政府|银行|报社|电视台|社区|街道|"
    "民政|政务|发布|救助|殡葬|婚姻|登记|福利|福彩|慈善|养老|社工"
)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?")
_PERSONAL = frozenset({"个人", "自然人", "个人认证", "个体"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The public profile at hand."""

    platform: str
    name: str
    key: str = ""
    subject: str = ""
    subject_type: str = ""
    introduction: str = field(default="", repr=False)
    verified: bool = False
    avatar_hash: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a profile is taken for, what it resembles, and why (Chinese)."""

    kind: str
    resembles: str
    reasons: tuple[str, ...]


def is_private(profile: Profile) -> bool:
    """True for what looks like a private person: nothing in the name or the subject is an organisation."""
    if _is_body(profile.name):
        return False  # a person who calls himself an office presents himself as one
    if profile.subject_type in _PERSONAL or not profile.subject:
        return True
    return not _is_body(profile.subject)


def public_subject(profile: Profile) -> str:
    """The verified subject where it is an organisation; of a person only that it is one."""
    if not profile.subject:
        return ""
    if profile.subject_type in _PERSONAL or not _is_body(profile.subject):
        return "个人"
    return profile.subject


class Judge:
    """Knows what is on file: accounts, the units behind them, and how they look."""

    def __init__(self, accounts: Sequence[Account], looks: dict[str, ProfileFacts], units: Iterable[str] = ()) -> None:
        self._accounts = accounts
        self._looks = looks
        named = (
            *units,
            *(name for a in accounts for name in (a.verified_subject, a.sponsor, a.operator, a.supervisor)),
        )
        self._units = {folded: name for name in named if (folded := plain(name))}
        self._ids = {each.casefold() for a in accounts for each in (a.id, *a.aliases)}
        self._handles = {
            (a.platform, value.casefold())
            for a in accounts
            for value in (a.key, *(v for k, v in a.attributes.items() if k in ("biz", "alias", "appid", "handle")))
        }

    def on_file(self, profile: Profile) -> bool:
        """True for an account of the register."""
        key = profile.key.casefold()
        if key:
            return f"{profile.platform}:{key}" in self._ids or (profile.platform, key) in self._handles
        names = {(a.platform, plain(a.name)) for a in self._accounts}
        return (profile.platform, plain(profile.name)) in names and plain(profile.subject) in self._units

    def verdict(self, profile: Profile) -> Verdict | None:
        """What ``profile`` is taken for; ``None`` where it resembles nothing of ours, or is on file."""
        if self.on_file(profile):
            return None
        subject = plain(profile.subject)
        if subject and subject in self._units:
            unit = self._units[subject]
            return Verdict(UNREGISTERED, unit, (f"认证主体是“{unit}”，而台账没有这个账号；核实后补办备案，或注销",))
        best: tuple[int, str, list[str]] = (0, "", [])
        for name in self._names():
            weight, reasons = _alike(profile.name, name)
            weight, reasons = self._beside(profile, name, weight, reasons)
            if weight > best[0]:
                best = (weight, name, reasons)
        weight, resembles, reasons = best
        if weight < _ENOUGH:
            return None
        if profile.subject:
            reasons.append("认证主体不是本局和局属单位" if subject else "没有认证主体")
        else:
            reasons.append("没有认证主体")
        if profile.verified:
            reasons.append("有平台认证标志，但认证标志不能证明身份")
        return Verdict(LOOKALIKE, resembles, tuple(reasons))

    def is_ours_by_name(self, profile: Profile) -> bool:
        """True where the name alone passes for one of ours: whoever calls himself so presents himself as an office."""
        return any(_alike(profile.name, name)[0] >= _ENOUGH for name in self._names())

    def _names(self) -> list[str]:
        return list(dict.fromkeys([*(account.name for account in self._accounts), *self._units.values()]))

    def _beside(self, profile: Profile, name: str, weight: int, reasons: list[str]) -> tuple[int, list[str]]:
        """What avatar and introduction add, where they are those of an account of that name."""
        for account in self._accounts:
            look = self._looks.get(account.id)
            if look is None or account.name != name:
                continue
            bits = hash_distance(profile.avatar_hash, look.avatar_hash)
            if bits <= _SAME_PICTURE:
                weight, reasons = weight + 3, [*reasons, f"头像与该账号的几乎一样（指纹差 {bits} 位）"]
            if (
                min(len(profile.introduction), len(look.introduction)) >= _LONG_ENOUGH
                and fuzz.ratio(plain(profile.introduction), plain(look.introduction)) >= _COPIED
            ):
                weight, reasons = weight + 3, [*reasons, "简介与该账号的几乎一样"]
            if weight and reasons:
                break
        return weight, reasons


def plain(text: str) -> str:
    """``text`` with width, case, traditional forms and everything between the characters levelled."""
    return _NOISE.sub("", fold_word(text)).replace("_", "")


def _alike(name: str, own: str) -> tuple[int, list[str]]:
    """How much ``name`` passes for ``own`` (3 is enough), and why."""
    shown, known = plain(name), plain(own)
    if len(known) < 3:
        return 0, []
    if shown == known:
        return 4, ["名称与本局账号或单位相同" if name == own else "名称只差空格、符号、大小写或繁简"]
    bare, base = _DRESSING.sub("", shown), _DRESSING.sub("", known)
    if len(base) >= 3 and bare == base:
        return 4, [f"名称去掉“{'、'.join(_DRESSING.findall(shown)) or '官方'}”等字样后与“{own}”相同"]
    if len(bare) == len(base) and len(base) >= 3:
        pairs = [(a, b) for a, b in zip(bare, base, strict=True) if a != b]
        if 0 < len(pairs) <= 2 and all(_confusable(a, b) for a, b in pairs):
            swapped = "、".join(f"“{b}”写作“{a}”" for a, b in pairs)
            return 4, [f"名称用了形近或同音的字（{swapped}）"]
    distance = Levenshtein.distance(bare, base, score_cutoff=2)
    if len(base) >= 5 and distance <= 1:
        return 3, [f"名称与“{own}”只差 {distance} 个字"]
    if len(base) >= 7 and distance == 2:
        return 3, [f"名称与“{own}”只差 2 个字"]
    if len(base) >= 4 and base in bare:
        return 3, [f"名称含有“{own}”的全称"]
    if fuzz.ratio(bare, base) >= 60:
        return 1, [f"名称与“{own}”相近"]
    return 0, []


def _confusable(one: str, other: str) -> bool:
    """True for characters that sound alike; those that look alike have been levelled before, or share a reading."""
    return bool(set(syllables(one)) & set(syllables(other)))


def _is_body(name: str) -> bool:
    text = name.strip()
    if not text or text in _PERSONAL:
        return False
    return _BODIES.search(text) is not None and not (_PERSON.fullmatch(text) and len(text) <= 3)
