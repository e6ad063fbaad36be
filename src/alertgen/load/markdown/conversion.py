"""Markdown to clean HTML, taken apart into lead and situations, with everything found on the way.

The steps are in `convert`. Modules beside this one: `source` (the text as typed), `limits` (caps), `lints/`
(surprises), `direct` (usual texts without a parser), `tree` (what Python-Markdown makes of all others: parts, notes,
ids), `audit` (what is taken out), `sanitise` (the table of what may stay), `writer` (what is linked and shown).
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

from alertgen.diagnostics import Diagnostic, sorted_by_place
from alertgen.engine import engine_digest
from alertgen.fastmarkdown import FastMarkdownExtension
from alertgen.fingerprint import digest_text
from alertgen.load.lints.table import lint, without_echoes
from alertgen.load.markdown.audit import audit_raw, audit_tree
from alertgen.load.markdown.body import Body, BodyImage, Section
from alertgen.load.markdown.direct import written_directly
from alertgen.load.markdown.html import defused
from alertgen.load.markdown.limits import excess
from alertgen.load.markdown.sanitise import UNFIT, plain_text
from alertgen.load.markdown.sections import read_sections
from alertgen.load.markdown.source import Source, read_source
from alertgen.load.markdown.tree import (
    Apart,
    Capture,
    HeadingIds,
    Notes,
    Part,
    Tokens,
    restore_values,
    take_apart,
    written_by,
)
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
    found = list(lint(text))
    tokens = Tokens(text.digest)
    apart = written_directly(text, prefix, tokens)
    if apart is None:
        apart, removed = _parsed(text, prefix, tokens)
        found += removed
    writer = Writer(tokens, text, prefix=prefix, ids=apart.ids, with_outside=with_outside)
    lead, *below_headings = _proses(apart, writer, text)
    sections, faults = read_sections(apart, below_headings, writer, text)
    return Body(
        lead=lead,
        sections=sections,
        links=tuple(writer.links),
        images=tuple(writer.images),
        outside=tuple(writer.outside),
        problems=sorted_by_place(without_echoes([*found, *writer.problems, *faults])),
    )


def _parsed(source: Source, prefix: str, tokens: Tokens) -> tuple[Apart, list[Diagnostic]]:
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


def _proses(apart: Apart, writer: Writer, source: Source) -> list[Prose]:
    htmls = [writer.html(part.html) for part in apart.parts]
    notes = [writer.html(note.html) for note in apart.notes]
    return [
        _prose(html, _footnotes(part, apart, notes, writer.prefix), _key(source, writer.prefix, index))
        for index, (part, html) in enumerate(zip(apart.parts, htmls, strict=True))
    ]


def _prose(html: str, footnotes: tuple[Footnote, ...], key: str) -> Prose:
    return Prose(digest=digest_text(key), markup=html, plain=plain_text(html), footnotes=footnotes)


def _key(source: Source, prefix: str, index: int) -> str:
    return "\0".join([engine_digest(), prefix, source.lang, str(index), source.digest])


def _footnotes(part: Part, apart: Apart, notes: list[str], prefix: str) -> tuple[Footnote, ...]:
    """Return the notes that *part* refers to, directly or through another note."""
    references: dict[int, list[str]] = {}
    pending = list(part.references)
    for number, reference in pending:  # grows by the references in the notes
        if number not in references:
            pending += apart.notes[number - 1].references
        references.setdefault(number, []).append(reference)
    return tuple(
        Footnote(f"fn-{prefix}-{number}", number, notes[number - 1], tuple(ids))
        for number, ids in sorted(references.items())
    )
