"""Every problem of a site as a whole, provoked by a small site, with the exact report that its editor reads."""

import re
from pathlib import Path

import pytest

import alertgen
from alertgen.build import check
from alertgen.codes import CODES
from conftest import NOON, SiteFolder

BAD = Path(__file__).parent / "bad_sites"
CASES = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())
MADE_BY_THE_MACHINE = {"image-changed", "search-failed"}
"""Codes that no content provokes: a file changes under our hands, or a program does not run."""
ABOUT_NO_LINE = {
    ":1:1": {
        *("merge-conflict", "no-front-matter", "unclosed-front-matter", "wrong-fence"),  # it is that line
        *(
            "changed-id",
            "changed-number",
            "missing-key",
            "same-summary",
            "translation-mismatch",
            "translation-of-draft",
            "uncorrected-translation",
            "vanished-address",
            "vanished-anchor",
        ),  # no such key
        *("address-taken", "twin-files", "twin-slug", "windows-name", "wrong-slug"),  # the name of the file says it
        "untranslated-text",  # the whole of it
    },
    ":1": {"do-not-publish", "lost-in-template", "missing-key", "no-front-matter", "template-error"},
    "": {
        *("incomplete-page", "page-without-policy"),  # no such line
        *("empty-file", "too-large", "unreadable-file", "utf-16", "static-picture-not-bare"),  # the whole of it
        *(
            "do-not-publish",
            "ignored-file",
            "copied-file",
            "misnamed-list",
            "misnamed-translation",
            "not-downloaded",
            "unread-text",
            "unread-theme",
            "refused-path",
            "unusable-name",
            "windows-name",
        ),  # its name
        *("twin-names", "unknown-language", "unused-template"),  # its name, too
        *("static-file-not-bare", "unsearched-file", "unknown-static-file", "unused-static-file"),  # it has no lines
        *("left-over", "not-for-readers", "secret-in-static", "seems-held", "text-in-static"),  # the whole of it
        *("no-site-file", "no-network"),
    },
}
"""Codes of reports that point at the first line, or at a file as a whole; all others name the line to mend."""


@pytest.mark.parametrize("case", CASES)
def test_each_problem_is_reported_word_for_word(case: str, site, reported):
    folder: SiteFolder = site((BAD / case / "input.txt").read_text(encoding="utf-8"))
    reported(check(folder.root, now=NOON).problems, BAD / case)


@pytest.mark.parametrize("at", ABOUT_NO_LINE)
def test_only_what_no_line_says_is_told_without_its_line(at: str):
    reports = [file.read_text(encoding="utf-8") for file in BAD.parent.glob("bad*/*/expected.txt")]
    found = {code for text in reports for code in re.findall(rf"^[^\s:]+{at}: \w+\[(.+?)\]", text, re.MULTILINE)}
    assert found == ABOUT_NO_LINE[at]


def test_every_code_has_its_case():
    loading = {folder.name for folder in (BAD.parent / "bad").iterdir() if folder.is_dir()}
    elsewhere = {folder.name for folder in (BAD.parent / "bad_links").iterdir() if folder.is_dir()}
    assert set(CODES) - loading - set(CASES) - elsewhere - MADE_BY_THE_MACHINE == set()


def test_every_code_is_raised_somewhere():
    modules = Path(alertgen.__file__).parent.rglob("*.py")
    raised = {
        word
        for path in modules
        if path.name != "codes.py"
        for word in re.findall(r'"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(CODES) - raised == set()


def test_an_alias_that_is_a_page_is_told_beside_the_faults_of_other_files(site):
    folder: SiteFolder = site((BAD / "alias-is-a-page" / "input.txt").read_text(encoding="utf-8"))
    folder.write("alerts/2026-11-19-b.md", "---\ntitle: B\ndate: 2026-11-19\ncountry: Norwya\n---\nText.\n")
    assert [found.code for found in check(folder.root, now=NOON).problems] == ["alias-is-a-page", "unknown-country"]


def test_an_alias_may_begin_with_the_folder_of_the_site_where_pages_do(site):
    text = "---\ntitle: A\ndate: 2026-11-19\ncountry: SD\naliases: [/alerts/2020/old/]\n---\nText.\n"
    folder: SiteFolder = site(f"-- alerts/2026-11-19-a.md --\n{text}")
    folder.edit("site.yaml", "https://example.org/", "https://example.org/alerts/")
    assert check(folder.root, now=NOON).problems == ()
