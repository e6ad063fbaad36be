"""Whether an edit of words changes which countries an alert names."""

from typing import NamedTuple

from alertgen.load.documents import Document
from alertgen.load.keys.header import AlertHeader
from alertgen.load.vocabulary.signs import ONE_FORM, may_say_other_countries, says


class Part(NamedTuple):
    """A situation of an alert, or what is above the first one, with its headline."""

    text: str
    countries: tuple[str, ...]
    """What was typed as those that it is about; none for a theme."""

    def says_its_country(self, lang: str) -> bool:
        """Tell whether it names one of them in so many words."""
        return not self.countries or any(says(self.text, country, lang) for country in self.countries)


def may_name_other_countries(old: Document, new: Document) -> bool:
    """Tell whether *new* may never name its country (`load/texts/never_named.py`) although *old* did.

    It cannot where no word has come or gone that may mean a country, and where a text says one of its countries in so
    many words. The two have the same keys and headings.
    """
    if new.lang.partition("-")[0] not in ONE_FORM:
        return False
    header = tuple(one.text for one in new.typed("country"))
    parts = list(zip(_parts(old, header), _parts(new, header), strict=True))
    edited = [now for before, now in parts if before != now and may_say_other_countries(before.text, *now)]
    if not edited:
        return False
    above, *situations = (now for _, now in parts)
    if {country for one in situations or [above] for country in one.countries}.issuperset(header):
        asked = situations if situations and above in edited else edited
        return not all(one.says_its_country(new.lang) for one in asked)
    return True  # what the keys alone say is looked for in all texts


def _parts(document: Document, header: tuple[str, ...]) -> list[Part]:
    """Return the parts of *document*, the first one with all countries; *header* is what its keys say of countries."""
    body, keys = document.body, document.header
    if body is None or not isinstance(keys, AlertHeader):
        return []
    situations = []
    for section in body.sections:
        own = dict(section.attributes)
        countries = tuple(own["country"].split()) if "country" in own else () if "theme" in own else header
        situations.append(Part(f"{section.text}\n{section.prose.text}", countries))
    everywhere = tuple(dict.fromkeys((*header, *(country for one in situations for country in one.countries))))
    return [Part(f"{keys.title}\n{keys.summary}\n{body.lead.text}", everywhere), *situations]
