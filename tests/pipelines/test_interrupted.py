"""kill -9 at any moment, the same command again: the same posts and findings as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.workspace import Workspace
from tests.pipelines.world import SMALL, everything, served, workspace

LINE = Path(__file__).with_name("line.py")
ROUNDS = int(os.environ.get("XUNJIAN_TEST_KILLS", "20"))
KILLS_IN_A_ROW = 4

pytestmark = pytest.mark.slow


def start(root, server):
    place = f"127.0.0.1,{server.http_port},{server.tls_port},{server.spki}"
    return subprocess.Popen(
        [sys.executable, str(LINE), str(root), "--replica", place], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(root, server, seconds=None):
    """The line once; killed after ``seconds``. What it printed, or nothing where it was killed."""
    process = start(root, server)
    try:
        output, errors = process.communicate(timeout=seconds or 240)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert seconds is not None, "a run that nobody killed does not end"
        return None
    assert process.returncode == 0, errors.decode()[-2000:]
    return output.decode().split()


def test_killed_at_random_moments_it_ends_the_same(tmp_path):
    seed = int(os.environ.get("XUNJIAN_TEST_SEED", "20260618"))
    moments = random.Random(seed)
    kills = taken_up = number = 0
    with served() as (demo, server):
        calm = workspace(tmp_path / "calm", demo, *SMALL).root
        began = time.monotonic()
        run(calm, server)
        seconds = time.monotonic() - began
        expected = everything(Workspace(calm))
        assert len(expected["posts"]) > 100
        assert len(expected["findings"]) >= 10
        while kills < ROUNDS:
            number += 1
            root = workspace(tmp_path / f"round{number}", demo, *SMALL).root
            ended = None
            for _ in range(KILLS_IN_A_ROW):
                ended = run(root, server, moments.uniform(0.5, seconds))
                if ended is not None:
                    break
                kills += 1
            ended = ended or run(root, server)
            taken_up += ended[1] == "True"
            assert everything(Workspace(root)) == expected, f"seed {seed}, workspace {number}, {kills} kills"
        assert taken_up, "at least one interrupted inspection was taken up"
