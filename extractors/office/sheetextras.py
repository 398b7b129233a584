"""What a workbook keeps besides its cells: comments, lists, names, caches, shapes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.errors import DocumentError
from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.package import Package
from extractors.office.worksheet import text_of, whole

_LISTS = ("formula1", "formula2")
_HINTS = ("prompt", "promptTitle", "error", "errorTitle")


def sheet_extras(
    package: Package, part: str, root: etree._Element, name: str, hidden: bool, context: Context
) -> Iterator[Segment]:
    """Comments, validation lists, shapes, print headers and tips of one sheet."""
    for node in root.iter("{*}dataValidation"):
        area = node.get("sqref") or ""
        for child in node.iter():
            if str(child.tag).rsplit("}", 1)[-1] in (*_LISTS, "f") and (child.text or "").strip():
                yield context.segment((child.text or "").strip(' "'), f"{name}!{area}（数据验证列表）", hidden=True)
        for hint in _HINTS:
            if text := node.get(hint):
                yield context.segment(text, f"{name}!{area}（数据验证提示）", hidden=True)
    for node in root.iterfind("{*}headerFooter/*"):
        if (node.text or "").strip():
            yield context.segment(node.text or "", f"{name}（页眉页脚）", hidden=True)
    for node in root.iterfind("{*}hyperlinks/{*}hyperlink"):
        if tip := node.get("tooltip"):
            yield context.segment(tip, f"{name}!{node.get('ref') or ''}（链接提示）", hidden=True)
    for target, outside in package.targets(part).values():
        if outside or target not in package:
            continue
        if "comments" in target.lower():
            yield from _comments(package.xml(target), name, context)
        elif "/drawings/" in target and target.endswith(".xml"):
            yield from _drawing(package, target, name, hidden, context)


def _comments(root: etree._Element, name: str, context: Context) -> Iterator[Segment]:
    for node in root.iter("{*}comment", "{*}threadedComment"):
        text = text_of(node) or "".join(leaf.text or "" for leaf in node.iter("{*}text"))
        if text.strip():
            place = f"{name}!{node.get('ref') or ''}（批注）"
            yield context.segment(text.strip(), place, hidden=True, origin=Origin.COMMENT)


def _drawing(package: Package, part: str, name: str, hidden: bool, context: Context) -> Iterator[Segment]:
    root = package.xml(part)
    for number, shape in enumerate(root.iter("{*}sp"), 1):
        text = "\n".join(
            filter(None, ("".join(t.text or "" for t in p.iter("{*}t")) for p in shape.iter("{*}p")))
        ).strip()
        if text:
            yield context.segment(text, f"{name}（文本框{number}）", hidden=hidden)
    for number, node in enumerate(root.iter("{*}cNvPr"), 1):
        for key in ("descr", "title"):
            if text := (node.get(key) or "").strip():
                yield context.segment(text, f"{name}（图形{number}替代文字）", hidden=True, origin=Origin.METADATA)
    for target, outside in package.targets(part).values():
        if not outside and "/charts/chart" in target and target in package:
            chart = package.xml(target)
            for point in chart.iter("{*}v", "{*}t"):
                if (point.text or "").strip():
                    yield context.segment(whole(point.text or "").strip(), f"{name}（图表）", hidden=True)


def book_extras(package: Package, root: etree._Element, context: Context) -> Iterator[Segment]:
    """Defined names, pivot caches, caches of other workbooks, connections."""
    for node in root.iterfind("{*}definedNames/{*}definedName"):
        text = (node.text or "").strip()
        if text:
            yield context.segment(text, f"名称“{node.get('name') or ''}”", hidden=True)
        if comment := node.get("comment"):
            yield context.segment(comment, f"名称“{node.get('name') or ''}”（备注）", hidden=True)
    for read in (_pivots, _externals):
        yield from read(package, context)


def _pivots(package: Package, context: Context) -> Iterator[Segment]:
    for number, part in enumerate(package.matching(r"xl/pivotCache/pivotCacheDefinition\d*\.xml"), 1):
        place = f"数据透视表缓存{number}"
        names: list[str] = []
        for field in package.xml(part).iterfind("{*}cacheFields/{*}cacheField"):
            head = field.get("name") or ""
            names.append(head)
            for item in field.iterfind("{*}sharedItems/*"):
                if value := item.get("v"):
                    yield context.segment(whole(value), f"{place}（{head}）", hidden=True, context=head)
        for target, _ in package.targets(part).values():
            if target not in package or "Records" not in target:
                continue
            for row, record in enumerate(package.xml(target), 1):
                values = [item.get("v") or "" for item in record]
                for index, (item, value) in enumerate(zip(record, values, strict=True)):
                    if value and not str(item.tag).endswith("}x"):
                        head = names[index] if index < len(names) else ""
                        around = "\t".join((head, *(v for v in values if v and v is not value)))[:200]
                        yield context.segment(whole(value), f"{place}第{row}条", hidden=True, context=around)


def _externals(package: Package, context: Context) -> Iterator[Segment]:
    for number, part in enumerate(package.matching(r"xl/externalLinks/externalLink\d*\.xml"), 1):
        try:
            root = package.xml(part)
        except DocumentError:
            continue
        sheets = [node.get("val") or "" for node in root.iter("{*}sheetName")]
        for data in root.iter("{*}sheetData"):
            index = int(data.get("sheetId") or 0)
            sheet = sheets[index] if index < len(sheets) else ""
            for row in data.iterfind("{*}row"):
                values = [(cell.get("r") or "", (cell.findtext("{*}v") or "").strip()) for cell in row]
                for address, value in values:
                    if value:
                        around = "\t".join(("", *(v for _, v in values if v and v is not value)))[:200]
                        place = f"外部链接缓存{number}!{sheet}!{address}"
                        yield context.segment(whole(value), place, hidden=True, context=around)
