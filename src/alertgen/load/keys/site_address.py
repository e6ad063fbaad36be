"""The address under which a site stands: part of every address that it publishes."""

import re
from posixpath import normpath
from urllib.parse import urljoin, urlsplit

from alertgen.load.keys.fields import FaultError, web_address
from alertgen.urls import canonical

_HOST = re.compile(r"(?=.{1,254}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.|\Z))+")
"""The name of a computer, as it is asked for: up to 63 letters, digits and hyphens between two full stops."""

_PAGE = re.compile(r"/[^/]*\.(?:html?|php|aspx?)/\Z", re.IGNORECASE)


def site_address(typed: str) -> str:
    """Read the address of a site; return it in its one right spelling, in ASCII and with a slash at the end.

    Raises:
        FaultError: it cannot be the address of a site.
    """
    address = web_address(typed)
    if "?" in address or "#" in address:
        raise FaultError("wrong-address", f'"{typed}" cannot be the address of a site', "leave out what follows ? or #")
    home = canonical(address).rstrip("/") + "/"
    host, path = urlsplit(home).hostname or "", urlsplit(home).path
    if not typed.isprintable() or not (":" in host or _HOST.fullmatch(host)):
        hint = "copy it from a browser that shows the site, as in https://alerts.example.org/"
        raise FaultError("wrong-address", f'"{typed}" names no computer that can be found', hint)
    if {"", ".", ".."} & set(path.split("/")[1:-1]):
        straight = normpath(path).lstrip("/")
        hint = f"write {urljoin(home, f'/{straight}')}"
        raise FaultError("wrong-address", f'"{typed}" is an address with a detour', hint)
    if page := _PAGE.search(path):
        hint = f"write {home.removesuffix(page[0])}/"
        raise FaultError("wrong-address", f'"{typed}" is the address of a page, not of a site', hint)
    return home
