"""A long file is looked through and copied piece by piece as if it were in memory as a whole."""

import re
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen import lengthy
from alertgen.lengthy import Lengthy
from alertgen.processes.thread import in_thread

FOLDER = TemporaryDirectory()
CONTENT = st.lists(st.sampled_from([b"a", b"b", b"abc", b"\n"]), max_size=60).map(b"".join)


def written(content: bytes) -> Path:
    """Return a file that has *content* until the next one is asked for."""
    file = Path(FOLDER.name) / "file"
    file.write_bytes(content)
    return file


WANTED = st.sampled_from([b"a", b"ab", b"ba", b"abca", b"bb\n", b"aaaaaaa"])


@given(CONTENT, WANTED, st.integers(1, 9), st.integers(0, 70))
def test_the_first_is_found(content: bytes, wanted: bytes, piece: int, start: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lengthy, "_PIECE", piece)
        assert Lengthy(written(content)).first(wanted, start) == content.find(wanted, start)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=40), st.integers(0, 10), st.integers(3, 60))
def test_halving_ends_before_what_is_looked_for_and_behind_most_of_what_is_ahead_of_it(
    rows: list[tuple[int, int]], wanted: int, near: int
) -> None:
    lines = [b"#%d %s\n" % (number, b"." * filling) for number, filling in sorted(rows)]
    content = b"".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lengthy, "_NEAR", near)
        start = Lengthy(written(content)).shortly_before(re.compile(rb"#(\d)"), lambda number: int(number) < wanted)
    end = sum(len(line) for line in lines if int(line[1:2]) < wanted)
    assert start <= end
    if near > 2 * max(map(len, lines), default=0):
        assert start >= end - near - max(map(len, lines), default=0)


@given(CONTENT, st.lists(st.integers(0, 60), max_size=6), st.integers(1, 9))
def test_passages_are_replaced(content: bytes, places: list[int], piece: int) -> None:
    places = sorted({min(place, len(content)) for place in places})
    passages = [(start, end, b"<%d>" % start) for start, end in zip(places[::2], places[1::2], strict=False)]
    expected, done = b"", 0
    for start, end, instead in passages:
        expected += content[done:start] + instead
        done = end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lengthy, "_PIECE", piece)
        file = written(content)
        assert b"".join(Lengthy(file).with_others(passages)) == expected + content[done:]


def test_what_is_done_aside_gives_its_result_or_its_error() -> None:
    threads = threading.active_count()
    with in_thread(lambda: 5) as result:
        assert result() == 5
    with in_thread(lambda: 1 // 0) as result, pytest.raises(ZeroDivisionError):
        result()
    with pytest.raises(KeyError), in_thread(threading.get_ident):
        raise KeyError
    assert threading.active_count() == threads
