"""What Python-Markdown makes of a text that `direct` does not read."""

from functools import lru_cache
from threading import get_ident
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension

from alertgen.diagnostics import Diagnostic
from alertgen.fastmarkdown.extension import FastMarkdownExtension
from alertgen.load.markdown.audit import audit_raw, audit_tree
from alertgen.load.markdown.html import defused
from alertgen.load.markdown.parts import Apart, Tokens
from alertgen.load.markdown.sanitise import UNFIT
from alertgen.load.markdown.source import Source
from alertgen.load.markdown.tree import (
    Capture,
    HeadingIds,
    Notes,
    restore_values,
    take_apart,
    typeset_spaces,
    written_by,
)
from alertgen.load.markdown.typography import substitutions
from alertgen.text import slugify


def parsed(source: Source, prefix: str, tokens: Tokens) -> tuple[Apart, list[Diagnostic]]:
    """Return what Python-Markdown makes of *source*, and what of it is going to be taken out."""
    md, root = _converter(source.lang, get_ident()).parsed(source, prefix)
    stash = md.htmlStash.rawHtmlBlocks
    restore_values(root, stash)
    typeset_spaces(root, source.lang)
    removed = [*audit_tree(root, source), *audit_raw(stash, source)]
    return take_apart(root, prefix=prefix, tokens=tokens, written=written_by(md)), removed


class _Converter:
    """Python-Markdown, set up once for all texts in one language. What it knows of one text is gone with the next."""

    def __init__(self, lang: str) -> None:
        self._prefix = ""
        self._capture = Capture()
        self._md = Markdown(
            output_format="html",
            extensions=[
                Notes(),
                TableExtension(use_align_attribute=True),
                AttrListExtension(),
                SmartyExtension(substitutions=substitutions(lang)),
                SaneListExtension(),
                AbbrExtension(),
                HeadingIds(slugify=lambda text, _: f"{self._prefix}-{slugify(text) or 'section'}"),
                self._capture,
                FastMarkdownExtension(),
            ],
        )

    def parsed(self, source: Source, prefix: str) -> tuple[Markdown, Element]:
        """Return the element tree of *source*, and the instance that holds what was put aside until the next text."""
        self._prefix = prefix
        try:
            self._md.reset()
            self._md.convert(UNFIT.sub("", defused(source)) or "\n")
        except BaseException:  # halfway through a text, nobody knows what it holds
            _converter.cache_clear()
            raise
        return self._md, self._capture.root


@lru_cache(maxsize=4)
def _converter(lang: str, _thread: int) -> _Converter:
    """Return the converter of *lang*, one for each thread; to make one takes a tenth of the time that a text takes."""
    return _Converter(lang)
