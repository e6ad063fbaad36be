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
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from alertgen.processes.room import OFTEN

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

    from alertgen.processes.forked import ForkedCopy, Task

A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 3
"""Chunks for each process that are under way or done before the first of them is taken: bounds the memory."""

_FOR_THE_COPY = 2
"""Chunks that the copy has at once: so few that both of them end at nearly the same time."""

_TURN = 0.0002
"""Seconds after which Python lets another thread run, instead of its usual 0.005. The one that hands out work is needed
by other processes and is soon done, so it gets its turn at once."""

_standing: dict[int, ProcessPoolExecutor] | None = None
"""By number, processes that have begun and stand by (see `standing_by`); None when nobody asked for it."""

_copy: ForkedCopy | None = None
"""What can do something `meanwhile` as long as no other process has begun."""


def processors() -> int:
    """Return how many processors this process may use. No result depends on it, only the time it takes."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_ordered(
    function: Callable[[A], B],
    inputs: Iterable[A],
    *,
    processes: int,
    chunk: int = 8,
    ahead: int | None = _AHEAD,
    stays: Callable[[A], bool] = lambda _: False,
) -> Iterator[B]:
    """Yield `function(input)` for every one of *inputs*, in their order, whatever the number of *processes*.

    This process is one of them. With one process this is a plain loop, and also where the system gives no further ones.
    The first chunk is done before others begin, so that they share what it imports. *function* must be pure and defined
    at the top of a module, because it, the inputs and the results are pickled and sent between processes.

    *chunk* inputs are sent at a time. At most *ahead* chunks for each process are under way or wait to be yielded, so
    that they take little memory; None for no limit. This process does the chunks whose first input *stays*, then, from
    the last one backwards, what no other process has begun. An error of *function* is raised when its turn comes: the
    results before it have been yielded, exactly as in the plain loop.

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
        if pool is None:
            yield from map(function, rest)
            return
        sharing = _Sharing(pool, function, (processes - 1) * _AHEAD)
        yield from _in_order(sharing, function, rest, chunk, ahead and processes * ahead, stays)


def map_with_copy(
    function: Callable[[A], B], inputs: Iterable[A], *, stays: Callable[[A], bool] = lambda _: False
) -> Iterator[B]:
    """Yield `function(input)` for every one of *inputs* in their order, shared with the copy that stands by, if any.

    It is meant for few inputs, for which no other process is begun. What *stays* is as in `map_ordered`.
    """
    if _standing or not (_copy and _copy.has_begun):
        yield from map(function, inputs)
        return
    yield from _in_order(_WithCopy(_copy, function), function, iter(inputs), 1, None, stays)


@contextmanager
def standing_by(copy: ForkedCopy | None = None) -> Iterator[None]:
    """Keep processes that begin within the `with` until its end: they stand by for whatever needs them next.

    A process that begins early takes little memory, since it starts with what this one holds then. A *copy* of this
    process counts as one that stands by.
    """
    global _standing, _copy
    before, _standing, _copy = (_standing, _copy), {}, copy
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        dismiss()
        sys.setswitchinterval(turn)
        _standing, _copy = before


def dismiss() -> None:
    """End the processes that stand by: there is nothing for them to do for now."""
    while _standing:
        _standing.popitem()[1].shutdown(cancel_futures=True)


def end_spare_copy() -> None:
    """End the copy, which takes room, when other processes stand by: they do whatever is still to be done."""
    if _standing and _copy:
        _copy.end()


def somebody_stands_by() -> bool:
    """Tell whether another process has begun, and can do something `meanwhile`."""
    return bool(_standing) or bool(_copy and _copy.has_begun)


def meanwhile(function: Callable[[A], B], value: A) -> Callable[[], B]:
    """Begin `function(value)` in a process that stands by; return a function that waits for its result.

    If none stands by, the work is done here when its result is asked for.
    """
    pool = next(iter((_standing or {}).values()), None)
    if pool:
        return pool.submit(function, value).result
    return _copy.begin(function, value) if _copy and _copy.has_begun else partial(function, value)


@contextmanager
def _others(number: int) -> Iterator[ProcessPoolExecutor | None]:
    """Yield *number* other processes, those that stand by or new ones; None where the system gives none."""
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


class _Chunk(Generic[A, B]):
    """Inputs that are done together."""

    def __init__(self, part: list[A]) -> None:
        self.part = part
        self.future: Future[list[B] | None] | Task[list[B] | None] | None = None
        """Of the process that does it; None when this one does, or nobody yet."""
        self.done_here: tuple[list[B] | None] | None = None
        """Its results, when this process has done it."""

    def is_done(self) -> bool:
        """Tell whether somebody has done it."""
        return self.done_here is not None or (self.future is not None and self.future.done())

    def results(self) -> list[B] | None:
        """Return its results when it is done, or None when one of them is an error."""
        if self.done_here is None:
            assert self.future is not None
            return self.future.result()
        return self.done_here[0]


class _Shared(Protocol[A, B]):
    """Has other processes do chunks."""

    waiting: deque[_Chunk[A, B]]

    def hand_out(self) -> None:
        """Let others have as many chunks as there is room for, the first ones first."""

    def stop(self, under_way: Iterable[_Chunk[A, B]]) -> None:
        """Hand out no more, and return when nobody does any of those *under_way*."""


class _Sharing(Generic[A, B]):
    """Has other processes do chunks: who has done one gets the next that waits, also while this process is busy."""

    def __init__(self, pool: ProcessPoolExecutor, function: Callable[[A], B], most: int) -> None:
        self.waiting: deque[_Chunk[A, B]] = deque()
        self._pool = pool
        self._function = function
        self._room = most
        self._lock = threading.Lock()

    def hand_out(self) -> None:
        """Let others have as many chunks as there is room for, the first ones first."""
        while future := self._next():
            future.add_done_callback(self._returned)

    def _next(self) -> Future[list[B] | None] | None:
        with self._lock:
            if not self._room or not self.waiting:
                return None
            chunk = self.waiting.popleft()
            chunk.future = self._pool.submit(_all, self._function, chunk.part)
            self._room -= 1
            return chunk.future

    def _returned(self, future: Future[list[B] | None]) -> None:
        with self._lock:
            self._room += 1
        if not future.cancelled() and not future.exception():
            self.hand_out()

    def stop(self, under_way: Iterable[_Chunk[A, B]]) -> None:
        """Hand out no more, and return when nobody does any of those *under_way*."""
        from concurrent.futures import Future, wait

        with self._lock:
            self.waiting.clear()
        futures = [one.future for one in under_way if isinstance(one.future, Future)]
        wait([future for future in futures if not future.cancel()])


class _WithCopy(Generic[A, B]):
    """Has the copy of this process do chunks: it gets the next one when this process has looked again."""

    def __init__(self, copy: ForkedCopy, function: Callable[[A], B]) -> None:
        self.waiting: deque[_Chunk[A, B]] = deque()
        self._copy = copy
        self._function = function
        self._under_way: list[Task[list[B] | None]] = []

    def hand_out(self) -> None:
        """Let the copy have one chunk, and another one to go on with."""
        self._under_way = [asked for asked in self._under_way if not asked.done()]
        while self.waiting and len(self._under_way) < _FOR_THE_COPY:
            chunk = self.waiting.popleft()
            chunk.future = asked = self._copy.begin(_all, self._function, chunk.part)
            self._under_way.append(asked)

    def stop(self, under_way: Iterable[_Chunk[A, B]]) -> None:
        """Hand out no more, and return when the copy does none of those *under_way*."""
        del under_way  # it is known here
        self.waiting.clear()
        for asked in self._under_way:
            asked.wait()


def _in_order(
    sharing: _Shared[A, B],
    function: Callable[[A], B],
    inputs: Iterator[A],
    chunk: int,
    most: int | None,
    stays: Callable[[A], bool],
) -> Iterator[B]:
    """Yield the results of the oldest chunk; while it is under way, do another one here.

    At *most* so many chunks are begun or wait to be yielded; None for no limit.
    """
    chunks = iter(lambda: list(islice(inputs, chunk)), [])
    under_way: deque[_Chunk[A, B]] = deque()
    own: deque[_Chunk[A, B]] = deque()
    try:
        while True:
            for new in map(_Chunk[A, B], islice(chunks, most and most - len(under_way))):
                under_way.append(new)
                (own if stays(new.part[0]) else sharing.waiting).append(new)
            sharing.hand_out()
            if not under_way:
                return
            while not under_way[0].is_done() and (here := _to_do_here(own, sharing.waiting)):
                here.done_here = (_all(function, here.part),)
                sharing.hand_out()
            oldest = under_way.popleft()
            results = oldest.results()
            # A chunk that failed is done again here, so that its error comes in its turn with its own traceback.
            yield from map(function, oldest.part) if results is None else results
    finally:
        sharing.stop(under_way)


def _to_do_here(own: deque[_Chunk[A, B]], waiting: deque[_Chunk[A, B]]) -> _Chunk[A, B] | None:
    """Take what only this process can do, or else the last that waits."""
    try:
        return own.popleft() if own else waiting.pop()
    except IndexError:  # others have just begun the last one
        return None


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
    """Prepare a process: it leaves Ctrl-C to its parent, ends with it, and collects garbage `OFTEN`."""
    gc.set_threshold(*OFTEN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
