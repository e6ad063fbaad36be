"""User names and passwords in addresses (`https://me:secret@example.org/`), which all who see the page could read.

What stands in front of the host of an address that was copied from a program is a key to something. It is found in the
whole of a file, code and comments included, also where the sign is spelled; no report shows it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.decoding import place_of
from alertgen.screens import Screen

CODE = "password-in-address"
_AT = r"(?:@|&#0*64;|&#x0*40;|&commat;|\\u0040|\\x40|\\U00000040)"
_FOUND = re.compile(rf"(?:https?|ftp)://([^\s/?#<>\"'()\[\]]+?{_AT})", re.IGNORECASE)
_MAY_HOLD = Screen(rf"(?i:(?:https?|ftp)://[^\s/?#]*{_AT})")


def passwords(text: str, path: str) -> Iterator[Diagnostic]:
    """Report each such address in *text*, that of the file *path*."""
    if not _MAY_HOLD.matches(text):
        return
    for match in _FOUND.finditer(text):
        message = "this address holds a user name or a password, which everybody could read"
        hint = (
            "leave out what stands between // and @, and the @; then change the password, since it stood in this file"
        )
        yield problem(CODE, message, place_of(text, match.start(), path, len(match[0])), hint=hint)


def without_passwords(told: Diagnostic) -> Diagnostic:
    """Return *told* with dots in the place of every password in what it shows."""
    if not _FOUND.search("\n".join((told.message, told.hint, told.excerpt))):
        return told
    return replace(told, message=_dotted(told.message), hint=_dotted(told.hint), excerpt=_dotted(told.excerpt))


def _dotted(text: str) -> str:
    return _FOUND.sub(lambda found: found[0][: found.start(1) - found.start()] + "•" * len(found[1]), text)
