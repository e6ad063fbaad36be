"""What editors type as values, and what it means: days, moments, addresses, names.

Every function takes the text as typed and returns the value or raises `FaultError`, which carries an editor's words.
"""

import calendar
import datetime
import re
from posixpath import basename
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.load.addresses import without_tracking
from alertgen.text import can_be_seen, slugify

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})$")
"""In these digits alone: days are compared as they are written."""
_LOOSE_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_WORDED_DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})$|([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$"
)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?\s?(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English whatever the locale of the machine."""
_LONGEST_PART = 200
"""Bytes of a part of an address; disks take 255, and some hosts add to them."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_WESTERNMOST, _EASTERNMOST = datetime.timedelta(hours=-12), datetime.timedelta(hours=14)
"""Between these lie the differences from UTC of all clocks on earth."""
_PARTS_OF_AN_HOUR = [datetime.timedelta(minutes=minutes) for minutes in (0, 30, 45)]
"""What they differ by beside whole hours."""
_OF_TWO_LETTERS = re.compile(
    r"a[abefkmnrsvyz]|b[aegimnors]|c[aehorsuvy]|d[aevz]|e[elnostu]|f[afijory]|g[adlnuv]|h[aeiortuyz]|i[adegikostu]"
    r"|j[av]|k[agijklmnorsuvwy]|l[abginotuv]|m[ghiklnrsty]|n[abdeglnorvy]|o[cjmrs]|p[ailst]|qu|r[mnouw]"
    r"|s[acdeghiklmnoqrstuvw]|t[aeghiklnorstwy]|u[gkrz]|v[eio]|w[ao]|xh|y[io]|z[ahu]"
)
"""All codes of languages that have two letters (ISO 639-1). There are thousands of three."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$")
_ABSOLUTE_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+$")


class FaultError(ValueError):
    """A value that cannot be taken: its code, what is wrong with it, and what to write."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def line(typed: str) -> str:
    """Return *typed* as one line of text."""
    if typed and not can_be_seen(typed):
        raise FaultError("empty-value", "nothing of this value can be seen", "delete it, and type it again")
    return " ".join(typed.split())


def day(typed: str) -> datetime.date:
    """Read `2026-11-18`."""
    found = _DAY.match(typed)
    if not found:
        raise FaultError("wrong-date", f'"{typed}" is not a date as it is written here', _day_hint(typed))
    year, month, number = map(int, found.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise FaultError("wrong-date", f'the year of "{typed}" cannot be right', "write a date such as 2026-11-18")
    if not 1 <= month <= 12:
        raise FaultError("wrong-date", f'"{typed}" has no such month: there are twelve', "write year-month-day")
    length = calendar.monthrange(year, month)[1]
    if not 1 <= number <= length:
        message = f'"{typed}" does not exist: {MONTHS[month - 1]} {year} has {length} days'
        raise FaultError("wrong-date", message, f"write a day that exists; its last one is {year}-{month:02}-{length}")
    return datetime.date(year, month, number)


def _day_hint(typed: str) -> str:
    meant = _loosely(typed)
    if meant:
        return f"write {meant}"
    if re.match(r"\d{4}-\d{2}-\d{2}\D", typed):
        return f"write the day alone: {typed[:10]}"
    return "write year-month-day, as in 2026-11-18"


def _loosely(typed: str) -> datetime.date | None:
    """Guess the day that *typed* means, where only one reading is possible."""
    if found := _LOOSE_DAY.match(typed):
        parts = tuple(map(int, found.groups()))
    elif found := _DAY_FIRST.match(typed):
        one, other, year = map(int, found.groups())
        if one <= 12 and other <= 12:
            return None  # 7/8/2026 is a day in July or in August
        parts = (year, min(one, other), max(one, other))
    elif worded := _WORDED_DAY.match(typed):
        number, name, written_year = worded.group(1, 2, 3) if worded[1] else worded.group(5, 4, 6)
        months = [month.lower().startswith(name.lower()[:3]) for month in MONTHS]
        if not any(months):
            return None
        parts = (int(written_year), months.index(True) + 1, int(number))
    else:
        return None
    year_, month_, day_ = parts
    if not 1 <= month_ <= 12 or not 1 <= day_ <= calendar.monthrange(year_, month_)[1]:
        return None
    return datetime.date(*parts)


def moment(typed: str) -> datetime.datetime:
    """Read `2026-11-18T17:00+01:00`: a moment with its zone."""
    found = _MOMENT.match(typed)
    form = "2026-11-18T17:00+01:00"
    if not found:
        hint = f"write date, time and zone as in {form} (Z at the end means UTC)"
        raise FaultError("wrong-moment", f'"{typed}" is not a date with time and zone', hint)
    day(typed[:10])
    zone = "how far the clocks are from UTC on that day, as +03:00 in Nairobi or -05:00 in New York in winter"
    if not found[2]:
        raise FaultError("wrong-moment", f'"{typed}" does not say in which time zone', f"add {zone}")
    try:
        read = datetime.datetime.fromisoformat(re.sub(r"\s(?=Z|[+-])", "", typed))
    except ValueError:
        raise FaultError("wrong-moment", f'"{typed}" is not a time that exists', f"write it as in {form}") from None
    apart = read.utcoffset() or datetime.timedelta()
    if not _WESTERNMOST <= apart <= _EASTERNMOST or apart % datetime.timedelta(hours=1) not in _PARTS_OF_AN_HOUR:
        raise FaultError("wrong-moment", f'nowhere are clocks {found[2]} from UTC, as "{typed}" says', f"write {zone}")
    return read


def whole(typed: str) -> int:
    """Read a whole number above zero, without leading zeros."""
    if typed.isascii() and typed.isdigit() and not typed.startswith("0") and len(typed) < 8:
        return int(typed)
    stripped = re.sub(r"^(no\.?|n°|#)\s*", "", typed, flags=re.IGNORECASE).lstrip("0")
    hint = f"write {stripped}" if stripped.isascii() and stripped.isdigit() else "write digits only, as in 237"
    if typed.isdecimal() and not typed.isascii() and len(typed) < 8:
        hint = f"write it in the digits 0 to 9: {int(typed)}"
    elif typed.isdigit() and stripped in ("", typed):
        hint = "write at most seven digits" if stripped else "write 1 or more"
    raise FaultError("wrong-number", f'"{typed}" is not a whole number above zero', hint)


def yes_or_no(typed: str) -> bool:
    """Read `true` or `false`."""
    known = {"true": True, "false": False}
    if typed in known:
        return known[typed]
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
    word = meant.get(typed.lower(), typed.lower())
    hint = f"write {word}" if word in known else "write true or false"
    raise FaultError("wrong-value", f'"{typed}" is neither true nor false', hint)


def web_address(typed: str) -> str:
    """Read an absolute http or https address."""
    try:
        parts = urlsplit(typed)
        complete = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        complete = False
    if complete and not re.search(r"[\s<>\"\\]", typed):
        return typed
    hint = "write it with https:// at the front"
    if re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", typed):
        hint = f"write https://{typed}"
    elif complete:
        hint = "write %20 in place of a space, and leave out quotation marks"
    raise FaultError("wrong-address", f'"{typed}" is not a complete web address', hint)


def page_address(typed: str) -> str:
    """Read an absolute address, and leave out what tells who follows it."""
    return without_tracking(web_address(typed))[0]


def slug(typed: str) -> str:
    """Read the last part of an address: lower-case words joined by hyphens."""
    clean = slugify(typed)
    if clean and clean == typed:
        return typed
    hint = f"write {clean}" if clean else "write lower-case words joined by hyphens"
    raise FaultError("wrong-slug", f'"{typed}" cannot be part of an address', hint)


def old_address(typed: str) -> str:
    """Read an old address of the page, below the site: `/2021/old-name/`."""
    parts = urlsplit(typed) if not typed.startswith("//") else None
    if parts is None or parts.scheme or parts.netloc:
        hint = "write only what stands behind the base_url of site.yaml, as in /2021/old-name/"
        raise FaultError("wrong-alias", f'"{typed}" is a full address, and an alias is one within this site', hint)
    if not typed.startswith("/"):
        raise FaultError("wrong-alias", f'"{typed}" does not begin with "/"', f"write /{typed}")
    too_long = any(len(part.encode()) > _LONGEST_PART for part in typed.split("/"))
    if re.search(r"[\s?#\\%<>\"*:|]|/\.|//", typed) or typed == "/" or too_long:
        raise FaultError("wrong-alias", f'"{typed}" cannot be the address of a page', "write it as in /2021/old-name/")
    if basename(typed) in urls.FEED_FILES.values():
        hint = "take it out; feed readers follow only redirects from feed to feed, which you set up at your web host"
        raise FaultError("wrong-alias", f'"{typed}" is the address of a feed, which cannot lead to a page', hint)
    return typed


def feed_id(typed: str) -> str:
    """Read a permanent id: an absolute IRI such as `urn:uuid:…`."""
    hint = "delete the line, and an id is made from the name of the file"
    if not _ABSOLUTE_IRI.match(typed):
        raise FaultError("wrong-id", f'"{typed}" cannot be a permanent id', hint)
    if typed.lower().startswith("urn:uuid:") and not re.match(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", typed[9:]):
        hint = "it has 32 digits from 0 to f, in lower case, with hyphens after 8, 12, 16 and 20"
        raise FaultError("wrong-id", f'"{typed}" is not a complete urn:uuid', hint)
    return typed


def language(typed: str) -> str:
    """Read a language tag (BCP 47) such as `fr` or `pt-BR`."""
    primary, _, rest = typed.replace("_", "-").partition("-")
    if _LANGUAGE.match(typed):
        if _OF_TWO_LETTERS.fullmatch(primary):
            return typed
        if usual := _usual_code(primary):
            hint = f"write {typed.replace(primary, usual, 1)}"
            raise FaultError("wrong-language", f'"{primary}" is not the usual code of that language', hint)
        if len(primary) > 2:
            return typed
        hint = "write one such as en, fr or ar; it may differ from the code of the country"
        raise FaultError("wrong-language", f'"{primary}" is not the code of a language', hint)
    corrected = "-".join(filter(None, [primary.lower(), rest.upper() if len(rest) == 2 else rest.title()]))
    hint = f"write {corrected}" if _LANGUAGE.match(corrected) else "write a code such as en, fr or ar"
    raise FaultError("wrong-language", f'"{typed}" is not a language code', hint)


def _usual_code(code: str) -> str:
    """Return the code of two letters for the language that *code* stands for as well; nothing where there is none."""
    from alertgen.cldr import short_code_of  # reads much, and hardly any site has such a code

    return short_code_of(code)


def email(typed: str) -> str:
    """Read an e-mail address."""
    if _EMAIL.match(typed):
        return typed
    raise FaultError("wrong-address", f'"{typed}" is not an e-mail address', "write it as in desk@example.org")
