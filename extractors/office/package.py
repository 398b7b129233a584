"""Office files that are zip archives of XML parts, opened with care."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context, Embedded

#: A value that somebody may have hidden: eleven digits or more, perhaps with blanks or hyphens, not behind a point.
LONG_NUMBER = re.compile(r"(?<![\d.A-Fa-f])\d(?:[ \-]?\d){9,22}[\dXx](?![\d.A-Fa-f])")
#: No part is worth more leftovers than this.
_MOST_LEFTOVERS = 2000
#: A preview of fewer bytes shows shapes, no words.
_READABLE = 40_000
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf", ".svg")


class Package:
    """A zip archive whose parts are read within the limits of ``context``."""

    def __init__(self, body: bytes, context: Context) -> None:
        """Raises ``DocumentError`` for what is no zip archive, or is locked."""
        self._context = context
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise context.problem("文档损坏（压缩结构不完整），请重新导出后再查") from error
        infos = self._zip.infolist()
        if len(infos) > 20_000:
            raise context.problem(f"文档内部件过多（{len(infos)} 个），未打开，请人工查看")
        if any(info.flag_bits & 1 for info in infos):
            raise context.problem("文档已加密，请解除密码后再查")
        self._infos = {info.filename.lstrip("/"): info for info in infos if not info.is_dir()}
        self._unpacked = 0
        self.unread = set(self._infos)

    @property
    def names(self) -> list[str]:
        """The names of all parts, in their order."""
        return list(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def matching(self, pattern: str) -> list[str]:
        """The names of the parts that match ``pattern`` fully, shorter first, so that part 2 comes before part 10."""
        found = [name for name in self._infos if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises ``DocumentError`` where it unpacks beyond the limits."""
        info = self._infos[name]
        limits = self._context.limits
        self.unread.discard(name)
        if info.file_size > limits.part_bytes or self._unpacked + info.file_size > limits.unpacked_bytes:
            raise self._context.problem(f"文档解开后过大（{info.file_size // 2**20} MB），未打开，请人工查看")
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
            raise self._context.problem("文档的压缩比异常（疑似压缩炸弹，解开后过大），未打开，请核对来源")
        try:
            with self._zip.open(info) as part:
                # what the directory says of the size need not be true
                body = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self._context.problem("文档损坏（内容校验不符或不完整），请重新导出后再查") from error
        self._unpacked += len(body)
        return body

    def xml(self, name: str) -> etree._Element:
        """The tree of a part. Entities are never expanded, nothing outside is read; raises ``DocumentError``."""
        return parse(self.read(name), self._context)

    def targets(self, part: str) -> dict[str, tuple[str, bool]]:
        """The relations of a part: by id, the part (or address) they point to, and whether it lies outside."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if relations not in self._infos:
            return {}
        found: dict[str, tuple[str, bool]] = {}
        for node in self.xml(relations).iter("{*}Relationship"):
            target, outside = node.get("Target") or "", node.get("TargetMode") == "External"
            found[node.get("Id") or ""] = (target if outside else _resolve(folder, target), outside)
        return found

    def links(self) -> Iterator[str]:
        """Every address outside that a part points to."""
        for name in self.matching(r"(?:.*/)?_rels/[^/]*\.rels"):
            for node in self.xml(name).iter("{*}Relationship"):
                target = node.get("Target") or ""
                if node.get("TargetMode") == "External" and target.startswith(("http://", "https://")):
                    yield target

    def files(self, pattern: str) -> Iterator[Embedded]:
        """The files inside whose names match ``pattern``; hidden where a reader does not come upon them."""
        for name in self.matching(pattern):
            self.unread.discard(name)
            if "thumbnail" in name.lower() and self._infos[name].file_size < _READABLE:
                continue
            shown = name.rsplit("/", 1)[-1]
            hidden = "thumbnail" in name.lower() or not shown.lower().endswith(_PICTURES)
            yield Embedded(shown, lambda name=name: self.read(name), hidden)  # type: ignore[misc]

    def leftovers(self) -> Iterator[Segment]:
        """Numbers in XML parts that nobody has read: whatever the format may hold that this program does not know."""
        for name in sorted(self.unread):
            if PurePosixPath(name).suffix not in (".xml", ".rels", ".vml"):
                continue
            found = 0
            for node in self.xml(name).iter():
                if not isinstance(node.tag, str):
                    continue
                for text in (node.text, *node.attrib.values(), node.tail):
                    if text and found < _MOST_LEFTOVERS and LONG_NUMBER.search(text):
                        found += 1
                        yield self._context.segment(
                            text.strip()[:4000], f"文件内部数据（{name}）", hidden=True, origin=Origin.METADATA
                        )

    def properties(self) -> Iterator[Segment]:
        """Author, company, title, keywords and whatever else the file says of itself."""
        for name in self.matching(r"docProps/[^/]+\.xml"):
            root = self.xml(name)
            for node in root.iter():
                text = (node.text or "").strip()
                if text and isinstance(node.tag, str) and not _DULL.fullmatch(text):
                    label = node.getparent().get("name") if node.getparent() is not None else ""
                    label = label or node.tag.rsplit("}", 1)[-1]
                    yield self._context.segment(text, f"文档属性（{label}）", hidden=True, origin=Origin.METADATA)


#: Values of properties that are no text: counts, booleans, instants.
_DULL = re.compile(r"\d{1,8}|true|false|\d\d\d\d-\d\d-\d\dT[\d:.]+Z?|[\d.]{1,10}|Microsoft [A-Za-z ]+|Normal(\.dotm?)?")


def parse(body: bytes, context: Context) -> etree._Element:
    """The tree of an XML document without expanding entities or reading anything outside; raises ``DocumentError``."""
    if b"<!ENTITY" in body:
        raise context.problem("文档含有实体定义（疑似恶意构造，会无限展开），未读取，请核对来源")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise context.problem("文档结构嵌套过深（超过 256 层），未读取，请另存为新文件后再查") from error
        if "entity" in str(error).lower():
            raise context.problem("文档含有实体定义（疑似恶意构造，会无限展开），未读取，请核对来源") from error
        raise context.problem("文档损坏（内部 XML 不完整），请重新导出后再查") from error


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
