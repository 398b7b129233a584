"""Follows links as the line does: in a process of its own, against a stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from errand import NOW
from rig import StandIn

from crawler.resolver.plan import LinkPlan
from domain.clock import Clock

SUPPORT = Path(__file__).parent
ROOT = SUPPORT.parents[2]


def follow(server: StandIn, links, **options) -> list[dict]:
    plan = LinkPlan(
        links=tuple(links), clock=Clock(NOW, True), replica=server.address, polite={"delay": 0, "timeout": 2}, **options
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(SUPPORT)])}
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "follow.py")],
        input=plan.to_json().encode(),
        capture_output=True,
        env=environment,
        timeout=120,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]
