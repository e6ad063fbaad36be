"""The index is made from values, and is the same bytes every time."""

import json

import cbor2
import pytest

from alertgen.outputs import SearchIndex, SearchRecord
from alertgen.render.search import render_search
from alertgen.render.search_files import in_fixed_form


def record(number, lang="en"):
    codes = ["Sudan", "Yemen", "Mali"]
    return SearchRecord(
        address=f"/alerts/2021/x{number}/",
        lang=lang,
        title=f"Alert {number} & others",
        parts=(
            ("", "", "Beginning of it"),
            (f"sudan-{number}", "Attacks on <towns>", "What was reported\nand by whom"),
        ),
        filters=(
            ("country", codes[number % 3]),
            ("country", codes[(number + 1) % 3]),
            ("year", str(2017 + number % 5)),
        ),
        meta=(("date", "1 May 2021"), ("kicker", "Sample No. 1")),
    )


@pytest.fixture(scope="module")
def index():
    return SearchIndex(address="/pagefind/", records=tuple(record(n, "ar" if n % 7 == 0 else "en") for n in range(20)))


def test_the_same_records_give_the_same_bytes(index):
    first = list(render_search(index))
    for _ in range(6):  # the order of filters differs in most runs of Pagefind itself
        assert list(render_search(index)) == first


def test_every_file_that_the_index_names_is_there(index):
    files = dict(render_search(index))
    entry = json.loads(files["pagefind-entry.json"])
    assert sorted(entry["languages"]) == ["ar", "en"]
    for language in entry["languages"].values():
        meta = files[f"pagefind.{language['hash']}.pf_meta"]
        _, _, chunks, filters, *_ = cbor2.loads(meta.removeprefix(b"pagefind_dcd"))
        assert [name for name, _ in filters] == ["country", "year"]
        assert all(f"filter/{name}.pf_filter" in files for _, name in filters)
        assert all(f"index/{chunk[2]}.pf_index" in files for chunk in chunks)
        assert f"wasm.{language['wasm']}.pagefind" in files


def test_ready_made_interfaces_are_left_out(index):
    assert not [path for path, _ in render_search(index) if "ui" in path or path.endswith(".css")]


def test_an_unknown_form_is_refused_rather_than_guessed():
    with pytest.raises((ValueError, KeyError, OSError)):
        in_fixed_form(
            {"pagefind-entry.json": b'{"languages": {"en": {"hash": "en_1"}}}', "pagefind.en_1.pf_meta": b"x"}
        )
