"""Markdown to clean HTML, taken apart into lead and situations, with everything found on the way.

The steps are in `convert`. Modules beside this one: `source` (the text as typed), `limits` (caps), `lints/`
(surprises), `direct` (usual texts without a parser), `parsing` (all others by Python-Markdown, with its `tree`),
`parts` (what both come to), `audit` (what is taken out), `sanitise` (the table of what may stay), `writer` (what is
linked and shown).
"""

from alertgen.diagnostics import sorted_by_place
from alertgen.engine import engine_digest
from alertgen.fingerprint import digest_text
from alertgen.load.lints.table import lint, without_echoes
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.direct import written_directly
from alertgen.load.markdown.limits import excess
from alertgen.load.markdown.parts import BOUNDARY, Apart, Part, Tokens
from alertgen.load.markdown.sanitise import in_lines, plain_text
from alertgen.load.markdown.sections import other_headings, read_sections
from alertgen.load.markdown.source import Source
from alertgen.load.markdown.writer import Writer
from alertgen.model import Footnote, Prose
from alertgen.text import can_be_seen


def convert(source: Source, *, prefix: str, own: tuple[str, ...] = (), with_outside: bool = True) -> Body:
    """Convert the Markdown *source*.

    *prefix* begins every id in the result, so that several texts can share a page. A full address that begins with one
    of *own* is a link inside the site. Links to other sites are told of only *with_outside*. Never raises for anything
    in *source*; one beyond the caps comes back empty, with a problem.
    """
    too_much = excess(source)
    if too_much:
        empty = _prose("", "", (), _key(source, prefix, own, 0))
        return Body(lead=empty, sections=(), others=(), links=(), images=(), outside=(), problems=(too_much,))
    found = list(lint(source))
    tokens = Tokens(source.digest)
    apart = written_directly(source, prefix, tokens)
    if apart is None:
        from alertgen.load.markdown.parsing import parsed  # brings Python-Markdown along, which usual texts do without

        apart, removed = parsed(source, prefix, tokens)
        found += removed
    writer = Writer(tokens, source, prefix=prefix, ids=apart.ids, own=own, with_outside=with_outside)
    lead, *below_headings = _proses(apart, writer, source)
    sections, faults = read_sections(apart, below_headings, writer, source)
    return Body(
        lead=lead,
        sections=sections,
        others=other_headings(source),
        links=tuple(writer.links),
        images=tuple(writer.images),
        outside=tuple(writer.outside),
        problems=sorted_by_place(without_echoes([*found, *writer.problems, *faults])),
    )


def _proses(apart: Apart, writer: Writer, source: Source) -> list[Prose]:
    htmls = [writer.html(part) for part in apart.parts]
    notes = [writer.html(note) for note in apart.notes]
    footnotes = [_footnotes(part, apart, notes, writer.prefix) for part in apart.parts]
    return [
        _prose(html, _text(part, html), told, _key(source, writer.prefix, writer.own, index))
        for index, (part, html, told) in enumerate(zip(apart.parts, htmls, footnotes, strict=True))
    ]


def _text(part: Part, html: str) -> str:
    """Return what is read in *part*, whose clean HTML is *html*."""
    if part.written is None:
        return plain_text(html)
    return in_lines(part.written.text.replace("\n", " ").replace(BOUNDARY, "\n"))


def _prose(html: str, text: str, footnotes: tuple[Footnote, ...], key: str) -> Prose:
    """Return the stretch *html*; it is empty when it has nothing that readers see, such as a rule alone."""
    shown = html if can_be_seen(text) or footnotes or "<img" in html else ""
    return Prose(digest=digest_text(key), markup=shown, plain=text if shown else "", footnotes=footnotes)


def _key(source: Source, prefix: str, own: tuple[str, ...], index: int) -> str:
    return "\0".join([engine_digest(), prefix, *own, source.lang, str(index), source.digest])


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
