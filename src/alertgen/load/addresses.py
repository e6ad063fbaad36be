"""What kind of address a link or picture has, and which part of it only spies on readers."""

import re
from collections.abc import Iterable
from enum import Enum
from urllib.parse import unquote

from alertgen.patterns import late

_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_TRACKING = late(
    r"(?:utm_\w+|_hs\w+|hsa_\w+|mc_[ce]id|mkt_tok|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid"
    r"|gad_source|srsltid|_ga|_gl|mibextid|__cft__(?:\[\d\])?|__tn__|ref_src|ref_url|wickedid|_kx|sc_cid|ml_subscriber\w*"
    r"|li_fat_id|igshid|igsh|vero_id|vero_conv|oly_\w+_id|_openstat|s_cid|ck_subscriber_id|__s)$",
    re.IGNORECASE,
)
"""Names of query parameters that say who followed a link from where, and nothing about the page it leads to."""
_PREVIEW = re.compile(r"https?://localhost(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
"""What `alertgen serve` calls itself."""
_INDEX = re.compile(r"/index\.html(?=[?#]|$)")
_OF_WEB = ("https", "http")
_AFTER_FOLDER = ("", "/", "?", "#")
"""What may follow the folder that a site stands in; `/bulletins/` is not in `/bulletin`."""


class Kind(Enum):
    """Where an address leads."""

    WEB = "web"
    """An absolute http or https address."""
    MAIL = "mail"
    INSIDE = "inside"
    """An address inside the site: a path, a query or a fragment."""
    FORBIDDEN = "forbidden"
    """Any other scheme, or a host without a scheme."""


def trimmed(address: str) -> str:
    """Return *address* as a browser reads it: no controls or spaces around it, no line ends or tabs inside."""
    address = address.strip(_CONTROLS_AND_SPACE)
    return address if address.isprintable() else _IGNORED_BY_BROWSERS.sub("", address)


def scheme_of(address: str) -> str:
    """Return the scheme of *address* in lower case, or `""` when it has none."""
    scheme = _SCHEME.match(trimmed(address))
    return scheme[1].lower() if scheme else ""


def kind_of(address: str) -> Kind:
    """Tell where *address* leads; character references in it must have been decoded."""
    if address.startswith(("https://", "http://")):
        return Kind.WEB
    read = trimmed(address)
    match scheme_of(read):
        case "http" | "https":
            # browsers read `https:evil.example` and `https:\\\\evil.example` as a host too
            return Kind.WEB if read.partition(":")[2].startswith("//") else Kind.FORBIDDEN
        case "mailto":
            return Kind.MAIL
        case "":
            without_host = not read.startswith(("//", "/\\", "\\"))
            return Kind.INSIDE if without_host else Kind.FORBIDDEN
    return Kind.FORBIDDEN


def is_of_preview(address: str) -> bool:
    """Tell whether *address* is one of the preview (`alertgen serve`): no reader has it."""
    return bool(_PREVIEW.match(address))


def own_path(address: str, own: Iterable[str]) -> str:
    """Return where inside the site *address* leads if it is a full address of the site or its preview, else `""`.

    *own* are the addresses of the site; with or without `https`, and in whatever capitals, their hosts are the same.
    """
    if preview := _PREVIEW.match(address):
        path = address[preview.end() :]
        below = (path.removeprefix(folder) for folder in map(_folder_of, own) if path.startswith(folder))
        return _rooted(next((rest for rest in below if rest[:1] in _AFTER_FOLDER), path))
    for home in own:
        scheme, host, path = _taken_apart(address)
        _, own_host, folder = _taken_apart(home.rstrip("/"))
        rest = path.removeprefix(folder)
        if scheme in _OF_WEB and host == own_host and path.startswith(folder) and rest[:1] in _AFTER_FOLDER:
            return _rooted(rest)
    return ""


def _folder_of(home: str) -> str:
    """Return the folder that the site at *home* stands in; the preview shows it in the same one."""
    return _taken_apart(home.rstrip("/"))[2]


def _taken_apart(address: str) -> tuple[str, str, str]:
    """Return scheme and host of *address* in small letters, and the rest."""
    scheme, _, rest = address.partition("://")
    end = next((at for at, char in enumerate(rest) if char in "/?#"), len(rest))
    return scheme.lower(), rest[:end].lower(), rest[end:]


def _rooted(path: str) -> str:
    """Return *path* with a slash in front of it, and without the name of the file that a folder shows anyway."""
    rooted = path if path.startswith("/") else f"/{path}"
    return _INDEX.sub("/", rooted)


_DETOUR = late(
    r"https?://(?P<host>[\w-]+\.safelinks\.protection\.outlook\.com/|(?:www\.)?google\.[a-z.]{2,6}/url|lm?\.facebook\.com/l\.php"
    r"|l\.instagram\.com/|(?:www\.)?youtube\.com/redirect|slack-redir\.net/link|linkprotect\.cudasvc\.com/url"
    r"|out\.reddit\.com/[^?]*)\?(?:[^#]*&)?(?:url|q|u|a)=(?P<spelled>https?(?:%3A|:)[^&#]*)"
    r"|https?://(?P<guard>urldefense\.(?:proofpoint\.)?com/)v3/__(?P<plain>https?://[^*]*?)__;",
    re.IGNORECASE,
)
"""A link by way of a mailing program or a platform, which sees who follows it and often names whom it was sent to."""
_FIT = late(r"https?://[^\s<>\"'\\@/?#]+(?:[/?#][^\s<>\"\\]*)?")


def without_tracking(address: str) -> tuple[str, tuple[str, ...]]:
    """Return *address* without what tells who follows it, and the names of what was taken out.

    That is parameters of its query, and the host of a detour.
    """
    if "?" not in address and "urldefense" not in address:
        return address, ()
    if address.lower().count("http") > 1 and (detour := _DETOUR.match(address)):
        there = detour["plain"] or unquote(detour["spelled"])
        if _FIT.fullmatch(there):
            clean, dropped = without_tracking(there)
            return clean, ((detour["guard"] or detour["host"]).partition("/")[0], *dropped)
    head, mark, fragment = address.partition("#")
    path, question, query = head.partition("?")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.match(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return address, ()
    dropped = tuple(pair.partition("=")[0] for pair in pairs if pair not in kept)
    return path + (question + "&".join(kept) if kept else "") + mark + fragment, dropped
