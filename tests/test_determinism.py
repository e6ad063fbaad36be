"""The same files give the same bytes, on any machine and whatever was built before."""

import datetime
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import NOON, SiteFolder
from copies import tree
from editing import clean, rest
from terminal import alertgen
from txtar import picture

ROOT = Path(__file__).parent.parent
SETTINGS = """\
title: {en: Test Alert, fr: Alerte}
base_url: https://example.org/news/
languages: [en, fr]
levels: r2p-monitor
timezone: Africa/Nairobi
redirects: [nginx, apache]
"""
COUNTRIES = ("SD", "SS", "ET", "UA", "MM")
ALERT = """\
---
title: {title}
date: {date}
country: [{country}]
risk_tags: [war-crimes]
---

{word}. With a note.[^1]

## North {{: country={country} level=current-crisis }}

More of {word}.

[^1]: A note on {word}.
"""
Edit = Callable[[SiteFolder, random.Random], None]


def write_alert(site: SiteFolder, rng: random.Random, number: int, ending: str = "") -> None:
    date = datetime.date(2026, 1, 7) + datetime.timedelta(days=7 * number)
    word = f"Word{rng.randrange(10**6)}"
    text = ALERT.format(title=f"Week {number}", date=date, country=COUNTRIES[number % 5], word=word)
    site.write(f"alerts/a{number}{ending}.md", text)


def some(site: SiteFolder, rng: random.Random) -> str:
    return rng.choice(sorted(path.name for path in site.path("alerts").glob("a*.md")))


def into_header(site: SiteFolder, name: str, line: str) -> None:
    text = site.path(f"alerts/{name}").read_text(encoding="utf-8")
    site.write(f"alerts/{name}", text.replace("---\n", f"---\n{line}\n", 1))


def new(site: SiteFolder, rng: random.Random) -> None:
    write_alert(site, rng, 4 + len(list(site.path("alerts").glob("*.md"))))


def changed(site: SiteFolder, rng: random.Random, pattern: str, new: str) -> None:
    path = f"alerts/{some(site, rng)}"
    text, count = re.subn(pattern, new, site.path(path).read_text(encoding="utf-8"), count=1)
    assert count == 1, (path, pattern)
    site.write(path, text)


def words(site: SiteFolder, rng: random.Random) -> None:
    changed(site, rng, r"More( \d+)? of", f"More {rng.randrange(10**6)} of")


def title(site: SiteFolder, rng: random.Random) -> None:
    changed(site, rng, r"title: (\w+ )?(Week|Semaine)", rf"title: {rng.choice(('Later', 'Other'))} \2")


def level(site: SiteFolder, rng: random.Random) -> None:
    """State a level in an alert and its translation: another one in each is an error."""
    stem = some(site, rng).partition(".")[0]
    stated = rng.choice(("current-crisis", "imminent-risk"))
    for file in sorted(site.path("alerts").glob(f"{stem}.*md")):
        text = file.read_text(encoding="utf-8")
        site.write(f"alerts/{file.name}", re.sub(r"level=\S+", f"level={stated}", text, count=1))


def photo(site: SiteFolder, rng: random.Random) -> None:
    """Give an alert a picture, or change the picture that all of them show."""
    site.write("alerts/photo.png", picture("png", 700, 400 + rng.randrange(100)))
    name = some(site, rng)
    if "image:" not in site.path(f"alerts/{name}").read_text(encoding="utf-8"):
        into_header(site, name, "image: photo.png\nimage_alt: A green field\nimage_credit: Nobody/Agency")


def translation(site: SiteFolder, rng: random.Random) -> None:
    named = [path for path in sorted(site.path("alerts").glob("a?.md")) if "lang:" not in path.read_text()]
    if named:
        name = rng.choice(named).name
        text = site.path(f"alerts/{name}").read_text(encoding="utf-8")
        site.write(f"alerts/{name[:-3]}.fr.md", text.replace("Week", "Semaine"))


def without_another_name(site: SiteFolder) -> list[Path]:
    """Return the alerts that have no translation, and have not moved yet."""
    return [
        path for path in sorted(site.path("alerts").glob("a*.md"))
        if "." not in path.stem and not path.with_suffix(".fr.md").exists() and "aliases" not in path.read_text()
    ]  # fmt: skip


def rename(site: SiteFolder, rng: random.Random) -> None:
    """Give an alert another file name; its old address leads to the new one."""
    alone = without_another_name(site)
    if alone:
        old = rng.choice(alone)
        into_header(site, old.name, f"aliases: [/alerts/2026/{old.stem}/]")
        site.move(f"alerts/{old.name}", f"alerts/a-moved-{old.name}")


def language(site: SiteFolder, rng: random.Random) -> None:
    """Say that an alert is in another language, which is another address; the old one leads there."""
    alone = without_another_name(site)
    if alone:
        file = rng.choice(alone)
        into_header(site, file.name, f"lang: fr\naliases: [/alerts/2026/{file.stem}/]")
        forgotten(site)


def deletion(site: SiteFolder, rng: random.Random) -> None:
    """Take an alert down in one language or all, and what the report names out of the ledger."""
    names = sorted(path.name for path in site.path("alerts").glob("a*.md"))
    if len(names) > 3:
        name = rng.choice(names)
        site.delete(f"alerts/{name}")
        if rng.random() < 0.5 and site.path(f"alerts/{name[:-3]}.fr.md").exists():
            site.delete(f"alerts/{name[:-3]}.fr.md")
        forgotten(site)


def forgotten(site: SiteFolder) -> None:
    """Forget all that the report misses, until it misses nothing."""
    while missed := vanished(site):
        before = site.path("published.json").read_bytes()
        assert alertgen("forget", *missed, cwd=site.root).code == 0
        assert len(site.path("published.json").read_bytes()) < len(before)


def vanished(site: SiteFolder) -> set[str]:
    problems = json.loads(alertgen("check", "--format", "json", cwd=site.root).out)["problems"]
    return {problem["message"].split()[0] for problem in problems if problem["code"] == "vanished-address"}


def page(site: SiteFolder, rng: random.Random) -> None:
    site.write("pages/about.md", f"---\ntitle: About\n---\n\nAbout us, {rng.randrange(10**6)}.\n")


def style(site: SiteFolder, rng: random.Random) -> None:
    site.write("static/extra.css", f"p {{ color: #{rng.randrange(10**6):06} }}\n")


def template(site: SiteFolder, rng: random.Random) -> None:
    shipped = (ROOT / "templates/redirect.html").read_text(encoding="utf-8")
    site.write("templates/redirect.html", shipped.replace("<body", f"<body data-edition={rng.randrange(100)}"))


def settings(site: SiteFolder, rng: random.Random) -> None:
    site.write("site.yaml", f"{SETTINGS}page_size: {rng.randint(1, 4)}\nfeed_items: {rng.randint(1, 4)}\n")


def draft(site: SiteFolder, rng: random.Random) -> None:
    site.write("alerts/z.md", f"---\ntitle: Not {rng.randrange(9)}\ndate: 2026-11-01\ndraft: true\n---\n\nText.\n")


def embargo(site: SiteFolder, rng: random.Random) -> None:
    head = f"title: Later\ndate: 2026-11-0{rng.randint(1, 9)}\ncountry: SD\nembargo: 2026-12-01T00:00:00+00:00"
    site.write("alerts/y.md", f"---\n{head}\n---\n\nText.\n")


def touch(site: SiteFolder, rng: random.Random) -> None:
    os.utime(site.path(f"alerts/{some(site, rng)}"))


EDITS: tuple[Edit, ...] = (
    new, words, words, title, level, photo, translation, rename, language, deletion, page, style, template, settings,
    draft, embargo, touch,
)  # fmt: skip


def begun(site: SiteFolder) -> SiteFolder:
    rng = random.Random(0)
    site.write("site.yaml", SETTINGS)
    for number in range(5):
        write_alert(site, rng, number)
    for edit in (photo, translation, rename, page, style, embargo):
        edit(site, rng)
    return site


def built(root: Path) -> dict[str, bytes]:
    """Build as an editor does, by whatever shorter way there may be."""
    ran = alertgen("build", cwd=root)
    assert ran.code == 0, ran.all
    return tree(root / "public")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def edited_and_compared(here: SiteFolder, seed: int, edits: int) -> None:
    """After each edit, a build must give what a clean build gives, and another build must change nothing."""
    rng = random.Random(seed)
    built(here.root)
    rest(here)
    built(here.root)
    for number in range(edits):
        edit = rng.choice(EDITS)
        edit(here, rng)
        if rng.random() < 0.7:
            rest(here)
        after = built(here.root)
        assert differing(after, clean(here.root, NOON)) == [], (seed, number, edit.__name__)
        assert built(here.root) == after


@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda edit: edit.__name__)
def test_after_one_edit_of_any_kind_a_build_gives_what_a_clean_build_gives(
    site: Callable[..., SiteFolder], edit: Edit
) -> None:
    here, rng = begun(site()), random.Random(7)
    built(here.root)
    rest(here)
    edit(here, rng)
    rest(here)
    assert differing(built(here.root), clean(here.root, NOON)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(10))
def test_after_each_of_thirty_edits_a_build_gives_what_a_clean_build_gives(
    site: Callable[..., SiteFolder], seed: int
) -> None:
    edited_and_compared(begun(site()), seed, 30)


def test_after_each_of_a_few_edits_a_build_gives_what_a_clean_build_gives(site: Callable[..., SiteFolder]) -> None:
    edited_and_compared(begun(site()), 100, 4)


# --- machines ---------------------------------------------------------------------------------------------------

ON_A_MACHINE = """
import os, random, sys
processes, order = int(sys.argv.pop(1)), sys.argv.pop(1)
os.sched_getaffinity = lambda _: set(range(processes))
scandir, listdir = os.scandir, os.listdir
def ordered(folder, found, name):
    found.sort(key=name)
    if order == "backwards":
        found.reverse()
    elif order != "forwards":
        random.Random(f"{order} {os.fspath(folder)}").shuffle(found)
    return found
class Scanned:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): self.close()
    def close(self): pass
def scanned(folder="."):
    with scandir(folder) as entries:
        return Scanned(ordered(folder, list(entries), lambda entry: entry.name))
os.scandir = scanned
os.listdir = lambda folder=".": ordered(folder, listdir(folder), None)
from alertgen.cli import main
main()
"""
Machine = tuple[int, str, dict[str, str]]
"""How many processors it has, in which order its disk names files (a word of its own is a shuffle), environment."""
MACHINES: tuple[Machine, ...] = (
    (1, "forwards", {"PYTHONHASHSEED": "0", "TZ": "UTC"}),
    (2, "backwards", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}),
    (8, "one", {"PYTHONHASHSEED": "random", "TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONUTF8": "0"}),
)
MORE_MACHINES: tuple[Machine, ...] = tuple(
    (processors, order, {"PYTHONHASHSEED": seed, "TZ": zone})
    for processors, order, seed, zone in (
        (1, "two", "random", "Asia/Kathmandu"), (2, "three", "random", "Africa/Monrovia"),
        (3, "four", "2", "Australia/Lord_Howe"), (8, "five", "4294967295", "UTC"), (2, "six", "0", "America/St_Johns"),
    )
)  # fmt: skip


def test_any_machine_gives_the_same_bytes(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    compared(begun(site()), tmp_path, MACHINES)


@pytest.mark.exhaustive
def test_many_machines_give_the_same_bytes(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    compared(begun(site()), tmp_path, (MACHINES[0], *MORE_MACHINES))


def compared(here: SiteFolder, tmp_path: Path, machines: Sequence[Machine]) -> None:
    for number in range(5, 40):  # enough for several processes
        write_alert(here, random.Random(number), number)
    trees = []
    for number, (processes, order, environment) in enumerate(machines):
        copy = tmp_path / f"machine-{number}"
        shutil.copytree(here.root, copy)
        for memory in ("cold", "warm"):
            shutil.rmtree(copy / "public", ignore_errors=True)
            ran = subprocess.run(
                [sys.executable, "-c", ON_A_MACHINE, str(processes), order, "build"],
                cwd=copy, env={**os.environ, **environment}, capture_output=True,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stdout + ran.stderr
            trees.append((f"{processes} {order} {memory}", tree(copy / "public")))
    (_, first), *others = trees
    assert {name: differing(first, one) for name, one in others} == {name: [] for name, _ in others}
    ledgers = {(tmp_path / f"machine-{number}/published.json").read_bytes() for number in range(len(machines))}
    assert len(ledgers) == 1


def test_line_ends_of_a_checkout_on_windows_change_nothing(site: Callable[..., SiteFolder]) -> None:
    """Git ends lines otherwise there (`core.autocrlf`), and some editors put a mark before them."""
    files = {
        "site.yaml": SETTINGS,
        "alerts/a.md": "---\ntitle: A\ndate: 2026-11-04\ncountry: SD\n---\n\nText.\n\n- one\n- two\n",
        "static/own.js": "// mine\nlet one = 1\n",
        "static/own.css": "a {\n  color: red;\n}\n",
        "templates/base.html": (ROOT / "templates/base.html").read_text(encoding="utf-8"),
    }
    trees = []
    for mark, end in (("", "\n"), ("\ufeff", "\r\n")):
        folder = site("")
        for path, text in files.items():
            folder.path(path).parent.mkdir(parents=True, exist_ok=True)
            folder.path(path).write_bytes((mark + text.replace("\n", end)).encode())
        trees.append(clean(folder.root))
        del trees[-1][".alertgen-manifest.json"]  # which goes by the bytes of each text
    assert trees[0] == trees[1]
