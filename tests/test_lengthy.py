"""A long file is looked through and copied piece by piece as if it were in memory as a whole."""

import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen import lengthy
from alertgen.aside import aside
from alertgen.lengthy import Lengthy

FOLDER = TemporaryDirectory()
CONTENT = st.lists(st.sampled_from([b"a", b"b", b"abc", b"\n"]), max_size=60).map(b"".join)


def written(content: bytes) -> Path:
    """Return a file that has *content* until the next one is asked for."""
    file = Path(FOLDER.name) / "file"
    file.write_bytes(content)
    return file


@given(CONTENT, st.sampled_from([b"a", b"ab", b"ba", b"abca", b"bb\n", b"aaaaaaa"]), st.integers(1, 9))
def test_what_stands_once_is_found(content: bytes, wanted: bytes, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lengthy, "_PIECE", piece)
        file = written(content)
        at = content.find(wanted)
        once = at >= 0 and content.find(wanted, at + 1) < 0
        assert Lengthy(file).only(wanted) == (at if once else -1)


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
    with aside(lambda: 5) as result:
        assert result() == 5
    with aside(lambda: 1 // 0) as result, pytest.raises(ZeroDivisionError):
        result()
    with pytest.raises(KeyError), aside(threading.get_ident):
        raise KeyError
    assert threading.active_count() == threads
