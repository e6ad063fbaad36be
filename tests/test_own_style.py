"""A site's own colours and logo: `static/own.css` is fetched by every page, behind the default style sheets.

So is `static/manifest.webmanifest`, which gives the site a name and a picture among the programs of a phone.
"""

import datetime
import re
from unicodedata import normalize
from urllib.parse import unquote

from alertgen.build import build
from conftest import SiteFolder

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
ALERT = "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nText.\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>\n'


def sheets(folder: SiteFolder, page: str) -> list[str]:
    html = folder.path(f"public/{page}").read_text(encoding="utf-8")
    return re.findall(r'<link rel="stylesheet" href="[^"]*static/(\w+)\.', html)


def test_every_page_fetches_it_and_no_page_asks_for_what_is_not_there(site):
    folder: SiteFolder = site(f"{SITE}{ALERT}")
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    assert sheets(folder, "alerts/2026/a/index.html") == ["site", "print"]
    folder.write("static/own.css", ":root { --accent: #7a1f1f; }\n.name::before { background: url(logo.svg); }\n")
    folder.write("static/logo.svg", LOGO)
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    assert sheets(folder, "alerts/2026/a/index.html") == ["site", "own", "print"]
    assert sheets(folder, "index.html") == ["site", "lists", "own", "print"]
    (own,) = folder.path("public/static").glob("own.*.css")
    (logo,) = folder.path("public/static").glob("logo.*.svg")
    assert f"url({logo.name})" in own.read_text(encoding="utf-8").replace('"', "")


def test_a_name_with_a_space_in_the_spelling_of_addresses_names_a_file_as_well(site):
    folder: SiteFolder = site(f"{SITE}{ALERT}")
    folder.write("static/Our logo.svg", LOGO)
    folder.write("static/own.css", ".name { background: url(Our%20logo.svg); }\n")
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    (own,) = folder.path("public/static").glob("own.*.css")
    assert re.search(r"url\(Our%20logo[.]\w+[.]svg\)", own.read_text(encoding="utf-8"))


def test_names_with_spaces_and_brackets_are_found(site):
    folder: SiteFolder = site(f"{SITE}{ALERT}")
    folder.write("static/Our logo (1).svg", LOGO)
    named = ("url('Our logo (1).svg')", 'url( "Our logo (1).svg" )', "url('Our%20logo%20(1).svg')")
    folder.write("static/own.css", "".join(f".name {{ background: {name}; }}\n" for name in named))
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    (own,) = folder.path("public/static").glob("own.*.css")
    (logo,) = folder.path("public/static").glob("Our logo*.svg")
    found = re.findall(r"""\.name{background:url\( ?["']([^"']+)["'] ?\)}""", own.read_text(encoding="utf-8"))
    assert [unquote(name) for name in found] == [logo.name] * 3


def test_a_name_with_accents_is_found_however_the_disk_stores_it(site):
    folder: SiteFolder = site(f"{SITE}{ALERT}")
    folder.write("static/" + normalize("NFD", "été.svg"), LOGO)
    folder.write("static/own.css", ".name { background: url(été.svg); }\n")
    folder.write("alerts/b.md", "---\ntitle: B\ndate: 2026-11-18\naliases: /old/\n---\nText.\n")
    folder.write("templates/redirect.html", """<link rel="icon" href="{{ asset('été.svg') }}">""")
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    (own,) = folder.path("public/static").glob("own.*.css")
    (logo,) = folder.path("public/static").glob("*t*.svg")
    (found,) = re.findall(r"background:url\(([^)]+)\)", own.read_text(encoding="utf-8"))
    shown = re.findall(r'href="([^"]+)"', folder.path("public/old/index.html").read_text(encoding="utf-8"))
    assert [unquote(found), *map(unquote, shown)] == [logo.name, f"../static/{logo.name}"]


def test_every_page_names_the_web_manifest_and_lets_browsers_fetch_it(site):
    folder: SiteFolder = site(f"{SITE}{ALERT}")
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    page = folder.path("public/alerts/2026/a/index.html").read_text(encoding="utf-8")
    assert "manifest" not in page
    folder.write("static/manifest.webmanifest", '{"name": "T", "icons": [{"src": "icon-144.png", "sizes": "144x144"}]}')
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    (manifest,) = folder.path("public/static").glob("manifest.*.webmanifest")
    for name, up in (("alerts/2026/a/index.html", "../../../"), ("index.html", "")):
        page = folder.path(f"public/{name}").read_text(encoding="utf-8")
        assert f'<link rel="manifest" href="{up}static/{manifest.name}">' in page
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        assert "; manifest-src 'self'" in policy
    headers = folder.path("public/_headers").read_text(encoding="utf-8")
    assert "manifest-src 'self'" in headers
