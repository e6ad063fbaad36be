"""What other sites answered, in an editor's words: each link once, at the first of its places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.external.answers import Answer, Copy, State
from alertgen.external.archive import SAVE, shown_at
from alertgen.load.outside import OutsideLink
from alertgen.text import counted

_MOST_PLACES = 5
_LOOK = "open it in a browser to see whether readers get there"
_LATER = "run the check again later; if it stays so, look for the document elsewhere"


def told(
    links: Sequence[OutsideLink], answers: Mapping[str, Answer], copies: Mapping[str, Copy], today: date
) -> Iterator[Diagnostic]:
    """Yield what an editor should know of those of *links* that there is an answer for."""
    by_address: dict[str, list[OutsideLink]] = {}
    for link in links:
        if link.address in answers:
            by_address.setdefault(link.address, []).append(link)
    hosts: dict[tuple[str, str], list[OutsideLink]] = {}
    for address, of_one in by_address.items():
        answer = answers[address]
        if answer.whole_host and answer.state is State.SILENT:
            hosts.setdefault((urlsplit(address).netloc, answer.cause), []).extend(of_one)
        else:
            yield from _of_address(of_one, answer, copies.get(address), today)
    for (host, cause), of_host in hosts.items():
        yield _silent(host, cause, of_host)
    yield from _not_archived(by_address, answers, copies, today)


def offline(links: int) -> Diagnostic:
    """Say that none of so many *links* could be asked for, because no site can be reached."""
    message = f"{counted(links, 'link')} to other sites could not be checked, because no site can be reached"
    return problem(
        "no-network", message, Place(SITE_FILE), hint="connect this computer to the internet, then try again"
    )


def _of_address(links: Sequence[OutsideLink], answer: Answer, copy: Copy | None, today: date) -> Iterator[Diagnostic]:
    unsafe = [link for link in links if not link.archived]
    address = _short(links[0].address)
    match answer.state:
        case State.GONE if unsafe:
            yield _problem(
                "outside-link-gone", f'"{address}" is gone: {answer.cause}', unsafe, _cure(unsafe, copy, today)
            )
        case State.MOVED:
            yield _problem("outside-link-moved", f'"{address}" has moved for good', links, f"write {answer.to}")
        case State.CLOSED:
            message = f'"{address}" does not open for a program: {answer.cause}'
            yield _problem("outside-link-unclear", message, links, _LOOK)
        case State.SILENT:
            message = f'"{address}" could not be checked: {answer.cause}'
            yield _problem("outside-link-unclear", message, links, _LATER)
        case State.PRIVATE:
            message = f'no reader can follow "{address}": {answer.cause}'
            yield _problem("outside-link-private", message, links, "write the address under which everybody finds it")


def _silent(host: str, cause: str, links: Sequence[OutsideLink]) -> Diagnostic:
    number = counted(len({link.address for link in links}), "link")
    return _problem("outside-link-unclear", f"{number} to {host} could not be checked: {cause}", links, _LATER)


def _cure(links: Sequence[OutsideLink], copy: Copy | None, today: date) -> str:
    """Return what to write instead of a link that is gone."""
    found = _kept(links[0], copy, today)
    if not found:
        return "look for the document's new address; the web archive has no copy of it"
    if not copy or not copy.asked:
        return f"look for its new address, or for an archived copy at\n{found}"
    if links[0].is_source:
        return f"add below its `url`:\narchived: {found}"
    return f"link the archived copy instead, if the new address cannot be found:\n{found}"


def _kept(link: OutsideLink, copy: Copy | None, today: date) -> str:
    return copy.address if copy else shown_at(link.address, link.date or today)


def _not_archived(
    by_address: Mapping[str, Sequence[OutsideLink]],
    answers: Mapping[str, Answer],
    copies: Mapping[str, Copy],
    today: date,
) -> Iterator[Diagnostic]:
    """Yield the sources whose documents would be lost with their sites."""
    for address, links in by_address.items():
        lone = [link for link in links if link.is_source and not link.archived]
        if lone and answers[address].state not in (State.GONE, State.PRIVATE):
            message = "this source has no archived copy beside it, and documents on other sites vanish"
            yield _problem("source-not-archived", message, lone, _proposal(lone[0], copies.get(address), today))


def _proposal(link: OutsideLink, copy: Copy | None, today: date) -> str:
    if copy and copy.asked and copy.address:
        return f"add below its `url`:\narchived: {copy.address}"
    if copy and copy.asked:
        return f"have one made at {SAVE.format(address=link.address)} and write its address under `archived`"
    shown = _kept(link, copy, today)
    return f"look for one at {shown} and write its address under `archived`"


def _problem(code: str, message: str, links: Sequence[OutsideLink], hint: str) -> Diagnostic:
    first, *others = sorted(_places(links))
    more = f" (and {len(others) - _MOST_PLACES} more places)" if len(others) > _MOST_PLACES else ""
    return problem(code, message + more, first, hint=hint, also=tuple(others[:_MOST_PLACES]))


def _places(links: Iterable[OutsideLink]) -> set[Place]:
    return {link.place for link in links}


def _short(address: str) -> str:
    return address if len(address) <= 100 else f"{address[:97]}…"
