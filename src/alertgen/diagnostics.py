"""What went wrong, where, and how to mend it: trouble as data.

The core never raises for a fault in an editor's files and never prints. It returns `Diagnostic` values, all of them,
and one place (`report.py`) turns them into text.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from alertgen.records import dataclass, fields, replace


class Severity(StrEnum):
    """How much a problem matters. The severity of a code is fixed in `codes.CODES`."""

    ERROR = "error"
    """Nothing is written while one of these stands."""
    WARNING = "warning"
    """The site is written; `--strict` turns it into an error."""
    ADVICE = "advice"
    """A remark; never stops anything, also not with `--strict`."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: where a problem is shown.

    `IGNORED` by fingerprints: nothing that is published depends on it.
    """

    IGNORED = True
    path: str
    """POSIX path relative to the site folder."""
    line: int = 0
    """1-based line; 0 means the file as a whole."""
    column: int = 0
    """1-based column in characters; 0 means the line as a whole."""
    length: int = 1
    """How many characters the carets under the line cover, at least 1."""


def place_of(text: str, index: int, path: str, length: int = 1) -> Place:
    """Return the place of the character at *index* of *text*, whose lines end in line feeds."""
    return Place(path, text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1, length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem, in an editor's words."""

    code: str
    """A key of `codes.CODES`, such as `unknown-country`."""
    message: str
    """One sentence without a full stop: what is wrong, quoting what was typed."""
    at: Place
    hint: str = ""
    """What to do about it, one sentence or the line to paste; empty when the message says it."""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    """The source line at `at`, without its line end; empty when `at` names a whole file."""
    also: tuple[Place, ...] = ()
    """Other places that belong to the same problem (the first of two duplicates)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtKey(Diagnostic):
    """A problem with a key, as long as nobody has looked in which line it stands: `at` and `also` name the files."""

    key: tuple[str, ...]
    """A key of the file, then a key below it or one value of its list: `("aliases", "/old/")`."""


def at_key(problem: Diagnostic, *key: str) -> AtKey:
    """Return *problem* as one with *key*, whose line is looked up before it is shown (`load/excerpts.py`)."""
    return AtKey(**{field.name: getattr(problem, field.name) for field in fields(Diagnostic)}, key=key)


def sorted_by_place(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *problems* sorted by file, line and column, each distinct problem once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.at, p.code, p.message)))


def strictly(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *problems* with every warning made an error (`--strict`)."""
    return tuple(
        replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem
        for problem in problems
    )


def softened_in(problems: Iterable[Diagnostic], paths: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return *problems* with every error in the files *paths*, which are not going to be published, made a warning."""
    return tuple(
        replace(problem, severity=Severity.WARNING)
        if problem.severity is Severity.ERROR and problem.at.path in paths
        else problem
        for problem in problems
    )


def has_errors(problems: Iterable[Diagnostic]) -> bool:
    """Tell whether any of *problems* forbids writing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
