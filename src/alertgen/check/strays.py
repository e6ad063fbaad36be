"""What lies in `static/` by accident: a text of the bulletin, a key or password, a letter, a position, a program.

What a file is for shows at its beginning. Scripts and style sheets hold the words of all of this and none of it, so
that in them only private keys are looked for.
"""

import re
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import is_for_browsers, is_for_passwords, is_left_over, is_program, is_table
from alertgen.kinds import is_text
from alertgen.patterns import late

_CLEARED = "write {} under `cleared` in site.yaml"
_BEGINNING = 256 * 1024
_MARK = rb"(?:\xef\xbb\xbf)?"
_WRITTEN = re.compile(
    _MARK + rb"\s*---[ \t]*\r?\n(?=(?:[^\n]*\n){0,100}?---[ \t]*\r?(?:\n|$))"
    rb"(?:(?!---)[^\n]*\n){0,100}?(?:title|date|draft|embargo|country|risk_tags)[ \t]*:",
)
"""How an alert or a page begins: keys between two fences."""
_KEY = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
_OTHER_KEY = re.compile(rb"(?:#[^\n]*\n)*(?:PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1)")
"""How keys begin that open somebody's server or letters."""
_OPENS = (
    rb"[\w.-]{0,60}(?:passw(?:or)?d|passphrase|secrets?(?:_?(?:access_?)?key)?(?![a-z])|api[_-]?key"
    rb"|(?:access|auth|refresh)[_-]?token)[\w.-]{0,60}|pass|pwd"
)
_VALUE = rb"[^\s\"',;<>{}$]"
_PASSWORD = late(
    rb"^[ \t]*(?:export[ \t]+|[\"'])?(?:%(opens)s)"
    rb"(?:=(?=%(value)s)|[\"']?[ \t]*[=:][ \t]*[\"']?(?=%(value)s*\d))"
    rb"%(value)s{5,}[\"']?[ \t]*[,;]?[ \t]*(?:#[^\n]*)?\r?$"
    rb"|[\"'](?:client_secret|aws_secret_access_key|refresh_token)[\"']\s*:\s*[\"'][^\"'\s]{8}"  # of Google, Amazon
    rb"|\bmachine\s+\S+\s+login\s+\S+\s+password\s+\S"  # .netrc
    rb"|^[\w.@-]+:(?:\$(?:apr1|2[abxy]|5|6|y)\$|\{SHA\})"  # .htpasswd
    rb"|<Pass\b[^<>]*>[^<\s]"  # FileZilla
    rb"|\busername\"?,\"?(?:login_)?password\b"  # browsers, Bitwarden, KeePass
    rb"|\b(?:https?|s?ftp|smtps?|imaps?|mysql|postgres(?:ql)?|mongodb(?:\+srv)?)://"
    rb"[^\s/@:\"'<>]+:[^\s/@\"'<>]{3,}@[\w.-]" % {b"opens": _OPENS, b"value": _VALUE},
    re.IGNORECASE | re.MULTILINE,
)
"""How files of settings, of browsers and of programs that copy files hold passwords."""
_MAIL = "e-?mail|courriel|correo|пошта|البريد".encode()
_PHONE = "phone|t(?:e|é)l(?:e|é)fono|whatsapp|телефон|هاتف".encode()
_EXACT = rb"-?\d{1,3}\.\d{4}"
_DAY = rb"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_TIME = rb"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \xa0\xc2\xe2\x80\xaf]*[ap]\.?m\.?)?"
_MESSAGE = rb"(?:\xe2\x80[\x8e\x8f])?(?:\[%(day)s,? %(time)s\]|%(day)s,? %(time)s (?:-|\xe2\x80\x93)) " % {
    b"day": _DAY,
    b"time": _TIME,
}
"""How WhatsApp begins a message, before the name of who wrote it, and a line of its own."""
_HEADS = rb"(?:[^\s:]+ ?:[^\n]*\n|[ \t][^\n]*\n){0,999}?"
_PROGRAM = "is a program for a server, and may hold its passwords"
_BEGINNINGS = (
    ("is an entry of an address book", late(_MARK + rb"\s*BEGIN:VCARD\b", re.IGNORECASE)),
    (
        "is an entry of a calendar that names people or an exact place",
        late(
            _MARK + rb"\s*BEGIN:VCALENDAR\b(?=.*?^(?:ATTENDEE|ORGANIZER|GEO|X-APPLE-STRUCTURED-LOCATION)[;:])",
            re.IGNORECASE | re.DOTALL | re.MULTILINE,
        ),
    ),
    (
        "is an e-mail",
        late(
            _MARK + rb"(?:From [^\n]*\n)?(?=%(heads)s(?:From|De|Von) ?:)"
            rb"%(heads)s(?:(?:Received|Return-Path|Message-ID|MIME-Version|Sent|%(sent)s) ?:|Date ?:[^\n]*\d:\d\d)"
            % {b"heads": _HEADS, b"sent": "Envoyé|Enviado(?: el)?|Gesendet".encode()},
            re.IGNORECASE,
        ),
    ),
    (
        "is a chat",  # WhatsApp
        late(
            _MARK + rb"(?:%(message)s[^\n:]*\n){0,9}?%(message)s[^\n:]{1,60}: \S" % {b"message": _MESSAGE},
            re.IGNORECASE,
        ),
    ),
    (_PROGRAM, late(_MARK + rb"\s*<\?(?:php\b|=)|#! ?/")),
)
_TABLES = (
    (
        "is a table with the e-mail addresses or phone numbers of people",
        late(
            rb"(?>[^\n]*?(?:%(mail)s))(?s:.)*?[\w.+-]@[\w-]+\.\w"
            rb"|(?>[^\n]*?(?:%(phone)s))(?s:.)*?[\n,;\t\"](?:\+|00?)[1-9](?:[ ().-]?\d){6}"
            % {b"mail": _MAIL, b"phone": _PHONE},
            re.IGNORECASE,
        ),
    ),
    (
        "is a table with exact positions",
        late(
            rb"(?>[^\n]*?lat(?:itude)?\"?[,;\t])(?s:.)*?[\n,;\t\"]%(exact)s\d*\"?[,;\t]\"?%(exact)s"
            % {b"exact": _EXACT},
            re.IGNORECASE,
        ),
    ),
)
_SIGNS = (
    (
        "holds the track or the places of a phone or another device",
        late(
            rb"<(?:\w+:)?(?:trkpt|rtept|wpt|gx:Track|LatitudeDegrees)\b"  # GPX, KML, TCX
            rb"|\"latitudeE7\"|\$G[NP](?:GGA|RMC),|\[latitude ?:"  # Google, NMEA, drones
        ),
    ),
    (
        "holds the exact position of a place",
        late(
            rb"<(?:\w+:)?coordinates>\s*%(exact)s\d*,\s*%(exact)s\d*(?:,[-\d.]+)?\s*</"  # KML
            rb"|\"coordinates\"\s*:\s*\[\s*%(exact)s\d*\s*,\s*%(exact)s|\"lat(?:itude)?\"\s*:\s*\"?%(exact)s"  # GeoJSON
            % {b"exact": _EXACT}
        ),
    ),
    (
        "is a copy of a database",
        late(
            rb"^(?:INSERT INTO [^\n]+? VALUES|CREATE TABLE [^\n]+\(\r?$|COPY [^\n]+ FROM stdin;)"
            rb"|<wp:(?:author_email|comment_author_IP)>",  # an export of WordPress
            re.MULTILINE,
        ),
    ),
    ("is a chat", late(rb"\"(?:sender_name|from_id)\"\s*:")),  # Facebook, Telegram
)
"""What files of people, their devices and servers are: by how they begin, as tables do, and by what stands in them."""


def strays(path: str, content: bytes) -> Iterator[Diagnostic]:
    """Find what was not to be copied with the static file at *path*, a text in UTF-8 or any other *content*."""
    if _WRITTEN.match(content):
        message = "this text is published as it is, with all its keys, also when it is a draft or under embargo"
        hint = f"move it into alerts/ or pages/; if readers are to have it, {_CLEARED.format(path)}"
        yield problem("text-in-static", message, Place(path), hint=hint)
    if _KEY.search(content) or _OTHER_KEY.match(content):
        yield _secret(path, "holds a private key", "have a new key made")
    elif _holds_password(path, content):
        yield _secret(path, "seems to hold a password or an access key", "change the password")
    elif what := _what_strayed(path, content):
        yield _not_for_readers("not-for-readers", path, what)
    elif is_left_over(path):
        yield _not_for_readers("left-over", path, "looks like a back-up or a note of a program")


def _not_for_readers(code: str, path: str, what: str) -> Diagnostic:
    hint = f"delete it here, or move it elsewhere; if readers are to have it, {_CLEARED.format(path)}"
    return problem(code, f"this file is published as it is, and {what}", Place(path), hint=hint)


def _secret(path: str, what: str, renewed: str) -> Diagnostic:
    message = f"this file {what}, with which anybody could act as you"
    hint = f"delete the file here, and {renewed} if it was ever published; if it opens nothing, {_CLEARED.format(path)}"
    return problem("secret-in-static", message, Place(path), hint=hint)


def _holds_password(path: str, content: bytes) -> bool:
    return is_for_passwords(path) or (not is_for_browsers(path) and bool(_PASSWORD.search(_beginning(content))))


def _what_strayed(path: str, content: bytes) -> str:
    """Return what the file at *path* is if that is not for readers."""
    if is_program(path):
        return _PROGRAM
    if is_for_browsers(path):
        return ""
    beginning = _beginning(content)
    has_columns = is_table(path) or b"\t" in beginning.partition(b"\n")[0]
    begins = (*_BEGINNINGS, *_TABLES) if has_columns else _BEGINNINGS
    starts = (what for what, sign in begins if sign.match(beginning))
    return next(starts, "") or next((what for what, sign in _SIGNS if sign.search(beginning)), "")


def _beginning(content: bytes) -> bytes:
    """Return the beginning of *content* if that is a text."""
    return content[:_BEGINNING] if is_text(content) else b""
