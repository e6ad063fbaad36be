"""What templates compile to: Jinja's own code, with fewer steps between a value and the page.

Jinja has one general way for every call: it looks whether the callee wants the context, the variables of loops and of
blocks, wraps what a macro returns, and looks at the wrapped text once more before it is written. Here methods and the
functions of the page are called as they are. Any other call whose result is written goes through `PageContext.put`, one
within an expression through `PageContext.run`, and an import with context through `PageEnvironment.imported` (see
`template_running`). They do the same in fewer steps where they can, and leave all else to Jinja. A text is escaped at
the place where it is written, and what a template or block writes is joined once.

Two steps are taken for granted, unless the environment is `careful`: a value has the field that is asked for, and what
a template defines or imports as a macro is one. Where that is not so, Python raises an error, and the page is made anew
by careful templates (`PageEnvironment.render`), which find or tell whatever Jinja would.
"""

import keyword
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

from alertgen.records import dataclass, field


class PageCode(CodeGenerator):
    """Jinja's compiler, for the templates of a theme."""

    environment: Any
    """The `PageEnvironment` of the theme."""
    _plain = True
    """Neither is a variable set within a loop or block of the template, nor escaping switched on or off."""
    _written: nodes.Node | None = None
    """The call whose result is written as it is."""
    _macros: frozenset[str] = frozenset()
    """Names of what the template defines as macros or imports."""
    _doubted: frozenset[int] = frozenset()
    """By identity, lookups of fields that need not be there: the template asks whether they are."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Compile a whole template, and note whether what it exports is the same on every page."""
        found = _looked_through(node)
        self._plain = not found.special
        if not self.environment.careful:
            self._macros, self._doubted = frozenset(found.macros), frozenset(found.doubted)
        super().visit_Template(node, frame)
        self.writeline(f"steady = {all(map(_is_steady, node.body))!r}")

    def write_commons(self) -> None:
        """Begin a function."""
        super().write_commons()
        self.writeline("shown = environment.shown")
        self.writeline("escaped = environment.escaped")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Compile *nodes*; what a template or block writes goes to the page in one piece, not bit by bit."""
        whole = frame.buffer is None
        if whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if whole:
            self.writeline(f"yield concat({frame.buffer})")
            frame.buffer = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Compile the lookup of a field."""
        name = node.attr
        if self.environment.careful or id(node) in self._doubted or not name.isascii() or keyword.iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{name}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Compile a call."""
        if not self._plain or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        if self._is_direct(node):
            self._call(node, frame)
            return
        if node is self._written and isinstance(node.node, nodes.Name) and node.node.name in self._macros:
            self._call(node, frame, ".quick")
            return
        self.write("context.put(" if node is self._written else "context.run(")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _call(self, node: nodes.Call, frame: Frame, way: str = "") -> None:
        self.visit(node.node, frame)
        self.write(f"{way}(")
        for value in node.args:
            self.visit(value, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not self._plain:
            super()._output_child_pre(node, frame, finalize)
        elif self._is_put(node):
            self._written = node
        else:
            if isinstance(node, nodes.CondExpr) and node.expr2 is None:
                node.expr2 = nodes.Const("")  # what is not there is written so
            self.write("(escaped(value) if type(value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not self._plain:
            super()._output_child_post(node, frame, finalize)
        elif not self._is_put(node):
            self.write(") is str else shown(value))")

    def _is_put(self, node: nodes.Expr) -> bool:
        """Tell whether *node* calls what may be a macro, with values by position alone."""
        return isinstance(node, nodes.Call) and _is_by_position(node) and not self._is_direct(node)

    def _is_direct(self, node: nodes.Call) -> bool:
        """Tell whether *node* calls a method, or a function of the page: these want nothing but their values."""
        called = node.node
        method = isinstance(called, nodes.Getattr)
        of_page = isinstance(called, nodes.Name) and called.name in self.environment.functions
        return (method or of_page) and _is_by_position(node)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Compile the making of a macro."""
        self.write("environment.")  # in whose name `Macro` is another
        super().macro_def(macro_ref, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if not (node.with_context and frame.toplevel and isinstance(node.template, nodes.Const)):
            super()._import_common(node, frame)
            return
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, context, {self.dump_local_context(frame)})")


@dataclass(slots=True)
class _Found:
    """What is found in a template, at one go through it: Jinja's own way takes a third of the time of compiling."""

    special: bool = False
    """Calls may depend on variables of a loop or block, or on how text is escaped."""
    macros: set[str] = field(default_factory=set)
    """Names of what it defines as macros, or imports from a template."""
    doubted: set[int] = field(default_factory=set)
    """By identity, lookups of fields of which it asks whether they are there, or has something instead."""


def _looked_through(template: nodes.Template) -> _Found:
    found = _Found()
    waiting: list[tuple[nodes.Node, bool, bool]] = [(template, False, False)]
    while waiting:
        node, inner, asked = waiting.pop()
        match node:
            case nodes.EvalContextModifier() | nodes.ScopedEvalContextModifier():
                found.special = True
            case nodes.Assign() | nodes.AssignBlock():
                found.special |= inner
            case nodes.For() | nodes.Block():
                inner = True
            case nodes.Macro():
                found.macros.add(node.name)
            case nodes.FromImport():
                found.macros.update(name if isinstance(name, str) else name[1] for name in node.names)
            case nodes.Test() | nodes.Filter():
                asked |= node.name in _ASKING
            case nodes.Getattr() if asked:
                found.doubted.add(id(node))
        waiting += [(child, inner, asked) for child in _children(node)]
    return found


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    for name in node.fields:
        value = getattr(node, name, None)
        if isinstance(value, nodes.Node):
            yield value
        elif isinstance(value, list):
            yield from (part for part in value if isinstance(part, nodes.Node))


_ASKING = ("defined", "undefined", "default", "d")
"""Tests and filters that take what is not there."""


def _is_by_position(node: nodes.Call) -> bool:
    """Tell whether *node* gives values by position alone."""
    return not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _is_steady(node: nodes.Node) -> bool:
    """Tell whether what *node* does at the top of a template is the same on all pages: blank text, imports, macros."""
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    named = isinstance(node, nodes.Import | nodes.FromImport) and isinstance(node.template, nodes.Const)
    return named or isinstance(node, nodes.Macro)
