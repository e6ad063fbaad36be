"""The headings of situations: their words, their attributes, and where each of them stands."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.markdown.attributes import CURLY_QUOTES, SITUATION_KEYS, Attribute, Heading, headings
from alertgen.load.markdown.body import OtherHeading, Section
from alertgen.load.markdown.parts import Apart, Headline
from alertgen.load.markdown.source import Source
from alertgen.load.markdown.writer import Writer
from alertgen.model import Prose


def read_sections(
    apart: Apart, proses: Sequence[Prose], writer: Writer, source: Source
) -> tuple[tuple[Section, ...], tuple[Diagnostic, ...]]:
    """Return the situations of *apart*, whose texts are *proses*, and what is wrong with their headings."""
    headlines = [part.headline for part in apart.parts if part.headline is not None]
    typed, unread = _matched(headlines, source)
    sections: list[Section] = []
    faults = [_not_read(heading, source) for heading in unread]
    for headline, heading, prose in zip(headlines, typed, proses, strict=True):
        place = _place(heading, source)
        faults += _more_than_words(headline, source, place)
        sections.append(_section(headline, writer.plain(headline.html), heading, prose, place, source))
    return tuple(sections), tuple(faults)


def other_headings(source: Source) -> tuple[OtherHeading, ...]:
    """Return the headings of level 2 of *source* that are not meant to begin a situation."""
    others = (one for one in headings(source) if one.level == 2 and not _said(one) and not _misspelt(one))
    return tuple([OtherHeading(one.text, _place(one, source)) for one in others])


def _matched(headlines: list[Headline], source: Source) -> tuple[list[Heading | None], list[Heading]]:
    """Return the heading as typed of each of *headlines*, and those typed as a situation that became none.

    The heading as typed is the next with the same attributes, or else the next that is misspelt.
    """
    left = [(heading, _values(heading)) for heading in headings(source) if heading.level == 2 and _is_closed(heading)]
    matched: list[Heading | None] = []
    unread: list[tuple[Heading, dict[str, str]]] = []
    for headline in headlines:
        given = headline.attributes
        wanted = {key: _bare(given[key] or "") for key in SITUATION_KEYS if key in given}
        same = [n for n, (_, values) in enumerate(left) if values == wanted]
        like = same or [n for n, (heading, _) in enumerate(left) if _misspelt(heading)]
        matched.append(left[like[0]][0] if like else None)
        if like:
            unread += left[: like[0]]
            left = left[like[0] + 1 :]
    return matched, [heading for heading, values in (*unread, *left) if values and not _misspelt(heading)]


def _not_read(heading: Heading, source: Source) -> Diagnostic:
    assert heading.attributes is not None
    listed = heading.attributes
    hint = "take formatting signs such as * and [ out of its values, and HTML tags from around the heading"
    if "{" in heading.text:
        hint = "take the other braces out of the heading: only one pair may stand there, at its end"
    return source.problem(
        "malformed-attributes",
        "these braces are not read, so no situation begins here",
        source.place(listed.offset, listed.end - listed.offset),
        hint=hint,
    )


def _is_closed(heading: Heading) -> bool:
    return heading.attributes is not None and heading.attributes.closed


def _misspelt(heading: Heading) -> bool:
    return heading.attributes is not None and heading.attributes.trouble >= 0


def _said(heading: Heading) -> dict[str, Attribute]:
    listed = heading.attributes.attributes if heading.attributes else ()
    return {attribute.key: attribute for attribute in listed if attribute.key in SITUATION_KEYS}


def _values(heading: Heading) -> dict[str, str]:
    return {key: _bare(attribute.value) for key, attribute in _said(heading).items()}


def _bare(value: str) -> str:
    """Return *value* without what Markdown changes in it: backslashes, and the kind of white space."""
    return " ".join(value.replace("\\", "").split())


def _place(heading: Heading | None, source: Source) -> Place:
    return source.place(heading.text_offset, len(heading.text)) if heading else source.start


def _section(
    headline: Headline, text: str, heading: Heading | None, prose: Prose, place: Place, source: Source
) -> Section:
    said = _said(heading) if heading else {}
    meant = [(key, _meant(key, value, heading)) for key, value in headline.attributes.items() if key in SITUATION_KEYS]
    attributes = tuple((key, value) for key, value in meant if value is not None)
    return Section(
        text=text,
        attributes=attributes,
        places=tuple(_value_place(said.get(key), source, place) for key, _ in attributes),
        id=headline.attributes.get("id") or "",
        place=place,
        prose=prose,
    )


def _meant(key: str, value: str | None, heading: Heading | None) -> str | None:
    """Return a value without slips that a lint has told, so that they are not told again as other faults."""
    if value is None:  # `country = SD`
        spaced = re.search(rf"{key}\s*=\s*([^\s}}]+)", heading.line) if heading else None
        value = spaced[1] if spaced else None
    return None if value is None else unescape(value).strip(f"{CURLY_QUOTES},")


def _value_place(attribute: Attribute | None, source: Source, heading: Place) -> Place:
    if attribute is None:
        return heading
    return source.place(attribute.value_offset, max(1, len(attribute.value)))


def _more_than_words(headline: Headline, source: Source, place: Place) -> Iterator[Diagnostic]:
    """Yield a problem when a heading holds what a headline in a list or feed cannot show."""
    held = [name for tag, name in (("a", "a link or note"), ("img", "a picture")) if tag in headline.elements]
    if held:
        yield source.problem(
            "markup-in-situation-heading",
            f"the heading of a situation holds {held[0]}, which is left out",
            place,
            hint="move it into the text below",
        )
