"""Links between pages."""

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.urls import encoded, is_stand_in, links_from, relative

PIECES = st.sampled_from(["a", "alerts", "2021", "a:b", "\u00fc", "a b", "a&b", "A_b", "x.html"])
PATHS = st.tuples(st.lists(PIECES, max_size=4), st.sampled_from(["", "/"])).map(
    lambda parts: "/" + "/".join(parts[0]) + parts[1] if parts[0] else "/"
)
FRAGMENTS = st.sampled_from(["", "#top", "#\u00fc b"])
HOST = "https://host.example"


@given(page=PATHS, targets=st.lists(st.tuples(PATHS, FRAGMENTS), max_size=5))
def test_links_lead_from_a_page_to_where_they_should(page, targets):
    link = links_from(page)
    for path, fragment in targets * 2:
        found = link(path + fragment)
        assert not found.startswith("/")
        assert found
        resolved = urlsplit(urljoin(HOST + page, found))
        assert (unquote(resolved.path), unquote(resolved.fragment)) == (path, fragment.removeprefix("#"))
        assert relative(path + fragment, page) == found


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/alerts/2021/x/", "./"),
        ("/alerts/2021/x/#sudan", "#sudan"),
        ("/alerts/2021/y/", "../y/"),
        ("/alerts/2021/", "../"),
        ("/alerts/2021/x/cite.bib", "cite.bib"),
        ("/alerts/2021/x/a:b", "./a:b"),
        ("/alerts", "../../../alerts"),
        ("/countries/mali/#a", "../../../countries/mali/#a"),
        ("/", "../../../"),
        ("https://other.example/a", "https://other.example/a"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("", ""),
    ],
)
def test_links_are_as_short_as_they_can_be(address, link):
    assert relative(address, "/alerts/2021/x/") == link


@pytest.mark.parametrize(
    "host", ["alerts.example.org", "example.com", "a.b.example", "localhost", "LOCALHOST:8000", "x.test"]
)
def test_hosts_of_examples_are_known(host: str) -> None:
    assert is_stand_in(f"https://{host}/bulletin/")


@pytest.mark.parametrize("host", ["alerts.desk.int", "example.int", "myexample.org", "test.org", "[::1]"])
def test_hosts_that_somebody_can_have_are_no_examples(host: str) -> None:
    assert not is_stand_in(f"https://{host}/example.org/")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://un.example/r?tags[]=a&b=[2]#[x]", "https://un.example/r?tags%5B%5D=a&b=%5B2%5D#%5Bx%5D"),
        ("https://un.example/100%/50%zz/%C3%a9", "https://un.example/100%25/50%25zz/%C3%a9"),
        ("https://[2001:db8::1]:8443/é", "https://[2001:db8::1]:8443/%C3%A9"),
        ("https://un.example/a b|c{d}", "https://un.example/a%20b%7Cc%7Bd%7D"),
    ],
)
def test_an_address_of_others_is_written_as_the_standard_of_addresses_has_it(typed, address):
    assert encoded(typed) == address
    assert encoded(address) == address
