"""What the open data says of countries, risk tags, levels, and of the smaller parts of an alert, column by column."""

from alertgen import urls
from alertgen.model import Correction, Country, Image, Level, Republication, RiskTag, Source
from alertgen.plan.columns import ADDRESS, CODE, CODES, DATE, NUMBER, TEXT, Column
from alertgen.plan.images import picture_of

COUNTRY: tuple[Column[Country], ...] = (
    Column(
        "code",
        CODE,
        "ISO 3166-1 alpha-3 code; XKX, which is not in ISO 3166, for Kosovo.",
        lambda country: country.alpha3,
        stated=True,
    ),
    Column("alpha2", CODE, "ISO 3166-1 alpha-2 code.", lambda country: country.code, stated=True),
    Column("m49", CODE, "UN M49 code, three digits.", lambda country: country.m49),
    Column("name", TEXT, "English name of the country or area.", lambda country: country.name.default, stated=True),
    Column("region", TEXT, "UN geographic region (M49).", lambda country: country.region),
    Column("subregion", TEXT, "UN subregion (M49).", lambda country: country.subregion),
)

RISK_TAG: tuple[Column[RiskTag], ...] = (
    Column("code", CODE, "Code of the tag, used in all files.", lambda tag: tag.slug, stated=True),
    Column("name", TEXT, "Name of the tag.", lambda tag: tag.name.default, stated=True),
    Column(
        "scheme",
        CODE,
        "Vocabulary: atrocity-crime, un-risk-factor, or site for those of the publisher.",
        lambda tag: tag.scheme,
        stated=True,
    ),
    Column("number", NUMBER, "Number of a UN risk factor, 1 to 14.", lambda tag: tag.number or None),
    Column("definition", TEXT, "What it means.", lambda tag: tag.definition.default),
)

LEVEL: tuple[Column[Level], ...] = (
    Column("code", CODE, "Code of the level, used in all files.", lambda level: level.slug, stated=True),
    Column("name", TEXT, "Name of the level.", lambda level: level.name.default, stated=True),
    Column("rank", NUMBER, "1 is the most severe.", lambda level: level.rank, stated=True),
    Column("meaning", TEXT, "What it says.", lambda level: level.meaning.default),
)

SOURCE: tuple[Column[Source], ...] = (
    Column("title", TEXT, "Title of the document.", lambda source: source.title, stated=True),
    Column("url", ADDRESS, "Its address.", lambda source: urls.encoded(source.url)),
    Column("publisher", TEXT, "Who published it.", lambda source: source.publisher),
    Column("date", DATE, "Day of its publication.", lambda source: source.date),
    Column("archived", ADDRESS, "Address of an archived copy.", lambda source: urls.encoded(source.archived)),
)

CORRECTION: tuple[Column[Correction], ...] = (
    Column("date", DATE, "Day of the correction.", lambda note: note.date, stated=True),
    Column("text", TEXT, "What was wrong, and what is right.", lambda note: note.text, stated=True),
    Column(
        "wrong_country_codes",
        CODES,
        "ISO 3166-1 alpha-3 codes of countries that the alert was wrongly published under.",
        lambda note: tuple([country.alpha3 for country in note.wrong_countries]),
    ),
)

REPUBLISHED: tuple[Column[Republication], ...] = (
    Column("publisher", TEXT, "Who published it first.", lambda first: first.publisher),
    Column("url", ADDRESS, "Its address there.", lambda first: urls.encoded(first.url)),
    Column("date", DATE, "Day on which it appeared there.", lambda first: first.date),
    Column("rights", TEXT, "Line about the rights.", lambda first: first.rights),
)


def _picture_address(row: tuple[Image, str]) -> str:
    image, base_url = row
    return urls.absolute(picture_of(image)[0].fallback.url, base_url)


PICTURE: tuple[Column[tuple[Image, str]], ...] = (
    Column("url", ADDRESS, "Address of its largest size.", _picture_address),
    Column("alt", TEXT, "What it shows.", lambda row: row[0].alt),
    Column("caption", TEXT, "Line below it.", lambda row: row[0].caption),
    Column("credit", TEXT, "Photographer and agency.", lambda row: row[0].credit),
)
