"""Tiny whole sites in a string, and the flag that refreshes what tests compare with."""

import datetime
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from jinja2.bccache import Bucket

from alertgen.diagnostics import Diagnostic
from alertgen.load import folder
from alertgen.load.site import Loaded, load_site
from alertgen.load.theme.reading import default_theme, read_templates
from alertgen.render import templates
from alertgen.report import format_problem
from alertgen.screens import make_ready
from alertgen.store import Store
from txtar import unpack

# No deadline, since the machine may be busy with other things. CI tries the same examples every time, so that a change
# lands or fails by what it is; everyone else's runs look for new ones.
settings.register_profile("shared", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("shared")

if threading.current_thread() is threading.main_thread():
    # A shell that starts the tests in the background has them ignore Ctrl-C, and so would all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
"""The moment at which tests load a site unless they say another."""

os.environ["SOURCE_DATE_EPOCH"] = str(int(NOON.timestamp()))
# Alertgen takes it as the present, here and in the processes that tests begin; any other `--now` is a rehearsal.

make_ready()  # every text of every test is looked at as in a build of many, those of the attacks above all

SITE_YAML = "title: Test Alert\nbase_url: https://example.org/\n"
"""What `site.yaml` says unless a test writes its own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write expected files anew instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    """Let every site know from the first on what the default templates compile to: half of the time of a small one."""
    known = Store(None)
    templates.compiled(read_templates(default_theme())[0], known)
    load = templates._Compiled.load_bytecode

    def from_others(self: templates._Compiled, bucket: Bucket) -> None:
        load(self, bucket)
        if bucket.code is None:
            load(templates._Compiled(known), bucket)
            if bucket.code is not None:
                self.dump_bytecode(bucket)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates._Compiled, "load_bytecode", from_others)
        yield


@pytest.fixture(scope="session", autouse=True)
def vocabularies_are_read_once() -> Iterator[None]:
    """Let every site know the shipped terms from the first on: to read them is half of loading a small one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "read_vocabularies", cache(folder.read_vocabularies))
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_waits_for_the_disk() -> Iterator[None]:
    """No test cuts the power: those that ask what is on the disk, and when, begin a process of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def reported(refresh: bool) -> Callable[[Iterable[Diagnostic], Path], None]:
    """Return what holds the report of problems against the one in a folder that has the name of a code among them."""

    def compare(problems: Iterable[Diagnostic], folder: Path) -> None:
        known = tuple(problems)
        report = "\n".join(map(format_problem, known)) + "\n"
        expected = folder / "expected.txt"
        if refresh:
            expected.write_text(report, encoding="utf-8")
        assert report == expected.read_text(encoding="utf-8")
        assert folder.name in {problem.code for problem in known}

    return compare


@dataclass
class SiteFolder:
    """A site in a folder of its own, to be edited and loaded again."""

    root: Path
    memory: Store = field(default_factory=lambda: Store(None))
    """What is remembered from one load to the next."""

    def path(self, path: str) -> Path:
        return self.root / path

    def write(self, path: str, content: str | bytes) -> None:
        self.path(path).parent.mkdir(parents=True, exist_ok=True)
        self.path(path).write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.path(path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        if self.path(path).is_dir():
            shutil.rmtree(self.path(path))
        else:
            self.path(path).unlink()

    def move(self, path: str, to: str) -> None:
        self.path(to).parent.mkdir(parents=True, exist_ok=True)
        self.path(path).rename(self.path(to))

    def load(self, *, now: datetime.datetime = NOON) -> Loaded:
        return load_site(self.root, now=now, store=self.memory)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], SiteFolder]:
    """Make a site of the files in a string: `site("-- alerts/a.md --\\n…")`. `txtar.py` says what headers can say."""

    def make(files: str = "") -> SiteFolder:
        made = SiteFolder(tmp_path / "site")
        made.write("site.yaml", SITE_YAML)
        unpack(files, made.root)
        return made

    return make
