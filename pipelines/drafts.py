"""A draft before it is published: the same extraction, the same rules, no database and no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.finding import Finding, Occurrence
from domain.link import unfollowed
from domain.post import Segment, Unexamined
from extractors import extract
from pipelines.bulk import finding_fields
from pipelines.written import written_links
from scanners.engine import Scanner


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResult:
    """What is wrong in a draft, gravest first, and what could not be searched.

    ``inactive`` are the rules, by id, that could not judge, with the reason in Chinese; ``titles`` names the rules;
    ``segments`` are what was searched.
    """

    name: str
    findings: tuple[Finding, ...]
    unexamined: tuple[Unexamined, ...]
    inactive: Mapping[str, str]
    titles: Mapping[str, str]
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)

    @property
    def unfollowed(self) -> Unexamined | None:
        """What is said of the links, where there are any: without a network nobody has opened them. Their addresses
        were judged, so the draft counts as searched."""
        if not self.links:
            return None
        return Unexamined(
            "链接", f"{len(self.links)} 个链接没有打开，只看了网址；通往哪里由发布后的巡检核查，急用请人工点开"
        )

    @property
    def complete(self) -> bool:
        """False where a part of the draft was not searched."""
        return not self.unexamined


def check(
    data: bytes,
    name: str,
    scanner: Scanner,
    *,
    public_numbers: frozenset[str] = frozenset(),
    verified_subject: str = "",
) -> DraftResult:
    """Judge one file. Never raises for a bad file: what cannot be read is ``unexamined``."""
    extraction = extract(data, name, field="body")
    written = (url for segment in extraction.segments if not segment.hidden for url in written_links(segment.text))
    links = tuple(dict.fromkeys((*extraction.links, *written)))
    findings = scanner.scan_post(
        extraction.segments,
        links=tuple(map(unfollowed, links)),
        public_numbers=public_numbers,
        verified_subject=verified_subject,
    )
    texts = {segment.field: segment.text for segment in extraction.segments if not segment.locator}
    return DraftResult(
        name=name,
        findings=tuple(_with_lines(finding, texts) for finding in findings),
        unexamined=extraction.unexamined,
        inactive=dict(scanner.book.inactive),
        titles={rule.id: rule.title for rule in scanner.book.rules},
        segments=extraction.segments,
        links=links,
    )


def rows(finding: Finding) -> list[dict[str, object]]:
    """A finding as JSON objects, one for each place, with the fields of the bulk scan; everything is masked.

    ``box`` (left, top, width, height in pixels of the picture or points of the page) is there where the place is known.
    """
    common = finding_fields(finding)
    if not finding.occurrences:  # a link behind words or a picture: its address stands nowhere in the text
        return [{**common, "origin": None, "hidden": False, "locator": ""}]
    return [
        {
            **common,
            "field": place.field,
            "start": place.start,
            "end": place.end,
            "origin": place.origin,
            "hidden": place.hidden,
            "locator": place.locator,
            **({"box": list(place.box)} if place.box else {}),
        }
        for place in finding.occurrences
    ]


def _with_lines(finding: Finding, texts: Mapping[str, str]) -> Finding:
    """Plain text has no pages and no cells: the line is the readable place."""
    return replace(finding, occurrences=tuple(_with_line(place, texts) for place in finding.occurrences))


def _with_line(place: Occurrence, texts: Mapping[str, str]) -> Occurrence:
    text = texts.get(place.field)
    if place.locator or text is None or "\n" not in text.strip():
        return place
    line = text.count("\n", 0, place.start) + 1
    return replace(place, locator=f"第{line}行")
