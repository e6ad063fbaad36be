"""The keys of front matter: which there are and what form their values have.

pydantic checks the form, finds all faults at once and gives the JSON Schema; every fault is then told in an editor's
words at the place of the YAML node. All values arrive as text, as typed (see `yaml/reading`), and are read by `fields`.
"""

import datetime
import os
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from alertgen.load.keys import fields
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.header import AlertHeader, NotedCorrection, PageHeader
from alertgen.model import Republication, Source
from alertgen.records import fields as fields_of

# No plugin may change what a key means. Nor has anybody to wait until pydantic has asked all packages for plugins.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def typed(read: Callable[[str], Any], instead: str = "delete the line", kind: type = str) -> BeforeValidator:
    """Return a validator that takes one value as typed and gives it to *read*; in a JSON Schema it is of that *kind*.

    Where none stands, an editor can write one or do what *instead* says.
    """

    def one(value: object) -> object:
        if _blank(value):
            hint = f"write one, or {instead}" if instead else "write one"
            raise FaultError("empty-value", "a value is missing here", hint)
        if not isinstance(value, str):
            found = "a list" if isinstance(value, list) else "a group of keys"
            hint = "write the value alone; a text that begins with [ or { needs quotation marks around it"
            raise FaultError("wrong-type", f"one value is expected here, not {found}", hint)
        return read(value)

    return BeforeValidator(one, json_schema_input_type=kind)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _one_or_several(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


Text = Annotated[str, typed(fields.line)]
Title = Annotated[str, typed(fields.line, "")]
DayOfAlert = Annotated[datetime.date, typed(fields.day, "")]
"""No alert is without it, so there is nothing to do instead of writing it."""
Day = Annotated[datetime.date, typed(fields.day)]
Address = Annotated[str, typed(fields.page_address)]
WholeAddress = Annotated[str, typed(fields.web_address)]
Slug = Annotated[str, typed(fields.slug)]
Language = Annotated[str, typed(fields.language)]
YesNo = Annotated[bool, typed(fields.yes_or_no, kind=bool)]
Whole = Annotated[int, typed(fields.whole, kind=int)]
_NO_EMBARGO = "delete the line; a form that always writes it needs a moment that has passed, if there is no embargo"
MomentIfThere = Annotated[datetime.datetime | None, typed(fields.moment, _NO_EMBARGO)]
"""None only where the key is absent: `Moment | None` would take an `embargo:` without a value for no embargo."""
OldAddress = Annotated[str, typed(fields.old_address)]
FeedId = Annotated[str, typed(fields.feed_id)]


def several(item: Any) -> BeforeValidator:
    """Return a validator for a list of *item*, where one value stands for a list of one."""
    return BeforeValidator(_one_or_several, json_schema_input_type=item | list[item])


Texts = Annotated[tuple[Text, ...], several(str)]
OldAddresses = Annotated[tuple[OldAddress, ...], several(str)]


class Keys(BaseModel):
    """A group of keys. An optional key without a value is as good as absent."""

    # Groups that stand in another are made ready with it alone; those that nobody reads, never.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if not _blank(value) or cls._needs_value(key)}

    @classmethod
    def _needs_value(cls, key: str) -> bool:
        """Whether *key* must not stand without a value: what keeps a text at home must never be empty by oversight."""
        field = cls.model_fields.get(key)
        return field is None or field.is_required() or key in ("draft", "embargo")


class SourceKeys(Keys):
    """A document that a statement rests on."""

    title: Text = Field(description="Title of the document.")
    url: Address = Field("", description="Address of the document.")
    publisher: Text = Field("", description="Who published it.")
    date: Day | None = Field(None, description="Day of its publication.")
    archived: WholeAddress = Field("", description="Address of an archived copy.")

    def value(self) -> Source:
        """Return the source as the rest of the program knows it."""
        return Source(**dict(self))


class CorrectionKeys(Keys):
    """A visible note that something published was wrong."""

    date: Day = Field(description="Day of the correction.")
    text: Text = Field(description="What was wrong, and what is right.")
    wrong_country: Texts = Field(
        (),
        description="Countries under which the alert was wrongly published; those who follow them see the correction.",
    )

    def value(self) -> NotedCorrection:
        """Return the correction as the rest of the program knows it."""
        return NotedCorrection(**dict(self))


SourceList = Annotated[tuple[SourceKeys, ...], several(SourceKeys)]
CorrectionList = Annotated[tuple[CorrectionKeys, ...], several(CorrectionKeys)]


class RepublishedKeys(Keys):
    """Where the text first appeared."""

    publisher: Text = Field(description="Who published it first.")
    url: Address = Field(description="Address of the text there.")
    date: Day = Field(description="Day on which it appeared there.")
    rights: Text = Field("", description="Line about the rights.")


class FileKeys(Keys):
    """The keys that every content file may have."""

    title: Title = Field(description="The headline.")
    summary: Text = Field("", description="One or two plain sentences for lists, feeds and previews.")
    lang: Language = Field("", description="Language of the text; the file name may say it instead: `name.fr.md`.")
    updated: Day | None = Field(None, description="Day of the last change that readers should know of.")
    draft: YesNo = Field(False, description="`true` holds the text back: it is not published.")
    embargo: MomentIfThere = Field(None, description="Moment, with time zone, before which nothing of it is published.")
    slug: Slug = Field("", description="Last part of the address; without it, the file name decides.")
    aliases: OldAddresses = Field(
        (), description="Old addresses that lead here, without `base_url`: `/2021/old-name/`."
    )


class AlertKeys(FileKeys):
    """The keys of an alert."""

    date: DayOfAlert = Field(description="Day of the alert, as in `2026-11-18`.")
    number: Whole | None = Field(None, description="Number of the alert in the series.")
    authors: Texts = Field((), description="Who wrote it.")
    country: Texts = Field((), description="Countries: code (`SD`), English name, or another known name.")
    risk_tags: Texts = Field((), description="Risk tags: crimes, UN risk factors, and tags of the site.")
    level: Text = Field("", description="Alert level of the country, from the levels of the site.")
    trend: Text = Field(
        "", description="`deteriorated`, `unchanged` or `improved` since the previous alert on the country."
    )
    image: Text = Field("", description="Lead photo: path of a file, relative to the alert.")
    image_alt: Text = Field("", description="What the photo shows, for readers who cannot see it.")
    image_caption: Text = Field("", description="Line below the photo.")
    image_credit: Text = Field("", description="Photographer and agency.")
    image_sensitive: Text = Field("", description="What the photo shows; puts the photo behind a warning.")
    republished: RepublishedKeys | None = Field(None, description="Where the text first appeared elsewhere.")
    sources: SourceList = Field((), description="Documents on which the alert is based.")
    corrections: CorrectionList = Field((), description="Notes shown at the top of the alert.")
    id: FeedId = Field("", description="Permanent id in feeds; never change it.")

    def header(self) -> AlertHeader:
        """Return the keys as the rest of the program knows them."""
        taken = _taken(self, AlertHeader, but=("republished", "sources", "corrections"))
        return AlertHeader(
            **taken,
            republished=Republication(**dict(self.republished)) if self.republished else None,
            sources=tuple(source.value() for source in self.sources),
            corrections=_newest_first([note.value() for note in self.corrections]),
        )


def _newest_first(notes: list[NotedCorrection]) -> tuple[NotedCorrection, ...]:
    """Return *notes* newest first; in a list that does not begin with the newest, the later of a day stands below."""
    if notes and notes[0].date <= notes[-1].date:
        notes = notes[::-1]
    return tuple(sorted(notes, key=lambda note: note.date, reverse=True))


class PageKeys(FileKeys):
    """The keys of a standing page."""

    nav: YesNo = Field(False, description="`true` puts the page into the menu.")

    def header(self) -> PageHeader:
        """Return the keys as the rest of the program knows them."""
        return PageHeader(**_taken(self, PageHeader))


def _taken(keys: Keys, header: type, but: Iterable[str] = ()) -> dict[str, Any]:
    return {field.name: getattr(keys, field.name) for field in fields_of(header) if field.name not in but}


def json_schema(keys: type[Keys]) -> dict[str, Any]:
    """Return the JSON Schema of *keys*, for editors that complete and check while one types."""
    schema = keys.model_json_schema(mode="validation")
    for group in (schema, *schema.get("$defs", {}).values()):
        for field in group["properties"].values():
            field.pop("default", None)
            field.pop("title", None)
    return schema
