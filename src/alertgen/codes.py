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

CODES: dict[str, Code] = {
    "image-changed": Code(
        ERROR,
        "The picture was replaced while the site was being built, so what was checked is not what would be published. "
        "Build again.",
    ),
    "image-unreadable": Code(
        ERROR,
        "The file is damaged, cut short, or not a picture that can be read. Open it in a picture program and save it "
        "again as JPEG or PNG.",
    ),
    "search-failed": Code(
        ERROR,
        "The search index is made by Pagefind, which could not run. Install alertgen again, or set `search: false` in "
        "site.yaml to publish without search.",
    ),
    "template-error": Code(
        ERROR,
        "A template uses something that the page does not have, or fails while the page is made. The names that each "
        "template may use are listed in docs/theming.md.",
    ),
    "template-syntax": Code(
        ERROR,
        "A template is not valid Jinja. The line shown is where the reader of templates gave up; the fault may stand "
        "a little above it.",
    ),
}


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
