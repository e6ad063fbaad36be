"""Numbers of corrections, by which feeds know them, whatever is written, reworded and deleted from build to build."""

import datetime
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from alertgen.load.texts.corrections import numbered
from alertgen.model import Correction, Ledger
from alertgen.plan.planners import plan_outputs
from alertgen.records import replace
from alertgen.write.record import updated_ledger
from factories import SUDAN, alert, site, situation

DAY = datetime.date(2026, 11, 5)
TEXT = alert("2026-11-04", situation("A", SUDAN), stem="a")


def published(texts: Sequence[str], ledger: Ledger) -> tuple[dict[str, int], Ledger]:
    """Publish an alert with corrections that say *texts*, the oldest last; return their numbers, and the new ledger."""
    known = {mark: number for entry in ledger.entries for mark, number in entry.corrections}
    notes = numbered([Correction(date=DAY, text=text) for text in texts], known)
    here = site(replace(TEXT, corrections=notes))
    return {note.text: note.number for note in notes}, updated_ledger(ledger, here, plan_outputs(here), DAY)


@given(st.lists(st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=4), min_size=2, max_size=5))
def test_what_stays_keeps_its_number_and_no_two_have_the_same(builds: list[list[str]]) -> None:
    ledger, before = Ledger(), dict[str, int]()
    for texts in builds:
        now, ledger = published(texts, ledger)
        assert len(set(now.values())) == len(texts)
        assert {text: before[text] for text in texts if text in before}.items() <= now.items()
        assert published(texts, ledger) == (now, ledger)
        before = now
