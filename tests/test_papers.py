"""PDF and office files in `static/`: whom they name is told, and names that must not be published are found in them.

The files in `papers/` were made by the programs that they are called after.
"""

import io
import random
import zipfile
import zlib
from pathlib import Path
from time import perf_counter

import pytest

from alertgen import WITHHELD
from alertgen.load.papers.opening import is_paper, open_paper
from alertgen.load.papers.paper import Paper
from alertgen.load.people.withheld import HIDDEN
from alertgen.report import format_problem
from conftest import SiteFolder
from terminal import NOW, alertgen

PAPERS = Path(__file__).parent / "papers"
WITNESS = "Amina Example"


def opened(content: bytes) -> Paper:
    paper = open_paper(content)
    assert paper is not None
    return paper


def people(paper: Paper) -> set[tuple[str, str]]:
    return {(named.who, named.what) for named in paper.named}


EXIF = ("", "a photo in it tells of its camera, and perhaps where it was taken (Exif)")
MADE = {
    "chromium.pdf": set(),
    "libreoffice.pdf": {("John Roe", "author")},
    "libreoffice.ods": {("John Roe", "author"), ("Jane Doe", "author")},
    "libreoffice.xlsx": {("John Roe", "author"), ("Jane Doe", "who saved it last")},
    "word.docx": {
        EXIF,
        ("Doc Author", "author"),
        ("Last Editor", "who saved it last"),
        ("Comm Enter", "author of a change or comment"),
    },
    "qpdf.pdf": {  # objects are packed, and it holds libreoffice.xlsx
        ("Xmp Author", "author"),
        ("Ann Otator", "author of a comment"),
        ("John Roe", "author"),
        ("Jane Doe", "who saved it last"),
    },
}


@pytest.mark.parametrize("name", MADE)
def test_files_as_programs_make_them(name: str):
    paper = opened((PAPERS / name).read_bytes())
    assert people(paper) == MADE[name]
    assert any(WITNESS in text for text in paper.texts)
    assert (paper.closed, dict(paper.unread)) == ("", {})


@pytest.mark.parametrize("name", ["libreoffice.xls", "locked.pdf"])
def test_what_nobody_can_look_into_is_never_called_clean(name: str):
    assert opened((PAPERS / name).read_bytes()).closed


def test_a_scanned_page_cannot_be_searched():
    assert list(opened((PAPERS / "scan.pdf").read_bytes()).unread) == ["pages of it are pictures"]


def test_every_byte_that_is_lost_or_changed_is_borne():
    """Damaged files raise nothing: they are closed, or something is told of them."""
    chance = random.Random(1)
    for path in sorted(PAPERS.iterdir()):
        whole = path.read_bytes()
        for _ in range(12):
            damaged = bytearray(whole[: chance.randrange(8, len(whole))])
            for _ in range(chance.randrange(30)):
                damaged[chance.randrange(8, len(damaged)) if len(damaged) > 8 else 7] = chance.randrange(256)
            open_paper(bytes(damaged))


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer <<" + trailer + b">>\n"


def stream(data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter /FlateDecode /Length %d %s>> stream\n%s\nendstream" % (len(packed), head, packed)


def test_an_author_in_another_object_is_found():
    assert people(opened(pdf(b"<</Author 2 0 R>>", b"(Jane \\(J.\\) Doe)", trailer=b"/Info 1 0 R"))) == {
        ("Jane (J.) Doe", "author")
    }


@pytest.mark.parametrize(
    "written",
    [
        b"(Jos\xe9 \x95)",
        b"<4A6F73E92095>",
        b"(\\376\\377\\000J\\000o\\000s\\000\\351\\000 \\001A)",
        b"(\\\nJos\\351 \\225)",
    ],
)
def test_an_author_is_read_however_it_is_spelled(written: bytes):
    assert people(opened(pdf(b"<</Author " + written + b">>", trailer=b"/Info 1 0 R"))) == {("José Ł", "author")}


@pytest.mark.parametrize(
    "xml",
    [
        "<dc:creator><rdf:Seq><rdf:li>Jane &amp; Doe</rdf:li></rdf:Seq></dc:creator>",
        "<rdf:Description pdf:Author='Jane &amp; Doe' xmp:CreatorTool='Program'/>",
        "<xmp:Author>Jane &amp; Doe</xmp:Author>",
    ],
)
def test_people_in_xmp_are_found(xml: str):
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{xml}</x:xmpmeta>".encode()
    for paper in (pdf(stream(packet, b"/Type /Metadata")), pdf(stream(packet.replace(b"&amp;", b"&#38;")))):
        assert people(opened(paper)) == {("Jane & Doe", "author")}


def test_a_path_names_whose_computer_it_is():
    paper = opened(pdf(b"<</Title (file:///home/jdoe/notes.odt)>>", b"(https://example.org/home/news)"))
    assert people(paper) == {("jdoe", "in a path of their computer")}


def test_a_file_that_unpacks_to_too_much_is_not_called_clean():
    bomb = zlib.compress(b"\0" * 2**20, 9)
    content = pdf(*(b"<</Filter [/FlateDecode] /Length %d>> stream\n%s\nendstream" % (len(bomb), bomb) for _ in "ab"))
    paper = open_paper(content, room=2**20 + 10)
    assert paper and paper.closed == "it unpacks to more than is looked through"


def archive(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        for name, text in files.items():
            file.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    "tag",
    ['<property name="', '<property name="a">', "<person ", "<x:xmpmeta><dc:creator>", "<dc:creator a", "<rdf:li>"],
)
def test_a_file_whose_elements_never_end_holds_up_nobody(tag: str):
    began = perf_counter()
    assert opened(archive(**{"docProps/core.xml": tag * (40_000 // len(tag))})).named == {}
    assert perf_counter() - began < 5, "each end is looked for to the end of the file, again and again"


def test_the_end_of_an_element_is_that_of_its_own_name():
    words = '<x:xmpmeta><dc:creator><dc:creators/>Jane</DC:creator ><xmp:owner>Joe <a:owner b:author="Amy"/>'
    assert people(opened(archive(**{"a.xml": words}))) == {("Jane", "author"), ("Amy", "author")}


def test_tracked_changes_name_their_authors_and_hold_what_was_taken_out():
    words = (
        '<w:p><w:del w:author="Jane Doe"><w:r><w:delText>Ami</w:delText></w:r><w:r><w:delText>na Example</w:delText>'
    )
    paper = opened(archive(**{"word/document.xml": words + "</w:r></w:del></w:p>"}))
    assert people(paper) == {("Jane Doe", "author of a change or comment")}
    assert any(WITNESS in text for text in paper.texts)


PROPERTIES = {
    "_AuthorEmail": "who sent it by e-mail",
    "_AuthorEmailDisplayName": "who sent it by e-mail",
    "MSIP_Label_0f1e2d3c-0000-4000-8000-000000000000_Owner": "who labelled it",
    "display_urn:schemas-microsoft-com:office:office#Editor": "who had it in SharePoint",
    "SharedWithUsers": "who had it in SharePoint",
    "Checked by": "named in a property",
}


@pytest.mark.parametrize(("name", "what"), PROPERTIES.items())
def test_properties_that_programs_add_name_people(name: str, what: str):
    said = "<vt:lpwstr>Jane &amp; Doe</vt:lpwstr>"
    word = f'<property pid="2" name="Pages"><vt:i4>7</vt:i4></property><property name="{name}">{said}</property>'
    writer = f'<meta:user-defined meta:name="{name}" meta:value-type="string">Jane &amp; Doe</meta:user-defined>'
    for paper in (archive(**{"docProps/custom.xml": word}), archive(**{"meta.xml": writer})):
        assert people(opened(paper)) == {("Jane & Doe", what)}
    key = name.replace(" ", "#20").encode()
    assert people(opened(pdf(b"<</" + key + b" (Jane & Doe)>>", trailer=b"/Info 1 0 R"))) == {("Jane & Doe", what)}


def test_other_properties_name_nobody():
    word = (
        '<property name="Owner"/><property name="Project"><vt:lpwstr>Jane</vt:lpwstr></property>'
        '<property name="MSIP_Label_0f1e2d3c_Name"><vt:lpwstr>Public</vt:lpwstr></property>'
    )
    assert people(opened(archive(**{"docProps/custom.xml": word}))) == set()


def test_columns_of_sharepoint_and_users_of_a_shared_workbook_name_people():
    columns = "<SharedWithUsers><UserInfo><DisplayName>Jane Doe</DisplayName><AccountId>1</AccountId></UserInfo>"
    made = {
        "customXml/item1.xml": f"{columns}<UserInfo><DisplayName></DisplayName></UserInfo></SharedWithUsers>",
        "xl/workbook.xml": '<fileSharing readOnlyRecommended="1" userName="John Roe"/>',
        "xl/revisions/userNames.xml": '<users><userInfo guid="{1}" name="Ann Roe" id="-1"/></users>',
    }
    assert people(opened(archive(**made))) == {
        ("Jane Doe", "who had it in SharePoint"),
        ("John Roe", "author of a change or comment"),
        ("Ann Roe", "author of a change or comment"),
    }


def test_who_has_no_name_is_not_told():
    core = (
        "<cp:lastModifiedBy></cp:lastModifiedBy><dc:creator>Microsoft Office User</dc:creator><author>Author</author>"
    )
    assert people(opened(archive(**{"docProps/core.xml": core}))) == set()


def test_a_file_in_an_archive_is_opened():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.write(PAPERS / "libreoffice.pdf", "reports/a.pdf")
        file.write(PAPERS / "locked.pdf", "reports/b.pdf")
    paper = opened(made.getvalue())
    assert people(paper) == {("John Roe", "author")}
    assert paper.closed == "it holds another file, and it is locked (encrypted)"


def test_rich_text():
    text = rb"{\rtf1{\info{\author Jos\'e9 \u321?}}{\*\revtbl {Unknown;}{Jane Doe;}}Ami{\b na} Example\par}"
    paper = opened(text)
    assert people(paper) == {("José Ł", "author"), ("Jane Doe", "author of a change or comment")}
    assert any(WITNESS in said for said in paper.texts)


FLAT = {
    "page of Word": """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
        <meta http-equiv=Content-Type content="text/html; charset=windows-1252">
        <!--[if gte mso 9]><xml><o:Author>Jos\xe9</o:Author><o:LastAuthor>Jane Doe</o:LastAuthor></xml><![endif]-->
        <link rel=File-List href="file:///C:/Users/annroe/report_files/filelist.xml"></head>
        <p>Ami<b>na</b> Example</p><ins cite="mailto:John%20Roe">a</ins>
        <span style='mso-comment-author:"Com Menter"'>""",
    "XML of Excel": """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">
        <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>Jane Doe</Author>
        </DocumentProperties><Cell><Data ss:Type="String">Amina Example</Data></Cell></Workbook>""",
    "XML of LibreOffice": """<?xml version="1.0" encoding="UTF-8"?>
        <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:meta>
        <meta:initial-creator>Jane Doe</meta:initial-creator></office:meta><text:p>Amina Example</text:p>""",
}


@pytest.mark.parametrize("what", FLAT)
def test_pages_and_xml_of_office_programs_are_looked_into(what: str):
    paper = opened(FLAT[what].encode("cp1252"))
    assert "Jane Doe" in {named.who for named in paper.named}
    assert any(WITNESS in text for text in paper.texts)


def test_a_page_of_word_names_all_who_worked_on_it_and_its_computer():
    assert people(opened(FLAT["page of Word"].encode("cp1252"))) == {
        ("José", "author"),
        ("Jane Doe", "who saved it last"),
        ("John Roe", "author of a change or comment"),
        ("Com Menter", "author of a change or comment"),
        ("annroe", "in a path of their computer"),
    }


@pytest.mark.parametrize("encoding", ["nonsense-9", "idna", "rot13"])
def test_an_encoding_that_is_none_keeps_nobody_from_reading(encoding: str):
    page = FLAT["page of Word"].replace("windows-1252", encoding).encode()
    assert ("José", "author") in people(opened(page))


def test_other_files_are_no_papers():
    assert not any(map(is_paper, (b"", b"body {}", b"\x89PNG\r\n", b"wOF2\0", b"<svg/>")))


@pytest.fixture
def folder(site) -> SiteFolder:
    made: SiteFolder = site()
    made.write("alerts/2026/2026-11-04-good.md", "---\ntitle: Good\ndate: 2026-11-04\ncountry: SD\n---\nText.\n")
    made.write("site.yaml", "title: Test\nbase_url: https://example.org/\nsearch: false\ncleared: [John Roe]\n")
    made.write(WITHHELD, f"{WITNESS}\nJane Doe\n")
    return made


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.xlsx", "qpdf.pdf"])
def test_a_withheld_name_in_a_file_stops_a_build_and_is_said_nowhere(folder: SiteFolder, name: str):
    folder.write(f"static/{name}", (PAPERS / name).read_bytes())
    for _ in range(2):
        ran = alertgen("build", "--now", NOW, cwd=folder.root)
        assert ran.code == 1
        assert f"static/{name}: error[do-not-publish]" in ran.all
        assert not folder.path("public").exists()
        kept = b"".join(path.read_bytes() for path in folder.path(".alertgen").rglob("*") if path.is_file())
        assert not any(part in ran.all or part.encode() in kept for part in ("Amina", "Jane", "Doe"))


def test_an_author_who_is_withheld_is_masked(folder: SiteFolder):
    folder.write("static/a.xlsx", (PAPERS / "libreoffice.xlsx").read_bytes())
    told = [format_problem(problem) for problem in folder.load().problems if problem.code == "static-file-not-bare"]
    assert len(told) == 1
    assert f"{HIDDEN} (who saved it last)" in told[0]
    assert "John Roe" not in told[0], "who is cleared is not told"


def test_a_file_without_anybody_is_published_as_it_is(folder: SiteFolder):
    folder.write(WITHHELD, "Somebody Else\n")
    folder.write("static/fine.pdf", (PAPERS / "chromium.pdf").read_bytes())
    folder.write("static/cleared.pdf", (PAPERS / "libreoffice.pdf").read_bytes())
    for _ in range(2):
        assert folder.load().problems == ()
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0


def test_a_name_that_is_listed_later_is_found_in_a_file_that_is_remembered(folder: SiteFolder):
    folder.write(WITHHELD, "Somebody Else\n")
    folder.write("static/fine.pdf", (PAPERS / "chromium.pdf").read_bytes())
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0
    folder.write(WITHHELD, f"{WITNESS}\n")
    assert "error[do-not-publish]" in alertgen("build", "--now", NOW, cwd=folder.root).all
