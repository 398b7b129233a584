"""What every page of a government website says about its site (国办发〔2017〕47号 meta tags, footer facts)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.parsing.markup import metas
from domain.markup import readable_text

_ICP = re.compile(r"[\u4e00-\u9fff]ICP备\s*\d{6,10}号(?:-\d+)?")
_POLICE = re.compile(r"[\u4e00-\u9fff]公网安备\s*\d{10,16}\s*号?")
#: Names of a source that mean the site itself.
_OWN = re.compile(r"^(?:本[站网局厅委]|本单位|本部门|本网站|我[局站厅委]|原创|无|暂无|-+|—+)$")
_CORE = re.compile(r"(?:官方|门户|政府|政务)*(?:网站|官网|网)$")


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page: its address, its text, its tree and its meta values (lower-case names)."""

    url: str
    text: str
    root: Any
    meta: Mapping[str, str]

    @property
    def host(self) -> str:
        """The site's host: of the address, else the one the page declares."""
        return (urlsplit(self.url).hostname or self.meta.get("sitedomain", "").split("/")[0]).lower()

    @property
    def site_name(self) -> str:
        """The declared name of the site."""
        return self.meta.get("sitename", "")

    def is_own(self, address: str) -> bool:
        """True when ``address`` lies on this site; a relative one always does."""
        host = (urlsplit(address).hostname or "").lower()
        if not host or not self.host or host == self.host:
            return True
        if self.url:
            return False  # the city's own portal is another site than its bureau's
        domain = self.host.removeprefix("www.")
        return host.endswith(f".{domain}")  # a saved page without its address: only the declared domain is known


def open_page(url: str, text: str, root: Any) -> Page:
    """The page with its meta values."""
    return Page(url, text, root, metas(root))


def site_profile(page: Page) -> dict[str, object] | None:
    """The facts about the site that this page shows; ``None`` where it shows none (a fragment)."""
    footer = readable_text(page.root) if page.meta else ""
    icp, police = _ICP.search(footer), _POLICE.search(footer)
    facts: dict[str, object] = {
        "site_name": page.site_name,
        "site_domain": page.meta.get("sitedomain", ""),
        "site_id_code": page.meta.get("siteidcode", ""),
        "column_name": page.meta.get("columnname", ""),
        "icp": icp[0] if icp else "",
        "police_filing": police[0] if police else "",
    }
    return {key: value for key, value in facts.items() if value} or None


def foreign_source(source: str, site_name: str) -> str | None:
    """The named source where it is somebody else than the site's own bureau; ``None`` for an own text."""
    source = source.strip()
    if _OWN.match(source):
        return None
    core = _CORE.sub("", site_name.strip())
    if not source or not core:
        return source or None
    return None if core in source or source in core else source
