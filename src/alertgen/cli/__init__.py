"""The command line: arguments, printing and exit codes. The only place that prints.

Exit codes: 0 ok, 1 the content has errors (or a copy differs, says `verify`), 2 wrong usage or `site.yaml`, 3 the
machine (lock held, disk full, no permission), 10 nothing is due (only `due` says so), 70 a bug in alertgen, 130
interrupted. Only a bug shows a traceback.

Each command lives in a module of its own, which is imported when the command is called: nobody waits for the preview
server when all is asked for is the version. What most people type most of the time is read by `plain`, all else by
click (`program`).
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

from alertgen.cli.streams import complain, make_streams_safe

TYPE_CHECKING = False
"""Known to type checkers by its name; `typing` would cost two milliseconds."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

OK, CONTENT, USAGE, MACHINE, NOTHING_DUE, BUG, INTERRUPTED = 0, 1, 2, 3, 10, 70, 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run alertgen with *arguments* (those of the process when None) and exit with its code."""
    gc.disable()  # what is imported stays, and an edit of a few words makes little that is thrown away
    if arguments is None and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        _begin_anew_in_utf8()
    make_streams_safe()
    code = run(arguments)
    _end(code)
    sys.exit(code)


def _begin_anew_in_utf8() -> None:
    """Put a process in the place of this one that reads names of files as UTF-8, which they are, whatever the locale.

    Addresses are made of them. The console keeps the encoding of the locale.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    os.environ |= {"PYTHONUTF8": "1", "PYTHONIOENCODING": os.environ.get("PYTHONIOENCODING") or encoding}
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - the same program


def _end(code: int) -> None:
    """End the process here, if nothing stands against it: taking apart what it holds is work for nobody."""
    threading = sys.modules.get("threading")
    if threading and threading.active_count() > 1:
        return
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more, or a stream is closed
        return
    os._exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run alertgen with *arguments* and return its exit code."""
    try:
        return _answered(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt as stop:
        complain("stopped", _standing(stop))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last net: whatever falls through is told, never thrown at an editor
        return _told(error)


def _answered(words: list[str]) -> int:
    from alertgen.cli.plain import answered

    code = answered(words)
    if code is None:
        gc.enable()
        from alertgen.cli.program import called  # here, since click takes as long as all of the above

        code = called(words)
    return code


def _told(error: Exception) -> int:
    """Tell *error* and return its exit code: the machine's refusals in words, anything else as a bug."""
    from alertgen.outcome import NOTHING
    from alertgen.write.trouble import UNTOUCHED, MachineError, refusal  # here, because most calls end without an error

    standing = _standing(error)
    if not _is_somewhere():
        complain("the folder that this terminal is in is gone", "go to the folder of your site again (cd …)")
        return MACHINE
    refused = error if isinstance(error, MachineError) else refusal(error, standing)
    if refused:
        state = standing if standing.startswith(NOTHING) and refused.state == UNTOUCHED else refused.state
        complain(_from_here(refused.message), _from_here(f"{refused.hint} {state}".strip()))
        return USAGE if refused.usage else MACHINE
    if _is_about_memory(error):
        complain("the computer has too little memory for this", f"Close some programs and run it again. {standing}")
        return MACHINE
    import traceback

    error.__notes__ = []
    traceback.print_exception(error)
    complain("this is a bug in alertgen", f"Please report it with the lines above. {standing}")
    return BUG


def _standing(error: BaseException) -> str:
    """Return what the command that *error* has ended says of the site."""
    return " ".join(getattr(error, "__notes__", ()))


def _is_somewhere() -> bool:
    """Tell whether the current folder is still there: programs remove folders, and disks are taken out."""
    try:
        return bool(os.getcwd())  # noqa: PTH109 - what is asked for is whether it fails
    except OSError:
        return False


def _from_here(text: str) -> str:
    """Shorten the paths in *text* that lie below the current folder."""
    return text.replace(f"{os.getcwd()}{os.sep}", "")  # noqa: PTH109 - as typed by the shell


def _is_about_memory(error: Exception) -> bool:
    """Tell whether the system has refused memory, or has killed a process that took too much of it."""
    from concurrent.futures.process import BrokenProcessPool

    return isinstance(error, MemoryError | BrokenProcessPool)
