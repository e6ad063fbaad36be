"""Python-Markdown, several times faster and with the same output to the byte, by way of its own extension API.

    markdown.Markdown(extensions=["footnotes", "smarty", "alertgen.fastmarkdown"])

or an instance of `extension.FastMarkdownExtension` in the place of the name.

Other extensions work with it as they are. They can help it: an inline pattern by telling what it needs
(`fast_needs`, see `triggers`), a tree processor that comes after `smarty` by telling that it leaves entities in texts
as they are (`fast_keeps_entities`, see `smarty`).

It depends on `markdown` and the standard library only. Each module takes one stage and states the invariant that makes
its shortcut exact; `claims` says when the installed Python-Markdown is one that the shortcuts were proven for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .extension import FastMarkdownExtension


def makeExtension(**kwargs: object) -> "FastMarkdownExtension":  # noqa: N802  the name Python-Markdown looks for
    """Return the extension, for use by module name."""
    from .extension import FastMarkdownExtension  # here, since `windows` is of use without Python-Markdown

    return FastMarkdownExtension(**kwargs)
