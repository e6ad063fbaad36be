"""The health of the machine and of what alertgen keeps: what may go wrong with a build although no text is wrong."""

import datetime
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import features

from alertgen import LEDGER, MEMORY, OUTPUT, SITE_FILE, STATICS, TEMPLATES, WITHHELD, __version__
from alertgen.load.disk.files import list_folder
from alertgen.load.ledger import read_ledger
from alertgen.load.people.withheld import read_withheld
from alertgen.load.series import Series, read_series
from alertgen.load.settings.site_file import first_steps
from alertgen.records import dataclass
from alertgen.store import Store, memory_file
from alertgen.text import counted, listed
from alertgen.write import MachineError, lock, read_manifest

_OLDEST_PYTHON = (3, 11)
_LEAST_BYTES = 500 * 1024 * 1024
"""Free space below which a build may not find room for a second copy of the site."""
_GIGABYTE = 1024**3
_A_DAY = datetime.timedelta(days=1)
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?P<bounds>[^;]*)(?P<condition>;.*)?")
_BOUND = re.compile(r"(>=|<)\s*([\d.]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """Two or three words."""
    found: str
    """What it is like."""
    cure: str = ""
    """What to do about it; empty when it is as it should be."""

    @property
    def ok(self) -> bool:
        """Whether it is as it should be."""
        return not self.cure


Look = Callable[[Path, datetime.datetime], Iterator[Finding]]


def examine(root: Path, now: datetime.datetime) -> Iterator[Finding]:
    """Look at everything that a build of the site in *root* depends on, one thing after the other."""
    for look in LOOKS:
        try:
            yield from look(root, now)
        except OSError as error:
            name = (look.__doc__ or "").rstrip(".")
            yield Finding(what=name, found=error.strerror or str(error), cure="look at the permissions of the folder")


def _python(_root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Python."""
    found = f"{platform.python_version()} in {sys.prefix}, on {platform.system()} {platform.machine()}"
    cure = "" if sys.version_info >= _OLDEST_PYTHON else "install Python 3.11 or newer, then alertgen again"
    yield Finding(what="Python", found=found, cure=cure)


def _packages(_root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Packages."""
    try:
        wanted = importlib.metadata.requires("alertgen") or []
    except importlib.metadata.PackageNotFoundError:
        cure = "install it, with the path of its folder: python -m pip install path/to/alertgen"
        yield Finding(what="alertgen", found=f"{__version__}, run from a folder without being installed", cure=cure)
        return
    needed = [match for match in map(_REQUIREMENT.match, wanted) if match and "extra" not in (match["condition"] or "")]
    faults = [fault for match in needed if (fault := _package_fault(match["name"], match["bounds"]))]
    yield Finding(
        what="alertgen",
        found=f"{__version__} with {counted(len(needed), 'package')}"
        + (f"; {listed(faults, 'and')}" if faults else ""),
        cure="install alertgen again from the file or folder that you have of it, so that its packages come along: "
        "python -m pip install --upgrade path/to/alertgen"
        if faults
        else "",
    )


def _package_fault(name: str, bounds: str) -> str:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return f"{name} is missing"
    for sign, bound in _BOUND.findall(bounds):
        if (_numbers(version) >= _numbers(bound)) != (sign == ">="):
            return f"{name} is {version}, but {sign}{bound} is needed"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def _pagefind(_root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Search."""
    command = [sys.executable, "-m", "pagefind_bin", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    said = (done.stdout or done.stderr).strip().splitlines() or ["it says nothing"]
    cure = "install alertgen again, or write `search: false` into site.yaml to publish without search"
    yield Finding(what="Search (Pagefind)", found=said[-1], cure=cure if done.returncode else "")


def _pictures(_root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Pictures."""
    codecs = {"jpg": "JPEG", "zlib": "PNG", "webp": "WebP", "avif": "AVIF", "littlecms2": "colour profiles"}
    missing = [name for codec, name in codecs.items() if not features.check(codec)]
    has = [name for name in codecs.values() if name not in missing]
    found = f"Pillow {importlib.metadata.version('pillow')} knows {listed(has, 'and')}"
    if missing:
        cure = (
            "install Pillow from its own packages: python -m pip install --force-reinstall --only-binary :all: pillow"
        )
        yield Finding(what="Pictures", found=f"{found}, but not {listed(missing)}", cure=cure)
    else:
        yield Finding(what="Pictures", found=found)


def _time(_root: Path, now: datetime.datetime) -> Iterator[Finding]:
    """Time."""
    zones = len(zoneinfo.available_timezones())
    cure = "" if zones else "install the time zones: python -m pip install tzdata"
    yield Finding(what="Time zones", found=f"{zones} known", cure=cure)
    built = datetime.datetime.fromtimestamp(Path(__file__).stat().st_mtime, datetime.UTC)
    instead = ", says SOURCE_DATE_EPOCH" if os.environ.get("SOURCE_DATE_EPOCH") else ""
    mend = "take SOURCE_DATE_EPOCH out of the environment" if instead else "set the clock"
    late = "" if now > built - 2 * _A_DAY else f"{mend}: embargoes and dates go by it"
    yield Finding(what="Clock", found=f"{now:%Y-%m-%d %H:%M} UTC{instead}", cure=late)


def _site(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Site."""
    if not (root / SITE_FILE).is_file():
        yield Finding(what="Site", found=f"there is no {SITE_FILE} in {root}", cure=first_steps(root))
        return
    series = read_series(root, Store(None))
    if isinstance(series, Series):
        yield Finding(what="Site", found=f"{root}, {counted(len(series.issues), 'alert file')}")
        return
    hint = "run `alertgen check`, which says what is wrong with it"
    yield Finding(what="Site", found=f"site.yaml in {root} cannot be used: {series[0].message}", cure=hint)


def _room(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Disk."""
    for folder in (root, root / MEMORY, root / OUTPUT):
        if folder.is_dir() and not _takes_files(folder):
            cure = f"ask who owns it, or move the site to a folder of your own ({folder})"
            yield Finding(what="Folder", found=f"nothing can be written into {folder.name}/", cure=cure)
    free = shutil.disk_usage(root).free
    cure = "" if free >= _LEAST_BYTES else "free some space: a build needs room for a second copy of the site"
    yield Finding(what="Disk", found=f"{free / _GIGABYTE:,.1f} GB free", cure=cure)


def _takes_files(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _lock(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Lock."""
    if not (root / MEMORY / "lock").exists():
        yield Finding(what="Lock", found="no build is running")
        return
    try:
        with lock(root, wait=0) as stale:
            left = f"; the build of {stale.since} did not end in order, which does no harm" if stale else ""
            yield Finding(what="Lock", found=f"no build is running{left}")
    except MachineError as error:
        yield Finding(what="Lock", found=error.message, cure=error.hint)


def _memory(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Memory."""
    file = memory_file(root)
    if not file.exists():
        yield Finding(what="Memory", found="empty; the first build takes longer")
        return
    size = file.stat().st_size / 1024**2
    with Store(file) as store:
        store.get("doctor")
        damaged = store.damaged
    cure = "nothing: it was emptied, and the next build fills it again"
    yield Finding(
        what="Memory",
        found=f"{size:,.1f} MB in {MEMORY}/" + (", damaged" if damaged else ""),
        cure=cure if damaged else "",
    )


def _published(root: Path, now: datetime.datetime) -> Iterator[Finding]:
    """Published site."""
    ledger, problems = read_ledger(root)
    for problem in problems:
        yield Finding(what="Ledger", found=problem.message, cure=problem.hint)
    if not problems:
        found = f"{counted(len(ledger.entries), 'address', 'addresses')} in published.json"
        last = max((entry.first for entry in ledger.entries), default=now.date())
        ahead = last > now.date() + _A_DAY  # midnight is not everywhere at once
        cure = (
            "if that day has come, set the clock of this computer; if not, the clock was wrong when that was built: "
            "`alertgen check` says what to do about texts that are in the site too early"
        )
        late = f", some since {last}, which is still to come" if ahead else ""
        yield Finding(what="Ledger", found=found + late, cure=cure if ahead else "")
    try:
        manifest = read_manifest(root / OUTPUT)
    except MachineError as error:
        yield Finding(what="Output", found=error.message, cure=error.hint)
        return
    if manifest is None:
        yield Finding(what="Output", found="nothing is built yet")
    elif manifest.unreadable:
        yield Finding(what="Output", found="the list of what was built is damaged", cure="build again")
    else:
        lost = f"; {counted(len(manifest.missing), 'file')} missing or changed" if manifest.missing else ""
        cure = "build again: the site in public/ is not as it was built" if lost else ""
        found = f"{counted(len(manifest.entries), 'address', 'addresses')} in public/{lost}"
        yield Finding(what="Output", found=found, cure=cure)


def _withheld(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """Names to withhold."""
    withheld, problems = read_withheld(root)
    for problem in problems:
        yield Finding(
            what="Names", found=f"{problem.at.path}: {problem.message}", cure=problem.hint or "save it as UTF-8"
        )
    if problems or not (root / WITHHELD).exists():
        return
    git = shutil.which("git")
    answer = _IGNORED if git is None else _asked(git, "-C", str(root), "check-ignore", "--quiet", WITHHELD)
    found = (
        f"{WITHHELD} is read" + "; Git leaves it out" * (git is not None and answer == _IGNORED)
        if withheld
        else f"{WITHHELD} is empty"
    )
    if answer == _NOT_IGNORED:
        cure = (
            f"write the line /{WITHHELD} into .gitignore, so that it is never committed; if it has been, run "
            f"`git rm --cached {WITHHELD}`, and remember that Git keeps what was pushed"
        )
        yield Finding(what="Names", found=f"Git does not leave out {WITHHELD}", cure=cure)
    else:
        yield Finding(what="Names", found=found)


def _left_out(root: Path, _now: datetime.datetime) -> Iterator[Finding]:
    """What Git leaves out."""
    git = shutil.which("git")
    theme = (path for folder in (TEMPLATES, STATICS) for path in list_folder(root, folder).paths)
    wanted = [*(name for name in (LEDGER, SITE_FILE) if (root / name).exists()), *theme]
    if not git or not wanted:
        return
    asked = (git, "-C", str(root), "check-ignore", "--stdin", "-z")
    told = subprocess.run(asked, input=os.fsencode("\0".join(wanted)), capture_output=True, check=False)  # noqa: S603
    names = os.fsdecode(told.stdout).split("\0")[:-1]
    if names:
        first, *others = names
        more = f" and {counted(len(others), 'other file')}" if others else ""
        cure = (
            "take the line that leaves it out from .gitignore, then add and commit it: who builds the site from Git, "
            "as a colleague or a host does, has to have it"
        )
        yield Finding(what="Git", found=f"Git leaves out {first}{more}", cure=cure)


_IGNORED, _NOT_IGNORED = 0, 1
"""What `git check-ignore` answers; anything else means that there is no repository. It knows what is committed."""


def _asked(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 - our own arguments


LOOKS: tuple[Look, ...] = (
    _python, _packages, _pagefind, _pictures, _time, _site, _room, _lock, _memory, _published, _withheld, _left_out,
)  # fmt: skip
