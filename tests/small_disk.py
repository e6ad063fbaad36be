"""A site on a disk that is full, or that can only be read.

As a program, in a mount namespace of its own: `python small_disk.py FOLDER KIND STEP`. It mounts a small file system of
a KIND (`tmpfs`, or `ext4`, which only root may) on FOLDER, and builds a site with so little room left that building
fails, then with STEP KiB more, and so on until it goes well. It prints, as JSON, what each build said, and stops with
a traceback when anything is not as it should be.
"""

import errno
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from copies import tree
from desk import LEDGER, NEWS, START, lay
from standby import Ended, Standby

SIZE = 14 * 2**20
BLOCK = 4096
MOST = 600
"""Steps after which there must be room enough."""


def remaining(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def filled(folder: Path, free: int) -> Path:
    """Leave so many bytes *free* on the disk of *folder*; more of them where it needs room to list what fills it."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        for size in range(max(1, remaining(folder) - free), 0, -BLOCK):
            try:
                os.posix_fallocate(file.fileno(), 0, size)
                break
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return filler


def mounted(folder: Path, kind: str) -> None:
    folder.mkdir(exist_ok=True)
    if kind == "tmpfs":
        subprocess.run(["mount", "-t", kind, "-o", f"size={SIZE}", "none", folder], check=True)
        return
    disk = folder.with_suffix(".disk")
    with disk.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run([f"mkfs.{kind}", "-q", "-m", "0", "-N", "4000", disk], check=True)
    subprocess.run(["mount", "-o", "loop", disk, folder], check=True)


def growing(folder: Path, alertgen: Standby, step: int) -> list[Ended]:
    """Build the news with ever more room, each time from the first edition; return how it ended each time."""
    site = folder / "site"
    build = ("build", "--site", site)
    lay(site, START, b"")
    assert alertgen.run(*build).code == 0
    old, ledger = tree(site / "public"), (site / LEDGER).read_bytes()
    ended: list[Ended] = []
    while not ended or (ended[-1].code and len(ended) < MOST):
        lay(site, NEWS, ledger)
        filler = filled(folder, len(ended) * step)
        ended.append(alertgen.run(*build))
        found, recorded = tree(site / "public"), (site / LEDGER).read_bytes()
        filler.unlink()
        assert alertgen.run(*build).code == 0
        new, noted = tree(site / "public"), (site / LEDGER).read_bytes()
        assert b"/alerts/2026/a40/" in noted
        assert new.keys() >= {"alerts/2026/a40/index.html"}
        assert (found, recorded) in [(old, ledger), (new, ledger), (new, noted)], ended[-1]
        assert ended[-1].code == 3 or (found, recorded) == (new, noted), ended[-1]
        lay(site, START, ledger)
        assert alertgen.run(*build).code == 0
        assert tree(site / "public") == old
    return ended


def only_read(folder: Path, alertgen: Standby) -> list[Ended]:
    """Build into a folder on a disk that can only be read, then on one that holds the whole site."""
    site, target = folder / "site", folder / "target"
    mounted(target, "tmpfs")
    build = ("build", "--site", site, "--out", target / "public")
    lay(site, START, (site / LEDGER).read_bytes())
    assert alertgen.run(*build).code == 0
    before = tree(target / "public"), tree(site)
    ended = []
    for disk in (target, folder):
        lay(site, NEWS, (site / LEDGER).read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        ended.append(alertgen.run(*build))
        assert tree(target / "public") == before[0]
        assert (site / LEDGER).read_bytes() == before[1][LEDGER]
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert alertgen.run(*build).code == 0
    assert (target / "public/alerts/2026/a40/index.html").exists()
    return ended


if __name__ == "__main__":
    place, kind, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    mounted(place, kind)
    with Standby(Path.cwd()) as standing_by:
        lay(Path("loaded"), {"a1": START["a1"]}, b"")
        assert standing_by.warm("build", "--site", "loaded").code == 0
        told = {"full": growing(place, standing_by, step * 1024), "only read": only_read(place, standing_by)}
        sys.stdout.write(json.dumps({what: [asdict(one) for one in all_of] for what, all_of in told.items()}))
