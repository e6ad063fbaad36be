"""How long each stage of a build took (`alertgen build --profile`)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from alertgen.cli.streams import say
from alertgen.progress import Progress


@contextmanager
def profiled(progress: Progress, *, wanted: bool) -> Iterator[Progress]:
    """Tell *progress* as before and, when *wanted*, print on the error stream how long each kind of work took."""
    if not wanted:
        yield progress
        return
    began: dict[str, float] = {}

    def tell(what: str, done: int, total: int) -> None:
        began.setdefault(what, time.perf_counter())
        progress(what, done, total)

    yield tell
    ends = [*list(began.values())[1:], time.perf_counter()]
    for (what, start), end in zip(began.items(), ends, strict=True):
        say(f"  {what + ':':11}{end - start:8.3f} s", err=True)
