"""The one place where heavy work is spread. A cluster takes its place by offering another ``Executor``."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from pipelines.liveness import end_with_parent

P = ParamSpec("P")
T = TypeVar("T")

#: Below this many pieces of work a second process costs more than it saves (it loads dictionaries for a second).
WORTHWHILE = 400


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
    pool = ProcessPoolExecutor(
        max_workers=count, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def in_flight(executor: Executor, fn: Callable[..., T], work: Iterator[tuple[Any, ...]], limit: int) -> Iterator[T]:
    """Results of ``fn`` over ``work`` in order, with at most ``limit`` pieces submitted and not yet taken."""
    waiting: list[Future[T]] = []
    for arguments in work:
        waiting.append(executor.submit(fn, *arguments))
        if len(waiting) >= limit:
            yield waiting.pop(0).result()
    while waiting:
        yield waiting.pop(0).result()
