"""What the open data says of alerts and situations, column by column.

The values are the same in every language of the site where they can be: codes, ISO dates, and English names of
countries and regions as the United Nations gives them. Titles and texts are in the language of the alert.
"""

from dataclasses import dataclass

from alertgen import urls
from alertgen.model import Alert, Country, Image, Situation
from alertgen.plan.columns import ADDRESS, CODE, CODES, DATE, NUMBER, RECORD, RECORDS, TEXT, TEXTS, Column
from alertgen.plan.dataset_parts import CORRECTION, PICTURE, REPUBLISHED, SOURCE
from alertgen.plan.feed_items import situation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert, with what it does not know of itself."""

    alert: Alert
    url: str
    issue: str
    """Id of the version in the site's first language."""
    base_url: str

    @property
    def situations(self) -> "tuple[SituationRow, ...]":
        """Its situations, one row each."""
        return tuple(SituationRow(of=self, situation=situation) for situation in self.alert.situations)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRow:
    """A situation, and the one of its countries that the row is about (None in the JSON file, which lists them)."""

    of: AlertRow
    situation: Situation
    country: Country | None = None

    @property
    def url(self) -> str:
        """Absolute address on the alert's page."""
        return urls.situation(self.of.url, urls.encoded(self.situation.anchor))

    @property
    def headline(self) -> str:
        """The alert's title when it has no headline of its own."""
        return self.of.alert.title if self.situation.whole else self.situation.headline


def _picture(row: AlertRow) -> tuple[Image, str] | None:
    """The lead picture; none that is sensitive."""
    image = row.alert.image
    return (image, row.base_url) if image and not image.sensitive else None


_SITUATION: tuple[Column[SituationRow], ...] = (
    Column(
        "id",
        CODE,
        "Permanent id of the situation, the same as in feeds.",
        lambda row: situation_id(row.of.alert, row.situation),
        stated=True,
    ),
    Column("url", ADDRESS, "Its address.", lambda row: row.url, stated=True),
    Column("headline", TEXT, "Its headline.", lambda row: row.headline, stated=True),
    Column(
        "country_codes",
        CODES,
        "ISO 3166-1 alpha-3 codes of its countries; empty for a theme.",
        lambda row: tuple(country.alpha3 for country in row.situation.countries),
    ),
    Column("theme", TEXT, "Theme of a situation that is tied to no country.", lambda row: row.situation.theme),
    Column(
        "level",
        CODE,
        "Code of the alert level that the publisher stated.",
        lambda row: row.situation.level and row.situation.level.slug,
    ),
    Column(
        "trend",
        CODE,
        "Movement since the previous alert on it: deteriorated, unchanged or improved.",
        lambda row: row.situation.trend,
    ),
    Column(
        "risk_tags",
        CODES,
        "Codes of its risk tags; claims of the publisher or its sources, never findings.",
        lambda row: tuple(tag.slug for tag in row.situation.risk_tags),
    ),
    Column(
        "text",
        TEXT,
        "Its text, plain, a line for each paragraph; without footnotes.",
        lambda row: row.situation.prose.text,
    ),
)

ALERT: tuple[Column[AlertRow], ...] = (
    Column(
        "id",
        CODE,
        "Permanent id of the alert, the same as in feeds.",
        lambda row: row.alert.id,
        "#meta+id",
        stated=True,
    ),
    Column(
        "issue_id",
        CODE,
        "Id that all languages of the alert share; count these, and translations are not counted twice.",
        lambda row: row.issue,
        "#meta+id+issue",
        stated=True,
    ),
    Column("url", ADDRESS, "Its address.", lambda row: row.url, "#meta+url", stated=True),
    Column(
        "language",
        CODE,
        "Language of title and text, a BCP 47 tag.",
        lambda row: row.alert.lang,
        "#meta+language",
        stated=True,
    ),
    Column(
        "number",
        NUMBER,
        "Number in the series; empty for an alert without one.",
        lambda row: row.alert.number,
        "#meta+number",
    ),
    Column("title", TEXT, "Title.", lambda row: row.alert.title, "#meta+title", stated=True),
    Column("date", DATE, "Day of publication.", lambda row: row.alert.date, "#date+reported", stated=True),
    Column(
        "updated",
        DATE,
        "Day of its newest word: of publication, change or correction.",
        lambda row: row.alert.changed,
        "#date+updated",
        stated=True,
    ),
    Column("summary", TEXT, "Summary.", lambda row: row.alert.summary, "#description+summary"),
    Column(
        "authors", TEXTS, "Who wrote it; empty for the publisher.", lambda row: row.alert.authors, "#meta+author+list"
    ),
    Column(
        "country_codes",
        CODES,
        "ISO 3166-1 alpha-3 codes of its countries, in the order of their mention.",
        lambda row: tuple(country.alpha3 for country in row.alert.countries),
        "#country+code+v_iso3+list",
    ),
    Column(
        "countries",
        TEXTS,
        "English names of its countries, in the same order.",
        lambda row: tuple(country.name.default for country in row.alert.countries),
        "#country+name+i_en+list",
    ),
    Column(
        "risk_tags",
        CODES,
        "Codes of its risk tags and those of its situations; claims, never findings.",
        lambda row: tuple(tag.slug for tag in row.alert.risk_tags),
        "#event+type+code+list",
    ),
    Column(
        "themes",
        TEXTS,
        "Themes of its situations that are tied to no country.",
        lambda row: tuple(dict.fromkeys(part.theme for part in row.alert.situations if part.theme)),
        "#subsector+theme+list",
    ),
    Column(
        "situation_count",
        NUMBER,
        "How many situations it has.",
        lambda row: len(row.alert.situations),
        "#indicator+situations+num",
        stated=True,
    ),
    Column(
        "corrected",
        DATE,
        "Day of its newest correction; empty when it needed none.",
        lambda row: max((note.date for note in row.alert.corrections), default=None),
        "#date+corrected",
    ),
    Column(
        "first_published_by",
        TEXT,
        "Where the text first appeared, when it is a republication.",
        lambda row: row.alert.republished and row.alert.republished.publisher,
        "#org+name+original",
    ),
    Column(
        "situations",
        RECORDS,
        "Its situations, in the order of the text.",
        lambda row: row.situations,
        members=_SITUATION,
    ),
    Column(
        "text",
        TEXT,
        "The text before the first situation, plain, a line for each paragraph; without footnotes.",
        lambda row: row.alert.lead.text,
    ),
    Column(
        "picture",
        RECORD,
        "Its lead picture; null where there is none, or none that can be shown without a warning.",
        _picture,
        members=PICTURE,
    ),
    Column(
        "republished",
        RECORD,
        "Where the text first appeared, when it is a republication.",
        lambda row: row.alert.republished,
        members=REPUBLISHED,
    ),
    Column(
        "corrections", RECORDS, "Its corrections, newest first.", lambda row: row.alert.corrections, members=CORRECTION
    ),
    Column("sources", RECORDS, "The documents that it rests on.", lambda row: row.alert.sources, members=SOURCE),
)

SITUATION: tuple[Column[SituationRow], ...] = (
    Column(
        "situation_id",
        CODE,
        "Permanent id of the situation; one on several countries has a row for each of them.",
        lambda row: situation_id(row.of.alert, row.situation),
        "#event+id",
        stated=True,
    ),
    Column("alert_id", CODE, "Id of its alert in alerts.csv.", lambda row: row.of.alert.id, "#meta+id", stated=True),
    Column(
        "issue_id",
        CODE,
        "Id that all languages of the alert share.",
        lambda row: row.of.issue,
        "#meta+id+issue",
        stated=True,
    ),
    Column("url", ADDRESS, "Its address.", lambda row: row.url, "#meta+url", stated=True),
    Column(
        "language",
        CODE,
        "Language of headline and theme, a BCP 47 tag.",
        lambda row: row.of.alert.lang,
        "#meta+language",
        stated=True,
    ),
    Column(
        "date", DATE, "Day of publication of its alert.", lambda row: row.of.alert.date, "#date+reported", stated=True
    ),
    Column("headline", TEXT, "Its headline.", lambda row: row.headline, "#event+name", stated=True),
    Column(
        "country_code",
        CODE,
        "ISO 3166-1 alpha-3 code of the country; empty for a theme.",
        lambda row: row.country and row.country.alpha3,
        "#country+code+v_iso3",
    ),
    Column(
        "country_m49",
        CODE,
        "UN M49 code of the country, three digits.",
        lambda row: row.country and row.country.m49,
        "#country+code+v_m49",
    ),
    Column(
        "country",
        TEXT,
        "English name of the country as used by the UN.",
        lambda row: row.country and row.country.name.default,
        "#country+name+i_en",
    ),
    Column(
        "region",
        TEXT,
        "UN geographic region of the country (M49).",
        lambda row: row.country and row.country.region,
        "#region+name",
    ),
    Column(
        "subregion",
        TEXT,
        "UN subregion of the country (M49).",
        lambda row: row.country and row.country.subregion,
        "#region+name+sub",
    ),
    Column(
        "theme",
        TEXT,
        "Theme of a situation that is tied to no country.",
        lambda row: row.situation.theme,
        "#subsector+theme",
    ),
    Column(
        "level",
        CODE,
        "Code of the alert level that the publisher stated.",
        lambda row: row.situation.level and row.situation.level.slug,
        "#severity+code",
    ),
    Column(
        "level_name",
        TEXT,
        "Name of the level.",
        lambda row: row.situation.level and row.situation.level.name.default,
        "#severity+name",
    ),
    Column(
        "level_rank",
        NUMBER,
        "Rank of the level; 1 is the most severe.",
        lambda row: row.situation.level and row.situation.level.rank,
        "#severity+num",
    ),
    Column(
        "trend",
        CODE,
        "Movement since the previous alert on it: deteriorated, unchanged or improved.",
        lambda row: row.situation.trend,
        "#status+trend",
    ),
    Column(
        "risk_tags",
        CODES,
        "Codes of its risk tags; claims of the publisher or its sources, never findings.",
        lambda row: tuple(tag.slug for tag in row.situation.risk_tags),
        "#event+type+code+list",
    ),
)
