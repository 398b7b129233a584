"""Is what was published what was approved (第八条, R61): similarity, and the numbers and names that changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from domain.register import Person, Unit
from scanners.duties.differences import changed_names, changed_numbers, first_difference
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.papers import breach, paper_of
from scanners.guards import Guard

#: Lines that an editor adds around the text when it is set: who made it, where it comes from, how to follow.
_FURNITURE = re.compile(
    r"^(?:来源|信息来源|稿源|供稿|供图|图源|文图|图文|撰稿|作者|编辑|责编|责任编辑|美编|校对|初审|复审|终审|一审|二审|三审|审核|"
    r"审校|监制|统筹|发布|发布时间|点击|阅读|扫码|长按|关注我们|欢迎关注)\s?[：:丨|/]?.{0,40}$"
)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
#: Texts that have less in common than this are another text altogether: what changed in them says nothing.
_OTHER_TEXT = 0.3


def edited(hearing: Hearing) -> Iterator[Breach]:
    """The published text is less than 98 % the approved one (R61); what differs first is shown."""
    found = _compared(hearing)
    if found is None:
        return
    approved, published, share, told = found
    if share >= hearing.norms.approved_alike and hearing.spared(Guard.ALIKE, f"相似 {share:.1%}"):
        return
    paper = paper_of(hearing)
    assert paper is not None, "compared only with an approval"
    yield breach(
        paper[1],
        f"发布的文字与审定稿相似 {share:.1%}，不足 {hearing.norms.approved_alike:.0%}；{told}",
        share=f"{share:.1%}",
        what=first_difference(approved, published),
    )


def facts_changed(hearing: Hearing) -> Iterator[Breach]:
    """Numbers, or names of people and units, differ from the approved text, however alike it is (R61)."""
    found = _compared(hearing)
    paper = paper_of(hearing)
    if found is None or paper is None:
        return
    approved, published, share, _ = found
    if approved == published and hearing.spared(Guard.ALIKE, "与审定稿一致"):
        return  # nearly every post: names are not looked for
    if share < _OTHER_TEXT and hearing.spared(Guard.NOT_CONCERNED, "几乎是另一篇"):
        return
    numbers = changed_numbers(approved, published)
    names = changed_names(approved, published, known_names(hearing))
    changes = [*numbers, *names]
    if not changes and hearing.spared(Guard.ALIKE, "数字和名称没有改动"):
        return
    told = "；".join(changes) or "没有改动"
    yield breach(paper[1], f"与审定稿相比，{told}", changes=told)


def known_names(hearing: Hearing) -> frozenset[str]:
    """Names whose change matters: the bureau's units, and the people of the account's own unit."""
    memo = hearing.facts.memo
    if "names" not in memo:
        people = {person.name for person in hearing.register.of_unit(Person, hearing.facts.unit_name)}
        units = {unit.key for unit in hearing.register.all(Unit)}
        memo["names"] = frozenset(name for name in people | units if len(name) >= 2)
    found: frozenset[str] = memo["names"]
    return found


def plain_text(text: str) -> str:
    """A text without width, blanks and the lines that only surround it."""
    lines = (line.strip() for line in unicodedata.normalize("NFKC", text).splitlines())
    return "".join(_SPACE.sub("", line) for line in lines if line and not _FURNITURE.match(line))


def _compared(hearing: Hearing) -> tuple[str, str, float, str] | None:
    paper = paper_of(hearing)
    if paper is None or not paper[1].content.strip() or not paper[0].text.strip():
        return None
    post, approval = paper
    memo = hearing.facts.memo.setdefault(("approved", post.id), {})
    if "found" not in memo:
        memo["found"] = _compare(approval.content, post.text, (approval.title, post.title))
    found: tuple[str, str, float, str] = memo["found"]
    return found


def _compare(content: str, text: str, titles: tuple[str, str]) -> tuple[str, str, float, str]:
    approved, published = plain_text(content), plain_text(text)
    for title in filter(None, map(plain_text, titles)):  # a form often repeats the title above the text
        approved, published = approved.removeprefix(title), published.removeprefix(title)
    if approved == published:
        return approved, published, 1.0, ""
    share = fuzz.ratio(approved, published) / 100
    longer = len(published) - len(approved)
    told = f"比审定稿{'多' if longer >= 0 else '少'} {abs(longer)} 字"
    return approved, published, share, told
