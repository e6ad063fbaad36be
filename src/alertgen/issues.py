"""The number of an issue where a title gives it behind the name of its series: `Atrocity Alert No. 237: …`."""

import re

from alertgen.patterns import late
from alertgen.text import as_typed

_NUMBER = late(
    r"[\s,]*(?:No\.?|Nr\.?|n\.?[º°o]\.?|n[uú]m\.?|№|#|Issue|رقم)\s?(\d+)(?=\s*(?:[:\uff1a,|(\u2013\u2014-]|$))",
    re.IGNORECASE,
)
"""A number behind the name of the series; not `Report No. 2 of the Commission`, whatever the series."""


def number_in(title: str, series: str) -> tuple[int, int] | None:
    """Return the number that *title* gives behind the name of its *series*, and where the title goes on.

    Return None where it does not begin with both. A series may have no name.
    """
    if not begins(title, series):
        return None
    found = _NUMBER.match(as_typed(title), len(series))
    return (int(found[1]), found.end()) if found else None


def begins(title: str, series: str) -> bool:
    """Tell whether *title* begins with the name of a *series*, whichever apostrophes and spaces stand in them."""
    return as_typed(title).startswith(as_typed(series))
