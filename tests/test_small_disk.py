"""On a disk without room, and on one that can only be read, the old site stays, and an editor reads why."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("small_disk.py")
APART = ["unshare", "--mount"] if os.name == "posix" and os.geteuid() == 0 else ["unshare", "-U", "-r", "--mount"]
"""Begins a program whose mounts nobody else sees. Not every system lets everybody do so."""


def on_a_small_disk(folder: Path, kind: str, step: int) -> dict[str, list[tuple[int, str]]]:
    if not shutil.which("unshare") or subprocess.run([*APART, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives nobody a disk of his own")
    command = [*APART, sys.executable, SCRIPT, folder / "disk", kind, str(step)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {what: [(one["code"], one["said"]) for one in builds] for what, builds in json.loads(ran.stdout).items()}


def test_a_full_disk_and_one_that_can_only_be_read_leave_the_old_site(tmp_path: Path) -> None:
    told = on_a_small_disk(tmp_path, "tmpfs", 320)
    *refused, last = told["full"]
    assert last[0] == 0
    assert len(refused) > 2
    for code, said in refused:
        assert code == 3
        assert ": the disk is full" in said
        assert "the site that was there is untouched" in said
    for (code, said), first in zip(told["only read"], ("Cannot write public/", "Cannot begin the build"), strict=True):
        assert code == 3
        assert said.startswith(f"alertgen: {first}: the disk can only be read")
        assert "the site that was there is untouched" in said
    hints = [said.partition("hint: ")[2].split(",")[0] for _, said in told["only read"]]
    assert hints == ["Name another folder after --out", "Copy the folder of the site to a disk that can be written to"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", ["tmpfs", "ext4"])
def test_however_full_a_disk_is_the_site_is_whole(tmp_path: Path, kind: str) -> None:
    if kind == "ext4" and os.geteuid():
        pytest.skip("only root may mount a file")
    told = on_a_small_disk(tmp_path, kind, 8)
    assert len(told["full"]) > 100
