"""Where a reposted text may come from (第七条): party and government, mainstream media, and the units on the list.

Names and domains are facts; the lists themselves are the office's (``registry/approved_sources.csv``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

#: Domains of government and of the central party and media sites that the State Council's office lists as theirs.
_GOVERNMENT = ("gov.cn",)
_PARTY = ("12371.cn", "ccdi.gov.cn", "qstheory.cn", "dangjian.cn", "wenming.cn", "cac.gov.cn", "xuexi.cn")
_MEDIA = {
    "people.com.cn": "人民网",
    "people.cn": "人民网",
    "xinhuanet.com": "新华网",
    "news.cn": "新华网",
    "cctv.com": "央视网",
    "cctv.cn": "央视网",
    "cnr.cn": "央广网",
    "cri.cn": "国际在线",
    "china.com.cn": "中国网",
    "chinadaily.com.cn": "中国日报网",
    "chinanews.com.cn": "中国新闻网",
    "gmw.cn": "光明网",
    "ce.cn": "中国经济网",
    "youth.cn": "中国青年网",
    "81.cn": "中国军网",
    "legaldaily.com.cn": "法治网",
    "stdaily.com": "中国科技网",
    "workercn.cn": "中工网",
    "china.org.cn": "中国网",
}
# fmt: off
_MEDIA_NAMES = (
    "人民日报", "人民日报海外版", "人民网", "新华社", "新华网", "新华每日电讯", "求是", "求是网", "解放军报",
    "光明日报", "光明网", "经济日报", "中国经济网", "中国日报", "中国日报网", "中央广播电视总台", "央视新闻",
    "央视网", "中央电视台", "央广网", "中国之声", "新闻联播", "中国新闻社", "中国新闻网", "中新社", "中新网",
    "科技日报", "工人日报", "农民日报", "中国青年报", "中国青年网", "中国妇女报", "法治日报", "法治网", "人民政协报",
    "中国纪检监察报", "学习时报", "学习强国", "中国社会报", "中国民政", "国际在线", "中国网", "中国军网",
)
# fmt: on
#: Endings of the names of party and government bodies, their sites and their accounts.
_BODY = re.compile(
    r"(?:人民政府|人民政府办公[厅室]|政府网|政府办|市委|省委|县委|区委|党委|宣传部|组织部|统战部|网信办|政法委|纪委|监委|人大常委会|政协|"
    r"法院|检察院|公安[厅局]|[\u4e00-\u9fff]{2,}(?:厅|局|委|委员会|办公室|管理局|街道办事处|街道|镇|乡)|"
    r"(?:国家|民政|财政|教育|公安|司法|外交|农业农村|应急管理|退役军人事务|人力资源和?社会保障)部|国务院|中国政府网|"
    r"总工会|残联|残疾人联合会|妇联|妇女联合会|团委|红十字会|救助管理站|社会福利院|(?:政府|政务)发布|[\u4e00-\u9fff]{2,4}发布|[\u4e00-\u9fff]{2,4}民政)$"
)
_MAINSTREAM = re.compile(r"(?:日报|晚报|电视台|广播电视台|广播电台|融媒体中心|融媒|新闻网|网络台)$")
_MEDIUM = re.compile(
    r"(?:网站|官方网站|官网|门户网站|微信公众号|微信公号|公众号|官方微博|官微|微博|客户端|app|新闻客户端)$",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[\s\"'“”‘’《》「」【】()（）·.,，。]+")


class SourceClass(StrEnum):
    """What kind of source a name or an address is."""

    OWN = "own"
    GOVERNMENT = "government"
    MEDIA = "media"
    LISTED = "listed"
    COMMERCIAL = "commercial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedSource:
    """One unit of the list: its name, what kind it is, its domains and accounts, and when it was on the list."""

    name: str
    kind: str = ""
    domains: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    edition: str = ""

    def holds(self, day: date) -> bool:
        """True where the unit was on the list on ``day``, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, kw_only=True)
class SourceBook:
    """Everything by which a source is judged: the office's list, and the names of commercial media."""

    approved: tuple[ApprovedSource, ...] = ()
    commercial: frozenset[str] = field(default_factory=frozenset)
    government_domains: tuple[str, ...] = _GOVERNMENT

    def classify(self, name: str, url: str, day: date) -> SourceClass:
        """What the source called ``name`` at ``url`` (either may be empty) is on ``day``.

        The office's list goes before everything, commercial names before the general endings.
        """
        shown, host = plain_source(name), host_of(url)
        listed = self._names.get(shown, ()) if shown else ()
        if any(each.holds(day) for each in (*listed, *self._hosts(host))):
            return SourceClass.LISTED
        if shown and shown in self._commercial:
            return SourceClass.COMMERCIAL
        if _within(host, (*self.government_domains, *_PARTY)) or (shown and _BODY.search(shown)):
            return SourceClass.GOVERNMENT
        if _within(host, tuple(_MEDIA)) or (shown and (shown in _MEDIA_PLAIN or _MAINSTREAM.search(shown))):
            return SourceClass.MEDIA
        return SourceClass.UNKNOWN

    @cached_property
    def _names(self) -> Mapping[str, tuple[ApprovedSource, ...]]:
        found: dict[str, list[ApprovedSource]] = {}
        for each in self.approved:
            for name in (each.name, *each.accounts):
                found.setdefault(plain_source(name), []).append(each)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def _domains(self) -> Mapping[str, tuple[ApprovedSource, ...]]:
        found: dict[str, list[ApprovedSource]] = {}
        for each in self.approved:
            for domain in each.domains:
                found.setdefault(domain.lower(), []).append(each)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def _commercial(self) -> frozenset[str]:
        return frozenset(map(plain_source, self.commercial))

    def _hosts(self, host: str) -> tuple[ApprovedSource, ...]:
        parts = host.split(".")
        return tuple(each for start in range(len(parts) - 1) for each in self._domains.get(".".join(parts[start:]), ()))


def plain_source(name: str) -> str:
    """A source's name without width, quotation marks, blanks and the medium behind it (网站、公众号、客户端)."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()
    shorter = _MEDIUM.sub("", plain)
    return shorter or plain


def host_of(url: str) -> str:
    """The host of an address, in small letters; empty for anything that is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _within(host: str, domains: tuple[str, ...]) -> bool:
    return bool(host) and any(host == domain or host.endswith(f".{domain}") for domain in domains)


_MEDIA_PLAIN = frozenset(map(plain_source, _MEDIA_NAMES))
