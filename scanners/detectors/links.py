"""Links of a post, by what following them said; the looks themselves are in ``linklooks`` and ``linkharm``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rule import Rule
from scanners.detectors.linkharm import HarmLook
from scanners.detectors.linklooks import LOOKS, Look
from scanners.hit import Hit, PostContext
from scanners.masking import mask_private
from scanners.passage import Passage
from scanners.rulebook import RuleBook
from scanners.segmenter import Segmenter


class LinksDetector:
    """A rule of kind ``links``; ``look`` says what it looks at:

    ``outcome`` (the default): how following the link ended, one of ``outcomes``; ``elsewhere``: it led to another
    registrable domain; ``hosts``: it is, or led to, one of ``hosts``; ``insecure``: it came without https; ``parked``:
    the page says that its domain is for sale or has expired; ``form``: a questionnaire of ``hosts`` asks for what it
    should not; ``harm``: the page's own words are those of the trades that the rules ``judged_by`` know. (``hidden`` is
    no look at a followed link: see ``linkhidden``.)

    ``except_hosts`` are hosts (with their subdomains) that a look lets pass.
    """

    def __init__(self, rule: Rule, book: RuleBook, segmenter: Segmenter) -> None:
        self.rule = rule
        name = str(rule.detector.get("look", "outcome"))
        self._look: Look = HarmLook(rule, book, segmenter) if name == "harm" else LOOKS[name](rule)

    def judge(self, passages: Sequence[Passage], context: PostContext) -> Iterator[Hit]:
        """One hit a link. Its place is where the address stands in the text, else an empty span at the body's start."""
        if not passages:
            return
        body = next((passage for passage in passages if passage.segment.field == "body"), passages[0])
        for link in context.links:
            sight = self._look.see(link)
            if sight is None:
                continue
            at = body.segment.text.find(link.url)
            start, end = (at, at + len(link.url)) if at >= 0 else (0, 0)
            if sight.guard is not None and context.drop(
                self.rule.id, sight.guard, body, start, end, f"{mask_private(link.url)} {sight.why}".rstrip()
            ):
                continue
            yield Hit(
                passage=body,
                start=start,
                end=end,
                key=link.url,
                severity=sight.severity,
                confidence=sight.confidence,
                explanation=sight.explanation,
                facts={"url": link.url, **sight.facts},
            )
