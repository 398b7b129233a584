"""An extractor that does what its file says: crash, hang, fill the memory, call somebody, write somewhere."""

import ctypes
import os
import socket
import subprocess
import time
from pathlib import Path

from extractors.model import Context, Extraction

SECONDS = 4.0


def _crash(context: Context) -> None:
    ctypes.string_at(0)


def _hang(context: Context) -> None:
    context.at("第37页")
    while True:
        time.sleep(10)


def _spin(context: Context) -> None:
    while True:
        pass


def _fill(context: Context) -> None:
    blocks = []
    while True:
        blocks.append(bytearray(64 * 1024 * 1024))


def _call(context: Context) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _start(context: Context) -> None:
    subprocess.run(["/bin/true"], check=False)


def _write(context: Context) -> None:
    Path("/tmp/xunjian-faulty-extractor").write_text("x")


def _leave(context: Context) -> None:
    os._exit(3)


def _lie(context: Context) -> None:
    """Frames that are none, past the program's own."""
    for handle in range(3, 12):
        try:
            os.write(handle, b"R" + (2**40).to_bytes(8, "little") + b"x" * 64)
        except OSError:
            continue


def _secret(context: Context) -> None:
    raise ValueError(os.environ.get("XUNJIAN_SECRET", "nothing"))


def extract(body: bytes, context: Context) -> Extraction:
    action = body[1:].decode().strip()
    globals()[f"_{action}"](context)
    return Extraction((context.segment(f"after {action}"),))
