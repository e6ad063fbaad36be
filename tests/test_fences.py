"""The lines around the keys of a file are found, whatever an editor or a program has made of them."""

import unicodedata

import pytest

from alertgen.load.keys.fences import ANY_FENCE, Fences, find_fences

DASHES = [char for char in map(chr, range(0x10000)) if ANY_FENCE.match(f"{char}{char}") and not char.isspace()]


def test_all_dashes_count():
    assert len(DASHES) == 10
    assert all(unicodedata.category(char) in ("Pd", "Sm") for char in DASHES)


@pytest.mark.parametrize("dash", DASHES)
def test_a_fence_may_be_made_of_any_dash(dash: str):
    for fence in (f"{dash}{dash}", f" {dash} {dash}\t{dash} ", f"\u00a0{dash * 3}"):
        assert find_fences(["---", "title: A", fence, "text", "---"]) == Fences(0, 2)


@pytest.mark.parametrize("line", ["", " ", "-", "- a", "--a", "a --", "title: ---", "\u2013", "# ---"])
def test_other_lines_are_none(line: str):
    assert find_fences(["---", "title: A", line, "---"]) == Fences(0, 3)
