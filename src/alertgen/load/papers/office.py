"""Office files of Microsoft Office (OOXML, ECMA-376) and of LibreOffice (ISO 26300).

They are archives of XML, or one page or XML file.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import unquote

from alertgen.load.papers.paper import Paper, told_by_property
from alertgen.load.papers.xmp import enclosed, named_in_xmp, without_tags

_ELEMENTS = {
    "creator": "author",
    "initial-creator": "author",
    "lastModifiedBy": "who saved it last",
    "printed-by": "who printed it",
    "Manager": "manager",
    "author": "author of a comment",
    "Author": "author",
    "LastAuthor": "who saved it last",
}
_ELEMENT = re.compile(rf"<(?:[\w.-]+:)?({'|'.join(_ELEMENTS)})\b[^<>]*>([^<]*)</")
_ATTRIBUTE = re.compile(
    r"\b(?:(?:w|w15|w16\w*):author|userName)=\"([^\"]*)\""
    r"|<(?:\w+:)?(?:person|cmAuthor|author|userInfo)\b[^<>]*?\b(?:displayName|name)=\"([^\"]*)\""
    r"|\bcite=\"mailto:([^\"]*)\"|\bmso-comment-author:\s*['\"]?([^'\";]*)"  # pages of Word
)
_PROPERTY = re.compile(
    r"<(?P<tag>(?:[\w.-]+:)?(?:property|user-defined))\b(?>[^<>]*?\bname=\")(?P<name>[^\"<]*)\"[^<>]*+(?<!/)>"
)
_SHARED = re.compile(r"<(?:\w+:)?UserInfo>\s*<(?:\w+:)?DisplayName>([^<]*)<")
"""Who is named in the columns of a library in SharePoint, which go along with a file."""
_ENDS = re.compile(
    r"</(?:[\w.-]+:)?(?:p|h|si|is|row|tc|c|v|title|li|td|th|tr|div|h\d)>|<(?:[\w.-]+:)?(?:br|cr|tab|s|line-break)\b[^<>]*>"
)
_TEXTS = (".xml", ".rels", ".txt", ".html", ".xhtml", ".opf", ".ncx", ".svg", ".css", ".rdf", ".json", ".csv", ".md")
_ENCODING, _HEADER = re.compile(rb"\b(?:charset|encoding)=[\"']?([\w.-]+)"), 4096
"""How a page or XML file says within so many bytes how it is encoded."""
_PICTURES = (".jpg", ".jpeg")
_OTHERS = (
    ".png",
    ".gif",
    ".emf",
    ".wmf",
    ".tif",
    ".tiff",
    ".webp",
    ".bmp",
    ".svm",
    ".ttf",
    ".odttf",
    ".otf",
    ".fntdata",
)
"""Pictures and fonts."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


def read_office(content: bytes, paper: Paper, within: Callable[[bytes, int], Paper | None]) -> None:
    """Note in *paper* what the archive *content* holds; *within* opens files that it holds in turn."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            paper.say(archive.comment.decode("utf-8", "replace"))
            for entry in archive.infolist():
                _read_entry(archive, entry, paper, within)
    except _DAMAGED:
        paper.closed = "it is damaged"


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, paper: Paper, within: Callable[[bytes, int], Paper | None]
) -> None:
    name = entry.filename
    paper.say(name)
    if entry.is_dir():
        return
    if entry.flag_bits & 1:
        paper.closed = "it is locked with a password"
        return
    with archive.open(entry) as file:
        content = file.read(paper.room + 1)
    if not paper.take_room_for(content):
        return
    if name.lower().endswith(_TEXTS) or name == "mimetype":
        _read_xml(_decoded(content), paper)
    elif name.lower().endswith(_PICTURES):
        paper.picture(content)
    elif inner := within(content, paper.room):
        paper.take_in(inner)
    elif not name.lower().endswith(_OTHERS):
        paper.unread[f"it holds a file of another form ({name.rpartition('/')[2]})"] = None


def read_flat(content: bytes, paper: Paper) -> None:
    """Note in *paper* what stands in *content*, a page or XML file in one piece."""
    told = _ENCODING.search(content, 0, _HEADER)
    try:
        text = content.decode(told[1].decode() if told else "utf-8-sig", "replace")
    except (LookupError, UnicodeError):  # no such encoding, or one of other uses
        text = content.decode("utf-8-sig", "replace")
    _read_xml(text, paper)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _read_xml(xml: str, paper: Paper) -> None:
    for element, who in _ELEMENT.findall(xml):
        paper.name(without_tags(who), _ELEMENTS[element])
    for spellings in _ATTRIBUTE.findall(xml):
        paper.name(unquote(without_tags("".join(spellings))), "author of a change or comment")
    for start, who in enclosed(_PROPERTY, xml):
        if what := told_by_property(without_tags(start["name"])):
            paper.name(without_tags(who), what)
    for who in _SHARED.findall(xml):
        paper.name(without_tags(who), "who had it in SharePoint")
    if "<x:xmpmeta" in xml:
        for who in named_in_xmp(xml):
            paper.name(who, "author")
    paper.texts.append(without_tags(_ENDS.sub("\n", xml)))
    paper.say(xml)  # what stands in attributes
