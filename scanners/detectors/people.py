"""Lists of people: a name and something private in one row, counted by distinct persons.

One row alone is what the other privacy rules report; a list is a leak of its own, and ten people make it a grave one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.rule import Rule, Severity
from scanners import people
from scanners.guards import Guard
from scanners.hit import Hit, PostContext
from scanners.passage import Passage
from scanners.tables import LONGEST_HEAD, split_row

#: Kinds of particulars by the head of their column.
_HEADS = (
    ("身份证号", re.compile("身份证|身份号码|证件号|残疾人?证号|学籍号")),
    ("银行账号", re.compile("银行卡|账号|帐号|卡号|一卡通|存折|社保卡")),
    ("电话", re.compile("电话|手机|联系方式")),
    ("出生日期", re.compile("出生|生日")),
    ("健康状况", re.compile("病种|病情|疾病|诊断|健康|残疾类|残疾等|残疾级|残疾情况|致贫原因|患病|精神")),
    ("详细住址", re.compile("住址|地址|住所")),
)
_VALUES = {
    "身份证号": re.compile(
        r"(?<![0-9a-z])[1-9]\d{5}[ \-]?(?:18|19|20)\d{2}"
        r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ \-]?\d{3}[\dx](?![0-9a-z])"
    ),
    "银行账号": re.compile(r"(?<![0-9a-z])62\d{2}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![0-9a-z])"),
    "电话": re.compile(r"(?<![0-9a-z])1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?![0-9a-z])"),
}
#: What a cell must look like below a head.
_CELLS = {
    "身份证号": re.compile(r"[1-9]\d{13,16}[\dx]"),
    "银行账号": re.compile(r"\d(?:[ \-]?\d){11,22}"),
    "电话": _VALUES["电话"],
    "出生日期": re.compile(
        r"(?:19|20)\d{2}[年.\-/]?(?:0?[1-9]|1[0-2])[月.\-/]?(?:[12]\d|3[01]|0?[1-9])日?(?: 00:00:00)?"
    ),
    "健康状况": re.compile(
        "视力|听力|言语|肢体|智力|精神|多重|[一二三四]级|癌|瘤|尿毒|白血|肾|肝|肺|心脏|中风|偏瘫|瘫痪|截肢|痴呆|癫痫|血友|艾滋|结核|糖尿|高血压|抑郁|"
        "重病|大病|慢性病|因病|因残|患病|残疾|手术|脑"
    ),
    "详细住址": re.compile(r"[组队]\d*号?$|\d+号|[栋幢]|单元|室$"),
}
_WHOLE = frozenset(("身份证号", "银行账号", "电话", "出生日期"))
_NAME_HEAD = re.compile("姓名|户主|申请人|监护人|受益人|对象|领取人|老人|患者|学生|名字|成员")
#: A directory of offices prints the telephone numbers and addresses of those who answer for them.
_DIRECTORY = re.compile(
    "单位|机构|部门|职务|职位|岗位|企业|公司|科室|负责人|联系人|值班|网点|站点|窗口|院长|法定代表|法人|律师|评委|专家|代表|委员|"
    "中心|协会|学会|基金会|福利院|养老院|敬老院|学校|医院|办事处|居委会|村委会|主任|书记|局|科长|队长|河长|湖长|林长|网格|"
    r"(?<!\d)0\d{2,3}[\-一—－ ]?[2-8]\d{6,7}(?!\d)"
)
#: Those whom a list honours are not exposed by it.
_HONOURED = re.compile("烈士|英烈|英名录|先烈|遗址|名人|历史人物|古籍|作者|获奖|运动员|演员")
_OPEN = frozenset(("电话", "详细住址"))
#: As many places are kept with a finding; the number of people is told in words.
MOST_PLACES = 200
_WINDOW = 30
_COLUMN = re.compile("[A-Z]+(?=[0-9]+(?:（[^（）]*）)?$)|第[0-9]+列|（[^（）]*）$")


@dataclass(slots=True)
class _Person:
    name: str
    passage: Passage
    start: int
    end: int
    kinds: set[str] = field(default_factory=set)


class PeopleDetector:
    """The rule of kind ``people``; its table: ``bulk``, the number of people that makes it a veto."""

    #: Words of which one stands in the head of a table of people; lists without a head hold numbers.
    anchors = ("姓名", "户主", "监护人", "申请人", "受益人", "领取人", "老人", "名单")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._bulk = int(str(rule.detector["bulk"]))

    @staticmethod
    def may_stand_in_table(base: str) -> bool:
        """False where no line of a base view can be the head of a table of people."""
        end = -1
        for match in _NAME_HEAD.finditer(base):
            if match.start() < end:
                continue
            end = base.find("\n", match.end())
            if end < 0:
                return False
            line = base[base.rfind("\n", 0, match.start()) + 1 : end]
            if len(line) <= LONGEST_HEAD and "。" not in line and len(split_row(line)) > 1:
                return True
        return False

    @staticmethod
    def may_stand_before(digits: str, places: Iterable[tuple[int, int]]) -> bool:
        """False where no name stands before a number at one of ``places`` of a digit view."""
        return any(
            people.names_in(digits[max(0, match.start() - _WINDOW) : match.start()])
            for low, high in places
            for value in _VALUES.values()
            for match in value.finditer(digits, low, min(len(digits), high + 2))
        )

    def judge(self, passages: Sequence[Passage], context: PostContext) -> Iterator[Hit]:
        """At most one hit for a post: everybody whom its lists expose."""
        found: dict[tuple[str, str], _Person] = {}
        for passage in passages:
            for person, row in self._people(passage, context):
                known = found.setdefault((person.name, row), person)
                known.kinds |= person.kinds
        exposed = list(found.values())
        if not exposed:
            return
        kinds = [kind for kind, _ in _HEADS if any(kind in person.kinds for person in exposed)]
        first = exposed[0]
        alone = len(exposed) == 1 and not {"健康状况", "出生日期"} & first.kinds
        if alone and context.drop(self.rule.id, Guard.THRESHOLD, first.passage, first.start, first.end, "只有 1 人"):
            return
        told = f"{len(exposed)} 人的姓名与{'、'.join(kinds)}列在一起"
        yield Hit(
            passage=first.passage,
            start=first.start,
            end=first.end,
            key=f"list:{'+'.join(kinds)}",
            severity=Severity.VETO if len(exposed) >= self._bulk else None,
            explanation=told,
            facts={"people": str(len(exposed)), "kinds": "、".join(kinds)},
            places=tuple((person.passage, person.start, person.end) for person in exposed[1:MOST_PLACES]),
        )

    def _people(self, passage: Passage, context: PostContext) -> Iterator[tuple[_Person, str]]:
        found = _cell(passage) if passage.segment.context else _text(passage)
        for person, row, around in found:
            why = _excuse(person, around)
            if why and context.drop(self.rule.id, Guard.EXCUSE, passage, person.start, person.end, why):
                continue
            yield person, row


def _excuse(person: _Person, around: str) -> str:
    """Why a row exposes nobody; empty where it does."""
    if person.kinds <= _OPEN and (office := _DIRECTORY.search(around)):
        return office.group()
    if not person.kinds & {"身份证号", "银行账号", "电话"}:
        if people.is_hidden_name(person.name):
            return "姓名已经隐去"
        if honoured := _HONOURED.search(around):
            return honoured.group()
    return ""


_Row = tuple[_Person, str, str]


def _cell(passage: Passage) -> Iterator[_Row]:
    """A cell of a sheet that holds something private, with a name elsewhere in its row."""
    kind = _kind(passage.head)
    if not kind and not passage.stretches:
        return
    text = passage.digits.strip()
    if kind:
        match = _CELLS[kind].fullmatch(text) if kind in _WHOLE else _CELLS[kind].search(text)
    else:
        kind, match = next(((own, hit) for own, value in _VALUES.items() if (hit := value.fullmatch(text))), ("", None))
    if match is None:
        return
    segment = passage.segment
    cells = segment.context.split("\t")
    name = next((cell for cell in cells if people.is_name(cell)), "")
    if name:
        # the same row, whichever of its cells is hidden
        row = f"{segment.field}|{_COLUMN.sub('', segment.locator)}"
        yield _Person(name, passage, 0, len(segment.text), {kind}), row, segment.context


def _text(passage: Passage) -> Iterator[_Row]:
    """Rows below a head that names people, and lines that give a name and a number."""
    text = passage.base.text
    if any(word in text for word in PeopleDetector.anchors):
        yield from _tables(passage)
    if passage.stretches:
        yield from _lines(passage)


def _tables(passage: Passage) -> Iterator[_Row]:
    text = passage.digits
    for heads, start, end in passage.tables.all():
        if not any(_NAME_HEAD.search(head) for head in heads):
            continue
        title = text[max(0, start - 200) : start]
        at = start
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            line = text[at:stop]
            cells = split_row(line)
            person = _row(passage, heads, cells, at, line)
            if person is not None:
                yield person, f"{passage.segment.field}|{at}", f"{title}\n{line}"
            at = stop + 1


def _row(passage: Passage, heads: Sequence[str], cells: Sequence[str], at: int, line: str) -> _Person | None:
    aligned = len(cells) == len(heads)
    name = next(
        (
            cell
            for index, cell in enumerate(cells)
            if people.is_name(cell) and (not aligned or _NAME_HEAD.search(heads[index]))
        ),
        "",
    )
    if not name:
        return None
    kinds = {kind for kind, value in _VALUES.items() if value.search(line)}
    if aligned:
        for head, cell in zip(heads, cells, strict=True):
            kind = _kind(head)
            if kind and (_CELLS[kind].fullmatch(cell) if kind in _WHOLE else _CELLS[kind].search(cell)):
                kinds.add(kind)
    if not kinds:
        return None
    left = at + line.index(name)
    start, end = passage.base.span(left, at + len(line.rstrip()))
    return _Person(name, passage, start, end, kinds)


def _lines(passage: Passage) -> Iterator[_Row]:
    """A number with a name before it in the same line, outside of tables."""
    text = passage.digits
    for low, high in passage.stretches:
        for kind, value in _VALUES.items():
            for match in value.finditer(text, low, min(len(text), high + 2)):
                if passage.tables.heads(match.start()):
                    continue
                line = text.rfind("\n", 0, match.start()) + 1
                begin = max(line, match.start() - _WINDOW)
                names = people.names_in(text[begin : match.start()])
                if not names:
                    continue
                left = text.rfind(names[-1], begin, match.start())
                start, end = passage.base.span(left, match.end())
                around = text[max(line, match.start() - 60) : match.end() + 20]
                yield _Person(names[-1], passage, start, end, {kind}), f"{passage.segment.field}|{line}", around


@lru_cache(maxsize=512)
def _kind(head: str) -> str:
    return next((kind for kind, words in _HEADS if words.search(head)), "")
