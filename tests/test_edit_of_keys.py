"""An edit that takes the whole plan: another process does what this one need not wait for, and the site is the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from alertgen import standstill
from alertgen.cli import run
from alertgen.engine import engine_digest
from alertgen.processes import forked
from conftest import NOON, SiteFolder
from copies import tree
from editing import added, begun, clean, titled

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a copy is only made on Linux")


@pytest.fixture
def here(site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON.timestamp())))
    folder = begun(site(), "search: false\n")
    assert built(folder) == 0
    return folder


def built(folder: SiteFolder) -> int:
    time.sleep(0.06)
    return run(["build", "--quiet", "--site", str(folder.root)])


def tagged(folder: SiteFolder) -> None:
    folder.edit("alerts/a4.md", "[war-crimes]", "[genocide]")


def headed(folder: SiteFolder) -> None:
    folder.edit("alerts/a0.md", "## North", "## Far north")


EDITS = [titled, tagged, headed, added]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have copies made also where the tests bring threads along; return what they are asked for."""
    names: list[str] = []
    usual = forked.ForkedCopy.begin

    def noted(self: forked.ForkedCopy, function: Callable[..., object], *values: object) -> Callable[[], object]:
        names.append(getattr(getattr(function, "func", function), "__name__", type(function).__name__))
        return usual(self, function, *values)

    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)
    monkeypatch.setattr(forked.ForkedCopy, "begin", noted)
    return names


@pytest.mark.parametrize(("edit", "copied"), [(edit, True) for edit in EDITS] + [(titled, False)])
def test_the_site_is_that_of_a_build_from_nothing(here: SiteFolder, asked, edit, copied: bool, monkeypatch) -> None:
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1 if copied else 2)
    edit(here)
    assert built(here) == 0
    assert tree(here.path("public")) == clean(here.root)


@on_linux
def test_what_has_new_keys_is_read_by_the_copy(here: SiteFolder, asked: list[str]) -> None:
    for edit, reads in ((titled, True), (headed, False), (added, True)):
        asked.clear()
        edit(here)
        assert built(here) == 0
        assert "_all" in asked, "the copy makes pages"
        assert ("make_ready_to_read" in asked) == ("read_all_frozen" in asked) == reads, edit


@pytest.fixture(params=[1, 2, 4, 5])
def dying(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the copy be gone after so many things that it has done."""
    pid, done, usual = os.getpid(), [0], forked._done

    def soon_gone(*asked: object) -> tuple[object, ...]:
        if done[0] == request.param and os.getpid() != pid:
            os.kill(os.getpid(), signal.SIGKILL)
        done[0] += 1
        return usual(*asked)

    monkeypatch.setattr(forked, "_done", soon_gone)
    return


def test_beside_a_copy_that_is_gone_nothing_is_passed_over(here: SiteFolder, asked, dying) -> None:
    titled(here)
    assert built(here) == 0
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize("copied", [True, False])
def test_what_is_wrong_is_told_whoever_has_read_it(here, asked, copied, monkeypatch, capsys) -> None:
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1 if copied else 2)
    before = tree(here.path("public"))
    here.edit("alerts/a2.md", "date: 2026", "date: 2O26")
    assert built(here) == 1
    assert "alerts/a2.md:3:7" in capsys.readouterr().out
    assert tree(here.path("public")) == before


HEAVY = ("importlib.metadata", "markdown", "yaml", "pydantic", "babel", "PIL", "click")
EDIT = f"""
import sys
from alertgen.cli import run
code = run(["build", "--quiet"])
print(code, [name for name in {HEAVY!r} if name in sys.modules])
"""


@on_linux
def test_what_the_copy_does_this_process_imports_nothing_for(here: SiteFolder) -> None:
    here.edit("site.yaml", "levels:", "feed_items: 1\nlevels:")
    told = []
    for edit in (lambda _: None, titled, added):
        edit(here)
        time.sleep(0.06)
        done = subprocess.run([sys.executable, "-c", EDIT], cwd=here.root, capture_output=True, text=True, check=True)
        told.append(done.stdout)
    assert told[1:] == ["0 []\n"] * 2


def test_that_the_same_alertgen_has_built_is_known_where_nothing_of_it_has_changed(here: SiteFolder) -> None:
    added(here)
    now = standstill.begin(here.root)
    engine = standstill.engine_since(here.root, now)
    assert engine == engine_digest()
    mine = f"{Path(standstill.__file__).parent}/".encode()
    (at, *_) = (number for number, line in enumerate(now.state) if line.startswith(mine))
    for state in ((*now.state[:at], now.state[at] + b"2", *now.state[at + 1 :]), now.state[:-1], ()):
        assert standstill.engine_since(here.root, replace(now, state=state)) == ""
    note = here.path(".alertgen/standstill.json").read_text()
    for damaged in (note.replace(sys.version[:4], "2.7."), note.replace('"state": "', '"state": "0'), "[]", ""):
        here.write(".alertgen/standstill.json", damaged)
        assert standstill.engine_since(here.root, now) == ""
