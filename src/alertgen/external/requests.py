"""One request to another site: what came back, in words where nothing did. Redirects are not followed here.

Only http and https are spoken, certificates are checked, and no more of an answer is read than was asked for.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from urllib.error import URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, getproxies, proxy_bypass

from alertgen import __version__
from alertgen.records import dataclass

PATIENCE = 15.0
"""Seconds until a site that does not answer is given up."""
_HEADERS = {"User-Agent": f"alertgen/{__version__} (checks the links of a publication)", "Accept": "*/*"}
_NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
_STAND_INS = ip_network("198.18.0.0/15")
"""Addresses that some programs against censorship give to every host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back of a request."""

    status: int = 0
    """0 when nothing did."""
    reason: str = ""
    """The words beside the status, or why nothing came back."""
    location: str = ""
    wait: str = ""
    """How long the site asks to be left alone, as it says it."""
    body: bytes = b""
    no_such_host: bool = False
    private: bool = False


Send = Callable[[str, str, int], Reply]
"""Takes method, address, and how many bytes of the content are wanted."""


def send(method: str, address: str, most: int = 0) -> Reply:
    """Send one request and return what came back."""
    try:
        asked = Request(plain_address(address), headers=_HEADERS, method=method)  # noqa: S310 - see `_opener`
        if is_private(asked.host):
            return Reply(reason="it is an address of a computer in your own network", private=True)
        with _opener().open(asked, timeout=PATIENCE) as response:
            return Reply(
                status=response.status,
                reason=http.client.responses.get(response.status, ""),
                location=response.headers.get("Location", ""),
                wait=response.headers.get("Retry-After", ""),
                body=response.read(most) if most else b"",
            )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _nothing(error)


def _opener() -> OpenerDirector:
    """Return what speaks http and https, through the proxy of this computer if it has one, and nothing else."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(context=ssl.create_default_context())):
        opener.add_handler(handler)
    return opener


def plain_address(address: str) -> str:
    """Return *address* in the letters that servers understand.

    Raises:
        ValueError: there is no such address.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not host:
        raise ValueError("the address names no site")
    place = f"[{host}]" if ":" in host else host
    netloc = f"{place}:{parts.port}" if parts.port else place
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]|") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def is_private(netloc: str) -> bool:
    """Tell whether the host in *netloc* is this computer or one in its own network, which no reader can reach.

    Raises:
        OSError: no computer has that name.
    """
    host = urlsplit(f"//{netloc}").hostname or ""
    if getproxies() and not proxy_bypass(host):
        return host == "localhost" or _is_inner(host)
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return any(_is_inner(str(where[4][0])) for where in found)


def _is_inner(number: str) -> bool:
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False  # a name; the proxy will look it up
    return address.is_private and address not in _STAND_INS


def _nothing(error: Exception) -> Reply:
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    unknown = isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_HOST
    return Reply(reason=_in_words(cause), no_such_host=unknown)


def _in_words(error: Exception) -> str:
    match error:
        case socket.gaierror():
            return "no computer has that name"
        case TimeoutError():
            return f"there was no answer within {PATIENCE:.0f} seconds"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not valid ({error.verify_message})"
        case ssl.SSLError():
            return "it does not speak https as browsers do"
        case ConnectionRefusedError():
            return "it refuses the connection"
        case ConnectionError() | http.client.RemoteDisconnected():
            return "it broke off the connection"
        case UnicodeError() | ValueError() | http.client.InvalidURL():
            return "the address cannot be read"
        case OSError(strerror=str() as words):
            return words.lower()
    return "its answer cannot be read"
