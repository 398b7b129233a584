"""One file, and every file inside it, through the extractors. Whatever goes wrong in it becomes an ``Unexamined`` part:
nothing is dropped in silence. Runs in the child process (``extractors.worker``), and in tests without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType

from domain.errors import DocumentError
from domain.post import Segment, Unexamined
from extractors import formats
from extractors.limits import Limits
from extractors.model import Context, Embedded, Extraction
from extractors.sniff import kind_of

_UNPACK = "压缩包未解开，请解压后逐个检查"
#: What is said of a kind that has no extractor.
_REASONS = {
    "image": "图片中的文字未识别，请人工查看",
    "svg": "矢量图中的文字未识别，请人工查看",
    "video": "视频内容未检查，请人工查看",
    "audio": "音频内容未检查，请人工收听",
    "broken-office": "文件损坏（压缩结构不完整），请重新导出或重新上传后再查",
    "encrypted-office": "文档设有打开密码，请解除密码后再查",
    "ppt": "暂不能读取旧版演示文稿，请另存为 PDF 后再查",
    "pptx": "暂不能读取演示文稿，请另存为 PDF 后再查",
    **dict.fromkeys(("zip", "rar", "sevenzip", "tar", "gzip", "bzip2", "xz"), _UNPACK),
    **dict.fromkeys(("doc", "rtf", "odt", "ofd"), "暂不能读取这种文档，请另存为 docx 后再查"),
    "unknown": "不认识的文件类型，请人工查看",
}

#: Tells the extraction of one file of the tree: its path in the tree (``0/2``) and what came out.
Emit = Callable[[str, Extraction], None]
#: Tells that work on a file begins: its path in the tree, its place, its extractor.
Begin = Callable[[str, Context, ModuleType | None], None]


@dataclass(slots=True)
class Walk:
    """The going through of one file. ``done`` are paths in the tree already told in an earlier try, ``lost`` those at
    which the child ended, with place and reason."""

    emit: Emit
    begin: Begin
    done: frozenset[str] = frozenset()
    lost: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: int = 0
    unpacked: int = 0
    segments: int = 0
    characters: int = 0

    def go(self, body: bytes, context: Context, path: str = "0") -> None:
        """Everything in ``body`` and in the files inside it. Never raises for a bad file."""
        self.files += 1
        reason = self._refusal(body, context)
        if reason:
            return self._tell(path, _unexamined(context, reason))
        kind = kind_of(body, context.name, context.media_type)
        try:
            module = formats.find(kind)
        except ImportError as error:
            return self._tell(path, _unexamined(context, _missing(error)))
        self.begin(path, context, module)
        found = _read(module, kind, body, context)
        self._tell(path, replace(found, embedded=()))
        del body
        for number, inner in enumerate(found.embedded):
            self._inner(inner, context, f"{path}/{number}")
        return None

    def _refusal(self, body: bytes, context: Context) -> str:
        limits = context.limits
        self.unpacked += len(body) if context.depth else 0
        if not body:
            return "文件是空的（0 字节），请核对是否上传完整"
        if len(body) > limits.file_bytes:
            return f"文件过大（{len(body) // 2**20} MB，上限 {limits.file_bytes // 2**20} MB），未打开，请人工查看"
        if self.unpacked > limits.unpacked_bytes:
            return f"解开后的内容超过 {limits.unpacked_bytes // 2**20} MB，其余未打开，请拆分后再查"
        return ""

    def _inner(self, inner: Embedded, context: Context, path: str) -> None:
        within = context.inside(inner)
        limits = context.limits
        if within.depth > limits.depth:
            reason = f"文件层层嵌套超过 {limits.depth} 层，里层未打开，请逐层解压后再查"
            return self._tell(path, _unexamined(within, reason))
        if self.files > limits.files:
            if self.files == limits.files + 1:
                self.files += 1
                reason = f"内含文件超过 {limits.files} 个，从这个文件起未打开，请拆分后再查"
                self._tell(path, _unexamined(within, reason))
            return None
        if path in self.lost:
            place, reason = self.lost[path]
            return self._tell(path, Extraction(unexamined=(Unexamined(place, reason),)))
        self.begin(path, within, None)
        try:
            body = inner.load()
        except DocumentError as error:
            return self._tell(path, _unexamined(within, error.problem))
        except Exception as error:
            return self._tell(path, _unexamined(within, _broken(error)))
        return self.go(body, within, path)

    def _tell(self, path: str, found: Extraction) -> None:
        if path not in self.done:
            self.emit(path, found)


def _read(module: ModuleType | None, kind: str, body: bytes, context: Context) -> Extraction:
    if module is None:
        return _unexamined(context, _REASONS.get(kind, _REASONS["unknown"]))
    try:
        found: Extraction = module.extract(body, context)
    except DocumentError as error:
        return _unexamined(context, error.problem)
    except ImportError as error:
        return _unexamined(context, _missing(error))
    except RecursionError:
        return _unexamined(context, "文件结构嵌套过深，未读完，请人工查看")
    except MemoryError:
        return _unexamined(context, f"读取所需内存超过上限（{context.limits.memory // 2**20} MB），请拆分或另存后再查")
    except Exception as error:  # a hostile file may make any parser raise anything; the rest of the work goes on
        return _unexamined(context, _broken(error))
    return _bounded(found, context)


def _bounded(found: Extraction, context: Context) -> Extraction:
    """No more text than the limits allow; what is cut is told."""
    limits = context.limits
    cells = sum(grid.count for _, grid in found.grids)
    signs = sum(grid.characters for _, grid in found.grids) + sum(len(segment.text) for segment in found.segments)
    if len(found.segments) + cells <= limits.segments and signs <= limits.characters:
        return found
    found = found.opened()
    room = limits.characters
    kept: list[Segment] = []
    for number, segment in enumerate(found.segments):
        room -= len(segment.text)
        if room < 0 or number >= limits.segments:
            reason = f"文字过多（超过 {limits.segments} 格或 {limits.characters} 字），这里以后未检查，请拆分后再查"
            more = Unexamined(segment.locator or context.part(), reason)
            return replace(found, segments=tuple(kept), unexamined=(*found.unexamined, more))
        kept.append(segment)
    return found


def _broken(error: Exception) -> str:
    return f"文件损坏或格式不规范（{type(error).__name__}），请重新导出后再查"


def _missing(error: ImportError) -> str:
    return f"缺少读取组件 {error.name or error}，请安装 xunjian[docs,ocr] 后再查"


def _unexamined(context: Context, reason: str) -> Extraction:
    return Extraction(unexamined=(context.unexamined(reason),))


def extract_here(
    data: bytes, name: str, *, field: str, media_type: str = "", limits: Limits | None = None
) -> Extraction:
    """What ``extractors.extract`` gives, without a child process: for tests and benchmarks, and for plain text."""
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    links: list[str] = []

    def emit(path: str, found: Extraction) -> None:
        del path
        segments.extend(found.opened().segments)
        unexamined.extend(found.unexamined)
        links.extend(found.links)

    def begin(path: str, context: Context, module: ModuleType | None) -> None:
        del path, context, module

    Walk(emit, begin).go(data, context_of(name, field, media_type, limits or Limits()))
    return Extraction(tuple(segments), tuple(unexamined), tuple(dict.fromkeys(links)))


def context_of(
    name: str, field: str, media_type: str, limits: Limits, report: Callable[[str], None] | None = None
) -> Context:
    """The context of a file that lies in no other: places in a draft need no file name."""
    shown = "" if field in ("title", "body") else name
    context = Context(name=name, field=field, shown=shown, media_type=media_type, limits=limits)
    return context if report is None else replace(context, report=report)
