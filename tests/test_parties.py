"""Outputs travel to other processes in parties: in their order, and long files not at all."""

import pickle

from alertgen.outputs import Document, Json, JsonFile, Record
from alertgen.render.parties import can_travel, parties


def citation(number: int) -> JsonFile:
    return JsonFile(address=f"/a{number}/cite.json", content=(Record((("id", str(number)),)),))


def long_file(name: str, *, record: bool) -> JsonFile:
    rows: Json = tuple(map(str, range(64)))
    return JsonFile(address=f"/data/{name}.json", content=Record((("rows", rows),)) if record else rows)


def test_long_files_stay() -> None:
    assert can_travel(citation(1))
    assert not can_travel(long_file("list", record=False))
    assert not can_travel(long_file("rows", record=True))
    assert not can_travel(Document(address="/data/a.csv", kind="csv", rows=(("a", "b"),) * 64))


def test_they_keep_their_order_and_what_stays_is_alone() -> None:
    outputs = (*map(citation, range(70)), long_file("x", record=True), *map(citation, range(70, 80)))
    made = tuple(parties(outputs))
    assert tuple(output for party in made for output in party.outputs) == outputs
    assert [len(party.outputs) for party in made] == [56, 14, 1, 10]
    assert [party.stays for party in made] == [False, False, True, False]


def test_they_arrive_as_they_left() -> None:
    (party,) = parties([citation(1), citation(2)])
    assert pickle.loads(pickle.dumps(party)) == party
