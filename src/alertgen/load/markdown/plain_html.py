r"""HTML that cleaning leaves as it is: most of what Markdown makes of a bulletin.

Invariant: whatever `PLAIN` matches in full, nh3 with the table of `sanitise` returns as it stands, whoever wrote it.
So the expression lets through less than the table does, and nothing that an HTML parser would read otherwise:

- blocks stand beside each other, or once in a list, a quotation or a table, or paragraphs in a list; marks stand in a
  block or once in a link; every element has its end tag, and no link stands in a link;
- an element has the attributes written here, in this order, and no others;
- a text is without `<`, without `>`, without a `&` but for the three references that nh3 writes itself, without
  characters that are taken out (half of one is never matched), and without U+FEFF, which a parser takes out at the
  start;
- an address begins with a path, a query or a fragment of the site, or with `http(s)://` and a host in small letters
  whose last part is no number and none of whose parts is in Punycode, so that it can be read as an address.

`tests/test_plain_html.py` compares with nh3 what is matched of texts written by the same rules, and of damaged ones.
"""

from alertgen.screens import Screen

_UNFIT = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff"
_WORD = "0-9A-Za-z_"
_TEXT = rf"(?:[^<>&{_UNFIT}]+|&(?:amp|lt|gt);)*"
_SOME = rf"(?:[^<>&{_UNFIT}]+|&(?:amp|lt|gt);)+"
_HOST = r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"
_ADDRESS = rf"(?:{_HOST}(?:[/?#](?:[!#-%'-;=?-~]+|&amp;)*)?|[{_WORD}.?#=-][{_WORD}./?#=-]*)"
_TITLE = rf'title="(?:[^"<>&\n\t{_UNFIT}]+|&amp;)*"'
_ID = rf'id="[{_WORD}-]+"'
_ALIGN = '(?: align="(?:left|right|center)")?'
_MARK = rf"<em>{_TEXT}</em>|<strong>{_TEXT}</strong>|<abbr {_TITLE}>{_TEXT}</abbr>"
_NOTE = rf"<sup><a {_ID}>[0-9]+</a></sup>"
_LINE = rf'(?:{_SOME}|{_MARK}|<a href="{_ADDRESS}">(?:{_SOME}|{_MARK})*</a>|{_NOTE})*'
_ITEMS = rf"\n(?:<li>(?:{_LINE}|\n<p>{_LINE}</p>\n)</li>\n)*"
_QUOTED = rf"\n(?:<p>{_LINE}</p>\n)*"
_HEAD = rf'<thead>\n<tr>\n(?:<th{_ALIGN} scope="col">{_LINE}</th>\n)+</tr>\n</thead>\n'
_ROWS = rf"<tbody>\n(?:<tr>\n(?:<td{_ALIGN}>{_LINE}</td>\n)+</tr>\n)*</tbody>\n"
_BLOCKS = (
    rf"<p>{_LINE}</p>",
    "<hr>",
    *(rf"<h{level} {_ID}>{_LINE}</h{level}>" for level in range(2, 7)),
    rf"<ul>{_ITEMS}</ul>",
    rf"<ol>{_ITEMS}</ol>",
    rf"<blockquote>{_QUOTED}</blockquote>",
    rf"<table>\n{_HEAD}{_ROWS}</table>",
)

PLAIN = Screen(rf"\A(?:\n|{'|'.join(_BLOCKS)})*\z", unsure=False)
"""Such HTML, whole or empty. It takes as long to compile as nh3 takes for eighty texts."""


def is_plain(html: str) -> bool:
    """Tell whether *html* is known to be left as it is by cleaning; it need not be, where it would take longer."""
    return PLAIN.matches(html)
