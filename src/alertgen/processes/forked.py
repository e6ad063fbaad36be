"""A copy of this process that does part of the work, for where a few milliseconds count.

It begins within a millisecond; a pool of processes (`workers`) takes thirty.
"""

import os
import pickle
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from mmap import mmap
from queue import SimpleQueue
from typing import IO, Any, Generic, NoReturn, Self, TypeVar

from alertgen.frozen import freeze

Result = TypeVar("Result")

_SHOWN = 4096
"""How many tasks have a byte in the memory that both processes share, in which the copy shows their state. The state
of any further task is only known by waiting for it."""
_WAITING, _BEGUN, _DONE, _TAKEN_BACK = range(4)
"""States of a task."""


class Task(Generic[Result]):
    """A call of a function that a copy was asked for, or that will be made here. Called, it returns the result."""

    def __init__(
        self, copy: "ForkedCopy", number: int, function: Callable[..., Result], values: tuple[Any, ...]
    ) -> None:
        self._copy = copy
        self._number = number
        self._function = function
        self._values = values

    def __call__(self) -> Result:
        """Wait for the result and return it."""
        answer = self._copy.answer(self._number)
        return answer[0] if answer else self._function(*self._values)

    result = __call__

    def wait(self) -> None:
        """Return when the copy has done it, or has ended."""
        self._copy.answer(self._number)

    def done(self) -> bool:
        """Tell whether the copy has done it, for sure."""
        return self._copy.shown(self._number) == _DONE

    def soonest(self) -> Result:
        """Return the result. If the copy has not begun the task, do it here; the copy then passes it over."""
        if self._copy.takes_back(self._number):
            return self._function(*self._values)
        return self()


class ForkedCopy:
    """A copy of this process that does one task after the other, within a `with`. At its end the copy ends as well.

    The copy is made when the first task begins. Where that is not possible or not safe, and without a `with`, this
    process does each task itself, when its result is asked for. It does so as well for a task that fails in the copy,
    and when the copy is gone: an error is raised here, by the second attempt.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._may_copy = False
        self._copy = 0
        self._asked = 0
        self._done: list[tuple[Any, ...]] = []
        """For each task, in a tuple, its result; an empty tuple when it failed or was not done."""
        self._to: IO[bytes]
        self._from: IO[bytes]
        self._shown: mmap | None = None
        """The state of each task, a byte for each."""

    @property
    def has_begun(self) -> bool:
        """Whether there is a copy that takes tasks."""
        return bool(self._copy) and not self._to.closed

    def __enter__(self) -> Self:
        self._may_copy = sys.platform == "linux"
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self, function: Callable[..., Result], *values: object) -> Task[Result]:
        """Have the copy call `function(*values)`, which is pure or can be done twice; return the task."""
        if self._may_copy:
            self._may_copy = False
            self._fork()
        number = self._asked
        self._asked += 1
        if self.has_begun:
            try:
                self._to.write(pickle.dumps(freeze((function, values))))
                self._to.flush()
            except OSError:  # whether it is gone or not, it will not answer what it was not asked
                self.end()
        return Task(self, number, function, values)

    def renew(self) -> None:
        """Replace the copy by a new one, which has what this process has imported and remembered since.

        The tasks of before are done by neither of them.
        """
        if self._copy:
            self.end()
            self._may_copy = True

    def ask_no_more(self) -> None:
        """Let the copy end by itself when its tasks are done, so that nobody waits for it; later ones are done here."""
        if self._copy:
            with suppress(OSError):  # it is gone
                self._to.close()

    def answer(self, number: int) -> tuple[Any, ...]:
        """Wait for the result of the task of that *number*, and return it in a tuple; an empty one if it failed."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while self._copy and len(self._done) <= number:
                self._done.append(pickle.load(self._from))  # noqa: S301 - of a process of our own
        return self._done[number] if number < len(self._done) else ()

    def shown(self, number: int) -> int:
        """Return the state of the task of that *number*, as far as the copy has shown it."""
        return self._shown[number] if self._shown is not None and number < _SHOWN else _WAITING

    def takes_back(self, number: int) -> bool:
        """Have the copy pass over the task of that *number*; tell whether this process must do it then.

        If the copy begins it at the very same moment, it is done twice, and the copy's result is not used.
        """
        if self._shown is None or number >= _SHOWN or self._shown[number] != _WAITING:
            return False
        self._shown[number] = _TAKEN_BACK
        return True

    def end(self) -> None:
        """End the copy; from now on this process does all tasks itself."""
        self._may_copy = False
        if not self._copy:
            return
        with suppress(OSError):  # who was told to ignore the end of processes knows nothing of one that is gone
            if os.waitpid(self._copy, os.WNOHANG) == (0, 0):
                from signal import SIGKILL  # here and below, where nobody waits for it

                os.kill(self._copy, SIGKILL)
                os.waitpid(self._copy, 0)
        self.ask_no_more()
        self._from.close()
        self._copy = 0
        self._done += [()] * (self._asked - len(self._done))

    def _fork(self) -> None:
        if threading.active_count() > 1:
            return  # a copy has none of them, but whatever they hold
        ends: list[int] = []
        shown = mmap(-1, _SHOWN)
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
            _serve(there, answers, shown, self._asked, others=(to, back))
        os.close(there)
        os.close(answers)
        self._shown = shown
        self._to, self._from = open(to, "wb"), open(back, "rb")  # noqa: PTH123, SIM115


def _serve(there: int, answers: int, shown: mmap, first: int, *, others: tuple[int, ...]) -> NoReturn:
    """Do the tasks that come in from *there* until no more can come; this process is the copy.

    Results are written to *answers*. *first* is the number of the first task. *others* are the ends of pipes that the
    other process uses.
    """
    try:
        from signal import SIG_IGN, SIGINT, signal

        signal(SIGINT, SIG_IGN)  # the other one answers, and ends this one
        for end in others:  # so that this one sees when the other one is gone
            os.close(end)
        asked: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=_take_in, args=(there, asked), daemon=True).start()
        with open(answers, "wb") as told:
            for number in count(first):
                told.write(freeze(_answered(asked.get(), number, shown)))
                told.flush()
                if number < _SHOWN:
                    shown[number] = _DONE
    finally:
        os._exit(0)


def _take_in(there: int, asked: "SimpleQueue[bytes]") -> None:
    """Put tasks that come in from *there* into *asked*; when the other process is gone, end this one at once.

    They are not unpickled here, since what one thread opens (a database) another one cannot use.
    """
    try:
        with open(there, "rb") as requests:
            while True:
                asked.put(pickle.load(requests))  # noqa: S301 - the same
    finally:
        os._exit(0)


def _answered(asked: bytes, number: int, shown: mmap) -> tuple[Any, ...]:
    """Do what is *asked*, unless it was taken back; return its result in a tuple, an empty one if it failed."""
    if number < _SHOWN:
        if shown[number] == _TAKEN_BACK:
            return ()
        shown[number] = _BEGUN
    return _done(asked)


def _done(asked: bytes) -> tuple[Any, ...]:
    try:
        function, values = pickle.loads(asked)  # noqa: S301 - of the process that this one is a copy of
        return (function(*values),)
    except Exception:  # noqa: BLE001 - any error of any function; the other process does it again, and raises it
        return ()
