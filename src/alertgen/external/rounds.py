"""Asking many hosts at once, each by one worker, so that no host gets two requests at a time."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit

Question = TypeVar("Question")
Found = TypeVar("Found")

_WORKERS = 8
_PATIENCE = 600.0
"""Seconds without a sign of any worker after which what is left is given up."""


def by_host(addresses: Iterable[str]) -> list[list[str]]:
    """Return *addresses* in groups of one host, the largest first."""
    groups: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        groups.setdefault((urlsplit(address).hostname or "").removeprefix("www."), []).append(address)
    return sorted(groups.values(), key=len, reverse=True)


def at_once(groups: Iterable[list[Question]], work: Callable[[list[Question]], Iterable[Found]]) -> Iterator[Found]:
    """Yield what *work* finds for each of *groups*, several at a time, in whatever order it comes.

    The workers end with the program: nobody waits for a slow host who presses Ctrl-C.
    """
    waiting: queue.SimpleQueue[list[Question]] = queue.SimpleQueue()
    found: queue.SimpleQueue[Found | BaseException | None] = queue.SimpleQueue()
    for group in groups:
        waiting.put(group)
    workers = [
        threading.Thread(target=_work, args=(waiting, work, found), daemon=True)
        for _ in range(min(_WORKERS, waiting.qsize()))
    ]
    for worker in workers:
        worker.start()
    working = len(workers)
    while working:
        try:
            one = found.get(timeout=_PATIENCE)
        except queue.Empty:
            return
        if isinstance(one, BaseException):
            raise one
        if one is None:
            working -= 1
        else:
            yield one


def _work(
    waiting: "queue.SimpleQueue[list[Question]]",
    work: Callable[[list[Question]], Iterable[Found]],
    found: "queue.SimpleQueue[Found | BaseException | None]",
) -> None:
    try:
        while True:
            for one in work(waiting.get_nowait()):
                found.put(one)
    except queue.Empty:
        found.put(None)
    except BaseException as error:  # noqa: BLE001 - raised again where the results are read
        found.put(error)
