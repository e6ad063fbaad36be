"""What is read without click is read as click reads it, and imports next to nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from alertgen import __version__
from alertgen.cli import building, carrying, plain, program
from conftest import SiteFolder
from terminal import alertgen

SITE = """
-- site.yaml --
title: Test
base_url: https://example.org/
search: false
-- alerts/a.md --
---
title: A week
date: 2026-11-18
country: SD
---

Words.
"""
SLOW = ("click", "dataclasses", "pathlib", "datetime", "typing", "inspect", "logging", "sqlite3", "yaml", "markdown")
LOOK = f"""
import json, sys
from alertgen.cli import run
before = set(sys.modules)
code = run(sys.argv[1:])
slow = [name for name in {SLOW!r} if name in sys.modules and name not in before]
print(json.dumps([code, slow, [name for name in sys.modules if name.startswith("alertgen")]]))
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Note what is ordered of the two readers, and carry nothing out."""
    orders: list[tuple[str, object]] = []

    def noted(reader: str) -> Callable[..., int]:
        def carried_out(order: object, *_: object) -> int:
            orders.append((reader, order))
            return 0

        return carried_out

    monkeypatch.setattr(carrying, "carried_out", noted("plain"))
    monkeypatch.setattr(building, "carried_out", noted("click"))
    return orders


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "-q"],
        ["build", "--strict", "--quiet"],
        ["build", "--site", "."],
        ["build", "--site", "../{name}/alerts/.."],
        ["build", "--out", "elsewhere"],
        ["build", "--out", "{root}/other/place", "-q", "--site", "{root}"],
        ["build", "--out", "one", "--out", "two"],
    ],
)
def test_both_readers_give_the_same_order(
    site: Callable[..., SiteFolder],
    monkeypatch: pytest.MonkeyPatch,
    asked: list[tuple[str, object]],
    words: list[str],
) -> None:
    here = site(SITE)
    monkeypatch.chdir(here.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795780800")
    typed = [word.format(root=here.root, name=here.root.name) for word in words]
    assert plain.answered(typed) == program.called(typed) == 0
    (first, one), (second, other) = asked
    assert (first, second) == ("plain", "click")
    assert one == other


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["build", "--now", "2026-11-20T12:00:00+00:00"],
        ["build", "--format", "json"],
        ["build", "--help"],
        ["build", "--out"],
        ["build", "--out", ""],
        ["build", "--out", "a/../b"],
        ["build", "--site", "nowhere"],
        ["build", "--site"],
        ["build", "here"],
        ["--version", "build"],
    ],
)
def test_whatever_else_is_typed_is_left_to_click(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(site(SITE).root)
    assert plain.answered(words) is None


@pytest.mark.parametrize("stamp", ["yesterday", "1795780800.5", "-1", "9" * 20, "१२"])
def test_a_moment_that_is_none_is_left_to_click(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch, stamp: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    ran = alertgen("build", cwd=site(SITE).root)
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH" in ran.err


def test_the_version_is_told(tmp_path: Path) -> None:
    assert alertgen("--version", cwd=tmp_path).out == f"alertgen {__version__}\n"


def test_a_build_with_nothing_to_do_imports_next_to_nothing(site: Callable[..., SiteFolder]) -> None:
    here = site(SITE)
    assert alertgen("build", cwd=here.root).code == 0
    assert alertgen("build", cwd=here.root).code == 0
    ran = subprocess.run([sys.executable, "-c", LOOK, "build"], cwd=here.root, capture_output=True, text=True)
    said, found = ran.stdout.splitlines()
    code, slow, ours = json.loads(found)
    assert code == 0
    assert said.startswith("Nothing has changed: ")
    assert slow == []
    assert set(ours) == {
        "alertgen", "alertgen.cli", "alertgen.cli.here", "alertgen.cli.plain", "alertgen.cli.streams",
        "alertgen.stillness", "alertgen.text",
    }  # fmt: skip


def test_what_the_last_build_said_is_said_again(site: Callable[..., SiteFolder]) -> None:
    here = site(SITE)
    here.write("alerts/later.md", "---\ntitle: Later\ndate: 2126-12-24\ncountry: SD\n---\n\nWords.\n")
    assert alertgen("build", cwd=here.root).code == 0
    again = alertgen("build", cwd=here.root)
    again = alertgen("build", cwd=here.root)
    assert "held back: alerts/later.md (future date" in again.out
    assert "Nothing has changed: " in again.out
    assert alertgen("build", "-q", cwd=here.root).all == ""
