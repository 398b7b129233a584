"""Names of leaders with one wrong character: told from other people's names by the post that stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rule import Confidence, Rule
from lexicons import Lexicon
from scanners.confusion import Likeness
from scanners.detectors.nearmiss import KINDS, LIKE, Found
from scanners.dictionary import dictionary
from scanners.edit import COMMON, Edit, EditKind, Phrase, is_han, likeness
from scanners.edits import NameAnchor, WrongForm, name_entries
from scanners.folding import fold_word
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage, PlainPassage
from scanners.segmenter import Segmenter

NameEntry = NameAnchor | WrongForm
#: What a post ends in when it stands directly beside a name.
_STRONG = ("总书记", "副总理", "总理", "副委员长", "委员长", "副主席", "主席", "国务委员", "行政长官")
#: So many people hold one of these that it tells only together with a slip that explains itself.
_WEAK = ("书记", "部长", "院长", "检察长", "主任", "秘书长", "常委", "委员", "元帅", "总司令", "同志")
#: The hundred commonest surnames: with any other one, a name that sounds like a leader's is hardly somebody else's.
_USUAL_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖"
    "范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤"
)
#: Uses of a word in the segmenter's counts from which it is nobody's name.
_USUAL_WORD = 40
#: How far around the name the sentence is looked through for a post or another leader.
_REACH = 40


class NameDetector:
    """A rule of kind ``name``: ``list`` names the list of leaders, ``context`` the words near which a name is one of
    theirs, ``excused_by`` the words of sentences that speak about an error instead of making it."""

    def __init__(self, index: int, rule: Rule, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.rule = rule
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._context = _words(rule.detector.get("context"))
        self._excused_by = _words(rule.detector.get("excused_by"))
        names = [Phrase(fold_word(term.word), term) for term in lexicon.terms]
        self._names = tuple(name.text for name in names)
        self._strong = {name.text: _beside(name, _STRONG) for name in names}
        self._weak = {name.text: (*_beside(name, _WEAK), "同志") for name in names}
        posts = {post for posts in (*self._strong.values(), *self._weak.values()) for post in posts}
        self._heads, self._tails = frozenset(post[:2] for post in posts), frozenset(post[-2:] for post in posts)
        self._others = tuple(fold_word(other) for name in names for other in name.term.exceptions)
        self._longest = max(map(len, (*self._names, *self._others)), default=0)
        self.entries: tuple[tuple[str, NameEntry], ...] = tuple(name_entries(index, names))

    def judge(self, found: Found, passage: Passage, context: PostContext) -> Iterator[Hit]:
        """The wrong names among the automaton's matches in ``passage.compact``."""
        text = passage.compact.text
        edits = {edit for start, end, entry in found for edit in entry.edits(text, start, end)}
        taken: list[Edit] = []
        for edit in sorted(
            edits, key=lambda edit: (likeness(edit, text) is None, edit.start - edit.end, edit.start, edit.phrase.text)
        ):
            if any(edit.start < other.end and other.start < edit.end for other in taken):
                continue
            span = passage.compact.span(edit.start, edit.end)
            reasons = self._reasons(edit, passage)
            if any(context.drop(self.rule.id, guard, passage, *span, detail) for guard, detail in reasons):
                continue
            taken.append(edit)
            yield self._hit(edit, passage, span)

    def standing(self, found: Sequence[tuple[int, int, NameEntry]], text: str) -> Sequence[tuple[int, int, NameEntry]]:
        """Of matches in the compact view of a passage those that the text alone does not speak against."""
        passage: Passage | None = None
        kept = []
        for sighting in found:
            for edit in sighting[2].edits(text, *sighting[:2]):
                if edit.kind is EditKind.REPLACED and not _may_be_name(text[edit.place]):
                    continue
                if not (self._near_post(text, edit) or self._is_leader(text, edit)):
                    continue
                passage = passage or PlainPassage(text)
                if next(self._reasons(edit, passage), None) is None:
                    kept.append(sighting)
                    break
        return kept

    @staticmethod
    def is_ordinary(form: str) -> bool:
        """True for a wrong form of two characters that is a word in use: it is never taken for a name."""
        return len(form) == 2 and (dictionary().uses(form) or 0) >= _USUAL_WORD

    def _near_post(self, text: str, edit: Edit) -> bool:
        """False where what stands beside the name is neither a post nor a list."""
        around = text[max(0, edit.start - 2) : edit.start], text[edit.end : edit.end + 2]
        return around[1] in self._heads or around[0] in self._tails or around[0][-1:] == "、" or around[1][:1] == "、"

    def _hit(self, edit: Edit, passage: Passage, span: tuple[int, int]) -> Hit:
        term = edit.phrase.term
        like = likeness(edit, passage.compact.text)
        how = (LIKE[like] if like else "") + KINDS[edit.kind]
        return Hit(
            passage=passage,
            start=span[0],
            end=span[1],
            key=passage.compact.text[edit.start : edit.end],
            severity=term.severity,
            confidence=None if like or edit.kind is not EditKind.REPLACED else Confidence.MEDIUM,
            suggestion=term.word,
            clause=term.clause,
            explanation=f"与{self._lexicon.title}第 {term.row} 行“{term.word}”只差一处（{how}），旁边有领导人语境",
            facts={"right": term.word},
        )

    def _reasons(self, edit: Edit, passage: Passage) -> Iterator[tuple[Guard, str]]:
        text = passage.compact.text
        name = edit.phrase.text
        if edit.end - edit.start == 2 and self.is_ordinary(text[edit.start : edit.end]):
            yield Guard.ORDINARY, text[edit.start : edit.end]
        other = self._other_name(text, edit)
        if other:
            yield Guard.EXCEPTION, other
        if edit.kind is EditKind.REPLACED and not _may_be_name(text[edit.place]):
            yield Guard.ORDINARY, text[edit.place]
        plain = edit.kind is not EditKind.DROPPED and (
            edit.kind is not EditKind.REPLACED or likeness(edit, text) is not None
        )
        beside = _stands_beside(text, edit, self._strong[name]) or self._in_list(text, edit)
        beside = beside or (plain and _stands_beside(text, edit, self._weak[name]))
        tokens = self._segmenter.tokens(text, edit.start, edit.end)
        if any(left < edge < right for left, right in tokens for edge in (edit.start, edit.end)):
            yield Guard.WHOLE_WORD, ""
        if not (plain and len(name) > 2) and _goes_on(text, edit, tokens, self._strong[name]):
            yield Guard.WHOLE_WORD, text[edit.start : edit.end + 1]
        if (edit.start, edit.end) in tokens and not beside:
            yield Guard.ORDINARY, text[edit.start : edit.end]
        if not beside and not self._is_leader(text, edit):
            yield Guard.NEEDS_CONTEXT, ""
        if self._excused_by:
            around = fold_word(passage.around(*passage.compact.span(edit.start, edit.end)))
            excuse = next((word for word in self._excused_by if word in around), "")
            if excuse:
                yield Guard.EXCUSE, excuse

    def _other_name(self, text: str, edit: Edit) -> str:
        """A leader's name, or another person's that a row names, standing over this place just as it is."""
        near = text[max(0, edit.start - self._longest) : edit.end + self._longest]
        for known in (*self._names, *self._others):
            if known not in near:
                continue
            if edit.kind is EditKind.DOUBLED and known == edit.phrase.text:
                continue
            at = text.find(known, max(0, edit.start - len(known) + 1), edit.end + len(known) - 1)
            if at != -1:
                return known
        return ""

    def _is_leader(self, text: str, edit: Edit) -> bool:
        """True where a slip that explains itself stands near words about leaders; nothing else is enough."""
        unlike = edit.kind is EditKind.REPLACED and likeness(edit, text) is None
        if len(edit.phrase.text) < 3 or edit.kind is EditKind.DROPPED or unlike:
            return False
        same = edit.kind is not EditKind.REPLACED or likeness(edit, text) is Likeness.SAME_SOUND
        if edit.phrase.text in text or (same and edit.at != 0 and text[edit.start] not in _USUAL_SURNAMES):
            return True
        near = f"{text[max(0, edit.start - _REACH) : edit.start]}\ue000{text[edit.end : edit.end + _REACH]}"
        return any(word in near for word in (*self._context, *self._names))

    def _in_list(self, text: str, edit: Edit) -> bool:
        """True where another leader's name stands beside this one, with nothing but a list comma between."""
        before, after = text[max(0, edit.start - 4) : edit.start], text[edit.end : edit.end + 4]
        if before[-1:] != "、" and after[:1] != "、":
            return False
        return any(before.endswith(f"{name}、") or after.startswith(f"、{name}") for name in self._names)


def _beside(name: Phrase, titles: Sequence[str]) -> tuple[str, ...]:
    """The posts of a leader as they stand beside the name: in full, and what they end in if it is one of ``titles``."""
    posts = tuple(fold_word(post) for post in name.term.posts)
    found = {title for post in posts for title in titles if post.endswith(title)}
    return tuple(sorted(found.union(posts)))


def _stands_beside(text: str, edit: Edit, posts: Sequence[str]) -> bool:
    for post in posts:
        if text.startswith(post, edit.end):
            return True
        at = edit.start - len(post)
        if at >= 0 and text.startswith(post, at) and (post.startswith("副") or text[at - 1 : at] != "副"):
            return True
    return False


def _goes_on(text: str, edit: Edit, tokens: Sequence[tuple[int, int]], posts: Sequence[str]) -> bool:
    """True where the next character may be the last one of a longer name."""
    sign = text[edit.end : edit.end + 1]
    if not _may_be_name(sign) or any(text.startswith(post, edit.end) for post in posts):
        return False
    return (edit.end, edit.end + 1) in tokens or not any(left == edit.end for left, _ in tokens)


def _may_be_name(sign: str) -> bool:
    return is_han(sign) and sign not in COMMON


def _words(value: object) -> tuple[str, ...]:
    return tuple(fold_word(str(word)) for word in value) if isinstance(value, list) else ()
