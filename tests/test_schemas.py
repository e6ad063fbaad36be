"""`alertgen schema` and `alertgen cms`: what other editing programs are told, by an independent reader of schemas."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from alertgen.load.keys.schema import AlertKeys, PageKeys
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
        ("country", ["SD", "Sudan", "CAR", ["NO", "SE"]], ["Norwya", ["SD", "XX"], 3]),
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


def test_a_cms_has_a_field_for_every_key(site):
    config = config_of(site(SITE), "--backend", "gitlab", "--branch", "trunk")
    assert config["backend"] == {"name": "gitlab", "repo": "desk/bulletin", "branch": "trunk"}
    assert set(fields_of(config, "alerts")) == set(AlertKeys.model_fields) - {"lang", "id"} | {"body"}
    assert set(fields_of(config, "pages")) == set(PageKeys.model_fields) - {"lang"} | {"body"}


def test_the_fields_fit_their_keys(site):
    fields = fields_of(config_of(site(SITE)), "alerts")
    assert [name for name, field in fields.items() if field.get("required", True)] == ["title", "date", "body"]
    assert fields["date"]["widget"] == "datetime"
    assert fields["date"]["format"] == "YYYY-MM-DD"
    assert "default" not in fields["date"]
    assert fields["updated"]["default"] == fields["embargo"]["default"] == ""
    assert fields["draft"]["default"] is True
    assert config_of(site(SITE))["output"] == {"omit_empty_optional_fields": True}
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


def test_translations_are_named_as_alertgen_reads_them(site):
    config = config_of(site(SITE))
    assert config["i18n"]["omit_default_locale_from_filename"] is True
    assert config["i18n"]["locales"] == ["en", "fr"]
    fields = fields_of(config, "alerts")
    assert {name for name, field in fields.items() if field["i18n"] is True} >= {"title", "summary", "body"}
    assert fields["country"]["i18n"] == "duplicate"
    one = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\n")
    assert "i18n" not in config_of(one)


def test_a_repository_has_an_owner(site):
    ran = alertgen("cms", "--repo", "bulletin", cwd=site(SITE).root)
    assert (ran.code, "as in owner/name" in ran.err) == (2, True)


def test_a_cms_needs_a_repository(site):
    ran = alertgen("cms", cwd=site(SITE).root)
    assert ran.code == 2
    assert re.search(r"--repo", ran.err)
