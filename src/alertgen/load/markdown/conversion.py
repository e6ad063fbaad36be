"""Markdown to clean HTML, taken apart into lead and situations, with everything found on the way.

The steps are in `convert`. Modules beside this one: `source` (the text as typed), `limits` (caps),
`lints/` (surprises), `tree` (parts, notes, ids), `audit` (what is taken out), `sanitise` (the table of
what may stay), `writer` (elements to HTML).
"""

from functools import lru_cache
from threading import get_ident
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension

from alertgen.diagnostics import sorted_by_place
from alertgen.engine import engine_digest
from alertgen.fastmarkdown import FastMarkdownExtension
from alertgen.fingerprint import digest_text
from alertgen.load.lints.table import lint, without_echoes
from alertgen.load.markdown.audit import audit_raw, audit_tree
from alertgen.load.markdown.body import Body, BodyImage, Section
from alertgen.load.markdown.html import defused
from alertgen.load.markdown.limits import excess
from alertgen.load.markdown.sanitise import UNFIT, plain_text
from alertgen.load.markdown.sections import read_sections
from alertgen.load.markdown.source import Source, read_source
from alertgen.load.markdown.tree import Capture, HeadingIds, Notes, Part, Tokens, Tree, restore_values, take_apart
from alertgen.load.markdown.typography import substitutions, typeset_spaces
from alertgen.load.markdown.writer import Writer
from alertgen.model import Footnote, Prose
from alertgen.text import slugify

__all__ = ["Body", "BodyImage", "Section", "convert"]


def convert(
    source: str, *, path: str, first_line: int, prefix: str, lang: str = "en", with_outside: bool = True
) -> Body:
    """Convert the Markdown *source*, which begins at line *first_line* of the file *path*.

    *prefix* begins every id in the result, so that several texts can share a page. *lang*, a BCP 47 tag, decides the
    quotation marks. Links to other sites are told of only *with_outside*. Never raises for anything in *source*; a text
    beyond the caps comes back empty, with a problem.
    """
    text = read_source(source, path=path, first_line=first_line, lang=lang)
    too_much = excess(text)
    if too_much:
        empty = _prose("", (), _key(text, prefix, 0))
        return Body(lead=empty, sections=(), links=(), images=(), outside=(), problems=(too_much,))
    md, root = _converter(lang, get_ident()).parsed(text, prefix)
    restore_values(root, md.htmlStash.rawHtmlBlocks)
    typeset_spaces(root, lang)
    found = [*lint(text), *audit_tree(root, text), *audit_raw(md.htmlStash.rawHtmlBlocks, text)]
    tokens = Tokens(text.digest)
    tree = take_apart(root, prefix=prefix, tokens=tokens)
    writer = Writer(md, tokens, text, prefix=prefix, ids=tree.ids, with_outside=with_outside)
    lead, *below_headings = _proses(tree, writer, text)
    sections, faults = read_sections(tree, below_headings, writer, text)
    return Body(
        lead=lead,
        sections=sections,
        links=tuple(writer.links),
        images=tuple(writer.images),
        outside=tuple(writer.outside),
        problems=sorted_by_place(without_echoes([*found, *writer.problems, *faults])),
    )


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


def _proses(tree: Tree, writer: Writer, source: Source) -> list[Prose]:
    htmls = [writer.html(part.body) for part in tree.parts]
    notes = [writer.html(note.body) for note in tree.notes]
    return [
        _prose(html, _footnotes(part, tree, notes, writer.prefix), _key(source, writer.prefix, index))
        for index, (part, html) in enumerate(zip(tree.parts, htmls, strict=True))
    ]


def _prose(html: str, footnotes: tuple[Footnote, ...], key: str) -> Prose:
    return Prose(digest=digest_text(key), markup=html, plain=plain_text(html), footnotes=footnotes)


def _key(source: Source, prefix: str, index: int) -> str:
    return "\0".join([engine_digest(), prefix, source.lang, str(index), source.digest])


def _footnotes(part: Part, tree: Tree, notes: list[str], prefix: str) -> tuple[Footnote, ...]:
    """Return the notes that *part* refers to, directly or through another note."""
    references: dict[int, list[str]] = {}
    pending = list(part.references)
    for number, reference in pending:  # grows by the references in the notes
        if number not in references:
            pending += tree.nested[number - 1]
        references.setdefault(number, []).append(reference)
    return tuple(
        Footnote(f"fn-{prefix}-{number}", number, notes[number - 1], tuple(ids))
        for number, ids in sorted(references.items())
    )
