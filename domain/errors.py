"""One tree of errors. Each message says where, what, why and what to do, in Chinese, on one line."""

from __future__ import annotations


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


class StoreError(XunjianError):
    """The database or the evidence archive refused."""


class CrawlError(XunjianError):
    """The crawl could not be started at all (never: one account failed)."""
