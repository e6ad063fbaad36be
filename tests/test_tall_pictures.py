"""A photo that was taken upright fits on a screen; a credit without a caption begins with no dash."""

from alertgen.build import build
from browsing import chromium, reader, served  # noqa: F401  a fixture
from conftest import NOON
from txtar import picture

SITE = """\
-- site.yaml --
title: T
base_url: https://example.org/
-- alerts/2026/2026-11-04-upright.md --
---
title: Upright
date: 2026-11-04
image: upright.jpg
image_alt: A street.
image_credit: A. Photographer
---
Text.
-- alerts/2026/2026-11-05-wide.md --
---
title: Wide
date: 2026-11-05
image: wide.jpg
image_alt: A street.
image_caption: A street.
image_credit: A. Photographer
---
Text.
"""
DASH = "getComputedStyle(document.querySelector('.credit'), '::before').content"


def test_an_upright_photo_fits_on_a_screen(site, chromium):  # noqa: F811  the fixture
    folder = site(SITE)
    folder.write("alerts/2026/upright.jpg", picture("jpeg", 1200, 1800))
    folder.write("alerts/2026/wide.jpg", picture("jpeg", 1800, 1200))
    assert build(folder.root, folder.path("public"), now=NOON).ok
    shown = {}
    with served(folder.path("public")) as host, reader(chromium) as there:
        for name in ("upright", "wide"):
            there.go(f"{host}/alerts/2026/{name}/")
            shown[name] = (there.page.locator("figure img").bounding_box(), there.page.evaluate(DASH))
    (upright, no_dash), (wide, dash) = shown["upright"], shown["wide"]
    assert upright["height"] <= 900
    assert abs(upright["height"] / upright["width"] - 1.5) < 0.01
    assert wide["width"] > 700
    assert (no_dash, dash) == ("none", '"— "')
