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
from stopping import need_strace

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


ENDED_COPY = """
import os, subprocess, sys
from pathlib import Path
from alertgen.write import lock
with lock(Path(sys.argv[1]), 0):
    copy = os.fork()
    if not copy:
        sys.exit()  # takes apart and closes all that it has
    os.waitpid(copy, 0)
    other = subprocess.run([sys.executable, "-c", sys.argv[2], sys.argv[1], "0"], capture_output=True, text=True)
    print(other.stdout, other.stderr)
"""

COUNT = """
import sys
from pathlib import Path
from alertgen.write import lock
root = Path(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with lock(root, 60):
        count = int((root / "count").read_text())
        (root / "count").write_text(str(count + 1))
"""

TAKE = """
import sys
from pathlib import Path
from alertgen.write import MachineError, lock
try:
    with lock(Path(sys.argv[1]), 0.1):
        print("held")
except MachineError as error:
    print(error.message, "|", error.hint, "|", error.state)
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
    assert "If it never ends" in caught.value.hint
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no copies of a process")
def test_a_copy_that_ends_does_not_let_go(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", ENDED_COPY, tmp_path, HOLD], capture_output=True, text=True, check=True)
    assert "Another build of this site is running" in run.stdout, run


def test_many_at_once_hold_it_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    runs = [subprocess.Popen([sys.executable, "-c", COUNT, tmp_path, "25"]) for _ in range(4)]
    assert [run.wait() for run in runs] == [0] * 4
    assert (tmp_path / "count").read_text() == "100"


def test_one_part_that_waits_in_vain_does_not_drop_the_lock_of_another(tmp_path: Path) -> None:
    with lock(tmp_path, 0):
        with pytest.raises(MachineError), lock(tmp_path, 0):
            raise AssertionError
        other = subprocess.run([sys.executable, "-c", TAKE, tmp_path], capture_output=True, text=True, check=True)
    assert f"process {os.getpid()}" in other.stdout


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


def test_nothing_is_ever_written_into_it(tmp_path: Path) -> None:
    def found() -> dict[str, int]:
        return {file.name: file.stat().st_size for file in (tmp_path / ".alertgen").iterdir() if file.suffix != ".json"}

    with lock(tmp_path, 0):
        assert found() == {"lock": 0}
    with holding(tmp_path, 30) as run:
        run.kill()
    assert found() == {"lock": 0}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".alertgen").mkdir()
    (tmp_path / "alert.md").write_text("# Alert")
    (tmp_path / ".alertgen/lock").symlink_to(tmp_path / "alert.md")
    with pytest.raises(MachineError, match="a link is where a file is needed"), lock(tmp_path, 0):
        raise AssertionError
    assert (tmp_path / "alert.md").read_text() == "# Alert"


@pytest.mark.skipif(sys.platform == "win32", reason="paths are never so long")
def test_a_path_that_is_too_long_is_told(tmp_path: Path) -> None:
    root = tmp_path.joinpath(*("long" * 25 for _ in range(6)))
    root.mkdir(parents=True)
    with pytest.raises(MachineError, match="the path of the folder is too long") as caught, lock(root, 0):
        raise AssertionError
    assert "where its path is shorter" in caught.value.hint


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        ("openat", "EACCES", "permission is denied"),
        ("openat", "EROFS", "the disk can only be read"),
        ("openat", "ENOSPC", "the disk is full"),
        ("openat", "EMFILE", "too many files are open"),
        ("fcntl", "ENOSYS", "this disk knows no locks"),
        ("fcntl", "EIO", "this disk knows no locks"),
        ("fcntl", "ENOLCK", "If none is running, this disk knows no locks"),
    ],
)
@pytest.mark.parametrize("is_there", [False, True])
def test_a_system_that_refuses_it_is_told(tmp_path: Path, call: str, error: str, told: str, is_there: bool) -> None:
    need_strace()
    file = tmp_path / ".alertgen/lock"
    if is_there:
        with lock(tmp_path, 0):
            pass
    options = ("-qq", "-o", os.devnull, "-P", file, "-e", f"trace={call}", "-e", f"inject={call}:error={error}")
    run = subprocess.run(
        ["strace", *options, sys.executable, "-c", TAKE, tmp_path], capture_output=True, text=True, check=True
    )
    assert told in run.stdout, run
    assert "Nothing was written" in run.stdout
