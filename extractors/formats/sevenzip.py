"""7z archives."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator

from domain.post import Unexamined
from extractors.model import Ability, Context, Embedded, Extraction, MissingTool
from extractors.office.archives import listing, oversized

_REMEDY = "请安装 xunjian[docs]，或改用 zip 格式重新压缩"


def abilities() -> Iterator[Ability]:
    """Whether the library is there."""
    there = importlib.util.find_spec("py7zr") is not None
    yield Ability("7z 压缩包", there, "可以解开" if there else "缺少组件 py7zr", "" if there else _REMEDY)


def extract(body: bytes, context: Context) -> Extraction:
    """Every file inside; raises ``DocumentError`` and ``MissingTool``."""
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ImportError as error:
        raise MissingTool(context.part(), f"读取 7z 压缩包缺少组件 py7zr，{_REMEDY}后再查") from error
    limits = context.limits
    try:
        with py7zr.SevenZipFile(io.BytesIO(body)) as archive:
            if archive.needs_password():
                raise context.problem("压缩包设有密码，未解开，请提供解密后的文件再查")
            infos = [info for info in archive.list() if not info.is_directory]
            names = [info.filename for info in infos]
            unexamined: list[Unexamined] = []
            wanted: list[str] = []
            room = limits.unpacked_bytes
            for info in infos[: limits.files]:
                # files packed together tell no size of their own in the archive: the archive's counts for all
                reason = oversized(info.uncompressed, len(body), context)
                room -= info.uncompressed
                if not reason and room < 0:
                    reason = f"解开后的内容超过 {limits.unpacked_bytes // 2**20} MB，未解开，请拆分后再查"
                if reason:
                    unexamined.append(context.unexamined(reason, info.filename))
                else:
                    wanted.append(info.filename)
            factory = BytesIOFactory(limits.file_bytes)
            if wanted:
                archive.extract(targets=wanted, factory=factory)
    except py7zr.exceptions.PasswordRequired as error:
        raise context.problem("压缩包设有密码，未解开，请提供解密后的文件再查") from error
    except (py7zr.exceptions.ArchiveError, py7zr.exceptions.InternalError, EOFError, OSError, ValueError) as error:
        raise context.problem("压缩包损坏或不完整，未解开，请重新压缩后再查") from error
    if len(infos) > limits.files:
        reason = f"压缩包内有 {len(infos)} 个文件，只看前 {limits.files} 个，请拆分后再查"
        unexamined.append(context.unexamined(reason))
    files = []
    for name in wanted:
        product = factory.products.get(name)
        if product is not None:
            product.seek(0)
            files.append(Embedded.of(name, bytes(product.read())))
    return Extraction(tuple(listing(names, context)), tuple(unexamined), embedded=tuple(files))
