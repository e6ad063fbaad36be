"""What seems to be kept at home: an error, unless it was published under that very name."""

from alertgen.build import build
from conftest import NOON

TEXT = """
-- alerts/2026-11-11-law-draft.md --
---
title: A law
date: 2026-11-11
draft: true
summary: What it says.
---
Text of it.
"""


def test_a_draft_by_its_name_is_told_when_it_is_none_any_more(site) -> None:
    folder = site(TEXT)
    folder.edit("alerts/2026-11-11-law-draft.md", "draft: true\n", "")
    assert [problem.code for problem in folder.load().problems] == ["seems-held"]


def test_what_was_published_under_such_a_name_stays_as_it_is(site) -> None:
    folder = site(TEXT.replace("law-draft", "law"))
    folder.edit("alerts/2026-11-11-law.md", "draft: true\n", "slug: law-draft\n")
    assert build(folder.root, folder.path("public"), now=NOON).ok
    folder.edit("alerts/2026-11-11-law.md", "slug: law-draft\n", "")
    folder.move("alerts/2026-11-11-law.md", "alerts/2026-11-11-law-draft.md")
    assert not folder.load().problems


def test_what_was_published_and_is_put_into_a_folder_of_drafts_is_told(site) -> None:
    folder = site(TEXT.replace("law-draft", "law"))
    folder.edit("alerts/2026-11-11-law.md", "draft: true\n", "")
    assert build(folder.root, folder.path("public"), now=NOON).ok
    folder.move("alerts/2026-11-11-law.md", "alerts/drafts/2026-11-11-law.md")
    assert [problem.code for problem in folder.load().problems] == ["seems-held"]
