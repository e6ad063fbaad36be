"""A site that goes to and fro between two editions, each build on the way being stopped somewhere.

All happens in place, as it does on an editor's desk: what the next build remembers is what stopped ones have left.
"""

import datetime
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copies import tree
from standby import Ended, Standby
from stopping import TWO_STEPS, Point, calls_in, in_memory, points_of, was_about, was_hit, watching

SITE = "title: Test Alert\nbase_url: https://example.org/\nsearch: false\nlevels: r2p-monitor\n"
COUNTRIES = ("SD", "SS", "ET", "UA", "MM", "ML", "YE", "SY")
ALERT = """\
---
title: {title}
date: {date}
country: [{country}]
risk_tags: [war-crimes]{more}
---

## North {{: country={country} level=current-crisis }}

{long}

{text}
"""
LONG = "What is said of week {number} at such length that no list has room for what comes after it. " * 8
LEDGER = "published.json"
REST = 0.06
"""Seconds after which a change is surely older than what comes next, by the clock of any file system."""
LEFT_WITHOUT_WORK = {
    ".alertgen/lock.json",
    ".alertgen/standstill.new",
    ".public.alertgen/census.new",
    ".public.alertgen/lock.json",
    ".public.alertgen/new",
    ".public.alertgen/old",
}
"""What a stopped build may leave until the next one that has anything to write."""
KILL = "signal=KILL"
Texts = Mapping[str, str]


def alert(number: int, *, more: str = "", text: str = "More of it.") -> str:
    day = datetime.date(2025, 12, 31) + datetime.timedelta(weeks=number)
    country = COUNTRIES[number % len(COUNTRIES)]
    long = LONG.format(number=number)
    return ALERT.format(title=f"Week {number}", date=day, country=country, more=more, long=long, text=text)


def without(texts: Texts, *names: str) -> Texts:
    return {name: text for name, text in texts.items() if name not in names}


NOTHING: Texts = {}
START: Texts = {f"a{number}": alert(number) for number in range(40)}
MANY: Texts = {f"m{number}": alert(number - 60) for number in range(100)}
"""So many that their pages are shared among processes."""
WORDS: Texts = {**START, "a3": alert(3, text="Other words."), "a20": alert(20, text="Others as well.")}
NEWS: Texts = {
    **without(START, "a5"),
    "a3": alert(3, text="More, and more."),
    "a40": alert(40),
    "b5": alert(5, more="\naliases: /alerts/2026/a5/"),
}
"""A new alert, one with other words, and one that lives elsewhere now."""
NEW_ADDRESS = "/alerts/2026/a40/"
REGRETTED: Texts = {**without(NEWS, "a40"), "c40": alert(40)}
"""As the news, but the new alert has another name, and nobody has thought of its address."""


@dataclass(frozen=True)
class Way:
    """What happens between two editions, and what the system is like."""

    texts: tuple[Texts, Texts]
    options: tuple[str, ...] = ()
    """Of strace."""
    processors: int = 1


WAYS = {
    "first": Way((NOTHING, START)),
    "words": Way((START, WORDS)),
    "news": Way((START, NEWS)),
    "two steps": Way((START, NEWS), TWO_STEPS),
    "several processes": Way((NOTHING, MANY), processors=2),
}


@dataclass(frozen=True)
class State:
    """What builds leave."""

    site: Mapping[str, bytes]
    ledger: bytes
    beside: frozenset[str]
    """Paths of all else that they make."""


@contextmanager
def desks() -> Iterator[Callable[[str], "Desk"]]:
    """Yield what makes the desk of a way."""
    with in_memory() as folder, ExitStack() as stack:
        lay(folder / "loaded", {"a1": alert(1)}, b"")

        @cache
        def standing_by(processors: int) -> Standby:
            alertgen = stack.enter_context(Standby(folder, processors))
            assert alertgen.warm("build", "--site", folder / "loaded").code == 0
            return alertgen

        yield cache(lambda way: Desk(folder / way.replace(" ", "-"), standing_by(WAYS[way].processors), WAYS[way]))


def lay(root: Path, texts: Texts, ledger: bytes) -> None:
    """Make *root* a site of *texts*, by writing what is different, and let it rest."""
    files = {f"alerts/{name}.md": text.encode() for name, text in texts.items()} | {"site.yaml": SITE.encode()}
    if ledger:
        files[LEDGER] = ledger
    (root / "alerts").mkdir(parents=True, exist_ok=True)
    for file in (*root.glob("alerts/*"), root / LEDGER):
        if file.relative_to(root).as_posix() not in files:
            file.unlink(missing_ok=True)
    for path, content in files.items():
        file = root / path
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    time.sleep(REST)


class Desk:
    """A site that goes to and fro on one of the `WAYS`."""

    def __init__(self, folder: Path, alertgen: Standby, way: Way) -> None:
        self.root, self.log = folder / "site", folder / "calls"
        self.alertgen, self.way, self.texts, self.options = alertgen, way, way.texts, way.options
        self.at = 0
        """The edition that is published."""
        self.recorded = b""
        """What the ledger says before each step: what the first edition has published."""
        self.states: dict[int, State] = {}
        self.calls: dict[int, Counter[str]] = {}
        self.points: dict[int, list[Point]] = {}
        """By edition, where the build that leads to it may be stopped."""
        self.begin()

    def begin(self) -> None:
        """Set everything up, and see each step when nobody stops it."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.recorded = b""
        for edition in (0, 1, 0, 1, 0):  # the first time is unlike all others, since nothing is remembered
            self.go(edition)
            self.points[edition] = points_of(self.log) if self.texts[edition] else []
            self.calls[edition] = calls_in(self.log) if self.texts[edition] else Counter()
            self.states[edition] = self.state()
            if not self.recorded and self.texts[0]:
                self.recorded = self.states[0].ledger
                (self.root / "public/CNAME").write_text("example.org\n")
        assert self.states[0].site != self.states[1].site

    def go(self, edition: int) -> None:
        """Build *edition*, and be stopped by nobody."""
        self.leave_for(edition)
        if self.texts[edition]:
            ended = self.run()
            assert ended.code == 0, ended.said
        self.at = edition

    def leave_for(self, edition: int) -> None:
        """Lay the texts of *edition* on the desk, with the ledger that each step begins with."""
        if not self.texts[edition] or not self.texts[0]:
            for name in ("public", ".public.alertgen", ".alertgen"):
                shutil.rmtree(self.root / name, ignore_errors=True)
        lay(self.root, self.texts[edition], self.recorded)

    def run(self, *options: str) -> Ended:
        """Build under strace."""
        return self.alertgen.run("build", "--site", self.root, strace=watching(self.log, *options, *self.options))

    def again(self) -> Ended:
        """Build, and let it end."""
        return self.alertgen.run("build", "--site", self.root)

    def state(self) -> State:
        ledger = self.root / LEDGER
        beside = {
            path.relative_to(self.root).as_posix()
            for folder in (self.root, self.root / ".alertgen", self.root / ".public.alertgen")
            for path in folder.glob("*")
            if not path.name.startswith("memory.db-")
        }
        recorded = ledger.read_bytes() if ledger.exists() else b""
        return State(tree(self.root / "public"), recorded, frozenset(beside))

    def stopped(self, point: Point, how: str, to: int) -> str:
        """Stop at *point* of the way to the edition *to*; the site is whole, the ledger true, and the next build mends.

        Returns a line that tells of it.
        """
        told = self._stop(point, how, to)
        again = self.again()
        told += f" | then {again.code}: {again.said}"
        assert again.code == 0, told
        self._check(to, told, worked="Nothing has changed" not in again.said)
        return told

    def undone(self, point: Point) -> str:
        """Be killed at *point* of the way to other words, and take the words back before building again."""
        told = self._stop(point, KILL, 1)
        self.leave_for(0)
        again = self.again()
        told += f" | then {again.code}: {again.said}"
        assert again.code == 0, told
        assert self.state().site == self.states[0].site, told
        self.at = 0
        return told

    def regretted(self, point: Point) -> str:
        """Be killed at *point* of the way to the news, and give the new alert another name before building again.

        If readers have seen it, its address is missed; if nobody has, nothing is said of it.
        """
        told = self._stop(point, KILL, 1)
        found = self.state()
        seen = found.site == self.states[1].site
        lay(self.root, REGRETTED, found.ledger)
        again = self.again()
        told += f" | then {again.code}: {again.said}"
        assert (again.code, f"{NEW_ADDRESS} was published" in again.said) == ((1, True) if seen else (0, False)), told
        assert (NEW_ADDRESS.encode() in self.state().ledger) == seen, told
        self.go(1)
        self._check(1, told, worked=not seen)
        return told

    def _check(self, edition: int, told: str, *, worked: bool) -> None:
        """Find *edition* as it is, and nothing beside it but what a build leaves that had nothing to write."""
        due, found = self.states[edition], self.state()
        assert (found.site, found.ledger) == (due.site, due.ledger), told
        left = found.beside - due.beside
        assert not left or (left <= LEFT_WITHOUT_WORK and not worked), f"{told} {left}"

    def _stop(self, point: Point, how: str, to: int) -> str:
        if self.at == to:
            self.go(1 - to)
        self.leave_for(to)
        self.at = to
        old, new = self.states[1 - to], self.states[to]
        ended = self.run(*point.options(how))
        hit, found = was_hit(self.log, how), self.state()
        site = "new" if found.site == new.site else "old" if found.site == old.site else "OTHER"
        told = f"to {to} {point.call} {point.number} {how}: {'hit' if hit else 'not hit'}, {ended.code}, site {site}: "
        told += ended.said
        gap = [{}] if self.options == TWO_STEPS and how == KILL else []  # between the two steps there is no site
        assert found.site in [old.site, new.site, *gap], told
        assert found.ledger in (self.recorded, new.ledger), told
        assert found.ledger == self.recorded or found.site == new.site, told
        if how == KILL:
            helper = self.way.processors > 1 and ended.code == 3  # a process that only helps was killed
            assert helper or ended.code == (-signal.SIGKILL if hit else 0), told
            assert hit or ended.code or found.site == new.site, told
        else:
            reading = point.call == "openat" and hit and "O_CREAT" not in was_about(self.log)
            assert ended.code in ((0, 1, 3) if reading else (0, 3)), (
                told
            )  # a text that cannot be read is an error in it
            assert "Traceback" not in ended.said, told
            assert ended.code or (found.site, found.ledger) == (new.site, new.ledger), told
            assert ended.code != 3 or "alertgen: " in ended.said, told
            assert ("untouched" in ended.said) <= (found.site == old.site), told
        return told
