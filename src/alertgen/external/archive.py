"""Copies of web pages that the Internet Archive keeps (https://archive.org/help/wayback_api.php)."""

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from alertgen.external.answers import Copy, Wanted
from alertgen.external.asking import PAUSE, Rest
from alertgen.external.requests import Send

_HOME = "https://archive.org/"
_QUESTION = "https://archive.org/wayback/available?url={address}&timestamp={day:%Y%m%d}"
_SHOWN = "https://web.archive.org/web/{day:%Y%m%d}/{address}"
SAVE = "https://web.archive.org/save/{address}"
"""Where anybody can ask for a copy to be made."""
_COPY = re.compile(r"https?://web\.archive\.org/web/\d+/[^\s<>\"]+$")
_MOST_BYTES = 65_536
_TRIES = 2


def ask_archive(wanted: Iterable[Wanted], send: Send, rest: Rest) -> Iterator[tuple[str, Copy]]:
    """Ask for the copy of each of *wanted* that is nearest to its day; once the archive is silent, no more is asked."""
    silent = False
    for number, one in enumerate(wanted):
        copy = None
        if not silent:
            if number:
                rest(PAUSE)
            copy = _asked(one, send, rest)
            silent = copy is None
        yield one.address, copy or Copy(address=shown_at(one.address, one.date), asked=False)


def is_there(send: Send) -> bool:
    """Tell whether the archive answers at all: without it, most likely there is no network."""
    return send("HEAD", _HOME, 0).status > 0


def shown_at(address: str, date: datetime.date) -> str:
    """Return where the archive shows the copy of *address* nearest to *date*, if it has one."""
    return _SHOWN.format(day=date, address=address)


def _asked(wanted: Wanted, send: Send, rest: Rest) -> Copy | None:
    question = _QUESTION.format(address=quote(wanted.address, safe=""), day=wanted.date)
    for left in reversed(range(_TRIES)):
        reply = send("GET", question, _MOST_BYTES)
        copy = _read(reply.body) if reply.status == 200 else None
        if copy or not left:
            return copy
        rest(PAUSE * 4)
    return None


def _read(body: bytes) -> Copy | None:
    """Return the copy in an answer of the archive; None when it is no answer."""
    try:
        closest = json.loads(body)["archived_snapshots"].get("closest", {})
        address = closest["url"] if closest.get("available") else ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return None
    if not isinstance(address, str) or (address and not _COPY.match(address)):
        return None
    return Copy(address=address.replace("http://", "https://", 1))
