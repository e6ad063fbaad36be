"""One pure function over many inputs, in several processes at once."""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import active_children, connection, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 3
"""Chunks per process that are handed out before the first of them is taken back: bounds the memory."""


def processors() -> int:
    """Return how many processors this process may use. No result depends on it, only the time it takes."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_ordered(function: Callable[[A], B], inputs: Iterable[A], *, processes: int, chunk: int = 8) -> Iterator[B]:
    """Yield `function(input)` for every one of *inputs*, in their order, whatever the number of *processes*.

    With one process this is a plain loop, and also where the system gives no further ones. *function* must be pure and
    defined at the top of a module; it, the inputs and the results travel between processes, *chunk* inputs at a time.
    An error of *function* is raised when its turn comes: the results before it have been yielded, exactly as in the
    plain loop.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a process was killed, as when memory runs out.
    """
    pool = _pool(processes) if processes > 1 else None
    if pool is None:
        yield from map(function, inputs)
        return
    try:
        yield from _in_order(pool, function, iter(inputs), chunk, processes * _AHEAD)
    finally:
        pool.shutdown(cancel_futures=True)


def can_inherit() -> bool:
    """Tell whether other processes can begin with all that this one holds in memory (see `map_inherited`)."""
    return _context().get_start_method() == "fork"


def map_inherited(function: Callable[[A], B], inputs: Sequence[A], *, processes: int, chunk: int) -> Iterator[B]:
    """Do as `map_ordered`, but with any function, and nothing but the results travels.

    The other processes begin as copies of this one, inputs and all. Where that cannot be, this is a plain loop.
    """
    if processes <= 1 or not can_inherit():
        yield from map(function, inputs)
        return
    _inherited[:] = [function, inputs]
    gc.collect()
    gc.freeze()  # what nobody looks at is not copied
    try:
        yield from map_ordered(_of_inherited, range(len(inputs)), processes=processes, chunk=chunk)
    finally:
        gc.unfreeze()
        _inherited.clear()


_inherited: list[Any] = []
"""Function and inputs of `map_inherited`, for the span of it."""


def _of_inherited(number: int) -> Any:
    function, inputs = _inherited
    return function(inputs[number])


def _pool(processes: int) -> ProcessPoolExecutor | None:
    """Return processes that have begun, or None where the system refuses them: too many run, or nothing is shared."""
    before = set(active_children())
    try:
        pool = ProcessPoolExecutor(processes, mp_context=_context(), initializer=_begin)
        pool.submit(int)  # begins them
    except OSError:
        for child in set(active_children()) - before:
            child.kill()
        return None
    return pool


def _in_order(
    pool: ProcessPoolExecutor, function: Callable[[A], B], inputs: Iterator[A], chunk: int, ahead: int
) -> Iterator[B]:
    """Keep *ahead* chunks under way and yield the results of the oldest one."""
    chunks = iter(lambda: list(islice(inputs, chunk)), [])
    handed_out: deque[tuple[list[A], Future[list[B] | None]]] = deque()
    for part in islice(chunks, ahead):
        handed_out.append((part, pool.submit(_all, function, part)))
    while handed_out:
        part, future = handed_out.popleft()
        results = future.result()
        # A chunk that failed is done again here, so that its error comes in its turn and with its own traceback.
        yield from map(function, part) if results is None else results
        for following in islice(chunks, 1):
            handed_out.append((following, pool.submit(_all, function, following)))


def _all(function: Callable[[A], B], part: list[A]) -> list[B] | None:
    """Return the results of *part*, or None when one of them is an error."""
    try:
        return [function(one) for one in part]
    except Exception:  # noqa: BLE001  any error of any caller's function; the plain loop raises it again
        return None


def _context() -> BaseContext:
    """Fork where that is safe, since it costs a tenth; it is not beside other threads, nor on macOS."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if alone else "spawn")


def _begin() -> None:
    """Prepare a process: the parent alone answers Ctrl-C, and nobody outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
