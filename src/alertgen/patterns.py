"""Regular expressions that are compiled when they are first asked for.

Compiling one takes as long as searching a hundred texts with it, and one of a large class of characters a hundred
times that. An edit of one text asks few of all that alertgen knows.
"""

import re
from typing import Any, AnyStr, cast


class _Late:
    """Becomes as quick as the expression itself once it has been asked: its methods are put in place."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves as the compiled expression *source*; that it is none does not show before it is asked."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
