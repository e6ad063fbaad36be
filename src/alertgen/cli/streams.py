"""What the console can show: characters, colours, and whether somebody is sitting in front of it."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False
"""Known to type checkers by its name; `typing` would cost two milliseconds."""
if TYPE_CHECKING:
    from typing import TextIO

    from alertgen.report import Paint

_PLAIN = str.maketrans(
    {"…": "...", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "“": '"', "”": '"', "\u00a0": " "}
)
"""What stands for the typographic signs of our own sentences on a console that lacks them."""

_COLOURS = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "advice": {"fg": "cyan", "bold": True},
    "place": {"bold": True},
    "margin": {"dim": True},
    "hint": {"fg": "green"},
}


def make_streams_safe() -> None:
    """Let a console that cannot show a character show a plain one, or its number, instead of stopping.

    A stream that was closed before the start leads nowhere, and no other file takes its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
    codecs.register_error("alertgen", _in_plain_characters)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="alertgen")


def _in_plain_characters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    plain = "".join(
        char if char.isascii() else char.encode("ascii", "backslashreplace").decode("ascii")
        for char in missing.translate(_PLAIN)
    )
    return plain, error.end


def say(text: str = "", *, end: str = "\n", err: bool = False) -> None:
    """Print *text*, in the encoding of the console, whatever it is; nowhere, when whoever read it has gone.

    Raises:
        MachineError: it cannot be printed, since the report goes to a file on a full disk, say.
    """
    stream = sys.stderr if err else sys.stdout
    try:
        _print(text + end, stream)
    except BrokenPipeError:
        _lead_nowhere(stream)
    except OSError:
        from alertgen.write.trouble import in_words  # here, because nearly every report can be printed

        with in_words("Cannot print the report", "All else was done: run the command again to read it."):
            raise


def _lead_nowhere(stream: TextIO) -> None:
    """Have all that is still printed on *stream* vanish: the work goes on, and the exit code tells how it ended."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _print(text: str, stream: TextIO) -> None:
    if os.name == "nt":  # where click knows how to show colours
        import click

        click.echo(text, file=stream, nl=False, color=shows_colours(stream))
    else:
        stream.write(text)
        stream.flush()


def complain(message: str, hint: str = "") -> None:
    """Tell on the error stream what went wrong, and what to do about it; the exit code tells it in any case."""
    from alertgen.write.trouble import MachineError  # here, because most calls end without an error

    with suppress(MachineError, OSError):
        say(f"alertgen: {message}", err=True)
        if hint:
            say(f"  hint: {hint}", err=True)


def in_terminal() -> bool:
    """Tell whether somebody can be asked: both input and output are a terminal."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def shows_colours(stream: TextIO) -> bool:
    """Tell whether *stream* is a terminal that shows colours, and whose owner wants them (https://no-color.org)."""
    return _is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painter(*, err: bool = False) -> Paint:
    """Return how reports are coloured on the output, or on the error stream."""
    from alertgen.report import plainly  # here, since much is printed without any colour

    return _painted if shows_colours(sys.stderr if err else sys.stdout) else plainly


def _painted(role: str, text: str) -> str:
    import click

    return click.style(text, **_COLOURS[role])  # type: ignore[arg-type]  # a table of keyword arguments


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
