"""What another process does while this one goes on, where a few milliseconds count.

It is a copy of this one and has begun in one millisecond; a pool of processes (`workers`) takes thirty.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any, NoReturn, Self, TypeVar

from alertgen.frozen import freeze

Result = TypeVar("Result")


class Beside:
    """Does one thing after the other within a `with`; at its end nothing of it goes on.

    The copy is made when the first thing is to be done. Where that is not possible, or not safe, and without a `with`,
    this process does each thing itself, when its result is asked for. So it does when the other one fails or is gone.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._may_copy = False
        self._copy = 0
        self._asked = 0
        self._done: list[tuple[Any, ...]] = []
        """For each thing that was asked for, its result; nothing when it failed."""
        self._to: IO[bytes]
        self._from: IO[bytes]

    @property
    def has_begun(self) -> bool:
        """Whether there is a copy that does what is asked for."""
        return bool(self._copy)

    def __enter__(self) -> Self:
        self._may_copy = sys.platform == "linux"
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self, function: Callable[..., Result], *values: object) -> Callable[[], Result]:
        """Have `function(*values)` done, which is pure or can be done twice; return what waits for its result."""
        if self._may_copy:
            self._may_copy = False
            self._fork()
        number = self._asked
        self._asked += 1
        if self._copy:
            try:
                self._to.write(freeze((function, values)))
                self._to.flush()
            except OSError:  # whether it is gone or not, it will not answer what it was not asked
                self.end()
        return lambda: self._result(number, function, values)

    def ask_no_more(self) -> None:
        """Let the copy end, so that nobody has to wait for that."""
        if self._copy:
            with suppress(OSError):  # it is gone
                self._to.close()

    def _result(self, number: int, function: Callable[..., Result], values: tuple[object, ...]) -> Result:
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while self._copy and len(self._done) <= number:
                self._done.append(pickle.load(self._from))  # noqa: S301 - of a process of our own
        known = self._done[number] if number < len(self._done) else ()
        return known[0] if known else function(*values)

    def end(self) -> None:
        """End what goes on; from now on this process does all itself."""
        self._may_copy = False
        if not self._copy:
            return
        with suppress(OSError):  # who was told to ignore the end of processes knows nothing of one that is gone
            os.kill(self._copy, signal.SIGKILL)
            os.waitpid(self._copy, 0)
        self.ask_no_more()
        self._from.close()
        self._copy = 0

    def _fork(self) -> None:
        if threading.active_count() > 1:
            return  # a copy has none of them, but whatever they hold
        ends: list[int] = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            self._copy = os.fork()
        except OSError:  # there are too many processes, or too many files are open
            for end in ends:
                os.close(end)
            return
        there, to, back, answers = ends
        if not self._copy:
            _serve(there, answers, others=(to, back))
        os.close(there)
        os.close(answers)
        self._to, self._from = open(to, "wb"), open(back, "rb")  # noqa: PTH123, SIM115


def _serve(there: int, answers: int, *, others: tuple[int, ...]) -> NoReturn:
    """Do what comes in from *there* until nothing can come any more; this process is the copy."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one answers, and ends this one
        for end in others:  # so that this one sees when the other one is gone
            os.close(end)
        asked: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]]] = SimpleQueue()
        threading.Thread(target=_take_in, args=(there, asked), daemon=True).start()
        with open(answers, "wb") as told:
            while True:
                told.write(freeze(_done(*asked.get())))
                told.flush()
    finally:
        os._exit(0)


def _take_in(there: int, asked: "SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]]]") -> None:
    """Take in what is *asked*; end this process at once, whatever it does, when there is nobody any more who asks."""
    try:
        with open(there, "rb") as requests:
            while True:
                asked.put(pickle.load(requests))  # noqa: S301 - of the process that this one is a copy of
    finally:
        os._exit(0)


def _done(function: Callable[..., Any], values: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return (function(*values),)
    except Exception:  # noqa: BLE001 - any error of any function; the other process does it again, and raises it
        return ()
