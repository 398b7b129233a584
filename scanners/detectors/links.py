"""Links of a post that lead nowhere, by what resolving them said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.outcome import Outcome
from domain.rule import Rule
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage


class LinksDetector:
    """A rule of kind ``links``: ``outcomes`` are the ends of a link that it objects to."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        outcomes = rule.detector["outcomes"]
        assert isinstance(outcomes, list)
        self._outcomes = frozenset(Outcome(str(outcome)) for outcome in outcomes)

    def judge(self, passages: Sequence[Passage], context: PostContext) -> Iterator[Hit]:
        """One hit a link. Its place is where the address stands in the text, else an empty span at the body's start."""
        if not passages:
            return
        body = next((passage for passage in passages if passage.segment.field == "body"), passages[0])
        for link in context.links:
            at = body.segment.text.find(link.url)
            start, end = (at, at + len(link.url)) if at >= 0 else (0, 0)
            if link.outcome not in self._outcomes and context.drop(
                self.rule.id, Guard.OUTCOME, body, start, end, f"{link.url} {link.outcome.value}"
            ):
                continue
            answer = f"服务器答复 {link.status}" if link.status else "对方页面表示没有这项内容"
            yield Hit(
                passage=body,
                start=start,
                end=end,
                key=link.url,
                explanation=f"检查时打开这个链接，{answer}",
                facts={"url": link.url},
            )
