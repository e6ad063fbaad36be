"""Names of do-not-publish.txt stop a build wherever they stand, and are said nowhere: not in any report or memory."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alertgen import WITHHELD
from alertgen.load.people.list_name import is_meant_as_list
from alertgen.load.people.withheld import HIDDEN, read_withheld, withheld
from alertgen.report import format_problem
from alertgen.serve.preview import Preview
from conftest import NOON, SiteFolder
from terminal import NOW, alertgen

NAMES = withheld(["Ánna Ivanová", "A. B. Mohamed", "José Nuñez", "\u0623\u062d\u0645\u062f \u0628\u0646 \u0639\u0644\u064a", "\u738b\u5c0f\u660e", "Sean O\u2019Brien", "Al-Rashid", "Bjørn Łukasz", "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df"])  # fmt: skip  # noqa: E501
FOUND = [
    "Anna Ivanova", "ANNA IVANOVÁ said", unicodedata.normalize("NFD", "Ánna Ivanová"), "anna  ivanova", "Anna\nIvanova",
    "> Anna\n> Ivanova", "An**na** Ivanova", "_Anna_ Ivanova", "**Anna Ivan**ova", "[Anna](https://x.example/) Ivanova",
    "[Anna Ivanova][r]", "Anna[^1] Ivanova", "Anna {: .x } Ivanova", "Anna <b>Ivanov</b>a", "Anna<!-- x --> Ivanova",
    "Anna&nbsp;Ivanova", "A&#110;na Ivanova", "A&#x6e;na Ivanova", "\"Ann\\u0061 Ivanova\"", "An\u00adna Iva\u200bnova",
    "Anna Iva\u3164nova", "Anna\u200bIvanova", "A N N A  I V A N O V A", "A n n a I v a n o v a", "Anna I-v-a-n-o-v-a",
    "Anna I.v.a.n.o.v.a",
    "Anna **I** v a n o v a",    "A.B. Mohamed", "AB Mohamed", "A B Mohamed", "A.&nbsp;B. Mohamed", "Mohamed, A. B.",
    "A\\. B\\. M\\ohamed", "A. B. M o h a m e d",
    "2026-11-25-anna-ivanova", "?q=Anna+Ivanova", "https://social.example/@AnnaIvanova", "annaivanova2.jpg",
    "alerts/anna_ivanova2.jpg", "anna.ivanova.jpg", "/ANNA%20IVANOVA/",
    "Jos%C3%A9%20Nu%C3%B1ez", "| Anna | Ivanova | 34 |",
    "Anna Ivanova's brother", "(Anna Ivanova)", "jose nunez", "Sean O'Brien", "SEAN O\u02bcBRIEN", "al rashid",
    "Al\u2011Rashid",
    "bjorn lukasz", "\u636e\u738b\u5c0f\u660e\u8bf4", "\u0648\u0623\u062d\u0645\u062f \u0628\u0646 \u0639\u0644\u064a",
    "\u0627\u062d\u0645\u062f \u0628\u0646 \u0639\u0644\u0649",
    "\u0623\u064e\u062d\u0645\u064e\u062f \u0628\u0646 \u0639\u0644\u064a\u0651",
    "[Anna](https://x.example/a_(b)) Ivanova", "Anna<sup>1</sup> Ivanova", "Anna\u00b9 Ivanova",
    "An<!-- > -->na Ivanova",
    "Anna <!-- Ivanova -->", "Anna (Ivanova)", '"Anna" Ivanova', "Anna & Ivanova",
    "- Anna\n- Ivanova", "An-\nna Ivanova",
    "> An-\n> na Iva\u00ad\n> nova", "Ivanova, Anna", '"Ivanova";"Anna"', "| Ivanova | Anna |", "N:Ivanova;Anna;;;",
    "title: 'Sean O''Brien'", "Sean OBrien", "Sean O Brien", '"\\U00000041nna Ivanova"', '"An\\\n  na Ivanova"',
    "\u738b \u5c0f\u660e", "\u738b\u5c0f\n\u660e", "\u738b\u00b7\u5c0f\u660e", "\u738b**\u5c0f\u660e**",
    "\u05d3\u05d5\u05d3\u05be\u05db\u05d4\u05df",
]  # fmt: skip
OTHERS = [
    "A. Mohamed", "CAB Mohamed", "a n n a", "A-n-n-a-b-e-l Ivanova",
    "Annabel Ivanova", "Susanna Ivanova", "Anna and Ivanova", "Anna Ivanovas", "Ivanova Anna", "Rashid", "Al-Rashidun",
    "Jose", "O'Brien", "\u738b\u5c0f", "Anna.\n\nSomething else. Ivanov", "",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_name_is_found_however_it_is_written(text: str):
    assert NAMES.stands_in(f"He said: {text}.")
    assert NAMES.lines(f"first\n\n{text}\nlast")[0] == 3
    assert not NAMES.stands_in(NAMES.masked(f"He said: {text}."))
    assert HIDDEN in NAMES.masked(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_names_are_not(text: str):
    assert not NAMES.stands_in(f"He said: {text}.")
    assert NAMES.masked(text) == text


@given(st.text(max_size=60), st.sampled_from(FOUND), st.text(max_size=60))
def test_what_is_masked_holds_no_name(before: str, name: str, after: str):
    assert not NAMES.stands_in(NAMES.masked(before + name + after))


UNSPELLED = st.characters(exclude_characters="&%\\", exclude_categories=["Cs", "Cc"])
"""Signs that do not spell another one, and no line ends."""


@example("\u00b9\u00df\ud7fc", "")
@given(st.text(UNSPELLED, min_size=3, max_size=20), st.text(UNSPELLED, max_size=20))
def test_any_line_of_the_list_is_found_in_itself(name: str, around: str):
    listed = withheld([name])
    if listed:
        assert listed.stands_in(f"{around} , {name} , {around}")


def test_many_lines_of_one_text_are_each_told():
    assert NAMES.lines("x\nAnna Ivanova\nx\nAnna\nIvanova\nx\n\nAl-Rashid") == (2, 4, 8)


SECRET = "Anna Ivanova"
SPELLINGS = ("ivanova", "Ivanova", "IVANOVA")
TEXT = """\
---
title: {0} speaks
date: 2026-11-11
country: SD
image: {1}.jpg
image_alt: {0}
image_credit: {0}
image_caption: {0}
sources: [{{title: {0}, url: "https://example.com/{1}"}}]
aliases: [/{1}/]
draft: {2}
---
## {0} {{: country=Nowhere-{1} }}

{0} said, [see][{1}] and [that](../{1}.md) ![x](other-{1}.png)
"""


@pytest.fixture
def folder(site) -> SiteFolder:
    made: SiteFolder = site()
    made.write("alerts/2026/2026-11-04-good.md", "---\ntitle: Good\ndate: 2026-11-04\ncountry: SD\n---\nText.\n")
    made.write("site.yaml", "title: Test\nbase_url: https://example.org/\nsearch: false\n")
    made.write(WITHHELD, f"# remarks are not names: Good\n\n  {SECRET}  \n")
    return made


def said(folder: SiteFolder, *words: str) -> set[str]:
    """What the commands print, in every form, and what is remembered and published."""
    told = {
        f"{command} {how}": alertgen(command, "--now", NOW, "--format", how, *words, cwd=folder.root).all
        for command in ("check", "build") for how in ("text", "json", "sarif", "github")
    }  # fmt: skip
    kept = [*folder.path(".alertgen").rglob("*"), *folder.path("public").rglob("*")]
    told |= {path.name: f"{path}\n{path.read_bytes().decode('latin-1')}" for path in kept if path.is_file()}
    return {where for where, text in told.items() if any(spelling in text for spelling in SPELLINGS)}


def write(folder: SiteFolder, *, draft: bool, name: str = "2026-11-11-anna-ivanova") -> None:
    folder.write(f"alerts/2026/{name}.md", TEXT.format(SECRET, "anna-ivanova", str(draft).lower()))


def test_a_text_with_a_name_is_refused_in_silence(folder):
    write(folder, draft=False)
    ran = alertgen("build", "--now", NOW, "--format", "json", cwd=folder.root)
    problems = json.loads(ran.out)["problems"]
    assert ran.code == 1
    lines = [problem["line"] for problem in problems if problem["code"] == "do-not-publish"]
    assert lines == [0, 2, 5, 6, 7, 8, 9, 10, 13, 15] or lines == [None, 2, 5, 6, 7, 8, 9, 10, 13, 15]
    assert not folder.path("public").exists()
    assert said(folder) == set()


def test_a_draft_with_a_name_is_held_back_in_silence(folder):
    """Drafts are where names stand before they are taken out."""
    write(folder, draft=True)
    folder.write("alerts/2026/other-anna-ivanova.png", b"no picture")
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 0, ran.all
    assert "alerts/2026/2026-11-11-[withheld].md" in ran.all
    assert "warning[do-not-publish]" in ran.all
    assert said(folder) == set()
    assert said(folder) == set(), "also when nothing has changed"


def test_a_draft_that_is_named_like_somebody_is_in_no_list_of_files(folder):
    """Not even when all has rested for so long that the next build need not look."""
    draft = f"---\ntitle: {SECRET}\ndate: 2026-11-11\ndraft: true\n---\nText of {SECRET}.\n"
    folder.write("alerts/2026/2026-11-11-anna-ivanova.md", draft)
    time.sleep(0.2)
    for _ in range(2):
        assert said(folder) == set()


def test_the_preview_tells_of_a_name_in_silence(folder):
    """It shows the draft itself, which is what its author is writing; what it says about it names nobody."""
    write(folder, draft=True)
    with Preview(folder.root, lambda: NOON) as preview:
        shown = preview.look()
    assert "do-not-publish" in {problem.code for problem in shown.problems}
    told = "\n".join(map(format_problem, shown.problems))
    assert not [spelling for spelling in SPELLINGS if spelling in told]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("José Nuñez", "cp1252"), ("José Nuñez", "utf-16"), ("Łukasz Żak", "cp1250"), ("Иван Петров", "cp1251"),
     ("محمد الحسن", "cp1256"), ("Νίκος Παππάς", "cp1253"), ("דוד כהן", "cp1255"), ("王小明", "gb18030"),
     ("王小明", "cp932"),     ("José Nuñez", "utf-8")],
)  # fmt: skip
def test_a_table_that_excel_saved_is_searched(folder, name: str, encoding: str):
    """By itself, it saves CSV in the encoding that its country had before UTF-8, and "Unicode text" in UTF-16."""
    folder.write(WITHHELD, name)
    folder.write("static/list.csv", f"place;name\r\nEl Fasher;{name}\r\n".encode(encoding))
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert "static/list.csv:2: error[do-not-publish]" in ran.all


def test_a_name_that_is_listed_later_stops_the_next_build(folder):
    folder.delete(WITHHELD)
    folder.write("alerts/2026/2026-11-11-a.md", f"---\ntitle: T\ndate: 2026-11-11\n---\n{SECRET} said.\n")
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0
    folder.write(WITHHELD, SECRET)
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert "alerts/2026/2026-11-11-a.md:5: error[do-not-publish]" in ran.all
    folder.delete(WITHHELD)
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0


@pytest.mark.parametrize(
    "place",
    [
        f"{WITHHELD}.txt",
        "Do not publish.txt",
        f"static/{WITHHELD}",
        f"static/{WITHHELD}.bak",
        f"alerts/2026/{WITHHELD}",
    ],
)
def test_a_list_that_would_not_be_read_stops_the_next_build(folder, place: str):
    folder.delete(WITHHELD)
    folder.write("alerts/2026/2026-11-11-a.md", "---\ntitle: T\ndate: 2026-11-11\n---\nA text.\n")
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0
    time.sleep(0.2)
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0
    folder.write(place, SECRET)
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert f"{place}: error[misnamed-list]" in ran.all
    assert place in alertgen("doctor", cwd=folder.root).all or "/" in place
    folder.write("alerts/2026/2026-11-11-a.md", "---\ntitle: T\ndate: 2026-11-11\n---\nA text, reworded.\n")
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 1
    folder.move(place, WITHHELD)
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0


@pytest.mark.parametrize(
    "name", ["publish.sh", "published.json", f"{WITHHELD}~", f".{WITHHELD}.swp", f"{WITHHELD}.bak"]
)
def test_what_programs_keep_beside_a_list_is_no_list(name: str):
    assert not is_meant_as_list(name)


@pytest.mark.parametrize(
    "content", [SECRET.encode("utf-16"), b"\xff\xfe\xfd Ivanov\xe1\n", b"Ivanov\xe1\n", f"{SECRET}\nL\n".encode()]
)
def test_a_list_that_cannot_be_read_stops_everything(folder, content: bytes):
    folder.write(WITHHELD, content)
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert f"{WITHHELD}" in ran.all
    assert not [spelling for spelling in ("Ivanov", "ivanov") if spelling in ran.all]
    assert not folder.path("public").exists()


def test_a_list_outside_the_site_is_refused(folder, tmp_path: Path):
    folder.delete(WITHHELD)
    (tmp_path / "list.txt").write_text(SECRET)
    folder.path(WITHHELD).symlink_to(tmp_path / "list.txt")
    found, problems = read_withheld(folder.root)
    assert not found
    assert [problem.code for problem in problems] == ["refused-path"]


def test_the_list_of_windows_notepad_is_read(folder):
    folder.write(WITHHELD, ("\ufeff" + SECRET + "\r\nB. Other\r\n").encode())
    found, problems = read_withheld(folder.root)
    assert problems == ()
    assert found.stands_in(SECRET) and found.stands_in("b other")


def test_names_between_the_marks_of_a_conflict_are_looked_for_and_the_marks_are_told_once(folder):
    both = f"Amina Example\n<<<<<<< HEAD\n{SECRET}\n=======\nKarim Example\n>>>>>>> of-jane\n"
    folder.write(WITHHELD, both)
    found, (problem,) = read_withheld(folder.root)
    assert all(found.stands_in(name) for name in ("Amina Example", SECRET, "Karim Example"))
    assert (problem.code, problem.at.line) == ("merge-conflict", 2)
    assert problem.hint.startswith("keep the names of both, and delete the lines that begin with <<<<<<<, =======")


@pytest.mark.parametrize("left", ["", " \n\n"])
def test_a_list_of_which_nothing_is_left_stops_a_build(folder, left):
    folder.write(WITHHELD, left)
    assert [(one.code, one.at.path) for one in read_withheld(folder.root)[1]] == [("empty-file", WITHHELD)]
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 1
    folder.write(WITHHELD, "# Nobody yet.\n")
    assert read_withheld(folder.root)[1] == ()


def test_the_list_itself_is_never_published(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    assert folder.path("public/index.html").exists()
    assert not [path for path in folder.path("public").rglob("*") if WITHHELD in path.name]
    assert said(folder) == set()
    assert SECRET not in repr(read_withheld(folder.root)[0])
