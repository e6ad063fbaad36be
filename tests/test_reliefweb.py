"""Posts for ReliefWeb: only when asked for, and within the limits of its format."""

import hashlib
import json
import re
import uuid
from dataclasses import replace

import pytest

from alertgen.check import check_site
from alertgen.model import ReliefWeb, Site
from alertgen.outputs import ReliefWebPost
from alertgen.plan.planners import plan_outputs
from alertgen.render.faults import RenderFaultError
from alertgen.render.reliefweb import render_post
from alertgen.text import plain
from conftest import SiteFolder
from data_samples import bulletin
from factories import (
    SUDAN,
    alert,
    image,
    prose,
    site,
    situation,
)

ASKED = ReliefWeb(sources=(1503,), format=10, countries=(("IL", 121), ("ML", 149), ("PS", 180), ("SD", 220)))


def posts(of: Site) -> list[ReliefWebPost]:
    return [one for one in plan_outputs(of).outputs if isinstance(one, ReliefWebPost)]


def refused(of: Site) -> set[str]:
    return {problem.code for problem in check_site(of, plan_outputs(of), ())}


def test_nothing_is_made_for_reliefweb_unless_asked_for():
    assert posts(bulletin()) == []


def test_a_post_holds_what_the_schema_of_reports_demands():
    """https://reliefweb.int/post-api-schemas/v2/report.json: required members, their types and lengths."""
    post = next(post for post in posts(bulletin(reliefweb=ASKED)) if post.language == 267 and post.picture)
    told = json.loads(render_post(post, b"picture"))
    url = "https://alerts.example.org/alerts/2021/2021-01-27-alert/"
    assert told["url"] == told["origin"] == url
    assert told["uuid"] == str(uuid.uuid5(uuid.UUID("8e27a998-c362-5d1f-b152-d474e1d36af2"), url))
    assert told["title"] == 'Test Alert No. 7: Sudan, Gaza; and "more"'
    assert told["source"] == [1503]
    assert told["country"] == [220, 121, 180]  # the first is the primary one
    assert told["format"] == [10]
    assert told["language"] == [267]
    assert told["published"] == "2021-01-27T00:00:00+00:00"
    assert told["image"] == {
        "url": post.picture_url, "uuid": str(uuid.uuid5(uuid.UUID(told["uuid"]), post.picture_url)),
        "checksum": hashlib.sha256(b"picture").hexdigest(),
        "description": "A camp.", "copyright": "A. Photographer",
    }  # fmt: skip
    assert re.search(r"\.(jpg|png|webp)$", told["image"]["url"])
    assert post.picture
    assert post.picture.width >= 700
    allowed = {"h1", "h2", "h3", "h4", "h5", "h6", "br", "p", "strong", "em", "a", "ul", "ol", "li", "blockquote"}
    assert set(re.findall(r"</?([a-z0-9]+)", told["body"])) <= allowed
    assert set(re.findall(r" ([a-z]+)=", told["body"])) <= {"href"}
    assert told["body"].startswith("<p><strong>Correction, 1 February 2021.</strong> It was wrong.</p>")


def test_the_day_of_a_post_is_that_of_the_alert_also_in_the_east():
    """ReliefWeb turns the moment into UTC and keeps the day: midnight in Nairobi is the evening before."""
    for zone in ("Africa/Nairobi", "America/New_York"):
        post = next(post for post in posts(bulletin(reliefweb=ASKED, timezone=zone)) if post.picture)
        assert json.loads(render_post(post, b"picture"))["published"] == "2021-01-27T00:00:00+00:00"


def test_posts_go_out_in_the_languages_that_reliefweb_takes_and_never_with_a_sensitive_picture():
    of = bulletin(reliefweb=ASKED)
    assert {post.language for post in posts(of)} == {267, 268}
    assert len(posts(of)) == len(of.alerts)
    assert [post.address for post in posts(of) if post.picture] == ["/alerts/2021/2021-01-27-alert/reliefweb.json"]


def test_an_alert_without_a_country_is_not_posted():
    assert posts(site(alert("2021-01-27"), reliefweb=ASKED)) == []


def test_text_for_reliefweb_has_plain_spaces_only():
    """Its patterns refuse other separators, doubled spaces, spaces at either end, and invisible characters."""
    assert plain(" a\u00a0 b\u200d\u00adc \n\n d\u2028e ") == "a bc\nd e"


def test_tables_and_other_markup_become_paragraphs():
    cells = "<tr>\n<td>1</td>\n<td><b>2</b></td>\n</tr>"
    html = f"<table><tbody>\n{cells}</tbody></table><details><summary>S</summary>x</details>"
    post = posts(site(alert("2021-01-27", lead=prose("x", html), countries=(SUDAN,)), reliefweb=ASKED))[0]
    assert json.loads(render_post(post, None))["body"] == "<p>\n1 | <strong>2</strong>\n</p><p>S</p>x"


def test_limits_of_reliefweb_are_checked():
    assert refused(bulletin(reliefweb=ASKED)) == set()
    assert refused(bulletin(reliefweb=replace(ASKED, countries=(("SD", 220),)))) == {"reliefweb-country"}
    long = alert("2021-01-27", situation("A", SUDAN), title="x" * 300)
    assert refused(site(long, reliefweb=ASKED)) == {"reliefweb-limits"}
    post = posts(site(alert("2021-01-27", lead=prose("x" * 100_001), countries=(SUDAN,)), reliefweb=ASKED))[0]
    with pytest.raises(RenderFaultError, match="100,000"):
        render_post(post, None)


@pytest.mark.parametrize("body", ["1", "1234567890 - 1234567890"])
def test_reliefweb_takes_no_text_without_a_letter(body):
    post = posts(site(alert("2021-01-27", lead=prose(body), countries=(SUDAN,)), reliefweb=ASKED))[0]
    with pytest.raises(RenderFaultError, match="letters"):
        render_post(post, None)


def test_what_reliefweb_counts_is_the_title_as_it_is_sent():
    def told(title: str) -> Site:
        return site(alert("2021-01-27", situation("A", SUDAN), title=title), reliefweb=ASKED)

    (post,) = posts(told("a" + "\u00ad" * 300 + "  b"))
    assert post.title == "Test Alert: a b"
    assert refused(told("a" + "\u00ad" * 300 + "  b")) == set()
    assert refused(told("2021 - 123")) == set()  # the name of the series has letters


def test_a_picture_of_a_post_has_letters_in_its_description_and_credit_and_keeps_to_512_characters():
    def told(**changes: str) -> Site:
        picture = replace(image(width=900), **changes)  # type: ignore[arg-type]
        return site(alert("2021-01-27", situation("A", SUDAN), picture=picture), reliefweb=ASKED)

    assert refused(told(credit="© 2021")) == {"reliefweb-limits"}
    assert refused(told(alt="1 - 2")) == {"reliefweb-limits"}
    (post,) = posts(told(alt="word " * 200, credit="A.\u00a0B."))
    assert len(post.alt) <= 512
    assert post.alt.endswith("word…")
    assert post.credit == "A. B."


def test_site_yaml_asks_for_posts_and_a_hub(site):
    folder: SiteFolder = site()
    folder.write(
        "site.yaml",
        "title: T\nbase_url: https://example.org/\nhub: https://hub.example/\n"
        "reliefweb: {sources: 1503, format: 10, countries: {SD: 220}}\n",
    )
    loaded = folder.load()
    assert loaded.problems == ()
    assert loaded.site
    assert loaded.site.config.hub == "https://hub.example/"
    assert loaded.site.config.reliefweb == ReliefWeb(sources=(1503,), format=10, countries=(("SD", 220),))
