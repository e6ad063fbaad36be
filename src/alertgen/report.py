"""How problems are told: plain text made from values, ready to print.

One problem reads

    alerts/2026/2026-11-18-norway.md:4:10: error[unknown-country]: "Norwya" is not a country I know
        4 | country: Norwya
          |          ^^^^^^
      hint: did you mean Norway (NO)?
"""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime

from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.text import counted

Paint = Callable[[str, str], str]
"""Takes a role (a severity, `place`, `margin` or `hint`) and a text, and returns the text in the colour of the role."""

_LONGEST_LINE = 160
"""Characters of a source line that are shown; a longer line is cut around the fault."""


def plainly(_role: str, text: str) -> str:
    """Return *text* without any colour."""
    return text


def format_problem(problem: Diagnostic, paint: Paint = plainly) -> str:
    """Return *problem* as the lines an editor reads, without a line end."""
    head = paint(problem.severity, f"{problem.severity}[{problem.code}]")
    lines = [f"{paint('place', format_place(problem.at))}: {head}: {_visible(problem.message)}"]
    if problem.excerpt and problem.at.line:
        lines += _source_lines(problem, paint)
    lines += [f"  also: {paint('place', format_place(place))}" for place in problem.also]
    if problem.hint:
        first, *rest = problem.hint.splitlines()
        lines += [f"  {paint('hint', 'hint')}: {_visible(first)}", *(f"        {_visible(line)}" for line in rest)]
    return "\n".join(lines)


def format_place(place: Place) -> str:
    """Return `path:line:column`, leaving out what is not known."""
    numbers = [str(number) for number in (place.line, place.column) if number]
    return ":".join([_visible(place.path), *numbers])


_SUMS = (
    (Severity.ERROR, "error", ""),
    (Severity.WARNING, "warning", ""),
    (Severity.ADVICE, "piece of advice", "pieces of advice"),
)


def format_count(problems: Sequence[Diagnostic], files: int) -> str:
    """Return `3 errors, 1 warning in 2 of 41 files`; empty when there is no problem."""
    sums = [
        counted(sum(problem.severity is severity for problem in problems), name, plural)
        for severity, name, plural in _SUMS
        if any(problem.severity is severity for problem in problems)
    ]
    touched = len({problem.at.path for problem in problems})
    return f"{', '.join(sums)} in {touched:,} of {counted(max(files, touched), 'file')}" if sums else ""


def format_moment(moment: datetime) -> str:
    """Return `25 November 2026 at 17:00 UTC+01:00`, or with `UTC` alone."""
    zone = moment.strftime("%z")
    ahead = f"{zone[:3]}:{zone[3:5]}" if moment.utcoffset() else ""
    return f"{moment.day} {moment:%B %Y at %H:%M} UTC{ahead}"


def _source_lines(problem: Diagnostic, paint: Paint) -> list[str]:
    number = f"{problem.at.line:5d}"
    margin = " " * len(number)
    text, column = _window(problem.excerpt, problem.at.column)
    lines = [f"{paint('margin', f'{number} |')} {_shown(text)}".rstrip()]
    if column:
        before, marked = text[: column - 1], text[column - 1 : column - 1 + problem.at.length]
        carets = paint(problem.severity, "^" * max(1, _cells(_shown(marked))))
        lines.append(f"{paint('margin', f'{margin} |')} {' ' * _cells(_shown(before))}{carets}")
    return lines


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a very long *line* around *column*; return what is left and the column in it."""
    if len(line) <= _LONGEST_LINE:
        return line, column
    start = max(0, column - 1 - _LONGEST_LINE // 2)
    cut = line[start : start + _LONGEST_LINE]
    return ("…" if start else "") + cut + "…", column - start + bool(start) if column else 0


def _shown(text: str) -> str:
    return _visible(text.expandtabs(1))


def _visible(text: str) -> str:
    """Show control and invisible formatting characters by number; they would hide or rearrange the report."""
    if text.isprintable():
        return text  # as nearly all are, thousands of them where there is something to be said of each alert
    return "".join(f"\\u{ord(char):04x}" if _hides(char) else char for char in text)


def _hides(char: str) -> bool:
    joiners = "\u200c\u200d"  # they belong to Persian words and to emoji
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in joiners


def _cells(text: str) -> int:
    """Count the terminal cells of *text*: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
