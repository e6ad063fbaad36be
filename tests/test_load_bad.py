"""Every problem of loading, provoked by a small site, with the exact report that its editor reads."""

import re
from pathlib import Path

import pytest

import alertgen.load
from alertgen.codes import CODES
from conftest import SiteFolder

BAD = Path(__file__).parent / "bad"
CASES = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())
MARKDOWN = ("addresses", "lints", "markdown", "sanitise", "typography")
"""How the names of the modules begin that belong to Markdown, which has tests of its own."""


@pytest.mark.parametrize("case", CASES)
def test_each_problem_is_reported_word_for_word(case: str, site, reported):
    folder: SiteFolder = site((BAD / case / "input.txt").read_text(encoding="utf-8"))
    loaded = folder.load()
    reported(loaded.problems, BAD / case)
    assert all(problem.code in CODES and problem.hint != problem.message for problem in loaded.problems)


@pytest.mark.parametrize("case", CASES)
def test_a_second_load_reports_the_same(case: str, site):
    folder: SiteFolder = site((BAD / case / "input.txt").read_text(encoding="utf-8"))
    assert folder.load() == folder.load()


def test_every_code_of_loading_has_its_case():
    modules = [path for path in Path(alertgen.load.__file__).parent.rglob("*.py") if not path.stem.startswith(MARKDOWN)]
    words = {word for path in modules for word in re.findall(r'"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))}
    assert words & set(CODES) - set(CASES) == set()
