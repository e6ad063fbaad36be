"""Asking one host for its addresses, one after the other: with pauses, again where that may help, never in a hurry."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from alertgen.external.answers import Answer, State
from alertgen.external.requests import Reply, Send
from alertgen.records import dataclass

PAUSE = 1.0
"""Seconds between two requests to one host."""
_TRIES = 3
_LONGEST_WAIT = 60.0
"""Seconds; a host that asks to be left alone for longer is asked in another run."""
_MOST_HOPS = 10
_FORGIVEN = 2
"""So many times in a row may a host not answer before nothing more is asked of it."""
_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_TOO_MANY, _UNAVAILABLE = 429, 503
_GONE = (404, 410)
_ASTRAY = 399
"""A status of our own: the redirects lead nowhere."""

Rest = Callable[[float], None]
"""Waits for so many seconds."""


def ask_host(addresses: Iterable[str], send: Send, rest: Rest) -> Iterator[tuple[str, Answer]]:
    """Ask for each of *addresses*, all of one host; when the host is found to be away, the rest shares its answer."""
    host = _Host(send, rest)
    unanswered = 0
    answer = Answer(state=State.GOOD)
    for address in addresses:
        if unanswered < _FORGIVEN:
            answer = host.ask(address)
            unanswered = unanswered + 1 if answer.whole_host else 0
        yield address, answer


@dataclass(slots=True)
class _Host:
    send: Send
    rest: Rest
    begun: bool = False

    def ask(self, address: str) -> Answer:
        """Ask for *address*, again after a pause where the answer may be another one then."""
        for left in reversed(range(_TRIES)):
            reply, moved = self._follow(address)
            wait = _waiting(reply, _TRIES - left)
            if wait is None or wait > _LONGEST_WAIT or not left:
                break
            self.rest(wait)
        return _answer(address, reply, moved)

    def _follow(self, address: str) -> tuple[Reply, str]:
        """Return the reply at the end of all redirects, and the address that the permanent ones lead to."""
        at, moved, for_good = address, "", True
        for _ in range(_MOST_HOPS):
            reply = self._request(at)
            if reply.status not in _REDIRECTS or not reply.location:
                return reply, moved
            at = urljoin(at, reply.location)
            if not at.startswith(("http://", "https://")):
                return Reply(status=_ASTRAY, reason="it leads to something that is no web page"), ""
            for_good = for_good and reply.status in _FOR_GOOD
            moved = at if for_good else moved
        return Reply(status=_ASTRAY, reason="it leads in a circle"), ""

    def _request(self, address: str) -> Reply:
        """Ask for the head alone; for the whole where a server knows no heads, or has something to hide."""
        reply = self._sent("HEAD", address)
        if reply.status >= 400 and reply.status != _TOO_MANY:
            return self._sent("GET", address)
        return reply

    def _sent(self, method: str, address: str) -> Reply:
        if self.begun:
            self.rest(PAUSE)
        self.begun = True
        return self.send(method, address, 0)


def _waiting(reply: Reply, tries: int) -> float | None:
    """Return after how many seconds it is worth asking again; None for never."""
    if reply.status in (_TOO_MANY, _UNAVAILABLE) and reply.wait:
        return _seconds(reply.wait)
    may_change = reply.status >= 500 or reply.status == _TOO_MANY or _is_silence(reply)
    return 2.0**tries if may_change else None


def _is_silence(reply: Reply) -> bool:
    return not reply.status and not reply.private and not reply.no_such_host


def _seconds(wait: str) -> float:
    """Read `Retry-After`: seconds, or a moment."""
    if wait.isascii() and wait.isdigit():
        return float(wait)
    try:
        moment = parsedate_to_datetime(wait)
    except ValueError:
        return 2.0
    now = datetime.datetime.now(moment.tzinfo)
    return max(0.0, (moment - now).total_seconds())


def _answer(address: str, reply: Reply, moved: str) -> Answer:
    if reply.private:
        return Answer(state=State.PRIVATE, cause=reply.reason)
    if reply.no_such_host:
        return Answer(state=State.GONE, cause=reply.reason, whole_host=not moved)
    cause = f"{reply.status} {reply.reason}".strip()
    if not reply.status:
        return Answer(state=State.SILENT, cause=reply.reason, whole_host=not moved)
    if reply.status in _GONE:
        return Answer(state=State.GONE, cause=cause)
    if reply.status >= 500:
        return Answer(state=State.SILENT, cause=cause)
    if reply.status == _TOO_MANY:
        return Answer(state=State.SILENT, cause="it asks for fewer questions", whole_host=True)
    if reply.status == _ASTRAY:
        return Answer(state=State.CLOSED, cause=reply.reason)
    if reply.status >= 300:
        return Answer(state=State.CLOSED, cause=cause)
    return _arrived(address, moved)


def _arrived(address: str, moved: str) -> Answer:
    if not moved or _bare(moved) == _bare(address):
        return Answer(state=State.GOOD)
    if not urlsplit(moved).path.strip("/") and not urlsplit(moved).query and urlsplit(address).path.strip("/"):
        return Answer(state=State.GONE, cause="it leads to the front page of the site now")
    return Answer(state=State.MOVED, to=moved)


def _bare(address: str) -> str:
    """Return *address* without what makes no difference to readers: the scheme, `www.`, the slash at the end."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
