"""Stopped at any system call, a whole `alertgen build` leaves one whole site, and a ledger that is true to it.

`test_write_faults.py` does the same to the writing alone, in more ways.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

import pytest

from desk import KILL, WAYS, Desk, desks
from stopping import Point, calls_in, need_strace, sampled, traced
from terminal import COMMAND

ERRORS = ("error=ENOSPC", "error=EIO", "error=EROFS")
Stop = tuple[int, Point]
"""The edition that a build leads to, and where it is stopped."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Callable[[str], Desk]]:
    need_strace()
    with desks() as desk_of:
        yield desk_of


def every(desk: Desk) -> list[Stop]:
    """Return where builds can be stopped, one to and one fro."""
    pairs = zip_longest(desk.points[1], desk.points[0])
    stops = [(edition, point) for pair in pairs for edition, point in zip((1, 0), pair, strict=True) if point]
    return [(edition, point) for edition, point in stops if not (desk.options and point.call == "renameat2")]


def few(desk: Desk, most: int) -> list[Stop]:
    """Return some of them: the first and last call of each kind, and others evenly."""
    chosen = {edition: set(sampled(points, most)) for edition, points in desk.points.items()}
    return [(edition, point) for edition, point in every(desk) if point in chosen[edition]]


def wrong(desk: Desk, stops: Iterable[Stop], how: str) -> list[str]:
    """Stop at all of *stops* and return what was wrong."""
    found = []
    for edition, point in stops:
        try:
            desk.stopped(point, how, edition)
        except AssertionError as error:
            found.append(str(error))
            desk.begin()
    return found


def test_there_is_something_to_stop_at(desk: Callable[[str], Desk]) -> None:
    news, words = desk("news"), desk("words")
    assert sum(path.endswith("index.html") for path in news.states[1].site) >= 60
    kinds = "write pwrite64 fsync syncfs rename renameat2 linkat unlink mkdir rmdir openat"
    assert set(kinds.split()) <= {point.call for point in news.points[1]}
    assert len(news.points[1]) > 400
    assert 100 < len(words.points[1]) < 400, "an edit of words alone has its short way"


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("way", ["words", "news"])
def test_a_build_that_is_stopped_leaves_a_whole_site_and_a_true_ledger(
    desk: Callable[[str], Desk], way: str, step: int
) -> None:
    stops = few(desk(way), 30)[step::16]
    assert wrong(desk(way), stops, (KILL, *ERRORS)[step]) == []


def about(desk: Desk, call: str, pattern: str) -> list[Stop]:
    """Return where a *call* is about something that *pattern* finds."""
    return [stop for stop in every(desk) if stop[1].call == call and re.search(pattern, stop[1].about)]


def test_two_steps_that_are_cut_short_are_undone_or_finished(desk: Callable[[str], Desk]) -> None:
    steps = about(desk("two steps"), "rename", r'/public"|/old"')
    assert len(steps) == 6, "three to, three fro"
    for how, some in ((KILL, steps), ("error=EIO", steps[2:4])):  # the second step there, and back
        assert wrong(desk("two steps"), some, how) == []


def test_a_first_build_that_is_stopped_leaves_nothing_or_all(desk: Callable[[str], Desk]) -> None:
    stops = few(desk("first"), 30)
    for how, some in ((KILL, stops[::12]), (ERRORS[0], stops[4::24]), (ERRORS[1], stops[9::24])):
        assert wrong(desk("first"), some, how) == []


def test_who_takes_back_the_words_gets_the_old_site(desk: Callable[[str], Desk]) -> None:
    here = desk("words")
    for edition, point in (*about(here, "renameat2", ""), *about(here, "rename", "census|standstill|manifest")):
        if edition == 1:
            here.undone(point)


def test_who_renames_what_readers_may_have_seen_is_told_of_its_address(desk: Callable[[str], Desk]) -> None:
    here = desk("news")
    ((_, exchange), _), ((_, ledger), *_) = about(here, "renameat2", ""), about(here, "rename", '/published.json"')
    assert [" then 1: " in here.regretted(point) for point in (exchange, ledger)] == [False, True]


def test_a_real_build_makes_the_same_calls(desk: Callable[[str], Desk]) -> None:
    here = desk("news")
    here.go(0)
    here.leave_for(1)
    ran = traced([*COMMAND, "build", "--site", here.root], here.log)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert here.state() == here.states[1]
    real, forked = calls_in(here.log), here.calls[1]
    assert {call for call in real | forked if abs(real[call] - forked[call]) > 3 and call != "pwrite64"} == set()
    here.at = 1


# --- everywhere -----------------------------------------------------------------------------------------------------


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", [KILL, *ERRORS])
@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way].processors == 1])
def test_a_build_may_be_stopped_anywhere(desk: Callable[[str], Desk], way: str, how: str) -> None:
    assert wrong(desk(way), every(desk(way)), how) == []


@pytest.mark.exhaustive
def test_words_may_be_taken_back_wherever_their_build_was_stopped(desk: Callable[[str], Desk]) -> None:
    for point in desk("words").points[1]:
        desk("words").undone(point)


@pytest.mark.exhaustive
def test_news_may_be_renamed_wherever_their_build_was_stopped(desk: Callable[[str], Desk]) -> None:
    for point in desk("news").points[1]:
        desk("news").regretted(point)


@pytest.mark.exhaustive
@pytest.mark.parametrize("step", range(4))
def test_a_build_by_several_processes_may_be_stopped_in_any_of_them(desk: Callable[[str], Desk], step: int) -> None:
    """At some of their calls, since no two builds share the work in the same way."""
    here = desk("several processes")
    here.go(1)
    writing = {line.split()[0] for line in here.log.read_text().splitlines() if ".public.alertgen/new/" in line}
    assert len(writing) > 1, "each process writes"
    assert wrong(here, few(here, 160)[step::4], (KILL, *ERRORS)[step]) == []
