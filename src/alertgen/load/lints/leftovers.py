"""What was never meant for readers: keys below the header, marks of programs, remarks. Rows of `table.LINTS`."""

import re
from collections.abc import Iterator

from alertgen.diagnostics import Diagnostic
from alertgen.load.disk import conflicts
from alertgen.load.lints.marks import KEYS_HOLD, MARKED, NOT_FOR_READERS, REMARK, TO_FILL_IN, UNFILLED
from alertgen.load.markdown.source import Source
from alertgen.patterns import late
from alertgen.screens import in_any_case

_KEYS = (
    "title|date|number|summary|authors|lang|country|risk_tags|level|trend|image|image_alt|image_caption|image_credit"
    "|image_sensitive|republished|sources|updated|corrections|draft|embargo|slug|aliases|id|nav"
)
KEYS = rf"(?m:^(?i:draft|embargo)[ \t]*:[ \t]*(?i:true|yes|[0-9]{{4}}-)|^(?:{_KEYS}):[^\n]*\n(?:{_KEYS}):)"
_KEYS_IN_TEXT = late(KEYS)


def keys_in_text(source: Source) -> Iterator[Diagnostic]:
    """Report keys below the header: readers would see them, and `draft: true` there keeps nothing at home."""
    for match in _KEYS_IN_TEXT.finditer(source.prose):
        line = match[0].partition("\n")[0]
        yield source.problem(
            "keys-in-text",
            f'"{line.partition(":")[0].strip()}" is a key, but it stands in the text, where readers see it',
            source.place(match.start(), len(line)),
            hint="move it between the two lines --- at the top, or delete it; it has no effect here",
        )
        return  # the others are right below


def merge_conflict(source: Source) -> Iterator[Diagnostic]:
    """Report the marks between two versions that Git could not bring together: both would be published."""
    if (start := conflicts.mark_in(source.prose)) is not None:
        yield conflicts.conflict(source.prose, source.place(start, conflicts.LENGTH))


_BEGUN = in_any_case("check|to |source|ver|insert")
REMARKS = (
    rf"\{{(?:>>|\+\+|--|~~|==)|\[(?:TK|TB[CD]|XX|\?|{TO_FILL_IN}|(?i:{_BEGUN}))|XXX|\?\?\?|~~[^~]|[-*+] \[[ xX]\] "
    r"|Comment(?:ed|aire)? \[[A-Za-z]"
)


def remark_left(source: Source) -> Iterator[Diagnostic]:
    """Report remarks of those who wrote or edited a text, such as `[TK]`, `XXX`, `{>>really?<<}` and `~~struck~~`."""
    for match in REMARK.finditer(source.prose):
        yield source.problem(
            "remark-left",
            f'"{_shortened(match[0])}" looks like a remark that is not for readers',
            source.place(match.start(), len(match[0])),
            hint="take it out; what is struck out or suggested is shown to everybody",
        )


COMMENTS = r"(?m:^\[[a-z]{1,2}\][^\s(:\[])"
_COMMENT = late(r"(?m:^\[([a-z]{1,2})\](?=[^\s(:\[])[^\n]*)")


def comment_left(source: Source) -> Iterator[Diagnostic]:
    """Report comments of colleagues, which Google Docs puts below a text as `[a]Is this sure?` with `[a]` in the text.

    A letter that was changed in a quotation, as in "[t]he army", has no such mark elsewhere.
    """
    for match in _COMMENT.finditer(source.prose):
        mark = f"[{match[1]}]"
        if re.search(rf"(?<=[^\s\[(]){re.escape(mark)}", source.prose[: match.start()]):
            yield source.problem(
                "remark-left",
                f'"{_shortened(match[0])}" looks like a colleague\'s comment on the text',
                source.place(match.start(), len(match[0].rstrip())),
                hint=f"take it out, and its mark {mark} in the text above",
            )


_SHORTCODES = "caption|gallery|embed|audio|video|playlist|vc_[a-z_]+|et_pb_[a-z_]+"
_PHRASES = "lorem ipsum dolor|as an AI language model"
_NOT_FOUND = (
    "Error! (?:Reference source|Bookmark|Hyperlink reference|No bookmark|No text of)"
    "|Erreur[ \u00a0\u202f]?! (?:Source du renvoi|Signet|R\u00e9f\u00e9rence de lien)"
    "|\u00a1Error! (?:No se encuentra|Marcador no)|Erro! (?:Fonte de|Indicador)|Fehler! (?:Verweisquelle|Textmarke)"
)
_OF_EXCEL = r"#(?:REF|DIV/0|VALUE|NUM|NULL|SPILL|CALC)!|#NAME\?|#N/A|HYPERLINK \""
_OF_OFFICE = f"{_NOT_FOUND}|{_OF_EXCEL}"
"""What Word and Excel put where they do not find what was to stand there."""
SIGNS = (
    r"\{[{%]|<!\[|\*\|[A-Z]|\u3010|oaicite|(?m:^:::)|\[@|turn[0-9]+(?:search|view|news)"
    r"|==[^=\s]|\[![A-Z]|\[TOC\]|\\(?:newpage|clearpage|pagebreak)|[\^~][0-9A-Za-z]{1,4}[\^~]"
    rf"|\]\{{[.#]|(?m:\\$)|\[/?(?:{_SHORTCODES})[\] ]|(?i:{in_any_case(_PHRASES)})|{_OF_OFFICE}"
)
_SIGN = late(
    rf"{UNFILLED}|<!\[(?:if|endif)[^>\n]*>|\[@[\w:.-]+\]|^:::[^\n]*"
    r"|\[[^\[\]\n]*\]\{[.#][^{}\n]*\}|(?<!\\)\\$|==[^=\s](?:[^=\n]*[^=\s])?==|(?<=> )\[![A-Z]+\]|^\[TOC\]$"
    r"|^\\(?:newpage|clearpage|pagebreak)\b|(?<=\w)([\^~])[0-9A-Za-z]{1,4}\1"
    rf"|\[/(?:{_SHORTCODES})\]|\[(?:{_SHORTCODES}) [^\]\n]*=[^\]\n]*\]"
    r"|\u3010[^\u3011\n]*\u2020[^\u3011\n]*\u3011|\[?oaicite:\d+\]?|\bturn\d+(?:search|view|news)\d+"
    rf"|\b(?i:{_PHRASES})\b|(?:{_NOT_FOUND})[^\n.]*\.?|{_OF_EXCEL}",
    re.MULTILINE,
)


def sign_of_program(source: Source) -> Iterator[Diagnostic]:
    """Report signs that another program would have replaced, such as `[caption]`, `{{ date }}` and `*|FNAME|*`."""
    for match in _SIGN.finditer(source.prose):
        yield source.problem(
            "sign-of-program",
            f'"{_shortened(match[0])}" is left over from another program',
            source.place(match.start(), len(match[0])),
            hint="take it out, or replace it by what readers are meant to see; between two ` it is shown as typed",
        )


def _shortened(shown: str) -> str:
    return shown if len(shown) < 40 else f"{shown[:39]}…"


EMPTY = r"(?m:^#{1,6}[ \t]*#*[ \t]*$)"
_EMPTY = late(EMPTY)


def empty_heading(source: Source) -> Iterator[Diagnostic]:
    """Report a heading without words: people who go from heading to heading hear nothing."""
    for match in _EMPTY.finditer(source.prose):
        at = source.place(match.start(), len(match[0].rstrip()))
        yield source.problem("empty-heading", "this heading has no words", at, hint="write some, or delete the line")


_DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?"
_AFTER_FROM = (
    "Sent|Date|To|Cc|Subject|Envoy\u00e9|\u00c0|Objet|Enviado|Fecha|Para|Asunto|Gesendet|Datum|An|Betreff"
    "|\u0625\u0644\u0649|\u0627\u0644\u062a\u0627\u0631\u064a\u062e|\u0627\u0644\u0645\u0648\u0636\u0648\u0639"
)
"""What stands below the sender of a message in English, French, Spanish, German and Arabic."""
_MESSAGE = late(
    rf"(?m:^[\u200e\u200f]?\[(?:{_DAY},? {_TIME}|{_TIME}, {_DAY})\] [^\n:]{{1,60}}:"
    rf"|^[\u200e\u200f]?{_DAY},? {_TIME} [-\u2013] [^\n:]{{1,60}}:"
    rf"|^[^\n\[]{{1,60}}, \[{_DAY},? {_TIME}\]"
    rf"|^[> *]*(?:From|De|Von|\u0645\u0646)[ \u00a0]?\**:[^\n]+\n[> *]*(?:{_AFTER_FROM})[ \u00a0]?\**:"
    r"|^[> ]*(?:On|Le|El|Am) [^\n]{0,60}\d{4}[^\n]{0,60}\d:\d{2}[^\n]{0,200}"
    r"(?:wrote|a \u00e9crit|escribi\u00f3|schrieb[^\n:]{1,60})[ \u00a0]?:[ ]*$)"
)
"""How messages begin that are copied from WhatsApp, Telegram and mail programs: who wrote them, and when."""
MESSAGES = (
    rf"\[\d+[/.:-]\d|(?m:^[\u200e\u200f]?{_DAY},? \d)|(?m:^[> *]*(?:From|De|Von|\u0645\u0646)[ \u00a0]?\**:)"
    r"|(?:wrote|a \u00e9crit|escribi\u00f3)[ \u00a0]?:|schrieb"
)
"""Without counting up to sixty, which would slow all screens down eighty times."""


def pasted_message(source: Source) -> Iterator[Diagnostic]:
    """Report who wrote a message, and when, where one is copied with its head: that is how witnesses become known."""
    for match in _MESSAGE.finditer(source.prose):
        head = match[0].partition("\n")[0]
        yield source.problem(
            "pasted-message",
            "this looks like the head of a message, which tells who wrote it and when",
            source.place(match.start(), len(head)),
            hint="take out the name and the time; write who said it in words that put nobody in danger",
        )


UNPUBLISHED = rf"(?m:^[ >*_#\[(]*(?:{MARKED}))"
_UNPUBLISHED = late(UNPUBLISHED)


def marked_unpublished(source: Source) -> Iterator[Diagnostic]:
    """Report a line such as `EMBARGOED UNTIL …` or `DRAFT`, which keeps nothing at home."""
    for match in _UNPUBLISHED.finditer(source.prose):
        said = match[0].lstrip(" >*_#[(")
        start = match.end() - len(said)
        yield source.problem(
            "marked-unpublished", NOT_FOR_READERS, source.place(start, len(said.rstrip())), hint=KEYS_HOLD
        )
