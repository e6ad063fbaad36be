"""What templates can call. Each function is told first which page calls it."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from alertgen import urls
from alertgen.i18n import words
from alertgen.model import Prose
from alertgen.outputs import Page
from alertgen.patterns import late
from alertgen.records import dataclass
from alertgen.render import maps
from alertgen.store import Store
from alertgen.text import listed, suggestions
from alertgen.views import Map, NotFoundView, PictureFile

_LINK = re.compile(r'href="alertgen:link/(\d+)"')
_LONE_IMAGE = late(r'<p>\s*<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>\s*</p>')
_IMAGE = re.compile(r'<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>')
_TABLE = '<table tabindex="0"'
"""A table may be wider than a phone; who has no mouse reaches it by keys, and scrolls it by keys."""


class Said(dict[str, str]):
    """The texts of the interface in one language that need no values, by key."""

    def __init__(self, lang: str) -> None:
        self.words = words(lang)

    def __missing__(self, key: str) -> str:
        self[key] = self.words.say(key)
        return self[key]


@dataclass(frozen=True, slots=True)
class Here:
    """The page that calls."""

    page: Page
    link: Callable[[str], str]
    """Makes an address a link from the page."""
    said: Said
    assets: Mapping[str, str]
    """Address of each static file by name."""
    part: Callable[[str], Any]
    """Returns what the template of a name exports."""
    rounds: list[int]
    """One number: how many rounds its loops over numbers have been given so far."""


def here(page: Page, part: Callable[[str], Any]) -> Here:
    """Return what functions need to know of *page*; *part* returns what the template of a name exports to it."""
    return Here(page, _linking(page), _said(page.chrome.lang), _published(page.chrome.assets), part, [0])


_said = cache(Said)


@lru_cache(maxsize=64)
def _published(assets: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return *assets* by name; pages of one language have the same ones."""
    return dict(assets)


def _linking(page: Page) -> Callable[[str], str]:
    """Return what makes links from *page*; that for missing addresses stands anywhere and links from the root."""
    root = page.chrome.root.rstrip("/")
    if isinstance(page.view, NotFoundView):
        return lambda address: root + address if address.startswith("/") else address
    return urls.links_from(page.address)


def functions(memory: Store) -> dict[str, Callable[..., Any]]:
    """Return what templates can call, by name; drawn maps are remembered in *memory*."""
    return {
        "href": _href,
        "t": _say,
        "n": _count,
        "asset": _asset,
        "prose": _prose,
        "srcset": _srcset,
        "draw": _drawing(memory),
        "hashed": hashed,
        "range": few,
    }


def _href(at: Here, address: str) -> str:
    """`href(address)`: *address* as a link from this page."""
    return at.link(address)


def _say(at: Here, key: str, **values: object) -> str:
    """`t(key, name=…)`: a text of the interface in the language of this page."""
    try:
        return at.said.words.say(key, **values) if values else at.said[key]
    except KeyError as error:
        raise LookupError(*_lacking(key, at.said.words.patterns(), "t")) from error


def _count(at: Here, key: str, number: int) -> str:
    """`n(key, number)`: a counted text of the interface, in the right plural."""
    try:
        return at.said.words.count(key, number)
    except KeyError as error:
        raise LookupError(*_lacking(key, at.said.words.patterns(counted=True), "n")) from error


def _lacking(key: str, known: Mapping[str, str], function: str) -> tuple[str, ...]:
    """Return why the text of *key* could not be said, and if possible how it is asked for; *known* are all texts."""
    if key not in known:
        near = suggestions(key, known)
        hint = f"did you mean {listed(near)}?" if near else f"`alertgen explain {function}` lists all texts"
        return f'there is no text "{key}"', hint
    values = dict.fromkeys(re.findall(r"{(\w+)}", known[key]))
    given = ", ".join(f"{value}=…" for value in values)
    return f'the text "{key}" lacks a value: it reads "{known[key]}"', f'write {function}("{key}", {given})'


def _asset(at: Here, name: str) -> str:
    """`asset(name)`: a link to the static file of that name."""
    if name not in at.assets:
        path = name.removeprefix("/").removeprefix("static/")
        near = (path,) if path in at.assets else suggestions(path, at.assets)
        hint = f"did you mean {listed(near)}?" if near else "put it into the folder static/ of your site"
        raise LookupError(f"there is no file static/{name}", hint)
    return at.link(at.assets[name])


def _prose(at: Here, prose: Prose | str) -> Markup:
    """`prose(text)`: the HTML of a text or footnote, with its links and pictures put in."""
    links, pictures = at.page.links, at.page.pictures
    html = prose if isinstance(prose, str) else prose.html
    html = _LINK.sub(lambda match: f'href="{escape(at.link(links[int(match[1])]))}"', html)
    html = html.replace("<table", _TABLE)
    if "alertgen:image/" in html:
        macros = at.part("parts/picture.html")
        html = _LONE_IMAGE.sub(lambda match: str(macros.figure(pictures[int(match[1])])), html)
        html = _IMAGE.sub(lambda match: str(macros.picture(pictures[int(match[1])])), html)
    return Markup(html)  # noqa: S704 - cleaned by our own table of tags when it was read


def _srcset(at: Here, files: tuple[PictureFile, ...]) -> str:
    """`srcset(format.files)`: the sizes of a picture as a `srcset` value."""
    return ", ".join(f"{at.link(file.url)} {file.width}w" for file in files)


def _drawing(memory: Store) -> Callable[[Here, Map, str], Markup]:
    outline = maps.remembering(memory)

    @lru_cache(maxsize=128)
    def without_links(drawn: Map, prefix: str) -> Markup:
        return Markup(maps.draw(drawn, prefix, outline=outline))  # noqa: S704 - escapes its text

    def draw(at: Here, drawn: Map, prefix: str) -> Markup:
        """`draw(map, prefix)`: the map as inline SVG; *prefix* keeps its element ids apart."""
        if drawn.kind == "locator":
            return without_links(drawn, prefix)
        return Markup(maps.draw(drawn, prefix, at.link, outline))  # noqa: S704 - escapes its text

    return draw


def hashed(_at: Here | None, text: str) -> str:
    """`hashed(text)`: a Content-Security-Policy source for the inline script *text*."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


_ROUNDS = 100_000
"""No loop needs more of them; a slip in a number could keep a build busy for ever."""
_ALL_ROUNDS = 1_000_000
"""No page needs more in all its loops: with one in another, a slip is as long where each has few."""


def few(at: Here | None, *bounds: int) -> range:
    """`range(first, end)`: whole numbers for a loop, as many as a page can need."""
    numbers = range(*bounds)
    if numbers[_ROUNDS:]:
        raise LookupError(f"a loop of more than {_ROUNDS:,} rounds", "check the numbers of range(…)")
    if at:
        at.rounds[0] += len(numbers)
        if at.rounds[0] > _ALL_ROUNDS:
            message = f"loops of more than {_ALL_ROUNDS:,} rounds on one page"
            raise LookupError(message, "check the numbers of range(…), and look for a loop in the wrong place")
    return numbers
