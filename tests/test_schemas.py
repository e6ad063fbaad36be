"""`alertgen schema` and `alertgen cms`: what other editing programs are told, by an independent reader of schemas."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.keys.schema import AlertKeys, PageKeys
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import country_spellings, data_files, read_vocabularies, spelled
from terminal import alertgen

ROOT = Path(__file__).parent.parent
SITE = """\
-- site.yaml --
title: T
base_url: https://example.org/
languages: [en, fr]
levels: r2p-monitor
risk_tags:
  - slug: hate-speech
    name: Hate speech
"""


def test_the_schema_allows_exactly_the_names_of_countries_that_a_build_takes():
    vocabularies = read_vocabularies(*data_files())
    terms = Terms(vocabularies, (), ())
    listed = country_spellings(data_files()[0])
    taken = {name for name, codes in vocabularies.country_names if len(codes) == 1}
    assert {spelled(name) for name in listed} == taken
    assert [name for name in listed if isinstance(terms.country(name, Place("a.md")), Diagnostic)] == []
    assert "Lao People's Democratic Republic" in listed
    assert "Hong Kong" in listed


class AsTyped(yaml.SafeLoader):
    """YAML as most editing programs read it: days stay text."""


AsTyped.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def checked(folder, kind):
    ran = alertgen("schema", "--of", kind, cwd=folder)
    assert ran.code == 0, ran.all
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def header(file: Path):
    return yaml.load(file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n"), AsTyped)


@pytest.mark.parametrize(("kind", "folder"), [("alert", "alerts"), ("page", "pages")])
def test_every_text_of_the_sample_keeps_to_its_schema(kind, folder):
    validator = checked(ROOT, kind)
    for file in sorted((ROOT / folder).rglob("*.md")):
        assert [error.message for error in validator.iter_errors(header(file))] == [], file


def test_the_site_file_of_the_sample_keeps_to_its_schema():
    config = yaml.load((ROOT / "site.yaml").read_text(encoding="utf-8"), AsTyped)
    assert [error.message for error in checked(ROOT, "site").iter_errors(config)] == []


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("country", ["SD", "Sudan", "CAR", ["NO", "SE"]], ["Norwya", "Congo", ["SD", "XX"], 3]),
        ("risk_tags", ["war-crimes", ["genocide", "hate-speech"]], ["war crimes", ["War-Crimes"]]),
        ("level", ["current-crisis"], ["crisis"]),
        ("trend", ["improved"], ["better"]),
        ("lang", ["en", "fr"], ["ar"]),
        ("date", ["2026-11-18"], ["18 November 2026", "2026-11-18T10:00"]),
        ("embargo", ["2026-11-18T17:00+01:00", "2026-11-18T17:00:00Z"], ["2026-11-18T17:00"]),
        ("number", [7], ["7th"]),
        ("draft", [True], ["yes"]),
        ("aliases", ["/old/", ["/a/", "/b/"]], ["old"]),
        (
            "sources",
            [[{"title": "A", "url": "https://x.org"}]],
            [[{"url": "https://x.org"}], [{"title": "A", "url": "x"}]],
        ),
        ("titel", [], ["x"]),
    ],
)
def test_the_terms_of_the_site_are_in_it(site, key, good, bad):
    validator = checked(site(SITE).root, "alert")
    base = {"title": "T", "date": "2026-11-18"}
    assert all(validator.is_valid({**base, key: value}) for value in good)
    assert not any(validator.is_valid({**base, key: value}) for value in bad)


def test_a_schema_can_be_written_to_a_file(site):
    folder = site(SITE)
    ran = alertgen("schema", "--out", ".vscode/alert.schema.json", cwd=folder.root)
    assert (ran.code, ran.out) == (0, "Wrote .vscode/alert.schema.json.\n")
    assert json.loads(folder.path(".vscode/alert.schema.json").read_text(encoding="utf-8"))["properties"]


def test_a_fault_of_the_site_file_is_told(site):
    folder = site("-- site.yaml --\ntitel: x\n")
    ran = alertgen("schema", cwd=folder.root)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown-key" in ran.err


def config_of(folder, *arguments):
    ran = alertgen("cms", "--repo", "desk/bulletin", *arguments, cwd=folder.root)
    assert ran.code == 0, ran.all
    return yaml.safe_load(ran.out)


def fields_of(config, name):
    (collection,) = [one for one in config["collections"] if one["name"] == name]
    return {field["name"]: field for field in collection["fields"]}


PROGRAMS = pytest.mark.parametrize("program", ["sveltia", "decap"])
SMALL = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\n"


def all_fields(config):
    groups = [collection["fields"] for collection in config["collections"]]
    for group in groups:
        groups += [field["fields"] for field in group if "fields" in field]
    return [field for group in groups for field in group]


@PROGRAMS
def test_a_cms_has_a_field_for_every_key(site, program):
    config = config_of(site(SITE), "--for", program, "--backend", "gitlab", "--branch", "trunk")
    assert config["backend"] == {"name": "gitlab", "repo": "desk/bulletin", "branch": "trunk"}
    assert set(fields_of(config, "alerts")) == set(AlertKeys.model_fields) - {"lang", "id"} | {"body"}
    assert set(fields_of(config, "pages")) == set(PageKeys.model_fields) - {"lang"} | {"body"}


@PROGRAMS
def test_the_fields_fit_their_keys(site, program):
    fields = fields_of(config_of(site(SITE), "--for", program), "alerts")
    assert fields["date"]["widget"] == "datetime"
    assert fields["date"]["format"] == "YYYY-MM-DD"
    assert fields["embargo"]["format"].endswith("Z")
    assert fields["image"]["widget"] == "image"
    assert fields["country"]["multiple"] is True
    assert {"label": "Norway", "value": "NO"} in fields["country"]["options"]
    assert {"label": "Hate speech", "value": "hate-speech"} in fields["risk_tags"]["options"]
    assert "serious-concern" not in [option["value"] for option in fields["level"]["options"]]
    assert fields["level"]["multiple"] is False
    assert [field["name"] for field in fields["sources"]["fields"]][:2] == ["title", "url"]
    assert fields["sources"]["widget"] == "list"
    assert fields["republished"]["widget"] == "object"
    assert fields["body"]["modes"] == ["raw"]
    names = list(fields)
    assert names[names.index("image") + 1] == "image_alt"


@PROGRAMS
def test_what_both_programs_refuse_is_not_in_it(site, program):
    """A choice of nothing (Sveltia), a list or group that says how it is translated (Decap)."""
    assert "level" not in fields_of(config_of(site(SMALL), "--for", program), "alerts")
    config = config_of(site(SITE), "--for", program)
    assert all(field["options"] for field in all_fields(config) if field["widget"] == "select")
    if program == "decap":
        assert "i18n" not in config
        assert not any("i18n" in one for one in [*all_fields(config), *config["collections"]])


def test_nothing_is_published_or_taken_back_without_a_choice_in_sveltia(site):
    """It writes defaults also into a published alert without `draft`; a choice without one must be made."""
    field = fields_of(config_of(site(SITE)), "alerts")["draft"]
    assert (field["widget"], field["required"], "default" in field) == ("select", True, False)
    assert [option["value"] for option in field["options"]] == [True, False]


def test_a_new_text_is_a_draft_in_decap(site):
    field = fields_of(config_of(site(SITE), "--for", "decap"), "alerts")["draft"]
    assert (field["widget"], field["default"]) == ("boolean", True)


def test_what_nobody_filled_in_is_left_out(site):
    """`embargo: ''` would be an error, and a form could not take it away."""
    assert config_of(site(SITE))["output"] == {"omit_empty_optional_fields": True}
    decap = all_fields(config_of(site(SITE), "--for", "decap"))
    assert {field["default"] == [] for field in decap if field["widget"] == "list"} == {True}
    assert [field["name"] for field in decap if field["widget"] == "datetime" and "default" in field] == []


def test_only_what_is_needed_is_asked_for(site):
    """Decap asks for the fields of a group that nobody wants to fill in."""
    fields = fields_of(config_of(site(SITE)), "alerts")
    assert [name for name, field in fields.items() if field.get("required", True)] == ["title", "date", "draft", "body"]
    assert [one["name"] for one in fields["republished"]["fields"] if one["required"]] == ["publisher", "url", "date"]
    fields = fields_of(config_of(site(SITE), "--for", "decap"), "alerts")
    assert [name for name, field in fields.items() if field.get("required", True)] == ["title", "date", "body"]
    assert [one["name"] for one in fields["republished"]["fields"] if one["required"]] == []
    assert [one["name"] for one in fields["sources"]["fields"] if one["required"]] == ["title"]


def test_files_are_named_by_the_day_of_the_alert(site):
    """`{{year}}` is the year of the alert in Decap, but the year in which one writes in Sveltia."""
    sveltia, decap = (config_of(site(SITE), "--for", program)["collections"][0] for program in ("sveltia", "decap"))
    assert sveltia["path"] == "{{fields.date | date('YYYY')}}/{{slug}}"
    assert sveltia["slug"] == {"template": "{{fields.date}}-{{slug}}", "editable": False}
    assert (decap["path"], decap["slug"]) == ("{{year}}/{{slug}}", "{{fields.date}}-{{slug}}")


def test_photos_are_made_anew_before_they_are_stored_and_are_found_again(site):
    sveltia, decap = (config_of(site(SITE), "--for", program) for program in ("sveltia", "decap"))
    assert set(sveltia["media_libraries"]["default"]["config"]["transformations"]) == {"raster_image"}
    assert decap["media_processing"]["enabled"] is decap["media_processing"]["strip_metadata"] is True
    # Sveltia puts them into a folder named like the alert, Decap beside it.
    assert sveltia["collections"][0]["public_folder"] == "./{{slug}}"
    assert decap["collections"][0]["public_folder"] == ""


def test_translations_are_named_as_alertgen_reads_them(site):
    config = config_of(site(SITE))
    assert config["i18n"]["omit_default_locale_from_file_path"] is True
    assert config["i18n"]["locales"] == ["en", "fr"]
    assert config["i18n"]["initial_locales"] == "default"
    fields = fields_of(config, "alerts")
    assert {name for name, field in fields.items() if field["i18n"] is True} >= {"title", "summary", "body"}
    assert fields["country"]["i18n"] == "duplicate"
    assert "i18n" not in config_of(site(SMALL))


@PROGRAMS
def test_the_configuration_is_written_in_full(site, program):
    ran = alertgen("cms", "--repo", "desk/bulletin", "--for", program, cwd=site(SITE).root)
    assert ran.code == 0
    assert not re.search(r"[&*]id\d", ran.out)


def test_a_repository_has_an_owner(site):
    ran = alertgen("cms", "--repo", "bulletin", cwd=site(SITE).root)
    assert (ran.code, "as in owner/name" in ran.err) == (2, True)


def test_a_cms_needs_a_repository(site):
    ran = alertgen("cms", cwd=site(SITE).root)
    assert ran.code == 2
    assert re.search(r"--repo", ran.err)
