"""Reading one content file by itself: taking it apart, reading its keys, converting its body. Any process can do it."""

from collections.abc import Iterable
from functools import partial

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, has_errors
from alertgen.fingerprint import digest_text
from alertgen.load.disk.decoding import decode
from alertgen.load.disk.names import read_name
from alertgen.load.documents import (
    Customs,
    Document,
    Kind,
    SourceFile,
    frozen_document,
    key_of_file,
    remember_document,
    remembered_document,
)
from alertgen.load.figures import FIGURED_KEYS, NO_FIGURES, Figures, figures_in
from alertgen.load.keys.fences import find_fences
from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.keys.kept import kept_of
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.source import Source, read_source
from alertgen.load.yaml.nodes import Mapping, scalars
from alertgen.records import replace
from alertgen.screens import make_ready
from alertgen.store import Store
from alertgen.text import can_be_seen, slugify


def read_again(old: Document, file: SourceFile, customs: Customs, store: Store) -> Document | None:
    """Read *file*, which said *old* before, if its keys are the same to the letter."""
    key = key_of_file(file, customs)
    new = remembered_document(key, store)
    if new is None and (reworded := with_other_words(old, file, customs)):
        return remember_document(key, frozen_document(reworded), store)
    return new


def has_other_keys(old: Document, file: SourceFile) -> bool:
    """Tell whether *file*, which said *old* before, is not the same to the letter down to where the text begins."""
    lines = (decode(file.content, file.path)[0] or "").split("\n")
    fences = find_fences(lines)
    return fences is None or old.head != digest_text(fences.head(lines))


def with_other_words(old: Document, file: SourceFile, customs: Customs) -> Document | None:
    """Return what `read_document` returns for *file*, which said *old* before; None if that takes reading its keys."""
    text, problems = decode(file.content, file.path)
    lines = (text or "").split("\n")
    fences = find_fences(lines)
    if text is None or fences is None or problems or old.head != digest_text(fences.head(lines)):
        return None
    return _with_text(old, (), text, fences.body(lines), fences.body_line, customs)


def read_all_frozen(customs: Customs, files: Iterable[SourceFile]) -> list[bytes]:
    """Return what *files* say, frozen."""
    return [read_frozen(customs, file) for file in files]


def read_one_of_many(customs: Customs, file: SourceFile) -> bytes:
    """Return what *file* says, frozen; it is one of so many that screens are worth while."""
    make_ready()
    return read_frozen(customs, file)


def read_frozen(customs: Customs, file: SourceFile) -> bytes:
    """Return what *file* says, frozen: so it travels to another process, and is remembered."""
    return frozen_document(read_document(file, customs))


def read_document(file: SourceFile, customs: Customs) -> Document:
    """Read *file* of a site that has *customs*."""
    # These bring pydantic and PyYAML along, which a build that changes nothing but words can do without.
    from alertgen.load.keys.frontmatter import FrontMatter, read_front_matter
    from alertgen.load.keys.reading import read_header
    from alertgen.load.keys.schema import AlertKeys, PageKeys
    from alertgen.load.markdown.typography import typeset

    text, problems = decode(file.content, file.path)
    name = read_name(file.path, customs.languages)
    parts = FrontMatter(header=None, body="", body_line=0, problems=())
    if text is not None:
        parts = read_front_matter(text, file.path)
    node = parts.header or Mapping((), Place(file.path, 1))
    header: AlertHeader | PageHeader | None = None
    faults: tuple[Diagnostic, ...] = ()
    if parts.header is not None:
        header, faults = read_header(AlertKeys if file.kind is Kind.ALERT else PageKeys, node)
    lang = _said(node, "lang") or name.lang or customs.languages[0]
    of_keys = (*parts.problems, *faults, *_of_keys(node, header, lang, customs))
    above = Document(
        path=file.path,
        kind=file.kind,
        name=name,
        lang=lang,
        slug=_said(node, "slug") or name.slug,
        kept=kept_of(node),
        broken=node.broken,
        header=header.typeset(partial(typeset, lang=lang)) if header else None,
        body=None,
        draft=_said(node, "draft") == "true",
        embargo=header.embargo if header else None,
        figures=NO_FIGURES,
        head=parts.head,
        of_keys=of_keys,
        problems=(),
    )
    return _with_text(above, problems, text or "", parts.body, parts.body_line, customs)


def _of_keys(
    node: Mapping, header: AlertHeader | PageHeader | None, lang: str, customs: Customs
) -> Iterable[Diagnostic]:
    """Return what is to be said of the keys in *node* beside what is wrong with each of them."""
    from alertgen.load.keys.consistency import agreement
    from alertgen.load.lints.todo import todo_left_in_keys
    from alertgen.load.lints.values import surprises_in_values
    from alertgen.load.people.tracking import tracking_in_keys

    return (
        *agreement(node, header, customs.series_in(lang)),
        *todo_left_in_keys(node),
        *tracking_in_keys(node),
        *surprises_in_values(node, lang),
    )


def _with_text(
    above: Document, found: tuple[Diagnostic, ...], text: str, body: str, body_line: int, customs: Customs
) -> Document:
    """Return the document with the keys of *above* and the text *body*; *found* is to be said of the whole file."""
    from alertgen.load.lints.todo import in_a_draft
    from alertgen.load.markdown.conversion import convert
    from alertgen.load.people.exposures import exposures
    from alertgen.load.people.passwords import passwords

    path = above.path
    source = read_source(body, path=path, first_line=body_line, lang=above.lang) if body_line else None
    prefix = slugify(f"{above.name.stem} {above.name.lang}")
    converted = convert(source, prefix=prefix, own=customs.own, with_outside=False) if source else None
    found = (
        *found,
        *above.of_keys,
        *_empty_body(body, converted, body_line, path),
        *exposures(text, path, customs.cleared),
        *passwords(text, path),
        *(converted.problems if converted else ()),
        *_late_dates(source, above),
        *_stale_figures(source, above),
    )
    return replace(
        above,
        body=converted,
        figures=_figures(source, above, customs),
        problems=in_a_draft(found) if above.draft else found,
    )


def _figures(source: Source | None, above: Document, customs: Customs) -> Figures:
    """Return the figures of an alert that may have translations."""
    header = above.header
    if len(customs.languages) == 1 or not isinstance(header, AlertHeader) or not source:
        return NO_FIGURES
    return figures_in(source, [getattr(header, key) for key in FIGURED_KEYS])


def _late_dates(source: Source | None, above: Document) -> Iterable[Diagnostic]:
    if not isinstance(above.header, AlertHeader) or not source:
        return ()
    from alertgen.load.lints.late_dates import late_dates

    return late_dates(source, above.header.changed)


def _stale_figures(source: Source | None, above: Document) -> Iterable[Diagnostic]:
    if not isinstance(above.header, AlertHeader) or not source:
        return ()
    from alertgen.load.lints.stale_figures import stale_figures

    return stale_figures(source, above.header, above.place)


def _said(node: Mapping, key: str) -> str:
    return next((scalar.text for scalar in scalars(node.get(key))), "")


def _empty_body(body: str, converted: Body | None, body_line: int, path: str) -> tuple[Diagnostic, ...]:
    if converted is None or converted.lead or converted.sections or has_errors(converted.problems):
        return ()
    message = "there is no text below the keys"
    if can_be_seen(body):
        message = "readers see nothing of what stands below the keys"
    return (problem("empty-body", message, Place(path, body_line - 1), hint="write the text below this line"),)
