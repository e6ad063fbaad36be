"""What was published and is held back again: by a draft, another embargo, another date, or a clock that is wrong."""

from collections.abc import Iterable

from alertgen import LEDGER, SITE_FILE, urls
from alertgen.check.now import Now, on_disk, slug_of
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.model import Held, HeldBecause, HeldText, LedgerEntry

_HOLDING = {HeldBecause.DRAFT: "draft", HeldBecause.EMBARGO: "embargo", HeldBecause.FUTURE: "date"}
"""The key that holds a text back."""
_CLOCKS = {
    HeldBecause.EMBARGO: "the clock of this computer (`alertgen doctor` shows it)",
    HeldBecause.FUTURE: f"the clock of this computer (`alertgen doctor` shows it), at `timezone` in {SITE_FILE}",
}
"""What may be wrong when the moment of a text seems to be still to come, beside what was typed on the command line."""


def held_again(lost: Iterable[LedgerEntry], now: Now) -> dict[Held, list[LedgerEntry]]:
    """Return what of *lost* is held back, by what holds it."""
    found: dict[Held, list[LedgerEntry]] = {}
    for entry in lost:
        if held := _held_at(entry, now):
            found.setdefault(held, []).append(entry)
    return found


def _held_at(entry: LedgerEntry, now: Now) -> Held | None:
    """Return what is held back and would be at the address of *entry*, or lead on from there."""
    for held in now.held:
        homes = held.addresses if isinstance(held, HeldText) else ()
        if on_disk(urls.as_folder(entry.address)) in {on_disk(urls.as_folder(home)) for home in homes}:
            return held
        if not homes and entry.id and slug_of(entry.address) in held.path:
            return held
    return None


def is_too_early(held: Held, entry: LedgerEntry) -> bool:
    """Tell whether what is *held* back was published when its moment seemed to have come.

    It seems to be still to come now, so that the clock is behind, or was ahead then.
    """
    return held.until is not None and held.until.date() <= entry.first


def at_its_key(found: Diagnostic, held: Held) -> Diagnostic:
    """Return the problem *found*, at the key that holds its text back."""
    return at_key(found, _HOLDING[held.because])


def way_back(held: Held, entry: LedgerEntry, forget: str) -> str:
    """Return how what is *held* back comes back to where *entry* was published; *forget* is the line if it must go."""
    if not is_too_early(held, entry):
        return (
            f"what has been published cannot be held back any more (it is held back now: {held.because}); "
            "say in `corrections` what was wrong\n"
            f"if it must go because it endangers somebody, type this and build again:\n{forget}"
        )
    hint = (
        f"to the build of {entry.first} that moment had come, to this one it has not\n"
        f"if it has: look at {_CLOCKS[held.because]}, or at what follows --now (what has been published can be built "
        f"again for no moment before that); leave {LEDGER} as it is\n"
    )
    if held.because is HeldBecause.EMBARGO:
        hint += "if the embargo was changed: write the old moment again; what is public cannot be held back\n"
    return hint + (
        "if the clock was wrong at that build, the text is in the site too early: where a web host has it, write "
        f"a day that has come under `{_HOLDING[held.because]}`; else type this, and build again before you copy "
        f"anything there:\n{forget}"
    )
