"""What other sites answered, kept for some days in `.alertgen/links.json`, which may be deleted at any time."""

import datetime
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from alertgen.external.answers import Answer, Copy, State
from alertgen.write.replacing import replace_file

_LAYOUT = 1
_DAYS = {State.GOOD: 7, State.MOVED: 7, State.CLOSED: 7, State.GONE: 1}
"""For how many days an answer is believed; what is not listed is asked for in every run."""
_DAYS_OF_COPY = {True: 90, False: 7}
"""For how many days it is believed that the archive has a copy, or none."""


class Remembered:
    """The answers of earlier runs, as of the moment *now*, and those of this one."""

    def __init__(self, file: Path, now: datetime.datetime) -> None:
        self._file = file
        self._now = now
        self._kept = _read(file)

    def answer(self, address: str) -> Answer | None:
        """Return what was found at *address* not long ago."""
        try:
            record = self._kept["answers"][address]
            state = State(record["state"])
            fresh = self._age(record) < datetime.timedelta(_DAYS.get(state, 0))
            return Answer(state=state, cause=str(record["cause"]), to=str(record["to"]), known=True) if fresh else None
        except (LookupError, ValueError, TypeError):
            return None

    def copy(self, address: str) -> Copy | None:
        """Return what the archive was found to keep of *address* not long ago."""
        try:
            record = self._kept["copies"][address]
            copy = Copy(address=str(record["copy"]))
            return copy if self._age(record) < datetime.timedelta(_DAYS_OF_COPY[bool(copy.address)]) else None
        except (LookupError, ValueError, TypeError):
            return None

    def keep(self, answers: Mapping[str, Answer], copies: Mapping[str, Copy]) -> None:
        """Remember those of *answers* and *copies* that are worth it, and nothing of other addresses."""
        moment = self._now.isoformat(timespec="seconds")
        told = {
            address: self._kept["answers"][address]
            if answer.known
            else {"state": answer.state.value, "cause": answer.cause, "to": answer.to, "asked": moment}
            for address, answer in answers.items()
            if answer.state in _DAYS and not answer.whole_host
        }
        found = {address: {"copy": copy.address, "asked": moment} for address, copy in copies.items() if copy.asked}
        known = {address: self._kept["copies"][address] for address in answers if self.copy(address)}
        _write(self._file, {"layout": _LAYOUT, "answers": told, "copies": found | known})

    def _age(self, record: Mapping[str, str]) -> datetime.timedelta:
        age = self._now - datetime.datetime.fromisoformat(record["asked"])
        return age if age >= datetime.timedelta(0) else datetime.timedelta.max


def _read(file: Path) -> dict[str, dict[str, Any]]:
    """Return what *file* holds; nothing when it is missing, damaged, or of another layout."""
    with suppress(OSError, ValueError, LookupError, TypeError):  # then all is asked again
        kept = json.loads(file.read_bytes())
        if kept["layout"] == _LAYOUT and isinstance(kept["answers"], dict) and isinstance(kept["copies"], dict):
            return {"answers": kept["answers"], "copies": kept["copies"]}
    return {"answers": {}, "copies": {}}


def _write(file: Path, content: object) -> None:
    """Write *content*; where that is not possible, all is asked again the next time."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode())
