"""What the open data says of alerts, with the situations in them, column by column.

The values are the same in every language of the site where they can be: codes, ISO dates, and English names of
countries and regions. Titles and texts are in the language of the alert.
"""

from alertgen.model import Image
from alertgen.plan.columns import ADDRESS, CODE, CODES, DATE, NUMBER, RECORD, RECORDS, TEXT, TEXTS, Column
from alertgen.plan.dataset_parts import CORRECTION, PICTURE, REPUBLISHED, SOURCE
from alertgen.plan.dataset_rows import AlertRow, SituationRow


def _picture(row: AlertRow) -> tuple[Image, str] | None:
    """The lead picture; none that is sensitive."""
    image = row.alert.image
    return (image, row.base_url) if image and not image.sensitive else None


_SITUATION: tuple[Column[SituationRow], ...] = (
    Column(
        "id",
        CODE,
        "Permanent id of the situation, the same as in feeds.",
        lambda row: row.id,
        stated=True,
    ),
    Column("url", ADDRESS, "Its address.", lambda row: row.url, stated=True),
    Column("headline", TEXT, "Its headline.", lambda row: row.headline, stated=True),
    Column(
        "country_codes",
        CODES,
        "ISO 3166-1 alpha-3 codes of its countries; empty for a theme.",
        lambda row: tuple([country.alpha3 for country in row.situation.countries]),
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
        lambda row: tuple([tag.slug for tag in row.situation.risk_tags]),
    ),
    Column(
        "text",
        TEXT,
        "Its text, plain, a line for each paragraph and row of a table, tabs between cells; without footnotes.",
        lambda row: row.situation.prose.plain,
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
        "authors", TEXTS, "Who wrote it, where somebody is named.", lambda row: row.alert.authors, "#meta+author+list"
    ),
    Column(
        "country_codes",
        CODES,
        "ISO 3166-1 alpha-3 codes of its countries, in the order of their mention.",
        lambda row: tuple([country.alpha3 for country in row.alert.countries]),
        "#country+code+v_iso3+list",
    ),
    Column(
        "countries",
        TEXTS,
        "English names of its countries, in the same order.",
        lambda row: tuple([country.name.default for country in row.alert.countries]),
        "#country+name+i_en+list",
    ),
    Column(
        "risk_tags",
        CODES,
        "Codes of its risk tags and those of its situations; claims, never findings.",
        lambda row: tuple([tag.slug for tag in row.alert.risk_tags]),
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
        "The text before the first situation, plain, in the same way.",
        lambda row: row.alert.lead.plain,
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
