"""A link that now leads to a page of gambling or pornography: judged by the page's own words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.clock import in_china
from domain.link import LinkReading, ResolvedLink
from domain.outcome import Outcome
from domain.post import Segment
from domain.rule import Confidence, Rule
from scanners.detectors.combination import CombinationDetector
from scanners.detectors.lexicon import WordEntry
from scanners.detectors.linklooks import Sight, shown, strings
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.matcher import WordMatcher
from scanners.passage import Passage
from scanners.rulebook import RuleBook, list_names
from scanners.segmenter import Segmenter

#: So much of a digest names a capture (hex digits).
_DIGEST = 12
#: What one word that says everything alone is worth, what its standing in the title adds, and how many points of a
#: combination are worth one.
_WHOLE, _IN_TITLE, _COMBINED = 2, 2, 4
#: From so many points on there is no doubt.
_SURE = 6
#: So many different condemning words make a page one that condemns; a page with many points of its own needs more.
_CONDEMNING, _POINTS_EACH = 3, 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page's own words come to: points, the words, and which rule knows them."""

    points: int = 0
    words: tuple[str, ...] = ()
    rule_title: str = ""
    condemning: tuple[str, ...] = ()


class HarmLook:
    """``judged_by``: the rules whose scanners read title and text of the page; ``least``: the points that are asked
    for; ``condemning``: words of pages that warn or report (one in the title, or several in the text)."""

    def __init__(self, rule: Rule, book: RuleBook, segmenter: Segmenter) -> None:
        self._least = int(str(rule.detector.get("least", 4)))
        self._condemning = tuple(fold_word(word) for word in strings(rule, "condemning"))
        self._rules = tuple(found for name in strings(rule, "judged_by") if (found := book.find(name)) is not None)
        self._book, self._segmenter = book, segmenter

    @cached_property
    def _scanners(self) -> tuple[tuple[CombinationDetector, WordMatcher[WordEntry]], ...]:
        """Made when the first page is judged: most posts have no link, and most runs of the scanner no page."""
        made = []
        for rule in self._rules:
            if any(name not in self._book.lexicons for name in list_names(rule)):
                continue
            own, *shared = (self._book.lexicons[name] for name in list_names(rule))
            detector = CombinationDetector(0, rule, own, self._segmenter, shared)
            made.append((detector, WordMatcher((entry.word, entry) for entry in detector.entries)))
        return tuple(made)

    def see(self, link: ResolvedLink) -> Sight | None:
        """A sight where the page has words of such a trade at all."""
        if link.outcome is not Outcome.OK or not (link.title or link.text):
            return None
        verdict = self._judge(link.title, link.text)
        if not verdict.points:
            return None
        before = self._last_good(link.earlier)
        quoted = "、".join(f"“{word}”" for word in verdict.words[:5])
        proof = f"（证据 {link.capture[:_DIGEST]}）" if link.capture else ""
        now = f"现在页面标题“{shown(link.title)}”，{verdict.rule_title}：{quoted}{proof}"
        told = f"{_told_before(before)}{now}"
        facts = {
            "page": shown(link.title),
            "target": link.final_domain,
            "signals": "、".join(verdict.words[:5]),
            "capture_now": link.capture,
            "capture_before": before.capture if before is not None else "",
            "before": shown(before.title) if before is not None else "",
            "before_at": before.last_at.isoformat() if before is not None else "",
        }
        sure = Confidence.HIGH if verdict.points >= _SURE else None
        if verdict.points < self._least:
            return Sight(explanation=told, facts=facts, guard=Guard.THRESHOLD, why=f"{verdict.points} 分")
        if verdict.condemning:
            why = "、".join(verdict.condemning[:3])
            return Sight(explanation=told, facts=facts, guard=Guard.EXCUSE, why=why)
        return Sight(explanation=told, facts=facts, confidence=sure)

    def _last_good(self, earlier: Sequence[LinkReading]) -> LinkReading | None:
        """The newest earlier reading without such words, or of a page that condemns."""
        for reading in earlier:
            verdict = self._judge(reading.title, reading.text)
            if verdict.points < self._least or verdict.condemning:
                return reading
        return None

    def _judge(self, title: str, text: str) -> Verdict:
        best = Verdict()
        for detector, words in self._scanners:
            in_title = _hits(detector, words, title) if title else []
            in_text = _hits(detector, words, text) if text else []
            found = tuple(dict.fromkeys(hit.key for hit in (*in_title, *in_text)))
            if not found:
                continue
            hits = (*in_title, *in_text)
            whole = {hit.key for hit in hits if "score" not in hit.facts}
            scored = max((int(hit.facts["score"]) for hit in hits if "score" in hit.facts), default=0)
            points = _WHOLE * len(whole) + (_IN_TITLE if in_title else 0) + scored // _COMBINED
            if points > best.points:
                best = Verdict(points, found, detector.rule.title)
        if not best.points:
            return best
        return Verdict(best.points, best.words, best.rule_title, self._condemned(title, text, best.points))

    def _condemned(self, title: str, text: str, points: int) -> tuple[str, ...]:
        """The condemning words, where there are enough of them; empty else."""
        head, body = fold_word(title), fold_word(text)
        in_title = tuple(word for word in self._condemning if word in head)
        if in_title:
            return in_title
        found = tuple(word for word in self._condemning if word in body)
        return found if len(found) >= max(_CONDEMNING, points // _POINTS_EACH) else ()


def _hits(detector: CombinationDetector, words: WordMatcher[WordEntry], text: str) -> list[Hit]:
    passage = Passage(Segment("body", text))
    found = list(words.find(passage.compact.text))
    return list(detector.judge(found, passage, PostContext())) if found else []


def _told_before(before: LinkReading | None) -> str:
    if before is None:
        return ""
    day = in_china(before.last_at)
    return f"{day.month}月{day.day}日还是“{shown(before.title)}”（证据 {before.capture[:_DIGEST]}），"
