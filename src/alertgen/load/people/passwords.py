"""User names, passwords and keys in addresses (`https://me:secret@example.org/`), which all who see a page can read.

What stands in front of the host of an address that was copied from a program is a key to something. It is found in the
whole of a file, code and comments included, also where the sign is spelled; no report shows it.
"""

import re
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, place_of
from alertgen.patterns import late
from alertgen.records import replace
from alertgen.screens import Screen, in_any_case

CODE = "password-in-address"
_AT = r"(?:@|&#0*64;|&#x0*40;|&commat;|\\u0040|\\x40|\\U00000040)"
_FOUND = late(rf"(?:https?|ftp)://([^\s/?#<>\"'()\[\]]+?{_AT})", re.IGNORECASE)
_NAMES = (
    "access_token|auth_token|refresh_token|id_token|token|api_?key|client_secret|secret|passw(?:or)?d|pwd|sig|signature"
    "|x-amz-signature|x-amz-security-token|x-amz-credential|x-goog-signature|x-goog-credential|j?session_?id|phpsessid"
)
_KEY = late(rf"https?://[^\s<>\"'()\[\]]*?[?&;]((?:{_NAMES})=(?!•)[^\s&#<>\"'()\[\]]+)", re.IGNORECASE)
_MAY_HOLD = Screen(rf"(?i:(?:https?|ftp)://[^\s/?#]*{_AT}|[?&;](?:{in_any_case(_NAMES)})=)")


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
    for match in _KEY.finditer(text):
        name = match[1].partition("=")[0]
        message = f"this address holds a key ({name}) that was made for one person"
        hint = "link the public page of the document; have the key withdrawn if others have seen this file"
        yield problem("key-in-address", message, place_of(text, match.start(1), path, len(name)), hint=hint)


def without_passwords(told: Diagnostic) -> Diagnostic:
    """Return *told* with dots in the place of every password and key in what it shows."""
    shown = "\n".join((told.message, told.hint, told.excerpt))
    if not _FOUND.search(shown) and not _KEY.search(shown):
        return told
    return replace(told, message=_dotted(told.message), hint=_dotted(told.hint), excerpt=_dotted(told.excerpt))


def _dotted(text: str) -> str:
    text = _FOUND.sub(lambda found: found[0][: found.start(1) - found.start()] + "•" * len(found[1]), text)
    while found := _KEY.search(text):  # several in one address
        name, _, key = found[1].partition("=")
        text = f"{text[: found.start(1)]}{name}={'•' * len(key)}{text[found.end(1) :]}"
    return text
