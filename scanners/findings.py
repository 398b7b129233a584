"""From hits to findings: overlaps settled, equal ones joined, values masked, fingerprints made."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from domain.clock import in_china
from domain.finding import Finding, Occurrence
from domain.identity import fingerprint
from domain.rule import Confidence, Rule, Severity
from domain.text import sentence_span
from scanners.detectors.cadence import Silence
from scanners.exemptions import exemptions
from scanners.folding import fold_base, fold_word, read_digits
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.masking import mask, mask_private, mask_spans
from scanners.passage import Passage

#: So many values are looked for in an explanation.
_QUOTED = 200
#: Recognition surer than this of every character (0 to 1) counts as reading; below the second it is little more than a
#: guess. On rendered lists, characters read rightly lie above 0.95.
SURELY_READ, BARELY_READ = 0.85, 0.6
#: No private value is longer (code points).
_LONGEST = 400
#: Rules that can hold the same characters of one passage at once; more spans than this never end after a later one.
_NEIGHBOURS = 12
_NOT_DIGIT = re.compile(r"[^0-9a-z]")
_COUNTRY = re.compile(r"^(?:00)?86(?=1\d{10}$)")


def public_digits(numbers: Iterable[str]) -> frozenset[str]:
    """Numbers as they are compared: folded, without separators."""
    plain = (_NOT_DIGIT.sub("", read_digits(fold_base(number).text)) for number in numbers)
    return frozenset(_COUNTRY.sub("", number) for number in plain)


def post_findings(
    hits: Sequence[tuple[Rule, Hit]],
    context: PostContext,
    key: bytes,
    *,
    account_id: str,
    post_key: str,
    evidence: str,
) -> tuple[Finding, ...]:
    """One finding for each rule, term and sentence, with all its places; gravest first, then by place."""
    joined: dict[str, Finding] = {}
    further: dict[str, list[Occurrence]] = {}
    private = _private_spans(hits)
    exempt = exemptions(context.segments) if private else {}
    secrets = _secrets(hits)
    post_id = f"{account_id}/{post_key}" if account_id else post_key
    day = in_china(context.published_at).date() if context.published_at is not None else None
    for rule, hit in _without_overlaps(hits, context):
        if day is not None and not rule.is_in_force(day):
            continue
        if hit.passage.segment.spots:
            hit = _recognised(rule, hit)
        if exempt and rule.detector.get("exempt"):
            hit = _exempt(hit, exempt)
        passage = hit.passage
        sentence = passage.sentence(hit.start, hit.end) if hit.end > hit.start else hit.key
        mark = fingerprint(
            rule.id, account_id, post_key, hit.key, fold_word(sentence), installation_key=key, redact=rule.redact
        )
        places = _places(hit)
        if mark in joined:
            further.setdefault(mark, []).extend(places)
            continue
        term = passage.segment.text[hit.start : hit.end] or hit.key
        masked = mask(term) if rule.redact else mask_private(term)
        shown = _shown(hit, private)
        facts = {"term": masked, "masked": masked, **hit.facts}
        joined[mark] = Finding(
            fingerprint=mark,
            rule_id=rule.id,
            account_id=account_id,
            post_id=post_id,
            term=term,
            sentence=sentence,
            masked_term=masked,
            masked_sentence=shown,
            occurrences=places,
            severity=hit.severity or rule.severity,
            confidence=hit.confidence or rule.confidence,
            message=_fill(rule.message, facts),
            suggestion=_advice(rule, hit.suggestion),
            explanation=_explained(hit.explanation, secrets),
            clauses=_clauses(rule, hit.clause),
            evidence=evidence,
            facts={**hit.facts, **rule.marks},
        )
    for mark, more in further.items():
        known = joined[mark]
        joined[mark] = replace(known, occurrences=tuple(dict.fromkeys((*known.occurrences, *more))))
    return tuple(sorted(joined.values(), key=_order))


def account_finding(silence: Silence, account_id: str, key: bytes, evidence: str) -> Finding:
    """The finding about an account; its episode stands in place of term and sentence."""
    rule, episode = silence.rule, silence.episode
    return Finding(
        fingerprint=fingerprint(rule.id, account_id, "", "", episode, installation_key=key, redact=False),
        rule_id=rule.id,
        account_id=account_id,
        post_id="",
        term=episode,
        sentence="",
        masked_term=episode,
        masked_sentence="",
        occurrences=(),
        severity=rule.severity,
        confidence=rule.confidence,
        message=_fill(rule.message, silence.facts),
        suggestion=rule.suggestion,
        explanation=silence.explanation,
        clauses=_clauses(rule, ""),
        evidence=evidence,
        facts={**silence.facts, **rule.marks},
    )


def _without_overlaps(hits: Sequence[tuple[Rule, Hit]], context: PostContext) -> list[tuple[Rule, Hit]]:
    """Hits of a rule that another rule supersedes are dropped where both mean the same characters; those of a score
    are all its evidence."""
    strong: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for rule, hit in hits:
        names = rule.detector.get("supersedes")
        for name in names if isinstance(names, list) else ():
            places = hit.places if rule.detector["kind"] == "score" else ()
            for passage, start, end in ((hit.passage, hit.start, hit.end), *places):
                strong.setdefault((str(name), id(passage)), []).append((start, end))
    if not strong:
        return list(hits)
    for spans in strong.values():
        spans.sort()
    kept: list[tuple[Rule, Hit]] = []
    for rule, hit in hits:
        covered = any(
            _overlaps(strong.get((rule.id, id(passage)), ()), start, end)
            for passage, start, end in ((hit.passage, hit.start, hit.end), *hit.places)
        )
        if covered and context.drop(rule.id, Guard.OVERLAP, hit.passage, hit.start, hit.end):
            continue
        kept.append((rule, hit))
    return kept


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """True where one of ``spans`` (sorted; each rule's own do not overlap) shares a character with ``[start, end)``."""
    at = bisect_left(spans, (end, 0))
    return any(start < right for _, right in spans[max(0, at - _NEIGHBOURS) : at])


def _private_spans(hits: Sequence[tuple[Rule, Hit]]) -> dict[int, list[tuple[int, int]]]:
    """Where private values were found, by the passage they stand in."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for rule, hit in hits:
        if rule.redact:
            for passage, start, end in ((hit.passage, hit.start, hit.end), *hit.places):
                spans.setdefault(id(passage), []).append((start, end))
    for found in spans.values():
        found.sort()
    return spans


def _shown(hit: Hit, private: Mapping[int, Sequence[tuple[int, int]]]) -> str:
    """The sentence around a hit with every private value in it masked, whichever rule found it."""
    if hit.end <= hit.start:
        return mask_private(hit.key)
    text = hit.passage.segment.text
    left, right = sentence_span(text, hit.start, hit.end)
    spans = private.get(id(hit.passage), ())
    near = spans[bisect_left(spans, (left - _LONGEST, 0)) : bisect_left(spans, (right, 0))]
    inside = [(max(start, left) - left, min(end, right) - left) for start, end in near if left < end]
    return mask_spans(text[left:right], inside)


def _secrets(hits: Sequence[tuple[Rule, Hit]]) -> tuple[str, ...]:
    """The private values of the post, longest first; the first ones only, where there are very many."""
    values = (hit.passage.segment.text[hit.start : hit.end] for rule, hit in hits if rule.redact)
    return tuple(sorted(islice(dict.fromkeys(values), _QUOTED), key=len, reverse=True))


def _explained(told: str, secrets: Sequence[str]) -> str:
    """The explanation without a private value: a rule of another family may quote one as its reason."""
    for secret in secrets if "“" in told else ():
        if secret and secret in told:
            told = told.replace(secret, mask(secret))
    return mask_private(told)


def _exempt(hit: Hit, exempt: Mapping[str, str]) -> Hit:
    """The hit as a notice where 第十一条（三） lets the field, or the whole post, show it."""
    kind = exempt.get("title") or exempt.get(hit.passage.segment.field)
    if kind is None:
        return hit
    why = f"{hit.explanation}；标题表明属于{kind}，按第十一条（三）记为豁免，请核对是否确需公开".lstrip("；")
    return replace(hit, severity=Severity.NOTICE, explanation=why, facts={**hit.facts, "exempt": kind})


def _recognised(rule: Rule, hit: Hit) -> Hit:
    """The hit as sure as the recognition of its least sure character: a picture may be read wrongly."""
    read = hit.passage.segment.confidence_of(hit.start, hit.end)
    if read is None or read >= SURELY_READ:
        return hit
    own = hit.confidence or rule.confidence
    least = Confidence.LOW if read < BARELY_READ or own is not Confidence.HIGH else Confidence.MEDIUM
    why = f"{hit.explanation}；图片识别把握 {read:.2f}，请对照原图".lstrip("；")
    return replace(hit, confidence=least, explanation=why)


def _places(hit: Hit) -> tuple[Occurrence, ...]:
    own: tuple[tuple[Passage, int, int], ...] = ((hit.passage, hit.start, hit.end),) if hit.end > hit.start else ()
    return tuple(
        Occurrence(
            field=passage.segment.field,
            start=start,
            end=end,
            origin=passage.segment.origin.value,
            hidden=passage.segment.hidden,
            locator=passage.segment.locator,
            box=passage.segment.box_of(start, end),
        )
        for passage, start, end in (*own, *hit.places)
    )


#: How an instruction begins where a list usually holds the right word.
_INSTRUCTION = re.compile(r"立即|请|去掉|删去|删除|撤下|核[查对实]|不要|不再|避免|慎用|改[用为写]|补[充上]|注明|整改")


def _fill(message: str, facts: Mapping[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda match: facts.get(match.group(1), ""), message)


def _advice(rule: Rule, own: str) -> str:
    """What to do: a word to put in its place, or, where the list holds an instruction, the instruction itself."""
    if not own:
        return rule.suggestion
    return own if _INSTRUCTION.match(own) else f"建议改为：{own}"


def _clauses(rule: Rule, own: str) -> tuple[str, ...]:
    clauses = [own] if own else []
    clauses.extend(citation.clause for citation in rule.citations)
    return tuple(dict.fromkeys(clauses))


def _order(finding: Finding) -> tuple[int, bool, str, int, str]:
    place = finding.occurrences[0] if finding.occurrences else Occurrence("", 0, 0)
    return finding.severity.rank, place.field != "title", place.field, place.start, finding.rule_id
