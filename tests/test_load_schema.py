"""The keys: which there are, and the schema that other programs read."""

import dataclasses

import pytest

from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.keys.schema import AlertKeys, Keys, PageKeys, json_schema
from alertgen.load.keys.site_keys import SiteKeys
from alertgen.model import Config

CONTRACT = (
    "title date number summary authors lang country risk_tags level trend image image_alt image_caption image_credit"
    " image_sensitive republished sources updated corrections draft embargo slug aliases id"
)
"""The keys of an alert, as the contract with editors lists them."""


def test_an_alert_has_the_keys_of_the_contract_and_no_others():
    assert set(AlertKeys.model_fields) == set(CONTRACT.split())


@pytest.mark.parametrize("keys", [AlertKeys, PageKeys, SiteKeys])
def test_every_key_is_described(keys: type[Keys]):
    schema = json_schema(keys)
    assert schema["additionalProperties"] is False
    for group in (schema, *schema.get("$defs", {}).values()):
        assert all(
            field.get("description", "").endswith(".") or "$ref" in str(field) for field in group["properties"].values()
        )


def test_the_schema_says_what_is_needed_and_where_a_list_may_stand():
    schema = json_schema(AlertKeys)
    assert schema["required"] == ["title", "date"]
    assert schema["properties"]["country"]["anyOf"] == [
        {"type": "string"},
        {"items": {"type": "string"}, "type": "array"},
    ]
    assert schema["properties"]["draft"]["type"] == "boolean"


def test_every_key_of_a_header_is_a_key_of_its_schema():
    assert {field.name for field in dataclasses.fields(AlertHeader)} <= set(AlertKeys.model_fields)
    assert {field.name for field in dataclasses.fields(PageHeader)} <= set(PageKeys.model_fields)


def test_everything_configured_has_a_key():
    made = {"digest", "licence_name", "licence_url"}
    assert {field.name for field in dataclasses.fields(Config)} - made <= set(SiteKeys.model_fields)
