"""Keys and anchors of situations: feeds and links know a situation by them for ever, however it is reworded."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

from alertgen import urls
from alertgen.model import Country
from alertgen.records import dataclass
from alertgen.text import slugify

OF_THE_PAGE = frozenset(
    {"main", "citation-text"}
    | {f"{part}-title" for part in ("contents", "corrections", "notes", "sources", "citation", "sharing", "earlier")}
)
"""Ids that the page of an alert has whatever its text is, so no situation gets one of them as its anchor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What key and anchor of a situation are made of."""

    headline: str
    id: str
    """The anchor that the author chose, if any."""
    countries: tuple[Country, ...]
    is_theme: bool

    @property
    def name(self) -> str:
        """The countries in order of code, or that it is a theme: what the key of a new situation begins with."""
        return _THEME if self.is_theme else "+".join(sorted(country.code for country in self.countries))


_THEME = "theme"


def keys_and_anchors(
    headings: Sequence[Heading],
    known: Mapping[str, str],
    reworded: Mapping[str, str],
    gone: Collection[str] = (),
    given_up: Collection[str] = (),
) -> list[tuple[str, str]]:
    """Return key and anchor of the situations under *headings*.

    *known* are the anchors published before, with the keys of their situations; *reworded* is what the anchors of those
    would be that had another heading last. Those whose keys are *gone* were taken out: they may come back as they were,
    but no other situation takes their place. Anchors that are *given_up* tell the keys alone.
    """
    new = [""] * len(headings)
    wanted = [
        heading.id or urls.anchor(heading.headline, heading.countries) or key
        for heading, key in zip(headings, _completed(new, headings), strict=True)
    ]
    anchors = _numbered(wanted, OF_THE_PAGE.difference(known))
    keys = _completed(_known_keys(headings, anchors, known, reworded, gone) if known else new, headings, known.values())
    kept = {anchor: key for anchor, key in known.items() if anchor not in given_up}
    return list(zip(keys, _kept(anchors, keys, headings, kept), strict=True))


def _kept(
    anchors: Sequence[str], keys: Sequence[str], headings: Sequence[Heading], known: Mapping[str, str]
) -> list[str]:
    """Give situations whose anchor is new, and not chosen by the author, the anchor that their key has lost."""
    lost = {key: anchor for anchor, key in known.items() if anchor not in anchors}
    return [
        anchor if heading.id or anchor in known else lost.get(key, anchor)
        for anchor, key, heading in zip(anchors, keys, headings, strict=True)
    ]


def _known_keys(
    headings: Sequence[Heading],
    anchors: Sequence[str],
    known: Mapping[str, str],
    reworded: Mapping[str, str],
    gone: Collection[str],
) -> list[str]:
    """Return the keys under which the situations were published; empty for those that are new.

    Where the anchor is still the same, or the heading that of the last build, it is sure; else one of those that are
    missing, the likeliest.
    """
    keys = [""] * len(headings)
    for published in (known, reworded):
        for place, anchor in enumerate(anchors):
            if not keys[place] and published.get(anchor) not in keys:
                keys[place] = published.get(anchor, "")
    lost = [(anchor, key) for anchor, key in known.items() if anchor not in anchors]
    for is_like, of_gone in _LIKENESSES if lost else ():
        for place, heading in enumerate(headings):
            if not keys[place]:
                likely = (key for anchor, key in lost if (key in gone) == of_gone and is_like(heading, anchor, key))
                keys[place] = next((key for key in likely if key not in keys), "")
    there = {key for key in known.values() if key in keys or key not in gone}
    left = there.difference(keys)
    if keys.count("") == len(left) == 1 and len(headings) == len(there):
        keys[keys.index("")] = left.pop()  # whatever its words and countries are now, it is the only one that it can be
    return keys


def _has_its_headline(heading: Heading, anchor: str, _: str) -> bool:
    slug = slugify(heading.headline)
    return bool(slug) and f"-{anchor}".endswith(f"-{slug}")


def _has_its_countries(heading: Heading, _: str, key: str) -> bool:
    return re.fullmatch(rf"{re.escape(heading.name)}(-\d+)?", key) is not None


def _shares_a_country(heading: Heading, _: str, key: str) -> bool:
    return any(country.code in re.split(r"[+-]", key) for country in heading.countries)


def _has_its_headline_and_a_country(heading: Heading, anchor: str, key: str) -> bool:
    return _shares_a_country(heading, anchor, key) and _has_its_headline(heading, anchor, key)


_LIKENESSES = (
    (_has_its_headline_and_a_country, False),
    (_has_its_countries, False),
    (_has_its_headline_and_a_country, True),
    (_has_its_headline, False),
    (_shares_a_country, False),
)
"""How a situation may be like one that was published at an anchor under a key, and whether that is gone; in turn."""


def _completed(keys: Sequence[str], headings: Iterable[Heading], taken: Collection[str] = ()) -> list[str]:
    """Return *keys* with new ones in place of those that are empty: `SD`, the second on it `SD-2`, `theme-1`."""
    completed = list(keys)
    for place, heading in enumerate(headings):
        if not completed[place]:
            names = _candidates(heading.name)
            completed[place] = next(key for key in names if key not in completed and key not in taken)
    return completed


def _candidates(name: str) -> Iterator[str]:
    if name != _THEME:
        yield name
    yield from _with_numbers(name, 1 if name == _THEME else 2)


def _numbered(names: Iterable[str], of_others: Collection[str]) -> list[str]:
    """Make *names* distinct, also from those *of_others*: the second `sudan` becomes `sudan-2`."""
    taken: list[str] = []
    for name in names:
        candidates = chain([name], _with_numbers(name, 2))
        taken.append(next(one for one in candidates if one not in taken and one not in of_others))
    return taken


def _with_numbers(name: str, first: int) -> Iterator[str]:
    return (f"{name}-{number}" for number in count(first))
