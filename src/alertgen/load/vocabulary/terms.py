"""Looking up what an editor typed: exact matches and listed names only; near misses are suggested, never taken."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.vocabulary.mentions import NamesInTexts
from alertgen.load.vocabulary.signs import ONE_FORM
from alertgen.load.vocabulary.vocabularies import Vocabularies, bare, spelled
from alertgen.model import Country, Level, RiskTag, Trend
from alertgen.text import folded, listed, slugify, suggestions

if TYPE_CHECKING:
    from alertgen.load.vocabulary.near_countries import NearCountries

Term = TypeVar("Term")

_DID_YOU_MEAN = "did you mean"
SEVERAL = "write several in square brackets, with commas"
"""How the hint for a list without brackets begins; it is true of keys, not of attributes."""
_BETWEEN_COUNTRIES = (r"[,;/&+]| and | et ", r"[,;/&+\u2013-]| and | et ")
"""What may stand between two countries of a list; hyphens stand in names, too."""
_SHORTEST_NAME = 4
"""Letters of a name that is compared without its accents; a shorter one may be initials, or another word."""


class Terms:
    """The terms known to one site."""

    def __init__(self, vocabularies: Vocabularies, risk_tags: Sequence[RiskTag], levels: Sequence[Level]) -> None:
        self._countries = {country.code: country for country in vocabularies.countries}
        self._country_names = dict(vocabularies.country_names)
        self._other_names = vocabularies.other_names
        self._places = dict(vocabularies.places)
        self._near: NearCountries | None = None
        """Made when first a country is not known."""
        self._tags = {tag.slug: tag for tag in risk_tags}
        self._levels = {level.slug: level for level in levels}
        self._called: dict[str, dict[str, set[str]]] = {}
        """By language, the codes of countries by the names that they have in it."""
        self._first_words: dict[str, frozenset[str]] = {}
        """By language, the words with which these names begin."""
        self._in_texts: dict[str, NamesInTexts] = {}

    def country_of(self, code: str) -> Country:
        """Return the country of *code*; this and the next two raise a KeyError when there is none."""
        return self._countries[code]

    def risk_tag_of(self, slug: str) -> RiskTag:
        """Return the risk tag of *slug*."""
        return self._tags[slug]

    def level_of(self, slug: str) -> Level:
        """Return the level of *slug*."""
        return self._levels[slug]

    def country(self, typed: str, at: Place) -> Country | Diagnostic:
        """Find a country by code, English name or listed alias, upper and lower case being the same."""
        codes = self._country_names.get(spelled(typed), ())
        if len(codes) == 1:
            return self._countries[codes[0]]
        if codes:
            hint = f"write {listed(map(self._shown, codes))}"
            return problem("ambiguous-country", f'"{typed}" may mean {len(codes)} countries', at, hint=hint)
        near = self._near_countries(typed)
        several = self._several_countries(typed)
        if several:
            hint = f"{SEVERAL}: [{', '.join(several)}]" if len(several) > 1 else f"write {several[0]}"
        elif near:
            hint = f"{_DID_YOU_MEAN} {listed(map(self._shown, near))}?"
        else:
            hint = "write its two-letter code (ISO 3166), such as SD for Sudan"
        return problem("unknown-country", f'"{typed}" is not a country I know', at, hint=hint)

    def _several_countries(self, typed: str) -> tuple[str, ...]:
        """Return the codes of the countries that *typed* lists, if it is a list of countries."""
        for between in _BETWEEN_COUNTRIES:
            parts = [spelled(part).removeprefix("the ").split() for part in re.split(between, typed)]
            found = [self._country_names.get(name, ()) for part in parts for name in self._in_a_row(part)]
            if len(found) > 1 and all(len(codes) == 1 for codes in found):
                return tuple(dict.fromkeys(codes[0] for codes in found))
        return ()

    def _in_a_row(self, words: list[str]) -> Iterator[str]:
        """Yield the longest names of countries, one behind the other, that *words* are, and other words as they are."""
        start = 0
        while start < len(words):
            ends = range(len(words), start, -1)
            end = next((end for end in ends if self.knows_country(" ".join(words[start:end]))), start + 1)
            yield " ".join(words[start:end])
            start = end

    def knows_country(self, typed: str) -> bool:
        """Whether *typed* is exactly a code, name or alias."""
        return spelled(typed) in self._country_names

    def countries_called(self, name: str, lang: str) -> tuple[Country, ...]:
        """Return the countries that *name* may stand for in a headline in *lang*.

        Codes are words of many languages, so they do not count; the initials among the other names do.
        """
        names = self._names_known(lang)
        codes = {code for form in {_form(name), name, spelled(name)} for code in names.get(form, ())}
        return tuple(self._countries[code] for code in sorted(codes))

    def begins_country(self, word: str, lang: str) -> bool:
        """Tell whether the name of a country in a headline in *lang* may begin with *word*, as `bare` gives it."""
        if lang not in self._first_words:
            words = (re.search(r"\w+", bare(name)) for name in self._names_known(lang))
            self._first_words[lang] = frozenset(word[0] for word in words if word)
        return word in self._first_words[lang]

    def _names_known(self, lang: str) -> dict[str, set[str]]:
        if lang not in self._called:
            self._called[lang] = self._names_in(lang)
        return self._called[lang]

    def _names_in(self, lang: str) -> dict[str, set[str]]:
        """Return the forms of what countries are called in *lang* and in English, and the codes that each may mean."""
        names: dict[str, set[str]] = {}
        for name, codes in self._country_names.items():
            if len(name) >= _SHORTEST_NAME:
                names.setdefault(_form(name), set()).update(codes)
        for country in self._countries.values():
            said = country.name.said_in(lang)
            for name in (said, said.partition(" (")[0]):
                names.setdefault(spelled(_form(name)), set()).add(country.code)
        for language, name, code in self._other_names:
            if language in ("en", lang.partition("-")[0]):
                names.setdefault(_form(name), set()).add(code)
        return names

    def names_in_texts(self, lang: str) -> NamesInTexts | None:
        """Return what finds countries in texts in *lang*; None where their names have many forms, or are not known."""
        if lang.partition("-")[0] not in ONE_FORM:
            return None
        if lang not in self._in_texts:
            places = {bare(place): codes for place, codes in self._places.items()}
            codes = {name.upper(): codes for name, codes in self._country_names.items() if len(name) < _SHORTEST_NAME}
            self._in_texts[lang] = NamesInTexts(self._names_in(lang), places, codes)
        return self._in_texts[lang]

    def _near_countries(self, typed: str) -> tuple[str, ...]:
        from alertgen.load.vocabulary.near_countries import (
            NearCountries,  # here, since hardly ever is a country not known
        )

        if self._near is None:
            others = [(name, (code,)) for _, name, code in self._other_names if not self.knows_country(name)]
            names = (*self._country_names.items(), *others)
            self._near = NearCountries(names, self._places, self._countries.values())
        return self._near.of(typed)

    def _shown(self, code: str) -> str:
        return shown(self._countries[code])

    def risk_tag(self, typed: str, at: Place) -> RiskTag | Diagnostic:
        """Find a risk tag by its slug."""
        if typed in self._tags:
            return self._tags[typed]
        names = {folded(tag.name.default): tag.slug for tag in self._tags.values()}
        hint = self._several_tags(typed) or _suggested(typed, self._tags, names) or f"the tags are {listed(self._tags)}"
        return problem("unknown-risk-tag", f'"{typed}" is not a risk tag', at, hint=hint)

    def _several_tags(self, typed: str) -> str:
        """Return the hint for a list without brackets."""
        words = typed.split()
        parts = words if self._tags.keys() >= set(words) else list(map(slugify, re.split(r"[,;]", typed)))
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return ""
        meant = [next(iter(suggestions(part, self._tags, 1)), part) for part in parts]
        return f"{SEVERAL}: [{', '.join(meant)}]"

    def level(self, typed: str, at: Place) -> Level | Diagnostic:
        """Find a level by its slug."""
        if typed in self._levels:
            return self._levels[typed]
        if not self._levels:
            hint = 'add a line such as "levels: r2p-monitor" to site.yaml, or leave the level out'
            return problem("unknown-level", f'"{typed}" is no level: this site has no scheme of levels', at, hint=hint)
        names = {folded(level.name.default): level.slug for level in self._levels.values()}
        hint = _suggested(typed, self._levels, names) or f"write {listed(self._levels)}"
        return problem("unknown-level", f'"{typed}" is not a level of this site', at, hint=hint)

    def trend(self, typed: str, at: Place) -> Trend | Diagnostic:
        """Find a trend by its word."""
        if typed in tuple(Trend):
            return Trend(typed)
        hint = _suggested(typed, list(Trend), {}) or f"write {listed(Trend)}"
        return problem("unknown-trend", f'"{typed}" is not a trend', at, hint=hint)


def _form(name: str) -> str:
    """Return *name* as it is compared in headlines."""
    return bare(name) if len(name) >= _SHORTEST_NAME else name


def _suggested(typed: str, slugs: Iterable[str], names: dict[str, str]) -> str:
    slug, known = slugify(typed), list(slugs)
    near: Sequence[str] = [slug] if slug in known else suggestions(slug, known)
    near = near or [names[name] for name in suggestions(typed, names)]
    return f"{_DID_YOU_MEAN} {listed(near)}?" if near else ""


def shown(country: Country) -> str:
    """Return *country* as reports name it: `Sudan (SD)`."""
    return f"{country.name.default} ({country.code})"


def has_suggestion(problem: Diagnostic) -> bool:
    """Whether the hint of *problem* names what may have been meant."""
    return problem.hint.startswith(_DID_YOU_MEAN)


def sorted_out(found: Iterable[Term | Diagnostic]) -> tuple[tuple[Term, ...], tuple[Diagnostic, ...]]:
    """Part *found* into the distinct terms, in their order, and the problems."""
    terms: list[Term] = []
    problems: list[Diagnostic] = []
    for one in found:
        if isinstance(one, Diagnostic):
            problems.append(one)
        else:
            terms.append(one)
    return distinct(terms), tuple(problems)


def distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return each of *terms* once, in their order; whoever looks a term up gets the same one every time."""
    return tuple({id(term): term for term in terms}.values())
