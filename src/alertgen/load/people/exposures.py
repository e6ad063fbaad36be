"""What can lead to a person: positions, phone numbers, addresses of people and of offices in a text to be published.

The whole file is looked at, header and comments included, since others get the file as well. What looks like one of
these but is meant to be public stands under `cleared` in site.yaml.

Each form is found by a mark that is rare in texts, such as `°` or `@`, and then by what stands before the mark. A mark
that begins with one certain character is found ten times as fast as one that begins with any of several. Most texts
hold nothing that looks like any form even from afar, which one screen tells of all forms.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.patterns import late
from alertgen.records import dataclass
from alertgen.screens import Screen, in_any_case

_LOOK_BACK = 100
"""Characters before a mark that can belong to it."""


_IsOne = Callable[[re.Match[str], re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class _Form:
    """How a position, a number or an address can be written."""

    before: re.Pattern[str]
    """What must stand before the mark."""
    mark: re.Pattern[str]
    """The mark and what follows it."""
    is_one: _IsOne
    afar: str
    """Expression for a screen: whatever the form is found in matches it."""
    needs: tuple[str, ...]
    """A text without any of these need not be searched."""


def _form(
    before: str, mark: str, afar: str, is_one: _IsOne = lambda _before, _mark: True, needs: tuple[str, ...] = ("",)
) -> _Form:
    return _Form(late(rf"(?:{before})\Z", re.IGNORECASE), late(mark), is_one, afar, needs)


def _on_earth(before: re.Match[str], mark: re.Match[str]) -> bool:
    """Tell whether a pair of numbers is latitude and longitude; with three decimals alone it may be anything."""
    plain = len(mark["decimals"]) == 3 or len(mark["others"]) == 3
    return abs(int(before[0])) <= 90 and int(mark["lon"]) <= 180 and not (plain and not mark["side"])


def _outside_address(before: re.Match[str], _mark: re.Match[str]) -> bool:
    """Tell whether it does not stand in the address of a page; those are full of numbers that call nobody."""
    return not re.search(r"(?:https?://|urn:)[^\s<>\"'\])]*\Z", before.string[: before.start()])


def _not_a_password(before: re.Match[str], _mark: re.Match[str]) -> bool:
    """Tell whether it is not the end of a password and a host, as in `https://me:secret@example.org`."""
    return not re.search(r"(?:https?|ftp)://[^\s/?#]*\Z", before.string[: before.start()], re.IGNORECASE)


def _in_a_grid(before: re.Match[str], mark: re.Match[str]) -> bool:
    """Tell whether the number of the zone has both of its digits; where no spaces stand, one is enough."""
    return len(before[0]) == 2 or not mark[0][1].isspace()


_SIDE = r"(?:\s?[°º]\s?[NSEWO]\b|\s?[NSEWO]\b|\s?[°º])?"
_MINUTE, _SECOND = "['\u2032\u2019\u02b9]", "(?:\"|\u2033|\u201d|\u02ba|''|\u2032\u2032|\u2019\u2019)"
_PLUS = "[23456789CFGHJMPQRVWX]"
_SQUARE = "[A-HJ-NP-Z][A-HJ-NP-V]"
_POSITIONS = (
    _form(  # 13.6288, 25.3493
        r"(?<![\w.])[-+]?\d{1,3}",
        rf"[.](?P<decimals>\d{{3,}})(?P<side>{_SIDE})(?:\s?[,;/|]\s?|%2C|\s)[-+]?(?P<lon>\d{{1,3}})[.](?P<others>\d{{3,}})"
        rf"{_SIDE}(?!\d|[.]\d)",
        r"\d[.]\d{3,}(?:\D{1,8}|\D{0,4}%2C\D?)\d{1,3}[.]\d{3}",
        _on_earth,
    ),
    _form(  # 13° 37' 44" N
        r"(?<![\w.])\d{1,3}(?:[.,]\d+)?\s?",
        rf"[°º]\s?\d{{1,2}}(?:[.,]\d+)?\s?{_MINUTE}(?:\s?\d{{1,2}}(?:[.,]\d+)?\s?{_SECOND})?(?:\s?[NSEWO]\b)?",
        rf"\d\D?[°º]\D?\d{{1,2}}(?:[.,]\d+)?\D?{_MINUTE}",
        needs=("°", "º"),
    ),
    _form(  # 13.63° N
        r"(?<![\w.])\d{1,3}[.,]\d{2,}\s?",
        r"[°º]\s?[NSEWO]\b",
        r"\d[.,]\d{2,}\D?[°º]\D?[NSEWO]",
        needs=("°", "º"),
    ),
    _form(  # of an address at OpenStreetMap
        r"\bmlat", r"=-?\d+\.\d+&(?:amp;)?mlon=-?\d+\.\d+", r"mlon=-?\d"
    ),
    _form(r"\bgeo", r":-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?", r"(?i:geo):-?\d"),  # geo:13.6,25.3
    _form(
        r"(?<![\w.])(?:0?[1-9]|[1-5]\d|60)",  # 34PGV1234567890 (MGRS), 34P GV 12345 67890
        rf"[C-HJ-NP-X](?:{_SQUARE}(?:\d\d){{2,5}}\b"
        rf"|\s{_SQUARE}\s(?:\d{{2}}\s\d{{2}}|\d{{3}}\s\d{{3}}|\d{{4}}\s\d{{4}}|\d{{5}}\s\d{{5}})\b)",
        rf"\d[C-HJ-NP-X](?:{_SQUARE}\d{{4}}|\D{_SQUARE}\D\d\d)",
        _in_a_grid,
    ),
    _form(  # 6GQ8JC9X+2F
        rf"(?-i:(?<![\w+])(?=\d*[A-Z])(?:{_PLUS}{{8}}|{_PLUS}{{4}}))",
        rf"\+{_PLUS}{{2,3}}(?![\w+])",
        rf"{_PLUS}{{4}}\+{_PLUS}{{2}}",
        needs=("+",),
    ),
    _form(r"(?<![:\w/])", r"///[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+\b", "///"),  # ///three.plain.words
)

_GAP = r"[\s().\-\u2010-\u2013/\u00a0\u202f]"
_DIGIT = r"(?:[ .\-\u2010-\u2013/\u00a0\u202f]?\d)"
_WORDS = "tel|tél|phone|telephone|téléphone|teléfono|mobile|cell|whatsapp|signal|viber|hotline|fax|هاتف|واتساب|جوال"
_NUMBERS = (
    _form(  # +41 22 917 92 20
        r"(?<![\w/=.+-])",
        rf"\+[1-9](?:{_GAP}{{0,2}}\d){{7,14}}(?!\d)",
        r"\+[1-9](?:\D{0,2}\d){7}",
        _outside_address,
        ("+",),
    ),
    _form(  # 0041 22 917 92 20
        r"(?<![\w/.:+-])",
        rf"00(?<!\d00)[1-9]\d{{0,2}}{_DIGIT}{{8,12}}(?!\w)",
        r"(?:\A|[^0-9A-Za-z_/.:+-])00[1-9](?:\D?\d){8}",
        _outside_address,
    ),
    _form(  # (212) 555-0134
        r"(?<![\w.+/-])",
        r"\(\d{3}\)\s?\d{3}[-.]\d{4}(?![\w-])",
        r"\(\d{3}\)\D?\d{3}[-.]\d{4}",
        _outside_address,
    ),
    *(  # 212-555-0134
        _form(
            r"(?<![\w.+/-])\d{3}",
            rf"{sign}\d{{3}}[-.]\d{{4}}(?![\w-])",
            rf"\d{{3}}{sign}\d{{3}}[-.]\d{{4}}",
            _outside_address,
        )
        for sign in ("-", r"\.")
    ),
    _form(
        rf"\b(?:{_WORDS})\b[^\w\n(+]{{0,4}}\(?",  # Tel. 0912 345 678
        rf"0(?<!\d0)\d{{1,4}}\)?{_DIGIT}{{5,10}}(?!\d)",
        rf"(?i:{in_any_case(_WORDS)})[^\n]{{0,5}}0\d(?:\D{{0,2}}\d){{5}}",
        _outside_address,
    ),
    _form(r"\b(?:tel|sms|callto)", r":\+?\d[\d().-]{4,}", r"(?i:tel|sms|callto):\+?\d[\d().-]{4}"),
    _form(r"\bwa\.me", r"/\+?\d{7,}", r"(?i:wa\.me)/\+?\d{7}"),
    _form(r"\bphone", r"=(?:\+|%2B)?\d{7,}", r"(?i:phone)=(?:\+|%2B)?\d{7}"),
)

_AT = "(?:@|&#64;|&#x40;|&commat;|%40)"
_MAILS = (
    _form(
        r"(?<![\w@/.%+-])[\w.%+-]{1,64}",  # desk@example.org
        rf"{_AT}(?:[^\W_][\w-]{{0,62}}\.){{1,8}}[^\W\d_]{{2,24}}\b",
        rf"{_AT}[^\s.]+\.",
        _not_a_password,
        needs=("@", "&#64;", "&#x40;", "&commat;", "%40"),
    ),
    *(
        _form(
            r"(?<![\w@/.%+-])[\w.%+-]{1,64}\s?",  # desk [at] example [dot] org
            rf"\{bracket}\s?(?:at|AT|@|arroba|arobase)\s?[\])}}]\s?"
            r"[\w-]{1,63}\s?(?:\.|[\[({]\s?(?:dot|DOT|punto|point)\s?[\])}])\s?\w{2,24}\b",
            rf"\{bracket}(?s:.)?(?:at|AT|@|arroba|arobase)(?s:.)?[\])}}]",
        )
        for bracket in "[({"
    ),
)

_HOST = "[A-Za-z0-9-]+"
_INNER = "|".join(
    (
        r"drive\.google\.com/",
        r"docs\.google\.com/(?:document|spreadsheets|presentation)/d/(?:[^e]|e[^/])",  # /d/e/ is published
        rf"{_HOST}-my\.sharepoint\.com/",
        rf"{_HOST}\.sharepoint\.com/:",
        r"onedrive\.live\.com/|1drv\.ms/",
        r"(?:www\.)?dropbox\.com/(?:s|sh|scl|home|preview)/",
        r"(?:www\.)?wetransfer\.com/|we\.tl/",
        r"www\.icloud\.com/",
        r"mail\.google\.com/|outlook\.(?:live|office|office365)\.com/",
    )
)
_NEAR = rf"(?:10\.\d{{1,3}}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{{1,3}}\.\d{{1,3}}|{_HOST}\.(?:local|lan|internal)"
"""Computers in one's own network."""
_INNER_ADDRESSES = (
    _form(  # https://office-my.sharepoint.com/personal/…
        r"(?<![\w/=])https?",
        rf"://(?i:{_INNER}|(?:{_NEAR})(?![\w-]|[.]\w))[^\s<>\"'()\[\]]*",
        rf"://(?i:{in_any_case(_INNER)}|{in_any_case(_NEAR)})",
    ),
)

_SEGMENT = r"[\w$~][^\\/\s<>\"'()\[\]|]*"
_FOLDERS = (
    _form(  # C:\Users\jane\Desktop, of a computer with Windows
        r"(?<!\w)[A-Z]",
        rf":(?:\\+{_SEGMENT}|/+(?i:Users)/+{_SEGMENT})(?:[\\/]+{_SEGMENT})*",
        r"[A-Za-z]:(?:\\|/+(?i:U[s\u017f]ers)/)",
    ),
    *(  # /Users/jane/Desktop of a Mac, /home/jane/report.odt
        _form(rf"(?<![\w.:=%{also}-])", rf"/{folder}/{_SEGMENT}/{_SEGMENT}(?:/{_SEGMENT})*", f"/{folder}/[^/]+/")
        for folder, also in (("Users", ""), ("home", "("))
    ),
    _form(  # \\server\share
        r"(?<![\w\\])", rf"\\\\{_HOST}\\+{_SEGMENT}(?:\\+{_SEGMENT})*", rf"\\\\{_HOST}\\", needs=("\\\\",)
    ),
)
"""Where a file lies on somebody's computer: that often says who it is."""

_CLEARED = "if it is meant to be public, write it under `cleared` in site.yaml"
_KINDS = (
    ("coordinates", _POSITIONS, "this is the exact position of a place", "name the town or the district instead"),
    ("phone-number", _NUMBERS, "this looks like a phone number", "take it out, unless its owner wants it published"),
    ("email-address", _MAILS, "this is an e-mail address", "take it out, unless its owner wants it published"),
    (
        "inner-address",
        _INNER_ADDRESSES,
        "this is the address of a shared document, a mailbox or a computer in an office",
        "link the document where it is published",
    ),
    (
        "inner-address",
        _FOLDERS,
        "this is a folder or file of a computer, and can reveal whose it is",
        "take it out, or link the document where it is published",
    ),
)
_AFAR = Screen("|".join(f"(?:{form.afar})" for _, forms, _, _ in _KINDS for form in forms))
_SIGNS = {0x2212: "-", 0x066B: ".", **{zero + n: str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}}
"""The minus sign, the decimal point and the digits of other scripts."""
_FOREIGN = Screen(f"[{''.join(map(chr, _SIGNS))}]")


def exposures(text: str, path: str, cleared: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Yield a warning for whatever in *text*, that of the file *path*, can lead to a person and is not *cleared*."""
    if not text.isascii() and _FOREIGN.matches(text):
        text = text.translate(_SIGNS)
    if not _AFAR.matches(text):
        return
    known = {_bare(one) for one in cleared}
    starts: list[int] = []
    for code, forms, what, hint in _KINDS:
        for start, end in _apart(span for form in forms for span in _spans(form, text)):
            if _bare(text[start:end]) not in known:
                starts = starts or [0, *(match.end() for match in re.finditer("\n", text))]
                place = _place(path, starts, start, text[start:end].partition("\n")[0])
                yield problem(code, what, place, hint=f"{hint}; {_CLEARED}")


def _spans(form: _Form, text: str) -> Iterator[tuple[int, int]]:
    if not any(sign in text for sign in form.needs):
        return
    for mark in form.mark.finditer(text):
        before = form.before.search(text[max(0, mark.start() - _LOOK_BACK) : mark.start()])
        if before and form.is_one(before, mark):
            yield mark.start() - len(before[0]), mark.end()


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield *spans* in order, without those that begin inside another one."""
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            yield start, end
            done = end


_OF_ADDRESSES = ("@", "//", "\\", "/Users/", "/home/")


def _bare(shown: str) -> str:
    """Return an address or a folder in small letters, and of a number or position the digits."""
    shown = re.sub(_AT, "@", shown)
    return (
        shown.casefold()
        if any(sign in shown for sign in _OF_ADDRESSES)
        else re.sub(r"\D", "", shown.translate(_SIGNS)) or shown.casefold()
    )


def _place(path: str, starts: list[int], offset: int, shown: str) -> Place:
    line = bisect_right(starts, offset) - 1
    return Place(path, line + 1, offset - starts[line] + 1, len(shown))
