"""Standing pages: about, policy of corrections and the like."""

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, has_errors
from alertgen.load.documents import Document
from alertgen.load.keys.header import PageHeader
from alertgen.load.texts.desk import Desk, body_images, language_problems
from alertgen.load.texts.seeming import seems_held
from alertgen.model import StandingPage, opening_of


def read_page(document: Document, desk: Desk) -> tuple[StandingPage | None, tuple[Diagnostic, ...]]:
    """Return the page in *document*, or None when anything is wrong with it, and what is wrong."""
    images, problems = body_images(document, desk)
    language = language_problems(document, desk)
    found = (*document.problems, *problems, *language, *_situations(document), *seems_held(document))
    header, body = document.header, document.body
    if has_errors(found) or body is None or not isinstance(header, PageHeader):
        return None, found
    page = StandingPage(
        path=document.path,
        stem=document.name.stem,
        slug=document.slug,
        lang=document.lang,
        title=header.title,
        summary=header.summary or opening_of(body.lead),
        nav=header.nav,
        updated=header.updated,
        aliases=header.aliases,
        prose=body.lead,
        links=body.links,
        images=images,
        place=document.place,
    )
    return page, found


def _situations(document: Document) -> list[Diagnostic]:
    sections = document.body.sections if document.body else ()
    hint = "delete what stands in the braces, or move the text into an alert"
    message = "a page has no situations, but this heading begins one"
    return [problem("situation-in-page", message, section.place, hint=hint) for section in sections]
