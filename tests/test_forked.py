"""What a copy of the process does beside it, and what becomes of it when it cannot."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alertgen.processes import forked
from alertgen.processes.forked import ForkedCopy
from alertgen.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a copy is only made on Linux")


@pytest.fixture(autouse=True)
def copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Have copies made also where the tests bring threads along; nothing may be left of them, nor of their pipes."""
    made: list[int] = []
    fork = os.fork
    monkeypatch.setattr(forked.os, "fork", lambda: made.append(fork()) or made[-1])
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)
    before = opened()
    yield made
    assert opened() == before
    for copy in made:
        with pytest.raises(ChildProcessError):
            os.waitpid(copy, os.WNOHANG)


def opened() -> list[str]:
    return [file.name for file in Path("/proc/self/fd").iterdir()]


def place() -> int:
    return os.getpid()


def half(number: int) -> float:
    return 1 / number


def grown(text: str) -> str:
    return text * 2


def ended(pid: int) -> int:
    """End the process, unless it is *pid*."""
    if os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return pid


def waited(file: Path) -> int:
    while not file.exists():
        time.sleep(0.001)
    return os.getpid()


def late(file: Path) -> None:
    time.sleep(0.3)
    file.write_text("late")


@contextmanager
def soon() -> Iterator[None]:
    """Let nobody wait for ever."""

    def given_up(*_: object) -> None:
        raise AssertionError("nobody answers")

    before = signal.signal(signal.SIGALRM, given_up)
    signal.alarm(10)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_another_process_does_one_thing_after_the_other(copies: list[int]) -> None:
    with ForkedCopy() as other:
        first, second, third = other.begin(place), other.begin(half, 2), other.begin(place)
        assert third() == first() == copies[0] != os.getpid()
        assert second() == 0.5
        assert first() == copies[0], "a result can be asked for again"
    assert len(copies) == 1


def test_what_travels_may_be_long() -> None:
    text = "long" * 100_000
    with ForkedCopy() as other:
        assert other.begin(grown, text)() == text * 2


def test_no_copy_is_made_for_nothing(copies: list[int]) -> None:
    with ForkedCopy():
        pass
    assert not copies


def test_what_fails_there_is_done_here() -> None:
    with ForkedCopy() as other:
        wrong, right = other.begin(half, 0), other.begin(half, 4)
        with pytest.raises(ZeroDivisionError):
            wrong()
        assert right() == 0.25


def test_what_cannot_travel_back_is_done_here() -> None:
    with ForkedCopy() as other:
        assert other.begin(threading.Lock)()
        assert other.begin(half, 2)() == 0.5


def test_when_it_is_gone_all_is_done_here() -> None:
    with ForkedCopy() as other:
        results = [other.begin(half, 1), other.begin(ended, os.getpid()), other.begin(place)]
        assert results[2]() == os.getpid()
        assert other.begin(place)() == os.getpid()
        assert results[0]() == 1
        assert results[1]() == os.getpid()


def test_what_it_cannot_be_asked_is_done_here() -> None:
    with ForkedCopy() as other:
        first = other.begin(half, 1)
        pipe, other._to = other._to, Path("/dev/full").open("wb")  # noqa: SIM115
        second = other.begin(place)
        with pipe, soon():
            assert second() == os.getpid()
            assert first() == 1


def test_what_it_has_not_begun_can_be_done_here(tmp_path: Path) -> None:
    with ForkedCopy() as other:
        first, *rest = (
            other.begin(waited, tmp_path / "go"),
            other.begin(place),
            other.begin(half, 4),
            other.begin(place),
        )
        there = other._copy
        with soon():
            while other.shown(0) == forked._WAITING:
                time.sleep(0.001)
            assert rest[2].soonest() == os.getpid(), "while the first one goes on"
            (tmp_path / "go").touch()
            assert first.soonest() == there, "it has begun"
            assert rest[0]() == there
            assert rest[0].soonest() == there, "it is done"
            assert rest[1].soonest() == 0.25
            assert other.begin(place)() == there, "what was taken back holds nobody up"


def test_what_nobody_else_does_is_done_here_soonest() -> None:
    assert ForkedCopy().begin(place).soonest() == os.getpid()
    with ForkedCopy() as other:
        other.begin(half, 1)
        other.end()
        assert other.begin(place).soonest() == os.getpid()


def test_what_goes_on_ends_with_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), ForkedCopy() as other:
        other.begin(late, tmp_path / "file")
        raise ZeroDivisionError
    with ForkedCopy() as other:
        other.begin(late, tmp_path / "file")
        other.end()
        assert other.begin(place)() == os.getpid()
    time.sleep(0.5)
    assert not list(tmp_path.iterdir())


def test_when_nothing_more_is_asked_for_it_ends_by_itself(copies: list[int]) -> None:
    with ForkedCopy() as other:
        assert other.begin(place)() == copies[0]
        other.ask_no_more()
        os.waitid(os.P_PID, copies[0], os.WEXITED | os.WNOWAIT)


def test_what_is_asked_for_when_nothing_more_was_to_be_is_done_here() -> None:
    with ForkedCopy() as other:
        there = other.begin(os.getpid)()
        other.ask_no_more()
        assert not other.has_begun
        assert other.begin(os.getpid)() == os.getpid() != there


def test_another_copy_takes_the_place_of_one(copies: list[int]) -> None:
    with ForkedCopy() as other:
        other.renew()
        before, unheard = other.begin(place), other.begin(grown, "a")
        assert before() == copies[0]
        other.renew()
        after = other.begin(place)
        assert after() == copies[1] != copies[0]
        assert (before(), unheard()) == (copies[0], "aa")
        last = other.begin(half, 4)
        while not last.done():
            time.sleep(0.001)
        assert last() == 0.25
    assert len(copies) == 2
    assert other.begin(place)() == os.getpid()


def test_it_does_not_answer_an_interrupt(copies: list[int]) -> None:
    with ForkedCopy() as other:
        assert other.begin(place)() == copies[0]
        os.kill(copies[0], signal.SIGINT)
        assert other.begin(place)() == copies[0]


@contextmanager
def another_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(forked.threading, "active_count", lambda: 2)
    yield


@contextmanager
def no_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(forked.os, "fork", refused)
    yield


@contextmanager
def no_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pipes = iter([os.pipe()])

    def refused() -> tuple[int, int]:
        for pipe in pipes:
            return pipe
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(forked.os, "pipe", refused)
    yield


@contextmanager
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(forked.sys, "platform", "darwin")
    yield


@pytest.mark.parametrize("where", [another_thread, no_process, no_files, elsewhere])
def test_where_there_can_be_no_copy_all_is_done_here_when_it_is_asked_for(where, monkeypatch, tmp_path: Path) -> None:
    with where(monkeypatch), ForkedCopy() as other:
        result, unasked = other.begin(place), other.begin(late, tmp_path / "file")
        assert result() == os.getpid()
    del unasked
    assert not list(tmp_path.iterdir())


def test_without_a_with_there_is_no_copy(copies: list[int]) -> None:
    assert ForkedCopy().begin(place)() == os.getpid()
    assert not copies


SCRIPT = """
import os, signal, sys, time
from alertgen.processes.forked import ForkedCopy
from alertgen.store import Store
if sys.argv[1] == "ignores":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
with ForkedCopy() as other:
    print(other.begin(os.getpid)(), flush=True)
    if sys.argv[1] == "killed":
        other.begin(time.sleep, 60)
        os.kill(os.getpid(), 9)
"""


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_ends_with_a_process_that_is_killed_whatever_it_does() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT, "killed"], stdout=subprocess.PIPE, text=True, check=False)
    assert run.returncode == -9
    end = time.monotonic() + 20
    while is_running(int(run.stdout)):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_it_can_be_used_where_the_end_of_processes_is_ignored() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT, "ignores"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_it_shows_what_it_has_done() -> None:
    with ForkedCopy() as other, soon():
        first, second = other.begin(half, 2), other.begin(time.sleep, 60)
        while not first.done():
            time.sleep(0.001)
        assert not second.done()
        assert first() == first.result() == 0.5
    assert not ForkedCopy().begin(half, 2).done(), "nobody does it"


def test_who_waits_does_nothing_himself() -> None:
    with ForkedCopy() as other:
        failed, gone = other.begin(half, 0), other.begin(ended, os.getpid())
        failed.wait()
        gone.wait()
        assert not gone.done()


def test_what_it_opens_it_can_use(tmp_path: Path) -> None:
    with ForkedCopy() as other:
        assert other.begin(Opened(tmp_path / "memory.db").get)() == b"value"


class Opened:
    """Is opened anew where it travels to."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.memory = Store(None).__enter__()

    def get(self) -> bytes | None:
        return self.memory.get("key")

    def __reduce__(self) -> tuple[object, ...]:
        return opened_anew, (self.file,)


def opened_anew(file: Path) -> "Opened":
    there = Opened(file)
    there.memory = Store(file).__enter__()
    there.memory.put("key", b"value")
    there.memory.flush()
    return there
