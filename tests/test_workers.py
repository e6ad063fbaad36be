"""Many processes give what one loop gives: the same results, in the same order, with the same errors."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

import pytest

from alertgen.processes import forked
from alertgen.processes.forked import ForkedCopy
from alertgen.processes.workers import dismiss, map_ordered, map_with_copy, meanwhile, somebody_stands_by, standing_by

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a copy is only made on Linux")


def square(number: int) -> int:
    return number * number


def slow_at_first(number: int) -> int:
    time.sleep(0.02 if number < 4 else 0)
    return number


def reciprocal(number: int) -> float:
    return 1 / (number - 20)


class UntravelledError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_strangely(number: int) -> int:
    if number == 5:
        raise UntravelledError("one", "two")
    return number


def pid(number: int) -> int:
    time.sleep(0.01)  # long enough for others to wake up, also on a busy machine
    return os.getpid()


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_results_come_in_the_order_of_the_inputs(processes: int, chunk: int) -> None:
    assert list(map_ordered(square, range(100), processes=processes, chunk=chunk)) == [n * n for n in range(100)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_slow_first_input_does_not_change_the_order(processes: int) -> None:
    assert list(map_ordered(slow_at_first, range(40), processes=processes, chunk=2)) == list(range(40))


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_comes_in_its_turn(processes: int) -> None:
    results = map_ordered(reciprocal, range(100), processes=processes, chunk=8)
    assert len([next(results) for _ in range(20)]) == 20
    with pytest.raises(ZeroDivisionError) as caught:
        next(results)
    assert caught.traceback[-1].name == "reciprocal"


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_that_cannot_travel_is_the_same_error(processes: int) -> None:
    with pytest.raises(UntravelledError, match="onetwo"):
        list(map_ordered(fail_strangely, range(10), processes=processes))


def test_one_process_is_a_plain_loop() -> None:
    assert set(map_ordered(pid, range(5), processes=1)) == {os.getpid()}


def test_beside_other_threads_it_works_as_well() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert list(map_ordered(square, range(10), processes=2)) == [n * n for n in range(10)]
    finally:
        end.set()
        thread.join()


def test_no_input_gives_nothing() -> None:
    assert list(map_ordered(square, [], processes=2)) == []


def test_inputs_are_taken_only_as_far_as_needed() -> None:
    taken = []

    def inputs() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    results = map_ordered(square, inputs(), processes=2, chunk=2)
    assert next(results) == 0
    assert len(taken) <= 20
    results.close()


PROGRAM = """
import os, signal, sys, time
sys.path.insert(0, {folder!r})
from alertgen.processes.workers import map_ordered
from test_workers import slow_and_marked
if __name__ == "__main__":
    try:
        for result in map_ordered(slow_and_marked, range(400), processes=2, chunk=1):
            print(result, flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        sys.exit(130)
"""


def slow_and_marked(number: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def _started() -> tuple[subprocess.Popen[str], int]:
    """Start a long run and return it with the id of one of its workers."""
    program = PROGRAM.format(folder=str(Path(__file__).parent))
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout is not None
    workers = (int(line) for line in run.stdout)
    return run, next(worker for worker in workers if worker != run.pid)


def test_an_interrupt_ends_it_cleanly() -> None:
    run, _ = _started()
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert run.returncode == 130
    assert out.endswith("interrupted\n")
    assert err == ""


def test_no_worker_outlives_a_killed_parent() -> None:
    run, worker = _started()
    run.kill()
    run.communicate(timeout=20)
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            return
        time.sleep(0.05)
    raise AssertionError("the worker is still there")


def test_the_first_chunk_is_done_here_and_the_rest_is_shared() -> None:
    pids = list(map_ordered(pid, range(60), processes=2, chunk=3))
    assert set(pids[:3]) == {os.getpid()}
    assert len(set(pids)) == 2


def test_while_a_chunk_is_slow_elsewhere_others_are_done_here() -> None:
    here = os.getpid()
    pids = list(map_ordered(slow_elsewhere, [here] * 60, processes=2, chunk=1))
    assert pids.count(here) > 20


def slow_elsewhere(here: int) -> int:
    if os.getpid() != here:
        time.sleep(0.2)
    return os.getpid()


def test_processes_that_stand_by_serve_again() -> None:
    with standing_by():
        first = set(map_ordered(pid, range(40), processes=2, chunk=1))
        again = set(map_ordered(pid, range(40), processes=2, chunk=1))
    assert first == again
    assert len(first) == 2
    (other,) = first - {os.getpid()}
    assert not Path(f"/proc/{other}").exists()


@on_linux
def test_a_copy_of_this_process_is_one_that_stands_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)
    with ForkedCopy() as copy, standing_by(copy):
        assert not somebody_stands_by(), "nobody has begun"
        there = copy.begin(os.getpid)()
        assert somebody_stands_by()
        assert meanwhile(pid, 1)() == there != os.getpid()
        with standing_by():
            assert not somebody_stands_by()
            assert meanwhile(pid, 1)() == os.getpid()
        (other,) = set(map_ordered(pid, range(40), processes=2, chunk=1)) - {os.getpid()}
        assert meanwhile(pid, 1)() == other != there, "whoever has come last knows most"
        copy.end()
        dismiss()
        assert not somebody_stands_by()
    assert meanwhile(pid, 1)() == os.getpid()


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkedCopy]:
    """A copy of this process that stands by."""
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)
    with ForkedCopy() as other, standing_by(other):
        other.begin(int)()
        yield other


@on_linux
def test_a_few_are_shared_with_the_copy_and_what_stays_is_done_here_and_first(copy: ForkedCopy) -> None:
    here = os.getpid()
    done = list(
        map_with_copy(slow_here, [(number, here) for number in range(40)], stays=lambda one: one[0] in (20, 30))
    )
    assert [number for number, _, _ in done] == list(range(40))
    assert {done[20][1], done[30][1]} == {here}
    own = sorted((when, number) for number, where, when in done if where == here)
    assert [number for _, number in own[:2]] == [20, 30]
    assert [number for _, number in own[2:]] == sorted((number for _, number in own[2:]), reverse=True)
    assert 2 < len(own) < 38


def slow_here(value: tuple[int, int]) -> tuple[int, int, float]:
    number, here = value
    if os.getpid() == here:
        time.sleep(0.03)
    return when_and_where(number)


@on_linux
def test_with_the_copy_an_error_comes_in_its_turn(copy: ForkedCopy) -> None:
    results = map_with_copy(reciprocal, [21, 22, 20, 24, 20])
    assert [next(results), next(results)] == [1.0, 0.5]
    with pytest.raises(ZeroDivisionError):
        next(results)


@on_linux
def test_when_a_run_is_given_up_the_copy_does_nothing_of_it(copy: ForkedCopy, tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(40)]
    results = map_with_copy(written, files)
    next(results)
    results.close()
    before = set(tmp_path.iterdir())
    time.sleep(0.1)
    assert set(tmp_path.iterdir()) == before
    assert len(before) < 40


def written(file: Path) -> None:
    time.sleep(0.01)
    file.touch()


@on_linux
def test_beside_a_copy_that_is_gone_all_is_done(copy: ForkedCopy) -> None:
    assert list(map_with_copy(kill_elsewhere, [os.getpid()] * 9)) == [os.getpid()] * 9


def test_without_a_copy_it_is_a_plain_loop() -> None:
    assert set(map_with_copy(pid, range(9))) == {os.getpid()}
    with standing_by():
        assert len(set(map_ordered(pid, range(40), processes=2, chunk=1))) == 2
        assert set(map_with_copy(pid, range(9))) == {os.getpid()}


def test_processes_that_are_dismissed_end_and_others_may_begin() -> None:
    with standing_by():
        (other,) = set(map_ordered(pid, range(40), processes=2, chunk=1)) - {os.getpid()}
        dismiss()
        assert not Path(f"/proc/{other}").exists()
        (another,) = set(map_ordered(pid, range(40), processes=2, chunk=1)) - {os.getpid()}
    assert other != another
    assert not Path(f"/proc/{another}").exists()


def test_a_run_that_is_given_up_has_ended_when_it_is() -> None:
    with standing_by():
        results = map_ordered(slow_and_marked, range(400), processes=2, chunk=1)
        pids = {next(results) for _ in range(4)}
        results.close()
        (other,) = pids - {os.getpid()}
        used = Path(f"/proc/{other}/stat").read_text().split()[13]
        time.sleep(0.3)
        assert Path(f"/proc/{other}/stat").read_text().split()[13] == used
        assert list(map_ordered(square, range(3), processes=2)) == [0, 1, 4]


def test_beside_a_process_that_was_killed_nothing_is_passed_over() -> None:
    with standing_by(), pytest.raises(BrokenProcessPool):
        list(map_ordered(kill_elsewhere, [os.getpid()] * 40, processes=2, chunk=1))


def kill_elsewhere(here: int) -> int:
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return here


@pytest.mark.parametrize("refused", ["multiprocessing.synchronize.SemLock.__init__", "os.fork"])
def test_where_the_system_gives_no_processes_it_is_a_plain_loop(monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(refused, refuse)
    assert list(map_ordered(abs, range(-9, 0), processes=2, chunk=2)) == list(range(9, 0, -1))


def test_what_stays_is_done_here_and_first() -> None:
    here = os.getpid()
    done = list(map_ordered(when_and_where, range(40), processes=2, chunk=1, ahead=None, stays=lambda n: n in (20, 30)))
    assert [number for number, _, _ in done] == list(range(40))
    assert {done[20][1], done[30][1]} == {here}
    assert len({where for _, where, _ in done}) == 2
    assert sorted((when, number) for number, where, when in done[1:] if where == here)[:2] == [
        (done[20][2], 20), (done[30][2], 30),
    ]  # fmt: skip


def when_and_where(number: int) -> tuple[int, int, float]:
    time.sleep(0.002)
    return number, os.getpid(), time.monotonic()


def test_what_nobody_has_begun_is_done_here_from_the_end() -> None:
    done = list(map_ordered(when_and_where, range(60), processes=2, chunk=1, ahead=None))
    here = sorted(((when, number) for number, where, when in done[1:] if where == os.getpid()), reverse=True)
    assert len(here) > 5
    assert [number for _, number in here] == sorted(number for _, number in here)
    assert here[-1][1] == 59


def test_threads_take_short_turns_while_others_stand_by() -> None:
    before = sys.getswitchinterval()
    with suppress(ZeroDivisionError), standing_by():
        assert sys.getswitchinterval() < before
        with standing_by():
            pass
        assert sys.getswitchinterval() < before
        raise ZeroDivisionError
    assert sys.getswitchinterval() == before
