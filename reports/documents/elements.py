"""The pieces of WordprocessingML that python-docx has no word for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.documents.fonts import ALTERNATIVES, Face, Faces

#: Control characters that XML 1.0 cannot hold.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Every member of the archive bears this moment, so that one document always gives one file.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return _CONTROL.sub("\ufffd", text)


def element(name: str, **attributes: object) -> Any:
    """``<w:name w:key="value"/>``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


#: The order in which the format wants the children of a properties element; Word calls another order damage.
_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
        "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
        "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
        "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    ),
    "rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
        "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
        "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
        "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    ),
    "tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
        "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
        "tblDescription",
    ),
}  # fmt: skip


def put(properties: Any, child: Any) -> None:
    """Put ``child`` where it belongs among the children of ``pPr``, ``rPr`` or ``tblPr``."""
    order = _ORDER[properties.tag.rpartition("}")[2]]
    name = child.tag.rpartition("}")[2]
    properties.insert_element_before(child, *(f"w:{one}" for one in order[order.index(name) + 1 :]))


def set_faces(properties: Any, east_asian: str, latin: str) -> None:
    """Name the faces of a run or style (its ``rPr``): Chinese, and Latin letters and digits."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), latin)
    # Quotation marks and dashes stand in both alphabets: here they are Chinese ones.
    fonts.set(qn("w:hint"), "eastAsia")


def add_field(run: Any, code: str) -> None:
    """A field, such as ``PAGE``."""
    run._r.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = code
    run._r.append(instruction)
    run._r.append(element("fldChar", fldCharType="end"))


def add_link(paragraph: Any, address: str) -> Any:
    """A hyperlink to ``address``; returns the run in it."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run()
    link.append(run._r)
    paragraph._p.append(link)
    return run


def rule_under(paragraph: Any, *, eighths: int, colour: str, space: int = 0, side: str = "bottom") -> None:
    """A rule along a paragraph: ``eighths`` of a point thick, ``space`` points away."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        put(properties, borders)
    borders.append(element(side, val="single", sz=eighths, space=space, color=colour))


def font_table(faces: Faces) -> bytes:
    """``fontTable.xml``: each face with its alternatives, which a word processor takes where the face is missing."""
    body = "".join(
        f'<w:font w:name="{faces[face]}"><w:altName w:val="{",".join(ALTERNATIVES[face][:3])}"/>'
        f'<w:charset w:val="{"00" if face is Face.LATIN else "86"}"/></w:font>'
        for face in Face
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{space}">{body}</w:fonts>'.encode()
    )


def repacked(archive: bytes) -> bytes:
    """The same archive with members in a fixed order and at a fixed moment."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        # The list of contents stands first, as readers of the format expect.
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()
