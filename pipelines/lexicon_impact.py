"""``xunjian lexicon impact``: what an edited word list would find that the present one does not, and the other way.

Only the rules that read the list are asked, once with the words in force and once with the edited file in their place,
over the same texts. A finding is the same when rule, place and word are.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import lexicons
from domain.errors import LexiconError
from domain.finding import Finding
from lexicons import LexiconSet
from pipelines.bulk import BadLine, read_document
from pipelines.extract import text_segments
from scanners import rulebook
from scanners.engine import PostText, Scanner
from scanners.rulebook import RuleBook, list_names
from store import Store

#: Texts compared at once, and findings kept as examples on each side.
_BATCH = 256
EXAMPLES = 20
#: Enters fingerprints that nobody sees.
_KEY = bytes(32)
#: A text and the name under which a person finds it again.
Named = tuple[str, PostText]


@dataclass(frozen=True, slots=True)
class Change:
    """A finding on one side only: the name of the text, the word and its sentence, both masked."""

    document: str
    rule_id: str
    term: str
    sentence: str


@dataclass(slots=True)
class Side:
    """What one side alone finds: how often each word (masked), in how many texts, and the first examples."""

    terms: dict[str, int] = field(default_factory=dict)
    documents: int = 0
    examples: list[Change] = field(default_factory=list)

    def take(self, document: str, findings: Sequence[Finding]) -> None:
        """Count the findings of one text."""
        self.documents += bool(findings)
        for finding in findings:
            self.terms[finding.masked_term] = self.terms.get(finding.masked_term, 0) + 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(Change(document, finding.rule_id, finding.masked_term, finding.masked_sentence))

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.terms.values())


@dataclass(slots=True)
class Impact:
    """The effect of an edit on ``documents`` texts. ``kept`` findings are on both sides."""

    name: str
    documents: int = 0
    kept: int = 0
    added: Side = field(default_factory=Side)
    removed: Side = field(default_factory=Side)


def compare(edited: Path, texts: Iterable[Named], *folders: Path, shipped: bool = False) -> Impact:
    """The effect of putting ``edited`` in place of the list of its name.

    It takes the place of the file of that name in the last of ``folders`` (the office's own lists) or joins it, or with
    ``shipped`` the place of the list that comes with the program. Holds a few hundred texts at a time. Raises
    ``LexiconError`` for a list that cannot be read, one that no rule reads, and ``RuleError``.
    """
    present = rulebook.load(lexicons.load(lexicons.SHIPPED, *folders))
    with _edited(edited, folders, shipped) as changed:
        after = rulebook.load(changed)
    name = edited.stem
    rules = [rule.id for rule in present.rules if name in list_names(rule)]
    if not rules:
        known = sorted({each for rule in present.rules for each in list_names(rule)})
        raise LexiconError(edited.name, f"没有规则使用词库“{name}”；文件名应为：{'、'.join(known)}")
    before_scanner, after_scanner = _scanner(present, rules), _scanner(after, rules)
    impact = Impact(name)
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        posts = [post for _, post in batch]
        pairs = zip(before_scanner.scan_posts(posts), after_scanner.scan_posts(posts), strict=True)
        for (document, _), (old, new) in zip(batch, pairs, strict=True):
            gone, here = {_identity(each) for each in old}, {_identity(each) for each in new}
            impact.documents += 1
            impact.kept += len(gone & here)
            impact.added.take(document, [each for each in new if _identity(each) not in gone])
            impact.removed.take(document, [each for each in old if _identity(each) not in here])
    return impact


def corpus(path: Path, report: Callable[[str], None]) -> Iterator[Named]:
    """The texts of a file of JSON lines, as ``xunjian scan`` takes them; a bad line is reported and left out."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                document = read_document(line)
            except BadLine as error:
                report(f"{path}:{number}：{error}")
                continue
            yield str(document.raw_id), document.post


def stored(store: Store) -> Iterator[Named]:
    """Every post on file, with its title and body."""
    for account in store.accounts():
        for item in store.posts_of(account.id):
            yield item.post.url or item.post.id, PostText(segments=text_segments(item.post))


def _scanner(book: RuleBook, rules: Sequence[str]) -> Scanner:
    return Scanner(book.only(*rules), _KEY)


def _identity(finding: Finding) -> tuple[object, ...]:
    places = tuple((place.field, place.start, place.end) for place in finding.occurrences)
    return finding.rule_id, finding.term, finding.severity, places


@contextmanager
def _edited(edited: Path, folders: Sequence[Path], shipped: bool) -> Iterator[LexiconSet]:
    """All lists with the edited one among them."""
    below = lexicons.SHIPPED if shipped else folders[-1] if folders else None
    with tempfile.TemporaryDirectory() as place:
        for path in below.glob("*.csv") if below is not None else ():
            shutil.copy(path, place)
        shutil.copy(edited, Path(place) / edited.name)
        laid = [Path(place), *folders] if shipped else [lexicons.SHIPPED, *folders[:-1], Path(place)]
        yield lexicons.load(*laid)


__all__ = ["Change", "Impact", "Side", "compare", "corpus", "stored"]
