"""Memory that is free goes back to the system; where that cannot be asked for, nothing happens."""

import gc
import os
import subprocess
import sys

import pytest

from alertgen.processes import room

PROGRAM = """
import sys
from alertgen.processes.room import give_back, keep_little
if "keep_little" in sys.argv:
    keep_little()
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 // 1_000_000
blocks = [bytes(1_000_000) for _ in range(8)]
del blocks  # glibc takes the next ones of this size from what it keeps
blocks = [bytes(b"x" * 1_000_000) if number % 2 else bytes(b"y" * 900_000) for number in range(60)]
last = blocks.pop()
full = held()
del blocks
if "give_back" in sys.argv:
    give_back()
print(full - held())
"""


def freed(*asked: str) -> int:
    """How many MB go back when 50 are free below one that is not."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM, *asked], capture_output=True, text=True, check=True)
    return int(ran.stdout)


@pytest.mark.skipif(
    not hasattr(os, "confstr") or "glibc" not in (os.confstr("CS_GNU_LIBC_VERSION") or ""), reason="not glibc"
)
def test_what_is_free_goes_back() -> None:
    assert freed() < 10
    assert freed("keep_little") > 40
    assert freed("give_back") > 40


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    room.keep_little()
    room.give_back()


def test_what_there_is_is_not_looked_at_again_until_the_end() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(OSError, match="full"), room.settled():
        assert gc.get_threshold() == room.OFTEN
        assert gc.get_freeze_count() > 10_000
        raise OSError("full")
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
