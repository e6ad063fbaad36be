"""One pure function over many inputs, in several processes at once."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 3
"""Chunks for each process that are under way or done before the first of them is taken: bounds the memory."""

_standing: dict[int, ProcessPoolExecutor] | None = None
"""By number, processes that have begun and stand by (see `standing_by`); None when nobody asked for it."""

_make_ready: Callable[[], None] | None = None
"""What is done before others begin to stand by."""


def processors() -> int:
    """Return how many processors this process may use. No result depends on it, only the time it takes."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_ordered(function: Callable[[A], B], inputs: Iterable[A], *, processes: int, chunk: int = 8) -> Iterator[B]:
    """Yield `function(input)` for every one of *inputs*, in their order, whatever the number of *processes*.

    This process is one of them. With one this is a plain loop, and also where the system gives no further ones. The
    first chunk is done before others begin, so that they share what it brings along. *function* must be pure and
    defined at the top of a module; it, the inputs and the results travel between processes, *chunk* inputs at a time.
    An error of *function* is raised when its turn comes: the results before it have been yielded, exactly as in the
    plain loop.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a process was killed, as when memory runs out.
    """
    rest = iter(inputs)
    if processes <= 1:
        yield from map(function, rest)
        return
    if not _standing:
        yield from map(function, islice(rest, chunk))
    with _others(processes - 1) as pool:
        yield from map(function, rest) if pool is None else _in_order(pool, function, rest, chunk, processes)


@contextmanager
def standing_by(make_ready: Callable[[], None] | None = None) -> Iterator[None]:
    """Let processes that have begun go on until the end of this, for whoever needs them next.

    Begun early, they have little of what this process comes to hold; what `make_ready` brings along they share.
    """
    global _standing, _make_ready
    before, _standing = (_standing, _make_ready), {}
    _make_ready = make_ready
    try:
        yield
    finally:
        dismiss()
        _standing, _make_ready = before


def dismiss() -> None:
    """End the processes that stand by: there is nothing for them to do for now."""
    while _standing:
        _standing.popitem()[1].shutdown(cancel_futures=True)


def somebody_stands_by() -> bool:
    """Tell whether another process has begun, and can do something `meanwhile`."""
    return bool(_standing)


def meanwhile(function: Callable[[A], B], value: A) -> Callable[[], B]:
    """Begin `function(value)` in a process that stands by, and return what waits for its result.

    If none stands by, the work is done here when its result is asked for.
    """
    pool = next(iter((_standing or {}).values()), None)
    return pool.submit(function, value).result if pool else partial(function, value)


@contextmanager
def _others(number: int) -> Iterator[ProcessPoolExecutor | None]:
    """Yield *number* other processes, those that stand by or new ones; None where the system gives none."""
    if _make_ready and not _standing:
        _make_ready()
    pool = (_standing or {}).get(number) or _pool(number)
    if pool is None or _standing is None:
        try:
            yield pool
        finally:
            if pool:
                pool.shutdown(cancel_futures=True)
        return
    _standing[number] = pool
    yield pool


def _pool(number: int) -> ProcessPoolExecutor | None:
    """Return processes that have begun, or None where the system refuses them: too many run, or nothing is shared."""
    from concurrent.futures import ProcessPoolExecutor  # here and below, since a small build does without
    from multiprocessing import active_children

    before = set(active_children())
    gc.freeze()  # what nobody looks at is not copied
    try:
        pool = ProcessPoolExecutor(number, mp_context=_context(), initializer=_begin)
        pool.submit(int)  # begins them
    except OSError:
        for child in set(active_children()) - before:
            child.kill()
        return None
    finally:
        gc.unfreeze()
    return pool


def _in_order(
    pool: ProcessPoolExecutor, function: Callable[[A], B], inputs: Iterator[A], chunk: int, processes: int
) -> Iterator[B]:
    """Yield the results of the oldest chunk; while it is under way, do one here."""
    from concurrent.futures import wait

    chunks = iter(lambda: list(islice(inputs, chunk)), [])
    under_way: deque[tuple[list[A], Future[list[B] | None]]] = deque()
    try:
        while True:
            idle = (processes - 1) * _AHEAD - sum(not future.done() for _, future in under_way)
            for part in islice(chunks, max(0, min(idle, processes * _AHEAD - len(under_way)))):
                under_way.append((part, pool.submit(_all, function, part)))
            while under_way and not under_way[0][1].done() and len(under_way) < processes * _AHEAD:
                part = next(chunks, [])
                if not part:
                    break
                under_way.append((part, _done(_all(function, part))))
            if not under_way:
                return
            part, future = under_way.popleft()
            results = future.result()
            # A chunk that failed is done again here, so that its error comes in its turn with its own traceback.
            yield from map(function, part) if results is None else results
    finally:
        wait([future for _, future in under_way if not future.cancel()])


def _done(results: list[B] | None) -> Future[list[B] | None]:
    from concurrent.futures import Future

    future: Future[list[B] | None] = Future()
    future.set_result(results)
    return future


def _all(function: Callable[[A], B], part: list[A]) -> list[B] | None:
    """Return the results of *part*, or None when one of them is an error."""
    try:
        return [function(one) for one in part]
    except Exception:  # noqa: BLE001  any error of any caller's function; the plain loop raises it again
        return None


def _context() -> BaseContext:
    """Fork where that is safe, since it costs a tenth; it is not beside other threads, nor on macOS."""
    from multiprocessing import get_context

    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if alone else "spawn")


def _begin() -> None:
    """Prepare a process: the parent alone answers Ctrl-C, and nobody outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
