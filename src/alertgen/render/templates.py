"""Pages through Jinja: strict, escaped, and compiled before any content is read.

A template sees exactly one page: `page` and its parts `view`, `head` and `chrome`, and what `functions` returns.
An editor's text is never rendered as a template.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket

from alertgen.diagnostics import Diagnostic, Place
from alertgen.model import Theme
from alertgen.outputs import Page
from alertgen.records import replace
from alertgen.render.faults import RenderFaultError
from alertgen.render.template_functions import few, functions, hashed, here
from alertgen.render.template_memory import checksum_of, key_of_template, sources_of
from alertgen.render.template_running import PageEnvironment
from alertgen.store import Store

_CONTEXT = ("page", "view", "head", "chrome")
"""What every template sees."""


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
    """Compiled templates, remembered between builds; see `template_memory`."""

    def __init__(self, memory: Store) -> None:
        self.memory = memory

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return by what the template *name* is known."""
        del filename  # it is the same
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return by what the text *source* is known."""
        return checksum_of(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* from memory."""
        known = self.memory.get(key_of_template(bucket.key, bucket.checksum))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what is in *bucket*."""
        self.memory.put(key_of_template(bucket.key, bucket.checksum), bucket.bytecode_to_string())


def compiled(theme: Theme, memory: Store, *, whole: bool = True) -> tuple[PageEnvironment, tuple[Diagnostic, ...]]:
    """Return an environment with every template of *theme* compiled, and what is wrong with those that cannot be.

    When it is not *whole*, each template is compiled when it is needed.
    """
    sources = sources_of(theme)
    environment = PageEnvironment(
        functions=functions(memory),
        loader=_Sources(sources),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(memory),
    )
    environment.globals["hashed"] = partial(hashed, None)  # of no page: templates imported without context may call it
    environment.globals["range"] = partial(few, None)
    faults = (_compile(environment, name) for name in sorted(sources if whole else ()))
    return environment, tuple(fault for fault in faults if fault)


def render_page(environment: PageEnvironment, page: Page) -> bytes:
    """Return *page* as an HTML document in UTF-8.

    Raises:
        RenderFaultError: its template uses something that is not there, or fails in another way.
    """
    contents = page.contents.made()
    page = replace(page, contents=contents)
    values = dict(zip(_CONTEXT, (page, contents.view, contents.head, page.chrome), strict=True))
    try:
        return environment.render(page.template, values, partial(here, page)).encode("utf-8")
    except Exception as error:  # a template can raise anything; every fault is told with its place
        raise RenderFaultError(_on_page(page, _fault(environment, page.template, error))) from error


def _compile(environment: PageEnvironment, name: str) -> Diagnostic | None:
    try:
        environment.get_template(name)
    except TemplateSyntaxError as error:
        return _fault(environment, error.name or name, error)
    return None


def _on_page(page: Page, fault: Diagnostic) -> Diagnostic:
    """Return *fault* with the page on which it showed: the template may be fine for all others."""
    if fault.code != "template-error":
        return fault
    return replace(fault, hint=f"{fault.hint}\nit fails on the page {page.address}")


def _fault(environment: PageEnvironment, name: str, error: Exception) -> Diagnostic:
    """Return what is wrong with a template as *error* tells, with the line that it comes from."""
    from alertgen.codes import problem  # these here, since hardly any template has a fault
    from alertgen.render.template_syntax import is_slip, told
    from alertgen.render.template_words import in_words

    name, line = _line_of(environment, name, error)
    if is_slip(error):
        slip = told(str(error.args[0]), line, _names(environment).get(name, ""), environment)
        place = Place(f"templates/{name}", slip.line, slip.column)
        excerpt = _line(environment, name, slip.line)
        return problem("template-syntax", slip.message, place, hint=slip.hint, excerpt=excerpt)
    known = {**environment.globals, **environment.functions} | dict.fromkeys(_CONTEXT)
    message, hint = in_words(error, name, known, _names(environment))
    place = Place(f"templates/{name}", line)
    return problem("template-error", message, place, hint=hint, excerpt=_line(environment, name, line))


def _line_of(environment: Environment, name: str, error: Exception) -> tuple[str, int]:
    """Return template and line of the innermost frame of *error* inside any template, or else its own in *name*.

    A name that is not known may have been given to a macro, which fails with it: then it is the line that has the name.
    """
    import traceback

    start = (name, error.lineno if isinstance(error, TemplateSyntaxError) else 0)
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    lines = [start, *(at for at in frames if at[0] in _names(environment))]
    unknown = re.match(r"'(\w+)' is undefined", str(error))
    having = [at for at in lines if unknown and re.search(rf"\b{unknown[1]}\b", _line(environment, *at))]
    return (having or lines)[-1]


def _line(environment: Environment, name: str, number: int) -> str:
    lines = _names(environment).get(name, "").splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _names(environment: Environment) -> Mapping[str, str]:
    return environment.loader.sources if isinstance(environment.loader, _Sources) else {}
