"""Columns of open data: from one table come the JSON objects, the CSV rows with their HXL row, and the JSON Schema."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from alertgen.filed import Filed
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


def record(columns: Iterable[Column[Row]]) -> Callable[[Row], Record]:
    """Return what makes a JSON object of a row with *columns*; what is not stated is null."""
    members = [(column.value, _json(column)) for column in columns]
    names = Record([(column.name, None) for column in columns]).names
    return lambda row: Record.of(names, tuple([json(value(row)) for value, json in members]))


def _json(column: Column[Any]) -> Callable[[Any], Json]:
    """Return what makes JSON of a value of *column*."""
    match column.kind:
        case Kind.RECORDS:
            part = record(column.members)
            return lambda values: tuple([part(value) for value in values])
        case Kind.RECORD:
            whole = record(column.members)
            return lambda value: None if value is None else whole(value)
        case Kind.TEXTS | Kind.CODES:
            return tuple
        case Kind.NUMBER:
            return lambda value: None if value is None else int(value)
    return _text


def _text(value: Any) -> Json:
    if value.__class__ is str or value.__class__ is Filed:
        return value or None
    return str(value) if value else None


Cells = tuple[str, ...]
"""A row of a table; what is not stated is empty."""


def table(columns: Iterable[Column[Any]], rows: Iterable[Cells]) -> tuple[Cells, ...]:
    """Return *rows* below the names and HXL hashtags of *columns*."""
    flat = [column for column in columns if column.hxl]
    return (tuple([column.name for column in flat]), tuple([column.hxl for column in flat]), *rows)


def cells(columns: Iterable[Column[Row]]) -> Callable[[Row], Cells]:
    """Return what gives the values of a row in those of *columns* that have an HXL hashtag."""
    values = [column.value for column in columns if column.hxl]
    return lambda row: tuple([_cell(value(row)) for value in values])


_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What begins a formula in a spreadsheet, also in full width; see OWASP on CSV injection."""


def _cell(value: object) -> str:
    if isinstance(value, str):
        return _no_formula(value)
    if value is None:
        return ""
    return _no_formula(";".join([part.replace(";", ",") for part in value])) if isinstance(value, tuple) else str(value)


def _no_formula(text: str) -> str:
    """Return *text* with an apostrophe, the spreadsheets' sign for plain text, before what would run as a formula."""
    return f"'{text}" if text and text[0] in _FORMULA else text


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
