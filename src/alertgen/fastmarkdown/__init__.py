"""Python-Markdown, several times faster and with the same output to the byte, by way of its own extension API.

    markdown.Markdown(extensions=["footnotes", "smarty", FastMarkdownExtension()])

Other extensions work with it as they are. They can help it: an inline pattern by telling what it needs
(`fast_needs`, see `triggers`), a tree processor that comes after `smarty` by telling that it leaves entities in texts
as they are (`fast_keeps_entities`, see `smarty`).

It depends on `markdown` and the standard library only. Each module takes one stage and states the invariant that makes
its shortcut exact; `claims` says when the installed Python-Markdown is one that the shortcuts were proven for.
"""

from .extension import FastMarkdownExtension, pieces
from .smarty import rules_of, stays_in_text
from .trees import Chosen
from .windows import Educator

__all__ = ["Chosen", "Educator", "FastMarkdownExtension", "makeExtension", "pieces", "rules_of", "stays_in_text"]


def makeExtension(**kwargs: object) -> FastMarkdownExtension:  # noqa: N802  the name Python-Markdown looks for
    """Return the extension, for use by module name."""
    return FastMarkdownExtension(**kwargs)
