"""Links to other sites: asked for politely, remembered for days, told as remarks that never keep a site from readers.

    links -> asked of their hosts, those that are not remembered -> copies asked of the web archive -> told

Nothing of this is part of a build. Only public texts are looked at (see `load.outside`).
"""

import datetime
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

from alertgen import MEMORY
from alertgen.diagnostics import Diagnostic
from alertgen.external.answers import Answer, Copy, State, Wanted
from alertgen.external.archive import ask_archive, is_there
from alertgen.external.asking import Rest, ask_host
from alertgen.external.remembered import Remembered
from alertgen.external.requests import Send, send
from alertgen.external.rounds import at_once, by_host
from alertgen.external.told import offline, told
from alertgen.load.excerpts import with_excerpts
from alertgen.load.outside import OutsideLink, outside_links
from alertgen.load.site import load_site
from alertgen.outcome import OutsideCounts
from alertgen.progress import Progress, silent
from alertgen.records import dataclass
from alertgen.store import Store, memory_file

_FILE = "links.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What was found of the links to other sites."""

    problems: tuple[Diagnostic, ...]
    counts: OutsideCounts


def look_outside(
    root: Path, *, now: datetime.datetime, today: datetime.datetime, progress: Progress = silent,
    send: Send = send, rest: Rest = time.sleep,
) -> Outside:  # fmt: skip
    """Look at the links to other sites in what the site in *root* publishes at *now*.

    *today* is the present moment, by which answers are remembered; *send* and *rest* are how the world is asked.
    """
    with Store(memory_file(root)) as memory:
        loaded = load_site(root, now=now, store=memory)
    if loaded.site is None:
        return Outside(problems=(), counts=_counted(()))
    links = outside_links(root, loaded.site)
    kept = Remembered(root / MEMORY / _FILE, today)
    answers = {link.address: answer for link in links if (answer := kept.answer(link.address))}
    asked: dict[str, Answer] = {}
    copies: dict[str, Copy] = {}
    try:
        _ask([link.address for link in links if link.address not in answers], asked, send, rest, progress)
        connected = _is_connected(asked, send)
        if connected:
            copies |= _copies(links, answers | asked, kept, today, send, rest, progress)
    finally:
        kept.keep(answers | asked, copies)
    if not connected:
        problems = [*told(links, answers, copies, today.date()), offline(len(asked))]
        asked = dict.fromkeys(asked, Answer(state=State.SILENT))
    else:
        problems = [*told(links, answers | asked, copies, today.date())]
    return Outside(problems=with_excerpts(root, problems, loaded.withheld), counts=_counted((answers | asked).values()))


def _counted(answers: Collection[Answer]) -> OutsideCounts:
    number = Counter(answer.state for answer in answers)
    return OutsideCounts(
        good=number[State.GOOD],
        moved=number[State.MOVED],
        gone=number[State.GONE] + number[State.PRIVATE],
        unclear=number[State.CLOSED] + number[State.SILENT],
        known=sum(answer.known for answer in answers),
    )


def _ask(addresses: Iterable[str], answers: dict[str, Answer], send: Send, rest: Rest, progress: Progress) -> None:
    """Put the answer for each of *addresses* into *answers*, as they come."""
    groups = by_host(addresses)
    total = sum(map(len, groups))
    for done, (address, answer) in enumerate(at_once(groups, partial(ask_host, send=send, rest=rest)), 1):
        answers[address] = answer
        progress("asking", done, total)
    late = Answer(state=State.SILENT, cause="its host took too long")
    answers.update({address: late for group in groups for address in group if address not in answers})


def _is_connected(asked: Mapping[str, Answer], send: Send) -> bool:
    """Tell whether this computer is on the internet, if *asked* leaves any doubt."""
    outer = [answer for answer in asked.values() if answer.state is not State.PRIVATE]
    return not outer or not all(answer.whole_host for answer in outer) or is_there(send)


def _copies(
    links: Iterable[OutsideLink],
    answers: Mapping[str, Answer],
    memory: Remembered,
    today: datetime.datetime,
    send: Send,
    rest: Rest,
    progress: Progress,
) -> dict[str, Copy]:
    """Return what the web archive keeps of sources without a copy, and of what is gone."""
    dates = {link.address: link.date or today.date() for link in links if _needs_copy(link, answers[link.address])}
    copies = {address: copy for address in dates if (copy := memory.copy(address))}
    wanted = [Wanted(address=address, date=day) for address, day in dates.items() if address not in copies]
    for done, (address, copy) in enumerate(ask_archive(wanted, send, rest), 1):
        copies[address] = copy
        progress("seeking", done, len(wanted))
    return copies


def _needs_copy(link: OutsideLink, answer: Answer) -> bool:
    return not link.archived and answer.state is not State.PRIVATE and (link.is_source or answer.state is State.GONE)
