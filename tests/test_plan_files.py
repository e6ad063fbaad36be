"""Everything that is no page: pictures, static files, search records, sitemap, redirects, headers."""

import json

import pytest

from alertgen.outputs import Copy, Document, Rendition, SearchIndex
from alertgen.plan.images import picture_of
from alertgen.plan.statics import squeezed
from alertgen.views import RedirectView
from factories import CRISIS, GENOCIDE, MALI, alert, image, page, prose, site, situation, theme_file
from planned import outputs
from planned import page as planned_page


def document(whole: object, address: str) -> Document:
    found = outputs(whole)[address]  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


# --- pictures


def test_a_picture_comes_in_three_formats_and_never_larger_than_its_original() -> None:
    picture, renditions = picture_of(image(width=1000, height=500))
    assert [kind.media_type for kind in picture.formats] == ["image/avif", "image/webp", "image/png"]
    assert [(file.width, file.height) for file in picture.formats[0].files] == [(480, 240), (800, 400), (1000, 500)]
    assert picture.fallback == picture.formats[-1].files[-1]
    assert len(renditions) == 3 + 2 + 1
    assert {rendition.source for rendition in renditions} == {"alerts/2021/camp.png"}


def test_all_originals_but_png_fall_back_on_jpeg() -> None:
    picture, renditions = picture_of(image("alerts/Camp Ünder.WebP", width=300, height=1))
    assert picture.formats[-1].media_type == "image/jpeg"
    assert [file.width for file in picture.formats[-1].files] == [300]
    assert picture.fallback.url.startswith("/images/camp-under-")
    assert picture.fallback.url.endswith("-300.jpg")
    assert min(rendition.height for rendition in renditions) == 1


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("IMG_20261118_143022.jpg", "image"),
        ("IMG-20261118-WA0007.jpg", "image"),
        ("PXL_20261118_133045123.MP.jpg", "image"),
        ("WhatsApp Image 2026-11-18 at 14.30.22.jpeg", "image"),
        ("Screenshot 2026-11-18 143022.png", "image"),
        ("photo_2026-11-18_14-30-22.jpg", "image"),
        ("signal-2026-11-18-143022.jpeg", "image"),
        ("Bridge DSC01234.jpg", "image"),
        ("IMG_E2031.HEIC.jpg", "image"),
        ("P1010023.JPG", "image"),
        ("Capture d\u2019écran 2026-11-18 à 14.30.22.png", "image"),
        ("Captura de pantalla 2026-11-18 a las 9.30.22.png", "image"),
        ("Foto 18.11.26, 14 30 22.jpg", "image"),
        ("CamScanner 18-11-2026 14.30.jpg", "image"),
        ("2026-11-18-bridge-of-strelsau.jpg", "2026-11-18-bridge-of-strelsau"),
        ("2026-11-18-2000-people.jpg", "2026-11-18-2000-people"),
        ("imgur-map.png", "imgur-map"),
        ("resolution-2417.png", "resolution-2417"),
    ],
)
def test_the_name_that_a_camera_gave_is_in_no_address(name: str, stem: str) -> None:
    for rendition in picture_of(image(f"alerts/2026/{name}"))[1]:
        assert rendition.address.rsplit("-", 2)[0] == f"/images/{stem}"


def test_the_same_picture_in_two_texts_is_made_once() -> None:
    body = image("alerts/2021/body.jpg")
    whole = site(alert("2021-01-06", picture=image(), images=(body,)), alert("2021-01-06", picture=image(), lang="fr"))
    made = [output for output in outputs(whole).values() if isinstance(output, Rendition)]
    assert len(made) == 2 * (4 + 2 + 1)
    assert planned_page(whole, "/alerts/2021/2021-01-06-alert/").pictures == (picture_of(body)[0],)


def test_the_address_of_a_picture_names_its_content() -> None:
    assert picture_of(image("a/x.jpg"))[0].fallback.url != picture_of(image("b/x.jpg"))[0].fallback.url


# --- static files


def test_static_files_are_copied_to_addresses_that_name_their_content() -> None:
    whole = site(statics=(theme_file("js/a.js", "1"), theme_file("LICENCE", "x")))
    copies = {output.address: output.content for output in outputs(whole).values() if isinstance(output, Copy)}
    assets = dict(planned_page(whole, "/").chrome.assets)
    assert copies == {assets["js/a.js"]: b"1", assets["LICENCE"]: b"x"}
    assert assets["js/a.js"].startswith("/static/js/a.")
    assert assets["js/a.js"].endswith(".js")


def test_style_sheets_find_their_fonts_and_each_other() -> None:
    css = (
        '@import "more.css"; a { src: url(../fonts/a.woff2) url("../fonts/a.woff2") '
        "url( '../fonts/a.woff2' ) url(gone.png) url(data:x) }"
    )
    fonts = theme_file("fonts/a.woff2", "font")
    whole = site(statics=(theme_file("css/site.css", css), theme_file("css/more.css", "b{}"), fonts))
    assets = dict(planned_page(whole, "/").chrome.assets)
    copy = outputs(whole)[assets["css/site.css"]]
    assert isinstance(copy, Copy)
    font, more = assets["fonts/a.woff2"].removeprefix("/static/"), assets["css/more.css"].rpartition("/")[2]
    assert copy.content.decode() == (
        f'@import "{more}";a{{src:url(../{font}) url("../{font}") url( \'../{font}\' ) url(gone.png) url(data:x)}}'
    )


@pytest.mark.parametrize(
    ("source", "served"),
    [
        ("/* why */\na , b > c  d {\n  margin: calc( 1px + 2px );\n}\n", "a,b > c d{margin:calc( 1px + 2px )}"),
        ('a::before { content: "x  { /* y */ ; \\" :  z"; }', 'a::before{content:"x  { /* y */ ; \\" :  z"}'),
        ("a { background: url( a;b  c.png ) }", "a{background:url( a;b  c.png )}"),
        ("a { color: red/* x */!important }", "a{color:red !important}"),
        ("@media (min-width: 2px) and (x) { a :hover { } }", "@media (min-width:2px) and (x){a :hover{}}"),
        ("a{} /* never closed", "a{}/* never closed"),
    ],
)
def test_style_sheets_are_served_without_comments_and_needless_space(source: str, served: str) -> None:
    assert squeezed(source.encode()).decode() == served


def test_a_changed_font_changes_the_address_of_the_style_sheet() -> None:
    style = theme_file("a.css", "a { src: url(f.woff2) }")
    addresses = [
        dict(planned_page(site(statics=(style, theme_file("f.woff2", font))), "/").chrome.assets) for font in ("1", "2")
    ]
    assert addresses[0]["a.css"] != addresses[1]["a.css"]


# --- search


def test_search_records_hold_texts_filters_and_what_results_show() -> None:
    text = alert(
        "2021-01-06",
        situation("Attack", MALI, body="What happened.", level=CRISIS, tags=(GENOCIDE,)),
        lead=prose("Lead."),
        number=5,
        picture=image(sensitive="bodies"),
        corrections=(("2021-02-01", "Was wrong."),),
    )
    index = outputs(site(text, page("about")))["/pagefind/"]
    assert isinstance(index, SearchIndex)
    record, standing = index.records
    assert record.parts == (("", "", "Was wrong."), ("", "", "Lead."), ("attack", "Attack", "What happened."))
    assert record.filters == (("year", "2021"), ("country", "Mali"), ("tag", "Genocide"), ("level", "Current crisis"))
    assert dict(record.meta) == {"kicker": "Test Alert No. 5", "date": "6 January 2021", "places": "Mali"}
    assert (standing.address, standing.filters) == ("/about/", ())
    assert "camp" not in repr(index)


# --- sitemap and robots


def test_the_sitemap_lists_what_may_be_found_with_dates_and_translations() -> None:
    whole = site(
        alert("2021-01-06", stem="x", corrections=(("2021-02-01", "W"),), aliases=("/old/",)),
        alert("2021-01-06", stem="x", lang="fr"),
    )
    rows = {row[0]: row[1:] for row in document(whole, "/sitemap.xml").rows}
    home = "https://alerts.example.org/"
    assert rows[f"{home}alerts/2021/x/"][0] == "2021-02-01"
    assert rows[f"{home}alerts/2021/x/"][1:] == (
        *("en", f"{home}alerts/2021/x/", "fr", f"{home}fr/alerts/2021/x/"),
        *("x-default", f"{home}alerts/2021/x/"),
    )
    assert rows[f"{home}alerts/"][0] == ""
    assert not {f"{home}404.html", f"{home}old/"} & rows.keys()
    assert list(rows) == sorted(rows)


def test_robots_may_read_all_and_find_the_sitemap() -> None:
    assert document(site(), "/robots.txt").rows[-1] == ("Sitemap", "https://alerts.example.org/sitemap.xml")


# --- redirects


def test_old_addresses_are_pages_that_lead_on_and_rules() -> None:
    whole = site(
        alert("2021-01-06", aliases=("/old", "/old.html", "/été/"), stem="x"),
        page("about", aliases=("/who/",)),
    )
    for address in ("/old/", "/old.html", "/été/"):
        found = planned_page(whole, address)
        assert isinstance(found.view, RedirectView)
        assert (found.view.target, found.head.robots) == ("/alerts/2021/x/", "noindex")
        assert found.head.canonical == "https://alerts.example.org/alerts/2021/x/"
    assert document(whole, "/_redirects").rows == (
        ("/old", "/alerts/2021/x/", "301"),
        ("/old.html", "/alerts/2021/x/", "301"),
        ("/%C3%A9t%C3%A9/", "/alerts/2021/x/", "301"),
        ("/who/", "/about/", "301"),
    )


# --- headers


def policy(text: str) -> dict[str, str]:
    return dict(directive.split(" ", 1) for directive in text.split("; "))


def test_every_page_carries_the_strict_policy_and_only_search_may_compile() -> None:
    whole = site(alert("2021-01-06"))
    policies = {address: planned_page(whole, address).head.policy for address in ("/", "/404.html", "/search/")}
    assert policy(policies["/"]) == policy(policies["/404.html"])
    assert policy(policies["/"])["script-src"] == "'self'"
    assert policy(policies["/"])["default-src"] == "'none'"
    assert policy(policies["/search/"])["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert "unsafe-inline" not in "".join(policies.values())


def test_headers_protect_all_and_keep_what_names_its_content() -> None:
    rows = document(site(), "/_headers").rows
    everywhere = {name: value for path, name, value in rows if path == "/*"}
    assert policy(everywhere["Content-Security-Policy"])["frame-ancestors"] == "'none'"
    assert "wasm-unsafe-eval" in everywhere["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in json.dumps(document(site(search=False), "/_headers").rows)
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert {path for path, name, _ in rows if name == "Cache-Control"} == {"/static/*", "/images/*", "/cards/*"}
