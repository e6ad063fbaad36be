"""Have another thread do something while this one goes on."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")

_TURN = 0.0005
"""Seconds after which Python lets another thread run, instead of its usual 0.005. The one that is begun here mostly
waits for the disk, so it gives way at once."""


@contextmanager
def in_thread(function: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Call *function* in another thread; give a function that waits for its result and returns it.

    At the end of the `with` the thread has ended. What *function* raises is raised where its result is asked for.
    """
    done: list[Result] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            done.append(function())
        except BaseException as error:  # noqa: BLE001 - it is raised by `result`
            raised.append(error)

    def result() -> Result:
        thread.join()
        for error in raised:
            raise error
        return done[0]

    thread = threading.Thread(target=run, daemon=True)
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    thread.start()
    try:
        yield result
    finally:
        thread.join()
        sys.setswitchinterval(before)
