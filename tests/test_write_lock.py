"""One build at a time, and never a lock that outlives its build."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alertgen.write import MachineError, lock

HOLD = """
import sys, time
from pathlib import Path
from alertgen.write import lock
with lock(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


COPY = """
import os, sys, time
from pathlib import Path
from alertgen.write import lock
with lock(Path(sys.argv[1]), 0):
    if os.fork():
        print("held", flush=True)
        os.kill(os.getpid(), 9)
    os.close(1)
    time.sleep(3)
"""


def holding(root: Path, seconds: float) -> subprocess.Popen[str]:
    run = subprocess.Popen([sys.executable, "-c", HOLD, root, str(seconds)], stdout=subprocess.PIPE, text=True)
    assert run.stdout
    assert run.stdout.readline() == "held\n"
    return run


def test_a_second_build_says_who_holds_the_lock(tmp_path: Path) -> None:
    with holding(tmp_path, 30) as run:
        with pytest.raises(MachineError, match="Another build of this site is running") as caught, lock(tmp_path, 0.2):
            raise AssertionError
        run.kill()
    assert f"process {run.pid} on {socket.gethostname()}, since 20" in caught.value.message
    assert not caught.value.usage


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    with holding(tmp_path, 0.5), lock(tmp_path, 20) as stale:
        assert stale is None


def test_the_lock_of_a_killed_build_stops_nobody_and_is_told(tmp_path: Path) -> None:
    with holding(tmp_path, 30) as run:
        run.kill()
        run.wait()
    begin = time.monotonic()
    with lock(tmp_path, 5) as stale:
        assert stale
        assert stale.pid == run.pid
    assert time.monotonic() - begin < 1
    with lock(tmp_path, 5) as stale:
        assert stale is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no copies of a process")
def test_a_copy_of_a_killed_build_does_not_hold_its_lock(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", COPY, tmp_path], stdout=subprocess.PIPE, text=True, check=False)
    assert run.stdout == "held\n"
    with lock(tmp_path, 0) as stale:
        assert stale


def test_two_parts_of_one_process_hold_it_one_after_the_other(tmp_path: Path) -> None:
    with lock(tmp_path, 0), pytest.raises(MachineError, match=f"process {os.getpid()}"), lock(tmp_path, 0.1):
        raise AssertionError


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"pid": "x"}', "\x00" * 50])
def test_a_damaged_lock_stops_nobody(tmp_path: Path, content: str) -> None:
    (tmp_path / ".alertgen").mkdir()
    (tmp_path / ".alertgen/lock").write_text(content)
    (tmp_path / ".alertgen/lock.json").write_text(content)
    with lock(tmp_path, 0) as stale:
        assert stale is None
        assert json.loads((tmp_path / ".alertgen/lock.json").read_text())["pid"] == os.getpid()


def test_a_lock_file_may_be_read_only_or_gone_meanwhile(tmp_path: Path) -> None:
    with lock(tmp_path, 0):
        (tmp_path / ".alertgen/lock.json").unlink()
    with lock(tmp_path, 0) as stale:
        assert stale is None


def test_an_error_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock(tmp_path, 0):
        raise ZeroDivisionError
    with lock(tmp_path, 0) as stale:
        assert stale is None


def test_where_no_lock_can_be_the_reason_is_told(tmp_path: Path) -> None:
    (tmp_path / ".alertgen").write_text("a file where the folder should be")
    with pytest.raises(MachineError, match="Cannot begin the build"), lock(tmp_path, 0):
        raise AssertionError
