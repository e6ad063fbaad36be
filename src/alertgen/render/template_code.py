"""What templates compile to: Jinja's own code, with fewer steps between a value and the page.

Jinja has one general way for every call: it looks whether the callee wants the context, the variables of loops and of
blocks, wraps what a macro returns, and looks at the wrapped text once more before it is written. Here a call whose
result is written goes through `PageContext.put`, any other through `PageContext.run`, and an import with context
through `PageEnvironment.imported` (see `template_running`). They do the same in fewer steps where they can, and leave
all else to Jinja.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef


class PageCode(CodeGenerator):
    """Jinja's compiler, for the templates of a theme."""

    _plain = True
    """Neither is a variable set within a loop or block of the template, nor escaping switched on or off."""
    _written: nodes.Node | None = None
    """The call whose result is written as it is."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Compile a whole template, and note whether what it exports is the same on every page."""
        self._plain = not _is_special(node)
        super().visit_Template(node, frame)
        self.writeline(f"steady = {all(map(_is_steady, node.body))!r}")

    def write_commons(self) -> None:
        """Begin a function."""
        super().write_commons()
        self.writeline("shown = environment.shown")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Begin a line of code; what a block writes goes to the page in one piece, not bit by bit."""
        if x.startswith("yield from context.blocks["):
            x = f"yield concat({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Compile a call."""
        if not self._plain or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("context.put(" if node is self._written else "context.run(")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not self._plain:
            super()._output_child_pre(node, frame, finalize)
        elif _is_by_position(node):
            self._written = node
        else:
            self.write("shown(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not (self._plain and _is_by_position(node)):
            super()._output_child_post(node, frame, finalize)

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


def _is_special(template: nodes.Template) -> bool:
    """Tell whether calls in *template* may depend on variables of a loop or block, or on how text is escaped."""
    modified = any(template.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)))
    inner = template.find_all((nodes.For, nodes.Block))
    return modified or any(any(outer.find_all((nodes.Assign, nodes.AssignBlock))) for outer in inner)


def _is_by_position(node: nodes.Expr) -> bool:
    """Tell whether *node* calls something with values by position alone."""
    return isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _is_steady(node: nodes.Node) -> bool:
    """Tell whether what *node* does at the top of a template is the same on all pages: blank text, imports, macros."""
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    named = isinstance(node, nodes.Import | nodes.FromImport) and isinstance(node.template, nodes.Const)
    return named or isinstance(node, nodes.Macro)
