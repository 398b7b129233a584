"""One tree of errors. Each message says where, what, why and what to do, in Chinese, on one line."""

from __future__ import annotations

import errno

#: What the operating system says in English, for a person.
_REASONS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EEXIST: "同名文件已存在",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EISDIR: "这是目录，不是文件",
    errno.ENOTEMPTY: "目录不是空的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "系统打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EAGAIN: "系统资源不足",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EBUSY: "文件正被占用",
    errno.ETXTBSY: "文件正被占用",
    errno.EIO: "磁盘读写出错",
    errno.EBADF: "标准输入或输出已关闭",
    errno.EINVAL: "系统不支持这样的路径",
    errno.EXDEV: "不能跨磁盘移动",
    errno.EADDRINUSE: "端口已被占用",
}


def system_reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese; its own words for what is not known."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


class XunjianError(Exception):
    """Base of every error that is meant for a person to read."""


class ConfigError(XunjianError):
    """The workspace, its configuration or its key cannot be used."""


class DataError(XunjianError):
    """A row or field of a file that people edit is wrong.

    ``path`` is the file as the person named it, ``row`` the 1-based row (header = 1) where there is one.
    """

    def __init__(self, path: str, problem: str, *, row: int | None = None) -> None:
        self.path = path
        self.row = row
        self.problem = problem
        where = path if row is None else f"{path}:{row}"
        self.also: tuple[DataError, ...] = ()
        super().__init__(f"{where}：{problem}")

    @property
    def problems(self) -> tuple[DataError, ...]:
        """This problem and the others of the same reading, so that a person can correct all of them in one go."""
        return (self, *self.also)

    def __str__(self) -> str:
        return "\n".join(Exception.__str__(problem) for problem in self.problems)


class RuleError(DataError):
    """A rule file is wrong."""


class LexiconError(DataError):
    """A word list is wrong."""


class RegistryError(DataError):
    """The register of accounts is wrong."""


class DocumentError(DataError):
    """A document could not be read (broken, encrypted, not the type its name says)."""


class ImportFileError(DataError):
    """A file of posts brought by hand cannot be used, or a row of it is refused."""


class StoreError(XunjianError):
    """The database or the evidence archive refused."""


class CrawlError(XunjianError):
    """The crawl could not be started at all (never: one account failed)."""


class PrintError(XunjianError):
    """A document could not be printed as PDF."""
