"""Citations for reference managers: one row of a table for each format, all made from the same value."""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import TypeVar

from alertgen.json_text import render_json
from alertgen.outputs import Citation, Cited, Json, JsonFile, Record


def render_citation(citation: Citation) -> bytes:
    """Return *citation* in its format, in UTF-8."""
    return WRITERS[citation.format](citation)


def _bibtex(citation: Citation) -> bytes:
    """Write one entry, in UTF-8, as biber, Zotero and JabRef read it.

    The series stands as the type, so that styles say "Atrocity Alert 18", not "Technical Report 18".
    """
    cited = citation.cited
    year, month, _ = _numbers(cited)
    lines = (
        _line("author", cited.authors, _names),
        _line("title", cited.title, _with_capitals),
        _line("institution", cited.publisher, _tex),
        _line("type", cited.series, _tex),
        _line("number", cited.number, _tex),
        _line("date", cited.day, str),
        _line("year", year, str),
        f"  month = {_MONTHS[month - 1]},\n",
        _line("url", cited.url, str),
        _line("language", cited.lang, _tex),
        _line("abstract", cited.summary, _tex),
    )
    return f"@techreport{{{cited.key},\n{''.join(lines)}}}\n".encode()


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Names that every style of BibTeX defines: it writes "January 2021" for `jan`, but "1 2021" for `{1}`."""

Said = TypeVar("Said")


def _line(name: str, said: Said, written: Callable[[Said], str]) -> str:
    return f"  {name} = {{{written(said)}}},\n" if said else ""


def _names(names: tuple[str, ...]) -> str:
    """Write authors; braces keep the names of organisations in one piece."""
    return " and ".join([f"{{{_tex(name)}}}" for name in names])


def _with_capitals(title: str) -> str:
    """Write a title; braces keep its capitals."""
    return f"{{{_tex(title)}}}"


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)


_TEX_SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, _TEX)))}]")
_TEX_LONE_BRACE = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
"""BibTeX counts braces whether or not a backslash stands before them: one without its other half breaks the file."""


def _tex(text: str) -> str:
    line = " ".join(text.split())
    if not _TEX_SPECIAL.search(line):
        return line
    return line.translate(_TEX if _balanced(line) else _TEX | _TEX_LONE_BRACE)


def _balanced(text: str) -> bool:
    depths = [*accumulate({"{": 1, "}": -1}.get(char, 0) for char in text)]
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _ris(citation: Citation) -> bytes:
    """Write tags and values (https://github.com/aurimasv/translators/wiki/RIS-Tag-Map); lines end in CR LF."""
    cited = citation.cited
    fields = (
        ("TY", "RPRT"),
        *[("AU", name) for name in cited.authors],
        ("TI", cited.title),
        ("T3", cited.series),
        ("SN", cited.number),
        ("PB", cited.publisher),
        ("PY", str(_numbers(cited)[0])),
        ("DA", cited.day.replace("-", "/")),
        ("AB", cited.summary),
        *[("KW", keyword) for keyword in cited.keywords],
        ("LA", cited.lang),
        ("UR", cited.url),
        ("ID", cited.key),
    )
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value]
    return "".join((*lines, "ER  - \r\n")).encode()


def _csl(citation: Citation) -> bytes:
    """Write the item in CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json)."""
    cited = citation.cited
    members: tuple[tuple[str, Json], ...] = (
        ("id", cited.key),
        ("type", "report"),
        ("title", cited.title),
        ("author", tuple([Record((("literal", name),)) for name in cited.authors])),
        ("issued", Record((("date-parts", (_numbers(cited),)),))),
        ("publisher", cited.publisher),
        ("collection-title", cited.series),
        ("number", cited.number),
        ("language", cited.lang),
        ("abstract", cited.summary),
        ("keyword", ", ".join(cited.keywords)),
        ("URL", cited.url),
    )
    item = Record([member for member in members if member[1]])
    return render_json(JsonFile(address=citation.address, content=(item,)))


def _numbers(cited: Cited) -> tuple[int, ...]:
    """Return year, month and day."""
    return tuple(map(int, cited.day.split("-")))


WRITERS: dict[str, Callable[[Citation], bytes]] = {"bibtex": _bibtex, "ris": _ris, "csl": _csl}
"""Format -> its writer."""
