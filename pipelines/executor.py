"""The one place where heavy work is spread. A cluster takes its place by offering another ``Executor``."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from domain.errors import ConfigError
from pipelines.liveness import end_with_parent

P = ParamSpec("P")
T = TypeVar("T")

#: Below this many pieces of work a second process costs more than it saves (it loads dictionaries for a second).
WORTHWHILE = 400
#: Seconds to wait for the scheduler of a cluster.
CLUSTER_TIMEOUT = 15
#: How often a piece of work is given to another worker of a cluster after one was lost with it.
CLUSTER_RETRIES = 3


class InlineExecutor(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished future of ``fn``."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Spread:
    """Who does the work, and how many do it at once."""

    executor: Executor
    workers: int


@contextmanager
def open_executor(workers: int, amount: int) -> Iterator[Executor]:
    """An executor for about ``amount`` pieces of work; ``workers`` 0 means one for each processor.

    What is submitted must be picklable: functions of modules, and plain values.
    """
    count = workers or os.cpu_count() or 1
    if count < 2 or amount < WORTHWHILE:
        yield InlineExecutor()
        return
    # "spawn": a forked child would inherit the lock of the running inspection and the database's connections.
    with _pool(count, "spawn") as pool:
        yield pool


@contextmanager
def open_pool(workers: int) -> Iterator[Spread]:
    """``workers`` processes for a command that holds no lock and no connection.

    Where it is safe they are copies of this process, tables and all, and start at once.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
    with _pool(workers, "fork" if can_fork and threading.active_count() == 1 else "spawn") as pool:
        yield Spread(pool, workers)


@contextmanager
def _pool(workers: int, method: str) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_cluster(address: str) -> Iterator[Spread]:
    """The workers of the dask.distributed cluster whose scheduler is at ``address``; lost work is done again elsewhere.

    TLS is set up as dask does it: its configuration files, or ``DASK_DISTRIBUTED__COMM__TLS__…``. Raises
    ``ConfigError`` where the extra is not installed, nobody answers, no worker is there, or texts would leave this
    machine unencrypted.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise ConfigError("--cluster：没有安装 dask.distributed；请安装 xunjian[scale]，或去掉 --cluster") from error
    _check_encrypted(address)
    try:
        client = distributed.Client(address, timeout=CLUSTER_TIMEOUT, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise ConfigError(f"--cluster：连不上 {address}（{type(error).__name__}）；请核对地址和 TLS 设置") from error
    with client:
        workers = sum(info["nthreads"] for info in client.scheduler_info(n_workers=-1)["workers"].values())
        if not workers:
            raise ConfigError(f"--cluster：{address} 上没有工作进程；请先启动 dask worker")
        executor = client.get_executor(retries=CLUSTER_RETRIES, pure=False)
        try:
            yield Spread(executor, workers)
        finally:
            executor.shutdown(wait=True)


def _check_encrypted(address: str) -> None:
    scheme, _, rest = address.rpartition("://")
    host = rest.rpartition(":")[0].strip("[]")
    if scheme not in ("tls", "wss") and host not in ("127.0.0.1", "::1", "localhost"):
        raise ConfigError(f"--cluster：{address} 不加密，稿件会以明文经过网络；请给集群配置 TLS，地址以 tls:// 开头")


def in_flight(executor: Executor, fn: Callable[..., T], work: Iterator[tuple[Any, ...]], limit: int) -> Iterator[T]:
    """Results of ``fn`` over ``work`` in order, with at most ``limit`` pieces submitted and not yet taken."""
    waiting: deque[Future[T]] = deque()
    for arguments in work:
        waiting.append(executor.submit(fn, *arguments))
        if len(waiting) >= limit:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
