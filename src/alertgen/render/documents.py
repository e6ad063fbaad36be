"""Files for machines: one row of a table for each kind of document.

Every writer takes the rows of its `Document`; what they mean is said at the writer.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from alertgen.outputs import Document

Rows = tuple[tuple[str, ...], ...]


def render_document(document: Document) -> bytes:
    """Return *document* as a file in UTF-8.

    Raises:
        KeyError: no writer knows its kind (a bug in alertgen).
    """
    return WRITERS[document.kind](document.rows).encode("utf-8")


def document_parts(document: Document) -> Iterator[bytes]:
    """Yield *document*, a long one, as a file in UTF-8: a table row by row, all else as a whole."""
    if document.kind == "csv":
        yield from map(str.encode, _csv_parts(document.rows))
    else:
        yield render_document(document)


def _robots(rows: Rows) -> str:
    """Rows of field and value (RFC 9309)."""
    return _lines(f"{field}: {value}".rstrip() for field, value in rows)


def _headers(rows: Rows) -> str:
    """Rows of path pattern, header and value; rows of one pattern follow each other.

    https://docs.netlify.com/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/
    """
    lines = []
    for pattern, group in groupby(rows, key=lambda row: row[0]):
        lines += [pattern, *(f"  {name}: {value}" for _, name, value in group)]
    return _lines(lines)


def _redirects(rows: Rows) -> str:
    """Rows of old path, new path and HTTP status.

    https://docs.netlify.com/routing/redirects/, https://developers.cloudflare.com/pages/configuration/redirects/
    """
    return _lines(" ".join(row) for row in rows)


def _nginx(rows: Rows) -> str:
    """Rows of old path, decoded, and new path, encoded; for `include` in a `server` block.

    https://nginx.org/en/docs/http/ngx_http_core_module.html#location
    """
    return _lines(
        f'location = "{_in_nginx(path)}" {{ return 301 "{new}"; }}' for old, new in rows for path in _ways(old)
    )


def _ways(path: str) -> tuple[str, ...]:
    """Return the forms in which readers may have noted down the address *path*."""
    return (path, path[:-1], f"{path}index.html") if path.endswith("/") else (path,)


def _in_nginx(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')


def _apache(rows: Rows) -> str:
    """Rows of old path, decoded, and new path, encoded; for a file `.htaccess`.

    https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch
    """
    lines = [f'RedirectMatch 301 "^{_pattern(old)}$" "{new}"' for old, new in rows]
    return _lines(("<IfModule mod_alias.c>", *lines, "</IfModule>"))


def _pattern(path: str) -> str:
    """Return a regular expression for *path* and the other forms of the same address."""
    exactly = "".join(
        char if char.isalnum() or char in "/-_" or not char.isascii() else f"\\x{ord(char):02x}"
        for char in path.removesuffix("/")
    )
    return f"{exactly}(/(index\\x2ehtml)?)?" if path.endswith("/") else exactly


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _sitemap(rows: Rows) -> str:
    from alertgen.render.xml_documents import sitemap  # here and below, since an edit of words makes neither

    return sitemap(rows)


def _opml(rows: Rows) -> str:
    from alertgen.render.xml_documents import opml

    return opml(rows)


def _csv(rows: Rows) -> str:
    """Rows of a table, heading first (RFC 4180: CRLF, quotes where needed), with a byte order mark for spreadsheets."""
    return "".join(_csv_parts(rows))


def _csv_parts(rows: Rows) -> Iterator[str]:
    line = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield "\ufeff"
    yield from map(line, rows)


class _Line:
    """Stands for a file; gives back what is written."""

    def write(self, line: str) -> str:
        """Return *line*."""
        return line


WRITERS: dict[str, Callable[[Rows], str]] = {
    "apache": _apache,
    "csv": _csv,
    "headers": _headers,
    "nginx": _nginx,
    "opml": _opml,
    "redirects": _redirects,
    "robots": _robots,
    "sitemap": _sitemap,
}
"""Kind of document -> its writer."""
