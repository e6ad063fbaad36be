"""What tells who follows a link is told and left out, wherever an address can stand."""

import pytest

from alertgen.build import build
from alertgen.load.addresses import without_tracking
from conftest import NOON

SITE = """\
-- site.yaml --
title: Test Alert
base_url: https://example.org/
search: false
publisher_url: https://publisher.example/?utm_source=a
follow: [{name: There, url: "https://there.example/?fbclid=a&id=1"}]
-- alerts/2026/2026-11-11-a.md --
---
title: A
date: 2026-11-11
country: SD
sources:
  - title: Report
    url: https://source.example/?utm_medium=a&page=2#x
    archived: https://web.archive.org/web/2026/https://source.example/?utm_medium=kept
republished: {publisher: P, url: "https://first.example/?gclid=a", date: 2026-11-12}
---
[One](https://one.example/?mc_cid=a&mc_eid=b), <a href="https://two.example/?utm_term=a&amp;q=1">two</a>,
[three][r]

<img src="https://pixel.example/open.gif?u=1" width="1" height="1">

[r]: https://three.example/?igshid=a
"""


def test_no_tracking_reaches_any_output(site):
    folder = site(SITE)
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    told = [(one.at.path, one.at.line, one.code) for one in report.problems]
    alert = "alerts/2026/2026-11-11-a.md"
    assert told == [
        (alert, 7, "tracking-parameter"), (alert, 9, "tracking-parameter"), (alert, 11, "tracking-parameter"),
        (alert, 11, "tracking-parameter"), (alert, 14, "tracking-picture"), (alert, 16, "tracking-parameter"),
        ("site.yaml", 4, "tracking-parameter"), ("site.yaml", 5, "tracking-parameter"),
    ]  # fmt: skip
    texts = [path.read_text(encoding="utf-8") for path in folder.path("public").rglob("*.*ml")]
    texts += [path.read_text(encoding="utf-8") for path in folder.path("public").rglob("*.json")]
    page = folder.path("public/alerts/2026/a/index.html").read_text(encoding="utf-8")
    assert "https://source.example/?page=2#x" in page
    assert "utm_medium=kept" in page, "an archived copy is named by the whole address"
    for word in ("utm_source", "fbclid", "gclid", "mc_cid", "mc_eid", "utm_term", "igshid", "pixel.example"):
        assert not [text for text in texts if word in text], word
    assert not [text for text in texts if "utm_medium" in text.replace("utm_medium=kept", "")]
    assert "https://there.example/?id=1" in page


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        (
            "https://nam02.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fa.example%2F&data=1",
            "https://nam02.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fa.example%2F&data=1",
        ),
        ("https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fc%3D1", "https://a.example/b?c=1"),
        ("https://www.google.com/url?sa=t&url=https://a.example/%C3%A9&usg=x", "https://a.example/é"),
        ("https://www.google.co.ke/url?q=https://a.example/?utm_source=b", "https://a.example/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F%3Ffbclid%3D1&h=2", "https://a.example/"),
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fa.example", "https://a.example"),
        ("https://urldefense.com/v3/__https://a.example/b__;!!abc$", "https://a.example/b"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        ("https://www.google.com/url?q=https%3A%2F%2Fme%3Apw%40a.example", "https://www.google.com/url?q=https%3A%2F%2Fme%3Apw%40a.example"),
        ("https://www.google.com/search?q=https://a.example", "https://www.google.com/search?q=https://a.example"),
        ("https://a.example/url?q=https://b.example", "https://a.example/url?q=https://b.example"),
    ],
)  # fmt: skip
def test_detours_are_left_out_where_they_lead_to_an_address_that_can_be_linked(address: str, clean: str):
    assert without_tracking(address)[0] == clean
    assert bool(without_tracking(address)[1]) == (address != clean)
