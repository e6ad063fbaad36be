"""Links to other sites: a little web on this machine that does all that the real one does to a link."""

import datetime
import json
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from alertgen.diagnostics import Severity
from alertgen.external import Outside, archive, look_outside, requests
from alertgen.external.answers import Answer, State
from alertgen.external.asking import ask_host
from alertgen.external.rounds import at_once, by_host
from alertgen.load.outside import outside_links
from alertgen.load.site import load_site
from alertgen.store import Store
from conftest import NOON, SiteFolder
from terminal import NOW, alertgen

BAD = Path(__file__).parent / "bad_links"
DAY = datetime.timedelta(days=1)
PAGES = {
    "/good": (200, {}),
    "/gone": (410, {}),
    "/busy": (503, {"Retry-After": "7"}),
    "/broken": (500, {}),
    "/people-only": (403, {}),
    "/moved": (301, {"Location": "/good"}),
    "/moved-twice": (308, {"Location": "/moved"}),
    "/moved-to-nothing": (301, {"Location": "/nowhere"}),
    "/for-now": (302, {"Location": "/good"}),
    "/old/report": (301, {"Location": "/"}),
    "/good/": (301, {"Location": "/good"}),
    "/circle": (301, {"Location": "/circle"}),
    "/app": (302, {"Location": "app://open"}),
    "/": (200, {}),
}
"""Path -> status and headers; what is not listed is not found."""


@dataclass
class Web:
    """A server, and what was asked of it."""

    address: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    """What the archive, which lives here too, keeps: address -> address of the copy."""

    def times(self, path: str) -> int:
        return sum(asked == path for _, asked in self.asked)


class Handler(BaseHTTPRequestHandler):
    web: Web

    def do_HEAD(self) -> None:
        self.answer()

    do_GET = do_HEAD  # noqa: N815

    def answer(self) -> None:
        self.web.asked.append((self.command, self.path))
        self.web.headers.append(dict(self.headers))
        status, headers = PAGES.get(self.path, (404, {}))
        if self.path.startswith("/wayback/"):
            return self.archive()
        if self.path in ("/flaky", "/once"):
            status = 200 if self.web.times(self.path) > 2 else {"/flaky": 500, "/once": 429}[self.path]
            headers = {"Retry-After": "3"} if self.path == "/once" else {}
        if self.path == "/no-heads":
            status = 405 if self.command == "HEAD" else 200
        if self.path == "/hangs-up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if self.path == "/slow":
            threading.Event().wait(3)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def archive(self) -> None:
        wanted = urllib.parse.parse_qs(self.path.partition("?")[2])["url"][0]
        copy = self.web.copies.get(wanted)
        closest = {"closest": {"available": True, "url": copy, "timestamp": "20230102"}} if copy else {}
        body = json.dumps({"url": wanted, "archived_snapshots": closest}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(handler: type[Handler]) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    worker.start()
    try:
        yield server
    finally:
        server.shutdown()
        worker.join()
        server.server_close()


@pytest.fixture
def web(monkeypatch) -> Iterator[Web]:
    """A web of which this machine is a public part."""
    found = Web("")
    with served(type("Own", (Handler,), {"web": found})) as server:
        found.address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(requests, "is_private", lambda host: False)
        monkeypatch.setattr(archive, "_QUESTION", found.address + "/wayback/available?url={address}&timestamp={day}")
        monkeypatch.setattr(archive, "_HOME", found.address + "/")
        yield found


def look(folder: SiteFolder, web: Web, *, today: datetime.datetime = NOON) -> Outside:
    return look_outside(folder.root, now=NOON, today=today, rest=web.rests.append)


def linking(site, web: Web, *paths: str) -> SiteFolder:
    links = "\n\n".join(f"See [document {number}]({web.address}{path})." for number, path in enumerate(paths))
    return site(f"-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\n{links}\n")


def states(folder: SiteFolder, web: Web) -> dict[str, Answer]:
    with Store(None) as memory:
        loaded = load_site(folder.root, now=NOON, store=memory)
    addresses = [link.address for link in outside_links(folder.root, loaded.site)]
    return {
        address.removeprefix(web.address): answer
        for address, answer in ask_host(addresses, requests.send, web.rests.append)
    }


@pytest.mark.parametrize(
    ("path", "state", "cause"),
    [
        ("/good", State.GOOD, ""),
        ("/missing", State.GONE, "404 Not Found"),
        ("/gone", State.GONE, "410 Gone"),
        ("/moved-to-nothing", State.GONE, "404 Not Found"),
        ("/old/report", State.GONE, "it leads to the front page of the site now"),
        ("/people-only", State.CLOSED, "403 Forbidden"),
        ("/circle", State.CLOSED, "it leads in a circle"),
        ("/app", State.CLOSED, "it leads to something that is no web page"),
        ("/moved", State.MOVED, ""),
        ("/moved-twice", State.MOVED, ""),
        ("/for-now", State.GOOD, ""),
        ("/good/", State.GOOD, ""),
        ("/flaky", State.GOOD, ""),
        ("/once", State.GOOD, ""),
        ("/broken", State.SILENT, "500 Internal Server Error"),
        ("/no-heads", State.GOOD, ""),
        ("/hangs-up", State.SILENT, "it broke off the connection"),
    ],
)
def test_what_a_site_says_of_a_link(site, web, path, state, cause):
    answer = states(linking(site, web, path), web)[path]
    assert (answer.state, answer.cause) == (state, cause)
    if state is State.MOVED:
        assert answer.to == f"{web.address}/good"


def test_a_slow_site_is_given_up(site, web, monkeypatch):
    monkeypatch.setattr(requests, "PATIENCE", 0.1)
    assert states(linking(site, web, "/slow"), web)["/slow"].cause == "there was no answer within 0 seconds"


def test_what_is_wrong_below_http(web, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    assert requests.send("HEAD", f"http://127.0.0.1:{closed}/").reason == "it refuses the connection"
    assert (
        requests.send("HEAD", web.address.replace("http:", "https:")).reason == "it does not speak https as browsers do"
    )
    assert requests.send("HEAD", "http://[").reason == "the address cannot be read"
    assert requests.send("HEAD", f"http://{'x' * 70}.example/").reason == "the address cannot be read"


def test_a_certificate_is_checked(web, tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    wanted = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    command = ["openssl", "req", "-x509", *wanted, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with served(type("Own", (Handler,), {"web": web})) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        reply = requests.send("HEAD", f"https://127.0.0.1:{server.server_port}/good")
    assert reply.status == 0
    assert reply.reason.startswith("its certificate is not valid (self")


def test_questions_are_polite(site, web):
    states(linking(site, web, "/good", "/missing", "/once", "/busy"), web)
    assert {headers["User-Agent"].partition("/")[0] for headers in web.headers} == {"alertgen"}
    assert [method for method, path in web.asked if path == "/good"] == ["HEAD"]
    assert [method for method, path in web.asked if path == "/missing"] == ["HEAD", "GET"]
    assert 3.0 in web.rests
    assert 7.0 in web.rests
    assert web.rests.count(1.0) >= 5
    assert len(web.rests) >= len(web.asked) - 1


def test_a_host_that_asks_for_a_long_rest_is_left_alone(site, web, monkeypatch):
    monkeypatch.setitem(PAGES, "/limited", (429, {"Retry-After": "3600"}))
    found = states(linking(site, web, "/limited"), web)
    assert web.asked == [("HEAD", "/limited")]
    assert found["/limited"].cause == "it asks for fewer questions"


def test_a_host_that_is_away_is_asked_twice_and_told_once(site, web):
    with socket.create_server(("127.0.0.1", 0)) as free:
        away = f"http://127.0.0.1:{free.getsockname()[1]}"
    folder = linking(site, web, "/good")
    links = "".join(f"[d{number}]({away}/{number}) " for number in range(9))
    folder.write("alerts/b.md", f"---\ntitle: B\ndate: 2026-11-18\n---\n{links}\n")
    asked = []

    def send(method: str, address: str, most: int) -> requests.Reply:
        asked.append(address)
        return requests.send(method, address, most)

    found = look_outside(folder.root, now=NOON, today=NOON, rest=web.rests.append, send=send)
    assert Counter(one for one in asked if one.startswith(away)) == {f"{away}/0": 3, f"{away}/1": 3}
    (silence,) = found.problems
    assert silence.message.startswith(f"9 links to {away.removeprefix('http://')} could not be checked: it refuses")
    assert silence.message.endswith("(and 3 more places)")
    assert len(silence.also) == 5
    assert found.counts.unclear == 9


def test_each_link_is_asked_once_and_told_at_all_its_places(site, web):
    folder = linking(site, web, "/missing", "/good", "/missing#part")
    found = look(folder, web)
    assert web.times("/missing") == 2
    assert [(problem.at.line, [place.line for place in problem.also]) for problem in found.problems] == [(5, [9])]


def test_answers_are_remembered_for_some_days(site, web):
    folder = linking(site, web, "/good", "/missing", "/broken")
    first = look(folder, web)
    web.asked.clear()
    again = look(folder, web, today=NOON + DAY / 2)
    assert {path for _, path in web.asked} == {"/broken"}
    assert again.problems == first.problems
    assert again.counts.known == 2
    web.asked.clear()
    look(folder, web, today=NOON + 2 * DAY)
    assert {path.partition("?")[0] for _, path in web.asked} == {"/missing", "/broken"}
    web.asked.clear()
    look(folder, web, today=NOON + 8 * DAY)
    assert "/good" in {path for _, path in web.asked}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"layout": 1, "answers": 3}', b'{"layout": 9}', b"\xff"])
def test_a_damaged_memory_only_costs_time(site, web, damage):
    folder = linking(site, web, "/missing")
    folder.write(".alertgen/links.json", damage)
    assert [problem.code for problem in look(folder, web).problems] == ["outside-link-gone"]
    assert json.loads(folder.path(".alertgen/links.json").read_text())["answers"]


def test_a_record_that_makes_no_sense_is_asked_again(site, web):
    folder = linking(site, web, "/missing")
    look(folder, web)
    kept = json.loads(folder.path(".alertgen/links.json").read_text())
    for spoiled in ({"state": "odd"}, {"asked": "yesterday"}, {"asked": "2030-01-01T00:00:00+00:00"}, 7):
        record = kept["answers"][f"{web.address}/missing"]
        changed = {**record, **spoiled} if isinstance(spoiled, dict) else spoiled
        folder.write(".alertgen/links.json", json.dumps({**kept, "answers": {f"{web.address}/missing": changed}}))
        web.asked.clear()
        look(folder, web)
        assert web.times("/missing") == 2


def test_without_a_network_one_remark_is_enough(site, web, monkeypatch):
    folder = linking(site, web, "/good", "/missing")
    look(folder, web)
    monkeypatch.setattr(archive, "_HOME", "http://away.example/")

    def away(method: str, address: str, most: int) -> requests.Reply:
        return requests.Reply(reason="no computer has that name", no_such_host=True)

    folder.write(
        "alerts/b.md", "---\ntitle: B\ndate: 2026-11-18\n---\n[x](https://a.example/1) [y](https://b.example/2)\n"
    )
    found = look_outside(folder.root, now=NOON, today=NOON, rest=web.rests.append, send=away)
    assert [problem.code for problem in found.problems] == ["outside-link-gone", "no-network"]
    assert found.problems[1].message.startswith("2 links to other sites could not be checked")
    assert (found.counts.gone, found.counts.unclear, found.counts.known) == (1, 2, 2)


def test_a_name_that_nobody_has_is_gone_where_there_is_a_network(site, web):
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nSee [it](https://nobody.example/report).\n")

    def send(method: str, address: str, most: int) -> requests.Reply:
        if "nobody" in address and "wayback" not in address:
            return requests.Reply(reason="no computer has that name", no_such_host=True)
        return requests.send(method, address, most)

    found = look_outside(folder.root, now=NOON, today=NOON, rest=web.rests.append, send=send)
    assert [(problem.code, problem.severity) for problem in found.problems] == [("outside-link-gone", Severity.WARNING)]


def test_addresses_of_ones_own_network_are_not_asked_for(site, web, monkeypatch):
    monkeypatch.undo()
    folder = linking(site, web, "/good")
    found = look_outside(folder.root, now=NOON, today=NOON, rest=web.rests.append)
    assert [problem.code for problem in found.problems] == ["outside-link-private"]
    assert web.asked == []


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True), ("localhost", True), ("10.1.2.3", True), ("192.168.0.1:8080", True), ("[::1]", True),
        ("169.254.169.254", True), ("[fd00::1]", True), ("[::ffff:10.0.0.1]", True), ("0.0.0.0", True),
        ("93.184.215.14", False), ("[2606:2800:21f:cb07::1]", False), ("198.18.0.7", False),
    ],
)  # fmt: skip
def test_which_addresses_are_private(host, private):
    assert requests.is_private(host) is private


def test_behind_a_proxy_names_are_not_looked_up(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://10.0.0.1:3128")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    assert not requests.is_private("unheard.example")
    assert requests.is_private("10.0.0.2")


def test_a_redirect_into_the_own_network_is_not_followed(site, web, monkeypatch):
    monkeypatch.setitem(PAGES, "/lure", (302, {"Location": "http://inner.example/secret"}))
    monkeypatch.setattr(requests, "is_private", lambda host: host == "inner.example")
    assert states(linking(site, web, "/lure"), web)["/lure"].state is State.PRIVATE


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a b?q=ä#x", "https://example.org/a%20b?q=%C3%A4"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org:8443/%C3%BC", "https://example.org:8443/%C3%BC"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_addresses_are_sent_in_plain_letters(typed, sent):
    assert requests.plain_address(typed) == sent


SOURCES = """\
-- site.yaml --
title: Test Alert
base_url: https://example.org/
publisher_url: {web}/publisher
follow:
  - name: Elsewhere
    url: {web}/follow
-- alerts/a.md --
---
title: A
date: 2026-11-18
country: SD
sources:
  - title: One
    url: {web}/good
    date: 2023-01-02
  - title: Two
    url: {web}/gone
  - title: Three
    url: {web}/missing
    archived: {web}/moved
republished:
  publisher: Them
  url: {web}/first
  date: 2026-11-17
---
See [it]({web}/text), <{web}/angle>, [ref][r] and a note[^n] and [ours](https://example.org/alerts/).

[r]: {web}/reference
[^n]: See [a note]({web}/note).
-- pages/about.md --
---
title: About
---
[Us]({web}/about)
-- alerts/held.md --
---
title: Held
date: 2026-11-18
embargo: 2026-12-01T00:00Z
---
[secret]({web}/secret)
-- alerts/draft.md --
---
title: Draft
date: 2026-11-18
draft: true
---
[secret]({web}/secret)
"""


def test_links_of_texts_keys_and_the_site_are_looked_at_and_nothing_that_is_held_back(site, web):
    folder = site(SOURCES.replace("{web}", web.address))
    look(folder, web)
    expected = {"publisher", "follow", "good", "gone", "missing", "moved", "first"}
    expected |= {"text", "angle", "reference", "note", "about"}
    asked = {path.strip("/") for _, path in web.asked if not path.startswith("/wayback")}
    assert asked == expected
    assert "secret" not in str(web.asked)
    assert "secret" not in folder.path(".alertgen/links.json").read_text()


def test_places_of_links_are_those_of_their_addresses(site, web):
    folder = site(SOURCES.replace("{web}", web.address))
    with Store(None) as memory:
        loaded = load_site(folder.root, now=NOON, store=memory)
    links = outside_links(folder.root, loaded.site)
    assert len(links) > 10
    for link in links:
        line = folder.path(link.place.path).read_text().split("\n")[link.place.line - 1]
        start = link.place.column - 1
        assert line[start : start + link.place.length] == link.address


def test_copies_of_sources_are_proposed(site, web):
    web.copies[f"{web.address}/good"] = "http://web.archive.org/web/20230102030405/http://good.example/"
    folder = site(SOURCES.replace("{web}", web.address))
    found = {(problem.code, problem.at.line): problem for problem in look(folder, web).problems}
    assert found["source-not-archived", 7].hint.endswith(
        "archived: https://web.archive.org/web/20230102030405/http://good.example/"
    )
    assert found["outside-link-gone", 10].hint.startswith("look for the document's new address")
    assert ("outside-link-gone", 12) not in found  # the archived copy stands beside it
    assert found["outside-link-moved", 13].hint == f"write {web.address}/good"
    web.asked.clear()
    again = look(folder, web, today=NOON + DAY / 2)
    assert not any(path.startswith("/wayback") for _, path in web.asked)
    assert {(problem.code, problem.at.line): problem for problem in again.problems} == found


ELSEWHERE = b'{"archived_snapshots": {"closest": {"available": true, "url": "https://evil.example/"}}}'


@pytest.mark.parametrize("answer", [b"", b"{", b"[]", ELSEWHERE])
def test_an_archive_that_makes_no_sense_is_not_believed(site, web, answer):
    folder = site(SOURCES.replace("{web}", web.address))
    asked = []

    def send(method: str, address: str, most: int) -> requests.Reply:
        if "wayback" in address:
            asked.append(address)
            return requests.Reply(status=200, body=answer)
        return requests.send(method, address, most)

    found = look_outside(folder.root, now=NOON, today=NOON, rest=web.rests.append, send=send)
    hints = {problem.at.line: problem.hint for problem in found.problems if problem.code == "source-not-archived"}
    assert f"https://web.archive.org/web/20230102/{web.address}/good" in hints[7]
    assert len(asked) == 2  # once, and once more


def test_copies_are_still_known_after_a_day_without_network(site, web):
    web.copies[f"{web.address}/good"] = "http://web.archive.org/web/20230102030405/http://good.example/"
    folder = site(SOURCES.replace("{web}", web.address))
    look(folder, web)
    monkey = lambda *_: requests.Reply(reason="no computer has that name", no_such_host=True)  # noqa: E731
    look_outside(folder.root, now=NOON, today=NOON + 8 * DAY, rest=web.rests.append, send=monkey)
    kept = json.loads(folder.path(".alertgen/links.json").read_text())
    assert f"{web.address}/good" in kept["copies"]


def test_the_command_never_fails_because_of_other_sites(site, web, monkeypatch):
    monkeypatch.setattr("alertgen.external.asking.PAUSE", 0.0)
    folder = linking(site, web, "/missing", "/good", "/moved", "/people-only")
    ran = alertgen("check", "--external", "--strict", "--now", NOW, cwd=folder.root)
    assert ran.code == 0
    assert "alerts/a.md:5:18: warning[outside-link-gone]" in ran.out
    assert "  links to other sites: 1 good, 1 moved, 1 gone, 1 unclear\n" in ran.out
    assert "Nothing is wrong that would stop a build" in ran.out
    told = json.loads(alertgen("check", "--external", "--format", "json", "--now", NOW, cwd=folder.root).out)
    assert told["ok"] is True
    assert told["outside"] == {"good": 1, "moved": 1, "gone": 1, "unclear": 1, "known": 4}
    assert alertgen("build", "--now", NOW, cwd=folder.root).code == 0


def test_errors_come_first(site, web):
    folder = linking(site, web, "/missing")
    folder.write("alerts/b.md", "---\ntitle: B\n---\nText.\n")
    ran = alertgen("check", "--external", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert "the links to other sites were not looked at" in ran.err
    assert web.asked == []


def test_hosts_are_asked_at_once_and_an_error_of_a_worker_is_raised():
    assert by_host(["http://a.example/1", "http://b.example/1", "http://www.a.example/2", "http://a.example/1"]) == [
        ["http://a.example/1", "http://www.a.example/2"],
        ["http://b.example/1"],
    ]
    barrier = threading.Barrier(3)

    def work(group: list[int]) -> list[int]:
        barrier.wait(10)
        return group

    assert sorted(at_once([[1], [2, 3], [4]], work)) == [1, 2, 3, 4]
    with pytest.raises(ZeroDivisionError):
        list(at_once([[1]], lambda group: [1 // 0]))
    assert list(at_once([], work)) == []


CASES = sorted(folder.name for folder in BAD.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_each_remark_is_told_word_for_word(case: str, site, reported):
    folder: SiteFolder = site((BAD / case / "input.txt").read_text(encoding="utf-8"))
    replies = json.loads((BAD / case / "replies.json").read_text(encoding="utf-8"))

    def send(method: str, address: str, most: int) -> requests.Reply:
        known = next(
            (reply for part, reply in replies.items() if part in address), {"status": 404, "reason": "Not Found"}
        )
        return requests.Reply(**{**known, "body": json.dumps(known.get("body", "")).encode()})

    looked = look_outside(folder.root, now=NOON, today=NOON, send=send, rest=lambda _: None)
    reported(looked.problems, BAD / case)
