"""The whole line on a small world, as a program of its own that can be killed: ``python line.py WORKSPACE``.

``--replica`` says where the demo's replica listens; it lives on while the line is killed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crawler.plan import ReplicaAddress
from domain.clock import Clock
from domain.inspection import InspectionScope
from pipelines.inspection import inspect
from pipelines.workspace import Workspace
from replica.demo import DEMO_NOW


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--replica", required=True)
    options = parser.parse_args()
    host, http_port, tls_port, spki = options.replica.split(",")
    address = ReplicaAddress(host, int(http_port), int(tls_port), spki)
    result = inspect(Workspace.find(options.workspace), InspectionScope(), Clock(DEMO_NOW, fixed=True), replica=address)
    print(result.inspection.id, result.resumed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
