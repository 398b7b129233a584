"""Rar archives, where a program that unpacks them is installed."""

from __future__ import annotations

import importlib.util
import io
import shutil
from collections.abc import Iterator

from domain.post import Unexamined
from extractors.model import Ability, Context, Embedded, Extraction, MissingTool
from extractors.office.archives import listing, oversized

_PROGRAMS = ("unrar", "unar", "7zz", "7z", "bsdtar")
_REMEDY = "请安装 unrar 或 bsdtar（如 apt-get install libarchive-tools）和 xunjian[docs]，或改用 zip 格式重新压缩"


def abilities() -> Iterator[Ability]:
    """Whether the library and one of the programs are there."""
    program = next(filter(shutil.which, _PROGRAMS), "")
    if importlib.util.find_spec("rarfile") is None:
        yield Ability("rar 压缩包", False, "缺少组件 rarfile", _REMEDY)
    elif not program:
        yield Ability("rar 压缩包", False, "只能看文件名（没有 unrar、unar、7z 或 bsdtar）", _REMEDY)
    else:
        yield Ability("rar 压缩包", True, f"可以解开（{program}）")


def extract(body: bytes, context: Context) -> Extraction:
    """Every file inside; the names alone where no program is installed. Raises ``DocumentError``, ``MissingTool``."""
    try:
        import rarfile
    except ImportError as error:
        raise MissingTool(context.part(), f"读取 rar 压缩包缺少组件 rarfile，{_REMEDY}后再查") from error
    try:
        archive = rarfile.RarFile(io.BytesIO(body))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except rarfile.NeedFirstVolume as error:
        raise context.problem("这是分卷压缩包的后续部分，未解开，请合并后再查") from error
    except rarfile.PasswordRequired as error:
        raise context.problem("压缩包设有密码，未解开，请提供解密后的文件再查") from error
    except (rarfile.Error, OSError, ValueError) as error:
        raise context.problem("压缩包损坏或不完整，未解开，请重新压缩后再查") from error
    if archive.needs_password():
        raise context.problem("压缩包设有密码，未解开，请提供解密后的文件再查")
    names = [info.filename for info in infos]
    segments = tuple(listing(names, context))
    stored = all(info.compress_type == rarfile.RAR_M0 for info in infos)
    if not stored and not any(map(shutil.which, _PROGRAMS)):
        reason = f"rar 压缩包只看了文件名，内容未解开（没有解压程序），{_REMEDY}后再查"
        return Extraction(segments, (context.unexamined(reason),))
    files: list[Embedded] = []
    unexamined: list[Unexamined] = []
    for info in infos[: context.limits.files]:
        if reason := oversized(info.file_size, info.compress_size, context):
            unexamined.append(context.unexamined(reason, info.filename))
        else:
            files.append(Embedded(info.filename, lambda info=info: archive.read(info)))  # type: ignore[misc]
    return Extraction(segments, tuple(unexamined), embedded=tuple(files))
