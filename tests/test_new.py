"""`alertgen new`: the file of the next alert, by flags and by questions."""

import datetime
import re

import pytest

from alertgen.load.markdown.typography import typeset
from alertgen.load.series import Series, read_series
from alertgen.store import Store
from alertgen.tools.new_alert import NewAlert, default_title, next_day, next_number, path_of, text_of, write_new
from alertgen.write import MachineError
from conftest import NOON
from terminal import NOW, alertgen, typed
from txtar import picture

TODAY = datetime.date(2026, 11, 20)  # a Friday
SERIES = """\
-- site.yaml --
title: Test Alert
base_url: https://example.org/
levels: r2p-monitor
timezone: Pacific/Auckland
-- alerts/2026/2026-11-10-mali.md --
---
title: Mali
date: 2026-11-10
number: 7
country: ML
---
Text.
-- alerts/2026/2026-11-17-sudan.md --
---
title: Sudan
date: 2026-11-17
number: 8
country: SD
---
Text.
-- alerts/2026/2026-11-24-draft.md --
---
title: A draft with a fault
date: 2026-11-24
number: 12
country: Norwya
draft: true
---
Text.
"""


@pytest.fixture
def bulletin(site):
    return site(SERIES)


def series_of(folder) -> Series:
    series = read_series(folder.root, Store(None))
    assert isinstance(series, Series)
    return series


def test_the_next_number_counts_drafts_and_files_with_faults(bulletin):
    assert next_number(series_of(bulletin)) == 13


def test_a_first_alert_is_number_one_on_a_wednesday(site):
    series = series_of(site())
    assert next_number(series) == 1
    assert next_day(series, TODAY) == datetime.date(2026, 11, 25)
    assert next_day(series, datetime.date(2026, 11, 25)) == datetime.date(2026, 11, 25)


def test_a_series_without_numbers_stays_without(site):
    folder = site("-- alerts/2026-11-17-a.md --\n---\ntitle: A\ndate: 2026-11-17\n---\nText.\n")
    assert next_number(series_of(folder)) is None


def test_the_next_day_is_the_weekday_of_the_series_that_no_alert_has_yet(bulletin):
    assert next_day(series_of(bulletin), TODAY) == datetime.date(2026, 12, 1)  # a Tuesday; 24 November is taken


def test_a_title_is_made_of_the_countries_in_the_language_of_the_site(bulletin):
    by_code = {country.code: country for country in series_of(bulletin).countries}
    places = [by_code[code] for code in ("SD", "ML", "YE")]
    assert default_title(places, "en") == "Sudan, Mali and Yemen"
    assert default_title(places, "fr") == "Soudan, Mali et Yémen"


def test_an_address_is_given_once_a_year(bulletin):
    series = series_of(bulletin)
    alert = NewAlert(id="urn:x:1", title="Sudan", date=datetime.date(2026, 12, 1), number=13)
    assert path_of(alert, series) == "alerts/2026/2026-12-01-sudan-13.md"
    later = NewAlert(id="urn:x:1", title="Sudan", date=datetime.date(2027, 1, 5), number=14)
    assert path_of(later, series) == "alerts/2027/2027-01-05-sudan.md"


@pytest.mark.parametrize("codes", [(), ("SD",), ("NO", "SE")])
@pytest.mark.parametrize("title", ["Talks on Sudan", "No: 12:30 # yes", "السودان", "---"])
def test_a_new_file_lacks_nothing_but_what_is_marked(site, codes, title):
    folder = site()
    series = series_of(folder)
    places = tuple(country for country in series.countries if country.code in codes)
    alert = NewAlert(id="urn:x:1", title=title, date=TODAY, number=1, countries=places)
    folder.write(path_of(alert, series), text_of(alert))
    loaded = folder.load(now=NOON)
    assert {problem.code for problem in loaded.problems} == {"todo-left"}
    assert all(problem.severity == "advice" for problem in loaded.problems)
    folder.edit(path_of(alert, series), "draft: true\n", "")
    folder.write(path_of(alert, series), re.sub(r"TODO: ?", "", folder.path(path_of(alert, series)).read_text()))
    loaded = folder.load(now=NOON)
    assert loaded.problems == ()
    assert [alert.title for alert in loaded.site.alerts] == [typeset(title, "en")]


@pytest.mark.parametrize("named", ["alerts/2026/photo.png", "photo.png"])
def test_flags_make_a_draft_and_say_what_is_next(bulletin, named):
    """A photo beside the alert is named as seen from here, or alone, as the hint says that asks for a copy there."""
    bulletin.write("alerts/2026/photo.png", picture())
    ran = alertgen(
        "new", "--country", "Sudan", "--risk-tag", "war-crimes", "--level", "current-crisis", "--now", NOW,
        "--image", named, cwd=bulletin.root,
    )  # fmt: skip
    path = "alerts/2026/2026-12-01-sudan-13.md"
    assert ran.code == 0, ran.all
    assert ran.out.startswith(f"Wrote {path}, a draft")
    text = bulletin.path(path).read_text()
    assert re.search(r"^id: urn:uuid:[0-9a-f-]{36}$", text, re.MULTILINE)
    assert "image: photo.png\n" in text
    assert "number: 13\ncountry: SD\n" in re.sub(r"summary.*\n", "", text)
    ran = alertgen("check", "--now", NOW, cwd=bulletin.root)
    told = [line for line in ran.out.splitlines() if line.startswith(f"{path}:")]
    assert len(told) == 1
    assert told[0].endswith("advice[todo-left]: this draft is still to be written here and in 4 more places")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "--country is missing"),
        (["--country", "Norwya"], "did you mean Norway (NO)?"),
        (["--country", "SD", "--date", "25.11.2026"], "write 2026-11-25"),
        (["--country", "SD", "--number", "8"], "the next free one is 13"),
        (["--country", "SD", "--risk-tag", "war crime"], "did you mean war-crimes?"),
        (["--country", "SD", "--country", "ML", "--level", "current-crisis"], "a level is about one country"),
        (["--country", "SD", "--level", "serious-concern"], "has not been in use since 2023-03"),
        (["--country", "SD", "--trend", "better"], "deteriorated, unchanged or improved"),
        (["--country", "SD", "--image", "no.png"], 'there is no file "no.png"'),
        (["--country", "SD", "--image", "/etc/hostname"], "outside the folder of the site"),
        (["--country", "SD", "--image", "site.yaml"], "picture"),
        (["--country", "SD", "--image-alt", "x"], "name the file of the photo with --image"),
    ],
)
def test_wrong_flags_are_named_and_nothing_is_written(bulletin, flags, said):
    before = sorted(bulletin.root.rglob("*.md"))
    ran = alertgen("new", *flags, "--now", NOW, cwd=bulletin.root)
    assert ran.code == 2
    assert said in ran.err, ran.err
    assert sorted(bulletin.root.rglob("*.md")) == before


def test_a_file_is_never_overwritten(bulletin):
    bulletin.write("alerts/2026/2026-12-01-attack.fr.md", "---\ntitle: A\ndate: 2026-12-01\n---\nText.\n")
    write_new(bulletin.root, "alerts/2026/2026-12-01-attack.md", "mine")
    with pytest.raises(MachineError, match="is there already"):
        write_new(bulletin.root, "alerts/2026/2026-12-01-attack.md", "yours")
    ran = alertgen("new", "--title", "Attack", "--date", "2026-12-01", "--number", "none", cwd=bulletin.root)
    assert ran.code == 0
    assert bulletin.path("alerts/2026/2026-12-01-attack.md").read_text() == "mine"
    assert bulletin.path("alerts/2026/2026-12-01-attack-12-01.md").is_file()


def test_a_fault_of_the_site_file_is_told(bulletin):
    bulletin.write("site.yaml", "titel: X\n")
    ran = alertgen("new", "--country", "SD", cwd=bulletin.root)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown-key" in ran.err
    assert "    1 | titel: X\n" in ran.err


@pytest.mark.parametrize("command", [("new", "--country", "SD"), ("schema",), ("cms", "--repo", "desk/bulletin")])
def test_a_fault_of_the_site_file_shows_no_name_that_must_not_appear(bulletin, command):
    bulletin.write("do-not-publish.txt", "Amina Example\n")
    bulletin.edit("site.yaml", "timezone: Pacific/Auckland", "timezone: Amina Example")
    ran = alertgen(*command, cwd=bulletin.root)
    assert (ran.code, ran.out) == (2, "")
    assert "[withheld]" in ran.err
    assert "Amina" not in ran.err


def test_questions_are_asked_again_until_the_answer_can_be_taken(bulletin):
    keys = ["Norwya", "Norway", "", "2026-13-01", "", "8", "", "nonsense", "imminent-risk", "none.png", ""]
    ran = typed("new", "--now", NOW, keys=keys, cwd=bulletin.root)
    assert ran.code == 0, ran.out
    assert '"Norwya" is not a country I know\n  hint: did you mean Norway (NO)?' in ran.out
    assert "there are twelve" in ran.out
    assert "has the number 8" in ran.out
    assert '"nonsense" is not a level of this site' in ran.out
    assert 'there is no file "none.png"\n  hint: copy it into alerts/2026/ first, then write its name' in ran.out
    text = bulletin.path("alerts/2026/2026-12-01-norway.md").read_text()
    assert "country: 'NO'\nlevel: imminent-risk\n" in text
    assert "number: 13" in text


def test_who_stops_answering_gets_no_file(bulletin):
    before = sorted(bulletin.root.rglob("*.md"))
    ran = typed("new", "--now", NOW, keys=["Norway", "\x03"], cwd=bulletin.root)
    assert ran.code == 130
    assert "Traceback" not in ran.out
    assert sorted(bulletin.root.rglob("*.md")) == before


def test_a_draft_that_is_still_to_be_written_is_not_said_to_be_in_another_language(bulletin):
    bulletin.write("site.yaml", "title: Bulletin\nbase_url: https://example.org/\nlanguage: fr\nlevels: r2p-monitor\n")
    countries = [word for country in ("SD", "TD", "ML") for word in ("--country", country)]
    ran = alertgen("new", *countries, "--title", "Trois pays", "--now", NOW, cwd=bulletin.root)
    assert ran.code == 0, ran.all
    assert "trois-pays.md:" in alertgen("check", "--now", NOW, cwd=bulletin.root).out
    assert not re.search(r"trois-pays\.md:.*other-language", alertgen("check", "--now", NOW, cwd=bulletin.root).out)
