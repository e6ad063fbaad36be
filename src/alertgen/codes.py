"""The table of problem codes: severity, meaning and cure of each, in one place.

`docs/reference.md` is generated from this table, `alertgen explain CODE` prints a row of it, and a test demands that
every row has a fixture that provokes it and that every problem raised anywhere has a row.
"""

from dataclasses import dataclass

from alertgen.diagnostics import Diagnostic, Place, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """What one problem code means."""

    severity: Severity
    meaning: str
    """Why this is a problem and how it is mended, two or three sentences for an editor."""


ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

CODES: dict[str, Code] = {}


def problem(
    code: str, message: str, at: Place, *, hint: str = "", excerpt: str = "", also: tuple[Place, ...] = ()
) -> Diagnostic:
    """Make a diagnostic with the severity that `CODES` gives to *code*.

    Raises:
        KeyError: *code* is not in the table (a bug in alertgen).
    """
    return Diagnostic(
        code=code,
        message=message,
        at=at,
        hint=hint,
        severity=CODES[code].severity,
        excerpt=excerpt,
        also=also,
    )
