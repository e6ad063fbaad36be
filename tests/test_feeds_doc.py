"""What docs/feeds-and-data.md promises is so."""

import re
from pathlib import Path
from textwrap import dedent

from alertgen.check.reliefweb import LONGEST_TITLE, SHORTEST_TITLE
from alertgen.load.keys.site_keys import SiteKeys
from alertgen.plan import feed_items
from alertgen.render.reliefweb import LONGEST_BODY, SHORTEST_BODY
from conftest import SiteFolder
from feed_samples import rich
from planned import outputs

TEXT = (Path(__file__).parent.parent / "docs/feeds-and-data.md").read_text(encoding="utf-8")


def test_every_address_in_it_exists():
    named = set(re.findall(r"`(/[a-z./]+)`", TEXT.partition("## ReliefWeb")[0]))
    assert {"/feed.xml", "/feeds.opml", "/corrections/", "/data/countries.geojson"} <= named
    assert named - set(outputs(rich())) == set()


def test_every_file_beside_an_alert_exists():
    beside = {address.rpartition("/")[2] for address in outputs(rich()) if address.startswith("/alerts/2021/")}
    named = set(re.findall(r"`(cite\.[a-z]+)`", TEXT))
    assert len(named) == 3
    assert named <= beside


def test_the_schemes_of_categories_are_those_of_the_feeds():
    schemes = {feed_items.ISO_COUNTRIES, feed_items.UN_REGIONS, *feed_items._TAG_SCHEMES.values()}
    assert {f"`{scheme}`" for scheme in schemes} <= set(re.findall(r"`[^`]+`", TEXT))


def test_the_numbers_in_it_are_the_numbers_of_the_code():
    told = " ".join(TEXT.split())
    assert f"newest {SiteKeys.model_fields['feed_items'].default} items" in told
    assert f"at most {feed_items._WIDEST} pixels" in told
    assert f"a title of {SHORTEST_TITLE} to {LONGEST_TITLE} characters" in told
    assert f"a text of {SHORTEST_BODY} to {LONGEST_BODY:,}" in told


def test_the_lines_for_site_yaml_are_read_as_they_stand(site):
    (block,) = re.findall(r"\n\n((?:    .*\n)+)", TEXT.partition("## ReliefWeb")[2])
    folder: SiteFolder = site()
    folder.write("site.yaml", f"title: T\nbase_url: https://example.org/\nhub: https://hub.example/\n{dedent(block)}")
    loaded = folder.load()
    assert loaded.problems == ()
    assert loaded.site
    assert loaded.site.config.reliefweb
    assert loaded.site.config.reliefweb.countries == (("SD", 220),)
