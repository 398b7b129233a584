"""What goes into an extractor and what comes out of it.

An extractor is one module ``extractors/formats/<kind>.py`` (``kind`` as ``sniff.kind_of`` names it, ``-`` written
``_``) with one function ``extract(body: bytes, context: Context) -> Extraction``. Nothing else registers it. It may
also have

* ``SECONDS``: wall time allowed between two calls of ``context.at`` (default ``Limits.seconds``);
* ``MEMORY``: address space that it may take, in bytes (default ``Limits.memory``);
* ``abilities() -> tuple[Ability, ...]``: what this machine can do with the kind, for ``xunjian doctor``.

It runs in a child process without network, and may raise anything: ``DocumentError`` where it knows what is wrong,
``MissingTool`` where a library or a program is not installed. Optional libraries are imported inside functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.errors import DocumentError
from domain.post import Origin, Segment, Unexamined
from extractors.cells import Grid, opened
from extractors.limits import DEFAULT, Limits


class MissingTool(DocumentError):
    """A library or a program that this kind of file needs is not installed; the problem names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside a file. ``load`` is called at most once, when its turn comes; it may raise as an extractor may."""

    name: str
    load: Callable[[], bytes]
    hidden: bool = False
    media_type: str = ""

    @classmethod
    def of(cls, name: str, body: bytes, *, hidden: bool = False, media_type: str = "") -> Embedded:
        """A file whose bytes are at hand."""
        return cls(name, lambda: body, hidden, media_type)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The texts of a file, the parts that could not be searched, the addresses it links to, and the files inside it
    (``embedded`` is empty in what ``extract`` hands out: they have been gone through).

    ``grids`` are cells that are not segments yet, each with how many of ``segments`` stand before it; they are opened
    on the parent's side (``opened``), and ``extract`` hands out none.
    """

    segments: tuple[Segment, ...] = ()
    unexamined: tuple[Unexamined, ...] = ()
    links: tuple[str, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    grids: tuple[tuple[int, Grid], ...] = ()

    def opened(self) -> Extraction:
        """The same with every cell as a segment; raises ``ValueError`` where a row is not of its shape."""
        return replace(self, segments=opened(self.segments, self.grids), grids=()) if self.grids else self


def _nowhere(place: str) -> None:
    del place


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Around one file: its name, the field its segments belong to, and its limits.

    ``shown`` is what stands before every place inside it: empty for a draft, whose places need no file name; the names
    of the files around it and its own, joined by ``!``, elsewhere. ``hidden`` is true where the file itself lies
    somewhere a reader does not look.
    """

    name: str
    field: str
    shown: str = ""
    media_type: str = ""
    hidden: bool = False
    depth: int = 0
    limits: Limits = DEFAULT
    report: Callable[[str], None] = _nowhere

    def place(self, locator: str = "") -> str:
        """A readable place: ``名单.xlsx!Sheet2!C7``; just the inner place for a draft."""
        return "!".join(filter(None, (self.shown, locator)))

    def part(self, locator: str = "") -> str:
        """The same, but never empty: what an ``Unexamined`` is about."""
        return self.place(locator) or self.name

    def segment(
        self,
        text: str,
        locator: str = "",
        *,
        hidden: bool = False,
        origin: Origin = Origin.DOCUMENT,
        context: str = "",
    ) -> Segment:
        """A segment at ``locator`` of this file."""
        return Segment(self.field, text, origin, hidden or self.hidden, self.place(locator), context)

    def unexamined(self, reason: str, locator: str = "") -> Unexamined:
        """A part that could not be searched, with cause and remedy in Chinese."""
        return Unexamined(self.part(locator), reason)

    def problem(self, text: str) -> DocumentError:
        """The error to raise where the whole file cannot be read: ``problem`` is cause and remedy in Chinese."""
        return DocumentError(self.part(), text)

    def at(self, locator: str) -> None:
        """Say where the work has come to (a page, a picture): the clock of the file starts anew, and a crash from here
        on is told with this place."""
        self.report(self.part(locator))

    def inside(self, inner: Embedded) -> Context:
        """The context of a file inside this one."""
        return replace(
            self,
            name=inner.name,
            shown=self.place(inner.name),
            media_type=inner.media_type,
            hidden=self.hidden or inner.hidden,
            depth=self.depth + 1,
        )


@dataclass(frozen=True, slots=True)
class Ability:
    """What this machine can do with a kind of file: ``label`` in Chinese, and what to do where it cannot."""

    label: str
    ok: bool
    detail: str = ""
    remedy: str = ""
