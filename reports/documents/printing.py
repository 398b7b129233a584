"""An official document as PDF: LibreOffice prints the docx, in a process of its own with a bound on its time.

LibreOffice is not part of the program. It was preferred to printing a page by the browser because it prints the very
file that the office gets: one layout, and what is measured on the paper holds for the docx.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from domain.errors import PrintError, system_reason
from reports.documents import fonts, layout
from reports.documents.content import Official

#: Environment variable that names the program to use.
VARIABLE: Final = "XUNJIAN_SOFFICE"
_NAMES: Final = ("soffice", "libreoffice")
#: Where installers put it without a name on the path.
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
#: A document of hundreds of pages takes seconds; a first start on a slow disk takes most of a minute (seconds).
PATIENCE: Final = 180.0
ADVICE: Final = "请安装 LibreOffice（如 apt-get install libreoffice-writer），或用 Word、WPS 打开 docx 另存为 PDF"


def find_printer() -> str:
    """Path of LibreOffice: the one named by the environment, one on the path, one of an installer, or ``""``."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return shutil.which(named) or ""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), "")


def stand_ins() -> dict[str, str]:
    """The faces that a page printed here cannot have, each with the one that stands in for it."""
    return fonts.faces_for(fonts.installed()).substituted


def pdf(document: Official, *, patience: float = PATIENCE) -> bytes:
    """``document`` as PDF, with the faces that are installed here. Raises ``PrintError`` with what to do about it."""
    printer = find_printer()
    if not printer:
        raise PrintError(f"PDF：本机没有 LibreOffice，不能直接出 PDF；{ADVICE}")
    with tempfile.TemporaryDirectory(prefix="xunjian-print-") as folder:
        place = Path(folder)
        source = place / "document.docx"
        source.write_bytes(layout.render(document, fonts.faces_for(fonts.installed())))
        _print(printer, source, place, patience)
        printed = source.with_suffix(".pdf")
        if not printed.is_file():
            raise PrintError(f"PDF：LibreOffice（{printer}）没有印出文件；请用 Word、WPS 打开 docx 另存为 PDF")
        return printed.read_bytes()


def _print(printer: str, source: Path, folder: Path, patience: float) -> None:
    """Have it print. Its profile lies in ``folder`` too: a running LibreOffice of the user is left alone."""
    command = [
        printer, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "pdf", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        # A session of its own: the program starts another one, which has to end with it.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise PrintError(f"PDF：LibreOffice（{printer}）启动不了（{system_reason(error)}）；{ADVICE}") from error
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"PDF：LibreOffice 超过 {patience:.0f} 秒没有印完，已停止；{ADVICE}") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        except PermissionError:
            process.kill()
    else:
        process.kill()
    process.wait()
