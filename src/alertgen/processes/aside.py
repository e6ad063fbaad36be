"""Have another thread do something while this one goes on."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")

_TURN = 0.0005
"""Seconds after which a thread lets another one go on: that one waits for the disk most of the time."""


@contextmanager
def aside(function: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Have another thread call *function*; give what waits for its result. At the end nothing of it goes on.

    What *function* raises is raised where its result is asked for.
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
