"""OFD, the fixed layout of Chinese offices (GB/T 33190): the text of each page, remarks, attachments, properties."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.errors import DocumentError
from domain.post import Origin, Segment, Unexamined
from extractors.model import Context, Extraction
from extractors.office.package import Package
from extractors.office.styles import same

#: Lines of one height are one line (millimetres).
_LINE = 1.5
_SMALL = 1.2  # text height in millimetres that nobody reads


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError``."""
    package = Package(body, context)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    pages = package.matching(r"(?:.*/)?Pages/Page_\d+/Content\.xml") or package.matching(r".*/Content\.xml")
    for number, part in enumerate(pages, 1):
        place = f"第{number}页"
        context.at(place)
        try:
            found = list(_page(package.xml(part), place, context))
        except DocumentError as error:
            unexamined.append(context.unexamined(error.problem, place))
            continue
        segments.extend(found)
        if not found:
            unexamined.append(context.unexamined("没有文字（可能是扫描图片），请人工查看", place))
    for part in package.matching(r".*/(Annots|Annotations?)/.*\.xml"):
        segments.extend(_page(package.xml(part), "批注", context, hidden=True))
    for part in package.matching(r".*/(Tpls|Temps|Templates?)/.*\.xml"):
        segments.extend(_page(package.xml(part), "页面模板", context))
    for part in package.matching(r"(?:.*/)?OFD\.xml"):
        for node in package.xml(part).iter():
            text = (node.text or "").strip()
            tag = str(node.tag).rsplit("}", 1)[-1]
            if text and tag not in ("DocRoot", "DocID", "CreationDate", "ModDate", "Signatures"):
                label = node.get("Name") or tag
                segments.append(context.segment(text, f"文档属性（{label}）", hidden=True, origin=Origin.METADATA))
    links = tuple(
        dict.fromkeys(
            uri
            for part in (*pages, *package.matching(r".*/Annots?/.*\.xml"))
            for node in package.xml(part).iter("{*}URI")
            if (uri := str(node.get("URI") or "")).startswith("http")
        )
    )
    files = (*package.files(r".*/Attachs?/(?!Attachments\.xml).*"), *package.files(r".*/Res/.*\.(png|jpe?g|bmp|tiff?)"))
    segments.extend(package.leftovers())
    return Extraction(tuple(segments), tuple(unexamined), links, files)


def _page(root: etree._Element, place: str, context: Context, *, hidden: bool = False) -> Iterator[Segment]:
    """The lines of a page as one segment; objects that are not seen as one more for each reason."""
    lines: dict[str, list[tuple[float, float, str]]] = {}
    for node in root.iter("{*}TextObject"):
        text = "".join(code.text or "" for code in node.iter("{*}TextCode"))
        if text.strip():
            left, top, _, _ = _box(node.get("Boundary") or "")
            lines.setdefault(_why(node), []).append((top, left, text))
    for node in root.iter("{*}Remark", "{*}Parameter"):
        if (node.text or "").strip():
            yield context.segment((node.text or "").strip(), place, hidden=True, origin=Origin.COMMENT)
    for why, found in lines.items():
        shown = f"{place}（{why}）" if why else place
        yield context.segment(_joined(found), shown, hidden=hidden or bool(why))


def _joined(found: list[tuple[float, float, str]]) -> str:
    """Objects at one height are one line, from left to right, parted where columns are."""
    rows: list[list[tuple[float, float, str]]] = []
    for piece in sorted(found):
        if rows and abs(rows[-1][0][0] - piece[0]) < _LINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return "\n".join("\t".join(text for _, _, text in sorted(row, key=lambda p: p[1])) for row in rows)


def _why(node: etree._Element) -> str:
    if node.get("Visible") == "false":
        return "隐藏文字"
    if node.get("Alpha") == "0":
        return "全透明"
    colour = node.find("{*}FillColor")
    if colour is not None:
        if colour.get("Alpha") == "0":
            return "全透明"
        parts = (colour.get("Value") or "").split()
        whole = len(parts) == 3 and all(part.isdigit() for part in parts)
        if whole and same("".join(f"{min(255, int(part)):02X}" for part in parts), "FFFFFF"):
            return "白色文字"
    try:
        return "极小字号" if 0 < float(node.get("Size") or 9) < _SMALL else ""
    except ValueError:
        return ""


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        left, top, width, height = (float(part) for part in text.split())
    except ValueError:
        return 0.0, 0.0, 0.0, 0.0
    return left, top, width, height
