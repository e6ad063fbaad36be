"""What an address is, as a browser would read it."""

import pytest

from alertgen.load.addresses import Kind, kind_of, own_path, scheme_of, without_tracking


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://ok.example/", Kind.WEB),
        ("HTTP://ok.example", Kind.WEB),
        (" https://ok.example/\n", Kind.WEB),
        ("mailto:a@ok.example", Kind.MAIL),
        ("a.md#b", Kind.INSIDE),
        ("/countries/sudan/", Kind.INSIDE),
        ("#a", Kind.INSIDE),
        ("?q=a:b", Kind.INSIDE),
        ("a/b:c", Kind.INSIDE),
        ("2021:a.md", Kind.INSIDE),
        ("", Kind.INSIDE),
        ("javascript:x", Kind.FORBIDDEN),
        ("java\tscript:x", Kind.FORBIDDEN),
        ("\x01javascript:x", Kind.FORBIDDEN),
        ("data:x", Kind.FORBIDDEN),
        ("C:\\x", Kind.FORBIDDEN),
        ("//evil.example", Kind.FORBIDDEN),
        ("/\t/evil.example", Kind.FORBIDDEN),
        ("\\\\evil.example", Kind.FORBIDDEN),
        ("\\/evil.example", Kind.FORBIDDEN),
        ("/\\evil.example", Kind.FORBIDDEN),
        ("https:evil.example", Kind.FORBIDDEN),
        ("https:\\\\evil.example", Kind.FORBIDDEN),
        ("https:/evil.example", Kind.FORBIDDEN),
    ],
)
def test_kinds(address: str, kind: Kind):
    assert kind_of(address) is kind


def test_schemes():
    assert [scheme_of(address) for address in ("JavaScript:x", "a/b:c", "#a:b")] == ["javascript", "", ""]


@pytest.mark.parametrize(
    ("address", "kept", "dropped"),
    [
        ("https://a.b/?x=1", "https://a.b/?x=1", ()),
        ("https://a.b/?utm_source=x", "https://a.b/", ("utm_source",)),
        ("https://a.b/?x=1&utm_source=x&y=%26&fbclid=z#c", "https://a.b/?x=1&y=%26#c", ("utm_source", "fbclid")),
        ("https://a.b/?UTM_Medium=x", "https://a.b/", ("UTM_Medium",)),
        ("https://a.b/?gclid=1&mc_cid=2&mc_eid=3&igshid=4", "https://a.b/", ("gclid", "mc_cid", "mc_eid", "igshid")),
        ("https://a.b/utm_source=x?utmost=1", "https://a.b/utm_source=x?utmost=1", ()),
        ("https://a.b/#?utm_source=x", "https://a.b/#?utm_source=x", ()),
        ("https://a.b/?", "https://a.b/?", ()),
    ],
)
def test_tracking_parameters(address: str, kept: str, dropped: tuple[str, ...]):
    assert without_tracking(address) == (kept, dropped)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://ok.example/news/alerts/2026/a/#x", "/alerts/2026/a/#x"),
        ("http://OK.example/news/", "/"),
        ("https://ok.example/news/alerts/2026/a/index.html#x", "/alerts/2026/a/#x"),
        ("https://ok.example/news/index.html/a", "/index.html/a"),
        ("https://ok.example/news", "/"),
        ("https://ok.example/news?x=1", "/?x=1"),
        ("https://ok.example/newsroom/", ""),
        ("https://ok.example/", ""),
        ("https://ok.example/News/", ""),
        ("https://ok.example.evil.example/news/", ""),
        ("https://ok.example@evil.example/news/", ""),
        ("ftp://ok.example/news/", ""),
        ("http://localhost:8000/alerts/2026/a/", "/alerts/2026/a/"),
        ("http://localhost:8000/news/alerts/2026/a/", "/alerts/2026/a/"),
        ("http://localhost:8000/newsroom/", "/newsroom/"),
        ("http://localhost", "/"),
        ("http://localhost.evil.example/", ""),
    ],
)
def test_a_full_address_of_the_site_leads_inside(address: str, path: str):
    assert own_path(address, ("https://ok.example/news/",)) == path
