"""Templates at work: one page after the other, with all that is the same on each of them made once.

Jinja makes what a template imports "with context" anew on every page. Yet a module of macros alone is the same on all
pages of one page template, but for the values that its macros look up when they are called: so the module is kept, and
those values are exchanged for those of the page at hand (`Names`).
"""

import sys
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import markupsafe
from jinja2 import Environment, Template, Undefined
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from alertgen.render.template_code import PageCode

_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` comes down to for a text that is not marked as safe, where this MarkupSafe has it."""


def shown(value: Any) -> str:
    """Return how *value* is written into HTML."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(checked(value))


def checked(value: Any) -> Any:
    """Return *value*, which is to be written into a page.

    Raises:
        LookupError: it is no text: readers would see how Python writes a value.
    """
    if isinstance(value, str | int | float | Undefined) or hasattr(value, "__html__"):
        return value
    from alertgen.render.template_words import no_text  # here, since hardly any template has a fault

    raise LookupError(*no_text(value))


class Names(dict[str, Any]):
    """What templates see, on all pages of a page template."""

    __slots__ = ("modules",)

    def __init__(self, *values: Mapping[str, Any]) -> None:
        for value in values:
            self.update(value)
        self.modules: dict[str, list[tuple[dict[str, Any], TemplateModule]]] = {}
        """By name of a template: the macros that it sees beside these names, and what it exports."""


class PageMacro(Macro):
    """A macro that can be called by position without any preparation."""

    def __init__(self, environment: Environment, function: Any, name: str, arguments: list[str], *rest: Any) -> None:
        super().__init__(environment, function, name, arguments, *rest)
        function.__defaults__ = (missing,) * function.__code__.co_argcount
        special = self.catch_kwargs or self.catch_varargs or self.caller
        self.quick: Callable[..., str] = partial(self, EvalContext(environment)) if special else function
        """Takes values by position, and fails where they are too many."""
        self.most = sys.maxsize if special else len(arguments)
        self.lasting = False
        """It is the same on all pages of a page template."""


class PageContext(Context):
    """What one template sees, and how it calls."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value of the name *key*, or what stands for none."""
        own = self.vars
        return own[key] if key in own else self.parent.get(key, missing)

    def put(self, called: Any, /, *values: Any) -> str:
        """Return what `{{ called(*values) }}` writes."""
        if type(called) is PageMacro and len(values) <= called.most:
            return called.quick(*values)
        return shown(self.run(called, *values))

    def run(self, called: Any, /, *values: Any, **named: Any) -> Any:
        """Return what `called(*values, **named)` is."""
        if type(called) is partial:
            return called(*values, **named)
        if type(called) is PageMacro and not named and len(values) <= called.most:
            return Markup(called.quick(*values))  # noqa: S704 - a macro escapes what it writes
        return self.call(called, *values, **named)


class PageTemplate(Template):
    """A template of a theme."""

    steady: bool
    """What it exports is the same on all pages, if all is that it imports."""

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:
        made = super()._from_namespace(environment, namespace, globals)
        assert isinstance(made, cls)
        made.steady = namespace["steady"]
        return made


class PageEnvironment(Environment):
    """The templates of a theme, made for rendering many pages."""

    code_generator_class = PageCode
    context_class = PageContext
    template_class = PageTemplate
    Macro = PageMacro
    shown = staticmethod(shown)
    escaped = staticmethod(_escaped)

    def __init__(self, functions: Mapping[str, Callable[..., Any]], *, careful: bool = False, **options: Any) -> None:
        super().__init__(autoescape=True, cache_size=-1, auto_reload=False, finalize=checked, **options)
        self.functions = functions
        """What templates call by which name; each is told first which page calls it."""
        self.careful = careful
        """Its templates take nothing for granted (see `template_code`)."""
        self._options = options
        self._known: dict[str, Template] = {}
        self._seen: dict[str, list[Names]] = {}
        """By name of a page template: what it sees, and then what the modules do that it imports."""
        self._page: tuple[list[Names], Mapping[str, Any]] = ([], {})
        """Of the page at hand: what its templates see, and what of it is its own."""
        self._passing = 0
        """How many modules were made for one page alone."""
        self._doubtful: set[str] = set()
        """Names of page templates that have failed, and are run with care since."""

    @cached_property
    def _in_doubt(self) -> "PageEnvironment":
        """The same templates, compiled with care as they are needed, for what has failed."""
        made = type(self)(self.functions, careful=True, **{**self._options, "bytecode_cache": None})
        made.globals, made.filters, made.tests = self.globals, self.filters, self.tests
        return made

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        """Return the template *name*."""
        if isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self._known:
            self._known[name] = super().get_template(name, parent)
        return self._known[name]

    def render(
        self, name: str, values: Mapping[str, Any], here: Callable[[Callable[[str], Any]], Any] | None = None
    ) -> str:
        """Return the page that the template *name* makes of *values*, which have the same names for all pages.

        *here* gives what functions are told of the page, when it is given what returns the exports of a template.
        """
        if not (self.careful or name in self._doubtful):
            try:
                return self._rendered(name, values, here)
            except Exception:  # noqa: BLE001 - whatever it was, templates that take nothing for granted will tell
                self._doubtful.add(name)
        if not self.careful:
            return self._in_doubt.render(name, values, here)
        try:
            return self._rendered(name, values, here)
        except Exception:  # noqa: BLE001 - raised again, with the lines of templates in its traceback
            self.handle_exception()

    def _rendered(self, name: str, values: Mapping[str, Any], here: Callable[..., Any] | None) -> str:
        template = self.get_template(name)
        if here:
            at = here(self.part)
            values = {**values, **{name: partial(function, at) for name, function in self.functions.items()}}
        seen = self._seen.setdefault(name, [Names(template.globals)])
        for names in seen:
            names.update(values)
        self._page = seen, values
        return "".join(template.root_render_func(template.new_context(seen[0], shared=True)))

    def part(self, name: str) -> Any:
        """Return what the template *name* exports on the page at hand."""
        template, (seen, _) = self.get_template(name), self._page
        return self.imported(name, name, template.new_context(seen[0], shared=True), {})

    def imported(self, name: str, importer: str, context: Context, local: Mapping[str, Any]) -> TemplateModule:
        """Return what *importer*, with its *context* and *local* variables, imports from the template *name*."""
        names, macros = context.parent, context.vars
        if isinstance(names, Names):
            for seen, module in names.modules.get(name, ()):
                if seen == macros:
                    return module
        template = self.get_template(name, importer)
        if isinstance(names, Names) and self._lasts(macros, local):
            return self._module(template, names, dict(macros))
        self._passing += 1
        return template.make_module(context.get_all(), True, local)

    def _lasts(self, macros: Mapping[str, Any], local: Mapping[str, Any]) -> bool:
        """Tell whether *macros* are the same on all pages, hide nothing of a page, and are all that is *local*."""
        lasting = all(isinstance(value, PageMacro) and value.lasting for value in macros.values())
        same = all(value is missing or macros.get(name) is value for name, value in local.items())
        return lasting and same and macros.keys().isdisjoint(self._page[1])

    def _module(self, template: Template, names: Names, macros: dict[str, Any]) -> TemplateModule:
        """Make the module of *template*, and keep it if it is the same on all pages, as is all that it imports."""
        own = Names(names, macros) if macros else names
        before = self._passing
        module = TemplateModule(template, template.new_context(own, shared=True))
        if not (isinstance(template, PageTemplate) and template.steady and self._passing == before):
            self._passing += 1
            return module
        for exported in vars(module).values():
            if isinstance(exported, PageMacro):
                exported.lasting = True
        names.modules.setdefault(template.name or "", []).append((macros, module))
        if own is not names:
            self._page[0].append(own)
        return module
