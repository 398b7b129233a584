"""The old binary container of Office: its streams, its properties, and numbers left in any of them."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from domain.post import Origin, Segment
from extractors.model import Ability, Context, Embedded, MissingTool
from extractors.office.chains import runs_in_circle

_REMEDY = "请安装 xunjian[docs]，或另存为 docx/xlsx"
#: An identity number or an account, one byte or two bytes a sign.
_NARROW = re.compile(rb"(?<![0-9A-Za-z.])[1-9](?:[0-9]{10}|[0-9]{14}|[0-9]{15,18}|[0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
_WIDE = re.compile(rb"(?<![0-9A-Za-z.]\x00)[1-9]\x00(?:[0-9]\x00){10,18}(?:[Xx]\x00)?(?![0-9A-Za-z]\x00)")
_MOST = 2000


def ability(label: str) -> Ability:
    """Whether the library for the container is there."""
    there = importlib.util.find_spec("olefile") is not None
    return Ability(label, there, "可以读取" if there else "缺少组件 olefile", "" if there else _REMEDY)


class Container:
    """An open container; raises ``DocumentError`` for a broken one, ``MissingTool`` without the library."""

    def __init__(self, body: bytes, context: Context) -> None:
        try:
            import olefile
        except ImportError as error:
            raise MissingTool(context.part(), f"读取旧版文档缺少组件 olefile，{_REMEDY}后再查") from error
        self._context = context
        if runs_in_circle(body):
            raise context.problem("文件损坏（内部扇区循环引用），未读取，请用原软件打开并另存为新文件后再查")
        try:
            self._ole: Any = olefile.OleFileIO(io.BytesIO(body))
            self.streams = ["/".join(path) for path in self._ole.listdir()]
        except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise context.problem("文件损坏或不完整，请用原软件打开并另存为新文件后再查") from error

    def read(self, name: str) -> bytes:
        """A stream; raises ``DocumentError`` for a broken one."""
        try:
            body: bytes = self._ole.openstream(name).read()
        except (OSError, ValueError, IndexError, TypeError) as error:
            raise self._context.problem("文件损坏或不完整，请用原软件打开并另存为新文件后再查") from error
        return body

    def find(self, *names: str) -> str:
        """The first of ``names`` that is there, whatever its case; empty where none is."""
        known = {stream.lower(): stream for stream in self.streams}
        return next((known[name.lower()] for name in names if name.lower() in known), "")

    def properties(self) -> Iterator[Segment]:
        """Author, company, title, keywords and whatever else the file says of itself."""
        for stream in self.streams:
            if not stream.startswith("\x05") or "SummaryInformation" not in stream:
                continue
            try:
                values: Iterable[Any] = self._ole.getproperties(stream, convert_time=True).values()
            except Exception:  # noqa: S112 - a broken property set says nothing; the numbers in it are leftovers
                continue
            for value in values:
                for item in value if isinstance(value, list) else (value,):
                    text = _decoded(item) if isinstance(item, bytes) else item if isinstance(item, str) else ""
                    text = text.strip("\x00 \r\n")
                    if text and not text.isdigit():
                        yield self._context.segment(text, "文档属性", hidden=True, origin=Origin.METADATA)

    def embedded(self) -> Iterator[Embedded]:
        """Files put into the document."""
        for stream in self.streams:
            last = stream.rsplit("/", 1)[-1].lower()
            if last == "package":
                yield Embedded(f"嵌入对象{len(stream)}", lambda stream=stream: self.read(stream), True)  # type: ignore[misc]
            elif last == "\x01ole10native":
                raw = self.read(stream)
                if (found := native(raw)) is not None:
                    yield Embedded.of(*found, hidden=True)

    def leftovers(self, read: Iterable[str]) -> Iterator[Segment]:
        """Numbers in the streams that nobody has ``read``."""
        known = set(read)
        for stream in self.streams:
            if stream not in known:
                try:
                    body = self.read(stream)
                except Exception:  # noqa: S112 - told once already, by whoever needs the stream
                    continue
                yield from left_in(body, stream.replace("\x01", "").replace("\x05", ""), self._context)


def left_in(body: bytes, name: str, context: Context) -> Iterator[Segment]:
    """Numbers in bytes of which nobody knows what they are."""
    seen: set[str] = set()
    for pattern in (_NARROW, _WIDE):
        for match in pattern.finditer(body):
            text = match[0].replace(b"\x00", b"").decode("ascii")
            if text not in seen and len(seen) < _MOST:
                seen.add(text)
                yield context.segment(text, f"文件残留数据（{name}）", hidden=True, origin=Origin.METADATA)


def native(raw: bytes) -> tuple[str, bytes] | None:
    """Name and bytes of a file that was dropped into a document; ``None`` where it is none."""
    end = raw.find(b"\x00", 6)
    if len(raw) < 12 or end < 0:
        return None
    name = _decoded(raw[6:end]).rsplit("\\", 1)[-1]
    at = raw.find(b"\x00", end + 1) + 1  # the path it came from
    at += 4
    if len(raw) < at + 4:
        return None
    at += 4 + int.from_bytes(raw[at : at + 4], "little")  # the path of the copy
    size = int.from_bytes(raw[at : at + 4], "little")
    body = raw[at + 4 : at + 4 + size]
    return (name or "嵌入对象", body) if body else None


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
