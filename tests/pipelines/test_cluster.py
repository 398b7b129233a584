"""The same findings from a cluster of two workers, one of which is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pipelines import bulk
from scanners.factory import ScannerSpec

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed (extra scale)")
ID = "349901199001011231"
SPEC = ScannerSpec(b"k" * 32)
#: The library leaves sockets and loops to the garbage collector when a worker dies.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.filterwarnings("default::UserWarning"),
]


def test_one_worker_of_two_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, alone, spread = (tmp_path / name for name in ("in.jsonl", "alone.jsonl", "spread.jsonl"))
    with source.open("w", encoding="utf-8") as lines:
        for number in range(4000):
            text = f"第{number}条，程某{ID}，" + "柳溪市养老服务工作平稳有序。" * 20
            lines.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    bulk.scan_file(source, alone, SPEC, workers=1)
    monkeypatch.setattr(bulk, "BATCH_LINES", 40)
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
        started = threading.Event()
        killer = threading.Thread(target=_kill, args=(victim, started))
        killer.start()
        original = bulk._add

        def add(*parts: bulk.ScanStats) -> None:
            original(*parts)
            started.set()

        monkeypatch.setattr(bulk, "_add", add)
        stats = bulk.scan_file(source, spread, SPEC, cluster=cluster.scheduler_address)
        killer.join()
        assert victim not in client.run(os.getpid).values()
    assert stats.documents == 4000
    assert spread.read_bytes() == alone.read_bytes()


def _kill(process: int, started: threading.Event) -> None:
    assert started.wait(60)
    time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
