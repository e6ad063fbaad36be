"""Where everything lives: the only place that knows an address.

Addresses are site-relative, begin with `/`, and are a contract with everybody who has noted one down: they never
change. Folders end in `/`; their file is `index.html`. Every language but the first lives under `/<tag>/`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from alertgen.model import Alert, Country, Level, RiskTag, Situation, StandingPage
from alertgen.patterns import late
from alertgen.text import slugify

_SAFE = "/#?&=%:;,+@!$'()*~-._"
"""Characters that stay as they are in an address, besides letters and digits."""

_STAND_INS = frozenset({"example", "invalid", "localhost", "test"})
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
"""Ends of names that are set aside for examples and trials (RFC 2606): nobody can ever have them on the web."""


def is_stand_in(base_url: str) -> bool:
    """Tell whether no site can stand at *base_url*, since its host is one of examples and trials."""
    labels = (urlsplit(base_url).hostname or "").split(".")
    return labels[-1] in _STAND_INS or ".".join(labels[-2:]) in _EXAMPLES


def in_language(address: str, lang: str, default_lang: str) -> str:
    """Return *address* as it is in *lang*: under `/<lang>/` for every language but the site's first."""
    return address if lang == default_lang else f"/{lang}{address}"


def alert(alert: Alert, default_lang: str) -> str:
    """Address of an alert's page: `/alerts/2021/<slug>/`."""
    return alert_at(alert.date.year, alert.slug, alert.lang, default_lang)


def alert_at(year: int, slug: str, lang: str, default_lang: str) -> str:
    """Address of the page of an alert of *year* in *lang*."""
    return in_language(f"/alerts/{year}/{slug}/", lang, default_lang)


def situation(alert_address: str, anchor: str) -> str:
    """Address of a situation on its alert's page."""
    return f"{alert_address}#{anchor}"


def anchor(headline: str, countries: Sequence[Country]) -> str:
    """Name a new situation on its page: the countries, unless *headline* begins with the first, and the headline."""
    slug, places = slugify(headline), [country.slug for country in countries]
    named = places and f"{slug}-".startswith(f"{places[0]}-")
    return slug if named else "-".join(filter(None, [*places, slug]))


def reworded_headings(alert: Alert) -> tuple[tuple[str, str], ...]:
    """Return what the anchors of situations that have others would be if these were new, with their keys, sorted.

    Situations are told apart by headings that no two of them share; the whole body has none.
    """
    new = {
        situation.key: anchor(situation.headline, situation.countries)
        for situation in alert.situations
        if not situation.whole and not _is_as_it_was(situation)
    }
    names = list(new.values())
    taken = {situation.anchor for situation in alert.situations} if names else ()
    return tuple(sorted((name, key) for key, name in new.items() if names.count(name) == 1 and name not in taken))


def _is_as_it_was(situation: Situation) -> bool:
    """Tell, for most situations at once, that headline and countries are those of its anchor and its key."""
    if not f"-{situation.anchor}".endswith(f"-{situation.headline.lower().replace(' ', '-')}"):
        return False
    places = "+".join(sorted([country.code for country in situation.countries]))
    return situation.key.partition("-")[0] == (places or "theme")


def standing_page(page: StandingPage, default_lang: str) -> str:
    """Address of a standing page: `/<slug>/`."""
    return in_language(f"/{page.slug}/", page.lang, default_lang)


def text(text: Alert | StandingPage, default_lang: str) -> str:
    """Address of the page of an alert, or of a standing page."""
    return alert(text, default_lang) if isinstance(text, Alert) else standing_page(text, default_lang)


def slashed(address: str) -> str:
    """Return *address* with a slash at its end, unless it has one or is that of a file: `/about` -> `/about/`."""
    last = address.rpartition("/")[2]
    return address if not last or "." in last else f"{address}/"


def as_folder(address: str) -> str:
    """Return *address* in the form that hosts make of `/a`, `/a/` and `/a/index.html`; other files stay files."""
    return slashed(address.removesuffix("index.html"))


def with_old(address: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return *address* and the old addresses *aliases*, each as it is typed and in the form that hosts make of it."""
    return tuple(dict.fromkeys((address, *(form for alias in aliases for form in (alias, as_folder(alias))))))


def home() -> str:
    """Address of the home page."""
    return "/"


def archive(number: int = 1) -> str:
    """Address of a page of the archive; page 1 is `/alerts/`."""
    return "/alerts/" if number == 1 else f"/alerts/page/{number}/"


def year(year: int) -> str:
    """Address of a year of the archive."""
    return f"/alerts/{year}/"


def countries() -> str:
    """Address of the list of countries."""
    return "/countries/"


def country(country: Country) -> str:
    """Address of a country's page."""
    return f"/countries/{country.slug}/"


def risks() -> str:
    """Address of the list of risk tags."""
    return "/risks/"


def risk(tag: RiskTag) -> str:
    """Address of a risk tag's page."""
    return f"/risks/{tag.slug}/"


def levels() -> str:
    """Address that names the site's scheme of levels; there is no page."""
    return "/levels/"


def level(level: Level) -> str:
    """Address of the folder with a level's feeds; the page is the list of countries."""
    return f"/levels/{level.slug}/"


def level_list(level: Level) -> str:
    """Address of the countries at a level, in the list of countries."""
    return f"{countries()}#level-{level.slug}"


def data() -> str:
    """Address of the page that explains the open data."""
    return "/data/"


def data_file(name: str) -> str:
    """Address of a file of the open data, such as `alerts.csv`."""
    return f"/data/{name}"


CITATION_FILES = {"bibtex": "cite.bib", "ris": "cite.ris", "csl": "cite.json"}
"""Name of a citation file by format."""


def citation(alert_address: str, format: str) -> str:
    """Address of the citation of an alert in *format*, beside its page."""
    return alert_address + CITATION_FILES[format]


def reliefweb(alert_address: str) -> str:
    """Address of an alert in the format in which ReliefWeb takes posts."""
    return f"{alert_address}reliefweb.json"


def search() -> str:
    """Address of the search page."""
    return "/search/"


def subscribe() -> str:
    """Address of the page that lists the feeds."""
    return "/subscribe/"


def corrections() -> str:
    """Address of the list of corrections."""
    return "/corrections/"


def not_found() -> str:
    """Address of the page for addresses that are not there."""
    return "/404.html"


FEED_FILES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
"""Name of a feed's file by format."""


def feed(folder: str, format: str) -> str:
    """Address of the feed in *format* that belongs to the page at *folder*."""
    return folder + FEED_FILES[format]


def opml() -> str:
    """Address of the list of all feeds."""
    return "/feeds.opml"


def sitemap() -> str:
    """Address of the list of all pages for search engines."""
    return "/sitemap.xml"


def robots() -> str:
    """Address of the rules for robots."""
    return "/robots.txt"


def host_headers() -> str:
    """Address of the HTTP headers, as Netlify and Cloudflare Pages read them."""
    return "/_headers"


def host_redirects() -> str:
    """Address of the redirects, as Netlify and Cloudflare Pages read them."""
    return "/_redirects"


SERVER_REDIRECTS = {"nginx": "/_redirects.nginx", "apache": "/.htaccess"}
"""Web server -> address of the same redirects as it reads them."""


def search_index() -> str:
    """Address of the folder that the search page reads."""
    return "/pagefind/"


def static(name: str, digest: str) -> str:
    """Address of the static file *name* (`css/site.css`), naming its content: `/static/css/site.1a2b3c4d.css`."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    marked = f"{stem}.{digest[:8]}.{ending}" if dot and stem else f"{file}.{digest[:8]}"
    return f"/static/{folder}{slash}{marked}"


def rendition(stem: str, digest: str, width: int, ending: str) -> str:
    """Address of a picture in one size and format, naming its content: `/images/camp-1a2b3c4d-800.webp`."""
    return f"/images/{stem}-{digest[:8]}-{width}.{ending}"


def card(digest: str) -> str:
    """Address of a social card, naming its content."""
    return f"/cards/{digest[:16]}.png"


def file_of(address: str) -> str:
    """Return the output file of *address*, relative to the output folder: `/a/` -> `a/index.html`."""
    path = address.lstrip("/")
    return path + "index.html" if path == "" or path.endswith("/") else path


@lru_cache(maxsize=1 << 12)
def absolute(address: str, base_url: str) -> str:
    """Return *address* under *base_url*, percent-encoded; an address of another host is returned as it is."""
    if urlsplit(address).scheme:
        return address
    return base_url.rstrip("/") + quote(address, safe=_SAFE)


_HOST = late(r"\A(https?)://([^/?#:@\[\]]+)(:\d*)?(?=[/?#]|$)", re.IGNORECASE)
_AUTHORITY = late(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_LONE_PERCENT = late(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def encoded(address: str) -> str:
    """Return an absolute *address*, as an editor typed it, in ASCII: its host in Punycode, the rest percent-encoded.

    What RFC 3986 allows in no path, square brackets and a lone percent sign, is encoded as well, so that programs that
    are strict about addresses take it. Hosts have brackets (IPv6).
    """
    spelled = _HOST.sub(lambda found: f"{found[1]}://{_ascii(found[2])}{found[3] or ''}", address, count=1)
    authority = _AUTHORITY.match(spelled)
    end = authority.end() if authority else 0
    return quote(spelled[:end], safe=_SAFE + "[]") + quote(_LONE_PERCENT.sub("%25", spelled[end:]), safe=_SAFE)


def canonical(address: str) -> str:
    """Return *address* in its one right spelling: in ASCII, with the host in lower case and without a needless port."""

    def spelled(found: re.Match[str]) -> str:
        scheme, port = found[1].lower(), found[3] or ""
        return f"{scheme}://{found[2].lower()}{'' if port in (':', _DEFAULT_PORTS[scheme]) else port}"

    return encoded(_HOST.sub(spelled, address, count=1))


def _ascii(host: str) -> str:
    """Return *host* in ASCII (Punycode). Full-width letters and full stops, as in East Asia, become plain ones."""
    if host.isascii():
        return host
    labels = normalize("NFKC", host.lower()).replace("\u3002", ".").split(".")
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels)


def relative(address: str, page: str) -> str:
    """Return *address* as a link from the page at address *page*; an address of another host is returned as it is.

    Relative links work under any sub-path and from `file://`. A link to the page itself is `./`, or its fragment.
    """
    return links_from(page)(address)


def links_from(page: str) -> Callable[[str], str]:
    """Return a function that does for the page at address *page* what `relative` does: faster for many links."""
    folder = page[: page.rfind("/") + 1]
    outwards = _outwards(folder[: folder.rfind("/", 0, -1) + 1])

    def link(address: str) -> str:
        if address.startswith(folder):
            return _link_inside(address, folder, page)
        return outwards[address] if address.startswith("/") else address

    return link


def _link_inside(address: str, folder: str, page: str) -> str:
    """Return *address* as a link from *page*; both are in *folder*."""
    path, mark, fragment = address.partition("#")
    if mark and path == page:
        return "#" + quote(fragment)
    link = path[len(folder) :]
    if not link or ":" in link.partition("/")[0]:
        link = "./" + link
    return _spelled(link, mark, fragment)


class _Outwards(dict[str, str]):
    """Address -> link to it from pages that lie in folders of their own, side by side in one folder.

    Such are the pages of a year, or those of all countries. They link to much that is the same outside of their own
    folders, and each link is the same for all of them, so it is remembered.
    """

    def __init__(self, folder: str) -> None:
        """Work out how links get from the folders in *folder* to that, to each folder above it, and to the root."""
        _, *folders = folder.split("/")[:-1] or [""]
        self._near = [
            (f"/{'/'.join(folders[:depth])}/", "../" * (len(folders) - depth + 1))
            for depth in range(len(folders), 0, -1)
        ]
        self._out = "../" * (len(folders) + 1)

    def __missing__(self, address: str) -> str:
        if len(self) >= _MANY:
            self.clear()
        path, mark, fragment = (address, "", "") if _is_plain(address) else address.partition("#")
        self[address] = link = _spelled(self._way(path), mark, fragment)
        return link

    def _way(self, path: str) -> str:
        for folder, way in self._near:
            if path.startswith(folder):
                return way + path[len(folder) :]
        return self._out + path[1:]


_MANY = 4096
"""Links that are remembered for the pages in a folder: a few hundred bytes each."""
_outwards = lru_cache(maxsize=16)(_Outwards)


def _spelled(link: str, mark: str, fragment: str) -> str:
    """Return a *link* with its *fragment*, percent-encoded where it must be."""
    path = link if _is_plain(link) else quote(link, safe="/?&=%:;,+@!$'()*~-._")
    return f"{path}{mark}{fragment if _is_plain(fragment) else quote(fragment)}"


def _is_plain(path: str) -> bool:
    """Tell whether *path* needs no percent-encoding in a link, as nearly none does."""
    return _PLAIN.fullmatch(path) is not None


_PLAIN = late(r"[a-z0-9/.-]*")
