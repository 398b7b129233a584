"""Lists of what is right: fixed phrases and leaders' names. What is found there are forms that differ from a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.table import Row, parse_date
from lexicons import columns, hygiene, offices
from lexicons.hygiene import plain
from lexicons.model import Term

PHRASE = "规范表述"
SOURCE = columns.SOURCE
NAME = "姓名"
POSTS = "职务"
SINCE = "起"
UNTIL = "止"
RANKS = "排序"

PHRASE_COLUMNS = (
    PHRASE,
    columns.VARIANTS,
    columns.SEVERITY,
    columns.EXCEPTIONS,
    columns.SUGGESTION,
    columns.CLAUSE,
    SOURCE,
    columns.FIRES,
    columns.SILENT,
    columns.NOTE,
    columns.UPDATED_ON,
    columns.UPDATED_BY,
)
LEADER_COLUMNS = (
    NAME,
    POSTS,
    SINCE,
    UNTIL,
    RANKS,
    SOURCE,
    columns.SEVERITY,
    columns.EXCEPTIONS,
    columns.CLAUSE,
    columns.FIRES,
    columns.SILENT,
    columns.NOTE,
    columns.UPDATED_ON,
    columns.UPDATED_BY,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind of list; ``word`` is the column that names a row, ``least`` its shortest length.

    ``wrong`` tells that the rows are what must not be written; in the other lists they are what is right.
    """

    word: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    least: int
    wrong: bool = False


WORDS = Layout(columns.WORD, columns.COLUMNS, columns.REQUIRED, 2, wrong=True)
BUREAU = Layout(columns.WORD, columns.BUREAU_COLUMNS, columns.REQUIRED, 2, wrong=True)
FORMER = Layout(columns.FORMER, columns.FORMER_COLUMNS, columns.FORMER_REQUIRED, 2, wrong=True)
PHRASES = Layout(PHRASE, PHRASE_COLUMNS, (PHRASE, columns.CLAUSE, SOURCE, columns.FIRES), 3)
LEADERS = Layout(NAME, LEADER_COLUMNS, (NAME, POSTS, SINCE, SOURCE, columns.CLAUSE, columns.FIRES), 2)
#: By file name without ``.csv``; any other list holds words that are wrong.
LAYOUTS = {"phrases": PHRASES, "leaders": LEADERS, "bureau": BUREAU, "former_names": FORMER}


def layout(name: str) -> Layout:
    """The layout of the list called ``name``."""
    return LAYOUTS.get(name, WORDS)


def cell_problems(row: Row, kind: Layout) -> Iterator[str]:
    """What is wrong with the closed choices and formats of a row of a list of what is right."""
    shown = kind.word
    if not row.get(shown):
        yield f"缺少{shown}；请填写，或删除整行"
    severity = row.get(columns.SEVERITY)
    if severity and severity not in columns.SEVERITIES and severity != columns.SWITCHED_OFF:
        yield f"级别“{severity}”不认识；可填：{'、'.join(columns.SEVERITIES)}、{columns.SWITCHED_OFF}，或留空"
    if not row.get(SOURCE):
        yield "缺少来源；没有来源的规范表述不能入库，请填文件名称与年份"
    yield from hygiene.clause_problems(row)
    for column in (columns.UPDATED_ON, SINCE, UNTIL):
        value = row.get(column)
        if value and parse_date(value) is None:
            yield f"{column}“{value}”不是日期；格式为 2026-01-05"
    for column in (POSTS, RANKS):
        yield from offices.problems(hygiene.values(row, column), column)
    for office in offices.read(hygiene.values(row, RANKS)):
        if not office.title.isdigit() or not office.dated:
            yield f"排序“{row.get(RANKS)}”应为名次和起止；写作 2（2022-10-23起）"
    since, until = parse_date(row.get(SINCE)), parse_date(row.get(UNTIL))
    if since and until and until < since:
        yield f"止（{until}）早于起（{since}）；请改正"


def term_problems(term: Term, kind: Layout) -> Iterator[str]:
    """What is wrong with a row whose cells are readable."""
    own = [plain(word) for word in term.words]
    for word, shown in zip(own, term.words, strict=True):
        if len(word) < kind.least:
            yield f"“{shown}”不足 {kind.least} 个字，差一个字就认不出来；请写全"
    if not term.fires:
        yield "缺少应报；请写至少一句写错了这个表述的话"
    for sentence in term.fires:
        if any(word in plain(sentence) for word in own):
            yield f"应报“{sentence}”里写的就是规范表述，永远不会报出；请写一个错的"
    for phrase in term.exceptions:
        if any(word in plain(phrase) for word in own):
            yield f"例外“{phrase}”里就有规范表述，用不着例外；请删去"
    if term.exceptions and not term.silent:
        yield "用了例外，却没有不报例句；请写至少一句应当不报的话"


def term(row: Row, kind: Layout, source_path: str) -> Term:
    """A readable row."""
    updated, since, until = (parse_date(row.get(column)) for column in (columns.UPDATED_ON, SINCE, UNTIL))
    posts = offices.read(hygiene.values(row, POSTS))
    return Term(
        word=row.get(kind.word),
        variants=hygiene.values(row, columns.VARIANTS),
        severity=columns.SEVERITIES.get(row.get(columns.SEVERITY)),
        exceptions=hygiene.values(row, columns.EXCEPTIONS),
        suggestion=row.get(columns.SUGGESTION),
        clause=row.get(columns.CLAUSE),
        fires=hygiene.values(row, columns.FIRES),
        silent=hygiene.values(row, columns.SILENT),
        note=row.get(columns.NOTE),
        source=row.get(SOURCE),
        posts=tuple(dict.fromkeys(office.title for office in posts)),
        offices=posts,
        ranks=offices.read(hygiene.values(row, RANKS)),
        since=since,
        until=until,
        updated_on=updated,
        updated_by=row.get(columns.UPDATED_BY),
        row=row.number,
        source_path=source_path,
    )
