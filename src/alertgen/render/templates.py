"""Pages through Jinja: strict, escaped, and compiled before any content is read.

A template sees exactly one page: `page` and its parts `view`, `head` and `chrome`, and what `functions` returns.
An editor's text is never rendered as a template.
"""

import base64
import hashlib
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from importlib.metadata import version
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_text
from alertgen.i18n import words
from alertgen.model import Prose, Theme
from alertgen.outputs import Page
from alertgen.render import maps
from alertgen.render.faults import RenderFaultError
from alertgen.render.template_syntax import is_slip, told
from alertgen.render.template_words import in_words
from alertgen.store import Store
from alertgen.text import listed, suggestions
from alertgen.views import Chrome, Map, NotFoundView, PictureFile

_NO_TEXT = 'there is no text "{}", or a value that stands in it is missing'
_CONTEXT = ("page", "view", "head", "chrome")
"""What every template sees."""
_LINK = re.compile(r'href="alertgen:link/(\d+)"')
_LONE_IMAGE = re.compile(r'<p>\s*<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>\s*</p>')
_IMAGE = re.compile(r'<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>')


class _Sources(BaseLoader):
    """Templates by name. Each is told to Python under its name, so that a traceback says which one failed."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of *template*, its name, and that it never changes."""
        del environment  # the base class hands it over; nothing here depends on it
        if template not in self.sources:
            raise TemplateNotFound(template)
        return self.sources[template], template, lambda: True


class _Compiled(BytecodeCache):
    """Compiled templates, remembered between builds by their source and the versions of Jinja and Python."""

    def __init__(self, memory: Store) -> None:
        self.memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* from memory; Jinja itself refuses what another version has made."""
        known = self.memory.get(self._key(bucket))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what is in *bucket*."""
        self.memory.put(self._key(bucket), bucket.bytecode_to_string())

    @staticmethod
    def _key(bucket: Bucket) -> str:
        return "template:" + digest_text(f"{version('jinja2')} {sys.version} {bucket.key} {bucket.checksum}")


def compiled(theme: Theme, memory: Store, *, whole: bool = True) -> tuple[Environment, tuple[Diagnostic, ...]]:
    """Return an environment with every template of *theme* compiled, and what is wrong with those that cannot be.

    When it is not *whole*, each template is compiled when it is needed.
    """
    sources = {file.path: file.content.decode("utf-8", "replace") for file in theme.templates}
    environment = Environment(
        loader=_Sources(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=_Compiled(memory),
        auto_reload=False,
    )
    environment.globals.update(functions(memory))
    faults = (_compile(environment, name) for name in sorted(sources if whole else ()))
    return environment, tuple(fault for fault in faults if fault)


def render_page(environment: Environment, page: Page) -> bytes:
    """Return *page* as an HTML document in UTF-8.

    Raises:
        RenderFaultError: its template uses something that is not there, or fails in another way.
    """
    context = dict(zip(_CONTEXT, (page, page.view, page.head, page.chrome), strict=True))
    try:
        return environment.get_template(page.template).render(context).encode("utf-8")
    except Exception as error:  # a template can raise anything; every fault is told with its place
        raise RenderFaultError(_fault(environment, page.template, error)) from error


def _compile(environment: Environment, name: str) -> Diagnostic | None:
    try:
        environment.get_template(name)
    except TemplateSyntaxError as error:
        return _fault(environment, error.name or name, error)
    return None


def _fault(environment: Environment, name: str, error: Exception) -> Diagnostic:
    """Find the line of a template that *error* comes from: the innermost frame inside any template."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in _names(environment):
            name, line = frame.filename, frame.lineno or 0
    if is_slip(error):
        slip = told(str(error.args[0]), line, _names(environment).get(name, ""), environment)
        place = Place(f"templates/{name}", slip.line, slip.column)
        excerpt = _line(environment, name, slip.line)
        return problem("template-syntax", slip.message, place, hint=slip.hint, excerpt=excerpt)
    known = environment.globals | dict.fromkeys(_CONTEXT)
    message, hint = in_words(error, name, known, _names(environment))
    place = Place(f"templates/{name}", line)
    return problem("template-error", message, place, hint=hint, excerpt=_line(environment, name, line))


def _line(environment: Environment, name: str, number: int) -> str:
    lines = _names(environment).get(name, "").splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _names(environment: Environment) -> Mapping[str, str]:
    return environment.loader.sources if isinstance(environment.loader, _Sources) else {}


# --- what templates can call --------------------------------------------------------------------------------------


@pass_context
def _href(context: Context, address: str) -> str:
    """`href(address)`: *address* as a link from this page."""
    return _linked(context["page"], address)


@pass_context
def _say(context: Context, key: str, **values: object) -> str:
    """`t(key, name=…)`: a text of the interface in the language of this page."""
    try:
        return words(context["chrome"].lang).say(key, **values)
    except KeyError as error:
        raise LookupError(_NO_TEXT.format(key)) from error


@pass_context
def _count(context: Context, key: str, number: int) -> str:
    """`n(key, number)`: a counted text of the interface, in the right plural."""
    try:
        return words(context["chrome"].lang).count(key, number)
    except KeyError as error:
        raise LookupError(_NO_TEXT.format(key)) from error


@pass_context
def _asset(context: Context, name: str) -> str:
    """`asset(name)`: a link to the static file of that name."""
    chrome: Chrome = context["chrome"]
    published = dict(chrome.assets)
    if name not in published:
        near = suggestions(name, published)
        hint = f"did you mean {listed(near)}?" if near else "put it into the folder static/ of your site"
        raise LookupError(f"there is no file static/{name}", hint)
    return _linked(context["page"], published[name])


@pass_context
def _prose(context: Context, prose: Prose | str) -> Markup:
    """`prose(text)`: the HTML of a text or footnote, with its links and pictures put in."""
    page: Page = context["page"]
    html = prose if isinstance(prose, str) else prose.html
    html = _LINK.sub(lambda match: f'href="{escape(_linked(page, page.links[int(match[1])]))}"', html)
    if "alertgen:image/" in html:
        parts = _picture_macros(context)
        html = _LONE_IMAGE.sub(lambda match: str(parts.figure(page.pictures[int(match[1])])), html)
        html = _IMAGE.sub(lambda match: str(parts.picture(page.pictures[int(match[1])])), html)
    return Markup(html)  # noqa: S704 - cleaned by our own table of tags when it was read


def _picture_macros(context: Context) -> Any:  # Jinja gives a module's macros no type
    template: Template = context.environment.get_template("parts/picture.html")
    return template.make_module(context.get_all())


def _drawing(memory: Store) -> Callable[[Context, Map, str], Markup]:
    outline = maps.remembering(memory)

    @pass_context
    def draw(context: Context, drawn: Map, prefix: str) -> Markup:
        """`draw(map, prefix)`: the map as inline SVG; *prefix* keeps its element ids apart."""
        page: Page = context["page"]
        link = partial(_linked, page)
        return Markup(maps.draw(drawn, prefix, link, outline))  # noqa: S704 - escapes its text

    return draw


@pass_context
def _srcset(context: Context, files: tuple[PictureFile, ...]) -> str:
    """`srcset(format.files)`: the sizes of a picture as a `srcset` value."""
    return ", ".join(f"{_linked(context['page'], file.url)} {file.width}w" for file in files)


def _hashed(text: str) -> str:
    """`hashed(text)`: a Content-Security-Policy source for the inline script *text*."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _linked(page: Page, address: str) -> str:
    """Return *address* as a link from *page*; that for missing addresses stands anywhere and links from the root."""
    if isinstance(page.view, NotFoundView) and address.startswith("/"):
        return page.chrome.root.rstrip("/") + address
    return urls.relative(address, page.address)


def functions(memory: Store) -> dict[str, object]:
    """Return what templates can call, by name; drawn maps are remembered in *memory*."""
    return {
        "href": _href,
        "t": _say,
        "n": _count,
        "asset": _asset,
        "prose": _prose,
        "srcset": _srcset,
        "draw": _drawing(memory),
        "hashed": _hashed,
    }
