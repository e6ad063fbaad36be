"""What the table of situations says, column by column. The values need no context: each row can be read by itself."""

from alertgen.plan.columns import ADDRESS, CODE, CODES, DATE, NUMBER, TEXT, Column
from alertgen.plan.dataset_rows import CountryRow

SITUATION: tuple[Column[CountryRow], ...] = (
    Column(
        "situation_id",
        CODE,
        "Permanent id of the situation; one on several countries has a row for each of them.",
        lambda row: row.row.id,
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
    Column("url", ADDRESS, "Its address.", lambda row: row.row.url, "#meta+url", stated=True),
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
    Column("headline", TEXT, "Its headline.", lambda row: row.row.headline, "#event+name", stated=True),
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
        "English name of the country or area.",
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
        lambda row: tuple([tag.slug for tag in row.situation.risk_tags]),
        "#event+type+code+list",
    ),
)
