"""Columns of open data: from one table come the JSON objects, the CSV rows with their HXL row, and the JSON Schema."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from alertgen.outputs import Json, Record
from alertgen.records import dataclass

Row = TypeVar("Row")


class Kind(StrEnum):
    """What the values of a column look like."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    """`YYYY-MM-DD`"""
    NUMBER = "number"
    ADDRESS = "address"
    """Absolute."""
    TEXTS = "texts"
    """In CSV separated by `;`."""
    CODES = "codes"
    """In CSV separated by `;`."""
    RECORD = "record"
    RECORDS = "records"


TEXT, CODE, DATE, NUMBER, ADDRESS = Kind.TEXT, Kind.CODE, Kind.DATE, Kind.NUMBER, Kind.ADDRESS
TEXTS, CODES, RECORD, RECORDS = Kind.TEXTS, Kind.CODES, Kind.RECORD, Kind.RECORDS


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a table, or a member of a JSON object."""

    name: str
    kind: Kind
    meaning: str
    """English, one sentence or two."""
    value: Callable[[Row], Any]
    """Reads it from a row: a string, a number, a tuple of strings, or None; the rows of `members` for records."""
    hxl: str = ""
    """HXL hashtag (https://hxlstandard.org, version 1.1); a column without one is in the JSON file only."""
    members: "tuple[Column[Any], ...]" = ()
    stated: bool = False
    """Every row has a value."""


def record(columns: Iterable[Column[Row]], row: Row) -> Record:
    """Return *row* as a JSON object; what is not stated is null."""
    return Record(tuple((column.name, _json(column, column.value(row))) for column in columns))


def _json(column: Column[Any], value: Any) -> Json:
    match column.kind:
        case Kind.RECORDS:
            return tuple(record(column.members, part) for part in value)
        case Kind.RECORD:
            return None if value is None else record(column.members, value)
        case Kind.TEXTS | Kind.CODES:
            return tuple(value)
        case Kind.NUMBER:
            return None if value is None else int(value)
    return str(value) if value else None


def table(columns: Iterable[Column[Row]], rows: Iterable[Row]) -> tuple[tuple[str, ...], ...]:
    """Return *rows* as a table: names, HXL hashtags, then the values; what is not stated is empty."""
    flat = [column for column in columns if column.hxl]
    names, hashtags = tuple(column.name for column in flat), tuple(column.hxl for column in flat)
    return (names, hashtags, *(tuple(_cell(column.value(row)) for column in flat) for row in rows))


_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What begins a formula in a spreadsheet, also in full width; see OWASP on CSV injection."""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _no_formula(";".join(part.replace(";", ",") for part in value))
    return _no_formula(value) if isinstance(value, str) else str(value)


def _no_formula(text: str) -> str:
    """Return *text* with an apostrophe, the spreadsheets' sign for plain text, before what would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def schema(columns: Iterable[Column[Any]]) -> Record:
    """Return the JSON Schema (draft 2020-12) of the objects that `record` makes with *columns*."""
    known = tuple(columns)
    return Record(
        (
            ("type", "object"),
            ("properties", Record(tuple((column.name, _property(column)) for column in known))),
            ("required", tuple(column.name for column in known)),
            ("additionalProperties", False),
        )
    )


def _property(column: Column[Any]) -> Record:
    described: tuple[tuple[str, Json], ...] = (("description", column.meaning),)
    match column.kind:
        case Kind.RECORDS:
            return Record((*described, ("type", "array"), ("items", schema(column.members))))
        case Kind.RECORD:
            nothing = Record((("type", "null"),))
            return Record((*described, ("anyOf", (schema(column.members), nothing))))
        case Kind.TEXTS | Kind.CODES:
            return Record((*described, ("type", "array"), ("items", Record((("type", "string"),)))))
        case Kind.NUMBER:
            return Record((*described, ("type", _or_null("integer", column))))
    formats: dict[Kind, tuple[tuple[str, Json], ...]] = {
        Kind.DATE: (("format", "date"),),
        Kind.ADDRESS: (("format", "uri"),),
    }
    return Record((*described, ("type", _or_null("string", column)), *formats.get(column.kind, ())))


def _or_null(name: str, column: Column[Any]) -> Json:
    return name if column.stated else (name, "null")


def flattened(columns: Iterable[Column[Any]], above: str = "") -> tuple[tuple[str, Column[Any]], ...]:
    """Return every column with its full name: `situations[].headline` for a member of a list."""
    found: list[tuple[str, Column[Any]]] = []
    for column in columns:
        name = above + column.name
        found.append((name, column))
        found += flattened(column.members, f"{name}[]." if column.kind is Kind.RECORDS else f"{name}.")
    return tuple(found)
