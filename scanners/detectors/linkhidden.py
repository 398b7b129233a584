"""Links that a reader does not see: addresses in the hidden parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.post import Origin
from domain.rule import Rule, Severity
from scanners.detectors.linklooks import named, strings
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.masking import mask_private
from scanners.passage import Passage

_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#@!$&()*+,;=%]{3,}")
#: How readable places of a page's hidden parts begin; its properties (addresses of pictures, schemas) are no links.
_PLACES = ("网页（", "网页注释")


class HiddenLinksDetector:
    """A rule of kind ``links`` with ``look = "hidden"``. ``except_hosts`` may be linked to unseen; in comments, which
    neither readers nor search engines follow, a link is a notice."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._passed = strings(rule, "except_hosts")

    def judge(self, passages: Sequence[Passage], context: PostContext) -> Iterator[Hit]:
        """One hit an address."""
        seen: set[str] = set()
        for passage in passages:
            segment = passage.segment
            if not segment.hidden or not segment.locator.rpartition("!")[2].startswith(_PLACES):
                continue
            for match in _ADDRESS.finditer(segment.text):
                url = match.group().rstrip(".,;:!?)'")
                if url in seen:
                    continue
                seen.add(url)
                start, end = match.start(), match.start() + len(url)
                excepted = named(url, self._passed)
                if excepted and context.drop(self.rule.id, Guard.EXCEPTION, passage, start, end, excepted):
                    continue
                comment = segment.origin is Origin.COMMENT
                yield Hit(
                    passage=passage,
                    start=start,
                    end=end,
                    key=url,
                    severity=Severity.NOTICE if comment else None,
                    explanation=f"这个链接在{segment.locator or '隐藏部分'}，读者看不到",
                    facts={"url": mask_private(url)},
                )
