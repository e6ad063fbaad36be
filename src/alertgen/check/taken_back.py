"""Alerts that were published under a country which they are not about any more: its readers are to be told."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.check.now import Now
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.model import Alert, Country, Situation
from alertgen.records import dataclass, replace
from alertgen.text import listed


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A country that *alert* was published under, and neither names nor corrects."""

    alert: Alert
    country: Country
    address: str
    """Of the page of the country, in the language of the alert."""

    @property
    def situation(self) -> Situation | None:
        """The situation that was about the country; None when it is not there any more."""
        return next((one for one in self.alert.situations if self.country.code in _codes(one.key)), None)


def taken_back(now: Now) -> Iterator[TakenBack]:
    """Find what published alerts were about, by the keys of their situations, and are not about any more."""
    countries, astray = {country.code: country for country in now.site.countries}, now.astray
    for address, alert in now.texts.items():
        if not isinstance(alert, Alert) or address in astray:
            continue
        keys = [key for home in urls.with_old(address, alert.aliases) for key in _keys_at(home, alert, now)]
        if not keys:
            continue
        told = {country.code for country in alert.countries}
        told |= {country.code for note in alert.corrections for country in note.wrong_countries}
        for code in sorted({code for key in keys for code in _codes(key)} - told):
            if country := countries.get(code):
                folder = urls.in_language(urls.country(country), alert.lang, now.site.config.languages[0])
                yield TakenBack(alert, country, folder)


def _keys_at(home: str, alert: Alert, now: Now) -> list[str]:
    entry = now.entries.get(home)
    return [key for _, key in entry.anchors] if entry and entry.id == alert.id else []


def _codes(key: str) -> list[str]:
    """Return the codes of countries in the *key* of a situation, and the number or word beside them."""
    return key.replace("+", "-").split("-")


def untold(now: Now) -> Iterator[Diagnostic]:
    """Find alerts whose change of country nobody is told of who follows the country that was wrong."""
    for one in taken_back(now):
        if not now.leads_somewhere(one.address):
            continue  # `vanished_addresses` tells of it
        if one.situation:
            name = one.country.name.default
            message = f"this alert was published as being about {name}, but no longer is; nobody who follows it is told"
            yield _at_country(problem("wrong-country", message, one.alert.place, hint=how_to_tell(one)), one)


def without_its_page(one: TakenBack, feeds: list[str]) -> Diagnostic:
    """Tell that the page of a country, with its *feeds*, would go with an alert that was wrongly published there."""
    nor = f", nor would {listed(feeds, 'and')} in it" if feeds else ""
    message = (
        f"{one.address} was published and would not be there any more{nor}: this alert, which it listed, is not about "
        f"{one.country.name.default} any more"
    )
    never = "if none of this was ever on the web, type this and build again"
    hint = f"{how_to_tell(one)}\n{never}:\nalertgen forget {one.address}"
    return _at_country(problem("vanished-address", message, one.alert.place, hint=hint), one)


def how_to_tell(one: TakenBack) -> str:
    """Return what an editor does who has changed the country of an alert."""
    name = one.country.name.default
    line = f"    wrong_country: {one.country.code}"
    if one.alert.corrections:
        say, lines = "write this line into the correction that says so, below its `text`", line
    else:
        say = "say so among the keys, with the day of today as the date"
        lines = f"corrections:\n  - date: …\n    text: {_sample(one)}\n{line}"
    return (
        f"if {name} was wrong, {say};\n"
        f"the page and the feeds of {name} then stay, and show the correction:\n{lines}\n"
        f"if {name} was right, name it again, under `country` or in the braces of the heading"
    )


def _sample(one: TakenBack) -> str:
    about = one.situation.countries if one.situation else one.alert.countries
    if not about or one.alert.lang.partition("-")[0] != "en":
        return "…"  # readers are told in the language of the alert
    here = listed([country.name.default for country in about], "and")
    return f"The alert first named {one.country.name.default}. It is about {here}."


def _at_country(found: Diagnostic, one: TakenBack) -> Diagnostic:
    """Return *found* at what names the country now: the heading of the situation, or the header."""
    if one.situation and not one.situation.whole:
        return replace(found, at=one.situation.place)
    return at_key(found, "country")
